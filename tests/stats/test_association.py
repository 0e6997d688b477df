"""Measures of two words: Dunning's own table, nltk as a peer, and what must hold for any counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics import BigramAssocMeasures

from analysis.errors import InputError
from analysis.stats.association import chi2, delta_p, g2_collocation, log_dice, mi3, pmi, t_score

# Dunning (1993), table 1: G2, then the four cells AB, A not B, not A B, neither.
DUNNING = [
    (270.72, 110, 2442, 111, 29114),
    (263.90, 29, 13, 123, 31612),
    (256.84, 31, 23, 139, 31584),
    (167.23, 10, 0, 3, 31764),
]
PAIRS = [(110, 2552, 221, 31777), (1, 3, 4, 50), (0, 3, 4, 50), (20, 25, 30, 1000), (5, 5, 5, 100)]


@st.composite
def tables(draw):
    joint, first, second, neither = (draw(st.integers(0, 500)) for _ in range(4))
    return joint, joint + first, joint + second, joint + first + second + neither + 1


@pytest.mark.parametrize(("g2", "both", "first", "second", "neither"), DUNNING)
def test_g2_is_that_of_dunnings_table(g2, both, first, second, neither):
    total = both + first + second + neither
    assert g2_collocation(both, both + first, both + second, total) == pytest.approx(g2, abs=0.005)


@pytest.mark.parametrize("pair", [p for p in PAIRS if p[0]])
def test_measures_agree_with_nltk(pair):
    joint, first, second, total = pair
    peer = (joint, (first, second), total)
    measures = BigramAssocMeasures
    assert abs(g2_collocation(*pair)) == pytest.approx(measures.likelihood_ratio(*peer))
    assert abs(chi2(*pair)) == pytest.approx(measures.chi_sq(*peer))
    assert pmi(*pair) == pytest.approx(measures.pmi(*peer))
    assert t_score(*pair) == pytest.approx(measures.student_t(*peer))
    assert mi3(*pair) == pytest.approx(np.log2(measures.mi_like(*peer) * total))
    assert log_dice(*pair[:3]) == pytest.approx(14 + np.log2(measures.dice(*peer)))


def test_delta_p_by_hand():
    # 8 of the 10 firsts are followed by the second word, 2 of the 90 others are.
    forward, backward = delta_p(8, 10, 10, 100)
    assert forward == pytest.approx(8 / 10 - 2 / 90)
    assert backward == pytest.approx(8 / 10 - 2 / 90)
    forward, backward = delta_p(8, 10, 40, 100)
    assert (forward, backward) == (pytest.approx(8 / 10 - 32 / 90), pytest.approx(8 / 40 - 2 / 60))


def test_a_pair_as_frequent_as_by_chance_scores_nothing():
    assert g2_collocation(10, 100, 100, 1000) == 0
    assert pmi(10, 100, 100, 1000) == 0
    assert t_score(10, 100, 100, 1000) == 0
    assert delta_p(10, 100, 100, 1000) == (0, 0)


def test_a_pair_that_never_occurs_repels_and_has_no_logarithm():
    assert g2_collocation(0, 30, 40, 100) < 0
    assert np.isnan(
        [pmi(0, 30, 40, 100), mi3(0, 30, 40, 100), log_dice(0, 30, 40), t_score(0, 30, 40, 100)]
    ).all()


def test_log_dice_does_not_depend_on_the_size_of_the_corpus():
    # Rychlý (2008): at most 14, and twice as often together is one more.
    assert log_dice(100, 100, 100) == 14
    assert log_dice(20, 100, 100) - log_dice(10, 100, 100) == pytest.approx(1)


def test_arrays_are_measured_element_by_element():
    joint, first, second, total = np.array(PAIRS).T
    together = g2_collocation(joint, first, second, total)
    assert together.tolist() == [float(g2_collocation(*pair)) for pair in PAIRS]
    assert g2_collocation([1, 2], 10, 10, 100).shape == (2,)


@given(tables())
def test_g2_doubles_with_the_counts_and_has_the_sign_of_the_difference(table):
    joint, first, second, total = table
    once, twice = g2_collocation(*table), g2_collocation(*(2 * x for x in table))
    assert twice == pytest.approx(2 * once, abs=1e-6)
    difference = joint * total - first * second
    assert once * difference >= 0


@given(tables())
def test_delta_p_stays_between_minus_one_and_one(table):
    for side in delta_p(*table):
        assert np.isnan(side) or -1 - 1e-12 <= side <= 1 + 1e-12


@pytest.mark.parametrize(
    "counts", [(5, 3, 9, 100), (0, 60, 60, 100), (-1, 3, 4, 10), (np.nan, 1, 1, 1), ("a", 1, 1, 1)]
)
def test_counts_that_contradict_each_other_are_refused(counts):
    with pytest.raises(InputError):
        g2_collocation(*counts)
