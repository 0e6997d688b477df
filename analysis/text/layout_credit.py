"""What a page holds as fields, and lines that only credit or date: bylines, agencies, desks, dates, places.

Not for where on a page these lines stand: that is `layout`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.text.agencies import agency_of, is_desk
from analysis.text.base import DateCandidate
from analysis.text.boilerplate import Span
from analysis.text.dates import find_dates, read_date

LONGEST_CREDIT = 160
_LONGEST_AGO = 40
_BY = re.compile(r"(?:by|from|written by|author|reported by|story by)\s*:?\s+", re.I)
_NAME = re.compile(
    r"(?:[A-Z][\w.'’-]*|al|bin|de|van|von|ul|ur|and|&|der|la)(?:[ ,]+(?:[A-Z][\w.'’-]*|al|bin|de|van|"
    r"von|ul|ur|and|&|der|la)){0,7}"
)
_DATED = re.compile(
    r"\b(?:first published|published|posted|printed|last updated|updated|created)(?: on| at)?\b\s*[:-]?", re.I
)


@dataclass
class Page:
    """What a pasted page holds: fields, and the spans that are not body."""

    title: str | None = None
    standfirst: str | None = None
    author: str | None = None
    agency: str | None = None
    dateline: str | None = None
    section: str | None = None
    dates: list[DateCandidate] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)


def credit(line: str, page: Page) -> bool:
    """Read a byline, an agency or a date that stand in a line of their own; say whether the line is nothing else."""
    if len(line) > LONGEST_CREDIT:
        return False
    dates = find_dates(line)
    rest = without_dates(line, dates)
    by = _BY.match(rest)
    rest = rest[by.end() :] if by else rest
    rest = " ".join(rest.split()).strip(" |/,-–—·•:@")
    agency = agency_of(rest, bracketed=bool(dates)) if rest else None
    named = bool(_NAME.fullmatch(rest)) if rest else False
    if not (by or dates or agency or is_desk(rest)):
        return _relative(line, page)
    if rest and not (agency or named or is_desk(rest) or len(rest.split()) <= 2):
        return False
    for _, _, shown in dates:
        reading = read_date(shown)
        if reading.published is not None or "date_ambiguous" in reading.flags:
            page.dates.append(DateCandidate("page", shown))
    if agency:
        page.agency = page.agency or agency
    elif rest.isupper() and dates and _DATED.search(line) and line.rstrip().endswith(rest):
        page.dateline = page.dateline or rest  # "Updated - July 20, 2023 10:45 pm - DELHI"
    elif rest and (named or is_desk(rest)) and len(rest.split()) <= 8:
        page.author = page.author or rest
    return True


def without_dates(line: str, dates: Sequence[tuple[int, int, str]]) -> str:
    """Give a line without the dates found in it and the words that frame them."""
    if not dates:
        return line
    kept, done = [], 0
    for start, end, _ in dates:
        kept.append(line[done:start])
        done = end
    return _DATED.sub(" ", " ".join([*kept, line[done:]]))


def _relative(line: str, page: Page) -> bool:
    """See whether a line says nothing but how long ago: it dates the page where its retrieval is known."""
    if len(line) > _LONGEST_AGO or not any(c.isdigit() for c in line):
        return False
    if "date_relative_unanchored" not in read_date(line).flags:
        return False
    page.dates.append(DateCandidate("page", line))
    return True


def same_text(a: str, b: str) -> bool:
    """Say whether two headings are the same, but for case, marks and a cut end."""
    if len(a) > 2 * len(b) + 20 or len(b) > 2 * len(a) + 20:
        return False
    x, y = heading_key(a), heading_key(b)
    return bool(x) and (
        x == y
        or (
            min(len(x), len(y)) >= 25
            and (x.startswith(y) or y.startswith(x))
            and max(len(x), len(y)) <= 1.25 * min(len(x), len(y))
        )
    )


def heading_key(text: str) -> str:
    """Fold a heading: letters and digits alone."""
    return "".join(c for c in text.casefold() if c.isalnum())


def is_byline(line: str) -> bool:
    """Say whether a line begins as a byline does."""
    return _BY.match(line) is not None
