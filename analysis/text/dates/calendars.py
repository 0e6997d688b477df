"""Days of the Gregorian and the Solar Hijri calendar (Iran, Afghanistan), exactly; and the years that news can be of.

Not for the Islamic lunar calendar: its months begin when the moon was seen, so that no rule gives the day.
"""

from datetime import date, timedelta

from analysis.text.dates.months import GREGORIAN, SOLAR

FIRST_YEAR, LAST_YEAR = 1600, 2199  # Gregorian: from the first newspapers on
# From 1426 on, a year of this size is far likelier to be of the lunar calendar (1426 began in 2005).
FIRST_SOLAR, LAST_SOLAR = 1300, 1425
SOLAR_RANGE = (1244, 1472)  # where the rule of 33 years agrees with the observed equinox
_EPOCH = date(1921, 3, 21).toordinal()  # 1 Farvardin 1300


def solar_leap(year: int) -> bool:
    """Say whether a Solar Hijri year has 366 days: eight years of every 33.

    >>> [y for y in range(1395, 1410) if solar_leap(y)]
    [1395, 1399, 1403, 1408]
    """
    return (25 * year + 11) % 33 < 8


def _leaps_before(year: int) -> int:
    """Count leap years from 1300 to the year before; whole cycles first."""
    cycles, rest = divmod(year - 1300, 33)
    return 8 * cycles + sum(solar_leap(1300 + i) for i in range(rest))


def solar_to_date(year: int, month: int, day: int) -> date:
    """Give the Gregorian day of a Solar Hijri one.

    Parameters
    ----------
    year : int
        1244 to 1472, where the rule of 33 years is exact.
    month, day : int
        Months 1 to 6 have 31 days, 7 to 11 have 30, and 12 has 29 or, in a leap year, 30.

    Raises
    ------
    ValueError
        If there is no such day.

    >>> solar_to_date(1403, 1, 1), solar_to_date(1404, 1, 1)
    (datetime.date(2024, 3, 20), datetime.date(2025, 3, 21))
    """
    if not (SOLAR_RANGE[0] <= year <= SOLAR_RANGE[1] and 1 <= month <= 12):
        raise ValueError(f"there is no month {month} of the Solar Hijri year {year} (years 1244 to 1472)")
    if not 1 <= day <= solar_days(year, month):
        raise ValueError(f"there is no day {day} in month {month} of the Solar Hijri year {year}")
    before = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return date.fromordinal(_EPOCH + 365 * (year - 1300) + _leaps_before(year) + before + day - 1)


def solar_days(year: int, month: int) -> int:
    """Give the number of days of a Solar Hijri month."""
    if month <= 6:
        return 31
    return 30 if month < 12 or solar_leap(year) else 29


def date_to_solar(day: date) -> tuple[int, int, int]:
    """Give year, month and day in the Solar Hijri calendar.

    >>> date_to_solar(date(2025, 3, 20))
    (1403, 12, 30)
    """
    year = day.year - 621
    if day < solar_to_date(year, 1, 1):
        year -= 1
    past = (day - solar_to_date(year, 1, 1)).days
    month, rest = divmod(past, 31) if past < 186 else divmod(past - 186, 30)
    return year, month + (1 if past < 186 else 7), rest + 1


def calendar_of(year: int) -> str | None:
    """Tell the calendar of a year by its size, None where it is of neither.

    >>> calendar_of(2025), calendar_of(1403), calendar_of(1446)
    ('gregorian', 'solar', None)
    """
    if FIRST_YEAR <= year <= LAST_YEAR:
        return GREGORIAN
    return SOLAR if FIRST_SOLAR <= year <= LAST_SOLAR else None


def day_of(calendar: str, year: int, month: int, day: int) -> date:
    """Give the Gregorian day; ValueError where the calendar has no such day."""
    return solar_to_date(year, month, day) if calendar == SOLAR else date(year, month, day)


def month_range(calendar: str, year: int, month: int) -> tuple[date, date]:
    """Give the first and last day of a month; ValueError where there is no such month."""
    first = day_of(calendar, year, month, 1)
    if calendar == SOLAR:
        return first, first + timedelta(solar_days(year, month) - 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    return first, following - timedelta(1)


def known_to(first: date, last: date) -> tuple[date, str] | None:
    """Give the smallest of day, month and year that surely holds all days from first to last.

    >>> known_to(date(2025, 3, 3), date(2025, 3, 9))
    (datetime.date(2025, 3, 1), 'month')
    """
    if first == last:
        return first, "day"
    if (first.year, first.month) == (last.year, last.month):
        return first.replace(day=1), "month"
    return (date(first.year, 1, 1), "year") if first.year == last.year else None
