"""Numba kernels over the counted words of documents whose words come from several topics. Not to be called directly.

`analysis.stats.mixture` checks the arguments. Importing this file imports Numba (0.8 s).
"""

from typing import Any

from analysis.jit import compiled


@compiled
def probabilities(indptr: Any, indices: Any, shares: Any, terms: Any, out: Any) -> Any:
    """Write P(term | document) of every stored cell; `terms` is terms x parts of the mixture."""
    n_parts = shares.shape[1]
    for doc in range(indptr.size - 1):
        for i in range(indptr[doc], indptr[doc + 1]):
            row = terms[indices[i]]
            total = 0.0
            for k in range(n_parts):
                total += shares[doc, k] * row[k]
            out[i] = total


@compiled
def expected(
    indptr: Any, indices: Any, counts: Any, shares: Any, terms: Any, wanted: Any, group: Any, out: Any
) -> Any:
    """Add each part's expected share of every cell to `out[group of document, place of part, term]`."""
    n_parts = shares.shape[1]
    for doc in range(indptr.size - 1):
        g = group[doc]
        if g < 0:
            continue
        for i in range(indptr[doc], indptr[doc + 1]):
            row = terms[indices[i]]
            total = 0.0
            for k in range(n_parts):
                total += shares[doc, k] * row[k]
            if total > 0:
                for j in range(wanted.size):
                    k = wanted[j]
                    out[g, j, indices[i]] += counts[i] * shares[doc, k] * row[k] / total
