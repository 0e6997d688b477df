"""How often every term occurs, over all articles or by outlet and period.

Not for a comparison of two groups (keyness), nor for a rate of chosen terms with intervals (`term_rate`, trends).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.errors import InputError, message
from analysis.result import Result, Traced
from analysis.terms.dtm import article_groups, check_trimming, dtm
from analysis.terms.groups import Grouping, grouping, undated_note
from analysis.terms.stream import Streamer, streamer
from analysis.terms.tokens import Tokens

if TYPE_CHECKING:
    import pandas as pd

Longs = npt.NDArray[np.int64]
PER = 10_000
_MOST_CELLS = 20_000_000  # groups x terms that a fold may hold: 320 MB


class Counts(NamedTuple):
    """Sums by group: occurrences and articles of each term, all words, all articles."""

    term_freq: Any
    doc_freq: Any
    n_words: Longs
    n_docs: Longs


@dataclass(frozen=True, eq=False)
class _Fold:
    """Count terms by group; the state does not grow with the articles."""

    streamer: Streamer
    groups: Grouping

    def zero(self) -> Counts:
        shape = (len(self.groups), len(self.streamer.vocabulary))
        n = len(self.groups)
        return Counts(
            np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(n, np.int64), np.zeros(n, np.int64)
        )

    def add(self, state: Counts, batch: pa.RecordBatch) -> Counts:
        from analysis.terms import kernel

        stream = self.streamer(batch)
        group = self.groups.of(batch)
        kernel.tally(stream.terms, stream.offsets, group, state.term_freq, state.doc_freq)
        kept = group >= 0
        np.add.at(state.n_words, group[kept], stream.n_words[kept])
        np.add.at(state.n_docs, group[kept], 1)
        return state

    def merge(self, left: Counts, right: Counts) -> Counts:
        return Counts(*(a + b for a, b in zip(left, right, strict=True)))

    def finish(self, state: Counts) -> Counts:
        return state


def term_frequency(
    tokens: Tokens,
    *,
    across: str | None = None,
    by: str | None = None,
    min_doc_freq: int = 1,
    top: int | None = None,
) -> Result:
    """Count every term: occurrences, articles, and their rates.

    Not for saying that two groups differ: words come in clusters, see keyness and its test.

    Parameters
    ----------
    tokens
        Articles and recipe.
    across
        A field to count by: outlet, agency, section, author, language, or a column of metadata.csv.
    by
        A period to count by: day, week, month, quarter, year. Articles whose date is not known so well are left out
        and counted in a note.
    min_doc_freq
        Leave out terms in fewer articles of the group (1 or more).
    top
        The most frequent terms of each group only (1 or more); None for all.

    Returns
    -------
    Result
        One row a group and term that occurs in it: `group` (str, null without `across` and where the field is
        empty), `period` (str, null without `by`), `term` (str), `term_freq` (int64, occurrences), `doc_freq` (int64,
        articles that have it), `rate` (float64, occurrences per 10,000 words of the group; null where it has no
        words), `doc_share` (float64, of the group's articles, 0 to 1), `n_words` (int64, words and numbers of the
        group in scope of voice and part, before anything is left out), `n_docs` (int64, articles of the group).
        By group, period, then the most frequent first, then by term.

    Raises
    ------
    InputError, UnknownNameError, SelectionError
        A parameter is not as said here; the recipe leaves no terms.

    Notes
    -----
    One pass; the state is two numbers a group and term. With n-grams or very many groups it goes through `dtm`.
    """
    check_trimming(min_doc_freq, 1, 1.0)
    if top is not None and (isinstance(top, bool) or not isinstance(top, int) or top < 1):
        raise InputError(message("`top`", got=top, expected="a whole number of at least 1, or None"))
    groups, undated = grouping(tokens.corpus, across=across, by=by)
    counts, terms = _counted(tokens, groups)
    return Result(
        kind="term_frequency",
        table=_table(counts, terms, groups, min_doc_freq, top),
        unit="occurrences; rate per 10,000 words",
        params={**tokens.params, "across": across, "by": by, "min_doc_freq": min_doc_freq, "top": top},
        corpus_fingerprint=tokens.corpus_fingerprint,
        notes=(*undated_note(undated, by), *_empty_note(counts)),
        source=Traced(tokens.corpus, tokens),
    )


def _counted(tokens: Tokens, groups: Grouping) -> tuple[Counts, pa.Array]:
    """Count by a fold where its state is small, else from the rows."""
    if tokens.recipe.ngrams == (1,):
        vocabulary = tokens.vocabulary
        if len(groups) * len(vocabulary) <= _MOST_CELLS:
            streams = streamer(tokens)
            columns = dict.fromkeys((*streams.columns, *groups.columns))
            found: Counts = tokens.corpus.fold(_Fold(streams, groups), *columns, label="counting terms")
            return found, vocabulary.terms
    return _from_rows(tokens, groups)


def _from_rows(tokens: Tokens, groups: Grouping) -> tuple[Counts, pa.Array]:
    """Count by group from documents x terms."""
    from scipy.sparse import csr_array

    made = dtm(tokens)
    group = article_groups(tokens.corpus, groups)
    at = np.flatnonzero(group >= 0)
    n = len(groups)
    sums = csr_array((np.ones(len(at), np.int64), (group[at], at)), shape=(n, len(made.doc_ids)))
    there = made.counts.astype(np.int64)
    term_freq = (sums @ there).tocsr()
    there.data[:] = 1
    doc_freq = (sums @ there).tocsr()
    term_freq.sort_indices()
    doc_freq.sort_indices()
    return Counts(
        term_freq, doc_freq, sums @ made.n_words, np.bincount(group[at], minlength=n)
    ), made.vocabulary


def _table(
    counts: Counts, terms: pa.Array, groups: Grouping, min_doc_freq: int, top: int | None
) -> "pd.DataFrame":
    """Give the rows of all groups."""
    import pandas as pd

    pieces: dict[str, list[Any]] = {name: [] for name in ("place", "which", "term_freq", "doc_freq")}
    for number in range(len(groups)):
        place, term_freq, doc_freq = _group(counts, number)
        keep = doc_freq >= min_doc_freq
        place, term_freq, doc_freq = place[keep], term_freq[keep], doc_freq[keep]
        order = np.lexsort((place, -term_freq))[:top]
        pieces["place"].append(place[order])
        pieces["which"].append(np.full(len(order), number))
        pieces["term_freq"].append(term_freq[order])
        pieces["doc_freq"].append(doc_freq[order])
    one = {name: np.concatenate([np.empty(0, np.int64), *values]) for name, values in pieces.items()}
    labels = groups.labels()
    which = one["which"]
    n_words, n_docs = counts.n_words[which], counts.n_docs[which]
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = np.where(n_words > 0, PER * one["term_freq"] / n_words, np.nan)
    return pd.DataFrame(
        {
            "group": pd.array(_taken([v for v, _ in labels], which), dtype="str"),
            "period": pd.array(_taken([p for _, p in labels], which), dtype="str"),
            "term": pd.Series(terms.take(pa.array(one["place"])).to_pandas(), dtype="str"),
            "term_freq": one["term_freq"],
            "doc_freq": one["doc_freq"],
            "rate": rate,
            "doc_share": one["doc_freq"] / np.maximum(n_docs, 1),
            "n_words": n_words,
            "n_docs": n_docs,
        }
    )


def _group(counts: Counts, number: int) -> tuple[Longs, Longs, Longs]:
    """Give the terms of a group, their occurrences and articles."""
    if isinstance(counts.term_freq, np.ndarray):
        place = np.flatnonzero(counts.term_freq[number])
        return place, counts.term_freq[number, place], counts.doc_freq[number, place]
    a, b = counts.term_freq.indptr[number : number + 2]
    return (
        counts.term_freq.indices[a:b].astype(np.int64),
        counts.term_freq.data[a:b],
        counts.doc_freq.data[a:b],
    )


def _taken(labels: list[str | None], which: Longs) -> Any:
    return np.array(labels or [None], dtype=object)[which]


def _empty_note(counts: Counts) -> tuple[str, ...]:
    if not counts.n_docs.sum():
        return ("The selection holds no articles.",)
    return () if counts.n_words.sum() else ("The articles of the selection hold no words in scope.",)
