"""A silence is suspected only where chance would not make it; outlets have habits."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from analysis.series.countmodel import Gap, fit, suspected_gaps, zero_runs

Ints = npt.NDArray[np.int64]
DAY = np.arange(365) % 7
NONE = np.zeros(365, dtype=np.bool_)


def gaps(counts: Ints, holiday: npt.NDArray[np.bool_] = NONE) -> list[Gap]:
    first, last = np.flatnonzero(counts)[[0, -1]]
    span = slice(first, last + 1)
    return suspected_gaps(fit(counts[span], DAY[span], holiday[span], ~NONE[span]))


def weekly(rng: np.random.Generator) -> Ints:
    return rng.poisson(np.where(DAY == 3, 30.0, 0.0))


def early_or_late(rng: np.random.Generator) -> Ints:
    counts = np.zeros(365, dtype=np.int64)
    thursdays = np.flatnonzero(DAY == 3)
    np.add.at(counts, np.minimum(thursdays + rng.integers(-1, 2, thursdays.size), 364), 25)
    return counts


HABITS: dict[str, Callable[[np.random.Generator], Ints]] = {
    "weekly": weekly,
    "weekly, a day early or late": early_or_late,
    "every second week": lambda rng: rng.poisson(np.where(np.arange(365) % 14 == 3, 20.0, 0.0)),
    "monthly": lambda rng: rng.poisson(np.where(np.arange(365) % 30 == 3, 25.0, 0.0)),
    "one a weekday": lambda rng: rng.poisson(np.where(DAY < 5, 1.0, 0.0)),
    "three days a week": lambda rng: rng.poisson(np.where(np.isin(DAY, (1, 3, 5)), 4.0, 0.0)),
    "overdispersed": lambda rng: rng.negative_binomial(3, 3 / 13, 365),
}


@pytest.mark.parametrize("name", HABITS)
def test_an_outlet_is_never_suspected_for_its_habits(name: str) -> None:
    rng = np.random.default_rng(5)
    assert sum(len(gaps(HABITS[name](rng))) for _ in range(25)) == 0


def test_a_month_of_silence_of_a_weekly_is_suspected() -> None:
    counts = weekly(np.random.default_rng(2))
    counts[100:135] = 0
    (gap,) = gaps(counts)
    assert gap.start <= 100
    assert gap.stop >= 130
    assert gap.p < 0.001


def test_a_week_of_silence_of_a_daily_is_suspected_and_nothing_else() -> None:
    counts = np.random.default_rng(3).poisson(10.0, 365)
    counts[200:207] = 0
    assert [(g.start, g.stop) for g in gaps(counts)] == [(200, 207)]


def test_a_silence_with_a_stray_article_in_it_is_one_gap() -> None:
    counts = np.random.default_rng(3).poisson(10.0, 365)
    counts[150:200] = 0
    counts[170] = 1
    (gap,) = gaps(counts)
    assert (gap.start, gap.stop, gap.observed) == (150, 200, 1.0)


def test_a_declared_holiday_on_which_nobody_prints_is_innocent() -> None:
    holiday = NONE.copy()
    holiday[[90, 91, 92, 250, 251, 252]] = True
    counts = np.random.default_rng(4).poisson(np.where(holiday, 0.0, 12.0))
    assert len(gaps(counts)) == 2
    assert gaps(counts, holiday) == []


def test_an_outlet_that_prints_less_is_not_suspected() -> None:
    rng = np.random.default_rng(6)
    assert sum(len(gaps(rng.poisson(np.linspace(8, 0.6, 365)))) for _ in range(20)) == 0


def test_runs_of_zeros_are_found_at_the_ends_too() -> None:
    assert zero_runs(np.array([0.0, 0, 1, 0])) == [(0, 2), (3, 4)]
    assert zero_runs(np.array([1.0])) == []
