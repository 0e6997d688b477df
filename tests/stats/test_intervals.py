"""Intervals in closed form: scipy as a peer, published figures, and what must hold."""

import numpy as np
import pytest
from scipy.stats import binom, binomtest, chi2

from analysis.errors import InputError
from analysis.stats.intervals import clopper_pearson, gamma_rate, korn_graubard, wilson


@pytest.mark.parametrize(("k", "n"), [(0, 10), (1, 10), (5, 10), (10, 10), (3, 1000)])
@pytest.mark.parametrize(("interval", "peer"), [(wilson, "wilson"), (clopper_pearson, "exact")])
def test_scipy_agrees(interval, peer, k, n):
    for level in (0.9, 0.95):
        expected = binomtest(k, n).proportion_ci(level, method=peer)
        assert interval(k, n, level=level) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_newcombes_example():
    # Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    k, n = [81, 15, 0, 1], [263, 148, 20, 29]
    assert wilson(k, n).lower.round(4).tolist() == [0.2553, 0.0624, 0.0, 0.0061]
    assert wilson(k, n).upper.round(4).tolist() == [0.3662, 0.1605, 0.1611, 0.1718]
    assert clopper_pearson(k, n).lower.round(4).tolist() == [0.2527, 0.0578, 0.0, 0.0009]
    assert clopper_pearson(k, n).upper.round(4).tolist() == [0.3676, 0.1617, 0.1684, 0.1776]


def test_clopper_pearson_never_covers_less_than_it_says():
    n, k = 50, np.arange(51)
    found = clopper_pearson(k, n)
    for p in np.linspace(0.001, 0.999, 97):
        assert binom.pmf(k, n, p)[(found.lower <= p) & (p <= found.upper)].sum() >= 0.95


def test_nothing_asked_nothing_known():
    for interval in (wilson, clopper_pearson):
        found = interval([0, 1], [0, 2])
        assert np.isnan([found.lower[0], found.upper[0]]).all()
        assert np.isfinite(found.lower[1])


def test_korn_graubard_of_a_simple_sample_is_clopper_pearson_and_wider_for_clusters():
    simple = korn_graubard(0.1, 0.1 * 0.9 / 200, 200)
    assert np.array(simple) == pytest.approx(np.array(clopper_pearson(20, 200)))
    clustered = korn_graubard(0.1, 4 * 0.1 * 0.9 / 200, 200)
    assert np.array(clustered) == pytest.approx(np.array(clopper_pearson(5, 50)))
    assert np.array(korn_graubard(0.0, 0.0, 50)) == pytest.approx(np.array(clopper_pearson(0, 50)))


def test_the_gamma_interval_of_one_weight_is_the_exact_poisson_one():
    # Garwood (1936): 0 events 0 to 3.69, 10 events 4.80 to 18.39.
    counts, words = np.array([0, 10]), 1000
    found = gamma_rate(counts / words, counts / words**2, 1 / words)
    assert (found.lower * words).round(2).tolist() == [0.0, 4.80]
    assert (found.upper * words).round(2).tolist() == [3.69, 18.39]


def test_the_gamma_interval_is_fay_and_feuers_formula():
    weights, counts = np.array([0.002, 0.01, 0.004]), np.array([12, 3, 7])
    y, v, w = (weights * counts).sum(), (weights**2 * counts).sum(), weights.max()
    low = v / (2 * y) * chi2.ppf(0.025, 2 * y**2 / v)
    high = (v + w**2) / (2 * (y + w)) * chi2.ppf(0.975, 2 * (y + w) ** 2 / (v + w**2))
    assert gamma_rate(y, v, w) == pytest.approx((low, high))


@pytest.mark.parametrize(
    "call",
    [
        lambda: wilson(3, 2),
        lambda: wilson(-1, 2),
        lambda: wilson(1, 2, level=95),
        lambda: clopper_pearson("1", 2),
        lambda: gamma_rate(1.0, 1.0, 0.0),
        lambda: gamma_rate(1.0, 0.0, 1.0),
        lambda: korn_graubard(1.2, 0.1, 10),
    ],
)
def test_wrong_arguments_are_refused(call):
    with pytest.raises(InputError):
        call()
