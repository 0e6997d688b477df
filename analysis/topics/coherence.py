"""Co-occurrence of the first terms of topics, counted over the stored tokens of a selection in one pass.

What coherence is: `analysis.stats.coherence`. Not for the counts of whole articles, which a Dtm has already.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.stats import coherence as co
from analysis.stats.checks import Floats
from analysis.stats.coherence import CoOccurrence, finished, tally
from analysis.terms.grams import bits_of, coded
from analysis.terms.stream import Streamer, streamer
from analysis.terms.tokens import Tokens
from analysis.topics.matrix import Counts

Longs = npt.NDArray[np.int64]


class _State(NamedTuple):
    """For each size of window: occurrences, pairs above the diagonal, and the number of windows in an array of one."""

    windows: tuple[tuple[Longs, Longs, Longs], ...]


@dataclass(frozen=True, eq=False)
class _Fold:
    """Count windows over a corpus; the state does not grow with the articles."""

    streamer: Streamer
    codes: npt.NDArray[np.uint64]
    """The chosen terms: their numbers in the vocabulary, or their codes where the recipe has n-grams."""
    bits: int
    sizes: tuple[int, ...]
    exact: bool

    def zero(self) -> _State:
        n = len(self.codes)
        return _State(
            tuple(
                (np.zeros(n, np.int64), np.zeros((n, n), np.int64), np.zeros(1, np.int64)) for _ in self.sizes
            )
        )

    def add(self, state: _State, batch: pa.RecordBatch) -> _State:
        stream, n_terms, at = self.streamer(batch), len(self.streamer.vocabulary), self.codes
        chosen = np.arange(len(at))
        if self.bits:
            stream, codes = coded(stream, self.streamer.recipe.ngrams, self.bits)
            place = np.minimum(np.searchsorted(codes, at), max(len(codes) - 1, 0))
            chosen = np.flatnonzero(codes[place] == at) if len(codes) else chosen[:0]
            at, n_terms = place[chosen], len(codes)
        column = np.full(n_terms, -1, np.int32)
        column[at.astype(np.int64)] = chosen
        for size, (occurrences, upper, n) in zip(self.sizes, state.windows, strict=True):
            n[0] += tally(
                stream.terms, stream.offsets, column, occurrences, upper, window=size, exact=self.exact
            )
        return state

    def merge(self, left: _State, right: _State) -> _State:
        return _State(
            tuple(
                (a[0] + b[0], a[1] + b[1], a[2] + b[2])
                for a, b in zip(left.windows, right.windows, strict=True)
            )
        )

    def finish(self, state: _State) -> tuple[CoOccurrence, ...]:
        return tuple(finished(o, upper, int(n[0])) for o, upper, n in state.windows)


def windows_of(
    tokens: Tokens, terms: Sequence[str], *, sizes: Sequence[int], exact: bool = False
) -> tuple[CoOccurrence, ...]:
    """Count in how many windows of a selection terms stand, alone and in pairs, for several sizes of window at once.

    Parameters
    ----------
    tokens
        The selection and its recipe: windows are over the terms the recipe keeps, as gensim's are over the texts it
        is given.
    terms
        Distinct terms of the recipe; one that it does not have is in no window.
    sizes, exact
        As `window` and `exact` of `stats.coherence.window_counts`.

    Returns
    -------
    CoOccurrence for each size; rows in the order of `terms`.

    Notes
    -----
    One pass over the token ids.
    """
    streams = streamer(tokens)
    ngrams = tokens.recipe.ngrams
    bits = 0 if ngrams == (1,) else bits_of(len(tokens.vocabulary), ngrams)
    codes = _codes(terms, tokens.vocabulary.terms, bits, max(ngrams))
    known = np.flatnonzero(codes >= 0)
    fold = _Fold(streams, codes[known].astype(np.uint64), bits, tuple(sizes), exact)
    found: Sequence[CoOccurrence] = tokens.corpus.fold(fold, *streams.columns, label="counting windows")
    return tuple(_spread(one, known, len(terms)) for one in found)


def _codes(terms: Sequence[str], vocabulary: pa.Array, bits: int, longest: int) -> Longs:
    """Give the number of each term, or the code of its words; -1 for what the recipe does not have."""
    import pyarrow.compute as pc

    if not bits:
        where = pc.index_in(pa.array(terms, vocabulary.type), value_set=vocabulary)
        plain: Longs = where.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
        return plain
    words = [term.split(" ") for term in terms]
    flat = pa.array([w for term in words for w in term], vocabulary.type)
    number = iter(pc.index_in(flat, value_set=vocabulary).fill_null(-1).to_pylist())
    made = []
    for term in words:
        places = [next(number) for _ in term]
        shifts = [bits * (longest - 1 - k) for k in range(len(term))]
        inside = len(term) <= longest and min(places) >= 0
        made.append(sum((p + 1) << s for p, s in zip(places, shifts, strict=True)) if inside else -1)
    return np.array(made, dtype=np.int64)


def _spread(found: CoOccurrence, known: Longs, n: int) -> CoOccurrence:
    """Put the counts of the terms that are known among all that were asked for."""
    if len(known) == n:
        return found
    occurrences, pairs = np.zeros(n, np.int64), np.zeros((n, n), np.int64)
    occurrences[known] = found.occurrences
    pairs[np.ix_(known, known)] = found.pairs
    return CoOccurrence(occurrences, pairs, found.n_windows)


def columns_of(topics: Sequence[Sequence[str]]) -> tuple[list[str], Any]:
    """Give the distinct terms of all topics, sorted, and each topic's as their places (-1 where it has fewer)."""
    distinct = sorted({term for topic in topics for term in topic})
    place = {term: i for i, term in enumerate(distinct)}
    longest = max((len(t) for t in topics), default=0)
    rows = np.full((len(topics), longest), -1, np.int64)
    for i, topic in enumerate(topics):
        rows[i, : len(topic)] = [place[t] for t in topic]
    return distinct, rows


def coherences(tokens: Tokens, counts: Counts, first: Longs) -> tuple[Floats, Floats, Floats]:
    """Give document NPMI, window NPMI and C_V of topics.

    Parameters
    ----------
    tokens
        The articles.
    counts
        Their counts.
    first
        (n_topics, n_top): the first terms of each topic as columns of the counts, -1 where there are fewer. Of any
        number of models at once.
    """
    columns = np.unique(first[first >= 0])
    place = np.where(first >= 0, np.searchsorted(columns, first), -1)
    terms = [counts.terms[i] for i in columns]
    small, large = windows_of(tokens, terms, sizes=(co.NPMI_WINDOW, co.CV_WINDOW))
    documents = co.npmi_matrix(co.document_counts(counts.table, columns))
    return (
        co.topic_npmi(documents, place),
        co.topic_npmi(co.npmi_matrix(small), place),
        co.topic_cv(co.npmi_matrix(large), place),
    )
