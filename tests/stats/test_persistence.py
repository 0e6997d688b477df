"""Periods that resemble their neighbours: the filter against the whole covariance matrix, and by hand."""

import numpy as np
import pytest
from scipy import stats

from analysis.stats.persistence import believed, covariance, grid_for, left_over, moments, two_sided

ROWS = np.array([0, 1, 2, 5, 6, 9])
NOISE = np.array([1.0, 2.0, 0.5, 1.0, 1.5, 0.0]) / 1.0


def test_the_filter_says_what_the_whole_covariance_says():
    rng = np.random.default_rng(1)
    columns, contrasts = rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
    found = moments(columns, contrasts, ROWS, NOISE)
    for i in (0, 3, 17, 40):
        omega = covariance(found.grid, i, ROWS, NOISE / NOISE.mean())
        assert found.products[i] == pytest.approx(columns.T @ np.linalg.solve(omega, columns))
        assert found.log_det[i] == pytest.approx(np.linalg.slogdet(omega)[1])
        assert found.spread[i] == pytest.approx(contrasts.T @ omega @ contrasts)


def test_a_gap_lets_a_shock_fade():
    grid = grid_for(6)
    i = int(np.flatnonzero((grid.persistence == 0.5) & (grid.noise == 0))[0])
    omega = covariance(grid, i, np.array([0, 1, 4]), np.ones(3))
    assert omega[0].tolist() == [1, 0.5, 0.0625]


def test_without_persistence_it_is_the_t_test():
    # Two groups of equal periods: Student's t of scipy, where the grid is left with "no persistence" alone.
    rng = np.random.default_rng(2)
    y, late = rng.normal(size=30), np.arange(30) >= 12
    columns = np.column_stack([y, ~late, late])
    contrast = late / 18 - ~late / 12
    found = moments(columns, contrast[:, None], np.arange(30), np.ones(30))
    products, _ = left_over(found.products, 2)
    rss, spread = products[0, 0, 0], found.spread[0, 0, 0]
    t = (contrast @ y) / np.sqrt(rss / 28 * spread)
    peer = stats.ttest_ind(y[late], y[~late])
    assert t == pytest.approx(peer.statistic)
    assert two_sided(np.array([t]), np.ones(1), 28) == pytest.approx(peer.pvalue)


def test_what_explains_the_series_counts_most():
    rng = np.random.default_rng(3)
    means = []
    for rho in (0.0, 0.8):
        y = rng.normal(size=200)
        for t in range(1, 200):
            y[t] += rho * y[t - 1]
        found = moments(np.column_stack([y, np.ones(200)]), np.zeros((200, 0)), np.arange(200), np.ones(200))
        products, log_inner = left_over(found.products, 1)
        w = believed(found.grid, found.log_det, log_inner, products[:, 0, 0], 199)
        assert w.sum() == pytest.approx(1)
        means.append(w @ found.grid.persistence)
    assert means[0] < 0.35
    assert means[1] > 0.65


def test_short_series_leave_every_persistence_open_and_long_ones_lean_to_none():
    assert np.ptp(grid_for(20).prior[1:]) == 0
    long = grid_for(200)
    assert long.prior[long.persistence == 0.9][0] < long.prior[long.persistence == 0.1][0]
