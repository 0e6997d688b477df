"""A corpus cut into parts - articles, outlets, weeks, or any field - and how evenly counts are spread over them.

Not for trends: parts have no order here, and one without words (nothing published, or nothing collected) is left
out.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.special import gammaln

from analysis.corpus.handle import Corpus
from analysis.periods import PERIODS
from analysis.stats.dispersion import dispersion as spread
from analysis.terms.dtm import article_groups
from analysis.terms.groups import grouping

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
NO_NAME = "(none)"


class Parts(NamedTuple):
    """The part of each article, (n_docs,) int64, -1 for none; the names of the parts; articles in none."""

    code: Longs
    names: list[str]
    n_outside: int


def parts_of(corpus: Corpus, doc_ids: Sequence[str], over: str) -> Parts:
    """Put articles into parts.

    Parameters
    ----------
    corpus
        The selection.
    doc_ids
        Its articles, sorted.
    over
        "article", a period (day, week, month, quarter, year), or a field of the articles.

    Raises
    ------
    UnknownNameError
        There is no such field.

    Notes
    -----
    An article whose date is not known as precisely as the period is in none; one without a value of a field is in
    the part "(none)".
    """
    if over == "article":
        return Parts(np.arange(len(doc_ids), dtype=np.int64), list(doc_ids), 0)
    period = over in PERIODS
    groups, undated = grouping(corpus, across=None if period else over, by=over if period else None)
    code = np.asarray(article_groups(corpus, groups), dtype=np.int64)
    names = [str(p) if period else NO_NAME if v is None else str(v) for v, p in groups.labels()]
    return Parts(code, names, undated)


class Spread(NamedTuple):
    """How terms are spread over parts; arrays are (n_terms,), float64 but where said. NaN for a term of none."""

    freq: Longs
    n_parts: int
    n_parts_with: Longs
    dp: Floats
    dp_random: Floats
    dp_norm: Floats
    juilland_d: Floats
    largest: Longs
    """The part with the most occurrences (the first by name of several), -1 for none."""
    largest_share: Floats
    """Its share of the occurrences."""
    largest_words_share: Floats
    """Its share of the words."""


def spread_over(counts: Any, n_words: npt.ArrayLike, code: Longs, n_parts: int) -> Spread:
    """Sum articles into parts, and measure how evenly each term is spread.

    Parameters
    ----------
    counts
        Occurrences, articles x terms.
    n_words
        All words of each article, (n_docs,).
    code
        The part of each article, -1 for none.
    n_parts
        How many parts there are.
    """
    inside = np.flatnonzero(code >= 0)
    gather = sparse.csr_array((np.ones(inside.size), (code[inside], inside)), shape=(n_parts, code.size))
    summed: Any = sparse.csr_array(gather @ sparse.csr_array(counts, dtype=np.float64))
    words = gather @ enough_words(n_words, counts)
    has_words = np.flatnonzero(words > 0)
    summed, words = summed[has_words], words[has_words]
    n_terms = summed.shape[1]
    if not has_words.size:
        none, zero = np.full(n_terms, np.nan), np.zeros(n_terms, dtype=np.int64)
        return Spread(zero, 0, zero, none, none, none, none, zero - 1, none, none)
    measured = spread(summed, words)
    freq = np.asarray(summed.sum(axis=0)).ravel()
    by_term = summed.tocsc()
    with_term = np.diff(by_term.indptr)
    largest = np.full(n_terms, -1, dtype=np.int64)
    for t in np.flatnonzero(
        with_term
    ):  # a column is short, and argmax over ragged columns has no vector form
        begin, end = by_term.indptr[t], by_term.indptr[t + 1]
        rows, values = by_term.indices[begin:end], by_term.data[begin:end]
        largest[t] = rows[values == values.max()].min()
    found = largest >= 0
    top_share, top_words = np.full(n_terms, np.nan), np.full(n_terms, np.nan)
    top_share[found] = np.asarray(summed[largest[found], np.flatnonzero(found)]).ravel() / freq[found]
    top_words[found] = words[largest[found]] / words.sum()
    return Spread(
        freq=freq.astype(np.int64),
        n_parts=int(has_words.size),
        n_parts_with=with_term.astype(np.int64),
        dp=measured.dp,
        dp_random=random_dp(freq, words),
        dp_norm=measured.dp_norm,
        juilland_d=measured.juilland_d,
        largest=np.where(found, has_words[np.maximum(largest, 0)], -1),
        largest_share=top_share,
        largest_words_share=top_words,
    )


def enough_words(n_words: npt.ArrayLike, counts: Any) -> Floats:
    """The words of each article, and no fewer than it has occurrences of one term.

    Only recipes that make terms of punctuation, or several of one token (10-10-10 in split recipes), have more.
    """
    table = sparse.csr_array(counts)
    most = table.max(axis=1).toarray().ravel() if table.nnz else np.zeros(table.shape[0])
    return np.maximum(np.asarray(n_words, dtype=np.float64), most)


def random_dp(freq: npt.ArrayLike, sizes: npt.ArrayLike) -> Floats:
    """Expected DP of a term whose occurrences fall on words at random: what its frequency alone makes of it.

    Parameters
    ----------
    freq
        Occurrences of each term, (n_terms,).
    sizes
        Words of each part, (n_parts,), above 0.

    Returns
    -------
    (n_terms,) float64: 1/2 sum_i E|X_i / f - s_i| with X_i binomial (f, s_i); NaN for f = 0.

    Notes
    -----
    De Moivre's mean deviation of a binomial: E|X - f s| = 2 (k + 1) C(f, k + 1) s^(k+1) (1 - s)^(f - k), k =
    floor(f s). Parts of equal size are computed once. Reference: Diaconis & Zabell (1991), Statistical Science
    6(3).

    >>> random_dp([1, 2], [10, 10]).round(4).tolist()
    [0.5, 0.25]
    """
    words = np.asarray(sizes, dtype=np.float64)
    size, times = np.unique(words, return_counts=True)
    s = size / words.sum()
    every = np.asarray(freq, dtype=np.float64)
    out = np.full(every.size, np.nan)
    if s.size == 1 and times[0] == 1:
        out[every > 0] = 0.0
        return out
    for i, f in enumerate(every.tolist()):  # few terms; a matrix of terms x articles could be large
        if f > 0:
            k = np.floor(f * s)
            log_mean = (
                gammaln(f + 1) - gammaln(k + 2) - gammaln(f - k) + np.log(k + 1)
                + (k + 1) * np.log(s) + (f - k) * np.log1p(-s)
            )  # fmt: skip
            out[i] = float(np.sum(times * np.exp(log_mean))) / f
    return out


def labels_at(names: Sequence[str], at: Longs) -> list[str | None]:
    """The names at these places, None for -1."""
    return [names[i] if i >= 0 else None for i in at.tolist()]
