"""Every date that stands in a line, in any of the languages: where it is, its parts, its time, what it is the date of.

One pass from digit to digit (a full date has digits in every language); every quantifier is bounded, so that time grows
with the length only. Not for deciding what a numeric date means: that is `reading`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from analysis.text.dates.beside import Lead, lead, time_after, word_before
from analysis.text.dates.calendars import calendar_of
from analysis.text.dates.clock import Clock, clock
from analysis.text.dates.months import SOLAR, month_of

_SPACE = r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
_WORD = r"[^\W\d_][^\s\d!-/:-@\[-`{-~،؛؟۔।–—]{0,15}+"
_NAME = rf"(?:{_WORD}(?:\s(?:الثاني|الثانی|الأول|الاول))?)"
_ORDINAL = r"(?:[SsNnRrTt][TtDdHh]|er|º|ª|ویں)?+"
_OF = rf"(?:(?:[Oo][Ff]|de|del|do|den){_SPACE}{{1,2}})?"
_GAP = rf"(?:{_SPACE}|[.,،/'’-]){{0,4}}+"
_STOP = r"(?:(?!\d)|(?=\d{1,2}:\d\d))"  # a page without its line breaks glues the time to the year
# The empty groups name the form that matched.
_YEAR_FIRST = re.compile(
    r"\d{4}(?:"
    r"(?P<sep>\s?[-/.]\s?)\d{1,2}(?P=sep)\d{1,2}(?P<year_first>)(?!\d)"
    r"|\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일](?P<signs>)"
    rf"|{_GAP}(?P<month>{_NAME}){_GAP}\d{{1,2}}(?P<named>)(?!\d|[,،]?\s?\d{{4}})"
    r")"
)
_YEAR_LAST = re.compile(
    r"\d{1,2}(?:"
    r"(?P<sep>\s?[-/.]\s?)\d{1,2}(?P=sep)(?:\d{4}|\d{2})(?P<year_last>)(?!\d)"
    rf"|{_ORDINAL}{_GAP}{_OF}(?P<month>{_NAME})(?:\s?/\s?{_NAME})?{_GAP}{_OF}"
    rf"(?:\d{{4}}|(?<=[-/.'’])\d{{2}})(?P<day_first>){_STOP}"
    rf"|{_ORDINAL}(?:{_SPACE}|[,،.'’-]){{1,4}}+(?:\d{{4}}|(?<=['’-])\d{{2}})(?P<month_first>){_STOP}"
    r"|\s(?P<time>\d{2}:\d{2}:\d{2})\s(?:(?P<zone>[A-Z]{3,4}|[+-]\d{4})\s)?\d{4}(?P<year_behind>)(?!\d)"
    r")"
)
_NUMBERS = re.compile(r"\d+")
_LUNAR = re.compile(r"\s?(?:هـ|ه\b|ھ|ہجری|هجري|قمری|AH\b)(?!\s?\.?\s?ش)")
_REACH = 30
_SECOND_NAMES = ("الثاني", "الثانی", "الأول", "الاول")


class Found(NamedTuple):
    """A date as it stands.

    `start` and `end` include the words about it, `core` is the date alone; `parts` are its numbers: year, month, day
    where the form says which is which, else (with `order_open`) as they are printed, the year last.
    """

    start: int
    end: int
    core: tuple[int, int]
    parts: tuple[int, int, int]
    calendar: str | None
    short: bool
    order_open: bool
    at: Clock | None
    role: str | None


class _Core(NamedTuple):
    start: int
    end: int
    parts: tuple[int, int, int]
    calendar: str | None
    short: bool = False
    order_open: bool = False
    at: Clock | None = None


def find_dates(line: str) -> list[tuple[int, int, str]]:
    """Find every full date of a line: day, month and year, with weekday, time, zone and words such as `Published:`.

    Parameters
    ----------
    line : str
        One line of a page, in any of the languages of `months`. Numeric dates count in whatever order they are.

    Returns
    -------
    list of (int, int, str)
        Start, end, and the text between them, which `read_date` reads; from left to right, without overlap. What has
        the form of a date is found also where there is no such day (31 February): reading it says so.

    Notes
    -----
    Cost: one pass, some microseconds for 100 characters; no backtracking beyond a few characters.

    >>> find_dates("By A. Writer | Jul 20, 2023 | 10:30 pm")
    [(15, 38, 'Jul 20, 2023 | 10:30 pm')]
    """
    return [(f.start, f.end, line[f.start : f.end]) for f in scan(line)]


def scan(line: str) -> Iterator[Found]:
    """Give every date of a line with its parts."""
    floor = 0
    for number in _NUMBERS.finditer(line):
        start, stop = number.span()
        if start < floor or stop - start > 4 or stop - start == 3:
            continue
        found = (_YEAR_FIRST if stop - start == 4 else _YEAR_LAST).match(line, start)
        core = found and _core(line, floor, found)
        if core is None:
            continue
        before = lead(line, floor, core.start) if core.start > floor else Lead(core.start, None, None)
        end, after = time_after(line, core.end) if core.end < len(line) else (core.end, None)
        yield Found(
            before.start,
            end,
            (core.start, core.end),
            core.parts,
            core.calendar,
            core.short,
            core.order_open,
            core.at or after or before.at,
            before.role,
        )
        floor = end


def _core(line: str, floor: int, found: re.Match[str]) -> _Core | None:
    """Make a date of a match, or None where it is something else: a version, an address, words between numbers."""
    start, end, form = found.start(), found.end(), found.lastgroup
    if form not in ("month_first", "year_behind") and not _free(line, start):
        return None
    shown = _NUMBERS.findall(found[0])
    if form in ("year_first", "year_last", "signs"):
        return _numeric(line, found, shown)
    if form == "day_first":
        return _named(found["month"], shown[-1], shown[0], start, end)
    if form == "named":
        return _named(found["month"], shown[0], shown[-1], start, end)
    at = None
    # November 21-22 are two days, and Nov-21-22 is one.
    if len(shown[-1]) == 2 and line[start - 1 : start] != "-" and not {"'", "’"} & set(found[0]):
        return None
    if form == "year_behind":
        at = clock(found["time"][:2], found["time"][3:5], found["time"][6:], None, found["zone"] or "")
    # Most often a space and a word stand before the day; else what parts words is looked for.
    first = (
        line.rfind(" ", max(floor, start - _REACH), start - 1) + 1 if line[start - 1 : start] == " " else 0
    )
    name = line[first : start - 1] if first else ""
    if not name or month_of(name) is None:
        first, last = word_before(line, floor, start)
        if line[first:last] in _SECOND_NAMES:
            first, _ = word_before(line, floor, first)
        name = line[first:last].strip(".:-")
    return _named(name, shown[-1], shown[0], first, end, at)


def _free(line: str, start: int) -> bool:
    """Say whether a number begins here: not inside a word, an address, a version or a time."""
    if start == 0:
        return True
    before = line[start - 1]
    if before in "./-–" or (before.isascii() and before.isalpha()):
        return False
    return not (before in ":," and start > 1 and line[start - 2].isdecimal())


def _named(name: str, year: str, day: str, start: int, end: int, at: Clock | None = None) -> _Core | None:
    month = month_of(name)
    if month is None:
        return None
    short = len(year) == 2
    if not short and calendar_of(int(year)) != month.calendar:
        return None
    return _Core(start, end, (int(year), month.number, int(day)), month.calendar, short, False, at)


def _numeric(line: str, found: re.Match[str], shown: list[str]) -> _Core | None:
    start, end = found.span()
    after = line[end : end + 2]
    if after[:1] in ("/", "-") or (after[:1] == "." and after[1:].isdecimal()):
        return None
    a, b, c = (int(n) for n in shown)
    if found.lastgroup != "year_last":
        calendar = calendar_of(a)
        parts = (a, b, c)
    elif len(shown[2]) == 2:
        return _short(found, shown, (a, b, c))
    else:
        calendar, parts = calendar_of(c), (a, b, c)
    if calendar is None or (calendar == SOLAR and _LUNAR.match(line, end)):
        return None
    return _Core(start, end, parts, calendar, False, found.lastgroup == "year_last")


def _short(found: re.Match[str], shown: list[str], parts: tuple[int, int, int]) -> _Core | None:
    """Take 07/05/25 for a date, but no score (2-1-19), version (10.2.23) or sum."""
    separator = found["sep"]
    padded = len(shown[0]) == len(shown[1]) == 2
    if separator not in ("/", "-", ".") or (separator != "/" and not padded):
        return None
    return _Core(*found.span(), parts, None, True, True)
