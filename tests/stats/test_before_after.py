"""Before and after a date chosen beforehand."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.stats.before_after import before_after

AFTER = np.arange(40) >= 20


def weeks(seed, n=60, rho=0.0, factor=1.0, event=30):
    """Counts of a term in weeks of about 200 articles, each week with its own shock."""
    rng = np.random.default_rng(seed)
    d = rng.poisson(rng.gamma(4, 50, n)) + 1.0
    u = rng.normal(size=n)
    for t in range(1, n):
        u[t] = rho * u[t - 1] + np.sqrt(1 - rho**2) * u[t]
    share = 0.1 * np.exp(0.4 * u - 0.08) * np.where(np.arange(n) >= event, factor, 1.0)
    return rng.binomial(d.astype(int), np.minimum(share, 1)).astype(float), d, np.arange(n) >= event


def test_estimates_are_ratios_of_sums_by_hand():
    x, d = np.tile([1.0, 3.0], 20), np.tile([10.0, 20.0], 20)
    x[20:] *= 2
    found = before_after(x, d, AFTER, n_boot=99, seed=1)
    assert (found.before, found.after) == pytest.approx((4 / 30, 8 / 30))
    assert found.difference == pytest.approx(4 / 30)
    assert found.ratio == pytest.approx(2)
    assert found.low < found.difference < found.high
    assert found.ratio_low < 2 < found.ratio_high
    assert (found.n_before, found.n_after, found.bandwidth) == (20, 20, 4)


def test_a_period_that_was_not_collected_is_left_out_not_zero():
    x, d, after = weeks(1)
    x[10:14], d[10:14] = np.nan, np.nan
    kept = ~np.isnan(x)
    found = before_after(x, d, after, n_boot=99, seed=1)
    assert found.before == pytest.approx(x[kept & ~after].sum() / d[kept & ~after].sum())
    assert found.n_before == 26
    zero = before_after(np.nan_to_num(x), np.nan_to_num(d), after, n_boot=99, seed=1)
    assert zero == found


@pytest.mark.parametrize("rho", [0.0, 0.5])
def test_weekly_shocks_without_effect_rarely_alarm(rho):
    alarms = [before_after(*weeks([5, i], rho=rho), n_boot=199, seed=i).p <= 0.05 for i in range(200)]
    assert np.mean(alarms) <= 0.07 + 1.96 * np.sqrt(0.07 * 0.93 / 200)


def test_an_effect_is_found_and_covered():
    found = [
        before_after(*weeks([6, i], n=104, factor=1.5, event=52), n_boot=199, seed=i) for i in range(100)
    ]
    assert np.mean([f.p <= 0.05 for f in found]) > 0.9
    assert np.mean([f.low <= 0.05 <= f.high for f in found]) > 0.88
    assert np.mean([f.ratio_low <= 1.5 <= f.ratio_high for f in found]) > 0.88


def test_too_few_periods_give_an_estimate_without_a_test():
    found = before_after([1.0, 2, 3, 4], [10.0, 10, 10, 10], [False, False, True, True], seed=1)
    assert found.difference == pytest.approx(0.2)
    assert np.isnan([found.p, found.low, found.ratio_low]).all()


def test_a_series_without_any_variation_has_no_test():
    found = before_after(np.ones(40), np.full(40, 10.0), AFTER, seed=1)
    assert found.difference == 0
    assert np.isnan(found.p)


def test_from_nothing_there_is_no_ratio():
    x = np.where(AFTER, np.tile([1.0, 3.0], 20), 0.0)
    found = before_after(x, np.full(40, 10.0), AFTER, n_boot=99, seed=1)
    assert np.isnan([found.ratio, found.ratio_low]).all()
    assert found.p <= 0.05


def test_the_same_seed_gives_the_same_answer():
    assert before_after(*weeks(9), n_boot=99, seed=4) == before_after(*weeks(9), n_boot=99, seed=4)
    assert before_after(*weeks(9), n_boot=99, seed=4) != before_after(*weeks(9), n_boot=99, seed=5)


@pytest.mark.parametrize(
    "call",
    [
        lambda: before_after([1.0], [1.0], [True], seed=1),
        lambda: before_after([1.0, 2.0], [1.0, 0.0], [False, True], seed=1),
        lambda: before_after([1.0, 2.0], [1.0, 1.0], [0, 1], seed=1),
        lambda: before_after([1.0, 2.0], [1.0, -1.0], [False, True], seed=1),
        lambda: before_after([1.0, 2.0], [1.0, 1.0], [False, True], seed=1, level=95),
        lambda: before_after([1.0, 2.0], [1.0, 1.0], [False, True], seed=1, n_boot=9),
    ],
)
def test_wrong_arguments_are_refused(call):
    with pytest.raises(InputError):
        call()
