"""tf-idf as topics need it: 1 + log tf, smoothed idf, rows of length one. Not for a measure of its own."""

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def idf_of(doc_freq: npt.ArrayLike, n_docs: int) -> Floats:
    """Give log((1 + n) / (1 + df)) + 1 by term."""
    found: Floats = np.log((1.0 + n_docs) / (1.0 + np.asarray(doc_freq, np.float64))) + 1.0
    return found


def tf_idf(counts: Any, idf: Floats, dtype: Any = np.float64) -> Any:
    """Weigh counts (csr_array, articles x terms); rows without a term stay empty."""
    from scipy.sparse import csr_array

    values = (1.0 + np.log(counts.data)) * idf[counts.indices]
    length = np.sqrt(np.add.reduceat(np.append(values**2, 0.0), counts.indptr[:-1]))
    size = np.diff(counts.indptr)
    length[(size == 0) | (length == 0)] = 1.0
    values /= np.repeat(length, size)
    return csr_array((values.astype(dtype), counts.indices, counts.indptr), shape=counts.shape)
