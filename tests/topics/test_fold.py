"""Shares by folding in, what a topic adds to the background, and orders: worked by hand."""

import numpy as np
from scipy.sparse import csr_array

from analysis.topics.fold import fold
from analysis.topics.order import distinctive, first
from analysis.topics.parsimony import own_words

APART = np.array([[0.5, 0.5, 0.0, 0.0, 0.0], [0.0, 0.0, 0.5, 0.5, 0.0]])
BACKGROUND = np.array([0.0, 0.0, 0.0, 0.0, 1.0])


def test_a_share_is_the_part_of_the_words_where_topics_share_no_word() -> None:
    counts = csr_array(np.array([[2, 1, 1, 0, 0], [0, 0, 0, 3, 3]], np.int32))
    assert np.allclose(fold(counts, APART, BACKGROUND), [[0.75, 0.25, 0.0], [0.0, 0.5, 0.5]], atol=1e-6)


def test_an_article_without_a_known_term_is_unassigned() -> None:
    counts = csr_array(np.array([[0, 0, 0, 0, 0]], np.int32))
    assert fold(counts, APART, BACKGROUND).tolist() == [[0.0, 0.0, 1.0]]


def test_a_term_no_topic_has_goes_to_the_background() -> None:
    counts = csr_array(np.array([[0, 0, 0, 0, 7]], np.int32))
    assert np.allclose(fold(counts, APART, BACKGROUND), [[0, 0, 1]], atol=1e-3)


def test_shares_reach_the_maximum_of_the_likelihood() -> None:
    # Topics (.8, .2) and (.2, .8), counts 5 and 5: by symmetry one half each.
    counts = csr_array(np.array([[5, 5]], np.int32))
    found = fold(counts, [[0.8, 0.2], [0.2, 0.8]], [0.5, 0.5])
    assert np.isclose(found[0, 0], found[0, 1])
    # Counts 65 and 35 are .8 a + .2 (1 - a) = .65, so a = .75 without a background.
    found = fold(csr_array(np.array([[65, 35, 0]], np.int32)), [[0.8, 0.2, 0], [0.2, 0.8, 0]], [0, 0, 1.0])
    assert np.allclose(found, [[0.75, 0.25, 0]], atol=1e-3)


def test_articles_do_not_know_each_other() -> None:
    rng = np.random.default_rng(1)
    counts = csr_array(rng.poisson(1.0, (20, 5)).astype(np.int32))
    every = fold(counts, APART, np.full(5, 0.2))
    assert np.array_equal(every[7:8], fold(counts[7:8], APART, np.full(5, 0.2)))
    assert np.allclose(every.sum(axis=1), 1)


def test_what_a_topic_adds_to_the_background_explains_it_best() -> None:
    rng = np.random.default_rng(2)
    seen, common = rng.dirichlet(np.ones(30)), rng.dirichlet(np.ones(30))
    found = own_words([seen], common)[0]
    assert np.isclose(found.sum(), 1)
    best = seen @ np.log(0.3 * found + 0.7 * common)
    for _ in range(200):
        other = 0.95 * found + 0.05 * rng.dirichlet(np.ones(30))
        assert seen @ np.log(0.3 * other + 0.7 * common) <= best + 1e-12


def test_a_topic_that_is_the_background_stays_what_it_is() -> None:
    common = np.array([0.5, 0.3, 0.2])
    assert np.allclose(own_words([common], common), [common])


def test_terms_of_few_articles_tell_more() -> None:
    scores = distinctive([[0.36, 0.36, 0.28]], [90, 10, 10], 100)  # .36 x 1.025, .36 x 1.339, .28 x 1.339
    assert first(scores, 3).tolist() == [[1, 2, 0]]
    assert first(np.ones((1, 4)), 2).tolist() == [[0, 1]]
