"""Breaks in autocorrelated series: sizes, places, intervals, and "no break"."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.stats.level_shifts import level_shifts

N = 104


def series(seed, rho=0.0, n=N):
    """A Gaussian AR(1) with variance 1."""
    u = np.random.default_rng(seed).normal(size=n)
    for t in range(1, n):
        u[t] = rho * u[t - 1] + np.sqrt(1 - rho**2) * u[t]
    return u


def stepped(seed, at, size=3.0, rho=0.0, n=N):
    """The same with a step."""
    return series(seed, rho, n) + size * (np.arange(n) >= at)


@pytest.mark.parametrize("rho", [0.0, 0.5])
def test_series_without_a_break_rarely_alarm(rho):
    # 80 series: up to .07 with two Monte Carlo errors. The long run is `python -m benchmarks breaks`.
    alarms = [bool(level_shifts(series([1, i], rho), n_boot=99, seed=i).breaks) for i in range(80)]
    assert np.mean(alarms) <= 0.07 + 2 * np.sqrt(0.07 * 0.93 / 80)


@pytest.mark.parametrize(("rho", "oracle"), [(0.0, 0.98), (0.5, 0.94)])
def test_a_break_of_three_deviations_is_found_placed_and_covered(rho, oracle):
    n, found, near, covered = 30, 0, 0, 0
    for i in range(n):
        at = int(np.random.default_rng(i).integers(20, 85))
        result = level_shifts(stepped([2, i], at, rho=rho), n_boot=99, seed=i)
        if result.breaks:
            nearest = min(result.breaks, key=lambda b: abs(b.at - at))
            found += 1
            near += abs(nearest.at - at) <= 1
            covered += nearest.low <= at <= nearest.high
    margin = 2 * np.sqrt(0.09 / n)
    assert found / n >= 0.9
    assert near / n >= oracle - 0.05 - margin
    assert covered / found >= 0.9 - margin


def nearest(y, at, seed):
    """The break nearest to a date, None without any."""
    found = level_shifts(y, n_boot=99, seed=seed).breaks
    return min(found, key=lambda b: abs(b.at - at)) if found else None


def test_a_chance_pulse_shortly_before_a_break_is_not_its_date():
    # Dated without regard to pulses the interval covers about three in five of these (`python -m benchmarks breaks`).
    n, covered, near = 40, 0, 0
    for i in range(n):
        rng = np.random.default_rng([40, i])
        at, between = int(rng.integers(26, 89)), int(rng.integers(3, 7))
        y = stepped([41, i], at, rho=0.3)
        y[at - between - 2 : at - between] += rng.uniform(3, 5, 2)
        found = nearest(y, at, i)
        covered += found.low <= at <= found.high
        near += abs(found.at - at) <= 1
    assert covered / n >= 0.9 - 2 * np.sqrt(0.09 / n)
    assert near / n >= 0.7


def test_the_interval_holds_where_a_series_varies_more_after_the_break():
    n, covered, found = 40, 0, 0
    for i in range(n):
        at = int(np.random.default_rng([42, i]).integers(16, 89))
        y = series([43, i], rho=0.3)
        y[at:] = 3 + 2 * y[at:]
        b = nearest(y, at, i)
        found += b is not None
        covered += b is not None and b.low <= at <= b.high
    assert found / n >= 0.9
    assert covered / found >= 0.9 - 2 * np.sqrt(0.09 / found)


def test_the_pulse_a_date_rests_on_is_reported_and_not_called_a_break():
    y = stepped(15, 60)
    y[51:53] += 6.0
    result = level_shifts(y, seed=1)
    assert [b.at for b in result.breaks] == pytest.approx([60], abs=1)
    assert [(p.at, p.length) for p in result.pulses] == [(51, 2)]


def test_periods_of_the_new_level_right_before_a_date_are_no_pulse_of_the_old_one():
    # A date two periods late with a pulse before it is the same fit: it must not be in the interval.
    for seed in range(5):
        (found,) = level_shifts(stepped([44, seed], 50, size=6.0), seed=1).breaks
        assert 49 <= found.low <= 50 <= found.high <= 51


def test_a_clean_step_is_found_to_the_period_and_in_size():
    y = np.where(np.arange(60) < 33, 0.0, 10.0) + series(3, n=60)
    (found,) = level_shifts(y, seed=1).breaks
    assert (found.at, found.low, found.high) == (33, 33, 33)
    # White noise: the difference of the means, but for the estimated autocorrelation.
    assert found.size == pytest.approx(y[33:].mean() - y[:33].mean(), abs=0.1)
    assert found.p == pytest.approx(1 / 500)


def test_the_size_is_that_of_generalised_least_squares():
    # With weights and without autocorrelation to speak of: weighted means.
    rng = np.random.default_rng(8)
    w = rng.choice([1.0, 9.0], 80)
    y = 5.0 * (np.arange(80) >= 40) + rng.normal(size=80) / np.sqrt(w)
    result = level_shifts(y, weights=w, seed=1)
    means = [np.average(y[s], weights=w[s]) for s in (slice(0, 40), slice(40, 80))]
    assert result.breaks[0].at == 40
    assert result.breaks[0].size == pytest.approx(means[1] - means[0], abs=0.05)


def test_a_level_that_comes_back_is_two_breaks():
    y = series(11) + 3.0 * ((np.arange(N) >= 40) & (np.arange(N) < 54))
    found = level_shifts(y, seed=1).breaks
    assert [b.at for b in found] == pytest.approx([40, 54], abs=1)
    assert found[0].size > 0 > found[1].size


def test_a_pulse_is_a_pulse_and_no_break():
    for length in (1, 2):
        y = series(5, 0.3)
        y[50 : 50 + length] += 8.0
        result = level_shifts(y, seed=1)
        assert result.breaks == ()
        assert [(p.at, p.length) for p in result.pulses] == [(50, length)]
        assert result.pulses[0].size == pytest.approx(8, abs=2.5)


def test_a_pulse_beside_a_break_does_not_hide_it():
    y = stepped(6, 60)
    y[20] += 9.0
    result = level_shifts(y, seed=1)
    assert [p.at for p in result.pulses] == [20]
    assert [b.at for b in result.breaks] == pytest.approx([60], abs=1)


def test_missing_periods_are_gaps_and_not_zeros():
    y = stepped(7, 60) + 10
    y[[5, 6, 7, 30, 80]] = np.nan
    y[90:96] = np.nan
    result = level_shifts(y, seed=1)
    assert result.n_periods == N - 11
    assert [b.at for b in result.breaks] == pytest.approx([60], abs=1)
    filled = level_shifts(np.nan_to_num(y), seed=1)
    assert [b.at for b in filled.breaks] != [b.at for b in result.breaks]


def test_a_break_inside_a_gap_may_have_been_on_any_of_its_days():
    y = stepped(7, 60, size=8.0)
    y[56:62] = np.nan
    (found,) = level_shifts(y, seed=1).breaks
    assert (found.at, found.low, found.high) == (62, 56, 62)


def test_a_weekday_season_is_no_break_once_it_is_a_regressor():
    n = 140
    weekday = np.arange(n) % 7
    season = np.array([0, 0, 0, 0, 0, -4.0, -4.0])[weekday]
    dummies = (weekday[:, None] == np.arange(1, 7)).astype(float)
    quiet = level_shifts(series(9, n=n) + season, regressors=dummies, min_length=14, seed=1)
    assert quiet.breaks == ()
    loud = level_shifts(stepped(9, 77, 2.0, n=n) + season, regressors=dummies, min_length=14, seed=1)
    assert [b.at for b in loud.breaks] == pytest.approx([77], abs=1)


def test_a_slope_is_not_taken_for_a_break():
    y = series(10) + np.linspace(0, 8, N)
    assert not level_shifts(y, seed=1).breaks
    assert not level_shifts(y, regressors=np.arange(N)[:, None], seed=1).breaks


def test_levels_are_not_shorter_than_asked():
    y = series(12) + 4.0 * np.isin(np.arange(N) // 8, [3, 5, 7])
    found = level_shifts(y, min_length=12, max_breaks=6, seed=1)
    places = [0, *(b.at for b in found.breaks), N]
    assert np.diff(places).min() >= 12


def test_unit_and_level_do_not_matter():
    y = stepped(13, 50)
    one, other = (level_shifts(v, seed=1) for v in (y, 1e-4 * y + 7))
    assert [b[:3] for b in one.breaks] == [b[:3] for b in other.breaks]
    assert [b.p for b in one.breaks] == [b.p for b in other.breaks]
    assert other.breaks[0].size == pytest.approx(1e-4 * one.breaks[0].size, rel=1e-6)


@pytest.mark.parametrize(
    "values", [[], [np.nan] * 50, [1.0] * 50, [1.0, 2.0, 3.0], np.where(np.arange(50) < 5, 1.0, np.nan)]
)
def test_what_is_too_short_or_does_not_vary_is_not_tested(values):
    result = level_shifts(values, seed=1)
    assert result.breaks == result.pulses == ()
    assert np.isnan(result.p)


def test_a_step_without_noise_is_found():
    result = level_shifts(np.where(np.arange(50) < 30, 0.0, 1.0), seed=1)
    assert [b.at for b in result.breaks] == [30]


def test_the_same_seed_gives_the_same_answer():
    assert level_shifts(stepped(14, 50), seed=3) == level_shifts(stepped(14, 50), seed=3)


@pytest.mark.parametrize(
    "options",
    [
        {"weights": np.zeros(N)},
        {"weights": np.ones(3)},
        {"regressors": np.ones(N)},
        {"regressors": np.full((N, 1), np.nan)},
        {"min_length": 2},
        {"max_breaks": 0},
        {"max_breaks": 11},
        {"alpha": 5},
        {"level": 0},
        {"n_boot": 10},
    ],
)
def test_wrong_options_are_refused(options):
    with pytest.raises(InputError):
        level_shifts(series(1), **({"seed": 1} | options))


def test_text_and_infinity_are_refused():
    for values in (["a", "b"], [1.0, np.inf]):
        with pytest.raises(InputError):
            level_shifts(values, seed=1)
