"""What was planted in the demo is found again: the real break, the seeming rise, the missing week, the copies.

The demo and what is true of it: `analysis.corpus.demo`. Three thousand articles, as a user builds it.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.corpus.demo import build_demo

BORDER = "border | frontier* | crossing*"
MINING = "mine* | pit | shaft*"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[an.Corpus, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("truth")
    build_demo(folder / "raw", articles=3000, seed=1)
    an.ingest(folder / "raw", into=folder / "demo", workers=1)
    truth = json.loads(Path(folder / "raw" / "truth.json").read_text("utf-8"))
    return an.open_corpus(folder / "demo"), truth


def share(corpus: an.Corpus, pattern: str) -> an.Measurement:
    return an.term_rate(an.tokens(corpus), pattern, weight="article")


def around_the_break(truth: dict[str, Any]) -> dict[str, Any]:
    date = np.datetime64(truth["breaks"]["real"]["date"])
    return {"target": {"since": str(date)}, "reference": {"until": str(date - 1)}}


def test_the_real_break_is_within_outlets(demo: tuple[an.Corpus, dict[str, Any]]) -> None:
    corpus, truth = demo
    before, after = truth["breaks"]["real"]["shares"]
    m, sides = share(corpus, BORDER), around_the_break(truth)
    compared = an.compare(m, standardise="outlet", n_permutations=499, **sides).table
    assert (compared["p"] < 0.05).all()
    assert compared["low"].min() < after - before < compared["high"].max()
    parts = an.composition(m, n_boot=199, **sides).table
    whole = parts[parts["stratum"].isna()].set_index("component")["effect"]
    assert whole["within"] > 0.8 * whole["change"] > 0


def test_the_real_break_is_found_without_being_told_of_it(demo: tuple[an.Corpus, dict[str, Any]]) -> None:
    corpus, truth = demo
    found = an.breaks(share(corpus, BORDER), by="week", n_boot=199).table
    shifts = found[found["kind"] == "break"]
    assert len(shifts) == 1
    # A cluster of border stories came by chance in the weeks before: the date is found to within a month.
    planted = pd.Timestamp(truth["breaks"]["real"]["date"])
    days = abs((shifts["break"].iloc[0] - planted).days)
    assert days <= 28
    assert shifts["low"].iloc[0] <= planted <= shifts["high"].iloc[0]
    assert shifts["p"].iloc[0] <= 0.05
    assert shifts["after"].iloc[0] > 2 * shifts["before"].iloc[0]


def test_the_seeming_rise_is_one_of_mix_and_is_said_to_be(demo: tuple[an.Corpus, dict[str, Any]]) -> None:
    corpus, _ = demo
    sides = {"target": {"since": "2025-01-01"}, "reference": {"until": "2024-06-30"}}
    parts = an.composition(share(corpus, MINING), n_boot=199, **sides)
    whole = parts.table[parts.table["stratum"].isna()].set_index("component")
    assert whole["effect"]["change"] > 0
    assert whole["low"]["within"] < 0 < whole["high"]["within"]
    assert whole["effect"]["mix"] > 0.6 * whole["effect"]["change"]
    assert whole["low"]["mix"] > 0
    assert any("change is" in note for note in parts.notes)


def test_the_missing_week_is_a_gap_in_every_line(demo: tuple[an.Corpus, dict[str, Any]]) -> None:
    corpus, truth = demo
    outlet, first, _ = truth["coverage"]["missing_week"]
    for m in (an.volume(corpus), share(corpus, BORDER)):
        table = an.trend(m, by="week", across="outlet", inference=None).table
        week = table[(table["group"] == outlet) & (table["period"] == pd.Timestamp(first))].iloc[0]
        assert week["status"] == "missing"
        assert week[["numerator", "denominator", "estimate", "standardised"]].isna().all()
    lost = an.coverage(corpus, by="week").table
    own = lost[(lost["status"] == "missing") & (lost["outlet"] == outlet)]
    assert own["period"].tolist() == [pd.Timestamp(first)]


def test_outlets_that_join_and_leave_are_no_change(demo: tuple[an.Corpus, dict[str, Any]]) -> None:
    corpus, truth = demo
    table = an.trend(an.volume(corpus), by="month", across="outlet", inference=None).table
    joins, when = truth["coverage"]["joins"]
    early = table[(table["group"] == joins) & (table["period"] < pd.Timestamp(when))]
    assert early["estimate"].isna().all()
    assert set(early["status"]) == {"missing"}


def test_copies_are_stories_and_count_once(demo: tuple[an.Corpus, dict[str, Any]]) -> None:
    corpus, truth = demo
    copies = {a["link"] for a in truth["articles"] if a["copy"] in ("verbatim", "edited")}
    table = corpus.articles(["link", "story_id"])
    size = table["story_id"].map(table["story_id"].value_counts())
    assert (size[table["link"].isin(copies)] > 1).mean() > 0.9
    line = an.trend(share(corpus, BORDER), by="month", inference=None).table
    assert (line["n_stories"] < line["n_docs"]).all()
