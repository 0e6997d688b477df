"""A rate over time is in the unit of its measurement, and the demo's truth shows through the whole grammar."""

import json

import numpy as np
import pytest

import analysis as an
from analysis.corpus.demo import build_demo


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[an.Corpus, dict[str, object]]:
    folder = tmp_path_factory.mktemp("grammar")
    build_demo(folder / "raw", articles=1200, seed=5)
    an.ingest(folder / "raw", into=folder / "demo", workers=1)
    return an.open_corpus(folder / "demo"), json.loads((folder / "raw" / "truth.json").read_text("utf-8"))


def test_a_trend_of_a_rate_is_per_ten_thousand_words(demo: tuple[an.Corpus, dict[str, object]]) -> None:
    corpus, _ = demo
    rate = an.term_rate(an.tokens(corpus), "border | frontier*")
    line = an.trend(rate, by="month", n_boot=199).table
    seen = line[line["denominator"] > 0]
    assert len(seen) >= 15
    expected = 10_000 * seen["numerator"] / seen["denominator"]
    assert np.allclose(seen["estimate"], expected, rtol=1e-12)
    assert (seen["low"] <= seen["estimate"]).all()
    assert (seen["estimate"] <= seen["high"]).all()


def test_a_comparison_and_breaks_of_a_rate_have_its_unit_too(
    demo: tuple[an.Corpus, dict[str, object]],
) -> None:
    corpus, _ = demo
    rate = an.term_rate(an.tokens(corpus), "border | frontier*")
    sides = an.compare(
        rate, target={"outlet": "Tolmark Courier"}, reference={"outlet": "Issen Ledger"}, n_permutations=99
    ).table.iloc[0]
    assert sides["target"] > 1
    assert sides["difference"] == pytest.approx(sides["target"] - sides["reference"])
    found = an.breaks(rate, by="week", n_boot=99).table
    level = found["before"].dropna()
    assert level.empty or (level > 1).all()


def test_the_week_that_was_not_collected_is_missing_not_zero(
    demo: tuple[an.Corpus, dict[str, object]],
) -> None:
    corpus, truth = demo
    outlet, first, _ = truth["coverage"]["missing_week"]  # type: ignore[index]
    line = an.trend(an.volume(corpus), by="week", across="outlet", n_boot=199).table
    week = line[(line["group"] == outlet) & (line["period"] == np.datetime64(first))]
    assert len(week) == 1
    assert week["estimate"].isna().all()
    assert week["status"].iloc[0] in ("missing", "suspected_gap")


def test_evidence_of_a_point_sums_to_it(demo: tuple[an.Corpus, dict[str, object]]) -> None:
    corpus, _ = demo
    line = an.trend(an.term_rate(an.tokens(corpus), "border"), by="month", n_boot=199)
    row = int(np.flatnonzero(line.table["numerator"].to_numpy(float, na_value=0) > 0)[0])
    behind = an.evidence(line, row).table
    assert behind["numerator"].sum() == pytest.approx(line.table["numerator"].iloc[row])
    assert behind["denominator"].sum() == pytest.approx(line.table["denominator"].iloc[row])
