"""The calendar, checked against the standard library's."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from analysis import periods
from analysis.errors import InputError

DAYS = [dt.date(2019, 12, 25) + dt.timedelta(days=n) for n in range(2500)]


def test_weeks_are_those_of_the_standard_library() -> None:
    expected = ["{:04d}-W{:02d}".format(*day.isocalendar()[:2]) for day in DAYS]
    assert periods.period_labels(DAYS, "week") == expected


def test_starts_are_the_first_days() -> None:
    def starts(by: str) -> list[dt.date]:
        return periods.period_start(DAYS, by).tolist()

    assert starts("day") == DAYS
    assert starts("week") == [day - dt.timedelta(days=day.weekday()) for day in DAYS]
    assert starts("month") == [day.replace(day=1) for day in DAYS]
    assert starts("quarter") == [day.replace(day=1, month=(day.month - 1) // 3 * 3 + 1) for day in DAYS]
    assert starts("year") == [day.replace(day=1, month=1) for day in DAYS]


def test_days_before_1970_fall_in_the_right_periods() -> None:
    day = [dt.date(1947, 8, 14)]  # a Thursday
    assert periods.period_start(day, "week").astype(str).tolist() == ["1947-08-11"]
    assert periods.period_labels(day, "quarter") == ["1947-Q3"]


@pytest.mark.parametrize(
    ("by", "label"),
    [
        ("day", "2025-01-01"),
        ("week", "2025-W01"),
        ("month", "2025-01"),
        ("quarter", "2025-Q1"),
        ("year", "2025"),
    ],
)
def test_labels_sort_as_time_and_a_missing_date_has_none(by: str, label: str) -> None:
    assert periods.period_labels([dt.date(2025, 1, 1), None], by) == [label, None]
    labels = [name for name in periods.period_labels(DAYS, by) if name]
    assert labels == sorted(labels)


@pytest.mark.parametrize("by", periods.PERIODS)
def test_a_label_means_its_own_period_when_it_is_written_as_a_date(by: str) -> None:
    for day in DAYS[::97]:
        (label,) = periods.period_labels([day], by)
        assert label is not None
        assert periods.since_date(label) == periods.period_start([day], by)[0].item()
        assert (
            np.datetime64(periods.until_date(label) + dt.timedelta(days=1))
            == periods.next_start([day], by)[0]
        )


def test_every_usual_kind_of_dates_is_read_alike() -> None:
    expected = np.array(["2025-03-01", "NaT"], dtype="datetime64[D]")
    kinds = [
        [dt.date(2025, 3, 1), None],
        np.array(["2025-03-01T23:59", "NaT"], dtype="datetime64[ns]"),
        pd.Series(pd.to_datetime(["2025-03-01", None])),
        pd.Series([dt.date(2025, 3, 1), None]),
        pd.Series([dt.date(2025, 3, 1), pd.NA], dtype=object),
        pd.DatetimeIndex(["2025-03-01 12:00", None]),
    ]
    for dates in kinds:
        np.testing.assert_array_equal(periods.as_days(dates), expected)
    assert len(periods.as_days([])) == 0


@pytest.mark.parametrize("dates", [[1, 2], ["2025-01-01"], [0.5], [dt.date(2025, 1, 1), "x"]])
def test_what_is_no_date_is_refused(dates: list[object]) -> None:
    with pytest.raises(InputError, match="Not dates"):
        periods.as_days(dates)  # type: ignore[arg-type]


def test_instants_are_refused_because_their_day_depends_on_the_outlet() -> None:
    with pytest.raises(InputError, match="time zone"):
        periods.as_days(pd.Series(pd.to_datetime(["2025-01-01"], utc=True)))


def test_the_first_and_last_period_of_a_range_may_be_cut() -> None:
    edges = periods.period_edges("2025-01-01", "2025-01-19", "week")
    assert edges.starts.astype(str).tolist() == ["2024-12-30", "2025-01-06", "2025-01-13"]
    assert edges.ends.astype(str).tolist() == ["2025-01-05", "2025-01-12", "2025-01-19"]
    assert edges.complete.tolist() == [False, True, True]


def test_a_range_within_one_period_is_that_period() -> None:
    assert periods.period_range("2025-02-10", "2025-02-11", "quarter").astype(str).tolist() == ["2025-01-01"]
    with pytest.raises(InputError, match="ends before it begins"):
        periods.period_range("2025-02", "2025-01", "day")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-01-31", "2025-01-31", "2025-01-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-Q4", "2025-10-01", "2025-12-31"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
    ],
)
def test_since_is_the_first_day_meant_and_until_the_last(text: str, first: str, last: str) -> None:
    assert periods.since_date(text).isoformat() == first
    assert periods.until_date(text).isoformat() == last


@pytest.mark.parametrize(
    "text", ["07/05/2025", "5 July 2025", "2025-1-1", "2025-01-01T00:00", "", None, 2025, "٢٠٢٥"]
)
def test_a_date_that_could_be_misread_is_refused(text: object) -> None:
    with pytest.raises(InputError, match="`since` is not a date"):
        periods.since_date(text)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["2025-02-29", "2025-13", "2025-W53", "0000"])
def test_a_day_that_does_not_exist_is_named(text: str) -> None:
    with pytest.raises(InputError, match=f"`until` is not in the calendar: got '{text}'"):
        periods.until_date(text)


def test_dates_known_to_the_month_stay_out_of_weeks() -> None:
    usable = {
        (p, by): periods.usable(p, by) for p in ("day", "month", "year") for by in ("week", "month", "year")
    }
    assert [key for key, yes in usable.items() if not yes] == [
        ("month", "week"),
        ("year", "week"),
        ("year", "month"),
    ]
    assert not periods.usable(None, "year")


def test_an_unknown_period_is_answered_with_the_nearest() -> None:
    with pytest.raises(InputError, match="Did you mean 'week'"):
        periods.period_start([], "weekly")
