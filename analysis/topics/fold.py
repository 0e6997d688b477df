"""Shares of topics in articles: how much of an article's words each topic is expected to have written.

The term distributions of the topics are given and stay as they are; only the mixture of each article is found, by EM on
its counts (Hofmann 1999, "folding in"). So a share means the same for every engine and never moves with the scale of a
factor. Words that the corpus as a whole explains better than any topic go to one more component, the background: that
part is unassigned. Not for fitting topics.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

ITERATIONS = 200
TOLERANCE = 1e-4  # of a share, between two rounds


def fold(
    counts: Any, topic_word: npt.ArrayLike, background: npt.ArrayLike, *, iterations: int = ITERATIONS
) -> Floats:
    r"""Find the shares of topics in articles.

    Parameters
    ----------
    counts
        scipy.sparse.csr_array, articles x terms, of the terms of the topics.
    topic_word
        Topics x terms, rows sum to one.
    background
        The corpus's term distribution.
    iterations
        Most rounds of EM.

    Returns
    -------
    float64, articles x (topics + 1)
        The last column is what is unassigned; rows sum to one. An article without a known term is unassigned.

    Notes
    -----
    Maximises :math:`\sum_w n_w \log \sum_k \theta_k \phi_{kw}` over :math:`\theta`, which has one maximum. Starts from
    equal shares, so that nothing but the article itself decides. Articles do not know each other: order, parts and
    processes change no bit. Cost: rounds x words x topics.
    """
    parts = np.vstack([np.asarray(topic_word, np.float64), np.asarray(background, np.float64)])
    known = np.ascontiguousarray(parts.T)
    shares = np.empty((counts.shape[0], known.shape[1]))
    kernel()(counts.indptr, counts.indices, counts.data, known, shares, iterations, TOLERANCE)
    return shares


def kernel() -> Any:
    """Compile the loop when it is first needed."""
    from analysis.jit import compiled

    if not _kernels:
        _kernels.append(compiled(_fold))
    return _kernels[0]


_kernels: list[Any] = []


def _fold(
    indptr: Any, indices: Any, data: Any, known: Any, shares: Any, iterations: int, tolerance: float
) -> None:
    n_parts = known.shape[1]
    new = np.empty(n_parts)
    for doc in range(len(indptr) - 1):
        a, b = indptr[doc], indptr[doc + 1]
        theta = shares[doc]
        theta[:] = 1.0 / n_parts
        total = 0.0
        for i in range(a, b):
            p = 0.0
            for k in range(n_parts):
                p += known[indices[i], k]
            if p > 0.0:
                total += data[i]
        if total == 0.0:
            theta[:] = 0.0
            theta[n_parts - 1] = 1.0
            continue
        for _ in range(iterations):
            new[:] = 0.0
            for i in range(a, b):
                row = known[indices[i]]
                p = 0.0
                for k in range(n_parts):
                    p += theta[k] * row[k]
                if p <= 0.0:
                    continue
                factor = data[i] / p
                for k in range(n_parts):
                    new[k] += row[k] * factor
            moved = 0.0
            s = 0.0
            for k in range(n_parts):
                value = theta[k] * new[k] / total
                moved = max(moved, abs(value - theta[k]))
                theta[k] = value
                s += value
            for k in range(n_parts):
                theta[k] /= s
            if moved < tolerance:
                break
