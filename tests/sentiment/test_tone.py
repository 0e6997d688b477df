"""Tone as a measurement: sums that can be counted by hand, what must not change it, and what stands beside it."""

import unicodedata

import numpy as np
import pytest

import analysis as an
from analysis.corpus.handle import Corpus
from analysis.engine import Processes
from analysis.errors import InputError, SelectionError, UnknownNameError
from analysis.plots import alt_text, plot
from analysis.plots.hits import hits
from analysis.sentiment.agreement import alpha_interval
from tests.sentiment.conftest import Make
from tests.sentiment.oracle import reference
from tests.toycorpus import build

BODY = (
    "The ferry reached the harbour on Monday after a good crossing, and the harbour master was happy with it.\n\n"
    "“It isn’t a safe boat,” the harbour master said. The council met at noon. “We hope for peace,” she said."
)


def ratio(m: an.Measurement) -> float:
    """All articles together."""
    return float(m.table["numerator"].sum() / m.table["denominator"].sum())


def test_tone_is_the_sum_of_segment_scores_by_segments(make: Make) -> None:
    corpus = make(BODY)
    shown = an.segments(corpus, part="body", neutral=None).table
    m = an.tone(corpus, part="body", neutral=None)
    assert m.table["numerator"].item() == pytest.approx(sum(reference(t) for t in shown["text"]))
    assert m.table["denominator"].item() == len(shown)


def test_voices_add_up_to_the_whole_and_are_told_apart(make: Make) -> None:
    corpus = make(BODY)
    whole, voices = an.tone(corpus), an.tone_voices(corpus)
    for column in ("numerator", "denominator"):
        assert sum(v.table[column].sum() for v in voices.values()) == pytest.approx(whole.table[column].sum())
    assert ratio(voices["narration"]) > 0
    quoted = an.segments(corpus, voice="quotation").table
    assert quoted["matched"].tolist() == ["safe -1.4", "hope +1.9, peace +2.5"]
    assert quoted["score"].tolist() == [reference("isn't safe"), reference("hope peace")]
    as_published = an.segments(
        corpus, voice="quotation", neutral=None
    ).table  # “peace,” is no word of VADER's
    assert as_published["matched"].tolist() == ["safe -1.4", "hope +1.9"]


def test_a_full_stop_left_alone_between_voices_is_no_segment(make: Make) -> None:
    corpus = make("“We hope for peace”, the mayor of the town said on Monday. He said that the war was over.")
    assert not an.segments(corpus).table["text"].isin([".", ",", "”"]).any()
    assert (an.segments(corpus).table["words"] > 0).all()


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.replace("’", "'"),
        lambda t: t.replace("“", '"').replace("”", '"'),
        lambda t: unicodedata.normalize("NFD", t),
        lambda t: (
            t.replace("good", "go\u200bod").replace("happy", "hap\u2060py").replace("peace", "\ufeffpeace")
        ),
        lambda t: "".join(f"<p>{p}</p>\n" for p in t.split("\n\n")),
    ],
    ids=["apostrophes", "quotation marks", "NFD", "zero-width", "HTML"],
)
def test_another_spelling_of_the_same_text_has_the_same_tone(make: Make, change: object) -> None:
    text = BODY.replace("council", "Café council")
    one, other = an.tone(make(text)), an.tone(make(change(text)))  # type: ignore[operator]
    assert one.table[["numerator", "denominator"]].equals(other.table[["numerator", "denominator"]])


def test_an_article_repeated_ten_times_has_the_same_tone(make: Make) -> None:
    once, often = an.tone(make(BODY), part="body"), an.tone(make("\n\n".join([BODY] * 10)), part="body")
    assert ratio(often) == pytest.approx(ratio(once))
    assert often.table["denominator"].item() == 10 * once.table["denominator"].item()


def test_tone_is_hit_share_times_hit_mean(make: Make) -> None:
    parts = an.tone_parts(
        make(BODY, "The mill burns grain and the baker buys no flour for the town this year.")
    )
    assert ratio(parts["tone"]) == pytest.approx(ratio(parts["hit_share"]) * ratio(parts["hit_mean"]))
    assert 0 < ratio(parts["word_share"]) < 1
    assert len({p.signature for p in parts.values()}) == 4


def test_an_article_without_a_segment_in_scope_is_no_zero_but_has_no_denominator(make: Make) -> None:
    m = an.tone(make(BODY, "The mill burns grain and the baker buys flour."), voice="quotation")
    assert sorted(m.table["denominator"].tolist()) == [0.0, 2.0]
    assert np.isfinite(m.table["numerator"]).all()


def test_every_tone_result_says_that_it_is_not_validated(toy: an.Corpus) -> None:
    m = an.tone(toy, lexicon="vader")
    sides = {"target": {"since": "2025-02-01"}, "reference": {"until": "2025-01-31"}}
    results = (
        m, an.trend(m, by="month"), an.compare(m, **sides), an.breaks(m, by="week"),
        an.composition(an.tone_voices(toy), over="voice", **sides), an.segments(toy), an.tone_groups(toy),
        an.tone_by_voice(toy, by="month"), an.agreement(toy, ["vader", "vader-words"]),
    )  # fmt: skip
    for result in results:
        assert any(n.startswith("Not validated on this corpus") for n in result.notes), result.kind


def test_a_trend_of_tone_opens_to_its_articles(toy: an.Corpus) -> None:
    line = an.trend(an.tone(toy), by="month")
    row = line.table.index[line.table["n_docs"] > 0][0]
    found = an.evidence(line, row=int(row))
    assert found.table["numerator"].sum() == pytest.approx(line.table.loc[row, "numerator"])


def test_two_processes_and_a_second_run_give_the_same_bytes(tmp_path, make: Make) -> None:
    corpus = build(tmp_path).where(language="en")
    with Processes(2) as engine:
        two = an.open_corpus(tmp_path / "toy", engine=engine).where(language="en")
        assert an.tone(two).table.equals(an.tone(corpus).table)


def test_segments_name_the_words_behind_a_score_as_they_are_written(make: Make) -> None:
    corpus = make(
        "The (“good”) plan, said no-one in the town of Veshin, was NOT bad :) and the fed up farmers won."
    )
    table = an.segments(corpus, part="body").table
    words = [w.rsplit(" ", 1)[0] for m in table["matched"] for w in m.split(", ") if m]
    assert words == ["good", "bad", ":)", "won"]  # not “fed up”: VADER looks at single words


def test_a_marked_article_shows_every_character_and_escapes_all_of_it(make: Make) -> None:
    corpus = make(
        {"title": "Good <b>news</b>", "content": "A <script>good</script> day & a “bad” night in the town."}
    )
    doc_id = corpus.articles().doc_id.item()
    page = an.marked_article(corpus, doc_id)
    html = page._repr_html_()
    assert "<script" not in html
    assert "<b>" not in html
    assert ">good<" in html.lower()
    assert "[" in str(page)
    with pytest.raises(UnknownNameError, match="there is no such article"):
        an.marked_article(corpus, "nothing")


def test_the_page_of_an_article_holds_its_whole_text(make: Make) -> None:
    corpus = make(BODY)
    page = an.segments(corpus).exhibit
    article = page.articles[0]  # type: ignore[union-attr]
    text = "".join(
        (" " if s.apart else "") + "".join(t for t, _ in s.pieces) for s in article.spans if s.part == "body"
    )
    assert " ".join(text.split()) == " ".join(BODY.split())


def test_too_many_articles_for_a_table_of_segments_are_refused(make: Make, monkeypatch) -> None:
    monkeypatch.setattr("analysis.sentiment.segments.MOST_ARTICLES", 1)
    with pytest.raises(SelectionError, match="Narrow the corpus with `where` or `sample`"):
        an.segments(make(BODY, "The good mill burns grain, and the baker buys no flour for the town."))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"lexicon": "vadr"}, "Did you mean 'vader'"),
        ({"lexicon": 3}, "expected 'vader', a file, or"),
        ({"voice": "quote"}, "`voice` is not a known choice"),
        ({"measure": "mean"}, "`measure` is not a known choice"),
        ({"neutral": 3}, "`neutral`"),
    ],
)
def test_bad_calls_say_what_was_expected(toy: an.Corpus, options: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        an.tone(toy, **options)  # type: ignore[arg-type]


def test_alpha_for_interval_data_equals_nltks() -> None:
    from nltk.metrics import interval_distance
    from nltk.metrics.agreement import AnnotationTask

    rng = np.random.default_rng(1)
    x = rng.integers(-3, 4, 40)
    y = np.clip(x + rng.integers(-1, 2, 40), -3, 3)
    rows = [(c, i, int(v)) for c, values in (("a", x), ("b", y)) for i, v in enumerate(values)]
    task = AnnotationTask(rows, distance=interval_distance)
    assert alpha_interval(x.astype(float), y.astype(float)) == pytest.approx(task.alpha())


def test_an_instrument_agrees_with_itself_wholly_and_with_its_opposite_not_at_all(make: Make) -> None:
    from analysis.sentiment.lexicon import Entry, Lexicon

    corpus = make(
        BODY, BODY.replace("happy", "sad"), "The sad mill burns grain; the good baker buys no flour here."
    )
    entries = (("good", 1), ("happy", 2), ("sad", -1), ("peace", 1))
    one = Lexicon("one", tuple(Entry(w, v) for w, v in entries), "en")
    two = Lexicon("two", tuple(Entry(w, -v) for w, v in entries), "en")
    same = an.agreement(corpus, {"a": one, "b": one}).table.iloc[0]
    other = an.agreement(corpus, [one, two]).table.iloc[0]
    assert same[["pearson", "spearman", "alpha", "opposed"]].tolist() == pytest.approx([1, 1, 1, 0])
    assert other[["pearson", "spearman", "opposed"]].tolist() == pytest.approx([-1, -1, 1])
    with pytest.raises(InputError, match="two or more"):
        an.agreement(corpus, ["vader"])


def test_tone_has_pictures_that_say_what_they_show(toy: an.Corpus) -> None:
    assert "narration" in alt_text(an.tone_by_voice(toy, by="month"))
    assert "values of outlet" in alt_text(an.tone_groups(toy))
    assert "Pearson" in alt_text(an.agreement(toy, ["vader", "vader-words"]))


def test_groups_add_up_and_few_stories_have_no_interval(toy: an.Corpus) -> None:
    table = an.tone_groups(toy).table
    voices = table[table["voice"] != "all voices"].groupby("group")["n_segments"].sum()
    every = table[table["voice"] == "all voices"].set_index("group")["n_segments"]
    assert voices.equals(every)
    assert table["low"].isna().all()
    assert (table.groupby("group")["share"].sum() == 2).all()


def test_a_selection_without_articles_has_an_empty_measurement_and_no_groups(toy: an.Corpus) -> None:
    none = toy.where(since="2025-01-01", until="2025-01-01")
    assert len(an.tone(none)) == 0
    assert "No segment is in scope." in an.tone(none).notes
    with pytest.raises(SelectionError, match="no articles"):
        an.tone_groups(none)


def test_an_article_too_short_to_tell_its_language_is_read_and_counted(make: Make) -> None:
    m = an.tone(make({"title": "", "content": "It isn’t good."}))
    assert m.table["numerator"].item() == -0.3412
    assert any("too short to tell their language" in note for note in m.notes)


def test_a_tone_has_no_ratio_and_its_notes_stand_once(toy: an.Corpus) -> None:
    tone = an.tone(toy)
    assert (tone.table["numerator"] < 0).any()
    line = an.trend(tone, by="month", inference=None)
    assert len(set(line.notes)) == len(line.notes)
    sides = an.compare(tone, target={"outlet": "Lowland Post"}, reference={"outlet": "Harbour Herald"})
    assert sides.table["ratio"].isna().all()


def test_every_point_of_every_voice_opens_to_articles_that_add_up_to_it(toy: Corpus) -> None:
    result = an.tone_by_voice(toy, by="month")
    sums = an.evidence_rows(result).table.groupby("row")[["numerator", "denominator", "n_docs"]].sum()
    shown = result.table[result.table["n_docs"].fillna(0) > 0]
    assert list(sums.index) == list(shown.index)
    for column in ("numerator", "denominator"):
        np.testing.assert_allclose(sums[column], shown[column].astype(float), atol=1e-12)
    assert {h.row for h in hits(plot(result))} <= set(shown.index)
