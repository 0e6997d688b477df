"""The orders of a topic's terms, worked by hand on two topics of four terms."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.stats import topic_terms as tt

PHI = np.array([[0.5, 0.3, 0.2, 0.0], [0.5, 0.0, 0.1, 0.4]])
BASE = np.array([0.5, 0.15, 0.15, 0.2])


def test_relevance_lies_between_probability_and_lift() -> None:
    by_lift = tt.relevance(PHI, BASE, weight=0.0)
    np.testing.assert_allclose(by_lift[0, :3], np.log([1, 2, 4 / 3]))
    np.testing.assert_allclose(tt.relevance(PHI, BASE, weight=1.0)[1, [0, 2, 3]], np.log([0.5, 0.1, 0.4]))
    half = tt.relevance(PHI, BASE, weight=0.5)
    assert half[0, 1] == pytest.approx(0.5 * np.log(0.3) + 0.5 * np.log(2))
    assert np.isnan(half[0, 3])
    assert tt.top(by_lift, 3)[0].tolist() == [1, 2, 0]


def test_exclusivity_is_the_share_of_one_topic() -> None:
    np.testing.assert_allclose(tt.exclusivity(PHI)[0], [0.5, 1, 2 / 3, 0])
    assert tt.topic_exclusivity(PHI, np.array([[1, 0], [3, -1]])).tolist() == [0.75, 1.0]


def test_frex_by_hand() -> None:
    # Topic 0 has three terms: probabilities rank 3, 2, 1 of three, exclusivities 1, 3, 2.
    found = tt.frex(PHI)[0]
    np.testing.assert_allclose(
        found, [1 / (0.5 * 3 + 0.5 * 1), 1 / (0.5 * 1 + 0.5 * 1.5), 1 / (0.5 * 1.5 + 0.5 * 3), np.nan]
    )
    np.testing.assert_allclose(tt.frex(PHI, weight=0.0)[0], [1, 2 / 3, 1 / 3, np.nan])


def test_ties_go_to_the_earlier_column_and_terms_without_probability_are_never_named() -> None:
    assert tt.top(tt.by_probability(np.array([[0.2, 0.5, 0.2, 0.1], [0, 0, 1.0, 0]])), 3).tolist() == [
        [1, 0, 2],
        [2, -1, -1],
    ]


def test_redundancy_counts_what_was_named_before() -> None:
    assert tt.redundancy(np.array([[0, 1], [2, 3]])) == 0
    assert tt.redundancy(np.array([[0, 1], [1, -1]])) == pytest.approx(1 / 3)


def test_the_nearest_topic() -> None:
    other, cosine = tt.nearest_topic(np.array([[1.0, 0], [0, 1.0], [0.8, 0.6]]))
    assert other.tolist() == [2, 2, 0]
    assert cosine[0] == pytest.approx(0.8)
    assert tt.nearest_topic(np.ones((1, 3)))[0].tolist() == [-1]


def test_what_is_no_matrix_is_refused() -> None:
    with pytest.raises(InputError, match="two dimensions"):
        tt.exclusivity([1.0, 2.0])
    with pytest.raises(InputError, match="weight"):
        tt.frex(PHI, weight=2.0)
