"""N-grams: neighbouring terms as one code each, exact, and in the order of their words.

A code holds the numbers of all its terms, so that two n-grams never share one and codes sort as the words do. Not for
what ends an n-gram (`stream`), nor for phrases of a recipe.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.errors import SelectionError, message
from analysis.terms.stream import Ints, Longs, Stream

Codes = npt.NDArray[np.uint64]
_MOST_BITS = 64


def bits_of(n_terms: int, ngrams: Sequence[int]) -> int:
    """Give the bits of a term in a code.

    Raises
    ------
    SelectionError
        So many terms do not fit into one code as often as the longest n-gram asks.
    """
    bits = int(n_terms).bit_length()
    if bits * max(ngrams) > _MOST_BITS:
        raise SelectionError(
            message(
                f"n-grams of {max(ngrams)} cannot be counted exactly over so many terms",
                got=f"{n_terms:,} terms",
                expected=f"fewer than {2 ** (_MOST_BITS // max(ngrams)):,}",
                hint="Take shorter n-grams, or fewer terms (min_length, numbers, lemmas).",
            )
        )
    return bits


def coded(stream: Stream, ngrams: Sequence[int], bits: int) -> tuple[Stream, Codes]:
    """Give the n-grams of a stream as places in their codes, which are sorted."""
    from analysis.terms import kernel

    wanted = np.isin(np.arange(1, max(ngrams) + 1), ngrams)
    most = max(len(stream.terms) * len(ngrams), 1)
    out, ends = np.empty(most, np.int32), np.empty(len(stream.offsets), np.int64)
    room = min(1 << 18, most)
    while True:
        size = 1 << (2 * room - 1).bit_length()
        keys, slots = np.empty(size, np.uint64), np.full(size, -1, np.int32)
        codes = np.empty(room, np.uint64)
        n, known = kernel.gram_stream(
            stream.terms, stream.offsets, wanted, bits, keys, slots, codes, out, ends
        )
        if known >= 0:
            break
        room = min(4 * room, most)
    codes = codes[:known]
    order = np.argsort(codes)
    rank = np.empty(known, np.int32)
    rank[order] = np.arange(known, dtype=np.int32)
    return Stream(rank[out[:n]], ends, stream.n_words), codes[order]


def merged(parts: Sequence[Codes]) -> Codes:
    """Give the codes of all parts, sorted, each once."""
    every = np.concatenate([np.empty(0, np.uint64), *parts])
    every.sort()
    if not len(every):
        return every
    new = np.ones(len(every), np.bool_)
    np.not_equal(every[1:], every[:-1], out=new[1:])
    return every[new]


def places_in(codes: Codes, every: Codes) -> Ints:
    """Give where sorted codes stand among all."""
    from analysis.terms import kernel

    out = np.empty(len(codes), np.int32)
    kernel.places(codes, every, out)
    return out


def spelled(codes: Codes, terms: pa.Array, bits: int, longest: int) -> pa.Array:
    """Give the words of codes, with a space between terms."""
    mask = np.uint64((1 << bits) - 1)
    terms = terms.cast(pa.large_string())
    nothing = pa.array([""], pa.large_string())
    empty = pa.scalar("", pa.large_string())
    spaced = pc.binary_join_element_wise(pa.scalar(" ", pa.large_string()), terms, empty)
    later = pa.chunked_array([nothing, spaced]).combine_chunks()
    pieces: list[Any] = []
    for k in range(longest):
        number = (codes >> np.uint64(bits * (longest - 1 - k))) & mask
        if k == 0:
            pieces.append(terms.take(pa.array(number.astype(np.int64) - 1)))
        else:
            pieces.append(later.take(pa.array(number.astype(np.int64))))
    return pieces[0] if len(pieces) == 1 else pc.binary_join_element_wise(*pieces, empty)


def article_counts(stream: Stream, n_terms: int) -> tuple[Longs, Ints, Ints]:
    """Count a stream into rows: where each begins, its terms sorted, and how often each occurs."""
    from analysis.terms import kernel

    room = len(stream.terms)
    indices, counts = np.empty(room, np.int32), np.empty(room, np.int32)
    indptr = np.empty(len(stream.offsets), np.int64)
    n = kernel.rows(stream.terms, stream.offsets, n_terms, indices, counts, indptr)
    return indptr, indices[:n].copy(), counts[:n].copy()
