"""Dates of publication: read from what a page, a listing or a footer says, never guessed row by row.

03/04/2025 is two days until the outlet's own order is known; nothing ever means "today". Not for events in a text.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from analysis.text.base import DateCandidate

TRUST = ("printed", "published", "listing", "page")
_MONTHS = {
    m: i
    for i, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        1,
    )
    for m in names.split()
}
_MONTH = "(?P<m>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_ISO = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?"
    r"(?:[T ](?P<t>\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?).*)?$",
    re.A,
)
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})$", re.A)
_YMD = re.compile(r"(?P<y>\d{4})[/.](?P<m>\d{1,2})[/.](?P<d>\d{1,2})\b", re.A)
_NUMERIC = re.compile(r"(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4})\b", re.A)
_MDY = re.compile(_MONTH + r"\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})\b", re.A | re.I)
_DMY = re.compile(
    r"\b(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?" + _MONTH + r",?[\s-]+(?P<y>\d{4})\b", re.A | re.I
)
_MY = re.compile(r"^" + _MONTH + r",?\s+(?P<y>\d{4})$", re.A | re.I)
_YEAR = re.compile(r"^(?P<y>(?:19|20)\d{2})$", re.A)
_UPDATED = re.compile(r"\b(?:last\s+)?(?:updated|modified)\b.*$", re.I)
_PRINTED = re.compile(
    r"^[ \t]*(?:First )?(?:Published|Printed|published)\s+(?:in|on|by)\s+(?:[^\n]{1,60}?,\s+)?(?:on\s+)?"
    r"((?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})|"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}\.?,?\s+\d{4}))\.?\s*$",
    re.A | re.M,
)
_TAIL = 300


class DateReading(NamedTuple):
    """A date with its precision (day, month, year), the instant where known, and what is doubtful about it."""

    published: date | None = None
    precision: str | None = None
    at: datetime | None = None
    flags: tuple[str, ...] = ()


class Chosen(NamedTuple):
    """The reading that was chosen, where it stood, and the string it was read from."""

    reading: DateReading
    source: str | None
    raw: str | None
    flags: tuple[str, ...]


@lru_cache(maxsize=65536)
def read_date(
    text: str, *, order: str | None = None, zone: str | None = None, retrieved: date | None = None
) -> DateReading:
    """Read one string as a date of publication.

    >>> read_date("Published in Dawn, January 1st, 2025").published
    datetime.date(2025, 1, 1)
    >>> read_date("03/04/2025").flags
    ('date_ambiguous',)
    >>> read_date("03/04/2025", order="dmy").published
    datetime.date(2025, 4, 3)
    """
    shown = " ".join(_UPDATED.sub("", text).split())
    if not shown:
        return DateReading(flags=("date_unread",) if text.strip() else ())
    if found := _ISO.match(shown):
        return _iso(found, zone)
    for pattern in (_COMPACT, _YMD):
        if found := pattern.match(shown):
            return _day(found["y"], found["m"], found["d"])
    if found := _NUMERIC.search(shown):
        return _numeric(int(found["a"]), int(found["b"]), found["y"], order)
    for pattern in (_MDY, _DMY):
        if found := pattern.search(shown):
            return _day(found["y"], _MONTHS[found["m"].lower()], found["d"])
    if found := _MY.match(shown):
        return DateReading(date(int(found["y"]), _MONTHS[found["m"].lower()], 1), "month")
    if found := _YEAR.match(shown):
        return DateReading(date(int(found["y"]), 1, 1), "year")
    return DateReading(flags=("date_unread",))


def choose(
    candidates: Sequence[DateCandidate],
    *,
    order: str | None = None,
    zone: str | None = None,
    retrieved: date | None = None,
) -> Chosen:
    """Take the most trusted candidate that can be read: printed, published, listing, page."""
    flags: list[str] = []
    best: tuple[DateReading, DateCandidate] | None = None
    for kind in TRUST:
        for candidate in (c for c in candidates if c.kind == kind):
            reading = read_date(candidate.text, order=order, zone=zone)
            if reading.published is None:
                flags += reading.flags
            elif (
                retrieved is not None
                and reading.published > retrieved
                and reading.precision == "day"
                and (reading.published - retrieved).days > 1
            ):
                flags.append("date_future")
            elif best is None:
                best = (reading, candidate)
                flags += reading.flags
            elif (
                best[0].published is not None
                and reading.precision == best[0].precision == "day"
                and abs((reading.published - best[0].published).days) > 1
            ):
                flags.append("dates_disagree")
    unique = tuple(dict.fromkeys(flags))
    if best is None:
        return Chosen(DateReading(), None, None, unique)
    return Chosen(best[0], best[1].kind, best[1].text, unique)


@dataclass
class OrderEvidence:
    """How many numeric dates of an outlet can only be day first, only month first, or either."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, text: str) -> None:
        """Count one string."""
        if found := _NUMERIC.search(text):
            a, b = int(found["a"]), int(found["b"])
            kind = "dmy" if a > 12 >= b else "mdy" if b > 12 >= a else "either"
            self.counts[kind] += 1

    def merge(self, other: "OrderEvidence") -> "OrderEvidence":
        """Add two counts."""
        return OrderEvidence(self.counts + other.counts)

    def decide(self) -> str | None:
        """Give the order where the evidence is one-sided (twenty to one), else None."""
        day, month = self.counts["dmy"], self.counts["mdy"]
        if day > 20 * month:
            return "dmy"
        return "mdy" if month > 20 * day else None


def find_printed_date(text: str) -> list[tuple[int, int, str]]:
    """Find footers such as `Published in The Example, March 3rd, 2025` in the last 300 characters: start, end, date."""
    begin = max(0, len(text) - _TAIL)
    return [(begin + m.start(), begin + m.end(), m[1]) for m in _PRINTED.finditer(text[begin:])]


def _day(year: object, month: object, day: object, flags: tuple[str, ...] = ()) -> DateReading:
    try:
        return DateReading(date(int(str(year)), int(str(month)), int(str(day))), "day", None, flags)
    except ValueError:
        return DateReading(flags=("date_impossible",))


def _numeric(a: int, b: int, year: str, order: str | None) -> DateReading:
    if a == b or a > 12 or b > 12:
        return _day(year, a, b) if b > 12 else _day(year, b, a)
    if order in ("dmy", "mdy"):
        return _day(year, b, a) if order == "dmy" else _day(year, a, b)
    return DateReading(flags=("date_ambiguous",))


def _iso(found: re.Match[str], zone: str | None) -> DateReading:
    if found["d"] is None:
        try:
            return DateReading(date(int(found["y"]), int(found["m"]), 1), "month")
        except ValueError:
            return DateReading(flags=("date_impossible",))
    reading = _day(found["y"], found["m"], found["d"])
    if reading.published is None or not found["t"]:
        return reading
    try:
        at = datetime.fromisoformat(f"{reading.published.isoformat()}T{found['t'].replace(' ', '')}")
    except ValueError:
        return reading
    if at.tzinfo is None:
        if zone is None:
            return reading
        at = at.replace(tzinfo=ZoneInfo(zone))
    local = at.astimezone(ZoneInfo(zone)) if zone else at
    return DateReading(local.date(), "day", at.astimezone(UTC))
