"""The date of an article, chosen from all that its record, its page and its footer say.

In falling order of trust: printed in the text, published (the record's own field), listing, page. Not for reading one.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from analysis.text.base import DateCandidate
from analysis.text.dates.reading import DateReading, is_future, read_date

TRUST = ("printed", "published", "listing", "page")
_RANK = {kind: rank for rank, kind in enumerate(TRUST)}
_RELATIVE = ("date_relative_unanchored",)


class Chosen(NamedTuple):
    """The reading that was chosen, where it stood, and the string it was read from."""

    reading: DateReading
    source: str | None
    raw: str | None
    flags: tuple[str, ...]


def choose(
    candidates: Sequence[DateCandidate],
    *,
    order: str | None = None,
    zone: str | None = None,
    retrieved: date | None = None,
) -> Chosen:
    """Take the most trusted candidate that can be read.

    Parameters
    ----------
    candidates : sequence of DateCandidate
        In any order of kinds; of one kind the first counts, and what is said to be the date of a change comes last.
        Kinds outside `TRUST` are left out.
    order, zone, retrieved
        As in `read_date`.

    Returns
    -------
    Chosen
        `flags` holds what is doubtful about the reading; why more trusted ones were passed over (date_future: later
        than the retrieval); and dates_disagree where a less trusted one is more than a day away.

    Notes
    -----
    Cost: about three microseconds for two strings seen before.

    >>> choose([DateCandidate("page", "May 2, 2025"), DateCandidate("published", "2025-05-01")]).source
    'published'
    """
    flags: list[str] = []
    best: DateReading | None = None
    source: DateCandidate | None = None
    for candidate in _ranked(candidates):
        reading = read_date(candidate.text, order=order, zone=zone)
        if reading.flags == _RELATIVE and retrieved is not None:
            reading = read_date(candidate.text, retrieved=retrieved)
        if best is None:
            if reading.published is None:
                flags += reading.flags
            elif retrieved is not None and is_future(reading, retrieved):
                flags.append("date_future")
            else:
                best, source = reading, candidate
                flags += reading.flags
        elif reading.published is not None and _disagree(reading, best):
            flags.append("dates_disagree")
    unique = tuple(dict.fromkeys(flags))
    if best is None or source is None:
        return Chosen(DateReading(), None, None, unique)
    return Chosen(best, source.kind, source.text, unique)


def _ranked(candidates: Sequence[DateCandidate]) -> list[DateCandidate]:
    """Sort by trust; of one kind, what is said to be the date of a change comes last."""
    known = [c for c in candidates if c.kind in _RANK]
    if len(known) < 2:
        return known
    return sorted(known, key=lambda c: (_RANK[c.kind], "date_updated" in read_date(c.text).flags))


def _disagree(a: DateReading, b: DateReading) -> bool:
    """Say whether two dates differ by more than a day, or by their month or year where no more is known."""
    if a.published is None or b.published is None or "date_updated" in a.flags:
        return False
    if a.precision == b.precision == "day":
        return abs(a.published.toordinal() - b.published.toordinal()) > 1
    if "year" in (a.precision, b.precision):
        return a.published.year != b.published.year
    return (a.published.year, a.published.month) != (b.published.year, b.published.month)
