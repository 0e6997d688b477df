"""The layout of news: where headline, standfirst, byline, date, captions and body stand on a pasted page.

`read_page` takes a page apart that was pasted as a whole; `credit` and `same_text` read single lines of any body.
Not for deciding what the date is: that is `dates`.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.text.agencies import agency_of, is_desk
from analysis.text.base import DateCandidate
from analysis.text.boilerplate import Span, scripts
from analysis.text.dates import read_date
from analysis.text.layout_dateline import find_dateline
from analysis.text.layout_main import Line, lines_of, main_lines

_HEADER = 30  # lines above the main text that may hold its fields
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"(?:(?:first )?(?:published|posted|updated|last updated|last modified|modified)(?: (?:on|at))?:?\s*)?"
    rf"(?:(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
    rf"(?:{_MONTHS}\.?\s+[0-9]{{1,2}}(?:st|nd|rd|th)?,?\s+[0-9]{{4}}|[0-9]{{1,2}}(?:st|nd|rd|"
    rf"th)?[\s-]+{_MONTHS}\.?,?[\s-]+[0-9]{{4}}|"
    rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-][0-9]{{4}})"
    r"(?:[,|\s·•@T-]*(?:at\s+)?[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?\s*(?:am|pm|a\.m\.|"
    r"p\.m\.)?(?:\s*\(?(?:[A-Z]{2,4}|[+-][0-9:]{4,5})\)?)?)?",
    re.I,
)
_BY = re.compile(r"(?:by|from|written by|author|reported by|story by)\s*:?\s+", re.I)
_NAME = re.compile(
    r"(?:[A-Z][\w.'’-]*|al|bin|de|van|von|ul|ur|and|&|der|la)(?:[ ,]+(?:[A-Z][\w.'’-]*|al|bin|de|van|"
    r"von|ul|ur|and|&|der|la)){0,7}"
)
_LONGEST_HEAD = 300
_LONGEST_CREDIT = 160
_FOOTER = 15  # lines below the main text that may still date or credit it
_DATED_BELOW = re.compile(r"(?:first )?(?:published|posted|printed|updated|last updated|created)\b", re.I)
_DATED = re.compile(
    r"\b(?:first published|published|posted|printed|last updated|updated|created)(?: on| at)?\b\s*[:-]?", re.I
)
_SOURCE = re.compile(r"(?:sources?|agency|via|with inputs from)\s*:\s*(?P<who>[^\n]{2,60})$", re.I)
# The text that stands for a picture while a page is copied: the agency, then words without an end.
_PICTURE = re.compile(
    r"(?:EPA|EPA-EFE|AFP|AP|Reuters|Getty Images|PA Media|PA|BBC|Alamy|Anadolu)(?:/[\w ]{2,30})? [A-Z][^.!?]{3,}$"
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


def read_page(text: str) -> Page:
    """Take a pasted page apart."""
    page = Page()
    code = scripts(text)
    lines = [
        line if _inside(line, code) is None else line._replace(rule="script", prose=-4.0)
        for line in lines_of(text)
    ]
    keep = main_lines(lines)
    if not any(keep):
        page.flags.append(_without_text(lines))
        return page
    first = _first_paragraph(lines, keep)
    rules: dict[int, str] = {}
    _header(page, lines, keep, first, rules)
    _footer(page, lines, keep, rules)
    for i, line in enumerate(lines):
        if not keep[i] and i not in rules:
            rules[i] = line.rule or "navigation"
        elif keep[i] and line.rule and i not in rules:
            rules[i] = line.rule
    page.spans = _merged(lines, rules)
    return page


def _inside(line: Line, spans: Sequence[Span]) -> Span | None:
    """Give the span that holds a whole line."""
    at = bisect_right(spans, line.start, key=lambda span: span.start) - 1
    return spans[at] if at >= 0 and spans[at].end >= line.end else None


def _without_text(lines: Sequence[Line]) -> str:
    """Say what a page without running text is."""
    rules = [line.rule for line in lines]
    if lines and all(r == "caption" for r in rules):
        return "caption_only"
    if sum(r == "comment_form" for r in rules) * 2 > len(lines) or sum("says:" in x.text for x in lines) > 2:
        return "comments_only"
    return "headline_only" if len(lines) <= 2 else "only_navigation"


def _first_paragraph(lines: Sequence[Line], keep: Sequence[bool]) -> int:
    """Find the first line of the main text that is a sentence, not a standfirst without an end."""
    kept = [i for i, k in enumerate(keep) if k and lines[i].rule is None]
    for i in kept[:6]:
        if lines[i].words >= 8 and lines[i].text.rstrip("\"”’'») ").endswith(
            (".", "!", "?", "۔", "؟", "…", "।")
        ):
            return i
    return kept[0] if kept else keep.index(True)


def _header(
    page: Page, lines: Sequence[Line], keep: Sequence[bool], first: int, rules: dict[int, str]
) -> None:
    """Read the fields that stand above the first paragraph."""
    top = max(0, first - _HEADER)
    title = _headline(lines, keep, first)
    for i in range(top if title is None else title, first):
        line = lines[i].text
        if i == title:
            page.title, rules[i] = line, "headline"
            continue
        if len(line) > _LONGEST_HEAD and lines[i].rule != "caption":
            continue
        if lines[i].rule:
            rules[i] = lines[i].rule or ""
            continue
        where = find_dateline(line + " ")
        if where is not None and where.end >= len(line):
            page.dateline, page.agency = page.dateline or where.place, page.agency or where.agency
            rules[i] = "dateline"
        elif credit(line, page):
            rules[i] = "byline"
        elif _PICTURE.match(line) or (
            _PICTURE.match(lines[i - 1].text) and not line.endswith((".", "!", "?"))
        ):
            rules[i] = "caption"
        elif (
            title is not None
            and page.standfirst is None
            and lines[i].words >= 5
            and _introduces(lines, i, first)
        ):
            page.standfirst, rules[i] = line, "standfirst"
        elif title is not None and lines[i].words < 12 and not line.endswith((".", "!", "?", "۔")):
            rules[i] = "navigation"
    # A standfirst in whole sentences is told from the first paragraph by the byline or date behind it.
    if title is not None and page.standfirst is None and title + 1 == first:
        for i in range(first + 1, min(first + 4, len(lines))):
            if lines[i].words <= 12 and credit(lines[i].text, page):
                rules[i] = "byline"
                if i == first + 1 and first + 2 < len(lines):
                    page.standfirst, rules[first] = lines[first].text, "standfirst"
                break
    if title is not None:
        _repeats(page, lines, title, first, rules)


def _footer(page: Page, lines: Sequence[Line], keep: Sequence[bool], rules: dict[int, str]) -> None:
    """Read a date and an agency that stand below the main text and say so; the lines go with what is around them."""
    last = max(i for i, kept in enumerate(keep) if kept)
    for i in range(last + 1, min(last + 1 + _FOOTER, len(lines))):
        line = lines[i].text
        if len(line) > _LONGEST_CREDIT:
            continue
        source = _SOURCE.match(line)
        if source is not None:
            page.agency = page.agency or agency_of(source["who"], bracketed=True)
            rules[i] = "byline"
        elif _DATED_BELOW.match(line) and credit(line, page):
            rules[i] = "byline"


def _headline(lines: Sequence[Line], keep: Sequence[bool], first: int) -> int | None:
    """Choose the line above the text that shares most words with it."""
    body = {w for i in range(first, min(first + 60, len(lines))) if keep[i] for w in _content(lines[i].text)}
    best: tuple[float, int, float] | None = None
    clean_paste = first <= 10
    for i in range(max(0, first - _HEADER), first):
        line = lines[i]
        if line.rule or not 3 <= line.words <= 32 or len(line.text) > 250 or line.text[0] in "*•+»>":
            continue
        rest = _DATE.sub(" ", line.text).strip(" |,-–")
        if len(rest.split()) < 3 or _BY.match(line.text) or agency_of(rest):
            continue
        words = _content(line.text)
        shared = len(words & body) / len(words) if words else 0.0
        score = (
            shared * min(len(words), 6) / 6 + (0.4 - 0.05 * i if clean_paste else 0.0) - 0.004 * (first - i)
        )
        if not (shared >= 0.4 or (clean_paste and i <= 2)):
            continue
        # Of two lines that stand together the first is the headline and the other its standfirst.
        if best is None or (score > best[0] and not (best[1] >= i - 2 and best[2] >= 0.4)):
            best = (score, i, shared)
    return best[1] if best else None


def _introduces(lines: Sequence[Line], i: int, first: int) -> bool:
    """Say whether a line under the headline is a standfirst: something stands behind it, or it has no end."""
    return i + 1 < first or not lines[i].text.endswith((".", "۔"))


def _repeats(page: Page, lines: Sequence[Line], title: int, first: int, rules: dict[int, str]) -> None:
    """Take out the headline and standfirst where they stand again near the text."""
    known = {_key(page.title or "")} | ({_key(page.standfirst)} if page.standfirst else set())
    for i in range(max(0, title - _HEADER), min(first + 6, len(lines))):
        if i not in rules and i != first and _key(lines[i].text) in known:
            rules[i] = "repeated_title"


def credit(line: str, page: Page) -> bool:
    """Read a byline, an agency or a date that stand in a line of their own; say whether the line is nothing else."""
    if len(line) > _LONGEST_CREDIT:
        return False
    dates = [m.group() for m in _DATE.finditer(line)]
    rest = _DATED.sub(" ", _DATE.sub(" ", line)) if dates else line
    by = _BY.match(rest)
    rest = rest[by.end() :] if by else rest
    rest = " ".join(rest.split()).strip(" |/,-–—·•:@")
    agency = agency_of(rest, bracketed=bool(dates)) if rest else None
    named = bool(_NAME.fullmatch(rest)) if rest else False
    if not (by or dates or agency or is_desk(rest)):
        return False
    if rest and not (agency or named or is_desk(rest) or len(rest.split()) <= 2):
        return False
    if by is None and not dates and not agency and not is_desk(rest):
        return False
    for shown in dates:
        if read_date(shown).published is not None or "date_ambiguous" in read_date(shown).flags:
            page.dates.append(DateCandidate("page", shown))
    if agency:
        page.agency = page.agency or agency
    elif rest.isupper() and dates and _DATED.search(line) and line.rstrip().endswith(rest):
        page.dateline = page.dateline or rest  # "Updated - July 20, 2023 10:45 pm - DELHI"
    elif rest and (named or is_desk(rest)) and len(rest.split()) <= 8:
        page.author = page.author or rest
    return True


def same_text(a: str, b: str) -> bool:
    """Say whether two headings are the same, but for case, marks and a cut end."""
    if len(a) > 2 * len(b) + 20 or len(b) > 2 * len(a) + 20:
        return False
    x, y = _key(a), _key(b)
    return bool(x) and (
        x == y
        or (
            min(len(x), len(y)) >= 25
            and (x.startswith(y) or y.startswith(x))
            and max(len(x), len(y)) <= 1.25 * min(len(x), len(y))
        )
    )


def _key(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _content(text: str) -> set[str]:
    return {w for w in (w.strip(".,:;!?'\"‘’“”()") for w in text.casefold().split()) if len(w) >= 4}


def _merged(lines: Sequence[Line], rules: dict[int, str]) -> list[Span]:
    """Join neighbouring lines of one rule into one span."""
    spans: list[Span] = []
    last = -2
    for i in sorted(rules):
        if (
            spans
            and last == i - 1
            and spans[-1].rule == rules[i]
            and rules[i] in ("navigation", "comment_form", "share")
        ):
            spans[-1] = Span(spans[-1].start, lines[i].end, rules[i])
        else:
            spans.append(Span(lines[i].start, lines[i].end, rules[i]))
        last = i
    return spans
