"""The compiled loop from UTF-8 bytes to tokens and types; imports Numba, so import it where it is used.

The rules are stated in docs/methods.md ("Tokens"), and again, independently, in tests/text/oracle.py. Not for
deciding what a token means: sentences and voices see type ids only.
"""

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
    NUMERIC,
    OTHER,
    PUNCTUATION,
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
WORD, NUMBER, PUNCT, ELSE = 0, 1, 2, 3
_NOTHING = 255  # the "class" past the end of a text


@compiled
def _code(data, i, stop):  # type: ignore[no-untyped-def]
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
def _class_at(data, i, stop, table):  # type: ignore[no-untyped-def]
    """Give the class of the code point at byte `i`, and its length."""
    if i >= stop:
        return _NOTHING, 0
    if data[i] < 0x80:
        return int(table[data[i]]), 1
    code, size = _code(data, i, stop)
    return int(table[code]), size


@compiled
def _single_letter_at(data, i, stop, table):  # type: ignore[no-untyped-def]
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
def _address(data, i, c, stop, table):  # type: ignore[no-untyped-def]
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
        given_back = kind == FORMAT or kind == JOINER or kind == APOSTROPHE or kind == STOP or kind == SEPARATOR
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
def _word(data, i, c, stop, table):  # type: ignore[no-untyped-def]
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
def _sign(data, i, c, stop, table):  # type: ignore[no-untyped-def]
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
def _plain_end(data, i, stop, table):  # type: ignore[no-untyped-def]
    """Give the end of a word of ASCII letters, and the word as one integer; no end (-1) where `_word` must decide."""
    begin = i
    packed = np.uint64(0)
    while i < stop and data[i] < 0x80 and table[data[i]] == LETTER:
        packed = (packed << np.uint64(8)) | np.uint64(data[i])
        i += 1
    if i == stop:
        return i, packed
    b = data[i]
    if b >= 0x80:
        return -1, packed
    kind = table[b]
    if kind == STOP:  # initials have one letter, and an address may begin with www
        if i - begin < 2 or (i - begin == 3 and data[begin] | 0x20 == 0x77):
            return -1, packed
    elif kind == SLASH_COLON:
        if i + 1 < stop and data[i + 1] == 0x2F:
            return -1, packed
    elif kind <= SEPARATOR and kind != SEPARATOR:
        return -1, packed
    return i, packed


@compiled
def _key(data, begin, end):  # type: ignore[no-untyped-def]
    """Pack the first sixteen bytes of a token into two integers, and mix what follows into a third."""
    low = high = rest = np.uint64(0)
    for k in range(begin, min(end, begin + 8)):
        low = (low << np.uint64(8)) | np.uint64(data[k])
    for k in range(begin + 8, min(end, begin + 16)):
        high = (high << np.uint64(8)) | np.uint64(data[k])
    for k in range(begin + 16, end):
        rest = (rest ^ np.uint64(data[k])) * np.uint64(0x100000001B3)
    return low, high, rest


@compiled
def _same(data, first, begin, size):  # type: ignore[no-untyped-def]
    """Compare what two tokens of one length have after their sixteenth byte."""
    for k in range(16, size):  # noqa: SIM110 (a generator does not compile)
        if data[first + k] != data[begin + k]:
            return False
    return True


@compiled
def _grown(slots):  # type: ignore[no-untyped-def]
    """Place all types anew in a table four times as large."""
    larger = np.zeros((slots.shape[0] * 4, 4), dtype=np.uint64)
    mask = np.uint64(larger.shape[0] - 1)
    for old in range(slots.shape[0]):
        if slots[old, 2]:
            slot = slots[old, 3] & mask
            while larger[slot, 2]:
                slot = (slot + np.uint64(1)) & mask
            larger[slot] = slots[old]
    return larger


@compiled
def scan(data, bounds, table):  # type: ignore[no-untyped-def]
    """Cut texts into tokens and number the distinct forms in the order in which they are first seen.

    Parameters: UTF-8 bytes; the n + 1 byte offsets of n texts; the class table. Returns arrays of tokens (type id, start,
    end in code points, flags), tokens per text as n + 1 offsets, and of types (first byte, length in bytes).
    """
    room = 1024 + (bounds[-1] - bounds[0]) // 4
    ids = np.empty(room, dtype=np.int32)
    starts = np.empty(room, dtype=np.int32)
    ends = np.empty(room, dtype=np.int32)
    flags = np.empty(room, dtype=np.uint8)
    offsets = np.zeros(bounds.size, dtype=np.int64)
    type_room = 4096
    firsts = np.empty(type_room, dtype=np.int64)
    lengths = np.empty(type_room, dtype=np.int32)
    # A slot holds the sixteen first bytes of a type, its number + 1 with its length, and its hash: a token is
    # found, and found equal, with one look at memory.
    slots = np.zeros((4 * type_room, 4), dtype=np.uint64)
    n = n_types = 0
    for text in range(bounds.size - 1):
        i, stop = bounds[text], bounds[text + 1]
        c = 0
        flag = 0
        while i < stop:
            b = data[i]
            if b == 0x20:
                flag |= SPACE_BEFORE
                i += 1
                c += 1
                continue
            kind, size = _class_at(data, i, stop, table)
            end = -1
            low = high = rest = np.uint64(0)
            if kind == LETTER and size == 1:
                end, low = _plain_end(data, i, stop, table)
            if end > 0:
                end_c = c + end - i
                if end - i > 8:
                    low, high, rest = _key(data, i, end)
            else:
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
            length = np.uint64(end - i)
            h = (low ^ (high * np.uint64(0x9FB21C651E98DF25)) ^ rest ^ length) * np.uint64(0x9E3779B97F4A7C15)
            h ^= h >> np.uint64(32)
            mask = np.uint64(slots.shape[0] - 1)
            slot = h & mask
            found = -1
            while slots[slot, 2]:
                if slots[slot, 0] == low and slots[slot, 1] == high:
                    entry = slots[slot, 2]
                    if (entry & np.uint64(0xFFFFFFFF)) == length:
                        at = np.int64(entry >> np.uint64(32)) - 1
                        if end - i <= 16 or _same(data, firsts[at], i, end - i):
                            found = at
                            break
                slot = (slot + np.uint64(1)) & mask
            if found < 0:
                if n_types == type_room:
                    type_room *= 4
                    firsts = np.concatenate((firsts, np.empty(type_room - n_types, dtype=np.int64)))
                    lengths = np.concatenate((lengths, np.empty(type_room - n_types, dtype=np.int32)))
                    slots = _grown(slots)
                    mask = np.uint64(slots.shape[0] - 1)
                    slot = h & mask
                    while slots[slot, 2]:
                        slot = (slot + np.uint64(1)) & mask
                found = n_types
                firsts[found] = i
                lengths[found] = end - i
                n_types += 1
                slots[slot, 0] = low
                slots[slot, 1] = high
                slots[slot, 2] = (np.uint64(n_types) << np.uint64(32)) | length
                slots[slot, 3] = h
            if n == room:
                room *= 2
                ids = np.concatenate((ids, np.empty(room - n, dtype=np.int32)))
                starts = np.concatenate((starts, np.empty(room - n, dtype=np.int32)))
                ends = np.concatenate((ends, np.empty(room - n, dtype=np.int32)))
                flags = np.concatenate((flags, np.empty(room - n, dtype=np.uint8)))
            ids[n] = found
            starts[n] = c
            ends[n] = end_c
            flags[n] = flag
            n += 1
            flag = 0
            i, c = end, end_c
        offsets[text + 1] = n
    return ids[:n], starts[:n], ends[:n], flags[:n], offsets, firsts[:n_types], lengths[:n_types]


@compiled
def kinds(data, bounds, table):  # type: ignore[no-untyped-def]
    """Give the class of each type: word, number, punctuation or else. A web address is none of the first three."""
    result = np.empty(bounds.size - 1, dtype=np.uint8)
    for t in range(bounds.size - 1):
        begin, stop = bounds[t], bounds[t + 1]
        first = _class_at(data, begin, stop, table)[0]
        letter = number = address = False
        i = begin
        while i < stop:
            kind, size = _class_at(data, i, stop, table)
            letter = letter or kind == LETTER
            number = number or kind == DIGIT or kind == NUMERIC
            if i + 2 < stop and data[i] == 0x3A and data[i + 1] == 0x2F and data[i + 2] == 0x2F:
                address = True
            i += size
        if stop - begin > 4 and data[begin + 3] == 0x2E:
            www = True
            for k in range(begin, begin + 3):
                www = www and (data[k] | 0x20) == 0x77
            address = address or www
        if address:
            result[t] = ELSE
        elif letter:
            result[t] = WORD
        elif number:
            result[t] = NUMBER
        elif first == UNDERSCORE or (APOSTROPHE <= first <= REPEATED):
            result[t] = PUNCT
        else:
            result[t] = ELSE
    return result


@compiled
def count(ids, offsets, n_types):  # type: ignore[no-untyped-def]
    """Count type ids by text, as the rows of a sparse matrix (CSR); ids within a row in order of first use."""
    indptr = np.zeros(offsets.size, dtype=np.int64)
    indices = np.empty(ids.size, dtype=np.int32)
    counts = np.empty(ids.size, dtype=np.int32)
    place = np.full(n_types, -1, dtype=np.int64)
    n = 0
    for text in range(offsets.size - 1):
        begin = n
        for k in range(offsets[text], offsets[text + 1]):
            t = ids[k]
            if place[t] < begin:
                place[t] = n
                indices[n] = t
                counts[n] = 1
                n += 1
            else:
                counts[place[t]] += 1
        indptr[text + 1] = n
    return indptr, indices[:n], counts[:n]
