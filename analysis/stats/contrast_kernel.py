"""The sums of `contrast` under many labellings in one pass over the counts. Importing it loads Numba.

Four sparse-dense products did the same and cost five times as much: they read the counts four times, and labels of
eight bytes from far away. Not for direct use.
"""

from typing import Any

import numpy as np

from analysis.jit import compiled, side_by_side
from analysis.stats.checks import Floats

_WIDE = 16


def labelled_sums(counts: Any, words: Floats, other: Floats | None, labels: Floats) -> Floats:
    """Return sums over the labelled cells of x, x^2, x n and (where there is `other`) x n', (4, n_terms, n).

    Parameters
    ----------
    counts
        Terms x cells, CSR: the x.
    words, other
        (n_cells,): the n, and the words of the other part of a cell's story.
    labels
        (n_cells, n) of 0.0 and 1.0.

    Notes
    -----
    Every sum runs over a term's cells in their order, as that of a sparse product does. A term's sums are one
    thread's work, so that the number of threads changes nothing.
    """
    n_terms = counts.shape[0]
    n_cells, n = labels.shape
    small = np.zeros(
        (n_cells, -(-n // _WIDE) * _WIDE), dtype=np.uint8
    )  # in whole vectors: a rest costs as much
    small[:, :n] = labels
    out = np.zeros((4, n_terms, small.shape[1]))
    beside = np.empty(0) if other is None else other

    def work(first: int, past: int) -> None:
        _sums(counts.indptr, counts.indices, counts.data, words, beside, small, first, past, out)

    side_by_side(work, counts.indptr)
    return out[:, :, :n]


@compiled
def _sums(
    indptr: Any, indices: Any, data: Any, words: Any, other: Any, labels: Any, first: Any, past: Any, out: Any
) -> None:
    n = labels.shape[1]
    paired = other.size > 0
    x, xx, xn, xo = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n)
    for term in range(first, past):
        x[:] = 0.0
        xx[:] = 0.0
        xn[:] = 0.0
        xo[:] = 0.0
        for e in range(np.uint64(indptr[term]), np.uint64(indptr[term + 1])):
            c = np.uint64(indices[e])
            value = data[e]
            square = value * value
            by_words = value * words[c]
            row = labels[c]
            if paired:
                by_other = value * other[c]
                for k in range(n):
                    y = float(row[k])
                    x[k] += value * y
                    xx[k] += square * y
                    xn[k] += by_words * y
                    xo[k] += by_other * y
            else:
                for k in range(n):
                    y = float(row[k])
                    x[k] += value * y
                    xx[k] += square * y
                    xn[k] += by_words * y
        out[0, term] = x
        out[1, term] = xx
        out[2, term] = xn
        out[3, term] = xo
