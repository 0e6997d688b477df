"""Exact cuts by least squares, against ruptures and by hand."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.stats.changepoints import penalised, segmentations


def test_cuts_by_hand():
    # 0 1 0 | 5 6 5 | 0 1: means 1/3, 16/3, 1/2; squares 2/3 + 2/3 + 1/2.
    none, one, two = segmentations([0, 1, 0, 5, 6, 5, 0, 1], 2)
    assert (none.breaks, one.breaks, two.breaks) == ((), (3,), (3, 6))
    assert two.cost == pytest.approx(2 / 3 + 2 / 3 + 1 / 2)
    assert none.cost == pytest.approx(88 - 18**2 / 8)


@pytest.mark.parametrize("min_length", [1, 2, 5])
def test_cuts_and_costs_are_those_of_ruptures_on_every_index(min_length):
    ruptures = pytest.importorskip("ruptures")
    rng = np.random.default_rng(4)
    for _ in range(8):
        y = rng.normal(size=48) + np.repeat(rng.normal(0, 2, 4), 12)
        cost = ruptures.costs.CostL2().fit(y)
        peer = ruptures.Dynp(model="l2", jump=1, min_size=min_length).fit(y)
        for m, found in enumerate(segmentations(y, 4, min_length=min_length)[1:], start=1):
            theirs = peer.predict(n_bkps=m)
            assert found.breaks == tuple(theirs[:-1])
            assert found.cost == pytest.approx(cost.sum_of_costs(theirs), abs=1e-9)


def test_with_a_penalty_the_cuts_are_those_of_pelt():
    ruptures = pytest.importorskip("ruptures")
    rng = np.random.default_rng(5)
    for penalty in (0.5, 3.0, 30.0):
        y = rng.normal(size=60) + np.repeat(rng.normal(0, 2, 4), 15)
        theirs = ruptures.Pelt(model="l2", jump=1, min_size=1).fit(y).predict(pen=penalty)
        assert penalised(y, penalty, min_length=1).breaks == tuple(theirs[:-1])


def test_a_break_at_33_is_at_33():
    # ruptures by default looks at every fifth index and reports 30 or 35.
    y = np.where(np.arange(60) < 33, 0.0, 1.0)
    assert segmentations(y, 1)[1].breaks == (33,)


def test_lengths_are_those_of_the_calendar_and_gaps_count():
    y = [0.0, 0.0, 0.0, np.nan, np.nan, 5.0, 0.0, 0.0]
    # Alone the 5 is one period; with the gap before the 0s it cannot be cut off at min_length 2.
    assert segmentations(y, 2, min_length=1)[2].breaks == (5, 6)
    assert all(b != (5, 6) for b, _ in segmentations(y, 2, min_length=2))
    # 0 0 0 . . 5 | 0 0 would leave five periods before, three after the gap: allowed at 5, since 0 to 4 are five.
    assert segmentations(y, 1, min_length=3)[1].breaks == (5,)


def test_a_heavier_period_draws_the_mean():
    cost = segmentations([0.0, 4.0], 0, weights=[3, 1])[0].cost
    assert cost == pytest.approx(3 * 1**2 + 1 * 3**2)


def test_large_levels_do_not_swallow_small_differences():
    y = 1e9 + np.repeat([0.0, 1e-3], 20)
    assert segmentations(y, 1)[1].breaks == (20,)


def test_too_many_breaks_for_the_series_are_not_made_up():
    assert len(segmentations([1.0, 2.0, 3.0], 5, min_length=2)) == 1


@pytest.mark.parametrize(
    "call",
    [
        lambda: segmentations([], 1),
        lambda: segmentations([np.nan], 1),
        lambda: segmentations(["a"], 1),
        lambda: segmentations([1, 2], -1),
        lambda: segmentations([1, 2], 1, weights=[1, 0]),
        lambda: segmentations([1, 2], 1, min_length=0),
        lambda: penalised([1, 2], 0),
    ],
)
def test_wrong_arguments_are_refused(call):
    with pytest.raises(InputError):
        call()
