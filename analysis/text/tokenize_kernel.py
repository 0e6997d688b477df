"""The compiled loop from UTF-8 bytes to tokens and types; imports Numba, so import it where it is used.

Where a token ends is decided in `tokenize_runs`. Not for what a token means: sentences and voices see type ids only.
"""

# mypy: allow-untyped-defs
# ruff: noqa: PLR1714, SIM109, SIM102 (a comparison compiles to less than a membership)

import numpy as np

from analysis.jit import compiled
from analysis.text.tokenize_classes import (
    FORMAT,
    JOINER,
    LETTER,
    SLASH_COLON,
    SPACE,
    STOP,
    UNDERSCORE,
)
from analysis.text.tokenize_runs import class_at, sign, word

SPACE_BEFORE, NEWLINE_BEFORE = 1, 2


@compiled
def _joins(data, begin, end, stop, table):
    """Say whether more may belong to the ASCII letters `begin:end` than they show: then `word` must decide."""
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
                kind, size = class_at(data, i, stop, table)
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
                    end, end_c = word(data, i, c, stop, table)
                else:
                    end, end_c = sign(data, i, c, stop, table)
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
