"""The compiled rules for where a token ends; imports Numba, so import it where it is used.

The rules are stated in docs/methods.md ("Tokens"), and again, independently, in tests/text/oracle.py. Not for numbering
the types (`tokenize_kernel`).
"""

# mypy: allow-untyped-defs
# ruff: noqa: PLR1714, SIM109 (a comparison compiles to less than a membership)

import numpy as np

from analysis.jit import compiled
from analysis.text.tokenize_classes import (
    APOSTROPHE,
    DIGIT,
    FORMAT,
    HYPHEN,
    JOINER,
    LETTER,
    MARK,
    NEWLINE,
    REGIONAL,
    REPEATED,
    SEPARATOR,
    SLASH_COLON,
    SPACE,
    STOP,
    SYMBOL,
    UNDERSCORE,
)

_NOTHING = 255  # the "class" past the end of a text


@compiled
def _code(data, i, stop):
    """Decode the code point at byte `i`; give it and its length. Broken bytes come out as U+FFFD, one by one."""
    b = data[i]
    if b < 0x80:
        return np.uint32(b), 1
    if 0xC2 <= b < 0xE0 and i + 1 < stop:
        return np.uint32(((b & 0x1F) << 6) | (data[i + 1] & 0x3F)), 2
    if 0xE0 <= b < 0xF0 and i + 2 < stop:
        return np.uint32(((b & 0x0F) << 12) | ((data[i + 1] & 0x3F) << 6) | (data[i + 2] & 0x3F)), 3
    if 0xF0 <= b < 0xF5 and i + 3 < stop:
        high = ((b & 0x07) << 18) | ((data[i + 1] & 0x3F) << 12)
        code = high | ((data[i + 2] & 0x3F) << 6) | (data[i + 3] & 0x3F)
        return np.uint32(min(code, 0x10FFFF)), 4
    return np.uint32(0xFFFD), 1


@compiled
def class_at(data, i, stop, table):
    """Give the class of the code point at byte `i`, and its length."""
    if i >= stop:
        return _NOTHING, 0
    if data[i] < 0x80:
        return int(table[data[i]]), 1
    code, size = _code(data, i, stop)
    return int(table[code]), size


@compiled
def _single_letter_at(data, i, stop, table):
    """Say whether one letter (with its marks) stands here, and no word character follows it."""
    kind, size = class_at(data, i, stop, table)
    if kind != LETTER:
        return False
    i += size
    kind, size = class_at(data, i, stop, table)
    while kind == MARK or kind == FORMAT or kind == JOINER:
        i += size
        kind, size = class_at(data, i, stop, table)
    return kind > UNDERSCORE


@compiled
def _address(data, i, c, stop, table):
    """Run to the end of a web address: white space or a double quotation mark; closing punctuation is given back."""
    end, end_c = i, c
    while i < stop:
        code, size = _code(data, i, stop)
        kind = table[code]
        if kind == SPACE or kind == NEWLINE:
            break
        if code == 0x22 or code == 0x3C or code == 0x3E or code == 0xAB or code == 0xBB:  # " < > « »
            break
        if code == 0x201C or code == 0x201D:
            break
        i += size
        c += 1
        given_back = (
            kind == FORMAT or kind == JOINER or kind == APOSTROPHE or kind == STOP or kind == SEPARATOR
        )
        if not (
            given_back
            or code == 0x3A  # :
            or code == 0x3B  # ;
            or code == 0x21  # !
            or code == 0x3F  # ?
            or code == 0x29  # )
            or code == 0x5D  # ]
            or code == 0x7D  # }
            or code == 0x2026  # …
        ):
            end, end_c = i, c
    return end, end_c


@compiled
def word(data, i, c, stop, table):
    """Run to the end of the word or number that starts here: the byte and the code point after it."""
    begin = i
    end, end_c = i, c
    last = _NOTHING  # class of the last word character
    unit = 0  # word characters since the start, or since the last stop of initials
    stops = 0
    initials, plain = True, True
    kind, size = class_at(data, i, stop, table)
    while True:
        if kind <= UNDERSCORE:
            last = kind
            unit += 1
            plain = plain and kind == LETTER and size == 1
        elif kind == MARK:
            plain = False
        elif kind == FORMAT or kind == JOINER:
            plain = False
            i += size
            c += 1
            kind, size = class_at(data, i, stop, table)
            continue  # without moving the end: those that trail are left out
        elif kind == APOSTROPHE or kind == HYPHEN:
            if class_at(data, i + size, stop, table)[0] > UNDERSCORE:
                break
            initials = plain = False
        elif kind == STOP or kind == SEPARATOR or kind == SLASH_COLON:
            after = class_at(data, i + size, stop, table)[0]
            if last == DIGIT and after == DIGIT:
                initials = plain = False
            elif kind == STOP and initials and unit == 1 and last == LETTER:
                if _single_letter_at(data, i + size, stop, table):
                    stops += 1
                    unit = 0
                    plain = False
                elif stops:
                    i, c = i + size, c + 1
                    end, end_c = i, c
                    kind, size = class_at(data, i, stop, table)
                    if kind != APOSTROPHE and kind != HYPHEN:
                        break
                    if class_at(data, i + size, stop, table)[0] > UNDERSCORE:
                        break
                    initials = plain = False
                    continue
                else:
                    break
            else:
                if plain:
                    if data[i] == 0x3A and i + 3 < stop and data[i + 1] == 0x2F and data[i + 2] == 0x2F:
                        beyond = class_at(data, i + 3, stop, table)[0]
                        if beyond != SPACE and beyond != NEWLINE:
                            return _address(data, begin, c - (i - begin), stop, table)
                    if kind == STOP and i - begin == 3 and after <= UNDERSCORE:
                        www = True
                        for k in range(begin, i):
                            www = www and (data[k] | 0x20) == 0x77
                        if www:
                            return _address(data, begin, c - 3, stop, table)
                break
        else:
            break
        i += size
        c += 1
        end, end_c = i, c
        kind, size = class_at(data, i, stop, table)
    return end, end_c


@compiled
def sign(data, i, c, stop, table):
    """Run to the end of the token of punctuation, symbols or marks that starts here."""
    first, size = _code(data, i, stop)
    kind = int(table[first])
    i, c = i + size, c + 1
    repeats = kind == APOSTROPHE or kind == HYPHEN or kind == STOP or kind == REPEATED
    if repeats:
        while i < stop:
            code, size = _code(data, i, stop)
            if code != first:
                break
            i, c = i + size, c + 1
    if kind == REGIONAL and class_at(data, i, stop, table)[0] == REGIONAL:
        i, c = i + 4, c + 1
    end, end_c = i, c
    joined = False
    while i < stop:
        following, size = class_at(data, i, stop, table)
        if following == MARK:
            joined = False
        elif following == FORMAT or following == JOINER:
            joined = following == JOINER
            i, c = i + size, c + 1
            continue
        elif following == SYMBOL and joined and kind == SYMBOL:
            joined = False
        else:
            break
        i, c = i + size, c + 1
        end, end_c = i, c
    return end, end_c
