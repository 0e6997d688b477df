"""Long-run variance, fixed-b critical values, weights of periods."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.stats.longrun import fixed_b_critical, period_weights, sum_variance


def test_the_variance_of_a_sum_by_hand():
    # Squares 1 + 4 + 9 = 14; neighbours 1*2 + 2*3 = 8 at weight 2/3, twice; next 1*3 = 3 at weight 1/3, twice.
    assert sum_variance([1.0, 2.0, 3.0], 3)[0] == pytest.approx(14 + 2 * 2 / 3 * 8 + 2 / 3 * 3)
    assert sum_variance([[1.0, 2.0, 3.0], [1.0, 0.0, -1.0]], 1).tolist() == [14, 2]


def test_a_missing_period_keeps_its_place():
    assert sum_variance([1.0, 0.0, 1.0], 2)[0] == 2  # not neighbours
    assert sum_variance([1.0, 1.0], 2)[0] == 3


@pytest.mark.parametrize("b", [0.1, 0.5])
def test_the_published_critical_value_is_met_by_white_noise(b):
    # Kiefer & Vogelsang (2005), table 1, Bartlett: 2.26 at b = .1 and 3.48 at .5; 20,000 means of 200 periods.
    rng = np.random.default_rng(1)
    y = rng.normal(size=(20_000, 200))
    t = y.mean(axis=1) / np.sqrt(sum_variance((y - y.mean(axis=1, keepdims=True)) / 200, round(200 * b)))
    assert np.mean(np.abs(t) > fixed_b_critical(b)) == pytest.approx(0.05, abs=0.006)


def test_without_bandwidth_the_critical_value_is_that_of_the_normal():
    assert fixed_b_critical(1e-9) == pytest.approx(1.96)
    assert fixed_b_critical(0.1) == pytest.approx(2.2606, abs=1e-4)


def test_shock_and_sampling_are_told_apart():
    rng = np.random.default_rng(2)
    d = np.where(rng.random(800) < 0.5, 50.0, 500.0)
    shock = 0.1 + 0.02 * rng.normal(size=800)
    sampling = rng.normal(size=800) * np.sqrt(0.09 / d)
    # Shock alone: equal weights. Sampling alone: by denominators, ten to one.
    for values, expected in ((shock, 1.0), (0.1 + sampling, 10.0)):
        w = period_weights(values, d)
        assert w[d == 500][0] / w[d == 50][0] == pytest.approx(expected, rel=0.35)
        assert w.mean() == pytest.approx(1)


def test_a_step_is_not_variance_and_a_missing_period_has_no_weight():
    values = np.repeat([0.1, 0.9], 30) + np.tile([-0.01, 0.01], 30)
    values[5] = np.nan
    w = period_weights(values, np.tile([100.0, 200.0], 30))
    assert np.isnan(w[5])
    assert np.nanmin(w) > 0


@pytest.mark.parametrize(
    "call",
    [
        lambda: sum_variance([1.0], 0),
        lambda: sum_variance([np.nan], 1),
        lambda: fixed_b_critical(0.5, 0.77),
        lambda: fixed_b_critical(1.5),
        lambda: period_weights([1.0, 2.0], [1.0, 0.0]),
    ],
)
def test_wrong_arguments_are_refused(call):
    with pytest.raises(InputError):
        call()
