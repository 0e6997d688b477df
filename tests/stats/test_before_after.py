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
    found = before_after(x, d, AFTER)
    assert (found.before, found.after) == pytest.approx((4 / 30, 8 / 30))
    assert found.difference == pytest.approx(4 / 30)
    assert found.ratio == pytest.approx(2)
    assert found.low < found.difference < found.high
    assert found.ratio_low < 2 < found.ratio_high
    assert (found.n_before, found.n_after) == (20, 20)


def test_a_period_that_was_not_collected_is_left_out_not_zero():
    x, d, after = weeks(1)
    x[10:14], d[10:14] = np.nan, np.nan
    kept = ~np.isnan(x)
    found = before_after(x, d, after)
    assert found.before == pytest.approx(x[kept & ~after].sum() / d[kept & ~after].sum())
    assert found.n_before == 26
    zero = before_after(np.nan_to_num(x), np.nan_to_num(d), after)
    assert zero == found


@pytest.mark.parametrize("rho", [0.0, 0.5])
def test_weekly_shocks_without_effect_rarely_alarm(rho):
    alarms = [before_after(*weeks([5, i], rho=rho)).p <= 0.05 for i in range(200)]
    assert np.mean(alarms) <= 0.07 + 1.96 * np.sqrt(0.07 * 0.93 / 200)


def test_an_effect_is_found_and_covered():
    found = [before_after(*weeks([6, i], n=104, factor=1.5, event=52)) for i in range(100)]
    assert np.mean([f.p <= 0.05 for f in found]) > 0.9
    assert np.mean([f.low <= 0.05 <= f.high for f in found]) > 0.88
    assert np.mean([f.ratio_low <= 1.5 <= f.ratio_high for f in found]) > 0.88


def test_too_few_periods_give_an_estimate_without_a_test():
    found = before_after([1.0, 2, 3, 4], [10.0, 10, 10, 10], [False, False, True, True])
    assert found.difference == pytest.approx(0.2)
    assert np.isnan([found.p, found.low, found.ratio_low]).all()


def test_a_series_without_any_variation_has_no_test():
    found = before_after(np.ones(40), np.full(40, 10.0), AFTER)
    assert found.difference == 0
    assert np.isnan(found.p)


def test_from_nothing_there_is_no_ratio():
    x = np.where(AFTER, np.tile([1.0, 3.0], 20), 0.0)
    found = before_after(x, np.full(40, 10.0), AFTER)
    assert np.isnan([found.ratio, found.ratio_low]).all()
    assert found.p <= 0.05


def test_the_interval_holds_what_the_test_does_not_reject():
    for i in range(40):
        found = before_after(*weeks([7, i], factor=1.3))
        assert (found.p <= 0.05) == (found.low > 0 or found.high < 0)
        assert (found.p <= 0.05) == (found.ratio_low > 1 or found.ratio_high < 1)


def test_turning_time_round_turns_the_answer_round():
    x, d, after = weeks(3)
    one, two = before_after(x, d, after), before_after(x[::-1], d[::-1], ~after)
    assert two.difference == pytest.approx(-one.difference) or two.difference == pytest.approx(one.difference)
    assert two.p == pytest.approx(one.p)


@pytest.mark.parametrize(("before", "after"), [(17, 3), (3, 17), (25, 5), (10, 10)])
def test_short_and_unequal_sides_rarely_alarm(before, after):
    alarms = [
        before_after(*weeks([8, i], n=before + after, rho=0.5, event=before)).p <= 0.05 for i in range(200)
    ]
    assert np.mean(alarms) <= 0.07 + 1.96 * np.sqrt(0.07 * 0.93 / 200)


def test_lasting_shocks_make_the_answer_more_careful():
    _, d, after = weeks(9)
    alone = 0.1 + 0.01 * np.tile([1.0, -1.0], 30)
    lasting = 0.1 + 0.01 * np.repeat(np.tile([1.0, -1.0], 3), 10)
    step = 0.02 * after
    one, two = (before_after((v + step) * d, d, after) for v in (alone, lasting))
    assert one.p < 0.01
    assert two.p > 0.1
    assert one.autocorrelation < two.autocorrelation


def test_scores_below_zero_have_a_difference_and_where_they_can_a_ratio():
    x, d, after = weeks(10)
    found = before_after(x - 0.12 * d, d, after)
    assert found.low < found.difference < found.high
    assert np.isnan(found.ratio) or found.before > 0


def test_nothing_after_has_an_interval_that_ends_below_zero_or_not():
    x, d, after = weeks(11)
    found = before_after(np.where(after, 0.0, x), d, after)
    assert found.p < 0.05
    assert found.low < found.difference <= found.high < 0
    assert found.ratio == 0
    assert np.isnan(found.ratio_low)


@pytest.mark.parametrize(
    "call",
    [
        lambda: before_after([1.0], [1.0], [True]),
        lambda: before_after([1.0, 2.0], [1.0, 0.0], [False, True]),
        lambda: before_after([1.0, 2.0], [1.0, 1.0], [0, 1]),
        lambda: before_after([1.0, 2.0], [1.0, -1.0], [False, True]),
        lambda: before_after([1.0, 2.0], [1.0, 1.0], [False, True], level=95),
    ],
)
def test_wrong_arguments_are_refused(call):
    with pytest.raises(InputError):
        call()
