"""The rows of documents x terms: counted part by part, put together, and their columns cut down.

Not for what a caller sees of them: that is `dtm`.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.corpus.scan import load
from analysis.terms.grams import Codes, article_counts, coded
from analysis.terms.stream import Ints, Longs, Streamer


class Rows(NamedTuple):
    """The rows of one part."""

    doc_ids: pa.Array
    indptr: Longs
    indices: Ints
    counts: Ints
    n_words: Longs
    n_kept: Longs
    codes: Codes | None


def count_part(part: Any, *, streamer: Streamer, bits: int, view: Any) -> list[Rows]:
    """Count one part; a top-level function for a spawned process."""
    found = []
    for batch in load(part, view=view):
        stream, codes, n_terms = streamer(batch), None, len(streamer.vocabulary)
        if bits:
            stream, codes = coded(stream, streamer.recipe.ngrams, bits)
            n_terms = len(codes)
        counted = article_counts(stream, n_terms)
        n_kept = np.diff(stream.offsets)
        found.append(Rows(batch.column("doc_id"), *counted, stream.n_words, n_kept, codes))
    return found


def joined(every: list[Rows], numbers: list[Ints], n_terms: int) -> tuple[list[str], Any, Longs, Longs]:
    """Put the rows of all parts together, sorted by doc_id; `numbers` are the columns of each part's own."""
    from scipy.sparse import csr_array

    if not every:
        empty = np.empty(0, np.int64)
        return [], csr_array((0, n_terms), dtype=np.int32), empty, empty
    indptr = _index(np.concatenate([[0], np.cumsum(np.concatenate([np.diff(r.indptr) for r in every]))]))
    indices, counts = np.empty(indptr[-1], np.int32), np.empty(indptr[-1], np.int32)
    at = 0
    for i, rows in enumerate(every):
        end = at + len(rows.indices)
        indices[at:end] = numbers[i][rows.indices] if numbers else rows.indices
        counts[at:end] = rows.counts
        at = end
    ids: list[str] = pa.chunked_array([r.doc_ids for r in every]).to_pylist()
    n_words = np.concatenate([r.n_words for r in every])
    n_kept = np.concatenate([r.n_kept for r in every])
    table = csr_array((counts, indices, indptr), shape=(len(ids), n_terms))
    table.has_sorted_indices = True
    names = np.array(ids, dtype=object)
    if (names[1:] < names[:-1]).any():
        order = np.argsort(names, kind="stable")
        table = table[order]
        ids, n_words, n_kept = [ids[i] for i in order], n_words[order], n_kept[order]
    return ids, table, n_words, n_kept


def columns_kept(table: Any, keep: npt.NDArray[np.bool_]) -> Any:
    """Keep some columns; their order stays."""
    from scipy.sparse import csr_array

    if keep.all():
        return table
    number = np.cumsum(keep, dtype=np.int32) - 1
    kept = keep[table.indices]
    before = np.concatenate([[0], np.cumsum(kept)])
    made = csr_array(
        (table.data[kept], number[table.indices[kept]], _index(before[table.indptr])),
        shape=(table.shape[0], int(keep.sum())),
    )
    made.has_sorted_indices = True
    return made


def _index(indptr: Longs) -> Any:
    """Give row pointers as int32 where they fit: SciPy copies the columns where the two differ."""
    return indptr.astype(np.int32) if indptr[-1] < 2**31 else indptr
