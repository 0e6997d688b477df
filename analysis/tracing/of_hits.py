"""Behind rows of hits: a line of a concordance, a term near a node."""

from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.corpus.encoded import TokenBatch
from analysis.corpus.scan import load
from analysis.measures.collocation import CollocationFold, fold_of
from analysis.measures.neighbours import close_to
from analysis.measures.stream import COLUMNS
from analysis.terms.patterns import pattern_of
from analysis.tracing.behind import ALONE, Asked, Behind, Ints, Trace, by_row, grouped, ranges
from analysis.tracing.marks import Marker, of_hit, of_neighbour


def concordance(asked: Asked) -> Trace:
    """The article of the line, with the one hit the line is."""
    tokens, pattern = asked.tokens(), str(asked.params["pattern"])
    ids, doc = np.unique(asked.column("doc_id").astype(str), return_inverse=True)
    places = asked.column("token")

    def behind(rows: Ints) -> Behind:
        one = np.ones(rows.size)
        return Behind(rows, doc[rows].astype(np.int64), one, one, one, np.full(rows.size, ALONE))

    def marker(row: int) -> Marker:
        return of_hit(tokens, pattern, int(places[row]))

    return Trace(ids.astype(object), behind, marker)


def collocation(asked: Asked) -> Trace:
    """The articles with a window: occurrences of the term in windows, all words in windows."""
    tokens, params = asked.tokens(), asked.params
    fold, known = fold_of(
        tokens, pattern_of(params["node"]), window=params["window"], within=params["within"]
    )
    terms = pa.array(asked.column("term").tolist(), known.type)
    wanted = np.asarray(pc.index_in(terms, value_set=known).to_numpy(zero_copy_only=False))
    wanted = wanted.astype(np.int64)
    work = partial(_near, fold=fold, terms=np.unique(wanted), view=asked.corpus.view(*COLUMNS))
    parts = asked.corpus.engine.map(work, asked.corpus.parts(), label="collocation")
    batches = [b for some in parts for b in some]
    ids = np.array([i for b in batches for i in b[0].to_pylist()], dtype=object)
    rank = np.empty(ids.size, dtype=np.int64)
    rank[np.argsort(ids, kind="stable")] = np.arange(ids.size)
    base = np.cumsum([0, *(len(b[0]) for b in batches)])[:-1]
    none = np.empty(0, dtype=np.int64)
    n_near = np.zeros(ids.size)
    n_near[rank] = np.concatenate([none, *(b[1] for b in batches)])
    doc = rank[np.concatenate([none, *(b[2] + at for b, at in zip(batches, base, strict=True))])]
    term = np.concatenate([none, *(b[3] for b in batches)])
    joint = np.concatenate([none, *(b[4] for b in batches)])
    order, first = grouped(term, len(known))
    windows = np.flatnonzero(n_near > 0)

    def behind(rows: Ints) -> Behind:
        row, doc_of = by_row(rows, [windows] * rows.size)
        near = np.zeros((rows.size, ids.size))
        for i, own in enumerate(ranges(order, first, wanted[rows])):
            near[i, doc[own]] = joint[own]
        numerator = near[:, windows].ravel()
        one = np.ones(row.size)
        return Behind(row, doc_of, numerator, n_near[doc_of], one, np.full(row.size, ALONE))

    return Trace(np.sort(ids), behind, lambda row: of_neighbour(fold, COLUMNS, int(wanted[row])))


def _near(part: Any, *, fold: CollocationFold, terms: Ints, view: Any) -> list[tuple[Any, ...]]:
    """Count one part by article; a top-level function for a spawned process."""
    found = []
    for batch in load(part, view=view):
        stream = fold.stream(batch)
        close = close_to(stream, fold.reach)
        n_docs = len(TokenBatch.of(batch))
        n_near = np.bincount(stream.doc[close], minlength=n_docs)
        chosen = close & np.isin(stream.term, terms)
        pairs, joint = np.unique(stream.doc[chosen] * (1 << 32) + stream.term[chosen], return_counts=True)
        found.append((batch.column("doc_id"), n_near, pairs >> 32, pairs & ((1 << 32) - 1), joint))
    return found
