"""Design-based correction, and the numbers that say how good a measure is."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.stats.pseudo import cross_fitted, pseudo_outcomes
from analysis.stats.weighted import correlation, weighted_share
from benchmarks.correction import once


def test_the_pseudo_outcome_of_a_coded_unit_has_its_error_by_its_chance() -> None:
    assert pseudo_outcomes([0.2, 0.2], [1, np.nan], [0.5, 0.5]).tolist() == pytest.approx([1.8, 0.2])
    with pytest.raises(InputError, match="no chance"):
        pseudo_outcomes([0.2], [1.0], [0.0])


def test_over_all_samples_the_mean_is_that_of_the_codes_however_wrong_the_machine_is() -> None:
    """Three units, one drawn: each with chance 1/3."""
    codes, machine = np.array([1.0, 0.0, 1.0]), np.array([5.0, -3.0, 0.0])
    means = []
    for drawn in range(3):
        y = np.full(3, np.nan)
        y[drawn] = codes[drawn]
        means.append(pseudo_outcomes(machine, y, np.full(3, 1 / 3)).mean())
    assert np.mean(means) == pytest.approx(codes.mean())


def test_a_unit_is_predicted_without_its_own_code() -> None:
    f, y = np.zeros(20), np.zeros(20)
    y[0] = 100.0
    fold = np.arange(20) % 2
    found = cross_fitted(f, y, np.ones(20), fold)
    assert (found[fold == 0] == 0).all()
    assert (found[fold == 1] == 10).all()


def test_a_change_of_errors_is_no_change_of_the_corrected_share() -> None:
    """The classifier's .8/.9 become .7/.95, the true change is 0; the long run is `python -m benchmarks correction`."""
    rng = np.random.default_rng(7)
    rows = [once(rng, 300, r) for r in range(60)]
    assert np.mean([r["covers"] for r in rows]) >= 0.9
    assert np.mean([r["period_covers"] for r in rows]) >= 0.9
    assert abs(np.mean([r["change"] for r in rows])) < 0.01
    assert np.mean([r["pooled"] for r in rows]) == pytest.approx(-0.097, abs=0.01)


def test_the_correlation_is_pearsons_and_its_interval_is_fishers_for_normal_numbers() -> None:
    rng = np.random.default_rng(2)
    x = rng.standard_normal(4000)
    y = 0.6 * x + 0.8 * rng.standard_normal(4000)
    found = correlation(x, y)
    r = np.corrcoef(x, y)[0, 1]
    z = np.arctanh(r)
    assert found.estimate == pytest.approx(r)
    assert found.low == pytest.approx(np.tanh(z - 1.96 / np.sqrt(3997)), abs=0.004)
    assert found.high == pytest.approx(np.tanh(z + 1.96 / np.sqrt(3997)), abs=0.004)
    assert np.isnan(correlation([1, 1, 1, 1], [1, 2, 3, 4]).estimate)


def test_weights_count_as_so_many_units_in_the_share_and_not_in_its_interval() -> None:
    heavy, plain = weighted_share([1, 0], [3, 1]), weighted_share([1, 1, 1, 0], [1, 1, 1, 1])
    assert heavy.estimate == plain.estimate == 0.75
    assert heavy.high - heavy.low > plain.high - plain.low
    assert np.isnan(weighted_share([], []).estimate)
