"""Integers and bits of articles as bytes of an Arrow column: what decodes fastest from Parquet.

A list column spends most of its time on where each entry belongs; bytes are copied. Not for what the numbers mean:
see `schema.SEGMENTS` and `encoded`.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
_INT = np.dtype("<i4")


def integers(values: npt.NDArray[np.integer], bounds: Longs) -> pa.BinaryArray:
    """Store int32: row i holds `values[bounds[i]:bounds[i + 1]]`; bounds begin with 0.

    >>> rows = integers(np.array([7, 8, 9]), np.array([0, 1, 3]))
    >>> read_integers(rows[1:])
    (array([8, 9], dtype=int32), array([0, 2]))
    """
    return _rows(np.ascontiguousarray(values, _INT), bounds * _INT.itemsize)


def read_integers(rows: Any) -> tuple[Ints, Longs]:
    """Give the values of all rows, without copying, and the places where each begins among them."""
    offsets, content = _bytes(rows)
    values: Ints = content[offsets[0] : offsets[-1]].view(_INT).astype(np.int32, copy=False)
    return values, (offsets - offsets[0]) // _INT.itemsize


def bits(values: Bools, bounds: Longs) -> pa.BinaryArray:
    """Store bool as bits, the lowest of a byte first; every row begins with a byte of its own.

    >>> rows = bits(np.array([True, False, True]), np.array([0, 1, 3]))
    >>> read_bits(rows, doc=np.array([0, 1, 1]), place=np.array([0, 0, 1])).tolist()
    [True, False, True]
    """
    size = np.diff(bounds)
    first = np.concatenate([[0], np.cumsum((size + 7) // 8)])
    padded = np.zeros(8 * first[-1], np.bool_)
    padded[np.arange(bounds[-1]) + np.repeat(8 * first[:-1] - bounds[:-1], size)] = values
    return _rows(np.packbits(padded, bitorder="little"), first)


def read_bits(rows: Any, doc: npt.NDArray[np.integer], place: npt.NDArray[np.integer]) -> Bools:
    """Give some bits: `place` within row `doc`, two arrays of one shape."""
    offsets, content = _bytes(rows)
    held = content[offsets[doc] + (place >> 3)] >> (place & 7).astype(np.uint8)
    found: Bools = (held & 1).astype(np.bool_)
    return found


def _rows(content: Any, offsets: Longs) -> pa.BinaryArray:
    places = pa.py_buffer(offsets.astype(np.int32))
    return pa.Array.from_buffers(pa.binary(), len(offsets) - 1, [None, places, pa.py_buffer(content)])


def _bytes(rows: Any) -> tuple[Longs, npt.NDArray[np.uint8]]:
    """Give the n + 1 places of n rows of bytes, and the bytes."""
    _, places, content = rows.buffers()
    if not len(rows) or places is None:
        return np.zeros(len(rows) + 1, np.int64), np.empty(0, np.uint8)
    offsets = np.frombuffer(places, np.int32)[rows.offset : rows.offset + len(rows) + 1].astype(np.int64)
    return offsets, np.frombuffer(content or b"", np.uint8)
