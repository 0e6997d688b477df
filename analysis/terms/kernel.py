"""Loops over token streams, compiled: terms of tokens, rows of a sparse matrix, counts by group.

Imports Numba: import this module inside the function that needs it. Inner loops index with unsigned numbers: for
signed ones Numba asks every time whether they count from the end, which takes three times as long. Not for deciding
what a type becomes: that is `vocabulary`.
"""

from typing import Any

import numpy as np

from analysis.jit import compiled

NONE, SKIP = -1, -(2**30)
"""What a type may become besides a term: nothing (and n-grams end there), or nothing at all.

Values from -2 down, but for SKIP, name an entry of `more`: a type that becomes several terms.
"""


@compiled
def term_stream(
    type_ids: Any,
    seg_first: Any,
    seg_state: Any,
    doc_segments: Any,
    doc_map: Any,
    packed: Any,
    more_first: Any,
    more: Any,
    breaks: bool,
    spare: int,
    out: Any,
    offsets: Any,
    n_words: Any,
) -> Any:
    """Write the terms of every article one after the other; give how many were written, -1 where `out` is too short.

    `seg_state` has bit 1 for segments in scope and bit 2 for those before which n-grams end. With `breaks`, -1 stands
    where n-grams end; without, only terms are written. `packed` is twice what a type becomes, plus 1 for words. `out`
    has room for a term a token, a break a segment, one more, and `spare` for types that become several.
    """
    one = np.uint64(1)
    n = np.uint64(0)
    offsets[0] = 0
    for doc in range(doc_segments.size - 1):
        row = packed[doc_map[doc]]
        words = 0
        for segment in range(doc_segments[doc], doc_segments[doc + 1]):
            if breaks and seg_state[segment] & 2:
                out[n] = -1
                n += one
            if not seg_state[segment] & 1:
                continue
            for place in range(np.uint64(seg_first[segment]), np.uint64(seg_first[segment + 1])):
                value = row[np.uint32(type_ids[place])]
                words += value & 1
                term = value >> 1
                out[n] = term  # overwritten by the next one where it does not count
                n += np.uint64(term >= 0)
                if term < -1:
                    if term != -(2**30):
                        spare -= more_first[-1 - term] - more_first[-2 - term]
                        if spare < 0:
                            return -1
                        for i in range(np.uint64(more_first[-2 - term]), np.uint64(more_first[-1 - term])):
                            out[n] = more[i]
                            n += one
                elif breaks and term == -1:
                    n += one
        offsets[doc + 1] = n
        n_words[doc] = words
    return np.int64(n)


@compiled
def rows(stream: Any, offsets: Any, n_terms: int, indices: Any, counts: Any, indptr: Any) -> Any:
    """Count the ids of each article into rows with sorted columns; negative ids are passed over.

    Sorting is by a bitmap of the terms with two levels above it: an article touches few of its words.
    """
    count = np.zeros(n_terms, np.int32)
    low = np.zeros((n_terms >> 6) + 1, np.uint64)
    middle = np.zeros((low.size >> 6) + 1, np.uint64)
    top = np.zeros((middle.size >> 6) + 1, np.uint64)
    one = np.uint64(1)
    six, six_bits, twelve, eighteen = np.uint64(63), np.uint64(6), np.uint64(12), np.uint64(18)
    # The place of the lowest bit, by a de Bruijn sequence.
    magic = np.uint64(0x03F79D71B4CB0A89)
    shift = np.uint64(58)
    place = np.zeros(64, np.uint64)
    for i in range(64):
        place[(magic << np.uint64(i)) >> shift] = i
    n = np.uint64(0)
    indptr[0] = 0
    for doc in range(offsets.size - 1):
        for at in range(np.uint64(offsets[doc]), np.uint64(offsets[doc + 1])):
            if stream[at] < 0:
                continue
            term = np.uint64(stream[at])
            # Set anew at every occurrence: asking whether it is the first would be guessed wrong half the time.
            low[term >> six_bits] |= one << (term & six)
            middle[term >> twelve] |= one << ((term >> six_bits) & six)
            top[term >> eighteen] |= one << ((term >> twelve) & six)
            count[term] += 1
        for word in range(np.uint64(0), np.uint64(top.size)):
            bits_a = top[word]
            top[word] = 0
            while bits_a:
                b = (word << six_bits) + place[((bits_a & (~bits_a + one)) * magic) >> shift]
                bits_a &= bits_a - one
                bits_b = middle[b]
                middle[b] = 0
                while bits_b:
                    c = (b << six_bits) + place[((bits_b & (~bits_b + one)) * magic) >> shift]
                    bits_b &= bits_b - one
                    bits_c = low[c]
                    low[c] = 0
                    while bits_c:
                        term = (c << six_bits) + place[((bits_c & (~bits_c + one)) * magic) >> shift]
                        bits_c &= bits_c - one
                        indices[n] = term
                        counts[n] = count[term]
                        count[term] = 0
                        n += one
        indptr[doc + 1] = n
    return np.int64(n)


@compiled
def tally(stream: Any, offsets: Any, doc_group: Any, alone: Any, n_words: Any, sums: Any) -> None:
    """Add, by group and term: occurrences, articles, and of articles that are a story alone what an interval needs.

    Those are the sum of squared occurrences, that of occurrences times the article's words, the articles again, and
    the most occurrences.
    Articles of a negative group are passed over.
    """
    count = np.zeros(sums.shape[1], np.int32)
    met = np.empty(sums.shape[1], np.uint32)
    for doc in range(offsets.size - 1):
        group = doc_group[doc]
        if group < 0:
            continue
        n = np.uint64(0)
        for at in range(np.uint64(offsets[doc]), np.uint64(offsets[doc + 1])):
            if stream[at] < 0:
                continue
            term = np.uint32(stream[at])
            met[n] = term  # overwritten by the next one where it was met before
            n += np.uint64(count[term] == 0)
            count[term] += 1
        cells = sums[group]
        words = n_words[doc]
        for k in range(np.uint64(0), n):
            term = met[k]
            x = np.int64(count[term])
            count[term] = 0
            cells[term, 0] += x
            cells[term, 1] += 1
            if alone[doc]:
                cells[term, 2] += x * x
                cells[term, 3] += x * words
                cells[term, 4] += 1
                cells[term, 5] = max(cells[term, 5], x)


@compiled
def gram_stream(
    stream: Any, offsets: Any, wanted: Any, bits: int, keys: Any, slots: Any, codes: Any, out: Any, ends: Any
) -> Any:
    """Write the n-grams of every article as places in `codes`, in the order in which they are first seen.

    The code of an n-gram holds all its terms, `bits` each, so that no two share one. `keys` and `slots` are a hash
    table (slots of -1 are free) with at least twice as many entries as `codes`. Gives how many n-grams were written
    and how many codes there are; -1 where `codes` is too short.
    """
    longest = wanted.size
    mask = np.uint64(slots.size - 1)
    one = np.uint64(1)
    n, known = np.uint64(0), np.uint64(0)
    ends[0] = 0
    for doc in range(offsets.size - 1):
        past = offsets[doc + 1]
        for start in range(offsets[doc], past):
            code = np.uint64(0)
            for k in range(longest):
                if start + k >= past or stream[start + k] < 0:
                    break
                term = np.uint64(stream[start + k] + 1)
                code |= term << np.uint64(bits * (longest - 1 - k))
                if not wanted[k]:
                    continue
                slot = ((code * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(29)) & mask
                while slots[slot] >= 0 and keys[slot] != code:
                    slot = (slot + one) & mask
                if slots[slot] < 0:
                    if known == np.uint64(codes.size):
                        return -1, -1
                    keys[slot] = code
                    slots[slot] = known
                    codes[known] = code
                    known += one
                out[n] = slots[slot]
                n += one
        ends[doc + 1] = n
    return np.int64(n), np.int64(known)


@compiled
def places(needles: Any, hay: Any, out: Any) -> None:
    """Find sorted values among sorted values that hold them all, galloping on from the last one found."""
    low = 0
    for i in range(needles.size):
        step, value = 1, needles[i]
        high = low
        while high < hay.size and hay[high] < value:
            low = high
            high += step
            step *= 2
        high = min(high, hay.size - 1)
        while low < high:
            middle = (low + high) >> 1
            if hay[middle] < value:
                low = middle + 1
            else:
                high = middle
        out[i] = low


@compiled
def words(type_ids: Any, seg_first: Any, seg_state: Any, doc_segments: Any, is_word: Any, out: Any) -> None:
    """Count the words of every article in segments in scope."""
    for doc in range(doc_segments.size - 1):
        n = 0
        for segment in range(doc_segments[doc], doc_segments[doc + 1]):
            if seg_state[segment] & 1:
                for place in range(np.uint64(seg_first[segment]), np.uint64(seg_first[segment + 1])):
                    n += is_word[np.uint32(type_ids[place])]
        out[doc] = n


@compiled
def apart(start: Any, length: Any, keep: Any) -> None:
    """Keep hits that do not overlap: of hits sorted by start, the longest first, those that begin behind the last."""
    past = 0
    for i in range(start.size):
        keep[i] = start[i] >= past
        if keep[i]:
            past = start[i] + length[i]
