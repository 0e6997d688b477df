"""Period by period around a date."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.stats.lags import lags

ONES = np.full(20, 10.0)


def test_differences_and_band_by_hand():
    # Before the date 1, 3, 1, 3 tenths: mean .2. Every other date with two whole sides is in the same pattern.
    x = np.tile([1.0, 3.0], 10)
    x[16:] = [5.0, 2.0, 2.0, 2.0]
    found = lags(x, ONES, 16, n_before=4, n_after=2)
    assert found.value.tolist() == pytest.approx([0.1, 0.3, 0.1, 0.3, 0.5, 0.2])
    assert found.before == pytest.approx(0.2)
    assert found.difference.tolist() == pytest.approx([-0.1, 0.1, -0.1, 0.1, 0.3, 0.0])
    # Dates 4 to 14; the band from the lowest to the highest of 11 covers 1 - 2 / 12.
    assert found.n_dates == 11
    assert found.placebo_level == pytest.approx(1 - 2 / 12)
    assert found.placebo_low.tolist() == pytest.approx([-0.1] * 6)
    assert found.placebo_high.tolist() == pytest.approx([0.1] * 6)


def test_no_placebo_date_reaches_across_the_date():
    found = lags(np.arange(30.0), np.ones(30), 15, n_before=4, n_after=3)
    # 4 to 12 before it, 19 to 27 after it.
    assert found.n_dates == 9 + 9


def test_a_period_that_was_not_observed_is_null_and_not_zero():
    x, d = np.tile([1.0, 3.0], 10), ONES.copy()
    d[[8, 12]] = np.nan
    found = lags(x, d, 10, n_before=9, n_after=4)
    for values in (found.value, found.difference, found.low, found.high):
        assert np.isnan(values[[7, 11]]).all()
    assert found.before == pytest.approx(np.delete(x, 8)[1:9].sum() / 80)
    assert not np.isnan(np.delete(found.low, [7, 11])).any()


def test_few_periods_before_have_no_interval_and_few_dates_no_band():
    found = lags(np.tile([1.0, 3.0], 5), np.full(10, 10.0), 6, n_before=6, n_after=4)
    assert np.isnan(found.low).all()
    assert np.isnan(found.placebo_low).all()
    assert found.n_dates == 0
    assert np.isnan(found.placebo_level)


def test_a_line_that_does_not_vary_before_has_no_interval():
    found = lags(np.where(np.arange(20) < 12, 1.0, 3.0), ONES, 12, n_before=10, n_after=4)
    assert np.isnan(found.low).all()
    assert found.difference[-1] == pytest.approx(0.2)


def shares(seed, rho, factor, n=20, event=16):
    rng = np.random.default_rng(seed)
    d = rng.poisson(rng.gamma(4, 50, n)) + 1
    u = rng.normal(size=n)
    for t in range(1, n):
        u[t] = rho * u[t - 1] + np.sqrt(1 - rho**2) * u[t]
    level = 0.1 * np.exp(0.4 * u - 0.08) * np.where(np.arange(n) >= event, factor, 1.0)
    return rng.binomial(d, np.minimum(level, 1)).astype(float), d.astype(float)


@pytest.mark.parametrize(("rho", "factor"), [(0.0, 1.0), (0.5, 1.0), (0.3, 2.0)])
def test_intervals_cover_the_effect_of_their_period(rho, factor):
    inside = 0
    for i in range(150):
        found = lags(*shares([4, i], rho, factor), 16, n_before=16, n_after=4)
        truth = 0.1 * (factor - 1)
        inside += ((found.low[16:] <= truth) & ~(found.high[16:] < truth)).sum()
    assert inside / 600 > 0.92


@pytest.mark.parametrize(
    "call",
    [
        lambda: lags(ONES, ONES, 3, n_before=4, n_after=2),
        lambda: lags(ONES, ONES, 19, n_before=4, n_after=2),
        lambda: lags(ONES, ONES, 10, n_before=0, n_after=2),
        lambda: lags(ONES, np.where(np.arange(20) < 10, 0, ONES), 10, n_before=4, n_after=2),
        lambda: lags(ONES, ONES, 10, n_before=4, n_after=2, level=95),
    ],
)
def test_wrong_arguments_are_refused(call):
    with pytest.raises(InputError):
        call()
