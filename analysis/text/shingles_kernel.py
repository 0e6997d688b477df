"""The compiled loops over shingles, runs of five words: who shares them, who repeats them, what a pair has in common.

They see hashes of words and places, never text; article d is `words[begin[d]:end[d]]`, articles in the order of the
last day they can be of. Imports Numba, so import it where it is used. Not for the decisions: see `shingles`.
"""

from typing import Any

import numpy as np

from analysis.text.jit import compiled

FRAME = 255  # in `times`: repeated so often that it says nothing


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
def _hashes(words: Any, word_hash: Any, out: Any) -> Any:
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
    words: Any, begin: Any, end: Any, word_hash: Any, bits: Any, longest: Any, out: Any, size: Any
) -> Any:
    """Keep the shingles of short articles and a quarter of those of long ones, as hash and article in one number."""
    buffer = np.empty(longest + 1, np.uint64)
    shift = np.uint64(bits)
    made = 0
    for d in range(len(begin)):
        n = _hashes(words[begin[d] : end[d]], word_hash, buffer)
        before = made
        for i in range(n):
            if n <= 128 or buffer[i] & np.uint64(6) == np.uint64(0):
                out[made] = (buffer[i] >> shift << shift) | np.uint64(d)
                made += 1
        size[d] = made - before
    return made


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
            if count[e] >= 2 and count[e] >= share * min(size[d], size[e]):
                if found < len(pairs):
                    pairs[found, 0], pairs[found, 1] = e, d
                found += 1
            count[e] = 0
    return found


@compiled
def _slot(key: Any, keys: Any) -> Any:
    """Find the slot of a key in an open table whose length is a power of two: its own, or the free one for it."""
    mask = np.uint64(len(keys) - 1)
    x = key * np.uint64(0x9E3779B97F4A7C15)
    at = (x ^ (x >> np.uint64(29))) & mask
    while keys[at] != np.uint64(0) and keys[at] != key:
        at = (at + np.uint64(1)) & mask
    return at


@compiled
def _own(h: Any, outlet: Any) -> Any:
    """Make the key of a shingle in one outlet; never 0."""
    x = h + np.uint64(outlet + 1) * np.uint64(0xC2B2AE3D27D4EB4F)
    x = (x ^ (x >> np.uint64(31))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(30)) | np.uint64(1)


@compiled
def _tabled(words: Any, word_hash: Any, buffer: Any, table: Any, stamp: Any, places: Any) -> Any:
    """Put the shingles of an article into a table just large enough; give their number, its size, how many differ."""
    n = _hashes(words, word_hash, buffer)
    size, differ = 64, 0
    while size < 2 * n:
        size *= 2
    table[:size] = np.uint64(0)
    stamp[:size] = -1
    for i in range(n):
        places[i] = _slot(buffer[i], table[:size])
        differ += table[places[i]] == np.uint64(0)
        table[places[i]] = buffer[i]
    return n, size, differ


@compiled
def rehash(old: Any, new: Any) -> None:
    """Move the keys of a table into a larger one."""
    for k in range(len(old)):
        if old[k] != np.uint64(0):
            new[_slot(old[k], new)] = old[k]


@compiled
def collect(
    words: Any,
    begin: Any,
    end: Any,
    word_hash: Any,
    pairs: Any,
    outlet: Any,
    since: Any,
    keys: Any,
    filled: Any,
) -> Any:
    """Put what pairs share into the table, once an outlet; give the pair (from `since` on) at which it was too full.

    `pairs` are ordered by their second article; `filled` has the number of keys in the table.
    """
    longest = 4 + np.max(end - begin)
    other, mine, places = (
        np.empty(longest, np.uint64),
        np.empty(longest, np.uint64),
        np.empty(longest, np.int64),
    )
    table, stamp = np.empty(4 * longest + 64, np.uint64), np.empty(4 * longest + 64, np.int64)
    now, size = -1, 64
    for p in range(since, len(pairs)):
        a, b = pairs[p, 0], pairs[p, 1]
        if 2 * (filled[0] + 2 * (end[a] - begin[a])) > len(keys):
            return p
        if b != now:
            now = b
            _, size, _ = _tabled(words[begin[b] : end[b]], word_hash, mine, table, stamp, places)
        for i in range(_hashes(words[begin[a] : end[a]], word_hash, other)):
            s = _slot(other[i], table[:size])
            if table[s] != np.uint64(0) and stamp[s] != outlet[a]:
                stamp[s] = outlet[a]  # known to be there already: most pairs of an article share the same
                for o in (outlet[a], outlet[b]):
                    key = _own(other[i], o)
                    k = _slot(key, keys)
                    filled[0] += keys[k] == np.uint64(0)
                    keys[k] = key
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
    times: Any,
) -> None:
    """Count on how many occasions, more than a window apart, its outlet printed each shingle of the table.

    One in `crowd` articles of the outlet is a FRAME at once. `low` and `high` bound the day of each article.
    """
    longest = 4 + np.max(end - begin)
    buffer = np.empty(longest, np.uint64)
    latest, docs = np.zeros(len(keys), np.int32), np.zeros(len(keys), np.int32)
    newest = np.full(len(keys), -1, np.int32)
    mask = np.uint64(8 * len(bitmap) - 1)
    for k in range(len(keys)):  # most shingles are not in the table: one bit says so
        if keys[k] != np.uint64(0):
            x = (keys[k] >> np.uint64(20)) & mask
            bitmap[x >> np.uint64(3)] |= np.uint8(1) << np.uint8(x & np.uint64(7))
    for d in range(len(begin)):
        for i in range(_hashes(words[begin[d] : end[d]], word_hash, buffer)):
            key = _own(buffer[i], outlet[d])
            x = (key >> np.uint64(20)) & mask
            if bitmap[x >> np.uint64(3)] >> np.uint8(x & np.uint64(7)) & np.uint8(1):
                k = _slot(key, keys)
                if keys[k] == np.uint64(0) or times[k] == FRAME or newest[k] == d:
                    continue
                newest[k] = d
                docs[k] += 1
                if outlet[d] and docs[k] >= crowd:
                    times[k] = FRAME
                elif high[d] - low[d] < 32 and (times[k] == 0 or low[d] > latest[k] + window):
                    times[k] = min(times[k] + 1, FRAME - 1)
                    latest[k] = high[d]


@compiled
def compare(
    words: Any,
    begin: Any,
    end: Any,
    word_hash: Any,
    pairs: Any,
    outlet: Any,
    keys: Any,
    times: Any,
    often: Any,
    out: Any,
) -> None:
    """Compare pairs, ordered by their second article, counting words under the shingles they share.

    `out` has for each pair: different shingles of the second, and shared; of the first its words, those under shared
    shingles, those under shingles that are no frame, those under both; the last four of the second; shared shingles
    that are no frame.
    """
    longest = 4 + np.max(end - begin)
    other, mine, places = (
        np.empty(longest, np.uint64),
        np.empty(longest, np.uint64),
        np.empty(longest, np.int64),
    )
    table, stamp = np.empty(4 * longest + 64, np.uint64), np.empty(4 * longest + 64, np.int64)
    now, n, size, differ = -1, 0, 64, 0
    for p in range(len(pairs)):
        a, b = pairs[p, 0], pairs[p, 1]
        if b != now:
            now = b
            n, size, differ = _tabled(words[begin[b] : end[b]], word_hash, mine, table, stamp, places)
        out[p, :] = 0
        out[p, 0], out[p, 2], out[p, 6] = differ, end[a] - begin[a], end[b] - begin[b]
        until = np.zeros(3, np.int64)
        for i in range(_hashes(words[begin[a] : end[a]], word_hash, other)):
            s = _slot(other[i], table[:size])
            hit, rare = table[s] != np.uint64(0), True
            if hit:
                for o in (outlet[a], outlet[b]):
                    k = _slot(_own(other[i], o), keys)
                    if keys[k] != np.uint64(0) and times[k] >= often:
                        rare = False
                if stamp[s] // 2 != p:
                    stamp[s] = 2 * p + rare
                    out[p, 1] += 1
                    out[p, 10] += rare
            for c, under in enumerate((hit, rare, hit and rare)):
                if under:
                    out[p, 3 + c] += i + 5 - max(until[c], i)
                    until[c] = i + 5
        until[:] = 0
        for i in range(n):
            hit = stamp[places[i]] >= 0 and stamp[places[i]] // 2 == p
            rare = not hit or stamp[places[i]] % 2 == 1
            for c, under in enumerate((hit, rare, hit and rare)):
                if under:
                    out[p, 7 + c] += i + 5 - max(until[c], i)
                    until[c] = i + 5


@compiled
def _fact(words: Any, i: Any, first: Any, word_hash: Any, number: Any) -> Any:
    """Make the key of a fact: a number counts with the word before it, so that other cities have other temperatures."""
    key = word_hash[words[i]]
    if number[words[i]] and i > first:
        key = key * np.uint64(0x9E3779B97F4A7C15) + word_hash[words[i - 1]]
    return key | np.uint64(1)


@compiled
def sums(
    words: Any,
    begin: Any,
    end: Any,
    word_hash: Any,
    weight: Any,
    number: Any,
    docs: Any,
    differ: Any,
    total: Any,
) -> None:
    """Count the different shingles of some articles, and weigh their different facts."""
    longest = 4 + np.max(end - begin)
    table, stamp = np.empty(4 * longest + 64, np.uint64), np.empty(4 * longest + 64, np.int64)
    mine, places = np.empty(longest, np.uint64), np.empty(longest, np.int64)
    for d in docs:
        _, _, differ[d] = _tabled(words[begin[d] : end[d]], word_hash, mine, table, stamp, places)
        size = 64
        while size < 2 * (end[d] - begin[d]):
            size *= 2
        table[:size] = np.uint64(0)
        for i in range(begin[d], end[d]):
            if weight[words[i]] > 0:
                key = _fact(words, i, begin[d], word_hash, number)
                s = _slot(key, table[:size])
                if table[s] == np.uint64(0):
                    table[s] = key
                    total[d] += weight[words[i]]


@compiled
def facts(
    words: Any, begin: Any, end: Any, word_hash: Any, weight: Any, number: Any, pairs: Any, both: Any
) -> None:
    """Weigh the different facts that both of a pair have; `pairs` are ordered by their second article."""
    longest = 4 + np.max(end - begin)
    table, stamp = np.empty(4 * longest + 64, np.uint64), np.empty(4 * longest + 64, np.int64)
    now, size = -1, 64
    for p in range(len(pairs)):
        a, b = pairs[p, 0], pairs[p, 1]
        if b != now:
            now, size = b, 64
            while size < 2 * (end[b] - begin[b]):
                size *= 2
            table[:size] = np.uint64(0)
            stamp[:size] = -1
            for i in range(begin[b], end[b]):
                if weight[words[i]] > 0:
                    key = _fact(words, i, begin[b], word_hash, number)
                    table[_slot(key, table[:size])] = key
        for i in range(begin[a], end[a]):
            if weight[words[i]] > 0:
                s = _slot(_fact(words, i, begin[a], word_hash, number), table[:size])
                if table[s] != np.uint64(0) and stamp[s] != p:
                    stamp[s] = p
                    both[p] += weight[words[i]]
