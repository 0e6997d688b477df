"""Strings that are nothing but one date without three parted numbers: months, years, compact digits, Unix times.

Not for strings that hold anything else, for which such digits would be guesses.
"""

import re
from datetime import UTC, date, datetime
from typing import NamedTuple

from analysis.text.dates.calendars import calendar_of, day_of, known_to, month_range
from analysis.text.dates.clock import Clock, clock
from analysis.text.dates.months import GREGORIAN, month_of
from analysis.text.dates.words import JOIN, PUBLISHED, UPDATED, kind_of

_UNIX = re.compile(r"([1-9]\d{9})(?:\.\d{1,6})?$|([1-9]\d{12})$", re.A)
_LAST_UNIX = 4_102_444_800  # 2100-01-01; ten digits begin in September 2001
_COMPACT = re.compile(
    r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:T?(?P<h>\d{2})(?P<n>\d{2})(?P<s>\d{2})?)?(?P<z>Z|[+-]\d{4})?$"
)
_YEAR = re.compile(r"(\d{4})$")
_YEAR_MONTH = re.compile(
    r"(?:(?P<y>\d{4})\s?[-/.]\s?(?P<m>\d{1,2})|(?P<m2>\d{1,2})\s?[-/.]\s?(?P<y2>\d{4}))$"
)
_SIGNS = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]$")
_NAMED = re.compile(
    r"(?P<m>[^\d,،]{2,24}?)[\s.,،/-]{1,3}(?P<y>\d{4})$|(?P<y2>\d{4})[\s.,،/-]{1,3}(?P<m2>[^\d,،]{2,24})$"
)
_SHORT_YEAR = re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th)?\s(?P<m>[^\W\d_]{3,12})\.?,?\s(?P<y>\d{2})$", re.I)
_NUMERIC_YEARS = range(1900, 2100)  # alone, a number that is as well a count of something


class Partial(NamedTuple):
    """The first day of what is known and how exactly; or an instant; or only a flag."""

    first: date | None = None
    precision: str = "day"
    at: datetime | None = None
    clock: Clock | None = None
    flag: str | None = None


def read_whole(shown: str) -> Partial | None:
    """Read a string that is one such date, None where it has another form.

    >>> read_whole("July 2023")[:2], read_whole("20230231").flag, read_whole("12:30")
    ((datetime.date(2023, 7, 1), 'month'), 'date_impossible', None)
    """
    if shown.isascii() and (found := _UNIX.match(shown)):
        return _unix(int(found[1]) if found[1] else int(found[2]) / 1000)
    if (found := _COMPACT.match(shown)) and calendar_of(int(found["y"])) == GREGORIAN:
        at = found["h"] and clock(found["h"], found["n"], found["s"], None, found["z"] or "")
        return _day(GREGORIAN, int(found["y"]), int(found["m"]), int(found["d"]), at or None)
    if found := _YEAR.match(shown):
        year = int(found[1])
        return Partial(date(year, 1, 1), "year") if year in _NUMERIC_YEARS else None
    if found := _YEAR_MONTH.match(shown):
        return _month(int(found["y"] or found["y2"]), int(found["m"] or found["m2"]))
    if found := _SIGNS.match(shown):
        return _month(int(found[1]), int(found[2]))
    bare = _without_frame(shown)
    if found := _NAMED.match(bare):
        month = month_of((found["m"] or found["m2"]).strip())
        year = int(found["y"] or found["y2"])
        if month is not None and month.calendar == calendar_of(year):
            return _month(year, month.number)
    elif found := _SHORT_YEAR.match(bare):
        month = month_of(found["m"])
        if month is not None and month.calendar == GREGORIAN:
            year = int(found["y"])
            made = _day(GREGORIAN, year + (1900 if year >= 69 else 2000), month.number, int(found["d"]))
            return made if made.flag else made._replace(flag="date_short_year")
    return None


def _unix(seconds: float) -> Partial | None:
    return Partial(at=datetime.fromtimestamp(seconds, UTC)) if seconds < _LAST_UNIX else None


def _day(calendar: str, year: int, month: int, day: int, at: Clock | None = None) -> Partial:
    try:
        return Partial(day_of(calendar, year, month, day), clock=at)
    except ValueError:
        return Partial(flag="date_impossible")


def _month(year: int, month: int) -> Partial | None:
    calendar = calendar_of(year)
    if calendar is None:
        return None
    try:
        known = known_to(*month_range(calendar, year, month))
    except ValueError:
        return Partial(flag="date_impossible")
    # A Solar Hijri month lies in two Gregorian months, and Dey in two years.
    return Partial(*known) if known else Partial(flag="date_unread")


def _without_frame(shown: str) -> str:
    """Leave out words such as `Published:` at the start."""
    words = shown.split(" ")
    while len(words) > 1 and kind_of(words[0]) in (PUBLISHED, UPDATED, JOIN):
        words = words[1:]
    return " ".join(words)
