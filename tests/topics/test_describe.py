"""Describing topics on a planted corpus of three subjects and two outlets, whose answer is known."""

import dataclasses
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.corpus.handle import Corpus
from analysis.topics.articles import best
from analysis.topics.few import too_many
from analysis.topics.selection import recommended, said
from analysis.topics.words import _log_odds

SUBJECTS = {
    "sea": ["harbour", "ferry", "quay", "sail", "tide", "anchor", "captain", "cargo", "pier", "wave"],
    "field": [
        "barley",
        "plough",
        "harvest",
        "farmer",
        "seed",
        "tractor",
        "orchard",
        "grain",
        "meadow",
        "silo",
    ],
    "court": [
        "judge",
        "trial",
        "lawyer",
        "verdict",
        "appeal",
        "witness",
        "jury",
        "prison",
        "clause",
        "sentence",
    ],
}
COMMON = ["paper", "people", "place", "report", "morning", "evening", "street", "letter", "window", "market"]


def _articles(seed: int = 5, n: int = 180) -> list[dict[str, str]]:
    """Give so many articles, one subject each; the sea is nearly all the Courier's and the court's comes late."""
    rng = np.random.default_rng(seed)
    made = []
    for i in range(n):
        name = list(SUBJECTS)[i % 3]
        own = rng.choice(SUBJECTS[name], 40)
        text = [*own, *rng.choice(COMMON, 25)]
        rng.shuffle(text)
        sentences = [" ".join(text[a : a + 13]).capitalize() + "." for a in range(0, 65, 13)]
        outlet = "Harbour Courier" if name == "sea" or i % 2 else "Upland Post"
        month = 1 + (i // 3) % 6 if name != "court" else 4 + (i // 3) % 3
        made.append(
            {
                "title": f"Item {i} of the {name}",
                "content": " ".join(sentences),
                "source": outlet,
                "link": f"https://toy.example/{i}",
                "date_published": f"2025-{month:02d}-{1 + i % 27:02d}",
            }
        )
    return made


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    import json

    folder = tmp_path_factory.mktemp("subjects")
    (folder / "raw").mkdir()
    lines = "".join(json.dumps(r) + "\n" for r in _articles())
    (folder / "raw" / "a.jsonl").write_text(lines, encoding="utf-8")
    an.ingest(folder / "raw", into=folder / "made")
    return an.open_corpus(folder / "made")


@pytest.fixture(scope="module")
def model(corpus: Corpus) -> an.TopicModel:
    tokens = an.tokens(corpus, stopwords="en", min_length=3, numbers=False)
    return an.fit_topics(tokens, n_topics=3, n_resamples=3, max_doc_share=1.0, min_doc_freq=5)


@pytest.fixture(scope="module")
def subject(model: an.TopicModel) -> dict[str, int]:
    """Give the topic of each subject."""
    first = model.top_terms(5)
    return {
        name: next(k for k, terms in enumerate(first) if set(terms) & set(words))
        for name, words in SUBJECTS.items()
    }


def test_every_subject_is_a_topic_of_its_own_terms(model: an.TopicModel, subject: dict[str, int]) -> None:
    assert sorted(subject.values()) == [0, 1, 2]
    for order in ("distinctive", "relevance", "frex"):
        table = an.topic_terms(model, n=8, order=order).table
        for name, k in subject.items():
            assert set(table.loc[table["topic"] == k, "term"]) <= {*SUBJECTS[name], name}  # a title names it


def test_the_table_of_topics_names_what_is_odd(model: an.TopicModel, subject: dict[str, int]) -> None:
    result = an.topic_table(model)
    table = result.table.set_index("topic")
    assert table["stable"].all()
    assert 40 / 65 < table["share"].sum() <= 1  # 40 of 65 words are of a subject
    assert "Harbour Courier" in table.loc[subject["sea"], "look_at"]
    assert table["n_docs"].sum() == 180
    assert (table["npmi"] > 0.3).all()


def test_shares_by_outlet_and_period_add_up(model: an.TopicModel, subject: dict[str, int]) -> None:
    outlets = an.topic_outlets(model).table
    np.testing.assert_allclose(outlets.groupby("topic")["share_of_topic"].sum(), 1)
    assert (outlets.groupby("group")["share"].sum() <= 1 + 1e-9).all()
    periods = an.topic_periods(model).table
    assert sorted(set(periods["period"])) == [f"2025-{m:02d}" for m in range(1, 7)]
    court = periods[periods["topic"] == subject["court"]].set_index("period")["share"]
    assert court["2025-01"] < 0.15
    assert court["2025-05"] > 20 / 40 * 40 / 65  # twenty of its forty articles, 40 of their 65 words
    everything = model.shares()
    total = (everything.shares * everything.n_words[:, None]).sum(axis=0)[:3]
    np.testing.assert_allclose(periods.groupby("topic")["n_words"].sum(), total)


def test_representative_articles_are_of_the_subject(model: an.TopicModel, subject: dict[str, int]) -> None:
    table = an.topic_articles(model, subject["field"], n=4, min_words=20).table
    assert table["title"].str.endswith("of the field").all()
    assert table["rank"].tolist() == [1, 2, 3, 4]
    assert table["link"].str.startswith("https://toy.example/").all()
    assert table["share"].is_monotonic_decreasing


def test_passages_are_sentences_of_the_subject_with_its_words_marked(
    model: an.TopicModel, subject: dict[str, int]
) -> None:
    result = an.topic_passages(model, subject["sea"], n=2)
    assert len(result.table) == 2
    own = [sum(w.strip(".").lower() in SUBJECTS["sea"] for w in t.split()) for t in result.table["text"]]
    assert min(own) >= 7
    assert result.exhibit is not None
    assert "<mark>" in result.exhibit._repr_html_()


def test_a_story_gives_one_representative() -> None:
    share, words = np.array([0.9, 0.9, 0.5, 0.8, 0.99]), np.array([100, 100, 100, 100, 3])
    assert best(share, words, np.array([0, 0, 1, 2, 3]), 3, 50).tolist() == [0, 3, 2]


def test_related_topics_are_told_from_what_shares_do_anyway(model: an.TopicModel) -> None:
    table = an.topic_correlation(model).table
    assert len(table) == 3
    np.testing.assert_allclose(table["excess"], table["correlation"] - table["by_chance"])
    shares = model.shares().shares
    row = table.iloc[0]
    expected = np.corrcoef(shares[:, row["topic"]], shares[:, row["other"]])[0, 1]
    assert row["correlation"] == pytest.approx(expected)


def test_words_of_a_period_do_not_know_later_ones(
    model: an.TopicModel, corpus: Corpus, subject: dict[str, int]
) -> None:
    k = subject["field"]
    whole = an.topic_words(model, k).table
    early = dataclasses.replace(model, tokens=model.tokens_of(corpus.where(until="2025-03-31")))
    part = an.topic_words(early, k).table
    pd.testing.assert_frame_equal(whole[whole["period"] <= "2025-03"].reset_index(drop=True), part)


def test_log_odds_of_a_word_that_rose() -> None:
    now, before = np.array([30.0, 10.0]), np.array([10.0, 30.0])
    found = _log_odds(now, before, np.array([0.5, 0.5]))
    # The prior is 125 and 375 words: 155 of 540 against 135 of 540.
    expected = (np.log(155 / 385) - np.log(135 / 405)) / np.sqrt(1 / 155 + 1 / 135)
    assert found[0] == pytest.approx(expected, rel=1e-3)
    assert found[1] < 0


def test_cards_hold_every_part(model: an.TopicModel, subject: dict[str, int]) -> None:
    table = an.topic_cards(model, [subject["court"], subject["sea"]], n_terms=4, n_articles=2).table
    assert list(dict.fromkeys(table["topic"])) == [subject["court"], subject["sea"]]
    one = table[table["topic"] == subject["sea"]]
    assert one["part"].value_counts().to_dict() == {"period": 6, "term": 4, "article": 2, "outlet": 2}


def test_the_refits_of_the_table_are_those_of_the_picture(model: an.TopicModel) -> None:
    table = an.topic_stability(model).table
    means = table.groupby("topic")["similarity"].mean().to_numpy()
    np.testing.assert_allclose(means, model.stability["similarity"])


def test_text_of_another_subject_fits_no_topic(model: an.TopicModel, corpus: Corpus, tmp_path: Path) -> None:
    import json

    rng = np.random.default_rng(1)
    words = ["orbit", "rocket", "comet", "planet", "probe", "galaxy", "lunar"]
    rows = [
        {
            "title": f"Sky {i}",
            "content": " ".join(rng.choice(words, 30)) + ".",
            "source": "Upland Post",
            "link": f"https://toy.example/s{i}",
            "date_published": "2025-07-01",
        }
        for i in range(5)
    ]
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    an.ingest(tmp_path / "raw", into=tmp_path / "made")
    before = model.topic_word.copy()
    new = an.topic_drift(model, an.open_corpus(tmp_path / "made"), across=None)
    assert new.table["unassigned"].min() > 0.9
    assert "fit no topic" in an.plot(an.topic_drift(model, corpus)).alt  # type: ignore[attr-defined]
    assert new.table["n_unknown"].sum() == 5
    assert an.topic_drift(model, corpus, by=None, across=None).table["unassigned"].item() < 25 / 65
    np.testing.assert_array_equal(model.topic_word, before)


def test_names_and_merges_are_kept_beside_the_model(
    model: an.TopicModel, corpus: Corpus, subject: dict[str, int], tmp_path: Path
) -> None:
    model.save(tmp_path)
    an.name_topic(tmp_path, subject["sea"], "The sea", who="me")
    two = an.merge_topics(tmp_path, [subject["field"], "The sea"], "Land and sea", why="both are trade")
    assert two.n_topics == 2
    np.testing.assert_allclose(two.topic_word.sum(axis=1), 1)
    opened = an.open_topics(tmp_path, corpus)
    assert "Land and sea" in opened.labels
    assert an.topic_edits(tmp_path).table["action"].tolist() == ["name", "merge"]
    merged = opened.shares().shares[:, opened.topic("Land and sea")]
    old = model.shares().shares
    np.testing.assert_allclose(merged, old[:, subject["sea"]] + old[:, subject["field"]], atol=1e-9)
    share = an.topic_share(opened, "Land and sea")
    np.testing.assert_allclose(share.table["numerator"], merged * model.shares().n_words)
    assert an.topic_table(opened).table["terms"].notna().all()
    with pytest.raises(an.AnalysisError, match=r"edits\.csv"):
        opened.save(tmp_path / "other")
    assert an.TopicModel.load(tmp_path).n_topics == 3  # the model's own files did not change
    (tmp_path / "edits.csv").unlink()
    assert an.open_topics(tmp_path).labels == ("", "", "")


@pytest.mark.parametrize("label", ["", "  ", "x" * 81, "two\nlines", 5])
def test_a_label_that_is_none_is_refused_and_nothing_written(
    model: an.TopicModel, tmp_path: Path, label: object
) -> None:
    model.save(tmp_path)
    with pytest.raises(an.AnalysisError, match="label"):
        an.name_topic(tmp_path, 0, label)  # type: ignore[arg-type]
    assert not (tmp_path / "edits.csv").exists()


def test_a_log_that_does_not_fit_names_its_line(model: an.TopicModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    (tmp_path / "edits.csv").write_text("action,topics,label\nname,0,A\nturn,1,B\n", encoding="utf-8")
    with pytest.raises(an.AnalysisError, match="line 3"):
        an.open_topics(tmp_path)
    (tmp_path / "edits.csv").write_text("action,topics,label\nname,7,A\n", encoding="utf-8")
    with pytest.raises(an.AnalysisError, match="does not fit"):
        an.open_topics(tmp_path)


def test_a_saved_model_is_measured_in_other_articles_and_says_so(
    model: an.TopicModel, corpus: Corpus, tmp_path: Path
) -> None:
    model.save(tmp_path)
    later = an.tokens(corpus.where(since="2025-04"), stopwords="en", min_length=3, numbers=False)
    opened = an.topics_for(later, saved=tmp_path)
    np.testing.assert_array_equal(opened.topic_word, model.topic_word)
    assert "not moved" in opened.notes[-1]
    result = an.topic_table(opened)
    assert result.corpus_fingerprint == later.corpus_fingerprint
    with pytest.raises(an.AnalysisError, match="fingerprint"):
        an.open_topics(tmp_path, later.corpus)


def test_three_subjects_are_recommended_as_three(corpus: Corpus) -> None:
    tokens = an.tokens(corpus, stopwords="en", min_length=3, numbers=False)
    result = an.choose_topics(tokens, grid=[2, 3, 6], n_resamples=2, max_doc_share=1.0, min_doc_freq=5)
    table = result.table.set_index("n_topics")
    assert table.index[table["recommended"]].tolist() == [3]
    assert table.loc[3, "held_out"] > table.loc[2, "held_out"]
    assert "3 topics" in result.notes[0]


def test_forty_topics_of_four_hundred_articles_are_warned_about() -> None:
    assert "10 stories a topic" in too_many(400, 40)
    assert too_many(1200, 40) == ""


def test_where_nothing_is_firm_the_most_stable_is_recommended_and_said_to_be_no_better() -> None:
    columns = {"n_topics": [5, 10], "held_out": [-7.0, -6.5], "npmi": [0.2, 0.3], "exclusivity": [0.5, 0.4]}
    table = pd.DataFrame({**columns, "stability": [0.4, 0.3], "stable": [0.2, 0.1], "redundancy": [0.0, 0.1]})
    table["stories_a_topic"] = [100.0, 50.0]
    table["recommended"] = table.index == recommended(table)
    assert table["recommended"].tolist() == [True, False]
    notes = said(table)
    assert "at no number here" in notes[0]
    assert "gain likelihood of unseen words (-7.00 to -6.50)" in notes[1]


@pytest.mark.parametrize("grid", [[], "10", [1], [2.5], [True], 10, [500]])
def test_a_grid_that_is_none_is_refused(corpus: Corpus, grid: object) -> None:
    tokens = an.tokens(corpus, stopwords="en")
    with pytest.raises(an.AnalysisError):
        an.choose_topics(tokens, grid=grid)  # type: ignore[arg-type]


def test_a_model_without_articles_is_told_what_it_needs(model: an.TopicModel) -> None:
    bare = dataclasses.replace(model, tokens=None)
    for function in (
        an.topic_table,
        an.topic_cards,
        an.topic_periods,
        an.topic_articles,
        an.topic_correlation,
    ):
        with pytest.raises(an.AnalysisError, match="attach"):
            function(bare)
    with pytest.raises(an.AnalysisError, match="TopicModel"):
        an.topic_table("model")  # type: ignore[arg-type]


def test_every_picture_of_topics_marks_the_unstable_ones(model: an.TopicModel) -> None:
    stability = model.stability.assign(stable=[False, True, True], found_in=[0, 3, 3])
    loose = dataclasses.replace(model, stability=stability)
    for made in (an.topic_cards, an.topic_periods, an.topic_stability, an.topic_table):
        figure = an.plot(made(loose))
        assert "Unstable" in figure.alt  # type: ignore[attr-defined]
        assert "unstable" in made(loose).notes[0]
