"""The compiled loops that end sentences and cut segments; imports Numba, so import it where it is used.

They see bits of types, white space and the roles of quotation marks, never text. The rules are stated in
docs/methods.md ("Sentences"). Not for voices (`voice_quotes`, `voice_kernel`).
"""

# mypy: allow-untyped-defs

import numpy as np

from analysis.jit import compiled
from analysis.text.segments_features import (
    BEFORE_NUMBER,
    BRACKET_CLOSE,
    BRACKET_OPEN,
    BULLET,
    CAPITAL,
    DASH,
    ELLIPSIS,
    ENDER,
    FULL_STOP,
    INITIAL,
    IS_NUMBER,
    IS_WORD,
    NEVER_LAST,
    OPENER,
    QUOTE,
    SMALL,
    SOMETIMES_LAST,
    STOPPED,
    TAG,
)

_OPENS, _CLOSES = 1, 2  # the roles of `voice_quotes`
_ASKED = 6  # tokens within which "..." Khan asked belongs to the question before it


@compiled
def _is_list_number(bits, k, begin, newline):
    """Say whether only a number stands between the last sentence end and the stop at `k`: "1." of a list."""
    return k - 1 == begin or newline[k - 1]


@compiled
def _ends(bits, chars, says, spaced, newline, role, begin, k, after, stop):
    """Say whether the sentence ends at the ender `k`; `after` is the first token past what closes with it."""
    b = bits[k]
    # The first word after it, past marks and brackets that open.
    word = after
    opened = False
    while (
        word < stop
        and not newline[word]
        and (role[word] == _OPENS or bits[word] & (BRACKET_OPEN | DASH | BULLET))
    ):
        opened = opened or role[word] == _OPENS
        word += 1
    if word >= stop or newline[word]:
        return True
    following = bits[word]
    if following & TAG:  # "... of the day.@name", the end of a pasted message
        return k > begin and not spaced[k] and bits[k - 1] & (IS_WORD | IS_NUMBER) != 0
    if not following & (IS_WORD | IS_NUMBER):
        return False if b & FULL_STOP or not spaced[after] else bool(following & QUOTE)
    before = bits[k - 1] if k > begin and not spaced[k] and not newline[k] else 0
    if b & STOPPED:  # "U.S.", "p.m."
        return bool(spaced[after]) and following & OPENER != 0 and following & CAPITAL != 0
    if not spaced[after]:
        return _ends_without_space(bits, chars, b, before, k, word, following, opened)
    if following & SMALL:
        return (
            opened
            and bool(b & FULL_STOP)
            and not b & ELLIPSIS
            and not before & (NEVER_LAST | SOMETIMES_LAST | INITIAL)
        )
    if not b & FULL_STOP or b & ELLIPSIS:
        return after == k + 1 or not _is_asked(bits, says, word, stop, newline)
    if after > k + 1 and role[after - 1] == _CLOSES:
        return True
    if before & NEVER_LAST:
        return False
    if before & BEFORE_NUMBER and following & IS_NUMBER:
        return False
    if before & INITIAL:
        return (
            following & OPENER != 0
            and following & CAPITAL != 0
            and not (k - 2 >= begin and bits[k - 2] & CAPITAL)
        )
    if before & SOMETIMES_LAST and before & CAPITAL:
        return following & OPENER != 0 and following & CAPITAL != 0
    return not (before & IS_NUMBER and _is_list_number(bits, k, begin, newline))


@compiled
def _ends_without_space(bits, chars, b, before, k, word, following, opened):
    """Decide where the white space after a stop was lost."""
    if not following & IS_WORD:
        return False
    if not b & FULL_STOP:
        return opened or not following & SMALL
    if b & ELLIPSIS or before & (NEVER_LAST | SOMETIMES_LAST | INITIAL | IS_NUMBER):
        return False
    if following & CAPITAL:  # "ended.The next": not "Ph.D", not "Dawn.com"
        return bool(before & SMALL) and chars[k - 1] > 2 and (chars[word] > 1 or bool(following & OPENER))
    if before & (SMALL | CAPITAL) or following & SMALL:
        return False
    return chars[k - 1] > 4 and chars[word] > 2  # scripts without case, where initials are spelt


@compiled
def _is_asked(bits, says, word, stop, newline):
    """Say whether a verb of saying follows a few capitalised words: "Why?" Khan asked."""
    k = word
    while k < min(stop, word + _ASKED) and not newline[k] and bits[k] & CAPITAL:
        k += 1
    return k > word and k < stop and not newline[k] and bool(says[k])


@compiled
def sentences(bits, chars, says, spaced, newline, role, offsets, whole):
    """Number the sentences of each text from 0, one number a token.

    Parameters: of each token its bits, its length, whether it is a verb of saying, white space and newline before it,
    its role as a quotation mark; tokens before each text; of each text whether it is one sentence whatever it holds.
    """
    number = np.zeros(bits.size, dtype=np.int32)
    for text in range(offsets.size - 1):
        begin, stop = offsets[text], offsets[text + 1]
        if whole[text]:
            continue
        n = 0
        first = begin
        k = begin
        while k < stop:
            if newline[k] and k > begin:
                n += 1
                first = k
            number[k] = n
            if not bits[k] & (ENDER | STOPPED):
                k += 1
                continue
            last = k
            after = k + 1
            while after < stop and not newline[after]:
                if bits[after] & ENDER and not spaced[after]:
                    last = after
                elif not (role[after] == _CLOSES or (bits[after] & BRACKET_CLOSE and not spaced[after])):
                    break
                number[after] = n
                after += 1
            if after == stop or newline[after]:  # the end of a line ends it anyway
                pass
            elif _ends(bits, chars, says, spaced, newline, role, first, last, after, stop):
                n += 1
                first = after
            k = after
    return number


@compiled
def segments(number, voice, offsets):
    """Cut texts into runs of tokens of one sentence and one voice."""
    text_of = np.empty(number.size, dtype=np.int32)
    first = np.empty(number.size, dtype=np.int64)
    n = 0
    for text in range(offsets.size - 1):
        for k in range(offsets[text], offsets[text + 1]):
            if k == offsets[text] or number[k] != number[k - 1] or voice[k] != voice[k - 1]:
                text_of[n] = text
                first[n] = k
                n += 1
    return text_of[:n].copy(), first[:n].copy()
