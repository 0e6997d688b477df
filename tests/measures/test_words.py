"""Frequencies, rates, tf-idf and concordances of ten articles whose words were counted by hand."""

from math import log
from pathlib import Path

import numpy as np
import pytest

import analysis as an
from analysis.corpus.handle import Corpus
from analysis.errors import InputError, UnknownNameError
from analysis.measures import frequency_sums
from analysis.stats.story_rates import StorySums, story_rate
from tests.measures.conftest import built
from tests.toycorpus import COURIER, HERALD, POST


def test_a_frequency_has_its_denominators_beside_it(toy: Corpus) -> None:
    row = an.term_frequency(an.tokens(toy, stopwords="en")).table.iloc[0]
    assert (row["term"], row["term_freq"], row["doc_freq"], row["n_words"], row["n_docs"]) == (
        "ferry",
        11,
        4,
        156,
        10,
    )
    assert row["rate"] == pytest.approx(10_000 * 11 / 156)
    assert row["doc_share"] == pytest.approx(0.4)


def test_frequencies_by_outlet_and_month_leave_undated_articles_out_and_say_so(toy: Corpus) -> None:
    result = an.term_frequency(an.tokens(toy), across="outlet", by="month")
    table = result.table
    ferry = table[table["term"] == "ferry"].set_index(["group", "period"])["term_freq"].to_dict()
    assert ferry == {(COURIER, "2025-01"): 5, (HERALD, "2025-02"): 6}
    words = table.groupby(["group", "period"])["n_words"].first().to_dict()
    assert words == {
        (COURIER, "2025-01"): 34,
        (COURIER, "2025-02"): 14,
        (HERALD, "2025-01"): 21,
        (HERALD, "2025-02"): 41,
        (POST, "2025-01"): 17,
        (POST, "2025-02"): 15,
    }
    assert result.notes == (
        "1 articles without a date known to the month are left out.",
        "6 groups have fewer than 5 stories with words, and no intervals.",
    )


def test_columns_do_not_depend_on_options(toy: Corpus) -> None:
    tokens = an.tokens(toy)
    every = [an.term_frequency(tokens), an.term_frequency(tokens, across="outlet", by="week", top=1)]
    every.append(an.term_frequency(an.tokens(toy, ngrams=2)))
    assert len({tuple(r.table.columns) for r in every}) == 1
    assert len({tuple(map(str, r.table.dtypes)) for r in every}) == 1


def test_the_fold_and_the_rows_give_the_same_table(toy: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = an.tokens(toy, stopwords="en")
    one = an.term_frequency(tokens, across="outlet", by="week")
    monkeypatch.setattr(frequency_sums, "MOST_CELLS", 0)
    assert an.term_frequency(tokens, across="outlet", by="week") == one


def test_copies_of_one_report_are_one_story_of_an_interval(tmp_path: Path) -> None:
    report = "The ferry was late again on Monday and the harbour master spoke of ice, of fog and of an old engine. "
    others = (
        "Report {i}: the council of ward {i} sat {i} hours over roads, wells and lamps, and went home early."
    )
    rows = [(f"Paper {k}", "2025-01-06", report * 2) for k in range(4)]
    rows += [("Paper 0", "2025-01-07", others.format(i=i * 13)) for i in range(8)]
    result = an.term_frequency(an.tokens(built(tmp_path, tuple(rows)), part="body"))
    ferry = result.table.set_index("term").loc["ferry"]
    assert (ferry["term_freq"], ferry["doc_freq"], ferry["n_docs"], ferry["n_stories"]) == (8, 4, 12, 9)
    # One story of 8 in 4 * 42 words, eight of 0 in 19 each.
    low, high = story_rate(StorySums(8, 64, 1344, 1, 8, ferry["n_words"], 168**2 + 8 * 19**2, 9))
    assert ferry["n_words"] == 4 * 42 + 8 * 19
    assert (ferry["rate_low"], ferry["rate_high"]) == pytest.approx((10_000 * low, 10_000 * high))


def test_the_commonest_of_each_group(toy: Corpus) -> None:
    table = an.term_frequency(an.tokens(toy, stopwords="en"), across="outlet", top=2, min_doc_freq=1).table
    assert len(table) == 6
    assert table.groupby("group")["term"].first().to_dict() == {
        COURIER: "ferry",
        HERALD: "ferry",
        POST: "crowns",
    }


def test_a_rate_is_occurrences_by_words_before_stop_words(toy: Corpus) -> None:
    for recipe in ({}, {"stopwords": "en"}, {"drop": "ferry", "min_length": 9}, {"phrases": "the ferry"}):
        m = an.term_rate(an.tokens(toy, **recipe), "ferry")  # type: ignore[arg-type]
        assert (m.table["numerator"].sum(), m.table["denominator"].sum()) == (11, 156)
        assert (m.unit, m.scale, m.notes) == ("per 10,000 words", 10_000, ())
    m = an.term_rate(an.tokens(toy, voice="quotation"), "ferry")
    assert (m.table["numerator"].sum(), m.table["denominator"].sum()) == (1, 4)


def test_a_share_counts_articles(toy: Corpus) -> None:
    m = an.term_rate(an.tokens(toy), "ferry | council", weight="article", label="boats")
    assert (m.table["numerator"].sum(), m.table["denominator"].sum(), m.scale) == (4, 10, 1)
    assert (m.label, m.unit) == ("boats", "share of articles")


def test_nothing_found_is_said_with_the_nearest_words(toy: Corpus) -> None:
    m = an.term_rate(an.tokens(toy), "fery")
    assert m.table["numerator"].sum() == 0
    assert "'ferry'" in m.notes[0]
    assert "side by side" in an.term_rate(an.tokens(toy), "ferry harbour").notes[0]
    assert "matches nothing" in an.concordance(an.tokens(toy), "zzz").notes[0]


def test_a_scope_without_words_has_denominators_of_zero(toy: Corpus) -> None:
    tokens = an.tokens(toy, part="standfirst")
    assert an.term_rate(tokens, "ferry").table["denominator"].sum() == 0
    result = an.term_frequency(tokens)
    assert len(result) == 0
    assert "no words in scope" in result.notes[0]


def test_tf_idf_by_hand(toy: Corpus) -> None:
    table = an.tf_idf(an.tokens(toy, stopwords="en"), across="outlet", top=None).table
    row = table[(table["document"] == COURIER) & (table["term"] == "ferry")].iloc[0]
    assert (row["term_freq"], row["n_words"], row["doc_freq"], row["n_docs"]) == (5, 48, 2, 3)
    assert row["tf_idf"] == pytest.approx(5 / 48 * log(3 / 2))
    one = an.tf_idf(an.tokens(toy), top=1).table
    assert len(one) == 10
    assert one["n_docs"].unique().tolist() == [10]


def test_a_concordance_shows_the_words_around_every_hit(toy: Corpus) -> None:
    result = an.concordance(an.tokens(toy), "foreign minister", window=2)
    rows = result.table.set_index("outlet")[["left", "hit", "right", "voice", "headline"]].to_dict("index")
    assert rows[POST] == {
        "left": "The", "hit": "foreign minister", "right": "met the", "voice": "narration",
        "headline": "Ministers meet",
    }  # fmt: skip
    assert rows[COURIER]["left"] == ", the"
    assert rows[COURIER]["right"] == "said."
    assert rows[COURIER]["voice"] == "narration"  # who says it is not part of what is said
    assert result.notes == ("2 hits in 2 articles.",)


def test_contexts_end_with_the_headline(toy: Corpus) -> None:
    table = an.concordance(an.tokens(toy, part="title"), "ferry", window=9).table
    assert sorted(zip(table["left"], table["right"], strict=True)) == [
        ("", "delayed again"), ("", "sails"), ("Council meets on", ""),
    ]  # fmt: skip


def test_a_concordance_is_sorted_as_asked(toy: Corpus) -> None:
    tokens = an.tokens(toy)

    def column(name: str, **options: object) -> list[str]:
        return list(an.concordance(tokens, "harbour", window=3, **options).table[name])  # type: ignore[arg-type]

    first = [r.split()[0].strip(",.").lower() if r else "" for r in column("right", sort="R1")]
    assert first == sorted(first)
    left = [r.split()[-1].lower() if r else "" for r in column("left", sort="L1")]
    assert left == sorted(left)
    days = an.concordance(tokens, "the", sort=["date", "R1"], max_rows=None).table["published"]
    assert days.dropna().is_monotonic_increasing
    assert days.isna().tolist()[-2:] == [True, True]  # undated last
    assert column("outlet", sort="outlet") == sorted(column("outlet", sort="outlet"))


def test_a_concordance_says_what_it_does_not_show(toy: Corpus) -> None:
    result = an.concordance(an.tokens(toy), "the", max_rows=4)
    assert len(result) == 4
    assert result.notes == ("19 hits in 8 articles; the first 4 are shown.",)


def test_lines_are_escaped_and_saved(toy: Corpus, tmp_path: Path) -> None:
    result = an.concordance(an.tokens(toy), "ferry")
    result.save(tmp_path)
    assert an.Result.load(tmp_path) == result
    assert (tmp_path / "concordance.csv").read_text().count("\n") == 12
    page = result._repr_html_()
    assert "<mark>ferry</mark>" in page
    assert 'href="https://press.example/' in page
    from analysis.measures.kwic import KwicLines

    bad = result.table.head(1).assign(left="<script>", headline="<b>", link="javascript:x")
    shown = KwicLines(bad)._repr_html_()
    assert "<script>" not in shown
    assert "<b>" not in shown
    assert "href" not in shown


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda t: an.term_frequency(t, across="outlets"), "Did you mean 'outlet'"),
        (lambda t: an.term_frequency(t, across="week"), "by="),
        (lambda t: an.term_frequency(t, by="weekly"), "week"),
        (lambda t: an.term_frequency(t, top=0), "at least 1"),
        (lambda t: an.term_frequency(t, min_doc_freq=0), "at least 1"),
        (lambda t: an.term_rate(t, ""), "empty"),
        (lambda t: an.term_rate(t, '"a'), "not closed"),
        (lambda t: an.term_rate(t, "a", weight="outlet"), "'word'"),
        (lambda t: an.concordance(t, "a", sort="L9"), "L1"),
        (lambda t: an.concordance(t, "a", window=-1), "0 to 50"),
        (lambda t: an.concordance(t, "a", max_rows=0), "1 or more"),
        (lambda t: an.tf_idf(t, top=True), "at least 1"),
    ],
)
def test_a_wrong_call_says_what_is_right(toy: Corpus, call: object, says: str) -> None:
    with pytest.raises((InputError, UnknownNameError), match=says):
        call(an.tokens(toy))  # type: ignore[operator]


def test_an_empty_selection_is_answered(toy: Corpus) -> None:
    tokens = an.tokens(toy.where(since="2030-01-01"))
    assert an.term_frequency(tokens, across="outlet", by="day").notes == ("The selection holds no articles.",)
    assert len(an.term_rate(tokens, "ferry")) == 0
    assert len(an.concordance(tokens, "ferry", sort=["L1", "date", "outlet"])) == 0
    assert len(an.tf_idf(tokens)) == 0
    assert np.isfinite(an.tf_idf(tokens).table["tf_idf"]).all()
