"""The compiled loops that count how often an outlet printed a shingle: a text it repeats is a form, not a copy.

They see hashes of words and places, never text; article d is `words[begin[d]:end[d]]`, articles in the order of the
last day they can be of. Imports Numba, so import it where it is used. Not for the decisions: see `shingles`.
"""

from typing import Any

import numpy as np

from analysis.jit import compiled
from analysis.text.shingles_kernel import hashes_of

ALIKE = 0.95  # of the words of both: no weighing is needed to know such a pair
FRAME = 255  # in `times`: repeated so often that it says nothing


@compiled
def slot(key: Any, keys: Any) -> Any:
    """Find the slot of a key in an open table whose length is a power of two: its own, or the free one for it."""
    mask = np.uint64(len(keys) - 1)
    x = key * np.uint64(0x9E3779B97F4A7C15)
    at = (x ^ (x >> np.uint64(29))) & mask
    while keys[at] != np.uint64(0) and keys[at] != key:
        at = (at + np.uint64(1)) & mask
    return at


@compiled
def in_outlet(h: Any, outlet: Any) -> Any:
    """Make the key of a shingle in one outlet; never 0."""
    x = h + np.uint64(outlet + 1) * np.uint64(0xC2B2AE3D27D4EB4F)
    x = (x ^ (x >> np.uint64(31))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(30)) | np.uint64(1)


@compiled
def tabled(words: Any, word_hash: Any, buffer: Any, table: Any, stamp: Any, places: Any) -> Any:
    """Put the shingles of an article into a table just large enough; give their number, its size, how many differ."""
    n = hashes_of(words, word_hash, buffer)
    size, differ = 64, 0
    while size < 2 * n:
        size *= 2
    table[:size] = np.uint64(0)
    stamp[:size] = -1
    for i in range(n):
        places[i] = slot(buffer[i], table[:size])
        differ += table[places[i]] == np.uint64(0)
        table[places[i]] = buffer[i]
    return n, size, differ


@compiled
def workspace(begin: Any, end: Any) -> Any:
    """Make what the shingles of two articles need, however long: both, their places, the table and its stamps."""
    longest = 4 + np.max(end - begin)
    one, two, places = np.empty(longest, np.uint64), np.empty(longest, np.uint64), np.empty(longest, np.int64)
    return one, two, places, np.empty(4 * longest + 64, np.uint64), np.empty(4 * longest + 64, np.int64)


@compiled
def rehash(old: Any, new: Any) -> None:
    """Move the keys of a table into a larger one."""
    for k in range(len(old)):
        if old[k] != np.uint64(0):
            new[slot(old[k], new)] = old[k]


@compiled
def collect(
    words: Any,
    begin: Any,
    end: Any,
    word_hash: Any,
    pairs: Any,
    outlet: Any,
    since: Any,
    least: Any,
    covered: Any,
    keys: Any,
    filled: Any,
    bitmap: Any,
) -> Any:
    """Weigh the words of pairs under the shingles they share, and put those shingles into the table, once an outlet.

    Only of pairs that share `least` of either, and are not the same but for a few words. `pairs` are ordered by their
    second article; `filled` has the number of keys in the table, `bitmap` a bit for each remainder of their hashes.
    Gives the pair (from `since` on) at which the table was too full.
    """
    mask = np.uint64(8 * len(bitmap) - 1)
    other, mine, places, table, stamp = workspace(begin, end)
    hits = np.empty(len(places), np.int64)
    now, size, n = -1, 64, 0
    for p in range(since, len(pairs)):
        a, b = pairs[p, 0], pairs[p, 1]
        if 2 * (filled[0] + 2 * (end[a] - begin[a])) > len(keys):
            return p
        if b != now:
            now = b
            n, size, _ = tabled(words[begin[b] : end[b]], word_hash, mine, table, stamp, places)
        until, under, m = 0, 0, 0
        for i in range(hashes_of(words[begin[a] : end[a]], word_hash, other)):
            s = slot(other[i], table[:size])
            if table[s] != np.uint64(0):
                stamp[s] = p
                hits[m] = i
                m += 1
                under += i + 5 - max(until, i)
                until = i + 5
        covered[p] = under / max(1, end[a] - begin[a])
        same = False
        if covered[p] < least or covered[p] >= ALIKE:
            until, under = 0, 0
            for i in range(n):
                if stamp[places[i]] == p:
                    under += i + 5 - max(until, i)
                    until = i + 5
            back = under / max(1, end[b] - begin[b])
            same = min(back, covered[p]) >= ALIKE
            covered[p] = max(covered[p], back)
        if covered[p] >= least and not same:
            for i in range(m):
                x = (other[hits[i]] >> np.uint64(24)) & mask
                bitmap[x >> np.uint64(3)] |= np.uint8(1) << np.uint8(x & np.uint64(7))
                for o in (outlet[a], outlet[b]):
                    key = in_outlet(other[hits[i]], o)
                    k = slot(key, keys)
                    filled[0] += keys[k] == np.uint64(0)
                    keys[k] = key
                    if outlet[a] == outlet[b]:
                        break
    return len(pairs)


@compiled
def occasions(
    words: Any,
    begin: Any,
    end: Any,
    word_hash: Any,
    outlet: Any,
    low: Any,
    high: Any,
    window: Any,
    crowd: Any,
    keys: Any,
    bitmap: Any,
    seen: Any,
) -> None:
    """Count on how many occasions, more than a window apart, its outlet printed each shingle of the table.

    One in `crowd` articles of the outlet is a FRAME at once. `low` and `high` bound the day of each article. `seen` has
    for each place of the table the occasions, and for this count alone: articles, the latest, and its day.
    """
    buffer = np.empty(4 + np.max(end - begin), np.uint64)
    mask = np.uint64(8 * len(bitmap) - 1)
    for d in range(len(begin)):
        for i in range(hashes_of(words[begin[d] : end[d]], word_hash, buffer)):
            x = (buffer[i] >> np.uint64(24)) & mask
            if bitmap[x >> np.uint64(3)] >> np.uint8(x & np.uint64(7)) & np.uint8(
                1
            ):  # most shingles are nowhere
                k = slot(in_outlet(buffer[i], outlet[d]), keys)
                own = seen[k]
                if keys[k] == np.uint64(0) or own[0] == FRAME or own[2] == d + 1:
                    continue
                own[1] += 1
                own[2] = d + 1
                if outlet[d] and own[1] >= crowd:
                    own[0] = FRAME
                elif high[d] - low[d] < 32 and (own[0] == 0 or low[d] > own[3] + window):
                    own[0] = min(own[0] + 1, FRAME - 1)
                    own[3] = high[d]
