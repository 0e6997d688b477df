"""What stands in a body that is not its text, and what that says: one pass over the lines of one article.

Composes the rules of `boilerplate`, `layout` and what was `learned`; deciding and cutting is `clean`. Not for titles.
"""

from dataclasses import dataclass

from analysis.text.base import DateCandidate, Raw
from analysis.text.boilerplate import Span, agency_credit, scripts
from analysis.text.dates import find_printed_date
from analysis.text.layout import read_page
from analysis.text.layout_credit import Page, credit, same_text
from analysis.text.layout_dateline import REACH, find_dateline
from analysis.text.learned import Learned
from analysis.text.lines import LONGEST_LINE, known_line, may_hold
from analysis.text.spans import settled

_TOP = 12  # lines at the start that may repeat or introduce
_CREDIT_LINE = 100
_CREDITS = 3


@dataclass
class Body(Page):
    """The fields and spans of a body."""


def read_body(raw: Raw, learned: Learned | None) -> Body:
    """Find what is not text in the body of a prepared article."""
    text = raw.body or ""
    body = Body()
    if raw.pasted:
        page = read_page(text)
        body = Body(**vars(page))
    body.spans += scripts(text)
    for start, end, shown in find_printed_date(text):
        body.spans.append(Span(start, end, "printed_date"))
        body.dates.append(DateCandidate("printed", shown))
    if learned is not None:
        _learned(text, learned, body)
    if not raw.pasted:
        _known(text, body)
    title, standfirst = raw.title or body.title, raw.standfirst or body.standfirst
    _top(text, title, standfirst, body)
    _bottom(text, body)
    return body


def _learned(text: str, learned: Learned, body: Body) -> None:
    """Take out the lines learned from repetition; a column's heading is kept as section."""
    for start, line, known in learned.find(text):
        body.spans.append(Span(start, start + len(line), known.rule))
        if known.kind == "section" and body.section is None:
            body.section = line


def _known(text: str, body: Body) -> None:
    """Take out the lines known for what they say."""
    if not may_hold(text):
        return
    position = 0
    for line in text.split("\n"):
        if line and len(line) <= LONGEST_LINE:
            stripped = line.strip()
            rule = known_line(stripped) if stripped else None
            if rule is not None:
                start = position + len(line) - len(line.lstrip())
                body.spans.append(Span(start, start + len(stripped), rule))
        position += len(line) + 1


def _top(text: str, title: str | None, standfirst: str | None, body: Body) -> None:
    """Take out what repeats or introduces at the start: title, standfirst, byline, dateline."""
    cuts = iter([*settled(body.spans), Span(len(text), len(text), "")])
    at, n = 0, len(text)
    cut = next(cuts)
    for _ in range(_TOP):
        while at < n:
            while at < n and text[at].isspace():
                at += 1
            if cut.start > at or cut.start >= n:
                break
            at = max(at, cut.end)
            cut = next(cuts)
        if at >= n:
            return
        taken = _first_line(text, at, title, standfirst, body) or _dateline(text, at, cut.start, body)
        if taken is None:
            return
        body.spans.append(taken)
        at = taken.end
        while cut.start < at and cut.start < n:
            cut = next(cuts)


def _first_line(text: str, at: int, title: str | None, standfirst: str | None, body: Body) -> Span | None:
    """See whether the line at the top repeats a field or is a byline."""
    stop = text.find("\n", at, at + LONGEST_LINE + 1)
    if stop < 0 and at + LONGEST_LINE < len(text):
        return None
    line = text[at : stop if stop >= 0 else at + LONGEST_LINE + 1].strip()
    if title and same_text(line, title):
        rule = "repeated_title"
    elif standfirst and same_text(line, standfirst):
        rule = "repeated_standfirst"
    elif len(line) <= _CREDIT_LINE and stop >= 0 and credit(line, body):
        rule = "byline"
    else:
        return None
    return Span(at, at + len(line), rule)


def _dateline(text: str, at: int, limit: int, body: Body) -> Span | None:
    """See whether the text begins with a dateline; a place may have its own colon before day and agency."""
    found = find_dateline(text[at : min(at + REACH, limit)])
    if found is None or at + found.end >= len(text):
        return None
    body.dateline = body.dateline or found.place
    body.agency = body.agency or found.agency
    body.author = body.author or found.desk
    return Span(at, at + len(text[at : at + found.end].rstrip()), "dateline")


def _bottom(text: str, body: Body) -> None:
    """Take the agency credited behind the last sentence."""
    _not_a_caption(text, body)
    for _ in range(_CREDITS):
        end = len(text)
        for span in reversed(settled(body.spans)):
            if text[span.end : end].strip():
                break
            end = span.start
        found = agency_credit(text[:end][-200:].rstrip())
        if found is None:
            return
        tail = max(0, end - 200)
        body.spans.append(Span(tail + found[0], tail + found[1], "agency_credit"))
        body.agency = body.agency or found[2]


def _not_a_caption(text: str, body: Body) -> None:
    """A last line that ends in an agency is a sentence with a credit, unless it stands among captions."""
    captions = sorted((s for s in body.spans if s.rule == "caption"), key=lambda s: s.start)
    if not captions or text[captions[-1].end :].strip():
        return
    last = captions[-1]
    among = len(captions) > 1 and not text[captions[-2].end : last.start].strip()
    found = agency_credit(text[last.start : last.end])
    if found is None or among or not text[: last.start].strip():
        return
    if known_line(text[last.start : last.start + found[0]].strip()) != "caption":
        body.spans.remove(last)
