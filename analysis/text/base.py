"""The values that pass through cleaning: what came in, what went out, and what was removed.

Not for storage: `analysis.schema` says how these are stored.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

PARTS = ("title", "standfirst", "body")


class Removal(NamedTuple):
    """One piece taken out of the normalised text of a part; `text` is exactly `normalised[start:end]`."""

    part: str
    rule: str
    start: int
    end: int
    text: str


class DateCandidate(NamedTuple):
    """A string that may be the date of publication, and where it stood.

    `kind` is one of printed, published, listing, page, retrieved (in falling order of trust;
    `retrieved` only ever anchors relative dates).
    """

    kind: str
    text: str


class Dateline(NamedTuple):
    """What a dateline says, and where it ends; it starts where the text starts."""

    end: int
    place: str | None
    agency: str | None
    desk: str | None


@dataclass(frozen=True, slots=True)
class Raw:
    """An article as it was read: mapped fields, not yet cleaned. Empty strings count as absent (None)."""

    title: str | None = None
    standfirst: str | None = None
    body: str | None = None
    outlet: str | None = None
    agency: str | None = None
    section: str | None = None
    author: str | None = None
    language: str | None = None
    link: str | None = None
    dates: tuple[DateCandidate, ...] = ()
    pasted: bool = False
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article after cleaning, with the ledger of what was removed from it."""

    title: str | None = None
    standfirst: str | None = None
    body: str | None = None
    outlet: str | None = None
    agency: str | None = None
    section: str | None = None
    author: str | None = None
    dateline: str | None = None
    language: str | None = None
    language_declared: str | None = None
    published: date | None = None
    published_precision: str | None = None
    published_at: datetime | None = None
    published_source: str | None = None
    published_raw: str | None = None
    retrieved: date | None = None
    flags: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    removals: tuple[Removal, ...] = ()


def rebuild(kept: str, removals: tuple[Removal, ...]) -> str:
    """Put removals of one part back: the normalised text, exactly.

    >>> rebuild("body", (Removal("body", "footer", 4, 7, " by"),))
    'body by'
    """
    pieces: list[str] = []
    done = taken = 0
    for removal in removals:
        keep = removal.start - done
        pieces += [kept[taken : taken + keep], removal.text]
        taken += keep
        done = removal.end
    return "".join([*pieces, kept[taken:]])
