"""Coherence: do the first terms of a topic stand together in texts more often than by chance? Arrays in, arrays out.

Document NPMI, window NPMI and C_V, each from counts of documents or sliding windows. Not for choosing terms (the
topic model's) and not for saying that a topic is true: people agree with these numbers only in part (Hoyle et al.
2021), which is why `analysis.topics.selection` never shows one alone.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from analysis.errors import InputError, message
from analysis.stats.checks import Floats, Ints, whole

EPSILON = 1e-12
"""Added to the share of windows a pair is in, as gensim does: a pair that never meets has a finite NPMI above -1."""
CV_WINDOW, NPMI_WINDOW = 110, 10
"""The windows of Roeder, Both & Hinneburg (2015)."""


class CoOccurrence(NamedTuple):
    """In how many documents or windows terms stand.

    Attributes
    ----------
    occurrences
        int64, (n_terms,): with the term.
    pairs
        int64, (n_terms, n_terms), symmetric: with both; on the diagonal the occurrences.
    n_windows
        All documents or windows.
    """

    occurrences: Ints
    pairs: Ints
    n_windows: int

    def merge(self, other: "CoOccurrence") -> "CoOccurrence":
        """Give the counts of both stretches of text together."""
        return CoOccurrence(
            self.occurrences + other.occurrences, self.pairs + other.pairs, self.n_windows + other.n_windows
        )


def window_counts(
    stream: npt.ArrayLike, offsets: npt.ArrayLike, chosen: npt.ArrayLike, *, window: int, exact: bool = False
) -> CoOccurrence:
    """Count the sliding windows that hold chosen terms, alone and in pairs.

    Parameters
    ----------
    stream
        int32, the terms of all documents in reading order, as numbers of at least 0.
    offsets
        int64, n_docs + 1: document i is `stream[offsets[i]:offsets[i + 1]]`.
    chosen
        int64, the distinct terms that are counted (those at the top of some topic), in the order of the result's rows.
    window
        Tokens in a window, at least 1. A window moves by one token. A document of `window` tokens or fewer is one
        window, an empty one too.
    exact
        True: a window has a term when the term stands in it. False, as gensim's `CoherenceModel` (4.4) counts: a term
        that stands several times in a window is lost when the first of these leaves, until it comes again. It matters
        for frequent terms in long windows (C_V), and makes numbers comparable with published ones.

    Returns
    -------
    CoOccurrence

    Raises
    ------
    InputError
        Arrays that do not fit together.

    Notes
    -----
    One visit for every token, and for a chosen one as many as there are chosen terms on at that moment. Memory: n_terms
    squared.
    """
    terms, ends = _whole("stream", stream), _whole("offsets", offsets)
    wanted = _whole("chosen", chosen)
    whole("window", window)
    if len(ends) < 1 or ends[0] != 0 or ends[-1] != len(terms) or (np.diff(ends) < 0).any():
        raise InputError(
            message(
                "`offsets` does not cut `stream`",
                got=ends[:3].tolist(),
                expected="rising from 0 to its length",
            )
        )
    if len(np.unique(wanted)) < len(wanted):
        raise InputError(message("`chosen` holds a term twice"))
    column = np.full(int(max(terms.max(initial=-1), wanted.max(initial=-1))) + 1, -1, np.int32)
    column[wanted] = np.arange(len(wanted), dtype=np.int32)
    occurrences, upper = np.zeros(len(wanted), np.int64), np.zeros((len(wanted), len(wanted)), np.int64)
    n_windows = tally(terms, ends, column, occurrences, upper, window=window, exact=exact)
    return finished(occurrences, upper, n_windows)


def tally(
    terms: Any, offsets: Any, column: Any, occurrences: Ints, upper: Ints, *, window: int, exact: bool
) -> int:
    """Add the windows of a batch of documents in place, without checks, and give their number; for folds.

    `column` numbers the vocabulary, -1 for what is not counted; `upper` gets the pairs above its diagonal. When all
    batches are in, `finished` makes the counts of them.
    """
    from analysis.stats import coherence_kernels as kernels

    return int(kernels.windows(terms, offsets, column, window, not exact, occurrences, upper))


def finished(occurrences: Ints, upper: Ints, n_windows: int) -> CoOccurrence:
    """Mirror what is above the diagonal, and put the occurrences on it."""
    pairs = upper + upper.T
    np.fill_diagonal(pairs, occurrences)
    return CoOccurrence(occurrences, pairs, n_windows)


def document_counts(counts: Any, chosen: npt.ArrayLike) -> CoOccurrence:
    """Count the documents that hold chosen terms, alone and in pairs.

    Parameters
    ----------
    counts
        Documents x terms, sparse; what is above 0 counts as there.
    chosen
        int64, columns.

    Returns
    -------
    CoOccurrence
        Windows are documents.
    """
    wanted = _whole("chosen", chosen)
    if not sparse.issparse(counts):
        raise InputError(
            message("`counts` is not sparse", got=type(counts).__name__, expected="a SciPy CSR array")
        )
    if len(wanted) and wanted.max() >= counts.shape[1]:
        raise InputError(
            message("`chosen` names no column", got=int(wanted.max()), expected=f"below {counts.shape[1]}")
        )
    column = np.full(counts.shape[1], -1, np.int64)
    column[wanted] = np.arange(len(wanted))
    table = counts.tocsr()
    kept = (column[table.indices] >= 0) & (table.data > 0)
    before = np.concatenate([[0], np.cumsum(kept)])
    there = sparse.csr_array(
        (np.ones(before[-1], np.int64), column[table.indices[kept]], before[table.indptr]),
        shape=(table.shape[0], len(wanted)),
    )
    there.sum_duplicates()
    there.data[:] = 1
    pairs = np.asarray((there.T @ there).toarray(), dtype=np.int64)
    return CoOccurrence(np.diagonal(pairs).copy(), pairs, int(counts.shape[0]))


def npmi_matrix(found: CoOccurrence) -> Floats:
    """Normalised pointwise mutual information of every pair of terms.

    Parameters
    ----------
    found
        Counts.

    Returns
    -------
    (n_terms, n_terms) float64, symmetric. With p the shares of windows and e = 1e-12,
    log((p_ij + e) / (p_i p_j)) / -log(p_ij + e): 0 by chance, towards 1 always together; never together it is negative,
    the nearer to -1 the more frequent the terms. NaN for a term in no window.

    Notes
    -----
    Bouma (2009), GSCL. The e is gensim's; without it a pair that never meets would have -1. A pair in *every* window
    has -1 here as in gensim; the limit is not defined.
    """
    n = max(found.n_windows, 1)
    alone = found.occurrences / n
    alone[found.occurrences == 0] = np.nan
    together = found.pairs / n + EPSILON
    made: Floats = np.log(together / np.outer(alone, alone)) / -np.log(together)
    return made


def topic_npmi(matrix: Floats, topics: npt.ArrayLike) -> Floats:
    """Mean NPMI over the pairs of the terms of each topic.

    Parameters
    ----------
    matrix
        From `npmi_matrix`: of windows of 10 tokens it is gensim's `c_npmi`, of documents what Lau, Newman & Baldwin
        (2014) call document NPMI.
    topics
        int64, (n_topics, n_top): the terms of each topic as rows of the matrix; -1 where a topic has fewer.

    Returns
    -------
    (n_topics,) float64; NaN with fewer than two terms, or a term in no window.
    """
    made = []
    for row in _topics(topics, len(matrix)):
        block = matrix[np.ix_(row, row)]
        off = ~np.eye(len(row), dtype=bool)
        made.append(block[off].mean() if len(row) > 1 else np.nan)
    return np.array(made, dtype=np.float64)


def topic_cv(matrix: Floats, topics: npt.ArrayLike) -> Floats:
    """C_V: the mean cosine between each term's NPMI with all terms of the topic and the sum of these of all terms.

    Parameters
    ----------
    matrix
        From `npmi_matrix`, of windows of 110 tokens for the C_V of Roeder, Both & Hinneburg (2015), WSDM.
    topics
        As for `topic_npmi`.

    Returns
    -------
    (n_topics,) float64, about 0 to 1; NaN with a term in no window, or without terms.

    Notes
    -----
    As gensim, a term named twice in a topic counts twice in its own coordinate.
    """
    made = []
    for row in _topics(topics, len(matrix)):
        if not len(row):
            made.append(np.nan)
            continue
        distinct, times = np.unique(row, return_counts=True)
        vectors = matrix[np.ix_(row, distinct)] * times
        whole_topic = vectors.sum(axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            cosine = (
                vectors @ whole_topic / (np.sqrt((vectors**2).sum(axis=1)) * np.sqrt((whole_topic**2).sum()))
            )
        made.append(cosine.mean())
    return np.array(made, dtype=np.float64)


def _topics(topics: npt.ArrayLike, n_terms: int) -> list[Ints]:
    """Give the terms of each topic, the -1 left out."""
    array = np.asarray(topics)
    if (
        array.ndim != 2
        or array.dtype.kind not in "iu"
        or (array.size and not -1 <= array.min() <= array.max() < n_terms)
    ):
        raise InputError(
            message(
                "`topics` is not topics x terms",
                got=(array.shape, str(array.dtype)),
                expected=f"whole numbers from -1 to {n_terms - 1} in two dimensions",
            )
        )
    return [row[row >= 0].astype(np.int64) for row in array]


def _whole(name: str, values: npt.ArrayLike) -> Ints:
    """Read whole numbers of at least 0, in one dimension."""
    array = np.asarray(values)
    if array.size == 0:
        array = array.astype(np.int64)
    if array.ndim != 1 or array.dtype.kind not in "iu" or (array.size and array.min() < 0):
        raise InputError(
            message(
                f"`{name}`",
                got=(array.shape, str(array.dtype)),
                expected="whole numbers of at least 0, in a row",
            )
        )
    return array.astype(np.int64)
