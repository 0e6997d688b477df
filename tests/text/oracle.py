"""The tokens of one text in plain Python, written from the statement in docs/methods.md and slow on purpose.

Independent of `analysis`: it looks up `unicodedata` for every character and matches regular expressions on a string
of class letters, where the package runs one compiled loop over bytes.
"""

import re
import unicodedata
from functools import cache
from typing import NamedTuple


class Token(NamedTuple):
    """A token of the oracle."""

    form: str
    start: int
    end: int
    space_before: bool
    newline_before: bool


@cache
def letter_of(c: str) -> str:
    """One letter for the class of a character."""
    category = unicodedata.category(c)
    if category.startswith("L"):
        return "L"
    if c == "_":
        return "u"
    if c.isalnum():
        return "d" if category == "Nd" else "n"
    if category.startswith("M") or "\U0001f3fb" <= c <= "\U0001f3ff":
        return "m"
    if c == "\u200b":
        return "s"
    if c == "\u200d":
        return "z"
    if category == "Cf":
        return "f"
    if c in "\n\r\x0b\x0c\x85\u2028\u2029":
        return "N"
    if c.isspace():
        return "s"
    if c in "'’‘＇":
        return "a"
    if c in "-‐‑－":
        return "h"
    if c == ".":
        return "t"
    if c in ",٫٬،":
        return "c"
    if c in ":/":
        return "k"
    if c in "!?*=~`—–…":
        return "r"
    if "\U0001f1e6" <= c <= "\U0001f1ff":
        return "R"
    return "p" if category.startswith("P") else "S" if category.startswith("S") else "o"


X = "[mfz]"
W = "[Ldnu]"
_ADDRESS = re.compile(r"""(?:[A-Za-z]+://(?!\s|\u200b)|[wW]{3}\.(?=\w))[^\s\u200b<>"“”«»]*""")
_GIVEN_BACK = re.compile(r"[.,;:!?'’‘＇)\]}…٫٬،]")
_GLUE = re.compile(f"[ah]{W}")
_OPEN_INITIALS = re.compile(f"L{X}*(?:tL{X}*(?!{W}|{X}))+")


def tokens(text: str) -> list[Token]:
    """Cut one text into tokens."""
    classes = "".join(map(letter_of, text))
    found: list[Token] = []
    i = 0
    space = newline = False
    while i < len(text):
        kind = classes[i]
        if kind in "sN":
            space, newline = True, newline or kind == "N"
            i += 1
        elif kind in "fz":
            i += 1
        else:
            end = _word_end(text, classes, i) if kind in "Ldnu" else _sign_end(text, classes, i)
            while classes[end - 1] in "fz":
                end -= 1
            found.append(Token(text[i:end], i, end, space, newline))
            space = newline = False
            i = end
    return found


def _word_end(text: str, classes: str, start: int) -> int:
    address = _ADDRESS.match(text, start)
    if address:
        end = address.end()
        while _GIVEN_BACK.match(text, end - 1) or classes[end - 1] in "fz":
            end -= 1
        return end
    i = start
    initials = _OPEN_INITIALS.match(classes, start)
    if initials:
        i = initials.end()
        if classes[i : i + 1] == "t":
            i += 1
            if not _GLUE.match(classes, i):
                return i
    else:
        i = start + 1
    return _rest_of_word(classes, i)


def _rest_of_word(classes: str, i: int) -> int:
    while i < len(classes):
        here, after = classes[i], classes[i + 1 : i + 2]
        inside = here in "Ldnumfz"
        glued = here in "ah" and after != "" and after in "Ldnu"
        between_digits = here in "tck" and after == "d" and _last_base(classes, i) == "d"
        if not (inside or glued or between_digits):
            break
        i += 1
    return i


def _last_base(classes: str, i: int) -> str:
    i -= 1
    while classes[i] in "mfz":
        i -= 1
    return classes[i]


def _sign_end(text: str, classes: str, start: int) -> int:
    i = start + 1
    if classes[start] in "ahtr":
        while text[i : i + 1] == text[start]:
            i += 1
    if classes[start : i + 1] == "RR":
        i += 1
    while True:
        while i < len(classes) and classes[i] in "mfz":
            i += 1
        if classes[start] == "S" and classes[i - 1] == "z" and classes[i : i + 1] == "S":
            i += 1
        else:
            return i
