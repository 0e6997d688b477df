"""Weights of periods."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.stats.period_weights import period_weights


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


def test_a_denominator_of_zero_is_refused():
    with pytest.raises(InputError):
        period_weights([1.0, 2.0], [1.0, 0.0])
