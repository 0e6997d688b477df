"""Counting permutations: against plain loops, and by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from analysis.errors import InputError
from analysis.stats.permutation import Permutations, westfall_young

sizes = st.integers(-30, 30).map(lambda n: n / 10)
tables = hnp.array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=8).flatmap(
    lambda shape: hnp.arrays(np.float64, shape, elements=sizes)
)


def plain_step_down(observed, permuted):
    """Westfall & Young (1993), algorithm 4.1, as it is written."""
    order = np.argsort(-np.abs(observed), kind="stable")
    p, before = np.empty(observed.size), 0.0
    for rank, term in enumerate(order):
        largest = np.abs(permuted[order[rank:]]).max(axis=0)
        before = max(before, (1 + (largest >= abs(observed[term])).sum()) / (1 + permuted.shape[1]))
        p[term] = before
    return p


def test_max_t_by_hand():
    observed = [3.0, 2.0]
    permuted = [[1.0, 0.5, -3.5, 0.0], [2.5, 0.1, 0.2, 0.3]]
    single, down = westfall_young(observed, permuted)
    # Largest of each labelling: 2.5 .5 3.5 .3. One reaches 3, two reach 2; of the second term alone one reaches 2.
    assert single.tolist() == [2 / 5, 3 / 5]
    assert down.tolist() == [2 / 5, 2 / 5]


@given(tables)
def test_step_down_is_westfall_and_youngs_algorithm(table):
    observed, permuted = table[:, 0], table[:, 1:]
    single, down = westfall_young(observed, permuted)
    assert down == pytest.approx(plain_step_down(observed, permuted))
    assert (down <= single + 1e-12).all()
    counted = Permutations(observed)
    counted.add(permuted)
    assert (counted.raw() <= down + 1e-12).all()
    assert (counted.pooled_fdr(gated=False) <= counted.pooled_fdr()).all()


@given(tables, st.integers(1, 6))
def test_blocks_make_no_difference(table, cut):
    whole, parts = Permutations(table[:, 0]), Permutations(table[:, 0])
    whole.add(table[:, 1:])
    parts.add(table[:, 1:cut])
    parts.add(table[:, cut:])
    for name in ("raw", "max_t", "max_t_step_down", "pooled_fdr"):
        assert getattr(whole, name)().tolist() == getattr(parts, name)().tolist()


def test_the_pooled_rate_by_hand():
    # Of five labellings (the observed one is one) 1.4 terms in the mean reach 1, of the observed two; .2
    # reach 5, of one.
    observed = [5.0, 1.0]
    counted = Permutations(observed)
    counted.add([[0.0, 1.0, 1.0, 0.0], [1.0, 1.0, 0.0, 1.0]])
    assert counted.pooled_fdr(gated=False) == pytest.approx([1 / 5, (2 + 1 + 2 + 1 + 1) / 5 / 2])


def test_terms_that_rise_together_by_chance_are_not_many_findings():
    # One labelling in ten lifts all hundred terms: the ratio makes .11 of it, and as many labellings look just so.
    counted = Permutations(np.full(100, 4.0))
    block = np.zeros((100, 99))
    block[:, ::10] = 4.0
    counted.add(block)
    assert counted.pooled_fdr()[0] == pytest.approx(11 / 100)
    # Two labellings in a hundred lift terms, the observed all of them, the other two of them: the ratio says .0102.
    counted = Permutations(np.full(100, 4.0))
    block = np.zeros((100, 99))
    block[:2, 0] = 4.0
    counted.add(block)
    assert counted.pooled_fdr(gated=False)[0] == pytest.approx(1.02 / 100)


def test_a_statistic_reached_by_another_order_of_sums_is_the_same():
    single, _ = westfall_young([0.1 + 0.2], [[0.3]])
    assert single[0] == 1


def test_nothing_tested_gives_nothing():
    counted = Permutations([])
    counted.add(np.empty((0, 5)))
    assert counted.n_permutations == 5
    for name in ("raw", "max_t", "max_t_step_down", "pooled_fdr"):
        assert getattr(counted, name)().shape == (0,)


@pytest.mark.parametrize("block", [[1.0, 2.0], [[1.0], [2.0], [3.0]], [[np.nan], [1.0]], [["a"], ["b"]]])
def test_a_block_that_does_not_fit_is_refused(block):
    counted = Permutations([1.0, 2.0])
    with pytest.raises(InputError):
        counted.add(block)
