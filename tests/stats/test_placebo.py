"""Shifted placebo dates."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.stats.placebo import placebo

ONES = np.ones(8)


def test_dates_and_rank_by_hand():
    # Windows of two before 6: dates 2 to 4; differences 1.5 - 1 = .5, 1 - 1.5 = -.5 ... and 7.5 at the event.
    found = placebo([1, 1, 2, 1, 1, 2, 9, 9], ONES, 6, n_before=2, n_after=2)
    assert found.dates.tolist() == [2, 3, 4]
    assert found.differences.tolist() == [0.5, -0.5, 0.0]
    assert (found.difference, found.n_dates, found.p, found.smallest_p) == (7.5, 3, 0.25, 0.25)


def test_no_placebo_window_lies_across_the_event():
    found = placebo(np.arange(30.0), np.ones(30), 15, n_before=4, n_after=3)
    assert all(d + 3 <= 15 or d - 4 >= 15 for d in found.dates)
    far = placebo(np.arange(30.0), np.ones(30), 15, n_before=4, n_after=3, distance=2)
    assert far.n_dates == found.n_dates - 4


def test_the_estimate_is_a_ratio_of_sums_and_missing_periods_are_not_zeros():
    found = placebo([1, np.nan, 3, 30], [10, np.nan, 10, 100], 2, n_before=2, n_after=2)
    assert found.difference == pytest.approx(33 / 110 - 1 / 10)
    assert found.n_dates == 0
    assert np.isnan(found.p)


def test_a_date_with_too_little_around_it_is_no_placebo():
    x = np.ones(20)
    x[2:5] = np.nan
    full = placebo(np.ones(20), np.ones(20), 16, n_before=4, n_after=4)
    some = placebo(x, np.ones(20), 16, n_before=4, n_after=4)
    # 2, 3 and 4 are gone. Three of four periods are missing before 5 and 6; after 4 only one.
    assert full.dates.tolist() == [4, 5, 6, 7, 8, 9, 10, 11, 12]
    assert some.dates.tolist() == [4, 7, 8, 9, 10, 11, 12]


def test_the_rank_has_the_right_size_over_series():
    # 400 series of 60 periods, AR(1) at .5: p <= .1 in a tenth.
    below = []
    for i in range(400):
        rng = np.random.default_rng([3, i])
        u = rng.normal(size=80)
        for t in range(1, 80):
            u[t] += 0.5 * u[t - 1]
        below.append(placebo(u[20:] + 10, np.ones(60), 30, n_before=3, n_after=3).p <= 0.1)
    assert 0.06 < np.mean(below) < 0.14


@pytest.mark.parametrize(
    "call",
    [
        lambda: placebo(ONES, ONES, 1, n_before=2, n_after=2),
        lambda: placebo(ONES, ONES, 7, n_before=2, n_after=2),
        lambda: placebo(ONES, ONES, 4, n_before=0, n_after=2),
        lambda: placebo(ONES, 0 * ONES, 4, n_before=2, n_after=2),
        lambda: placebo(ONES, ONES[:3], 4, n_before=2, n_after=2),
    ],
)
def test_wrong_arguments_are_refused(call):
    with pytest.raises(InputError):
        call()
