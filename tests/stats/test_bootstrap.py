"""Weights that belong to units; ratios of sums and their coverage."""

import numpy as np
import pytest
from scipy.stats import chisquare, poisson

from analysis.errors import InputError
from analysis.stats.bootstrap import poisson_weights, ratio_draws, ratio_interval, unit_keys

KEYS = unit_keys(f"story {i}" for i in range(3000))


def test_weights_are_poisson_with_mean_one_and_independent():
    weights = poisson_weights(KEYS, 100, seed=1)
    counts = np.bincount(weights.astype(int).ravel(), minlength=12)[:8]
    expected = poisson.pmf(np.arange(8), 1) * weights.size
    assert chisquare(counts, expected * counts.sum() / expected.sum()).pvalue > 0.001
    between = np.corrcoef(weights[:, :40].T)[np.triu_indices(40, 1)]
    assert np.abs(between).max() < 5 / np.sqrt(3000)
    assert abs(np.corrcoef(weights[1:].ravel(), weights[:-1].ravel())[0, 1]) < 5 / np.sqrt(weights.size)


def test_a_weight_depends_on_seed_unit_and_draw_alone():
    weights = poisson_weights(KEYS, 50, seed=1)
    assert (poisson_weights(KEYS[::-1], 50, seed=1)[::-1] == weights).all()
    assert (poisson_weights(KEYS[:10], 20, seed=1, first=30) == weights[:10, 30:]).all()
    assert (poisson_weights(KEYS, 50, seed=2) != weights).mean() > 0.5


def test_weights_are_the_same_on_every_machine():
    # Recorded once: whole numbers from whole numbers, so they must never change.
    assert unit_keys(["a"]).tolist() == [2549473690738052030]
    assert poisson_weights(unit_keys(["a", "b"]), 8, seed=7).astype(int).tolist() == [
        [2, 1, 1, 2, 0, 0, 0, 4],
        [0, 0, 1, 1, 2, 0, 2, 0],
    ]


def test_draws_of_parts_add_up_to_those_of_the_whole():
    rng = np.random.default_rng(0)
    x, n, group = rng.poisson(3, 300), rng.integers(50, 500, 300), rng.integers(0, 4, 300)
    arguments = {"n_draws": 40, "seed": 3, "n_groups": 4}
    both = ratio_draws(x, n, KEYS[:300], groups=group, **arguments)
    parts = [
        ratio_draws(x[s], n[s], KEYS[:300][s], groups=group[s], **arguments)
        for s in (slice(0, 90), slice(90, None))
    ]
    assert (both.sums == parts[0].sums + parts[1].sums).all()
    assert (both.draws == parts[0].draws + parts[1].draws).all()


def test_articles_of_one_story_are_one_unit_and_share_a_weight_over_groups():
    keys = unit_keys(["s", "s", "t"])
    drawn = ratio_draws([1, 2, 4], [10, 20, 40], keys, groups=[0, 0, 1], n_draws=30, seed=1)
    weights = poisson_weights(keys, 30, seed=1)
    assert drawn.sums[0].tolist() == [3, 30, 9, 90, 900]
    assert (drawn.draws[0, :, 0] == 3 * weights[0]).all()
    two = ratio_draws([1, 2], [10, 20], keys[:2], groups=[0, 1], n_draws=30, seed=1)
    assert (two.draws[1][:, 0] == 2 * two.draws[0][:, 0]).all()


@pytest.mark.parametrize(("method", "at_least"), [("studentised", 0.92), ("percentile", 0.88)])
def test_a_nominal_95_percent_interval_covers_about_that(method, at_least):
    # Clustered ratio: 60 stories of uneven length, true rate 5 per hundred words; 300 corpora.
    covered = []
    for i in range(300):
        rng = np.random.default_rng([8, i])
        n = rng.lognormal(5, 0.6, 60).round()
        x = rng.poisson(0.05 * n * rng.gamma(2, 0.5, 60))
        drawn = ratio_draws(x, n, KEYS[:60], n_draws=399, seed=i)
        _, found = ratio_interval(drawn, method=method)
        covered.append(found.lower[0] <= 0.05 <= found.upper[0])
    assert at_least < np.mean(covered) < 0.98


def test_where_there_is_nothing_to_divide_by_the_ratio_is_null():
    drawn = ratio_draws([1, 2], [10, 20], KEYS[:2], groups=[0, 0], n_groups=2, n_draws=19, seed=1)
    for method in ("studentised", "percentile"):
        ratio, found = ratio_interval(drawn, method=method)
        assert ratio[0] == pytest.approx(0.1)
        assert np.isnan([ratio[1], found.lower[1], found.upper[1]]).all()
    empty = ratio_draws([], [], KEYS[:0], n_draws=19, seed=1)
    assert np.isnan(ratio_interval(empty)[0]).all()


def test_ratios_that_are_all_equal_have_no_studentised_interval():
    drawn = ratio_draws([1, 2, 3], [10, 20, 30], KEYS[:3], n_draws=19, seed=1)
    ratio, found = ratio_interval(drawn)
    assert ratio[0] == pytest.approx(0.1)
    assert np.isnan(found.lower[0])


@pytest.mark.parametrize(
    "call",
    [
        lambda: poisson_weights(np.array([1, 2]), 5, seed=1),
        lambda: poisson_weights(KEYS, 0, seed=1),
        lambda: ratio_draws([1], [1, 2], KEYS[:2], seed=1),
        lambda: ratio_draws([1, 2], [1, 2], KEYS[:3], seed=1),
        lambda: ratio_draws([1, 2], [1, -2], KEYS[:2], seed=1),
        lambda: ratio_draws([1, 2], [1, 2], KEYS[:2], groups=[0, 5], n_groups=2, seed=1),
        lambda: ratio_interval(ratio_draws([1], [1], KEYS[:1], seed=1), method="basic"),
    ],
)
def test_wrong_arguments_are_refused(call):
    with pytest.raises(InputError):
        call()
