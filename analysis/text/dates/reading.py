"""One string read as a date of publication: what it says, how exactly, and what is doubtful about it.

Not for choosing between strings (`choosing`), nor for finding them in a text (`scan`, `printed`).
"""

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from analysis.text.dates.beside import role_between
from analysis.text.dates.calendars import day_of, solar_to_date
from analysis.text.dates.clock import Clock, instant
from analysis.text.dates.months import GREGORIAN, SOLAR
from analysis.text.dates.relative import anchored, days_back
from analysis.text.dates.scan import Found, scan
from analysis.text.dates.whole import Partial, read_whole
from analysis.text.dates.words import PUBLISHED, UPDATED, kind_of

LONGEST = 500  # characters; what is longer is no date
_MOST_DATES = 20
_TOLERANCE = 1  # days: the zones of the outlet and of whoever retrieved the page may differ
_ZERO = datetime(1970, 1, 1, tzinfo=UTC)  # the instant that exports write for "not known"
_MARKS = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])


class DateReading(NamedTuple):
    """A date with its precision (day, month, year), the instant where known, and what is doubtful about it."""

    published: date | None = None
    precision: str | None = None
    at: datetime | None = None
    flags: tuple[str, ...] = ()


class _Read(NamedTuple):
    reading: DateReading
    role: str | None


def read_date(
    text: str, *, order: str | None = None, zone: str | None = None, retrieved: date | None = None
) -> DateReading:
    """Read one string as a date of publication.

    Parameters
    ----------
    text : str
        A field or a line: a date in any of the languages of `months`, in the Gregorian or the Solar Hijri calendar,
        with words such as `Published:`, weekday, time and zone; or a relative date. Over 500 characters: not read.
    order : {"dmy", "mdy", "ymd"}, optional
        The outlet's own order of numbers. With it 03/13/2025 of a day-first outlet is impossible; without it
        03/04/2025 is ambiguous.
    zone : str, optional
        The outlet's zone (`Asia/Karachi`): an instant is a day there. Without it the day is the one that is printed.
    retrieved : date, optional
        The day the page was retrieved. Only with it are relative dates read, and later ones flagged.

    Returns
    -------
    DateReading
        `published` (the first day of the month or year where precision is less than a day), `precision`, `at` (UTC),
        and `flags`: date_ambiguous, date_impossible, date_unread, date_relative_unanchored (there is no date where
        nothing else could be read); date_relative (counted back from the retrieval), date_short_year (two digits:
        00 to 68 are 20..; 69 to 99 are 19.. with a month's name, else ambiguous), date_updated (the only date is that
        of a change), date_future (more than a day after the retrieval), dates_disagree (the string holds several; the
        first is taken).

    Notes
    -----
    Nothing depends on the day of the run. Cost: some ten microseconds, then below one for a string seen before.

    >>> read_date("Published in The Example, January 1st, 2025").published
    datetime.date(2025, 1, 1)
    >>> read_date("03/04/2025").flags
    ('date_ambiguous',)
    >>> read_date("03/04/2025", order="dmy").published
    datetime.date(2025, 4, 3)
    >>> read_date("2 days ago").flags, read_date("2 days ago", retrieved=date(2025, 3, 3)).published
    (('date_relative_unanchored',), datetime.date(2025, 3, 1))
    """
    if len(text) > LONGEST:
        return DateReading(flags=("date_unread",) if text.strip() else ())
    return _read(text, order, zone, retrieved)


@lru_cache(maxsize=65536)
def _read(text: str, order: str | None, zone: str | None, retrieved: date | None) -> DateReading:
    shown = " ".join(text.translate(_MARKS).split())
    if not shown:
        return DateReading()
    reading = _from_whole(read_whole(shown), zone) or _from_dates(shown, order, zone)
    if reading is None:
        reading = _from_relative(shown, retrieved)
    if retrieved is not None and reading.published is not None and is_future(reading, retrieved):
        return reading._replace(flags=(*reading.flags, "date_future"))
    return reading


def is_future(reading: DateReading, retrieved: date) -> bool:
    """Say whether a date is more than a day later than the retrieval."""
    return (
        reading.published is not None and reading.published.toordinal() > retrieved.toordinal() + _TOLERANCE
    )


def _from_whole(found: Partial | None, zone: str | None) -> DateReading | None:
    """Make a reading of a string that is nothing but one date: a month, a year, or digits."""
    if found is None:
        return None
    if found.at is not None:
        local = found.at.astimezone(ZoneInfo(zone)) if zone else found.at
        return DateReading(local.date(), "day", found.at)
    if found.first is None:
        return DateReading(flags=(found.flag or "date_unread",))
    return _timed(found.first, found.clock, zone, found.precision, (found.flag,) if found.flag else ())


def _timed(
    day: date, at: Clock | None, zone: str | None, precision: str = "day", flags: tuple[str, ...] = ()
) -> DateReading:
    """Add the instant, and move to the day that it is in the outlet's zone."""
    moment = instant(day, at, zone) if at is not None and precision == "day" else None
    if moment == _ZERO:
        return DateReading(flags=("date_unread",))
    if moment is not None and zone:
        day = moment.astimezone(ZoneInfo(zone)).date()
    return DateReading(day, precision, moment, flags)


def _from_dates(shown: str, order: str | None, zone: str | None) -> DateReading | None:
    """Read the full dates of a string; the one that is said to be published wins, then the first."""
    read: list[_Read] = []
    floor = 0
    for found in scan(shown):
        role = found.role or role_between(shown, floor, found.start)
        read.append(_Read(_one(found, order, zone), role))
        floor = found.end
        if len(read) == _MOST_DATES:
            break
    if not read:
        return None
    good = [r for r in read if r.reading.published is not None]
    failed = tuple(dict.fromkeys(f for r in read if r.reading.published is None for f in r.reading.flags))
    if not good:
        return DateReading(flags=failed)
    rank = {PUBLISHED: 0, None: 1, UPDATED: 2}
    best = min(good, key=lambda r: rank[r.role])
    flags = [*best.reading.flags]
    if best.role == UPDATED:
        flags.append("date_updated")
    if any(r.role == best.role and _apart(r.reading, best.reading) for r in good):
        flags.append("dates_disagree")
    # An unread date of a lesser kind (updated) is no doubt about this one.
    unread = [r for r in read if r.reading.published is None and rank[r.role] <= rank[best.role]]
    flags += [f for r in unread for f in r.reading.flags]
    return best.reading._replace(flags=tuple(dict.fromkeys(flags)))


def _apart(a: DateReading, b: DateReading) -> bool:
    return a.published is not None and b.published is not None and abs((a.published - b.published).days) > 1


def _one(found: Found, order: str | None, zone: str | None) -> DateReading:
    """Read one full date by the order of its outlet."""
    days = _days(found, order)
    if len(days) > 1:
        return DateReading(flags=("date_ambiguous",))
    if not days:
        return DateReading(flags=("date_impossible",))
    return _timed(days[0], found.at, zone, "day", ("date_short_year",) if found.short else ())


def _days(found: Found, order: str | None) -> list[date]:
    """Give the different days that a date can be."""
    a, b, c = found.parts
    if not found.order_open:
        orders = [(a, b, c)]
    elif found.short:
        every = {"dmy": (c, b, a), "mdy": (c, a, b), "ymd": (a, b, c)}
        orders = [every[order]] if order in every else [*every.values()]
    elif order == "dmy" or found.calendar == SOLAR:
        orders = [(c, b, a)]
    elif order == "mdy":
        orders = [(c, a, b)]
    else:
        orders = [(c, b, a), (c, a, b)]
    days: list[date] = []
    for year, month, day in orders:
        try:
            if not found.short:
                days.append(day_of(found.calendar or GREGORIAN, year, month, day))
                continue
            days.append(date((1900 if year >= 69 else 2000) + year, month, day))
            # In figures alone, 29/08/96 is of 1996 or, in Iran, of 1396.
            if year >= 69 and found.order_open:
                days.append(solar_to_date(1300 + year, month, day))
        except ValueError:
            continue
    return list(dict.fromkeys(days))


def _from_relative(shown: str, retrieved: date | None) -> DateReading:
    back = days_back(shown)
    if back is None:
        return DateReading(flags=("date_unread",))
    if retrieved is None:
        return DateReading(flags=("date_relative_unanchored",))
    known = anchored(back, retrieved)
    if known is None:
        return DateReading(flags=("date_unread",))
    changed = any(kind_of(word) == UPDATED for word in shown.split())
    flags = ("date_relative", "date_updated") if changed else ("date_relative",)
    return DateReading(known[0], known[1], None, flags)
