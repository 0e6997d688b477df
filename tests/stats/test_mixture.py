"""Mixtures of two topics over three terms, worked by hand."""

import numpy as np
import pytest
from scipy import sparse

from analysis.errors import InputError
from analysis.stats import mixture as mx

COUNTS = sparse.csr_array(np.array([[2, 0, 1], [0, 4, 0]]))
SHARES = np.array([[0.5, 0.5], [0.0, 1.0]])
PARTS = np.array([[0.6, 0.4, 0.0], [0.2, 0.4, 0.4]])


def test_the_probability_of_a_word_is_that_of_the_mixture() -> None:
    np.testing.assert_allclose(mx.word_probabilities(COUNTS, SHARES, PARTS), [0.4, 0.2, 0.4])


def test_expected_counts_add_up_to_the_counts() -> None:
    found = mx.expected_counts(COUNTS, SHARES, PARTS, wanted=[0, 1], group=[0, 1], n_groups=2)
    np.testing.assert_allclose(found[0, 0], [1.5, 0, 0])  # two words, three quarters of each
    np.testing.assert_allclose(found.sum(axis=1), COUNTS.toarray())
    alone = mx.expected_counts(COUNTS, SHARES, PARTS, wanted=[1], group=[-1, 0], n_groups=1)
    np.testing.assert_allclose(alone, [[[0, 4, 0]]])


def test_halves_add_up_and_come_again_with_the_seed() -> None:
    counts = sparse.csr_array(np.random.default_rng(1).poisson(1.5, (50, 40)))
    first, second = mx.halves(counts, seed=3)
    np.testing.assert_array_equal((first + second).toarray(), counts.toarray())
    np.testing.assert_array_equal(first.toarray(), mx.halves(counts, seed=3)[0].toarray())
    assert 0.45 < first.sum() / counts.sum() < 0.55


def test_completion_by_hand() -> None:
    value, n = mx.completion(COUNTS, SHARES, PARTS, [0.2, 0.2, 0.6], floor=0.5)
    assert n == 7
    assert value == pytest.approx((2 * np.log(0.3) + np.log(0.4) + 4 * np.log(0.3)) / 7)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(InputError, match="do not fit"):
        mx.word_probabilities(COUNTS, SHARES[:1], PARTS)
    with pytest.raises(InputError, match="sparse"):
        mx.word_probabilities(COUNTS.toarray(), SHARES, PARTS)
    with pytest.raises(InputError, match="group"):
        mx.expected_counts(COUNTS, SHARES, PARTS, wanted=[0], group=[0, 3], n_groups=1)
