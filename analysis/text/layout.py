"""The layout of news: where headline, standfirst, byline, date, captions and body stand on a pasted page.

Not for single lines that credit or date (`layout_credit`), nor for deciding what the date is (`dates`).
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from analysis.text.agencies import agency_of
from analysis.text.boilerplate import Span, scripts
from analysis.text.dates import find_dates, read_date
from analysis.text.layout_credit import LONGEST_CREDIT, Page, credit, heading_key, is_byline, without_dates
from analysis.text.layout_dateline import find_dateline
from analysis.text.layout_main import Line, lines_of, main_lines

_HEADER = 30  # lines above the main text that may hold its fields
_LONGEST_HEAD = 300
_FOOTER = 15  # lines below the main text that may still date or credit it
_DATED_BELOW = re.compile(r"(?:first )?(?:published|posted|printed|updated|last updated|created)\b", re.I)
_SOURCE = re.compile(r"(?:sources?|agency|via|with inputs from)\s*:\s*(?P<who>[^\n]{2,60})$", re.I)
# The text that stands for a picture while a page is copied: the agency, then words without an end.
_PICTURE = re.compile(
    r"(?:EPA|EPA-EFE|AFP|AP|Reuters|Getty Images|PA Media|PA|BBC|Alamy|Anadolu)(?:/[\w ]{2,30})? [A-Z][^.!?]{3,}$"
)


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
    page.dates.sort(
        key=lambda found: "date_updated" in read_date(found.text).flags
    )  # published before updated
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
        if len(line) > LONGEST_CREDIT:
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
        rest = without_dates(line.text, find_dates(line.text)).strip(" |,-–")
        if len(rest.split()) < 3 or is_byline(line.text) or agency_of(rest):
            continue
        words = _content(line.text)
        shared = len(words & body) / len(words) if words else 0.0
        score = (
            shared * min(len(words), 6) / 6 + (0.4 - 0.05 * i if clean_paste else 0.0) - 0.004 * (first - i)
        )
        if not (shared >= 0.4 or (clean_paste and i <= 2)):
            continue
        # Of two lines that stand together the first is the headline and the other, a sentence or not, its standfirst.
        near = best is not None and best[1] >= i - 2
        if near and best and (best[2] >= 0.4 or (clean_paste and line.text.endswith((".", "۔")))):
            continue
        if best is None or score > best[0]:
            best = (score, i, shared)
    return best[1] if best else None


def _introduces(lines: Sequence[Line], i: int, first: int) -> bool:
    """Say whether a line under the headline is a standfirst: something stands behind it, or it has no end."""
    return i + 1 < first or not lines[i].text.endswith((".", "۔"))


def _repeats(page: Page, lines: Sequence[Line], title: int, first: int, rules: dict[int, str]) -> None:
    """Take out the headline and standfirst where they stand again near the text."""
    known = {heading_key(page.title or "")} | ({heading_key(page.standfirst)} if page.standfirst else set())
    for i in range(max(0, title - _HEADER), min(first + 6, len(lines))):
        if i not in rules and i != first and heading_key(lines[i].text) in known:
            rules[i] = "repeated_title"


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
