"""The compiled loop that pairs quotation marks, paragraph by paragraph; imports Numba, so import it where it is used.

A mark is opening or closing by its shape and by the white space around it. Not for reported speech (`voice_kernel`).
"""

# mypy: allow-untyped-defs

import numpy as np

from analysis.jit import compiled
from analysis.text.segments_features import (
    ANGLE_CLOSE,
    ANGLE_OPEN,
    BRACKET_OPEN,
    CAPITAL,
    COLON,
    COMMA,
    CUT_SHORT,
    DASH,
    DOUBLE,
    DOUBLE_CLOSE,
    DOUBLE_OPEN,
    ENDER,
    ENDS_IN_S,
    IS_NUMBER,
    IS_WORD,
    OPENER,
    QUOTE,
    SINGLE,
    SINGLE_CLOSE,
    SINGLE_OPEN,
)

OPENS, CLOSES = 1, 2
_DOUBLES = DOUBLE_OPEN | DOUBLE_CLOSE | DOUBLE
_SINGLES = SINGLE_OPEN | SINGLE_CLOSE | SINGLE
_ANGLES = ANGLE_OPEN | ANGLE_CLOSE
_SCARE = 2  # words; so few in quotation marks are a term held at arm's length, not speech
_TITLE = 6  # words; capitals in all that are no function words: the name of a work


@compiled
def _free_left(bits, k, begin, spaced):
    """Say whether a mark could open here: white space, an opening bracket, a dash or another mark stands before it."""
    if k == begin or spaced[k]:
        return True
    return (bits[k - 1] & (BRACKET_OPEN | DASH | COLON | QUOTE)) != 0


@compiled
def _tight_right(k, end, spaced):
    return k + 1 < end and not spaced[k + 1]


@compiled
def _last_singles(bits, spaced, begin, end, ending):
    """For each place of a paragraph, say whether a single mark that surely closes follows before the next that opens.

    `ending`: 0 no mark can close here, 1 it may be the apostrophe of a plural, 2 it closes.
    """
    sure = np.zeros(end - begin + 1, dtype=np.uint8)
    after = np.uint8(0)
    for k in range(end - 1, begin - 1, -1):
        sure[k - begin] = after
        if bits[k] & _SINGLES:
            may_close = not spaced[k] and k > begin and not _word_follows(bits, k, end, spaced)
            if may_close and bits[k] & (SINGLE_CLOSE | SINGLE):
                weak = (bits[k - 1] & ENDS_IN_S) != 0 and k + 1 < end and (bits[k + 1] & IS_WORD) != 0
                ending[k] = 1 if weak else 2
                after = np.uint8(1) if weak and after == 0 else after if weak else np.uint8(2)
            elif bits[k] & (SINGLE_OPEN | SINGLE) and _tight_right(k, end, spaced):
                after = np.uint8(0)
    return sure


@compiled
def _word_follows(bits, k, end, spaced):
    return k + 1 < end and not spaced[k + 1] and (bits[k + 1] & (IS_WORD | IS_NUMBER)) != 0


@compiled
def pair(bits, spaced, newline, offsets):
    """Pair the quotation marks of all texts.

    Parameters: sentence bits, white space before and newline before, of each token; tokens before each text.
    Returns, of each token, its role (0, OPENS, CLOSES) and whether it stands in a quotation.
    """
    role = np.zeros(bits.size, dtype=np.uint8)
    inside = np.zeros(bits.size, dtype=np.bool_)
    ending = np.zeros(bits.size, dtype=np.uint8)
    for text in range(offsets.size - 1):
        begin = offsets[text]
        while begin < offsets[text + 1]:
            end = begin + 1
            any_mark = (bits[begin] & QUOTE) != 0
            while end < offsets[text + 1] and not newline[end]:
                any_mark = any_mark or (bits[end] & QUOTE) != 0
                end += 1
            if any_mark:
                goes_on = end < offsets[text + 1] and bits[begin] & bits[end] & SINGLE_OPEN != 0
                _paragraph(bits, spaced, begin, end, goes_on, role, inside, ending)
            begin = end
    return role, inside


@compiled
def _paragraph(bits, spaced, begin, end, goes_on, role, inside, ending):
    sure = _last_singles(bits, spaced, begin, end, ending)
    double = single = angle = -1  # where the one that is open was opened
    for k in range(begin, end):
        b = bits[k]
        if not b & QUOTE:
            continue
        left, tight = _free_left(bits, k, begin, spaced), _tight_right(k, end, spaced)
        if b & _DOUBLES:
            if double < 0:
                opens = (left and (tight or not b & DOUBLE_CLOSE)) or (tight and not b & DOUBLE_CLOSE)
                opens = opens or (b & DOUBLE_OPEN) != 0
                if opens:
                    double = k
                    role[k] = OPENS
                else:
                    role[k] = CLOSES
            elif b & DOUBLE_OPEN and (left or tight):
                role[k] = OPENS  # again, in one paragraph: the first was not closed
            elif b & DOUBLE and left and tight and spaced[k]:
                role[k] = OPENS
            else:
                role[k] = CLOSES
                _mark(bits, double, k, inside)
                if single > double:
                    single = -1
                double = -1
        elif b & _ANGLES:
            if angle < 0:
                if b & ANGLE_OPEN or (left and tight):
                    angle = k
                    role[k] = OPENS
            elif b & ANGLE_CLOSE or not left:
                role[k] = CLOSES
                _mark(bits, angle, k, inside)
                angle = -1
            else:
                role[k] = OPENS
        elif single < 0:
            cut = k + 1 < end and (bits[k + 1] & (CUT_SHORT | IS_NUMBER)) != 0 and not b & SINGLE_OPEN
            if (
                left
                and tight
                and not cut
                and not b & SINGLE_CLOSE
                and (sure[k - begin] or (goes_on and k == begin))
            ):
                single = k
                role[k] = OPENS
        elif ending[k] == 2 or (ending[k] == 1 and sure[k - begin] < 2):
            role[k] = CLOSES
            _mark(bits, single, k, inside)
            if double > single:
                double = -1
            single = -1
    if double >= 0:
        _mark(bits, double, end - 1, inside)
    if single == begin and goes_on:
        _mark(bits, single, end - 1, inside)
    if angle >= 0:
        _mark(bits, angle, end - 1, inside)


@compiled
def _mark(bits, first, last, inside):
    """Mark a quotation with its marks, unless it is a term held at arm's length or the title of a work."""
    words = small = 0
    for k in range(first, last + 1):
        if bits[k] & (IS_WORD | IS_NUMBER):
            words += 1
            small += bits[k] & (CAPITAL | OPENER | IS_NUMBER) == 0
            if words > _TITLE:
                break
    ends = last > first and bits[last - 1] & ENDER != 0
    comma = last > first and bits[last - 1] & COMMA != 0
    if words == 0 or (words <= _SCARE and not ends and not comma):
        return
    if 1 < words <= _TITLE and not small and bits[first + 1] & CAPITAL and not ends:
        return
    inside[first : last + 1] = True
