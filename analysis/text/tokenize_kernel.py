"""The compiled loop from UTF-8 bytes to tokens and types; imports Numba, so import it where it is used.

The rules are stated in docs/methods.md ("Tokens"), and again, independently, in tests/text/oracle.py. Not for
deciding what a token means: sentences and voices see type ids only.
"""

# mypy: allow-untyped-defs
# ruff: noqa: PLR1714, SIM109, SIM102 (a comparison compiles to less than a membership)

import numpy as np

from analysis.text.jit import compiled
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

SPACE_BEFORE, NEWLINE_BEFORE = 1, 2
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
def _class_at(data, i, stop, table):
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
    kind, size = _class_at(data, i, stop, table)
    if kind != LETTER:
        return False
    i += size
    kind, size = _class_at(data, i, stop, table)
    while kind == MARK or kind == FORMAT or kind == JOINER:
        i += size
        kind, size = _class_at(data, i, stop, table)
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
def _word(data, i, c, stop, table):
    """Run to the end of the word or number that starts here: the byte and the code point after it."""
    begin = i
    end, end_c = i, c
    last = _NOTHING  # class of the last word character
    unit = 0  # word characters since the start, or since the last stop of initials
    stops = 0
    initials, plain = True, True
    kind, size = _class_at(data, i, stop, table)
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
            kind, size = _class_at(data, i, stop, table)
            continue  # without moving the end: those that trail are left out
        elif kind == APOSTROPHE or kind == HYPHEN:
            if _class_at(data, i + size, stop, table)[0] > UNDERSCORE:
                break
            initials = plain = False
        elif kind == STOP or kind == SEPARATOR or kind == SLASH_COLON:
            after = _class_at(data, i + size, stop, table)[0]
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
                    kind, size = _class_at(data, i, stop, table)
                    if kind != APOSTROPHE and kind != HYPHEN:
                        break
                    if _class_at(data, i + size, stop, table)[0] > UNDERSCORE:
                        break
                    initials = plain = False
                    continue
                else:
                    break
            else:
                if plain:
                    if data[i] == 0x3A and i + 3 < stop and data[i + 1] == 0x2F and data[i + 2] == 0x2F:
                        beyond = _class_at(data, i + 3, stop, table)[0]
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
        kind, size = _class_at(data, i, stop, table)
    return end, end_c


@compiled
def _sign(data, i, c, stop, table):
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
    if kind == REGIONAL and _class_at(data, i, stop, table)[0] == REGIONAL:
        i, c = i + 4, c + 1
    end, end_c = i, c
    joined = False
    while i < stop:
        following, size = _class_at(data, i, stop, table)
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


@compiled
def _joins(data, begin, end, stop, table):
    """Say whether more may belong to the ASCII letters `begin:end` than they show: then `_word` must decide."""
    b = data[end]
    kind = table[b]
    if b < 0x80 and kind >= STOP:
        if kind == STOP:  # initials have one letter, and an address may begin with www
            return end - begin < 2 or (end - begin == 3 and data[begin] | 0x20 == 0x77)
        return kind == SLASH_COLON and end + 1 < stop and data[end + 1] == 0x2F
    return True


@compiled
def _key(data, begin, end):
    """Pack the first sixteen bytes of a token into two integers, and mix what follows into a third.

    With the length, which they show (no byte of a token is zero but the first, and then a bit is set that no text
    sets), the two stand for a token of up to sixteen bytes exactly.
    """
    low = high = rest = np.uint64(0)
    for k in range(begin, min(end, begin + 8)):
        low = (low << np.uint64(8)) | np.uint64(data[k])
    for k in range(begin + 8, min(end, begin + 16)):
        high = (high << np.uint64(8)) | np.uint64(data[k])
    for k in range(begin + 16, end):
        rest = (rest ^ np.uint64(data[k])) * np.uint64(0x100000001B3)
    if data[begin] == 0:
        high |= np.uint64(1 << 63)
    return low, high, rest


@compiled
def _hash(low, high, rest):
    h = (low ^ (high * np.uint64(0x9FB21C651E98DF25)) ^ rest) * np.uint64(0x9E3779B97F4A7C15)
    return h ^ (h >> np.uint64(32))


@compiled
def _same(data, first, begin, size):
    """Compare what two tokens of one length have after their sixteenth byte."""
    for k in range(16, size):  # noqa: SIM110 (a generator does not compile)
        if data[first + k] != data[begin + k]:
            return False
    return True


@compiled
def place(slots, data, firsts, lengths, keys, n_types):
    """Enter the types into an empty table of slots; its size is a power of two."""
    slots[:] = -1
    mask = np.uint64(slots.size - 1)
    for t in range(n_types):
        rest = np.uint64(0)
        if lengths[t] > 16:
            _, _, rest = _key(data, firsts[t], firsts[t] + lengths[t])
        slot = _hash(keys[t, 0], keys[t, 1], rest) & mask
        while slots[slot] >= 0:
            slot = (slot + np.uint64(1)) & mask
        slots[slot] = t


@compiled
def scan(data, bounds, table, ids, starts, ends, flags, offsets, firsts, lengths, keys, slots, state):
    """Cut texts into tokens and number the distinct forms in the order in which they are first seen.

    Comes back when there is room for no more tokens or types: make more and call again with the same `state` (text,
    byte, code point, flag, tokens, types). To grow within the loop would make all of it three times as slow.

    `data`, `bounds`: UTF-8 and the n + 1 byte offsets of n texts. `ids`...`flags`: of each token. `offsets`: tokens
    before each text. `firsts`, `lengths`, `keys`: of each type its first byte, its length, its first sixteen bytes.
    `slots`: the hash table; it holds numbers only, and what is frequent is numbered first, so that it stays near.
    """
    text, i, c, flag, n, n_types = state
    mask = np.uint64(slots.size - 1)
    while text < bounds.size - 1:
        stop = bounds[text + 1]
        while i < stop:
            if n == ids.size or n_types == firsts.size:
                return text, i, c, flag, n, n_types
            end = i
            low = high = rest = np.uint64(0)
            while end < stop and data[end] < 0x80 and table[data[end]] == LETTER:
                low = (low << np.uint64(8)) | np.uint64(data[end])
                end += 1
            if end > i and (end == stop or not _joins(data, i, end, stop, table)):
                end_c = c + end - i
                if end - i > 8:
                    low, high, rest = _key(data, i, end)
            else:
                kind, size = _class_at(data, i, stop, table)
                if kind >= SPACE:
                    flag |= SPACE_BEFORE if kind == SPACE else SPACE_BEFORE | NEWLINE_BEFORE
                    i += size
                    c += 1
                    continue
                if kind == FORMAT or kind == JOINER:
                    i += size
                    c += 1
                    continue
                if kind <= UNDERSCORE:
                    end, end_c = _word(data, i, c, stop, table)
                else:
                    end, end_c = _sign(data, i, c, stop, table)
                low, high, rest = _key(data, i, end)
            slot = _hash(low, high, rest) & mask
            found = np.int64(slots[slot])
            while found >= 0:
                if keys[found, 0] == low and keys[found, 1] == high:
                    if end - i < 16 or (lengths[found] == end - i and _same(data, firsts[found], i, end - i)):
                        break
                slot = (slot + np.uint64(1)) & mask
                found = np.int64(slots[slot])
            if found < 0:
                found = n_types
                slots[slot] = found
                firsts[found] = i
                lengths[found] = end - i
                keys[found, 0] = low
                keys[found, 1] = high
                n_types += 1
            ids[n] = found
            starts[n] = c
            ends[n] = end_c
            flags[n] = flag
            n += 1
            flag = 0
            i, c = end, end_c
            if i < stop and data[i] == 0x20:  # the usual case, out of turn
                flag = SPACE_BEFORE
                i += 1
                c += 1
        text += 1
        offsets[text] = n
        c = flag = 0
        i = bounds[min(text, bounds.size - 1)]
    return text, i, c, flag, n, n_types
