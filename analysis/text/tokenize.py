"""Tokens: words, numbers and punctuation of a batch of texts, as integers.

Every later question counts these integers; no other module cuts text into words. Not for sentences and voices
(`segments`), nor for what a reader does with case, stop words or lemmas (that is a recipe, a map of types).
The rules are stated in docs/methods.md ("Tokens").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.text import tokenize_classes as characters
from analysis.text.tokenize_classes import class_table

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]
Number = TypeVar("Number", bound=np.generic)
Texts: TypeAlias = "pa.Array | pa.ChunkedArray | Sequence[str | None]"

WORD, NUMBER, PUNCTUATION, OTHER = 0, 1, 2, 3
"""The classes of types."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_ADDRESS = r"^[wW]{3}\..|://"
_TYPES = 1 << 12  # room for so many types to begin with
_SPACE, _NEWLINE = 1, 2  # the flags of `tokenize_kernel`


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The tokens of n texts, one text after the other.

    Attributes
    ----------
    types
        string; the distinct forms, NFC or not as they came, case kept, in the order in which they are first seen.
    type_ids
        int32, one a token: its place in `types`.
    starts, ends
        int32, one a token: code points from the beginning of its own text.
    space_before
        bool, one a token: white space stands before it (never true for what is first and not indented).
    newline_before
        bool, one a token: that white space holds the end of a line.
    text_offsets
        int64, n + 1: the tokens of text i are `text_offsets[i]:text_offsets[i + 1]`.
    """

    types: pa.StringArray
    type_ids: Ints
    starts: Ints
    ends: Ints
    space_before: Bools
    newline_before: Bools
    text_offsets: Longs


@dataclass(frozen=True, slots=True, eq=False)
class TypeCounts:
    """Occurrences by text, as the rows of a sparse matrix (CSR).

    Attributes
    ----------
    types
        string; the distinct forms in the order in which they are first seen.
    indptr
        int64, n + 1: the entries of text i are `indptr[i]:indptr[i + 1]`.
    indices, counts
        int32: place in `types`, and occurrences. Within a text in order of first use.
    """

    types: pa.StringArray
    indptr: Longs
    indices: Ints
    counts: Ints


def tokenize(texts: Texts) -> Tokens:
    """Cut texts into tokens.

    Parameters
    ----------
    texts
        Any strings: an Arrow array or a sequence. A missing text (None) has no tokens; a lone surrogate
        counts as U+FFFD.

    Returns
    -------
    Tokens
        Tokens never overlap, and what stands between them is white space and format characters only.

    Notes
    -----
    Never raises on text. Linear; about 50 MB of text a CPU second, after about 5 s of compiling where nothing is
    cached yet. Memory: 13 bytes a token.

    Examples
    --------
    >>> tokens = tokenize(["The U.S. isn’t 1,000 miles off."])
    >>> tokens.types.to_pylist()
    ['The', 'U.S.', 'isn’t', '1,000', 'miles', 'off', '.']
    """
    data, bounds = _utf8(texts)
    ids, starts, ends, flags, offsets, firsts, lengths = _scan(data, bounds)
    return Tokens(
        types=_cut_out(data, firsts, lengths),
        type_ids=ids,
        starts=starts,
        ends=ends,
        space_before=(flags & _SPACE).astype(np.bool_),
        newline_before=(flags & _NEWLINE).astype(np.bool_),
        text_offsets=offsets,
    )


def count_types(texts: Texts) -> TypeCounts:
    """Count the types of each text, and nothing else.

    Parameters
    ----------
    texts
        As for `tokenize`.

    Returns
    -------
    TypeCounts
        One row a text. Punctuation is counted too; `type_classes` tells it apart.

    Examples
    --------
    >>> counts = count_types(["no, no", ""])
    >>> counts.types.to_pylist(), counts.counts.tolist(), counts.indptr.tolist()
    (['no', ','], [2, 1], [0, 2, 2])
    """
    from analysis.text.tokenize_counts import count

    data, bounds = _utf8(texts)
    ids, _, _, _, offsets, firsts, lengths = _scan(data, bounds)
    indptr, indices, counts = count(ids, offsets, firsts.size)
    return TypeCounts(_cut_out(data, firsts, lengths), indptr, indices, counts)


def type_classes(types: Texts) -> Bytes:
    """Say of each type whether it is a word (0), a number (1), punctuation (2) or something else (3).

    A word holds a letter, a number a digit and no letter; something else is a symbol, an emoji, a web address.

    >>> type_classes(["COVID-19", "10-12", "…", "₨", "www.example.org"]).tolist()
    [0, 1, 2, 3, 3]
    """
    data, bounds = _utf8(types)
    if bounds.size == 1:
        return np.empty(0, dtype=np.uint8)
    content = data[bounds[0] : bounds[-1]]
    codes = np.frombuffer(content.tobytes().decode("utf-8", "replace").encode("utf-32-le"), dtype=np.uint32)
    begins = np.flatnonzero((content & 0xC0) != 0x80)  # the bytes at which code points begin
    owner = np.searchsorted(bounds - bounds[0], begins, side="right") - 1
    of_codes = class_table()[codes]
    n = bounds.size - 1
    classes = np.full(n, OTHER, dtype=np.uint8)
    first = np.full(n, characters.OTHER, dtype=np.uint8)
    first[owner[::-1]] = of_codes[::-1]
    signs = (first == characters.UNDERSCORE) | (
        (first >= characters.APOSTROPHE) & (first <= characters.REPEATED)
    )
    classes[signs] = PUNCTUATION
    classes[owner[(of_codes == characters.DIGIT) | (of_codes == characters.NUMERIC)]] = NUMBER
    classes[owner[of_codes == characters.LETTER]] = WORD
    address = pc.match_substring_regex(_array(types), _ADDRESS)
    classes[address.to_numpy(zero_copy_only=False).astype(np.bool_)] = OTHER
    return classes


def _array(texts: Texts) -> Any:
    """Give texts as one Arrow array of strings without missing ones."""
    array: Any = texts
    if not isinstance(texts, pa.Array | pa.ChunkedArray):
        try:
            array = pa.array(texts, type=pa.large_string())
        except UnicodeEncodeError:
            whole = [None if t is None else _SURROGATE.sub("\ufffd", t) for t in texts]
            array = pa.array(whole, type=pa.large_string())
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if not (pa.types.is_string(array.type) or pa.types.is_large_string(array.type)):
        array = array.cast(pa.large_string())
    return array.fill_null("") if array.null_count else array


def _utf8(texts: Texts) -> tuple[Bytes, Longs]:
    """Give the bytes of all texts and the n + 1 places where they begin, without a copy where Arrow has them."""
    array = _array(texts)
    if not len(array):
        return np.frombuffer(b"", dtype=np.uint8), np.zeros(1, dtype=np.int64)
    _, places, content = array.buffers()
    width = np.int32 if pa.types.is_string(array.type) else np.int64
    bounds = np.frombuffer(places, dtype=width)[array.offset : array.offset + len(array) + 1].astype(np.int64)
    return np.frombuffer(content or b"", dtype=np.uint8), bounds


def _scan(data: Bytes, bounds: Longs) -> tuple[Ints, Ints, Ints, Bytes, Longs, Longs, Ints]:
    """Run the kernel, with more room each time it asks: about five bytes a token is what news need."""
    from analysis.text import tokenize_kernel as kernel

    room = 1024 + int(bounds[-1] - bounds[0]) // 4
    ids, starts, ends = (np.empty(room, dtype=np.int32) for _ in range(3))
    flags = np.empty(room, dtype=np.uint8)
    offsets = np.zeros(bounds.size, dtype=np.int64)
    firsts, lengths = np.empty(_TYPES, dtype=np.int64), np.empty(_TYPES, dtype=np.int32)
    keys, slots = np.empty((_TYPES, 2), dtype=np.uint64), np.full(2 * _TYPES, -1, dtype=np.int32)
    state = (0, int(bounds[0]), 0, 0, 0, 0)
    n = n_types = 0
    while state[0] < bounds.size - 1:
        arrays = (ids, starts, ends, flags, offsets, firsts, lengths, keys, slots)
        state = kernel.scan(data, bounds, class_table(), *arrays, state)
        n, n_types = state[4:]
        if n == ids.size:
            ids, starts, ends, flags = _doubled(ids), _doubled(starts), _doubled(ends), _doubled(flags)
        if n_types == firsts.size:
            firsts, lengths, keys = _doubled(firsts), _doubled(lengths), _doubled(keys)
            slots = np.empty(2 * slots.size, dtype=np.int32)
            kernel.place(slots, data, firsts, lengths, keys, n_types)
    return ids[:n], starts[:n], ends[:n], flags[:n], offsets, firsts[:n_types], lengths[:n_types]


def _doubled(array: npt.NDArray[Number]) -> npt.NDArray[Number]:
    return np.concatenate((array, np.empty_like(array)))


def _cut_out(data: Bytes, firsts: Longs, lengths: Ints) -> pa.StringArray:
    """Collect the bytes of the types into one Arrow array."""
    places = np.zeros(lengths.size + 1, dtype=np.int32)
    np.cumsum(lengths, out=places[1:])
    index = np.repeat(firsts - places[:-1], lengths) + np.arange(places[-1])
    content = data[index]
    return pa.StringArray.from_buffers(lengths.size, pa.py_buffer(places), pa.py_buffer(content))
