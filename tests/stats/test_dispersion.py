"""Spread over parts: the example of Gries, and what must hold for any counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import sparse

from analysis.errors import InputError
from analysis.stats.dispersion import dispersion

matrices = hnp.arrays(
    np.int64, hnp.array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=7), elements=st.integers(0, 9)
)


def test_the_worked_example_of_gries():
    # Gries (2008): five parts of 9, 10, 10, 10, 11 words hold the word "a" 1, 2, 3, 4, 5 times: DP 0.18, D 0.785;
    # normalised by 1 - 9/50 (Lijffijt & Gries 2012): 0.2195.
    found = dispersion([[1], [2], [3], [4], [5]], [9, 10, 10, 10, 11])
    assert found.dp[0] == pytest.approx(0.18)
    assert found.dp_norm[0] == pytest.approx(0.18 / 0.82)
    assert found.juilland_d[0] == pytest.approx(0.785, abs=0.0005)


def test_a_word_spread_as_the_words_are_has_dp_zero_and_one_in_the_smallest_part_has_one():
    found = dispersion([[1, 5], [2, 0], [4, 0]], [10, 20, 40])
    assert found.dp.tolist() == pytest.approx([0, 1 - 10 / 70])
    assert found.dp_norm.tolist() == pytest.approx([0, 1])
    assert found.juilland_d.tolist() == pytest.approx([1, 0])


@given(matrices)
def test_dp_lies_between_zero_and_one_less_the_smallest_part_and_equals_its_definition(counts):
    sizes = counts.sum(axis=1) + 1
    found = dispersion(sparse.csr_array(counts), sizes)
    s = sizes / sizes.sum()
    for term, dp, norm in zip(counts.T, found.dp, found.dp_norm, strict=True):
        if not term.any():
            assert np.isnan(dp)
            continue
        assert dp == pytest.approx(0.5 * np.abs(term / term.sum() - s).sum())
        assert 0 <= dp <= 1 - s.min() + 1e-12
        assert 0 <= norm <= 1 + 1e-12


@given(matrices, st.randoms(use_true_random=False))
def test_the_order_of_terms_and_parts_does_not_matter(counts, random):
    rows, columns = list(range(counts.shape[0])), list(range(counts.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    sizes = counts.sum(axis=1) + 3
    found, moved = dispersion(counts, sizes), dispersion(counts[np.ix_(rows, columns)], sizes[rows])
    for before, after in zip(found, moved, strict=True):
        assert after == pytest.approx(before[columns], nan_ok=True)


def test_parts_without_words_are_left_out():
    assert dispersion([[1], [0], [3]], [10, 0, 10]).dp_norm == pytest.approx(
        dispersion([[1], [3]], [10, 10]).dp_norm
    )


def test_one_part_has_no_spread_to_speak_of():
    found = dispersion([[4]], [10])
    assert found.dp[0] == 0
    assert np.isnan(found.dp_norm[0])
    assert np.isnan(found.juilland_d[0])


@pytest.mark.parametrize(
    ("counts", "sizes"),
    [([[1], [2]], [10]), ([[5]], [4]), ([[0]], [0]), ([[-1]], [4]), ([[0.5]], [4]), ([1, 2], [3, 4])],
)
def test_wrong_counts_are_refused(counts, sizes):
    with pytest.raises(InputError):
        dispersion(counts, sizes)
