"""The compiled loops over pairs of articles: the words under the shingles they share, and the facts in both.

They see hashes of words and places, never text; article d is `words[begin[d]:end[d]]`, articles in the order of the
last day they can be of. Imports Numba, so import it where it is used. Not for the decisions: see `shingles`.
"""

from typing import Any

import numpy as np

from analysis.jit import compiled
from analysis.text.repeats_kernel import in_outlet, slot, tabled, workspace
from analysis.text.shingles_kernel import hashes_of


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
    other, mine, places, table, stamp = workspace(begin, end)
    now, n, size, differ = -1, 0, 64, 0
    for p in range(len(pairs)):
        a, b = pairs[p, 0], pairs[p, 1]
        if b != now:
            now = b
            n, size, differ = tabled(words[begin[b] : end[b]], word_hash, mine, table, stamp, places)
        out[p, :] = 0
        out[p, 0], out[p, 2], out[p, 6] = differ, end[a] - begin[a], end[b] - begin[b]
        out[p, 11], out[p, 12] = -1, -1
        until = np.zeros(3, np.int64)
        for i in range(hashes_of(words[begin[a] : end[a]], word_hash, other)):
            s = slot(other[i], table[:size])
            hit, rare = table[s] != np.uint64(0), True
            if hit:
                if out[p, 11] < 0:
                    out[p, 11] = i
                for o in (outlet[a], outlet[b]):
                    k = slot(in_outlet(other[i], o), keys)
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
    _, mine, places, table, stamp = workspace(begin, end)
    for d in docs:
        _, _, differ[d] = tabled(words[begin[d] : end[d]], word_hash, mine, table, stamp, places)


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
                s = slot(keys[i], table[:size])
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
            s = slot(keys[i], met[:own])
            if met[s] == np.uint64(0):
                met[s] = keys[i]
                out[p, 0] += weights[i]
                if table[slot(keys[i], table[:size])] != np.uint64(0):
                    out[p, 2] += weights[i]
