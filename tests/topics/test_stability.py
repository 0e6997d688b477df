"""Matching topics, and resamples of stories."""

import numpy as np

from analysis.topics.stability import aligned, jaccard, matched, resamples, table


def test_jaccard_of_top_terms_is_common_by_all() -> None:
    found = jaccard(np.array([[0, 1, 2]]), np.array([[2, 3, 4], [0, 1, 2]]), 6)
    assert found.tolist() == [[1 / 5, 1.0]]


def test_topics_in_another_order_are_matched_one_to_one() -> None:
    rng = np.random.default_rng(1)
    one = rng.dirichlet(np.full(200, 0.05), 8)
    order = rng.permutation(8)
    which, similar = matched(one, one[order])
    assert np.array_equal(order[which], np.arange(8))
    assert similar.tolist() == [1.0] * 8
    back, _ = aligned(one, one[order], np.ones(200, np.int64), 500)
    assert np.array_equal(back, one)


def test_a_resample_takes_stories_whole() -> None:
    units = np.repeat(np.arange(50), 3)
    for rows in resamples(units, 3, 1):
        assert len(rows) == 120
        assert set(np.bincount(units[rows], minlength=50).tolist()) == {0, 3}


def test_a_topic_found_in_too_few_resamples_is_unstable() -> None:
    found = table(
        np.array([[0.9, 0.9, 0.4], [0.8, 0.3, 0.5], [0.7, 0.6, 0.0], [1.0, 0.7, 0.1], [0.6, 0.1, 0.9]])
    )
    assert found["found_in"].tolist() == [5, 3, 2]
    assert found["stable"].tolist() == [True, False, False]
    assert not table(np.empty((0, 2)))["stable"].any()
