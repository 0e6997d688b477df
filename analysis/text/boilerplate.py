"""Clutter inside the text: code that leaked out of a page, and the agency credited behind the last sentence.

RE2 patterns and bracket counting: linear in the text. Not for whole lines: those are in `lines`.
"""

import re
from typing import NamedTuple

import re2

from analysis.text.agencies import agency_of


class Span(NamedTuple):
    """A piece of a text that a rule wants out."""

    start: int
    end: int
    rule: str


# Where code that leaked into the text begins; how far it reaches is found by its brackets.
_CODE = re2.compile(
    r"(?:window\.)?\(?\s?adsbygoogle\s?=\s?window\.adsbygoogle\s?\|\|\s?\[\s?\]\s?\)?\s?\.push\("
    r"|\bgoogletag\.(?:cmd\.push|display|defineSlot|enableServices|pubads)\("
    r"|\bdocument\.(?:write|writeln|getElementById|createElement|addEventListener)\("
    r"|\b(?:fbq|gtag|_taboola\.push|dataLayer\.push|__tcfapi)\("
    r"|[(!]?\bfunction\s*[\w$]*\s*\([\w$, ]*\)\s*\{"
    r"|\bjQuery\(|\$\((?:document|window|function|['\"][#.])|\bwindow\.[A-Za-z_$][\w$.]*\s?=\s?[\[({]"
    r"|(?m:^[ \t]*(?:var|let|const)\s[A-Za-z_$][\w$]*\s?=)"
    r"|(?m:^[ \t]*(?:[.#][A-Za-z_][\w\-]*|@media|@import|@font-face)[\w .#>:,()\-]*\{)"
    r"|\[/?(?:caption|gallery|embed|video|audio|playlist|su_[a-z]+|vc_[a-z_]+|et_pb_[a-z_]+|"
    r"contact-form[\w-]*)(?:\s[^\[\]\n]*)?/?\]"
    r"|<!--|\bMedia error: Format\(s\) not supported or source\(s\) not found(?:\\n)*"
)
_CODE_HINT = re2.compile(r"[(\]{]\s*['\"{}\w$]*\s*[;)}{]|<!--|\[/?[a-z_]+[ \]]|Media error")
_BRACKET = re.compile(r"[(){}\[\]]")
_CODE_REACH = 3000

_CREDIT_AT_END = re2.compile(
    r"[.”\"’')]?\s?(?P<cut>[—–-]{1,2}\s?(?P<who>[A-Z][A-Za-z .]{1,24}(?:[/,&][A-Z][A-Za-z "
    r".]{1,20})?)\.?|\((?:With|with) (?:inputs?|additional reporting)[^()\n]{3,80}\))\s*$"
)


def scripts(text: str) -> list[Span]:
    """Give the script, style and shortcode remnants of a text."""
    spans: list[Span] = []
    if not _CODE_HINT.search(text):
        return spans
    closings: dict[int, int] | None = None
    done = 0
    for found in _CODE.finditer(text):
        start, end = found.start(), found.end()
        if start < done:
            continue
        if text.startswith("<!--", start):
            close = text.find("-->", end, end + _CODE_REACH)
            end = close + 3 if close >= 0 else -1
        elif text[end - 1] in "({[":
            closings = _closings(text) if closings is None else closings
            close = closings.get(end - 1, -1)
            end = close + 1 if 0 <= close <= end + _CODE_REACH else -1
        elif text[end - 1] == "=":
            close = text.find("\n", end, end + _CODE_REACH)
            stop = close if close >= 0 else min(len(text), end + _CODE_REACH)
            end = stop if text[end:stop].rstrip().endswith((";", "}")) else -1
        if end < 0:
            continue
        while end < len(text) and text[end] in ";)":
            end += 1
        spans.append(Span(start, end, "script"))
        done = end
    return spans


def _closings(text: str) -> dict[int, int]:
    """Give where each opening bracket of a text closes; the kinds of brackets are not told apart."""
    waiting: list[int] = []
    closings: dict[int, int] = {}
    for found in _BRACKET.finditer(text):
        if found[0] in "({[":
            waiting.append(found.start())
        elif waiting:
            closings[waiting.pop()] = found.start()
    return closings


def agency_credit(text: str) -> tuple[int, int, str | None] | None:
    """Find the agency credited behind the last sentence (`... he said. - AFP`): start, end, agency.

    >>> agency_credit("Rain fell.—AFP")
    (10, 14, 'AFP')
    """
    tail = max(0, len(text) - 160)
    found = _CREDIT_AT_END.search(text[tail:])
    if found is None:
        return None
    who = found.group("who")
    agency = agency_of(who, bracketed=True) if who else None
    if who and agency is None:
        return None
    return tail + found.start(1), tail + found.end(1), agency
