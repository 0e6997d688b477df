"""The compiled loops over shingles, runs of five words: who shares them, who repeats them, what a pair has in common.

They see hashes of words and places, never text; article d is `words[begin[d]:end[d]]`, articles in the order of the
last day they can be of. Imports Numba, so import it where it is used. Not for the decisions: see `shingles`.
"""

from typing import Any

import numpy as np

from analysis.jit import compiled

ALIKE = 0.95  # of the words of both: no weighing is needed to know such a pair
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
        n = _hashes(words[begin[d] : end[d]], word_hash, buffer)
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
    longest = 4 + np.max(end - begin)
    other, mine, places = (
        np.empty(longest, np.uint64),
        np.empty(longest, np.uint64),
        np.empty(longest, np.int64),
    )
    table, stamp = np.empty(4 * longest + 64, np.uint64), np.empty(4 * longest + 64, np.int64)
    hits = np.empty(longest, np.int64)
    now, size, n = -1, 64, 0
    for p in range(since, len(pairs)):
        a, b = pairs[p, 0], pairs[p, 1]
        if 2 * (filled[0] + 2 * (end[a] - begin[a])) > len(keys):
            return p
        if b != now:
            now = b
            n, size, _ = _tabled(words[begin[b] : end[b]], word_hash, mine, table, stamp, places)
        until, under, m = 0, 0, 0
        for i in range(_hashes(words[begin[a] : end[a]], word_hash, other)):
            s = _slot(other[i], table[:size])
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
                    key = _own(other[hits[i]], o)
                    k = _slot(key, keys)
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
        for i in range(_hashes(words[begin[d] : end[d]], word_hash, buffer)):
            x = (buffer[i] >> np.uint64(24)) & mask
            if bitmap[x >> np.uint64(3)] >> np.uint8(x & np.uint64(7)) & np.uint8(
                1
            ):  # most shingles are nowhere
                k = _slot(_own(buffer[i], outlet[d]), keys)
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
    that are no frame; the words before the first shared one in either.
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
        out[p, 11], out[p, 12] = -1, -1
        until = np.zeros(3, np.int64)
        for i in range(_hashes(words[begin[a] : end[a]], word_hash, other)):
            s = _slot(other[i], table[:size])
            hit, rare = table[s] != np.uint64(0), True
            if hit:
                if out[p, 11] < 0:
                    out[p, 11] = i
                for o in (outlet[a], outlet[b]):
                    k = _slot(_own(other[i], o), keys)
                    if keys[k] != np.uint64(0) and times[k, 0] >= often:
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
            if hit and out[p, 12] < 0:
                out[p, 12] = i
            for c, under in enumerate((hit, rare, hit and rare)):
                if under:
                    out[p, 7 + c] += i + 5 - max(until[c], i)
                    until[c] = i + 5


@compiled
def _facts_of(
    words: Any, since: Any, word_hash: Any, weight: Any, number: Any, keys: Any, weights: Any
) -> Any:
    """List the facts of an article from a word on; give their number.

    A number counts with the name before it: the same temperature in another city is another fact.
    """
    n, name = 0, np.uint64(0)
    for i in range(since, len(words)):
        w = words[i]
        if weight[w] > 0:
            keys[n], weights[n] = word_hash[w], weight[w]
            if number[w]:
                keys[n] = keys[n] * np.uint64(0x9E3779B97F4A7C15) + name
            else:
                name = word_hash[w]
            keys[n] |= np.uint64(1)
            n += 1
    return n


@compiled
def distinct(words: Any, begin: Any, end: Any, word_hash: Any, docs: Any, differ: Any) -> None:
    """Count the different shingles of some articles."""
    longest = 4 + np.max(end - begin)
    table, stamp = np.empty(4 * longest + 64, np.uint64), np.empty(4 * longest + 64, np.int64)
    mine, places = np.empty(longest, np.uint64), np.empty(longest, np.int64)
    for d in docs:
        _, _, differ[d] = _tabled(words[begin[d] : end[d]], word_hash, mine, table, stamp, places)


@compiled
def facts(
    words: Any,
    begin: Any,
    end: Any,
    word_hash: Any,
    weight: Any,
    number: Any,
    pairs: Any,
    skip: Any,
    out: Any,
) -> None:
    """Weigh the different facts of pairs: of the first, of the second, of both; the `skip` first words left out."""
    longest = 4 + np.max(end - begin)
    table, met = np.empty(4 * longest + 64, np.uint64), np.empty(4 * longest + 64, np.uint64)
    keys, weights = np.empty(longest, np.uint64), np.empty(longest)
    now, since, size, total = -1, -1, 64, 0.0
    for p in range(len(pairs)):
        a, b = pairs[p, 0], pairs[p, 1]
        if b != now or skip[p, 1] != since:
            now, since, size, total = b, skip[p, 1], 64, 0.0
            n = _facts_of(words[begin[b] : end[b]], since, word_hash, weight, number, keys, weights)
            while size < 2 * n:
                size *= 2
            table[:size] = np.uint64(0)
            for i in range(n):
                s = _slot(keys[i], table[:size])
                if table[s] == np.uint64(0):
                    table[s] = keys[i]
                    total += weights[i]
        n = _facts_of(words[begin[a] : end[a]], skip[p, 0], word_hash, weight, number, keys, weights)
        own = 64
        while own < 2 * n:
            own *= 2
        met[:own] = np.uint64(0)
        out[p, 0], out[p, 1], out[p, 2] = 0.0, total, 0.0
        for i in range(n):
            s = _slot(keys[i], met[:own])
            if met[s] == np.uint64(0):
                met[s] = keys[i]
                out[p, 0] += weights[i]
                if table[_slot(keys[i], table[:size])] != np.uint64(0):
                    out[p, 2] += weights[i]
