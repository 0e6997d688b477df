"""The calendar: days, ISO weeks, months, quarters and years, as arrays of their first days.

Not for reading dates out of articles (that is `analysis.text.dates`) and not for instants: a date here is a
day in the outlet's own zone.
"""

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, choose, message

if TYPE_CHECKING:
    import pandas as pd

PERIODS = ("day", "week", "month", "quarter", "year")
PRECISIONS = ("day", "month", "year")

Days: TypeAlias = npt.NDArray[np.datetime64]
"""An array of dtype datetime64[D]; NaT where there is no date."""

Dates: TypeAlias = "npt.NDArray[Any] | pd.Series[Any] | pd.DatetimeIndex | Sequence[dt.date | None]"

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_ONE_DAY = np.timedelta64(1, "D")


class Edges(NamedTuple):
    """Periods from end to end: first days, last days, and whether all of each lies in the range asked for."""

    starts: Days
    ends: Days
    complete: npt.NDArray[np.bool_]


def as_days(dates: Dates) -> Days:
    """Return dates of any usual kind as datetime64[D]; nulls become NaT, times of day are dropped.

    Raises
    ------
    InputError
        The values are not dates, or carry a time zone: which day an instant falls on depends on the outlet.
    """
    zone = getattr(getattr(dates, "dtype", None), "tz", None) or getattr(dates, "tz", None)
    if zone is not None:
        raise InputError(
            message("The dates carry a time zone", got=str(zone), expected="days in the outlet's own zone")
        )
    values = np.asarray(dates)
    if values.dtype == object:
        values = np.array([None if _is_null(v) else v for v in values.ravel()], dtype=object).reshape(
            values.shape
        )
        if not all(v is None or isinstance(v, dt.date | np.datetime64) for v in values.ravel()):
            raise InputError(
                message("Not dates", got=values.ravel()[:3].tolist(), expected="datetime.date or None")
            )
    elif values.size and values.dtype.kind != "M":
        raise InputError(
            message("Not dates", got=values.dtype.name, expected="dates (datetime64 or datetime.date)")
        )
    return values.astype("datetime64[D]")


def period_start(dates: Dates, by: str) -> Days:
    """Return the first day of the period each date falls in; a week begins on Monday.

    >>> period_start([dt.date(2025, 1, 1), None], "week").astype(str).tolist()
    ['2024-12-30', 'NaT']
    """
    choose("by", by, PERIODS)
    days = as_days(dates)
    if by == "day":
        return days
    if by == "week":
        # The first day of the epoch is a Thursday, three days after a Monday. NaT stays NaT.
        since_monday = ((days.astype(np.int64) + 3) % 7).astype("timedelta64[D]")
        mondays: Days = days - since_monday
        return mondays
    months = days.astype("datetime64[M]")
    if by != "month":
        within = months.astype(np.int64) % _MONTHS[by]
        months = months - within.astype("timedelta64[M]")
    return months.astype("datetime64[D]")


def next_start(starts: Dates, by: str) -> Days:
    """Return the first day of the period after each of these."""
    days = period_start(starts, by)
    if by in _MONTHS:
        months = days.astype("datetime64[M]") + np.timedelta64(_MONTHS[by], "M")
        return months.astype("datetime64[D]")
    return days + np.timedelta64(1 if by == "day" else 7, "D")


def period_range(first: dt.date | str, last: dt.date | str, by: str) -> Days:
    """Return the first days of all periods that hold a day from `first` to `last`, both included.

    >>> period_range("2025-01-31", "2025-03-01", "month").astype(str).tolist()
    ['2025-01-01', '2025-02-01', '2025-03-01']
    """
    since, until = since_date(first), until_date(last)
    if since > until:
        raise InputError(message("The range ends before it begins", got=f"{since} to {until}"))
    start, stop = period_start([since, until], by)
    if by in _MONTHS:
        step = np.timedelta64(_MONTHS[by], "M")
        months = np.arange(start.astype("datetime64[M]"), stop.astype("datetime64[M]") + 1, step)
        return months.astype("datetime64[D]")
    return np.arange(start, stop + _ONE_DAY, np.timedelta64(1 if by == "day" else 7, "D"))


def period_edges(first: dt.date | str, last: dt.date | str, by: str) -> Edges:
    """Return every period from `first` to `last` with its last day, and whether the range covers all of it.

    The first and the last period are often cut by the range: their counts are not those of a full period.

    >>> period_edges("2025-01-01", "2025-02-10", "month").complete.tolist()
    [True, False]
    """
    starts = period_range(first, last, by)
    ends = next_start(starts, by) - _ONE_DAY
    since, until = np.datetime64(since_date(first)), np.datetime64(until_date(last))
    return Edges(starts, ends, (starts >= since) & (ends <= until))


def period_labels(dates: Dates, by: str) -> list[str | None]:
    """Return the name of each date's period: 2025-01-15, 2025-W03, 2025-01, 2025-Q1, 2025; None for no date.

    A week belongs to the year its Thursday falls in (ISO 8601).

    >>> period_labels([dt.date(2024, 12, 30), None], "week")
    ['2025-W01', None]
    """
    starts = period_start(dates, by)
    missing = np.isnat(starts).tolist()
    anchors = starts + np.timedelta64(3, "D") if by == "week" else starts
    years = (anchors.astype("datetime64[Y]").astype(np.int64) + 1970).tolist()
    if by == "day":
        names = starts.astype(str).tolist()
    elif by == "week":
        day_of_year = (anchors - anchors.astype("datetime64[Y]").astype("datetime64[D]")).astype(np.int64)
        names = [f"{y:04d}-W{n:02d}" for y, n in zip(years, (day_of_year // 7 + 1).tolist(), strict=True)]
    elif by == "year":
        names = [f"{y:04d}" for y in years]
    else:
        months = (starts.astype("datetime64[M]").astype(np.int64) % 12).tolist()
        shape = "{:04d}-{:02d}" if by == "month" else "{:04d}-Q{:d}"
        names = [shape.format(y, m // _MONTHS[by] + 1) for y, m in zip(years, months, strict=True)]
    return [None if gone else name for gone, name in zip(missing, names, strict=True)]


def usable(precision: str | None, by: str) -> bool:
    """Tell whether a date known this precisely can be put into periods of this length.

    A date known to the month stays out of days and weeks; no date stays out of everything.

    >>> usable("month", "week"), usable("month", "quarter"), usable("day", "week")
    (False, True, True)
    """
    choose("by", by, PERIODS)
    if precision is None:
        return False
    choose("precision", precision, PRECISIONS)
    return PERIODS.index(by) >= PERIODS.index(precision)


def since_date(value: dt.date | str) -> dt.date:
    """Return the first day meant by a date or by text: 2025-01-15, 2025-W03, 2025-01, 2025-Q1, 2025."""
    return _span("since", value)[0]


def until_date(value: dt.date | str) -> dt.date:
    """Return the last day meant by a date or by text: 2025-01-15, 2025-W03, 2025-01, 2025-Q1, 2025.

    >>> until_date("2024-02")
    datetime.date(2024, 2, 29)
    """
    return _span("until", value)[1]


_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|-W(\d{2})|-Q([1-4]))?", re.ASCII)


def _span(name: str, value: object) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of what a user wrote."""
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        raise InputError(message(f"`{name}` carries a time zone", got=value.isoformat(), expected="a date"))
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return value, value
    found = _SHAPE.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise InputError(
            message(
                f"`{name}` is not a date",
                got=value,
                expected="2025-01-31, a week 2025-W05, a month 2025-01, a quarter 2025-Q1 or a year 2025",
                hint="Write the year first: 07/05/2025 is a different day in different countries.",
            )
        )
    year, month, day, week, quarter = (None if part is None else int(part) for part in found.groups())
    try:
        return _days_of(year or 0, month, day, week, quarter)
    except ValueError as error:
        raise InputError(message(f"`{name}` is not in the calendar", got=value, hint=f"{error}.")) from error


def _days_of(
    year: int, month: int | None, day: int | None, week: int | None, quarter: int | None
) -> tuple[dt.date, dt.date]:
    """Return the first and last day of a year, or of the part of it that is given."""
    if week is not None:
        return dt.date.fromisocalendar(year, week, 1), dt.date.fromisocalendar(year, week, 7)
    if day is not None and month is not None:
        return dt.date(year, month, day), dt.date(year, month, day)
    first = month or (3 * quarter - 2 if quarter else 1)
    last = month or (3 * quarter if quarter else 12)
    start = dt.date(year, first, 1)
    return start, dt.date(year, last, calendar.monthrange(year, last)[1])


def _is_null(value: object) -> bool:
    """Tell None, NaN, NaT and pandas' NA, none of which equals itself, from a date."""
    if value is None:
        return True
    itself: Any = value == value  # noqa: PLR0124  NaN and NaT are not; pandas' NA gives no answer
    return not isinstance(itself, bool | np.bool_) or not itself
