"""Other measurings of the same articles: intervals hold what they differ by, and nothing else changes."""

import dataclasses

import numpy as np
import pytest

import analysis as an
from tests.series.conftest import Make, days, rng, window

TOML = window("*", "2025-01-06", "2025-02-16")


def measured(make: Make, *, share: bool = False) -> an.Measurement:
    """Four outlets over six weeks."""
    draw = rng(4)
    rows = [
        (o, d, float(draw.random() < 0.3) if share else float(draw.poisson(3.0)), 1.0 if share else 100.0)
        for d in days("2025-01-06", 42)
        for o in "ABCD"
    ]
    return make(rows, TOML).measurement()


def with_draws(m: an.Measurement, draws: np.ndarray) -> an.Measurement:
    return dataclasses.replace(m, draws=draws)


def factors(m: an.Measurement, *by: float) -> an.Measurement:
    """Draws that are the numerators times a factor each."""
    return with_draws(m, m.table["numerator"].to_numpy()[:, None] * np.array(by))


@pytest.mark.parametrize(
    ("inference", "by"), [("this_period", "week"), ("process", "month"), ("outlets", "week")]
)
@pytest.mark.parametrize("share", [False, True])
def test_draws_that_are_all_the_measurement_change_no_bit(
    make: Make, inference: str, by: str, *, share: bool
) -> None:
    m = measured(make, share=share)
    same = factors(m, 1.0, 1.0, 1.0)
    options = {"by": by, "inference": inference, "n_boot": 199}
    plain, drawn = an.trend(m, **options), an.trend(same, **options)
    assert plain.table.equals(drawn.table)
    assert any("3 other measurements" in n for n in drawn.notes)
    assert not any("other measurements" in n for n in plain.notes)


@pytest.mark.parametrize(
    ("inference", "by"), [("this_period", "week"), ("process", "month"), ("outlets", "week")]
)
@pytest.mark.parametrize("share", [False, True])
def test_draws_that_differ_make_intervals_wider_and_leave_the_estimates(
    make: Make, inference: str, by: str, *, share: bool
) -> None:
    m = measured(make, share=share)
    options = {"by": by, "inference": inference, "n_boot": 499}
    plain = an.trend(m, **options).table
    drawn = an.trend(factors(m, 0.6, 0.8, 1.0, 1.2, 1.4), **options).table
    assert plain["estimate"].equals(drawn["estimate"])
    have = plain["low"].notna()
    assert have.any()
    assert (drawn["low"] < plain["low"])[have].all()
    assert (drawn["high"] > plain["high"])[have].all()


def test_an_interval_reaches_towards_the_other_measurings(make: Make) -> None:
    """All other measurings say half as much again: the bound above moves up by about that, the one below hardly."""
    m = measured(make)
    plain = an.trend(m, by="week", n_boot=499).table
    drawn = an.trend(factors(m, 1.5, 1.0), by="week", n_boot=499).table
    up, down = drawn["high"] - plain["high"], plain["low"] - drawn["low"]
    assert (up > 0.3 * plain["estimate"]).all()
    assert (down < 0.1 * plain["estimate"]).all()


def test_of_two_measurings_the_interval_is_the_mixture_of_both(make: Make) -> None:
    """Draws take turns: with a level of .5 half of each side is left out, as of both intervals together."""
    m = measured(make)
    table = an.trend(factors(m, 0.5, 1.5), by="week", n_boot=1999, level=0.9).table
    alone = [an.trend(made, by="week", n_boot=1999, level=0.8).table for made in scaled(m, 0.5, 1.5)]
    # Where the two hardly overlap, a tail of .05 of the mixture is a tail of .10 of the outer one.
    np.testing.assert_allclose(table["low"], alone[0]["low"], rtol=0.05)
    np.testing.assert_allclose(table["high"], alone[1]["high"], rtol=0.05)


def scaled(m: an.Measurement, *by: float) -> list[an.Measurement]:
    """Measurements whose numerators are times a factor."""
    return [
        dataclasses.replace(m, table=m.table.assign(numerator=m.table["numerator"] * factor)) for factor in by
    ]


def test_a_comparison_says_what_other_measurings_differ_by(make: Make) -> None:
    m = measured(make)
    sides = {"target": {"outlet": "A"}, "reference": {"outlet": ["B", "C"]}}
    plain = an.compare(m, n_permutations=99, **sides)
    drawn = an.compare(factors(m, 0.5, 2.0), n_permutations=99, **sides)
    assert plain.table.equals(drawn.table)
    difference = float(plain.table["difference"].iloc[0])
    low, high = sorted((0.5 * difference, 2.0 * difference))
    assert any(f"is {low:.4g} to {high:.4g}." in n for n in drawn.notes)
    assert not any("other measurements" in n for n in plain.notes)


def test_a_break_says_in_how_many_other_measurings_it_is(make: Make) -> None:
    draw = rng(7)
    dates = days("2025-01-06", 7 * 30)
    rows = [("A", d, float(draw.poisson(2.0 if i < 105 else 6.0)), 10.0) for i, d in enumerate(dates)]
    m = make(rows, window("*", dates[0], dates[-1])).measurement()
    flat = np.full(len(m), 3.0) + rng(8).normal(0, 0.3, len(m))
    found = an.breaks(with_draws(m, np.stack([m.table["numerator"], flat, m.table["numerator"]], axis=1)))
    broken = found.table[found.table["kind"] == "break"]
    assert len(broken) == 1
    assert "Found in 2 of 3 other measurements" in broken["note"].iloc[0]
    plain = an.breaks(m).table
    assert found.table.drop(columns="note").equals(plain.drop(columns="note"))
