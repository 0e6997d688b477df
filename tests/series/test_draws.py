"""The compiled draws are those of `stats.bootstrap`, and their intervals cover."""

import numpy as np
import pytest

from analysis.series.clusters import bounded, long_run
from analysis.series.draws import draw, entries_of
from analysis.series.intervals import Shape, shape_of, this_period
from analysis.stats.bootstrap import ratio_draws, ratio_interval, unit_keys

ANY = Shape(share=False, rate=False, hit=1.0)


def test_the_draws_are_those_of_the_plain_bootstrap() -> None:
    rng = np.random.default_rng(1)
    cell, story = rng.integers(0, 5, 400), rng.integers(0, 150, 400)
    n = rng.integers(50, 400, 400).astype(float)
    x = rng.poisson(n * 0.02).astype(float)
    keys = unit_keys([str(i) for i in range(150)])
    entries = entries_of(cell, story, np.zeros(400, dtype=np.int64), x, n, keys, 5)
    point, error, points, _ = draw(entries, n_draws=199, seed=7)
    plain = ratio_draws(x, n, keys[story], groups=cell, n_groups=5, n_draws=199, seed=7)
    np.testing.assert_allclose(point, plain.sums[:, 0] / plain.sums[:, 1])
    np.testing.assert_allclose(points, plain.draws[:, :, 0] / plain.draws[:, :, 1])
    found = this_period(entries, ANY, level=0.95, n_boot=199, seed=7)
    ratio, wanted = ratio_interval(plain)
    np.testing.assert_allclose(found.low, wanted.lower)
    np.testing.assert_allclose(found.high, wanted.upper)
    assert (error > 0).all()
    np.testing.assert_allclose(ratio, found.estimate)


def test_the_mean_of_outlets_is_drawn_outlet_by_outlet() -> None:
    x, n = np.array([1.0, 2, 3, 4]), np.array([10.0, 10, 10, 10])
    zero, outlet = np.zeros(4, dtype=np.int64), np.array([0, 0, 1, 1])
    point, error, _, _ = draw(
        entries_of(zero, np.arange(4), outlet, x, n, unit_keys("abcd"), 1), n_draws=99, seed=1
    )
    assert point[0] == pytest.approx((3 / 20 + 7 / 20) / 2)
    # influence of each article: (x - R n) / (N x 2) = .5 / 40 in size, so the error is sqrt(4) x .0125
    assert error[0] == pytest.approx(0.025)


def test_a_share_and_a_rate_are_told_apart() -> None:
    assert shape_of(np.array([0.0, 1, 1]), np.ones(3)).share
    assert not shape_of(np.array([0.0, 1, 2]), np.array([10.0, 10, 10])).share
    assert shape_of(np.array([0.0, 1, 2]), np.array([10.0, 10, 10])).rate
    assert not shape_of(np.array([-1.0, 1]), np.ones(2)).rate


def test_copies_are_one_witness() -> None:
    """Stylised: 100 stories, a fifth of them in twenty papers, half of all with the term; 300 repeats."""
    rng = np.random.default_rng(2)
    story = np.repeat(np.arange(30_000), np.tile(np.repeat([1, 20], [80, 20]), 300))
    x = (rng.random(30_000) < 0.5)[story].astype(float)
    keys, ones = unit_keys(map(str, range(30_000))), np.ones(story.size)
    zero = np.zeros(story.size, dtype=np.int64)
    entries = entries_of(story // 100, story, zero, x, ones, keys, 300)
    found = this_period(entries, shape_of(x, ones), level=0.95, n_boot=399, seed=1)
    assert np.mean((found.low <= 0.5) & (found.high >= 0.5)) > 0.92


def test_events_are_one_witness_for_the_process() -> None:
    """Stylised: each event is reported by six on one day; 300 months."""
    rng = np.random.default_rng(3)
    events = rng.poisson(2.0, (300, 30))
    hits = rng.binomial(events, 0.4) * 6.0
    n = events * 6.0
    estimate = hits.sum(axis=1) / n.sum(axis=1)
    error, t = long_run((hits - estimate[:, None] * n) / n.sum(axis=1)[:, None], 0.95)
    low, high = bounded(estimate, error * t, Shape(share=True, rate=True, hit=1.0))
    assert np.mean((low <= 0.4) & (high >= 0.4)) > 0.91
    naive = 1.96 * np.sqrt(estimate * (1 - estimate) / n.sum(axis=1))
    assert np.mean(abs(estimate - 0.4) <= naive) < 0.7
