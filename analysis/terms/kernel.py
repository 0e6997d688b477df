"""Loops over token streams, compiled: terms of tokens, rows of a sparse matrix, counts by group.

Imports Numba: import this module inside the function that needs it. Not for deciding what a type becomes: that is
`vocabulary`.
"""

from typing import Any

import numpy as np

from analysis.text.jit import compiled

NONE, SKIP = -1, -(2**31)
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
    of_type: Any,
    more_first: Any,
    more: Any,
    is_word: Any,
    breaks: bool,
    out: Any,
    offsets: Any,
    n_words: Any,
) -> int:
    """Write the terms of every article one after the other; give how many were written.

    `seg_state` has bit 1 for segments in scope and bit 2 for those before which n-grams end. With `breaks`, -1 stands
    where n-grams end; without, only terms are written. `out` must have room.
    """
    n = 0
    offsets[0] = 0
    for doc in range(doc_segments.size - 1):
        row = of_type[doc_map[doc]]
        words = 0
        for segment in range(doc_segments[doc], doc_segments[doc + 1]):
            if breaks and seg_state[segment] & 2:
                out[n] = -1
                n += 1
            if not seg_state[segment] & 1:
                continue
            for place in range(seg_first[segment], seg_first[segment + 1]):
                kind = type_ids[place]
                words += is_word[kind]
                term = row[kind]
                if term >= 0:
                    out[n] = term
                    n += 1
                elif term == -1:
                    if breaks:
                        out[n] = -1
                        n += 1
                elif term != -(2**31):
                    for i in range(more_first[-2 - term], more_first[-1 - term]):
                        out[n] = more[i]
                        n += 1
        offsets[doc + 1] = n
        n_words[doc] = words
    return n


@compiled
def rows(stream: Any, offsets: Any, n_terms: int, indices: Any, counts: Any, indptr: Any) -> int:
    """Count the ids of each article into rows with sorted columns; negative ids are passed over.

    Sorting is by a bitmap of the terms with two levels above it: an article touches few of its words.
    """
    count = np.zeros(n_terms, np.int32)
    low = np.zeros((n_terms >> 6) + 1, np.uint64)
    middle = np.zeros((low.size >> 6) + 1, np.uint64)
    top = np.zeros((middle.size >> 6) + 1, np.uint64)
    one = np.uint64(1)
    six = np.uint64(63)
    # The place of the lowest bit, by a de Bruijn sequence.
    magic = np.uint64(0x03F79D71B4CB0A89)
    shift = np.uint64(58)
    place = np.zeros(64, np.int64)
    for i in range(64):
        place[np.int64((magic << np.uint64(i)) >> shift)] = i
    n = 0
    indptr[0] = 0
    for doc in range(offsets.size - 1):
        for at in range(offsets[doc], offsets[doc + 1]):
            term = stream[at]
            if term < 0:
                continue
            if count[term] == 0:
                low[term >> 6] |= one << (np.uint64(term) & six)
                middle[term >> 12] |= one << (np.uint64(term >> 6) & six)
                top[term >> 18] |= one << (np.uint64(term >> 12) & six)
            count[term] += 1
        for a in range(top.size):
            bits_a = top[a]
            top[a] = 0
            while bits_a:
                b = (a << 6) + place[np.int64(((bits_a & (~bits_a + one)) * magic) >> shift)]
                bits_a &= bits_a - one
                bits_b = middle[b]
                middle[b] = 0
                while bits_b:
                    c = (b << 6) + place[np.int64(((bits_b & (~bits_b + one)) * magic) >> shift)]
                    bits_b &= bits_b - one
                    bits_c = low[c]
                    low[c] = 0
                    while bits_c:
                        term = (c << 6) + place[np.int64(((bits_c & (~bits_c + one)) * magic) >> shift)]
                        bits_c &= bits_c - one
                        indices[n] = term
                        counts[n] = count[term]
                        count[term] = 0
                        n += 1
        indptr[doc + 1] = n
    return n


@compiled
def tally(stream: Any, offsets: Any, doc_group: Any, term_freq: Any, doc_freq: Any) -> None:
    """Add occurrences and articles by group and term; articles of a negative group are passed over."""
    last = np.full(term_freq.shape[1], -1, np.int32)
    for doc in range(offsets.size - 1):
        group = doc_group[doc]
        if group < 0:
            continue
        for at in range(offsets[doc], offsets[doc + 1]):
            term = stream[at]
            if term < 0:
                continue
            term_freq[group, term] += 1
            if last[term] != doc:
                last[term] = doc
                doc_freq[group, term] += 1
