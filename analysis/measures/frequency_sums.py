"""Sums by group and term: occurrences, articles, and what an interval by stories needs.

An article that belongs to no story with others is its own; only those that do are kept apart until the end, row by
row, because copies may lie in different parts of the corpus. Not for the table a reader sees (`frequency`).
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.corpus.handle import Corpus
from analysis.terms.dtm import article_groups, dtm
from analysis.terms.forms import numpy
from analysis.terms.groups import Grouping
from analysis.terms.stream import Longs, Stream, Streamer, streamer
from analysis.terms.tokens import Tokens

FREQ, DOCS, SQUARES, PRODUCTS, WITH, LARGEST = range(6)
MOST_CELLS = 8_000_000  # groups x terms that a fold may hold: 384 MB


class Entries(NamedTuple):
    """Occurrences of terms in articles: group, unit and term of each, and the articles' words by group and unit."""

    group: Longs
    unit: Longs
    term: Longs
    times: Longs
    doc_group: Longs
    doc_unit: Longs
    doc_words: Longs


class Sums(NamedTuple):
    """What is summed.

    Attributes
    ----------
    terms
        int64, groups x terms x (occurrences, articles, squares, products with words, stories that have it, largest);
        the last four over stories.
    n_words, n_docs, n_stories
        int64 by group.
    n_units, words_squared
        int64 by group: stories with words, and the sum of their squared words.
    shared
        Articles that belong to a story with others, until `settled`.
    """

    terms: Longs
    n_words: Longs
    n_docs: Longs
    n_stories: Longs
    n_units: Longs
    words_squared: Longs
    shared: tuple[Entries, ...] = ()


class Table(NamedTuple):
    """The terms that occur, group by group: sums of each, and where each group begins."""

    term: Longs
    sums: Longs
    bounds: Longs


@dataclass(frozen=True, eq=False)
class Stories:
    """Which story an article belongs to, where it belongs to one with others; picklable."""

    doc_ids: pa.Array
    codes: Longs

    def of(self, doc_ids: pa.Array) -> Longs:
        """Give the story of each article, -1 where it is alone."""
        if not len(self.doc_ids):
            return np.full(len(doc_ids), -1, np.int64)
        at = numpy(pc.fill_null(pc.index_in(doc_ids, value_set=self.doc_ids), -1), np.int64)
        return np.where(at >= 0, self.codes[at], -1)


def stories_of(corpus: Corpus) -> Stories:
    """Read the stories of a corpus."""
    table = corpus.view("story_id").stories
    if table is None or not table.num_rows:
        return Stories(pa.array([], pa.string()), np.empty(0, np.int64))
    coded = table["story_id"].combine_chunks().dictionary_encode()
    return Stories(table["doc_id"].combine_chunks(), numpy(coded.indices, np.int64))


@dataclass(frozen=True, eq=False)
class TermFold:
    """Count terms by group; the state grows with terms, and with articles that share a story."""

    streamer: Streamer
    groups: Grouping
    stories: Stories

    def zero(self) -> Sums:
        n = len(self.groups)
        return _nothing(n, np.zeros((n, len(self.streamer.vocabulary), 6), np.int64))

    def add(self, state: Sums, batch: pa.RecordBatch) -> Sums:
        from analysis.terms import kernel
        from analysis.terms.grams import article_counts

        stream = self.streamer(batch)
        group = self.groups.of(batch)
        story = self.stories.of(batch.column("doc_id"))
        kernel.tally(stream.terms, stream.offsets, group, story < 0, stream.n_words, state.terms)
        kept = group >= 0
        np.add.at(state.n_words, group[kept], stream.n_words[kept])
        np.add.at(state.n_docs, group[kept], 1)
        _add_units(state, group[kept & (story < 0)], stream.n_words[kept & (story < 0)])
        some = np.flatnonzero(kept & (story >= 0))
        if not len(some):
            return state
        sizes = np.diff(stream.offsets)[some]
        bounds = np.concatenate([[0], np.cumsum(sizes)])
        at = np.repeat(stream.offsets[some] - bounds[:-1], sizes) + np.arange(bounds[-1])
        own = Stream(stream.terms[at], bounds, stream.n_words[some])
        indptr, indices, counts = article_counts(own, len(self.streamer.vocabulary))
        doc = np.repeat(some, np.diff(indptr))
        entries = Entries(
            group[doc].astype(np.int64), story[doc], indices.astype(np.int64), counts.astype(np.int64),
            group[some].astype(np.int64), story[some], stream.n_words[some],
        )  # fmt: skip
        return state._replace(shared=(*state.shared, entries))

    def merge(self, left: Sums, right: Sums) -> Sums:
        terms = left.terms + right.terms
        np.maximum(left.terms[..., LARGEST], right.terms[..., LARGEST], out=terms[..., LARGEST])
        return Sums(
            terms,
            left.n_words + right.n_words,
            left.n_docs + right.n_docs,
            left.n_stories + right.n_stories,
            left.n_units + right.n_units,
            left.words_squared + right.words_squared,
            (*left.shared, *right.shared),
        )

    def finish(self, state: Sums) -> Sums:
        """Add up the articles of each story, and then the stories."""
        if not state.shared:
            return state
        entries = Entries(*(np.concatenate(columns) for columns in zip(*state.shared, strict=True)))
        state = self.merge(state._replace(shared=()), self.zero())  # the state itself stays what it was
        n_terms = state.terms.shape[1]
        cell, sums = summed(entries, n_terms, state)
        flat = state.terms.reshape(-1, 6)
        flat[cell, SQUARES] += sums[:, SQUARES]
        flat[cell, PRODUCTS] += sums[:, PRODUCTS]
        flat[cell, WITH] += sums[:, WITH]
        flat[cell, LARGEST] = np.maximum(flat[cell, LARGEST], sums[:, LARGEST])
        return state


def summed(entries: Entries, n_terms: int, state: Sums) -> tuple[Longs, Longs]:
    """Add up stories by group and term, and count them into `state`; give the cells (sorted) and their sums."""
    n_units = int(max(entries.doc_unit.max(initial=-1), 0)) + 1
    story, at = np.unique(entries.doc_group * n_units + entries.doc_unit, return_inverse=True)
    words = np.bincount(at, weights=entries.doc_words, minlength=len(story)).astype(np.int64)
    _add_units(state, story // n_units, words)
    order = np.lexsort((entries.unit, entries.term, entries.group))
    group, unit, term, count = (column[order] for column in entries[:4])
    cell = group * n_terms + term
    one = _starts(cell, unit)
    x = np.add.reduceat(count, one) if len(one) else count
    n = words[np.searchsorted(story, group[one] * n_units + unit[one])]
    cell = cell[one]
    first = _starts(cell)
    columns = [x, np.diff(np.append(one, len(count))), x * x, x * n, np.ones_like(x)]
    sums = [np.add.reduceat(c, first) if len(first) else c for c in columns]
    sums.append(np.maximum.reduceat(x, first) if len(first) else x)
    return cell[first], np.stack(sums, axis=1)


def counted(tokens: Tokens, groups: Grouping) -> tuple[Sums, Table, pa.Array]:
    """Count by a fold where its state is small, else from the rows of documents x terms."""
    if tokens.recipe.ngrams == (1,) and len(groups) * len(tokens.vocabulary) <= MOST_CELLS:
        streams = streamer(tokens)
        columns = dict.fromkeys(("doc_id", *streams.columns, *groups.columns))
        fold = TermFold(streams, groups, stories_of(tokens.corpus))
        sums: Sums = tokens.corpus.fold(fold, *columns, label="counting terms")
        group, term = np.nonzero(sums.terms[..., FREQ])
        bounds = np.searchsorted(group, np.arange(len(groups) + 1))
        return sums, Table(term, sums.terms[group, term], bounds), tokens.vocabulary.terms
    return _from_rows(tokens, groups)


def _from_rows(tokens: Tokens, groups: Grouping) -> tuple[Sums, Table, pa.Array]:
    made = dtm(tokens)
    n_groups, n_terms = len(groups), made.counts.shape[1]
    group = article_groups(tokens.corpus, groups).astype(np.int64)
    story = stories_of(tokens.corpus).of(pa.array(made.doc_ids, pa.string()))
    unit = np.where(story >= 0, story, story.max(initial=-1) + 1 + np.arange(len(story)))
    kept = group >= 0
    doc = np.repeat(np.arange(len(group)), np.diff(made.counts.indptr))
    there = kept[doc]
    doc = doc[there]
    entries = Entries(
        group[doc], unit[doc], made.counts.indices[there].astype(np.int64), made.counts.data[there].astype(np.int64),
        group[kept], unit[kept], made.n_words[kept],
    )  # fmt: skip
    sums = _nothing(n_groups, np.empty((0, 0, 6), np.int64))
    np.add.at(sums.n_words, group[kept], made.n_words[kept])
    np.add.at(sums.n_docs, group[kept], 1)
    cell, by_cell = summed(entries, n_terms, sums)
    bounds = np.searchsorted(cell, np.arange(n_groups + 1) * n_terms)
    return sums, Table(cell % n_terms, by_cell, bounds), made.vocabulary


def _nothing(n_groups: int, terms: Longs) -> Sums:
    a, b, c, d, e = (np.zeros(n_groups, np.int64) for _ in range(5))
    return Sums(terms, a, b, c, d, e)


def _add_units(state: Sums, group: npt.NDArray[np.integer], words: Longs) -> None:
    np.add.at(state.n_stories, group, 1)
    np.add.at(state.n_units, group, words > 0)
    np.add.at(state.words_squared, group, words * words)


def _starts(*sorted_by: Longs) -> npt.NDArray[np.intp]:
    """Give where a new combination begins."""
    new = np.ones(len(sorted_by[0]), np.bool_)
    if len(new):
        new[1:] = np.logical_or.reduce([c[1:] != c[:-1] for c in sorted_by])
    return np.flatnonzero(new)
