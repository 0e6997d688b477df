"""Breaks in tables of periods: what is used, what is reported, what is said beside it."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.series.period_breaks import Options, period_breaks

COLUMNS = [
    "group", "kind", "break", "low", "high", "before", "after", "difference", "p", "n_periods", "autocorrelation",
    "note",
]  # fmt: skip
WEEKS = np.arange(np.datetime64("2024-01-01"), np.datetime64("2025-12-29"), np.timedelta64(7, "D"))
N = WEEKS.size
WEEKLY = Options("week", n_boot=99)


def table(share, *, seed=1, group="all", starts=WEEKS):
    """Counts of 400 articles a period at these shares; everything collected."""
    share = np.broadcast_to(np.asarray(share, dtype=float), starts.shape)
    x = np.random.default_rng(seed).binomial(400, share)
    return pd.DataFrame(
        {
            "period": starts.astype("datetime64[us]"),
            "group": group,
            "numerator": x.astype(float),
            "denominator": 400.0,
            "status": "collected",
        }
    )


STEP = np.where(np.arange(N) < 60, 0.1, 0.2)


def test_columns_do_not_depend_on_what_is_found():
    for t in (table(0.1), table(STEP), table(0.1).iloc[:0], table(0.1).iloc[:3]):
        found = period_breaks(t, WEEKLY)
        assert list(found.columns) == COLUMNS
        assert found["break"].dtype == "datetime64[us]"
        assert found["n_periods"].dtype == "int64"
        assert found["p"].dtype == "float64"


def test_a_break_has_its_date_interval_and_both_levels():
    t = table(STEP)
    (row,) = period_breaks(t, WEEKLY).to_dict("records")
    assert row["kind"] == "break"
    assert row["low"] <= pd.Timestamp(WEEKS[60]) <= row["high"]
    before = t["period"] < row["break"]
    assert row["before"] == pytest.approx(t["numerator"][before].sum() / t["denominator"][before].sum())
    assert row["difference"] == pytest.approx(row["after"] - row["before"])
    assert row["p"] == pytest.approx(0.01)


def test_no_break_is_an_answer_with_its_p():
    (row,) = period_breaks(table(0.1), WEEKLY).to_dict("records")
    assert row["kind"] == "none"
    assert pd.isna(row["break"])
    assert row["p"] > 0.05
    assert row["note"] == "No break was found."


@pytest.mark.parametrize("status", ["missing", "suspected_gap", "unknown"])
def test_a_crawlers_outage_is_no_break(status):
    t = table(0.1)
    out = slice(70, 90)
    t.loc[out, "status"] = status
    t.loc[out, "numerator"] = 0.0
    (row,) = period_breaks(t, WEEKLY).to_dict("records")
    assert row["kind"] == "none"
    assert row["n_periods"] == N - 21
    silence = t.assign(status="collected")
    assert "break" in set(period_breaks(silence, WEEKLY)["kind"])


def test_periods_without_a_row_are_missing():
    t = table(STEP).drop(index=range(56, 60))
    (row,) = period_breaks(t, WEEKLY).to_dict("records")
    assert row["n_periods"] == N - 4
    assert (row["break"], row["low"]) == (pd.Timestamp(WEEKS[60]), pd.Timestamp(WEEKS[56]))


def test_a_few_incomplete_periods_are_left_out_and_many_are_named():
    t = table(STEP)
    t.loc[[3, 40], "status"] = "incomplete"
    few = period_breaks(t, WEEKLY).iloc[0]
    assert few["n_periods"] == N - 2
    assert "2 periods" in few["note"]
    t.loc[60:, "status"] = "incomplete"
    many = period_breaks(t, WEEKLY).iloc[0]
    assert many["n_periods"] == N
    assert "Outlets joined or left here." in many["note"]


def test_a_changed_mix_of_outlets_is_said():
    t = table(STEP).assign(standardised=table(0.1, seed=2)["numerator"] / 400)
    assert "mix of outlets" in period_breaks(t, WEEKLY).iloc[0]["note"]
    same = table(STEP).assign(standardised=table(STEP, seed=3)["numerator"] / 400)
    assert "mix of outlets" not in period_breaks(same, WEEKLY).iloc[0]["note"]


def test_a_pulse_is_reported_beside_no_break():
    t = table(0.1)
    t.loc[50, "numerator"] = 200.0
    none, pulse = period_breaks(t, WEEKLY).to_dict("records")
    assert (none["kind"], pulse["kind"]) == ("none", "pulse")
    assert pulse["break"] == pd.Timestamp(WEEKS[50])
    assert pulse["after"] == pytest.approx(0.5)
    assert pulse["before"] == pytest.approx(0.1, abs=0.01)


def test_a_week_of_seven_days_is_no_series_of_breaks():
    days = np.arange(np.datetime64("2025-01-01"), np.datetime64("2025-07-01"))
    weekend = (days.astype(int) + 3) % 7 >= 5
    t = table(np.where(weekend, 0.05, 0.2), starts=days)
    (row,) = period_breaks(t, Options("day", n_boot=99)).to_dict("records")
    assert row["kind"] == "none"


def test_a_slope_is_said_to_be_one():
    found = period_breaks(table(np.linspace(0.05, 0.12, N), seed=5), WEEKLY)
    for row in found.to_dict("records"):
        assert row["kind"] == "none" or "straight line" in row["note"]
    assert "straight line" not in period_breaks(table(STEP), WEEKLY).iloc[0]["note"]


def test_groups_are_looked_at_apart_and_null_is_one():
    t = pd.concat([table(STEP, group="a"), table(0.1, seed=2, group="b"), table(STEP, seed=3, group=None)])
    found = period_breaks(t, WEEKLY)
    assert found["kind"].tolist() == ["break", "none", "break"]
    assert found["group"].isna().tolist() == [False, False, True]


def test_too_short_a_line_is_not_tested():
    (row,) = period_breaks(table(STEP).iloc[:8], WEEKLY).to_dict("records")
    assert row["kind"] == "none"
    assert np.isnan(row["p"])
    assert row["note"].startswith("Not tested: 8 periods are too few")


def test_wrong_tables_are_refused():
    good = table(0.1)
    for bad, options in (
        (good.drop(columns="status"), WEEKLY),
        (pd.concat([good, good]), WEEKLY),
        (good, Options("month")),
        (good, Options("weekly")),
        (good, Options("week", max_breaks=0)),
        (good, Options("week", min_length=1)),
    ):
        with pytest.raises(InputError):
            period_breaks(bad, options)
