"""What stands beside a date in its line: the time and zone behind it; weekday, time and `Published:` before it.

Not for the date itself: that is `scan`. Every walk has a greatest length.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from analysis.text.dates.clock import NAMES, Clock, clock
from analysis.text.dates.words import PUBLISHED, UPDATED, WEEKDAY, kind_of

_ZONE = (
    r"(?:GMT|UTC)\s?[+-]\d{1,2}(?::?\d{2})?|[+-]\d{2}:?\d{2}|[A-Za-z]{1,5}(?![^\W\d_])"
    r"|(?-i:[A-Z]{2,4}(?=[A-Z][a-z]))"  # a page without its line breaks: ESTUpdated
)
_TIME_AFTER = re.compile(
    r"(?:T|[\s,،|·•@/~():–—-]{0,5}(?:(?:at|um|à|klo?|ساعت|الساعة|بوقت)\s{1,2})?)"
    r"(?:(?P<h>\d{1,2})(?P<c>[:.])(?P<m>\d{2})(?!\d)(?::(?P<s>\d{2})(?:[.,]\d{1,9})?)?"
    r"|(?P<h2>\d{1,2})(?=\s?[ap]\.?m\b)"
    r"|(?P<h4>\d{2})(?P<m4>\d{2})(?=\s?(?:[A-Z]{3,4}\b|Z\b|hrs)))"
    rf"(?P<half>\s?(?:[ap]\.?m\b\.?|[صم]\b|[قب]\.ظ))?(?:\s?\(?(?P<z>{_ZONE})\)?)?",
    re.I,
)
_TIME_WORD = re.compile(
    r"(?P<h>\d{1,2})[:.](?P<m>\d{2})(?::(?P<s>\d{2})(?:\.\d{1,9})?)?(?P<half>[ap]\.?m)?$", re.I
)
_FOUR = re.compile(r"(?P<h>\d{2})(?P<m>\d{2})$")
_OFFSET = re.compile(r"[+-]\d{1,2}(?::?\d{2})?$")
_HALF = re.compile(r"[ap]\.?m\.?$", re.I)
_WORDS = re.compile(r"[^\s,،|()\[\]•·\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")
_MARKS = ":–—~@*/"
_LONGEST_WORD = 24
_MOST_WORDS = 10
_MOST_SKIPPED = 6
_REACH = 60


class Lead(NamedTuple):
    """Where the words that belong to a date begin, the time among them, and what they say it is the date of."""

    start: int
    at: Clock | None
    role: str | None


def time_after(line: str, end: int) -> tuple[int, Clock | None]:
    """Read the time that follows a date; give where it ends, or `end`."""
    found = _TIME_AFTER.match(line, end)
    if found is None:
        return end, None
    half, zone = found["half"], _zone(found["z"], bool(found["half"]))
    if found["c"] == "." and not (half or zone):
        return end, None
    at = clock(
        found["h"] or found["h2"] or found["h4"], found["m"] or found["m4"] or "0", found["s"], half, zone
    )
    if at is None:
        return end, None
    return (found.end() if zone else found.end("half") if half else _end_of_digits(found)), at


def _end_of_digits(found: re.Match[str]) -> int:
    """Say where a time without half of the day or zone ends, fractions of a second included."""
    return found.end() if found["z"] is None else _before_zone(found)


def _before_zone(found: re.Match[str]) -> int:
    """Go back over the space and bracket before what was no zone."""
    at = found.start("z")
    while found.string[at - 1] in " (\t\xa0":
        at -= 1
    return at


def _zone(name: str | None, certain: bool) -> str:
    """Give the name of a zone as `clock` knows it, or nothing: `Est` may be a word, `EST` is none."""
    if not name:
        return ""
    if name[0] in "+-" or name[:3].upper() in ("GMT", "UTC"):
        return name
    return name.upper() if (name.isupper() or certain) and name.upper() in NAMES else ""


def word_before(line: str, floor: int, at: int) -> tuple[int, int]:
    """Give the span of the word that ends before `at`, marks between skipped; an empty span where there is none."""
    for first, last, _ in _words_back(line, floor, at):
        return first, last
    return at, at


def _words_back(line: str, floor: int, at: int) -> Iterator[tuple[int, int, str]]:
    """Give the words before a position from right to left, as long as only marks part them."""
    for found in reversed([*_WORDS.finditer(line, max(floor, at - _REACH), at)][-_MOST_WORDS:]):
        first, last = found.span()
        word = found[0].strip(_MARKS)
        if not word.strip("-"):
            continue
        if at - last > _MOST_SKIPPED or last - first > _LONGEST_WORD:
            return
        yield first, last, word
        at = first


def lead(line: str, floor: int, start: int) -> Lead:
    """Walk back over the words before a date that belong to it."""
    at, moment, role, half, zone = start, None, None, None, ""
    for first, _, word in _words_back(line, floor, start):
        kind = kind_of(word)
        if kind in (PUBLISHED, UPDATED):
            role = role or kind
        elif kind == WEEKDAY:
            pass
        elif _HALF.match(word):
            half = word
        elif kind is not None:
            pass
        elif (word.isupper() and word in NAMES) or (word[0] in "+-" and _OFFSET.match(word)):
            zone = zone or word
        elif word[0].isdecimal() and (
            (time := _TIME_WORD.match(word)) or (zone and (time := _FOUR.match(word)))
        ):
            parts = time.groupdict()
            made = clock(parts["h"], parts["m"], parts.get("s"), parts.get("half") or half, zone)
            if made is None:
                break
            moment, zone, half = moment or made, "", None
        else:
            break
        at = first
    return Lead(at, moment, role)


def role_between(line: str, floor: int, start: int) -> str | None:
    """Say what the words between two dates say of the second: the last that says published or updated."""
    if start <= floor:
        return None
    for word in reversed(line[max(floor, start - _REACH) : start].split()):
        kind = kind_of(word)
        if kind in (PUBLISHED, UPDATED):
            return kind
    return None
