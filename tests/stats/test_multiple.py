"""Adjusted p-values: published examples, scipy as a peer, and what must hold for any p."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from analysis.errors import InputError
from analysis.stats.multiple import benjamini_bogomolov, benjamini_hochberg, benjamini_yekutieli, holm, simes

# Benjamini & Hochberg (1995), section 3.2: fifteen hypotheses; at .05 their procedure rejects four, Holm's three.
THE_FIFTEEN = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
]
ps = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_the_fifteen_hypotheses_of_benjamini_and_hochberg():
    assert (benjamini_hochberg(THE_FIFTEEN) <= 0.05).sum() == 4
    assert (holm(THE_FIFTEEN) <= 0.05).sum() == 3


def test_holm_by_hand():
    # Sorted .005 .01 .03 .04 times 4 3 2 1: .02 .03 .06 .04, and never falling.
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


@given(ps)
def test_scipy_agrees(p):
    assert benjamini_hochberg(p) == pytest.approx(false_discovery_control(p, method="bh"))
    assert benjamini_yekutieli(p) == pytest.approx(false_discovery_control(p, method="by"))


@given(ps, st.randoms(use_true_random=False))
def test_adjusting_keeps_the_order_and_follows_its_terms(p, random):
    order = list(range(len(p)))
    random.shuffle(order)
    for adjust in (holm, benjamini_hochberg, benjamini_yekutieli):
        adjusted = adjust(p)
        assert (adjusted >= np.array(p) - 1e-12).all()
        assert (np.diff(adjusted[np.argsort(p, kind="stable")]) >= 0).all()
        assert adjust(np.array(p)[order]).tolist() == adjusted[order].tolist()


def test_what_was_not_tested_counts_for_nothing():
    for adjust in (holm, benjamini_hochberg, benjamini_yekutieli):
        with_gap = adjust([0.01, np.nan, 0.04])
        assert np.isnan(with_gap[1])
        assert with_gap[[0, 2]].tolist() == adjust([0.01, 0.04]).tolist()
    assert np.isnan(holm([np.nan])).all()
    assert holm([]).shape == (0,)


def test_selected_families_by_hand():
    # Simes: .002, .6, .02; Benjamini-Hochberg over the three: .006, .6, .03. Two of three are selected: factor 3/2.
    found = benjamini_bogomolov([[0.001, 0.02], [0.5, 0.6], [0.01, 0.2]])
    assert found.family_p == pytest.approx([0.002, 0.6, 0.02])
    assert found.selected.tolist() == [True, False, True]
    assert found.adjusted[0] == pytest.approx([0.003, 0.03])
    assert np.isnan(found.adjusted[1]).all()
    assert found.adjusted[2] == pytest.approx([0.03, 0.3])


def test_no_family_is_selected_where_nothing_is_found():
    found = benjamini_bogomolov([[0.5, 0.6], [0.4], []])
    assert not found.selected.any()
    assert np.isnan(np.concatenate(found.adjusted)).all()
    assert np.isnan(simes([]))


@pytest.mark.parametrize("p", [[1.5], [-0.1], ["a"], [[0.1]], [np.inf]])
def test_what_is_no_p_is_refused(p):
    with pytest.raises(InputError):
        holm(p)
