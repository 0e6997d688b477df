"""What was collected is told from what was found, and known from suspected."""

from pathlib import Path

import numpy as np
import pytest

import analysis as an
from analysis.errors import InputError, SelectionError
from tests.series.conftest import Make, days, window


def status(result: an.Result, outlet: str) -> dict[str, str]:
    own = result.table[result.table.outlet == outlet]
    return {f"{p:%Y-%m-%d}": s for p, s in zip(own.period, own.status, strict=True)}


def test_outside_declared_windows_is_missing_and_inside_without_articles_is_no_articles(make: Make) -> None:
    rows = [("Courier", d, 1.0, 1.0) for d in ("2025-01-06", "2025-01-20")] + [
        ("Post", "2025-01-07", 1.0, 1.0)
    ]
    toml = window("Courier", "2025-01-06", "2025-01-26") + window("Post", "2025-01-06", "2025-01-12")
    found = an.coverage(make(rows, toml).corpus, by="week")
    assert status(found, "Courier") == {
        "2025-01-06": "collected", "2025-01-13": "no_articles", "2025-01-20": "collected",
    }  # fmt: skip
    assert status(found, "Post") == {
        "2025-01-06": "collected",
        "2025-01-13": "missing",
        "2025-01-20": "missing",
    }
    assert set(found.table.evidence) == {"declared"}


def test_a_window_that_cuts_a_week_makes_it_partial(make: Make) -> None:
    rows = [("Courier", d, 1.0, 1.0) for d in days("2025-01-06", 14)]
    found = an.coverage(make(rows, window("*", "2025-01-06", "2025-01-15")).corpus, by="week")
    assert list(found.table.status) == ["collected", "partial"]
    assert list(found.table.n_collected) == [7, 3]


def test_a_filter_makes_no_hits_and_not_no_articles(make: Make) -> None:
    rows = [("Courier", d, 1.0, 1.0) for d in days("2025-01-06", 14)]
    corpus = make(rows, window("*", "2025-01-06", "2025-01-19")).corpus.where(text='"ferry plan 3"')
    found = an.coverage(corpus, by="week")
    assert list(found.table.status) == ["collected", "no_hits"]
    assert list(found.table.n_docs) == [1, 0]


def test_an_undeclared_silence_is_at_most_suspected(make: Make) -> None:
    rows = [
        ("Courier", d, 1.0, 1.0)
        for i, d in enumerate(days("2024-01-01", 140))
        for _ in range(8)
        if not 63 <= i < 77
    ]
    found = an.coverage(make(rows).corpus, by="week")
    gap = found.table[found.table.status == "suspected_gap"]
    assert [f"{p:%Y-%m-%d}" for p in gap.period] == ["2024-03-04", "2024-03-11"]
    assert (gap.p_gap < 0.001).all()
    assert "missing" not in set(found.table.status)
    assert any("no proof" in n for n in found.notes)


def test_declared_days_of_rest_are_no_gap(make: Make) -> None:
    rest = days("2024-03-11", 3)
    rows = [("Courier", d, 1.0, 1.0) for d in days("2024-01-01", 120) if d not in rest for _ in range(9)]
    found = an.coverage(make(rows, f"holidays = {rest}\n").corpus, by="day")
    assert set(found.table.status) == {"collected", "no_articles"}


def test_an_outlet_that_stops_is_unknown_afterwards_and_one_that_joins_before(make: Make) -> None:
    rows = [("Early", d, 1.0, 1.0) for d in days("2024-01-01", 56) for _ in range(5)]
    rows += [("Late", d, 1.0, 1.0) for d in days("2024-02-05", 84) for _ in range(5)]
    found = an.coverage(make(rows).corpus, by="month")
    assert status(found, "Early") == {
        "2024-01-01": "collected", "2024-02-01": "partial", "2024-03-01": "unknown", "2024-04-01": "unknown",
    }  # fmt: skip
    assert status(found, "Late")["2024-01-01"] == "unknown"
    evidence = found.table.set_index(["outlet", "period"]).evidence
    assert evidence["Early", "2024-04-01"] == "leaves"
    assert evidence["Late", "2024-01-01"] == "joins"


def test_a_wrongly_dated_article_does_not_stretch_the_calendar(make: Make) -> None:
    rows = [("Courier", d, 1.0, 1.0) for d in days("2024-01-01", 100) for _ in range(6)]
    found = an.coverage(make([*rows, ("Courier", "1987-05-02", 1.0, 1.0)]).corpus, by="year")
    assert [p.year for p in found.table.period] == [2024]
    assert any("far from all others" in n for n in found.notes)


def test_a_corpus_without_dates_says_so(make: Make) -> None:
    with pytest.raises(SelectionError, match="has a date"):
        an.coverage(make([("Courier", None, 1.0, 1.0), ("Courier", None, 0.0, 1.0)]).corpus)


def test_a_range_without_a_day_says_which_days_there_are(make: Make) -> None:
    corpus = make([("Courier", d, 1.0, 1.0) for d in days("2025-01-06", 5)]).corpus
    with pytest.raises(SelectionError, match="2025-01-06 to 2025-01-10"):
        an.coverage(corpus.where(since="2030-01-01"))


def test_one_article_has_a_coverage_and_a_wrong_period_is_named(make: Make) -> None:
    corpus = make([("Courier", "2025-01-08", 1.0, 1.0)]).corpus
    assert list(an.coverage(corpus).table.status) == ["partial"]
    with pytest.raises(InputError, match="Did you mean 'week'"):
        an.coverage(corpus, by="weekly")


def test_a_selection_is_told_that_gaps_cannot_be_told(make: Make) -> None:
    rows = [("Courier", d, 1.0, 1.0) for d in days("2025-01-06", 20)]
    found = an.coverage(make(rows, 'selection = "query"\n').corpus)
    assert any("lack of hits" in n for n in found.notes)


def test_the_grid_has_every_outlet_in_every_period(make: Make) -> None:
    rows = [(o, d, 1.0, 1.0) for o in ("A", "B", "C") for d in days("2025-01-06", 21)]
    found = an.coverage(make(rows).corpus, by="day")
    assert len(found) == 3 * 21
    assert found.table.n_days.eq(1).all()
    assert np.isnan(found.table.p_gap).all()


@pytest.mark.corpora
@pytest.mark.slow
def test_the_gap_and_the_end_in_the_sri_lankan_file(corpora: Path, tmp_path: Path) -> None:
    an.ingest(corpora / "srilanka", into=tmp_path / "srilanka", workers=1)
    corpus = an.open_corpus(tmp_path / "srilanka")
    found = an.coverage(corpus, by="month")
    island, mirror = status(found, "islandlk"), status(found, "dailymirrorlk")
    assert {island[f"2025-{m:02d}-01"] for m in range(2, 7)} == {"suspected_gap"}
    assert {mirror[f"2024-{m:02d}-01"] for m in range(7, 13)} == {"unknown"}
    line = an.trend(an.volume(corpus), by="month", inference=None).table
    gap = line[(line.period >= "2025-02") & (line.period < "2025-07")]
    assert gap.estimate.isna().all()
    # Articles per outlet and day: the outlet that stops takes its own days along, and the others go on as before.
    before, after = (line.standardised[line.period == m].iloc[0] for m in ("2024-05-01", "2024-08-01"))
    assert abs(after / before - 1) < 0.35
