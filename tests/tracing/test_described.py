"""Rows that describe a corpus, its topics, voices and scales open too, and their articles add up to them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.errors import InputError, SelectionError
from analysis.report.evidence import keep_evidence
from analysis.report.output import without_text
from analysis.sentiment.scaling_model import ScalingModel
from analysis.tracing.quotes import quotes
from analysis.tracing.registry import CLOSED, trace_of
from tests.report.opening import RULES

Demo = tuple[an.Corpus, dict[str, Any], Path]
POLES = {
    "hostile": ["crisis", "violence", "threat*", "fear*"],
    "friendly": ["agreement*", "support*", "hope*"],
}

OF_CORPUS: dict[str, Callable[[an.Corpus], an.Result]] = {
    "accounting": an.accounting,
    "cleaning": an.cleaning,
    "date_quality": an.date_quality,
    "duplicates": an.duplicates,
    "field_coverage": an.field_coverage,
    "flags": an.flags,
    "languages": an.languages,
    "lengths": an.lengths,
    "near_copies": an.near_copies,
    "diversity": lambda c: an.diversity(an.tokens(c), across="outlet"),
    "diversity of all": lambda c: an.diversity(an.tokens(c)),
    "tf_idf": lambda c: an.tf_idf(an.tokens(c.sample(20, seed=1), stopwords="en"), top=5),
    "tf_idf of outlets": lambda c: an.tf_idf(an.tokens(c), across="outlet", min_doc_freq=3),
    "segments": lambda c: an.segments(c.sample(5, seed=1)),
    "speakers": lambda c: an.speakers(c, top=5),
    "speakers by outlet and quarter": lambda c: an.speakers(
        c, top=3, across="outlet", by="quarter", voice=["quotation", "reported"]
    ),
    "tone_groups": lambda c: an.tone_groups(c, across="section", n_boot=99),
    "towards_mentions": lambda c: an.towards_mentions(c, "minister* | ministry"),
}
OF_TOPICS: dict[str, Callable[[an.TopicModel], an.Result]] = {
    "topic_articles": an.topic_articles,
    "topic_cards": an.topic_cards,
    "topic_correlation": an.topic_correlation,
    "topic_drift": lambda m: an.topic_drift(m, m.tokens),  # type: ignore[arg-type]
    "topic_drift, undivided": lambda m: an.topic_drift(m, m.tokens, by=None, across=None),  # type: ignore[arg-type]
    "topic_passages": an.topic_passages,
    "topic_words": lambda m: an.topic_words(m, 0, by="quarter"),
}


@pytest.fixture(scope="module")
def topics(demo: Demo) -> an.TopicModel:
    words = an.tokens(demo[0], stopwords="en", min_length=3, numbers=False)
    return an.fit_topics(words, n_topics=4, n_resamples=2, seed=1)


@pytest.fixture(scope="module")
def scale(demo: Demo) -> ScalingModel:
    words = an.tokens(demo[0], stopwords="en", voice="narration", numbers=False)
    return an.fit_scaling(words, anchors=POLES, n_boot=2, seed=1)


def adds_up(result: an.Result, *, every: bool) -> int:
    """Hold what stands behind each row against its own numbers; give how many were compared."""
    rows = an.evidence_rows(result, every=every).table
    made = rows.assign(x=rows["numerator"] * rows["weight"], n=rows["denominator"] * rows["weight"])
    sums = made.groupby("row")[["x", "n"]].sum(min_count=1).reindex(range(len(result)))
    told = {"numerator": sums["x"].fillna(0.0), "denominator": sums["n"], "ratio": sums["x"] / sums["n"]}
    n = 0
    for _, what, column in RULES[result.kind]:
        for row, values in result.table.iterrows():
            wanted = (
                values[column] if isinstance(column, str) else column(values) if callable(column) else column
            )
            shown = told[what][row]
            if wanted is None or pd.isna(wanted) or pd.isna(shown):
                continue
            assert shown == pytest.approx(float(wanted), rel=1e-9, abs=1e-12), (row, what)
            n += 1
    return n


@pytest.mark.parametrize("every", [True, False])
@pytest.mark.parametrize("name", OF_CORPUS)
def test_the_articles_behind_a_row_about_the_corpus_add_up(name: str, every: bool, demo: Demo) -> None:
    result = OF_CORPUS[name](demo[0])
    assert adds_up(result, every=every) >= min(len(result), 1)


@pytest.mark.parametrize("name", OF_TOPICS)
def test_the_articles_behind_a_row_about_topics_add_up(name: str, topics: an.TopicModel) -> None:
    assert adds_up(OF_TOPICS[name](topics), every=True) > 0


def test_the_articles_behind_a_scale_add_up(demo: Demo, scale: ScalingModel) -> None:
    assert adds_up(an.scaling_terms(scale), every=False) == len(scale.terms)
    assert adds_up(an.scaling_range(demo[0], scale, across="outlet", voice="quotation"), every=True) > 0


def test_a_term_of_a_topic_opens_to_its_expected_occurrences(topics: an.TopicModel) -> None:
    counts = an.topic_terms(topics, n=3)
    rows = an.evidence_rows(counts).table
    every = an.topic_words(topics, 0, by="year").table
    row = int(np.flatnonzero(counts.table["topic"] == 0)[0])
    term = counts.table["term"][row]
    by_year = every.loc[every["term"] == term, "count"].sum()
    found = rows.loc[rows["row"] == row, "numerator"].sum()
    assert found >= by_year > 0
    shown = an.evidence(counts, row).exhibit
    assert shown is not None
    assert f"<mark>{term}" in shown._repr_html_().lower()


def test_a_topic_that_was_refitted_opens_to_the_articles_that_are_mainly_its(topics: an.TopicModel) -> None:
    table = an.topic_table(topics).table.set_index("topic")
    stable = an.topic_stability(topics)
    n = an.evidence_rows(stable).table.groupby("row").size()
    for row, topic in enumerate(stable.table["topic"]):
        assert n[row] == table["n_docs"][topic]


def test_what_a_speaker_said_is_marked_and_nobody_elses_words(demo: Demo) -> None:
    result = an.speakers(demo[0], top=3)
    row = int(np.flatnonzero(result.table["speaker"].notna())[0])
    _, asked, trace = trace_of(result)
    found = an.evidence(result, row).table
    ids = found.loc[found["numerator"] > 0, "doc_id"].tolist()
    said = quotes(asked.corpus, trace, {row: ids})
    assert len(said) == result.table["n_docs"][row]
    own = an.attributions(demo[0], voice="quotation").table
    own = own[own["speaker"] == result.table["speaker"][row]]
    texts = demo[0].where(doc_id=ids).articles(["title", "standfirst", "body"]).set_index("doc_id")
    for (_, doc_id), pieces in said.items():
        marked = "".join(text for text, _, mark in pieces if mark).strip()
        mine = own[own["doc_id"] == doc_id]
        whole = [
            texts.loc[doc_id, p][a:b]
            for p, a, b in zip(mine["part"], mine["start"], mine["end"], strict=True)
        ]
        assert any(marked.strip("“”\"'., ") in w for w in whole), marked


def test_a_kind_that_does_not_open_is_refused_with_the_reason(demo: Demo, tmp_path: Path) -> None:
    rules = an.rules()
    with pytest.raises(InputError, match="a row is a rule of cleaning"):
        an.evidence(rules, 0)
    assert keep_evidence(rules, "rules", tmp_path, [0]) == 0
    assert all(reason == reason.strip(" .") for reason in CLOSED.values())


def test_results_without_their_model_say_so(topics: an.TopicModel, demo: Demo, tmp_path: Path) -> None:
    for result in (an.topic_cards(topics), an.topic_drift(topics, demo[0])):
        result.save(tmp_path, name="kept")
        loaded = an.Result.load(tmp_path, name="kept").attach(demo[0])
        with pytest.raises(SelectionError, match="model of this result is not known"):
            an.evidence(loaded, 0)


def test_without_text_no_headline_names_a_row(topics: an.TopicModel, demo: Demo, tmp_path: Path) -> None:
    few = demo[0].sample(3, seed=1)
    for name, result in (("cards", an.topic_cards(topics)), ("segments", an.segments(few))):
        shown = without_text(result)
        assert len(shown) == len(result)
        assert keep_evidence(result, name, tmp_path, range(len(result)), text=False, table=shown.table) > 0
        held = (tmp_path / "evidence" / f"{name}.json").read_text(encoding="utf-8")
        if name == "cards":
            words = result.table.loc[result.table["part"] == "article", "name"]
        else:
            words = result.table.loc[result.table["words"] > 3, "text"]
        assert len(words) > 0
        assert not [w for w in words if w in held or json.dumps(w)[1:-1] in held]
