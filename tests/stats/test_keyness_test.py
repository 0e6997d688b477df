"""Differences of terms between groups of articles: against plain loops, and honest where nothing differs."""

import itertools

import numpy as np
import pytest
from scipy import sparse

from analysis.errors import InputError
from analysis.stats import keyness_test as module
from analysis.stats.contrast import contrast_cells
from analysis.stats.keyness_test import keyness_test
from benchmarks.keyness_null import bbc, null_rates, power


def small_corpus(seed=0, n=24, terms=6, n_stories=15):
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.gamma(0.7, 2, (n, terms)))
    lengths = counts.sum(axis=1) + rng.integers(5, 60, n)
    return counts, lengths, rng.random(n) < 0.4, rng.integers(0, n_stories, n)


def plain_statistic(x, n, target, story):
    """The statistic of one term as the docstring of `contrast` defines it, story by story."""
    n_t, n_r = n[target].sum(), n[~target].sum()
    r_t, r_r, rate = x[target].sum() / n_t, x[~target].sum() / n_r, x.sum() / n.sum()
    stories = np.unique(story)
    sides = {s: [(story == s) & g for g in (target, ~target)] for s in stories}
    welch = sum(
        ((x[t].sum() - r_t * n[t].sum()) / n_t - (x[r].sum() - r_r * n[r].sum()) / n_r) ** 2
        for t, r in sides.values()
    )
    pure = [s for s in stories if not (sides[s][0].any() and sides[s][1].any())]
    words = np.array([n[story == s].sum() for s in pure])
    in_target = np.array([sides[s][0].any() for s in pure])
    squares = sum((x[story == s].sum() - rate * w) ** 2 for s, w in zip(pure, words, strict=True))
    poisson = min(squares, rate * words.sum())
    clumped = squares - poisson
    null = 0.0
    for group, size in ((in_target, n_t), (~in_target, n_r)):
        null += poisson * words[group].sum() / words.sum() / size**2
        null += clumped * (words[group] ** 2).sum() / (words**2).sum() / size**2
    for s in set(stories) - set(pure):
        e_t, e_r = (x[g].sum() - rate * n[g].sum() for g in sides[s])
        null += (e_t**2 + e_r**2) / 2 * (1 / n_t**2 + 1 / n_r**2) - 2 * e_t * e_r / (n_t * n_r)
    n_target = sum(t.any() for t, _ in sides.values())
    n_cells = n_target + sum(r.any() for _, r in sides.values())
    m = len(set(story[x > 0])) * min(n_target, n_cells - n_target) / n_cells
    weight = m / (m + 5)
    return (r_t - r_r) / np.sqrt(weight * welch + (1 - weight) * null)


@pytest.mark.parametrize("seed", range(5))
def test_the_statistic_is_that_of_a_plain_loop_over_stories(seed):
    counts, lengths, target, story = small_corpus(seed)
    result = keyness_test(counts, lengths, target, units=story, min_units=1, n_permutations=19, seed=1)
    for term in range(counts.shape[1]):
        expected = plain_statistic(counts[:, term].astype(float), lengths.astype(float), target, story)
        assert result.statistic[term] == pytest.approx(expected)
    assert result.rate_target == pytest.approx(counts[target].sum(axis=0) / lengths[target].sum())
    assert result.difference == pytest.approx(result.statistic * result.standard_error)


def test_without_units_every_article_is_its_own_story():
    counts, lengths, target, _ = small_corpus()
    alone = keyness_test(counts, lengths, target, min_units=1, n_permutations=99, seed=1)
    own = keyness_test(
        counts, lengths, target, units=np.arange(24)[::-1], min_units=1, n_permutations=99, seed=1
    )
    assert alone.statistic == pytest.approx(own.statistic)


def test_the_p_of_a_few_articles_is_that_of_all_their_divisions():
    # Six articles, three and three: twenty divisions. The term is in the target's articles only, so two of
    # them, this and its mirror, are as extreme: p is near 2/20.
    counts = np.array([[4], [5], [3], [0], [0], [0]])
    lengths, target = np.full(6, 50.0), np.arange(6) < 3
    result = keyness_test(counts, lengths, target, min_units=1, n_permutations=4999, seed=3)
    everything = [
        plain_statistic(counts[:, 0].astype(float), lengths, np.isin(np.arange(6), chosen), np.arange(6))
        for chosen in itertools.combinations(range(6), 3)
    ]
    exact = np.mean(np.abs(everything) >= abs(result.statistic[0]) - 1e-9)
    assert exact == 2 / 20
    assert result.p[0] == pytest.approx(exact, abs=0.015)


def test_labels_move_with_stories_and_stories_on_both_sides_exchange_their_parts():
    counts, lengths, target, story = small_corpus(2)
    contrast = contrast_cells(sparse.csr_array(counts.astype(float)), lengths.astype(float), target, story)
    sides = [len({g for s, g in zip(story, target, strict=True) if s == one}) for one in np.unique(story)]
    assert contrast.n_pure == sides.count(1)
    assert contrast.words.size == sum(sides)
    rng = np.random.default_rng(0)
    drawn = np.array([contrast.relabelled(rng) for _ in range(400)])
    assert (
        drawn[:, : contrast.n_pure].sum(axis=1) == contrast.observed_labels[: contrast.n_pure].sum()
    ).all()
    pairs = drawn[:, contrast.n_pure :]
    assert (pairs[:, ::2] + pairs[:, 1::2] == 1).all()
    assert np.abs(pairs[:, ::2].mean(axis=0) - 0.5).max() < 0.1


def test_a_story_word_for_word_on_both_sides_says_nothing_of_a_difference():
    counts, lengths, _, _ = small_corpus(1)
    twice = np.vstack([counts, counts])
    result = keyness_test(
        twice,
        np.tile(lengths, 2),
        np.repeat([True, False], 24),
        units=np.tile(np.arange(24), 2),
        n_permutations=19,
        seed=1,
    )
    assert (result.statistic[result.tested] == 0).all()
    assert (result.p[result.tested] == 1).all()


def test_the_same_seed_gives_the_same_bytes_whatever_the_blocks(monkeypatch):
    counts, lengths, target, story = small_corpus()
    arguments = {"units": story, "min_units": 1, "n_permutations": 60}
    one = keyness_test(sparse.csr_array(counts), lengths, target, seed=5, **arguments)
    monkeypatch.setattr(module, "_BLOCK_CELLS", 7 * 24)
    other = keyness_test(counts, lengths, target, seed=5, **arguments)
    for a, b in zip(one, other, strict=True):
        assert np.asarray(a).tobytes() == np.asarray(b).tobytes()
    assert keyness_test(counts, lengths, target, seed=6, **arguments).p.tolist() != one.p.tolist()


def test_the_order_of_terms_moves_results_and_swapping_groups_turns_signs():
    counts, lengths, target, story = small_corpus()
    arguments = {"units": story, "min_units": 1, "n_permutations": 99, "seed": 1}
    result = keyness_test(counts, lengths, target, **arguments)
    order = [3, 1, 5, 0, 2, 4]
    moved = keyness_test(counts[:, order], lengths, target, **arguments)
    assert moved.p_adjusted.tolist() == result.p_adjusted[order].tolist()
    assert moved.q.tolist() == result.q[order].tolist()
    swapped = keyness_test(counts, lengths, ~target, **arguments)
    assert swapped.statistic == pytest.approx(-result.statistic)


def test_terms_in_too_few_stories_are_null_not_insignificant():
    counts, lengths, target, story = small_corpus()
    counts[:, 0] = 0
    counts[:3, 0] = 1
    result = keyness_test(counts, lengths, target, units=story, min_units=5, n_permutations=19, seed=1)
    assert not result.tested[0]
    assert np.isnan([result.p[0], result.q[0], result.p_adjusted[0], result.statistic[0]]).all()
    assert np.isfinite(result.difference[0])
    assert result.n_units[0] == len(set(story[:3]))
    none = keyness_test(counts, lengths, target, units=story, min_units=999, n_permutations=19, seed=1)
    assert np.isnan(none.p_adjusted).all()


def test_a_word_absent_from_a_group_with_little_text_is_no_finding():
    # Two short articles against sixty: the word is in every third of these, and being in neither of the two
    # means little.
    counts = np.zeros((62, 1))
    counts[2::3] = 1
    result = keyness_test(counts, np.full(62, 100.0), np.arange(62) < 2, n_permutations=999, seed=1)
    assert abs(result.statistic[0]) < 2
    assert result.p[0] > 0.3


@pytest.mark.parametrize(
    "change",
    [
        {"lengths": np.ones(23)},
        {"lengths": np.full(24, 0.5)},
        {"is_target": np.zeros(24, dtype=bool)},
        {"is_target": np.arange(24) < 1},
        {"is_target": np.arange(24) % 2},
        {"units": np.zeros(24)},
        {"units": np.zeros(24, dtype=int)},
        {"counts": np.full((24, 2), 0.5)},
        {"counts": np.full((24, 2), -1)},
        {"counts": np.ones(24)},
        {"n_permutations": 5},
        {"min_units": 0},
        {"seed": 1.5},
    ],
)
def test_wrong_arguments_are_refused(change):
    counts, lengths, target, story = small_corpus()
    arguments = {
        "counts": counts,
        "lengths": lengths,
        "is_target": target,
        "units": story,
        "seed": 1,
    } | change
    with pytest.raises(InputError):
        keyness_test(
            arguments.pop("counts"), arguments.pop("lengths"), arguments.pop("is_target"), **arguments
        )


@pytest.mark.slow
@pytest.mark.parametrize("how", ["stories", "articles", "unequal"])
def test_where_nothing_differs_nothing_is_found(how):
    # 60 comparisons at .05: more than 8 would happen once in two hundred. G2 over words finds keywords every time.
    found = null_rates(how, 60, n_permutations=99)
    assert found["max-T"] <= 8 / 60
    assert found["FDR"] <= 8 / 60
    assert found["words: G2 + BH"] > 0.9


@pytest.mark.slow
def test_planted_keywords_are_found_and_little_else():
    found = power(6, how="stories", between=(60, 200))
    assert found["max-T: found"] > 0.3
    assert found["FDR: found"] > 0.45
    assert found["FDR: false"] < 0.15


@pytest.mark.slow
@pytest.mark.corpora
def test_random_halves_of_a_real_corpus_have_no_keywords(corpora):
    real = bbc(corpora)
    if real is None:
        pytest.skip("no topics/bbc-2225.jsonl.gz")
    found = null_rates("articles", 20, n_permutations=99, real=real)
    assert found["max-T"] <= 4 / 20  # five of twenty would happen once in four hundred
    assert found["FDR"] <= 4 / 20
    assert found["false keywords of G2 + BH (mean)"] > 100
