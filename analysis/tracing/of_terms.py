"""Behind rows of terms: frequencies, keyness, dispersion. One count of the articles, then a look-up a row."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from analysis.errors import SelectionError, message
from analysis.measures.dispersion import counted_terms, patterns_of
from analysis.measures.parts import enough_words, parts_of
from analysis.measures.sides import sides_of
from analysis.terms.dtm import Dtm, article_groups, dtm
from analysis.terms.groups import grouping
from analysis.tracing.behind import (
    ALONE,
    REFERENCE,
    TARGET,
    Asked,
    Behind,
    Floats,
    Ints,
    Trace,
    by_row,
    grouped,
    ranges,
)
from analysis.tracing.marks import Marker, of_pattern, of_term

Column = Callable[[int], Floats]
"""The numerators of all articles for one row of the table."""


def term_frequency(asked: Asked) -> Trace:
    """The articles of the group: occurrences of the term, all words."""
    tokens = asked.tokens()
    counted = dtm(tokens)
    groups, _ = grouping(asked.corpus, across=asked.params["across"], by=asked.params["by"])
    code = article_groups(asked.corpus, groups).astype(np.int64)
    number = {label: i for i, label in enumerate(groups.labels())}
    pairs = zip(asked.column("group"), asked.column("period"), strict=True)
    wanted = np.array([number.get(pair, -1) for pair in pairs], dtype=np.int64)
    order, first = grouped(code, max(len(groups), 1))
    terms = asked.column("term")
    columns = _columns(counted, terms)
    words = counted.n_words.astype(np.float64)

    def behind(rows: Ints) -> Behind:
        return _behind(rows, ranges(order, first, wanted[rows]), columns, words)

    return Trace(_ids(counted), behind, _marks(asked, terms))


def keyness(asked: Asked) -> Trace:
    """The articles of both sides: occurrences of the term, all words."""
    tokens = asked.tokens()
    counted = dtm(tokens)
    target, reference = (_side(asked, name) for name in ("target", "reference"))
    sides = sides_of(asked.corpus, counted.doc_ids, target, reference)
    terms = asked.column("term")
    columns = _columns(counted, terms)
    words = np.zeros(len(counted.doc_ids))
    both = np.flatnonzero(sides.target | sides.reference)
    words[both] = enough_words(counted.n_words[both], counted.counts[both])
    members = [np.flatnonzero(mask) for mask in (sides.target, sides.reference)]

    def behind(rows: Ints) -> Behind:
        made = [_behind(rows, [own] * rows.size, columns, words, side)
                for own, side in zip(members, (TARGET, REFERENCE), strict=True)]  # fmt: skip
        return Behind(*(np.concatenate(pair) for pair in zip(*made, strict=True)))

    return Trace(_ids(counted), behind, _marks(asked, terms))


def dispersion(asked: Asked) -> Trace:
    """The articles that are in a part: occurrences of the term, all words."""
    counted, columns, marks = _named(asked)
    over = asked.column("over")
    members = {
        o: np.flatnonzero(parts_of(asked.corpus, counted.doc_ids, o).code >= 0) for o in sorted(set(over))
    }
    words = counted.n_words.astype(np.float64)

    def behind(rows: Ints) -> Behind:
        return _behind(rows, [members[o] for o in over[rows]], columns, words)

    return Trace(_ids(counted), behind, marks)


def dispersion_parts(asked: Asked) -> Trace:
    """The articles of the part: occurrences of the term, all words."""
    counted, columns, marks = _named(asked)
    over = str(asked.params["over"])
    parts = parts_of(asked.corpus, counted.doc_ids, over)
    number = {name: i for i, name in enumerate(parts.names)}
    wanted = np.array([number.get(p, -1) for p in asked.column("part")], dtype=np.int64)
    order, first = grouped(parts.code, max(len(parts.names), 1))
    words = counted.n_words.astype(np.float64)

    def behind(rows: Ints) -> Behind:
        return _behind(rows, ranges(order, first, wanted[rows]), columns, words)

    return Trace(_ids(counted), behind, marks)


def _named(asked: Asked) -> tuple[Dtm, Column, Callable[[int], Marker | None]]:
    """Count the terms a dispersion names: by patterns, else terms of the recipe."""
    tokens, terms = asked.tokens(), asked.column("term")
    given = asked.given.get("terms", asked.params["terms"])
    if given is None:
        counted = dtm(tokens)
        return counted, _columns(counted, terms), _marks(asked, terms)
    counted, counts, names = counted_terms(tokens, given, 1)  # type: ignore[arg-type]
    place = {name: i for i, name in enumerate(names)}
    patterns = patterns_of(given)  # type: ignore[arg-type]
    by_term = sparse.csc_array(counts)

    def column(row: int) -> Floats:
        return _dense(by_term, place[terms[row]])

    # A thousand rows may be of one term, and a marker holds a value for every form of the corpus.
    made = cache(lambda term: of_pattern(tokens, patterns[term]))
    return counted, column, lambda row: made(terms[row])


def _columns(counted: Dtm, terms: Any) -> Column:
    """Give a look-up from a row to the occurrences of its term by article; null where it has none."""
    known = counted.vocabulary
    at = pc.index_in(pa.array(terms.tolist(), known.type), value_set=known).to_pylist()
    used = sorted({i for i in at if i is not None})
    by_term = sparse.csc_array(counted.counts[:, used])
    place = {i: column for column, i in enumerate(used)}
    none = np.zeros(len(counted.doc_ids))

    def column(row: int) -> Floats:
        number = at[row]
        return none if number is None else _dense(by_term, place[number])

    return column


def _dense(by_term: Any, column: int) -> Floats:
    values = np.zeros(by_term.shape[0])
    inside = slice(by_term.indptr[column], by_term.indptr[column + 1])
    values[by_term.indices[inside]] = by_term.data[inside]
    return values


def _behind(rows: Ints, members: list[Ints], columns: Column, words: Floats, side: int = ALONE) -> Behind:
    row, doc = by_row(rows, members)
    numerators = [columns(r)[own] for r, own in zip(rows.tolist(), members, strict=True)]
    numerator = np.concatenate([np.empty(0), *numerators])
    return Behind(row, doc, numerator, words[doc], np.ones(doc.size), np.full(doc.size, side, dtype=np.int64))


def _side(asked: Asked, name: str) -> Any:
    if name in asked.given:
        return asked.given[name]
    side = asked.params[name]
    if side == "rest":
        return None
    if "selection" in side:
        raise SelectionError(
            message(
                f"The {name} of this result was a Corpus, which is not saved with it", hint="Measure again."
            )
        )
    return side


def _ids(counted: Dtm) -> Any:
    return np.array(counted.doc_ids, dtype=object)


def _marks(asked: Asked, terms: Any) -> Callable[[int], Marker | None]:
    tokens = asked.tokens()
    return lambda row: of_term(tokens, str(terms[row]))
