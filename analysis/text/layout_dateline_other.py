"""Datelines in scripts without capitals: a known city, the day, the agency in brackets, then a colon or a dash.

Not for Latin script, where capitals tell a place: that is `layout_dateline`.
"""

import re2

from analysis.text.agencies_other import AGENCIES, CITIES, DESKS
from analysis.text.base import Dateline

_LETTER = r"[\p{Arabic}\p{Devanagari}\x{200c}\x{200d}]"
_WORD = rf"{_LETTER}+"
_DIGIT = r"\p{Nd}"
_SEPARATOR = r"[:：\-–—۔،,]"
# City of at most four words, a day of at most three (7 مئی, 12 دسمبر 2019), a credit in brackets or between dashes.
_PATTERN = re2.compile(
    rf"^\s*(?P<place>{_WORD}(?:[ ]{_WORD}){{0,3}}?)"
    rf"(?:\s*[،,]?\s*(?P<day>{_DIGIT}+\s+{_WORD}(?:\s+{_DIGIT}+)?))?"
    rf"(?:\s*\(\s*(?P<credit>[^()\n]{{2,60}})\)\s*{_SEPARATOR}*"
    rf"|\s*[\-–—]\s*(?P<dashed>{_WORD}(?:[ ]{_WORD}){{0,2}})\s*[:\-–—]+"
    rf"|\s*(?P<alone>[:：]+[\-–—]*))\s*"
)
_SCRIPT = re2.compile(rf"^\s*{_LETTER}")


def find_other_dateline(text: str) -> Dateline | None:
    """Find a dateline at the start of a text in Arabic or Devanagari script.

    >>> find_other_dateline("لاہور (اے پی پی): بارش ہوئی۔")[1:3]
    ('لاہور', 'APP')
    >>> find_other_dateline("وزیر نے کہا: بارش ہوئی۔") is None
    True
    """
    if not _SCRIPT.search(text):
        return None
    found = _PATTERN.match(text)
    if found is None:
        return None
    place = " ".join(found["place"].split())
    credit = " ".join((found["credit"] or found["dashed"] or "").replace("/", " / ").split())
    agency = _agency(credit)
    desk = credit if credit and agency is None and credit in DESKS else None
    known = place in CITIES
    if not known and not (agency and found["credit"] and len(place.split()) <= 2):
        return None
    if credit and agency is None and desk is None and not (known and found["credit"]):
        return None
    return Dateline(int(found.end()), place, agency or (credit if credit and not desk else None), desk)


def _agency(credit: str) -> str | None:
    """Give the stored name of the first agency named in a credit."""
    for piece in (credit, *credit.split(" / "), *credit.split("،")):
        if piece.strip() in AGENCIES:
            return AGENCIES[piece.strip()]
    return None
