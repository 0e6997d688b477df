"""Period by period around a named date, from articles."""

from pathlib import Path

import numpy as np
import pytest

import analysis as an
from analysis.errors import AnalysisError
from tests.series.conftest import build, days, rng, window

COLUMNS = [
    "period", "lag", "numerator", "denominator", "n_docs", "n_stories", "value", "estimate", "low", "high",
    "placebo_low", "placebo_high", "status",
]  # fmt: skip


def around(folder: Path, toml: str = "", skip: tuple[str, ...] = ()) -> an.Measurement:
    """Three articles a day; from 15 March 2025 (a Saturday) the share is .6, before it .2."""
    draw = rng(21)
    rows = [
        ("Courier", d, float(draw.random() < (0.2 if d < "2025-03-15" else 0.6)), 1.0)
        for d in days("2024-08-01", 330)
        for _ in range(3)
        if d not in skip
    ]
    return build(folder, rows, toml).measurement()


@pytest.fixture(scope="module")
def m(tmp_path_factory: pytest.TempPathFactory) -> an.Measurement:
    """The measurement, made once: nothing here changes it."""
    return around(tmp_path_factory.mktemp("event"))


def test_periods_are_counted_from_the_date(m: an.Measurement) -> None:
    found = an.event(m, date="2025-03-15", before=10, after=5)
    t = found.table
    assert list(t.columns) == COLUMNS
    assert t.lag.tolist() == list(range(-10, 5))
    assert str(t.period[10].date()) == "2025-03-15"
    assert str(t.period[9].date()) == "2025-03-08"
    assert (t.n_docs == 21).all()
    assert t.value.tolist() == pytest.approx((t.numerator / t.denominator).tolist())
    mean = t.numerator[:10].sum() / t.denominator[:10].sum()
    assert t.estimate.tolist() == pytest.approx((t.value - mean).tolist())
    assert (t.low[10:] > 0).sum() >= 3
    assert (t.estimate[10:] > t.placebo_high[10:]).sum() >= 4
    assert any("Placebo dates: " in n and "cover" in n for n in found.notes)


def test_days_that_were_not_collected_are_null(tmp_path: Path) -> None:
    gone = tuple(days("2025-03-22", 7))
    toml = window("Courier", "2024-08-01", "2025-03-21") + window("Courier", "2025-03-29", "2025-06-26")
    t = an.event(around(tmp_path, toml=toml, skip=gone), date="2025-03-15", before=10, after=5).table
    assert t.status[11] == "missing"
    assert t.iloc[11][["value", "estimate", "low", "numerator"]].isna().all()
    assert t.n_docs.isna()[11]
    assert t.status.drop(11).tolist() == ["collected"] * 14


def test_what_does_not_fit_in_the_corpus_is_left_away_and_said(m: an.Measurement) -> None:
    found = an.event(m, date="2025-03-15", before=60, after=40)
    assert found.table.lag.min() > -60
    assert found.table.lag.max() < 40
    assert any("not 60 and 40" in n for n in found.notes)


def test_rates_are_in_their_unit(m: an.Measurement) -> None:
    tens = an.Measurement(
        kind=m.kind, label=m.label, unit="per 10", table=m.table, params={}, source=m.source, scale=10.0,
        corpus_fingerprint=m.corpus_fingerprint,
    )  # fmt: skip
    one, ten = (an.event(v, date="2025-03-15").table for v in (m, tens))
    for column in ("value", "estimate", "low", "high", "placebo_low", "placebo_high"):
        assert ten[column].tolist() == pytest.approx((10 * one[column]).tolist(), nan_ok=True)
    assert ten.numerator.tolist() == one.numerator.tolist()


def test_the_same_question_has_the_same_answer(m: an.Measurement) -> None:
    one, two = (an.event(m, date="2025-03-15", by="month", before=4, after=3) for _ in range(2))
    assert one.table.equals(two.table)
    assert one.signature == two.signature
    assert np.isnan(one.table.low).all()  # four months before tell nothing about how months vary
    assert any("No intervals" in n for n in one.notes)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"date": "2024-08-01"}, "nothing on one side"),
        ({"date": "2030-01-01"}, "nothing on one side"),
        ({"date": "1990-01-01"}, "nothing on one side"),
        ({"date": "March"}, "date"),
        ({"date": "2025-03-15", "by": "weekly"}, "`by`"),
        ({"date": "2025-03-15", "before": 0}, "`before`"),
        ({"date": "2025-03-15", "weight": "outlet"}, "`weight`"),
        ({"date": "2025-03-15", "level": 95}, "`level`"),
    ],
)
def test_wrong_calls_are_refused(m: an.Measurement, arguments: dict[str, object], said: str) -> None:
    with pytest.raises(AnalysisError, match=said):
        an.event(m, **arguments)  # type: ignore[arg-type]
