"""The compiled loop that counts the types of each text; imports Numba, so import it where it is used.

Not for cutting texts into tokens (`tokenize_kernel`).
"""

# mypy: allow-untyped-defs

import numpy as np

from analysis.jit import compiled


@compiled
def count(ids, offsets, n_types):
    """Count type ids by text, as the rows of a sparse matrix (CSR); ids within a row in order of first use."""
    indptr = np.zeros(offsets.size, dtype=np.int64)
    indices = np.empty(ids.size, dtype=np.int32)
    counts = np.empty(ids.size, dtype=np.int32)
    place = np.full(n_types, -1, dtype=np.int64)
    n = 0
    for text in range(offsets.size - 1):
        begin = n
        for k in range(offsets[text], offsets[text + 1]):
            t = ids[k]
            if place[t] < begin:
                place[t] = n
                indices[n] = t
                counts[n] = 1
                n += 1
            else:
                counts[place[t]] += 1
        indptr[text + 1] = n
    return indptr, indices[:n], counts[:n]
