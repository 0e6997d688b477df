"""The compiled loops over shingles, runs of five words: their hashes, and which articles share enough of them.

They see hashes of words and places, never text; article d is `words[begin[d]:end[d]]`, articles in the order of the
last day they can be of. Imports Numba, so import it where it is used. Not for the decisions: see `shingles`.
"""

from typing import Any

import numpy as np

from analysis.jit import compiled


@compiled
def form_hashes(data: Any, offsets: Any, out: Any) -> None:
    """Hash each string of an Arrow array: FNV-1a over its bytes, then mixed."""
    for i in range(len(offsets) - 1):
        h = np.uint64(0xCBF29CE484222325)
        for at in range(offsets[i], offsets[i + 1]):
            h = (h ^ np.uint64(data[at])) * np.uint64(0x100000001B3)
        h = (h ^ (h >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
        h = (h ^ (h >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
        out[i] = h ^ (h >> np.uint64(33))


@compiled
def hashes_of(words: Any, word_hash: Any, out: Any) -> Any:
    """Hash each run of five words into `out`, never as 0; give their number."""
    n = len(words) - 4
    base = np.uint64(0x9E3779B97F4A7C15)
    top = base * base * base * base
    h = np.uint64(0)
    for i in range(min(4, len(words))):
        h = h * base + word_hash[words[i]]
    for i in range(n):
        h = h * base + word_hash[words[i + 4]]
        x = (h ^ (h >> np.uint64(32))) * np.uint64(0xD6E8FEB86659FD93)
        out[i] = x ^ (x >> np.uint64(32)) | np.uint64(1)
        h -= word_hash[words[i]] * top
    return max(n, 0)


@compiled
def sketch(
    words: Any, begin: Any, end: Any, word_hash: Any, bits: Any, longest: Any, seen: Any, out: Any, size: Any
) -> Any:
    """Keep the shingles of short articles and a quarter of those of long ones, as hash and article in one number.

    `size` receives how many of an article's are in the quarter, negative for a short one. What nothing else can share
    is left out: `seen` has two bits, once and again, for each remainder of the hashes. Gives how many are in `out`.
    """
    buffer = np.empty(longest + 1, np.uint64)
    shift = np.uint64(bits)
    mask = np.uint64(4 * len(seen) - 1)
    made = 0
    for d in range(len(begin)):
        n = hashes_of(words[begin[d] : end[d]], word_hash, buffer)
        for i in range(n):
            quarter = buffer[i] & np.uint64(6) == np.uint64(0)
            size[d] += quarter
            if n <= 128 or quarter:
                out[made] = (buffer[i] >> shift << shift) | np.uint64(d)
                made += 1
                x = (buffer[i] >> np.uint64(24)) & mask
                at, place = x >> np.uint64(2), np.uint8(2 * (x & np.uint64(3)))
                one = np.uint8(1) << place
                seen[at] |= (seen[at] & one) << np.uint8(1) | one
        if n <= 128:
            size[d] = -size[d]
    kept = 0
    for k in range(made):
        x = (out[k] >> np.uint64(24)) & mask
        if seen[x >> np.uint64(2)] >> np.uint8(2 * (x & np.uint64(3)) + 1) & np.uint8(1):
            out[kept] = out[k]
            kept += 1
    return kept


@compiled
def shared(keys: Any, bits: Any, start: Any, at: Any) -> None:
    """List for each article the places, in the sorted `keys`, of its shingles that other articles have too.

    `start` (one more than articles) counts them where `at` is empty, and is the place of the next where it is not.
    """
    shift = np.uint64(bits)
    mask = (np.uint64(1) << shift) - np.uint64(1)
    i = 0
    while i < len(keys):
        j = i + 1
        while j < len(keys) and keys[j] >> shift == keys[i] >> shift:
            j += 1
        if keys[j - 1] != keys[i]:
            for k in range(i, j):
                if k == i or keys[k] != keys[k - 1]:  # a shingle counts once an article
                    d = np.int64(keys[k] & mask)
                    if len(at):
                        at[start[d]] = k
                        start[d] += 1
                    else:
                        start[d + 1] += 1
        i = j


@compiled
def candidates(
    keys: Any, bits: Any, start: Any, at: Any, size: Any, oldest: Any, most: Any, share: Any, pairs: Any
) -> Any:
    """Pair each article with those before it, from `oldest` on, that share enough of the sketch; give their number.

    Of more than `most` articles with one shingle the first half and the last are looked at. Where there are more
    pairs than `pairs` has rows, the call is to be repeated with more.
    """
    shift = np.uint64(bits)
    mask = (np.uint64(1) << shift) - np.uint64(1)
    n = len(size)
    count, met = np.zeros(n, np.int32), np.empty(n, np.int64)
    found = 0
    for d in range(n):
        n_met = 0
        for p in range(start[d], start[d + 1]):
            here = at[p]
            h = keys[here] >> shift << shift
            low, high = (
                here,
                here,
            )  # the first place of this shingle from `oldest` on: gallop back, then halve
            step = 1
            wanted = h | np.uint64(oldest[d])
            while low > 0 and keys[low - 1] >= wanted:
                high = low
                low = max(0, low - step)
                step *= 2
            while low < high:
                middle = (low + high) // 2
                if keys[middle] < wanted:
                    low = middle + 1
                else:
                    high = middle
            k = low
            while k < here:
                if here - low > most and k == low + most // 2:
                    k = here - most // 2
                e = np.int64(keys[k] & mask)
                if e != d and (k == 0 or keys[k] != keys[k - 1]):
                    if count[e] == 0:
                        met[n_met] = e
                        n_met += 1
                    count[e] += 1
                k += 1
        for i in range(n_met):
            e = met[i]
            # Of two short articles all shingles are in the sketch, else a quarter.
            whole = 4 if size[d] <= 0 and size[e] <= 0 else 1
            smaller = whole * min(abs(size[d]), abs(size[e]))
            if count[e] >= 2 and count[e] >= share * smaller:
                if found < len(pairs):
                    pairs[found, 0], pairs[found, 1] = e, d
                found += 1
            count[e] = 0
    return found
