"""The leading directions of a matrix of co-occurrences: a truncated singular value decomposition, the same bytes twice.

By subspace iteration on the Gram matrix (terms x terms), whose size does not grow with the corpus. Not for small
singular values: squaring loses half their digits.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.fingerprint import derive_seed
from analysis.stats.checks import Floats

_SPARE = 10
TIMES = 8
"""Iterations from a random start; two are enough from a near one."""


def leading(
    gram: Any, k: int, *, seed: int = 1, start: npt.NDArray[np.float64] | None = None, times: int = TIMES
) -> tuple[Floats, Floats]:
    """Return the first right singular vectors of X, (n_terms, k), and singular values, (k,), from X'X.

    Parameters
    ----------
    gram
        X'X, (n_terms, n_terms), dense or sparse.
    k
        How many; at most n_terms.
    seed
        Of the random start.
    start
        A near basis to start from, (n_terms, m), instead.
    times
        Iterations, each with a QR decomposition.

    Notes
    -----
    Halko, Martinsson & Tropp (2011), algorithm 4.4, with ten spare directions; run it on one BLAS thread for the same
    bytes. Signs are those of the largest entry: positive.
    """
    n = gram.shape[0]
    k = min(k, n)
    if start is None:
        rng = np.random.Generator(np.random.PCG64(derive_seed(seed, "subspace")))
        start = rng.standard_normal((n, min(n, k + _SPARE)))
    basis, _ = np.linalg.qr(start)
    for _ in range(times):
        basis, _ = np.linalg.qr(gram @ basis)
    values, vectors = np.linalg.eigh(basis.T @ (gram @ basis))
    order = np.argsort(-values, kind="stable")[:k]
    found = basis @ vectors[:, order]
    signs = np.sign(found[np.abs(found).argmax(axis=0), np.arange(found.shape[1])])
    return found * np.where(signs == 0, 1.0, signs), np.sqrt(np.maximum(values[order], 0.0))


def cosines(vectors: Floats, of: npt.NDArray[np.int64]) -> Floats:
    """Return the cosine of every row with some of them, (n, len(of)); rows of nothing have 0."""
    length = np.linalg.norm(vectors, axis=1)
    unit = np.divide(vectors, length[:, None], out=np.zeros_like(vectors), where=length[:, None] > 1e-12)
    found: Floats = unit @ unit[of].T
    return found
