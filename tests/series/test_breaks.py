"""Breaks of a measurement, on the demo corpus whose truth is known."""

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.errors import SelectionError
from analysis.series.breaks import breaks
from tests.series.conftest import days, rng, window


def measured(corpus, word):
    """Occurrences of a word by all words, counted plainly."""
    texts = corpus.articles(["title", "body"])
    text = (texts["title"] + " " + texts["body"]).str.lower()
    table = pd.DataFrame(
        {
            "doc_id": texts["doc_id"],
            "numerator": text.str.count(word).astype(float),
            "denominator": text.str.count(r"\w+").astype(float),
        }
    )
    return an.Measurement(
        kind="term_rate", label=word, unit="per word", table=table, params={"term": word},
        corpus_fingerprint=corpus.fingerprint, source=corpus,
    )  # fmt: skip


@pytest.fixture(scope="module", params=[False, True], ids=["break", "null"])
def demo(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    an.build_demo(folder / "raw", null=request.param)
    an.ingest(folder / "raw", into=folder / "corpus")
    return request.param, an.open_corpus(folder / "corpus")


def test_the_demos_break_is_found_and_its_twin_has_none(demo):
    null, corpus = demo
    found = breaks(measured(corpus, "border"), by="week", n_boot=199)
    assert found.kind == "breaks"
    kinds = found.table["kind"].tolist()
    if null:
        assert "break" not in kinds
        return
    row = found.table[found.table["kind"] == "break"].iloc[0]
    # truth.json: the border's share of articles goes from .08 to .22 on 20 January 2025.
    assert row["low"] <= pd.Timestamp("2025-01-20") <= row["high"]
    assert row["after"] > row["before"]
    assert found.params["measure"] == measured(corpus, "border").signature


def test_lines_of_outlets_and_volume(demo):
    _, corpus = demo
    found = breaks(an.volume(corpus), by="month", across="outlet", n_boot=99)
    assert set(found.table["group"]) == set(corpus.articles(["outlet"])["outlet"].dropna())
    assert np.all(found.table["n_periods"] <= 19)


def test_a_measurement_without_a_corpus_says_so(demo):
    _, corpus = demo
    alone = measured(corpus, "border")
    object.__setattr__(alone, "source", None)
    with pytest.raises(SelectionError, match="attach"):
        breaks(alone)


def test_a_day_that_begins_a_week_is_no_week(make):
    """The last of 31 weeks has a Monday only, with ten times the usual; another outlet left halfway."""
    dates = days("2025-01-06", 30 * 7 + 1)
    draw = rng(3)
    rows = [
        (outlet, day, 30.0 if i == 210 else float(draw.poisson(3.0)), 10.0)
        for i, day in enumerate(dates)
        for outlet in ("A", "B")
        if outlet == "A" or i < 100
    ]
    toml = window("A", dates[0], dates[-1]) + window("B", dates[0], dates[99])
    found = breaks(make(rows, toml).measurement(), by="week", n_boot=199)
    assert found.table["kind"].tolist() == ["none"]
    assert found.table["n_periods"].tolist() == [30]
    assert any("2025-08-04, a week of which the range holds only some days" in n for n in found.notes)
