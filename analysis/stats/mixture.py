"""Documents as mixtures of topics: how probable their words are, and how many of them a topic may claim.

Arrays in, arrays out. Not for fitting: shares and topics are given.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from analysis.errors import InputError, message
from analysis.stats.checks import Floats, floats, whole


def word_probabilities(counts: Any, shares: npt.ArrayLike, parts: npt.ArrayLike) -> Floats:
    """P(term | document) for every stored cell of documents x terms.

    Parameters
    ----------
    counts
        (n_docs, n_terms), SciPy CSR.
    shares
        (n_docs, n_parts): of each document; rows sum to one.
    parts
        (n_parts, n_terms): P(term | part), the topics and whatever else a document may be made of.

    Returns
    -------
    (n_cells,) float64: sum over parts of share x probability, in the order of `counts.data`.
    """
    from analysis.stats import mixture_kernels as kernels

    table, theta, terms = _read(counts, shares, parts)
    out = np.empty(table.nnz)
    kernels.probabilities(table.indptr, table.indices, theta, terms, out)
    return out


def expected_counts(
    counts: Any,
    shares: npt.ArrayLike,
    parts: npt.ArrayLike,
    *,
    wanted: npt.ArrayLike,
    group: npt.ArrayLike,
    n_groups: int,
) -> Floats:
    """How often each term is expected to have come from some parts, by group of documents.

    Parameters
    ----------
    counts, shares, parts
        As for `word_probabilities`.
    wanted
        int64, the parts asked for.
    group
        int64, (n_docs,): from 0, -1 for none.
    n_groups
        At least 1.

    Returns
    -------
    (n_groups, len(wanted), n_terms) float64: the sum over documents of count x share x P(term | part) / P(term |
    document).
    """
    from analysis.stats import mixture_kernels as kernels

    table, theta, terms = _read(counts, shares, parts)
    chosen, groups = np.asarray(wanted, dtype=np.int64), np.asarray(group, dtype=np.int64)
    if len(groups) != table.shape[0] or (groups >= whole("n_groups", n_groups)).any():
        raise InputError(
            message("`group` does not fit", got=groups.shape, expected=f"{table.shape[0]} below {n_groups}")
        )
    out = np.zeros((n_groups, len(chosen), table.shape[1]))
    kernels.expected(
        table.indptr,
        table.indices,
        np.asarray(table.data, dtype=np.float64),
        theta,
        terms,
        chosen,
        groups,
        out,
    )
    return out


def halves(counts: Any, *, seed: int) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Cut every document in two at random, token by token: the halves of document completion.

    Parameters
    ----------
    counts
        (n_docs, n_terms), SciPy CSR of whole numbers.
    seed
        A whole number of at least 0.

    Returns
    -------
    Two matrices of the same shape that add up to the counts; each token is in the first with chance 1/2.
    """
    table = sparse.csr_array(counts)
    rng = np.random.Generator(np.random.PCG64(seed))
    first = rng.binomial(table.data.astype(np.int64), 0.5)
    made = []
    for data in (first, table.data - first):
        half = sparse.csr_array((data, table.indices.copy(), table.indptr.copy()), shape=table.shape)
        half.eliminate_zeros()
        made.append(half)
    return made[0], made[1]


def completion(
    second: Any,
    shares: npt.ArrayLike,
    parts: npt.ArrayLike,
    background: npt.ArrayLike,
    *,
    floor: float = 0.05,
) -> tuple[float, int]:
    """Mean log-probability of the words of held-out halves, given the shares found from the other halves.

    Parameters
    ----------
    second
        The halves that were not looked at, (n_docs, n_terms).
    shares
        From the first halves, with topics fixed; (n_docs, n_parts).
    parts
        (n_parts, n_terms).
    background
        (n_terms,), P(term) in the articles the topics were fitted on.
    floor
        Weight of the background that every document gets: topics of NMF give most terms no probability at all, and the
        logarithm of nothing would decide everything. The same for every model that is compared.

    Returns
    -------
    Mean natural logarithm a token, and the number of tokens; NaN without any.

    Notes
    -----
    Wallach, Murray, Salakhutdinov & Mimno (2009), ICML, "document completion".
    """
    table = sparse.csr_array(second)
    base = np.asarray(background, dtype=np.float64)
    p = (1 - floor) * word_probabilities(table, shares, parts) + floor * base[table.indices]
    n = int(table.data.sum())
    with np.errstate(divide="ignore"):
        return (float((table.data * np.log(p)).sum() / n), n) if n else (float("nan"), 0)


def _read(counts: Any, shares: npt.ArrayLike, parts: npt.ArrayLike) -> tuple[Any, Floats, Floats]:
    if not sparse.issparse(counts):
        raise InputError(
            message("`counts` is not sparse", got=type(counts).__name__, expected="a SciPy CSR array")
        )
    table = sparse.csr_array(counts)
    theta, phi = floats("shares", shares), floats("parts", parts)
    if (
        theta.ndim != 2
        or phi.ndim != 2
        or theta.shape != (table.shape[0], len(phi))
        or phi.shape[1] != table.shape[1]
    ):
        raise InputError(
            message(
                "counts, shares and parts do not fit",
                got=(table.shape, theta.shape, phi.shape),
                expected="(docs, terms), (docs, parts), (parts, terms)",
            )
        )
    return table, np.ascontiguousarray(theta), np.ascontiguousarray(phi.T)
