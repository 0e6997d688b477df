"""The class of every code point, as tokens see it: one byte for each, built from `unicodedata`.

The statement of the classes is in docs/methods.md ("Tokens"). Not for the rules that join them (`tokenize_kernel`).
"""

import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt

# Word characters are exactly those of `\w`; LETTER..UNDERSCORE must stay the four lowest, the kernel compares.
LETTER, DIGIT, NUMERIC, UNDERSCORE = 0, 1, 2, 3
MARK, FORMAT, JOINER = 4, 5, 6
APOSTROPHE, HYPHEN, STOP, SEPARATOR, SLASH_COLON = 7, 8, 9, 10, 11
PUNCTUATION, REPEATED, SYMBOL, REGIONAL, OTHER = 12, 13, 14, 15, 16
SPACE, NEWLINE = 17, 18

_SPECIAL = {
    "'’‘＇": APOSTROPHE,
    "-‐‑－": HYPHEN,
    ".": STOP,
    ",٫٬،": SEPARATOR,
    ":/": SLASH_COLON,
    "!?*=~`—–…": REPEATED,
    "\n\r\x0b\x0c\x85\u2028\u2029": NEWLINE,
    "\u200b": SPACE,
    "\u200d": JOINER,
    "_": UNDERSCORE,
}
# Planes 4 to 13 and 15, 16 hold nothing that is assigned, or private use: all OTHER.
_ASSIGNED = (range(0x40000), range(0xE0000, 0xE1000))
_SKIN = range(0x1F3FB, 0x1F400)
_REGIONAL = range(0x1F1E6, 0x1F200)


def _class(code: int) -> int:
    character = chr(code)
    category = unicodedata.category(character)
    if category[0] == "L":
        return LETTER
    if character.isalnum():
        return DIGIT if category == "Nd" else NUMERIC
    if category[0] == "M" or code in _SKIN:
        return MARK
    if category == "Cf":
        return FORMAT
    if character.isspace():
        return SPACE
    if code in _REGIONAL:
        return REGIONAL
    if category[0] == "P":
        return PUNCTUATION
    return SYMBOL if category[0] == "S" else OTHER


@cache
def class_table() -> npt.NDArray[np.uint8]:
    """Give the class of each of the 0x110000 code points.

    Returns
    -------
    numpy.ndarray
        uint8, read-only. Built once a process, in about 60 ms.

    Examples
    --------
    >>> class_table()[[ord("a"), ord("7"), 0x200D]].tolist()
    [0, 1, 6]
    """
    table = np.full(0x110000, OTHER, dtype=np.uint8)
    for codes in _ASSIGNED:
        table[codes.start : codes.stop] = np.fromiter(map(_class, codes), dtype=np.uint8, count=len(codes))
    for characters, kind in _SPECIAL.items():
        table[[ord(c) for c in characters]] = kind
    table.flags.writeable = False
    return table
