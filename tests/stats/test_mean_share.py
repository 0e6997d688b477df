"""The mean of shares that few outlets make: what is known by symmetry, and whether intervals cover."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.series.clusters import equal_mean
from analysis.series.intervals import Shape
from analysis.stats.mean_share import mean_share_interval

SHARE = Shape(share=True, rate=True, hit=1.0)


def test_shares_and_their_complements_have_mirrored_intervals() -> None:
    r = np.array([0.0, 0.02, 0.01, 0.6, 0.0])
    n = np.full(5, 100.0)
    few, many = mean_share_interval(r, n), mean_share_interval(1 - r, n)
    assert float(few.lower) == pytest.approx(1 - float(many.upper), abs=1e-6)
    assert float(few.upper) == pytest.approx(1 - float(many.lower), abs=1e-6)


def test_outlets_of_one_share_and_many_articles_leave_little_doubt() -> None:
    found = mean_share_interval(np.full(12, 0.3), np.full(12, 1e5))
    assert 0.29 < float(found.lower) < 0.3 < float(found.upper) < 0.31


def test_one_outlet_that_makes_the_mean_leaves_the_bound_above_far_away() -> None:
    found = mean_share_interval(np.array([0.4, 0, 0, 0, 0, 0, 0, 0]), np.full(8, 200.0))
    assert 0 < float(found.lower) < 0.02
    assert 0.15 < float(found.upper) < 0.5


def test_two_binomial_outlets_agree_with_the_integral_worked_out_on_a_fine_grid() -> None:
    """One article each, one hit: given mu and ICC the chance of the two is mu (1 - mu) (1 - ICC), so that the mean has
    a beta(1.5, 1.5) law whatever the ICC: mu^.5 (1 - mu)^.5.
    """
    from scipy.special import betaincinv

    found = mean_share_interval(np.array([0.0, 1.0]), np.ones(2))
    assert float(found.lower) == pytest.approx(betaincinv(1.5, 1.5, 0.025), abs=2e-3)
    assert float(found.upper) == pytest.approx(betaincinv(1.5, 1.5, 0.975), abs=2e-3)


def test_an_outlet_that_is_not_there_changes_nothing() -> None:
    r, n = np.array([0.1, 0.0, 0.3, 0.05]), np.array([50.0, 80, 20, 400])
    more = mean_share_interval(np.append(r, np.nan), np.append(n, np.nan))
    alone = mean_share_interval(r, n)
    assert float(more.lower) == pytest.approx(float(alone.lower), rel=1e-9)
    assert float(more.upper) == pytest.approx(float(alone.upper), rel=1e-9)


def test_without_a_hit_there_is_no_interval() -> None:
    for r in (np.zeros(8), np.ones(8), np.full(8, np.nan)):
        assert np.isnan(mean_share_interval(r, np.ones(8))).all()


def test_what_is_no_share_is_refused() -> None:
    with pytest.raises(InputError, match="Not shares"):
        mean_share_interval(np.array([1.2, 0.1]), np.ones(2))
    with pytest.raises(InputError, match="shape"):
        mean_share_interval(np.array([0.2, 0.1]), np.ones(3))


@pytest.mark.parametrize(("mean", "icc"), [(0.05, 0.1), (0.05, 0.3), (0.2, 0.2), (0.4, 0.0)])
def test_intervals_about_outlets_at_large_cover(mean: float, icc: float) -> None:
    """400 times eight outlets of 20 to 2,000 articles, their shares from a beta law; estimand: its mean.

    2,000 repeats are in benchmarks/series.py; the limits here leave three Monte Carlo errors (.033) about .95.
    """
    rng = np.random.default_rng(11)
    size = np.round(np.exp(rng.uniform(np.log(20), np.log(2000), (8, 400))))
    both = (1 - icc) / icc if icc else 0.0
    p = rng.beta(mean * both, (1 - mean) * both, size.shape) if icc else np.full(size.shape, mean)
    found = equal_mean(rng.binomial(size.astype(int), p) / size, size, SHARE, 0.95)
    have = ~np.isnan(found.low)
    assert have.mean() > 0.9
    inside = (found.low <= mean) & (mean <= found.high)
    assert 0.917 <= inside[have].mean() <= 0.99
    assert ((found.low <= found.estimate) & (found.estimate <= found.high))[have].mean() > 0.95
