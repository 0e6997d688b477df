"""Footers of the printed edition, such as `Published in The Example, March 3rd, 2025`: the best date there is.

Not for dates above the text, nor for sentences about publications ("Published in a journal on 3 March, the study...").
"""

import re

from analysis.text.dates.scan import scan

_TAIL = 300  # characters at the end of a text where a footer may also stand within a line
_LONGEST = 200  # of a footer
_MOST_BEFORE = 60
_NAME = 100  # of what stands between the first words and the date: newspaper, section
_START = re.compile(
    r"(?:(?:this|the)\s(?:article|story|report|piece|column|item|op-ed|editorial)\s(?:was\s)?)?"
    r"(?:(?:first|originally|also)\s)?(?:published|printed|appeared)[ \t]{1,3}(?P<how>in|on|by)\b",
    re.I,
)
_NEEDLES = ("ublished", "UBLISHED", "rinted ", "RINTED ", "ppeared", "PPEARED")
_OPENING = " \t\xa0(*_•–—-[“\"'"
_CLOSING = " \t\xa0.)]*_”\"'"
_EDITION = re.compile(r"\s(?:edition|issue|print edition|print issue)\b", re.I)
_BREAK_SHOWN = ("\\n", "\\r")  # a line break that an export wrote out
_LOOSE = re.compile(
    r",?\s((?:[^\W\d_]{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th)?\s[^\W\d_]{3,12}\.?),?\s\d{4})$"
)
_SENTENCE = re.compile(r"[^\W\d_]{4}[.!?]\s")
_CLUTTER = re.compile(r"[\s.)\]]*(?:[A-Z#@]|[^\w\s,;)\]])")
_ENDS = (".", "!", "?", "”", '"', "’", "'", ")", "]", "…", ":", "*", "۔", "।")


def find_printed_date(text: str) -> list[tuple[int, int, str]]:
    r"""Find the footers of a text: start, end, and the date as printed.

    Parameters
    ----------
    text : str
        The text of one article, normalised.

    Returns
    -------
    list of (int, int, str)
        From left to right. A footer has a line of its own, wherever that is (leftovers may follow it), or ends
        a line behind a sentence; in the last 300 characters leftovers may also follow in the same line. The date is ""
        where a footer there names the newspaper only.

    Notes
    -----
    Cost: linear; some ten microseconds for 5,000 characters without such words.

    >>> find_printed_date("The end.\n\nPublished in The Example, Magazine, March 2nd, 2025")
    [(10, 61, 'March 2nd, 2025')]
    """
    found: list[tuple[int, int, str]] = []
    done = 0
    for at in _needles(text):
        if at >= done and (footer := _footer(text, at)) is not None:
            found.append(footer)
            done = footer[1]
    return found


def _needles(text: str) -> list[int]:
    """Give where a word begins that a footer holds; finding plain strings is far quicker than a pattern."""
    places: list[int] = []
    for needle in _NEEDLES:
        at = text.find(needle)
        while at >= 0:
            if at:
                places.append(at - 1)
            at = text.find(needle, at + len(needle))
    return sorted(places)


def _footer(text: str, at: int) -> tuple[int, int, str] | None:
    """Take what begins at or just before a word such as `Published` for a footer, or not."""
    line, own = _line_start(text, at)
    opening = _START.match(text, line) if own else None
    if opening is None or opening.end() <= at:
        own, opening = False, _START.match(text, at)
    if opening is None:
        return None
    stop, whole = _line_end(text, opening.end())
    rest = text[opening.end() : stop]
    near_end = len(text) - opening.start() <= _TAIL
    ended = own or text[max(0, at - _MOST_BEFORE) : at].rstrip().endswith(_ENDS)
    hit = next(scan(rest), None)
    if hit is None:
        shown = _without_date(rest, opening["how"].lower(), own and near_end and whole)
        return None if shown is None else (_outset(text, opening, own), _inset(text, stop), shown)
    name, tail = rest[: hit.start], _EDITION.sub("", rest[hit.end :], count=1)
    if not _is_name(name, opening["how"].lower(), near_end):
        return None
    clean = whole and not tail.strip(_CLOSING)
    capital = text[at].isupper()
    if clean:
        accepted = own or (capital and _proper(name) and (ended or near_end))
    else:
        accepted = near_end and capital and ended and name.rstrip().endswith(",") and _clutter(tail)
    if not accepted:
        return None
    end = _inset(text, stop) if clean else opening.end() + hit.end
    return _outset(text, opening, own), end, rest[hit.core[0] : hit.end]


def _line_start(text: str, at: int) -> tuple[int, bool]:
    """Give where the line of a position begins, marks left out, and whether the position is near that."""
    low = max(0, at - _MOST_BEFORE)
    before = text[low:at]
    breaks = [before.rfind("\n") + 1, *(before.rfind(b) + 2 for b in _BREAK_SHOWN if b in before)]
    start = low + max(breaks)
    own = start > low or low == 0
    while start < at and text[start] in _OPENING:
        start += 1
    return start, own


def _line_end(text: str, at: int) -> tuple[int, bool]:
    """Give where the line ends, and whether that is the end and not only as far as is looked."""
    limit = at + _LONGEST
    ends = [e for b in ("\n", *_BREAK_SHOWN) if (e := text.find(b, at, limit)) >= 0]
    return (min(ends), True) if ends else (min(limit, len(text)), limit >= len(text))


def _outset(text: str, opening: re.Match[str], own: bool) -> int:
    """Take the bracket or star before a footer along."""
    start = opening.start()
    while own and start > 0 and text[start - 1] in _OPENING.strip():
        start -= 1
    return start


def _inset(text: str, end: int) -> int:
    while text[end - 1].isspace():
        end -= 1
    return end


def _is_name(name: str, how: str, near_end: bool) -> bool:
    """Say whether the words before the date can be a newspaper and its section."""
    shown = name.strip(" \t\xa0,:")
    if not shown or how != "in":
        return near_end and len(shown) <= _NAME
    return len(shown) <= _NAME and not _SENTENCE.search(shown)


def _proper(name: str) -> bool:
    """Say whether a name begins as names do."""
    shown = name.strip(" \t\xa0,:\"“'‘")
    if shown[:4].lower() == "the ":
        shown = shown[4:]
    return not shown[:1].islower()


def _clutter(tail: str) -> bool:
    """Say whether what follows a date in its line is no continuation of a sentence."""
    return bool(_CLUTTER.match(tail))


def _without_date(rest: str, how: str, alone: bool) -> str | None:
    """Read a footer whose date is not one, or that names only the newspaper; None where it is no footer."""
    shown = rest.strip(_CLOSING)
    if found := _LOOSE.search(shown):
        return found[1]
    words = shown.split()
    if not alone or how != "in" or not 1 <= len(words) <= 8 or len(shown) > _MOST_BEFORE:
        return None
    named = all(w[0].isupper() or w in ("of", "and", "the", "&", "for") for w in words)
    return "" if named and any(w[0].isupper() for w in words) else None
