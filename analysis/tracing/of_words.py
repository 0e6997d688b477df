"""Behind rows about the words of articles or groups that are no plain count: tf-idf, lexical diversity, a fitted scale.

Not for frequencies (`of_terms`).
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from analysis.errors import SelectionError, message
from analysis.measures.diversity import each_article
from analysis.measures.parts import parts_of
from analysis.sentiment.scaling_contexts import contexts
from analysis.sentiment.scaling_model import ScalingModel
from analysis.sentiment.scaling_scores import polarities
from analysis.terms.dtm import article_groups, dtm
from analysis.terms.groups import grouping
from analysis.terms.tokens import Tokens
from analysis.tracing.behind import ALONE, Asked, Behind, Floats, Ints, Trace, by_row, grouped, ranges
from analysis.tracing.keyed import keyed
from analysis.tracing.marks import Marker, of_term


def tf_idf(asked: Asked) -> Trace:
    """The article, or the articles of the group: occurrences of the term, all words."""
    tokens, across, terms = asked.tokens(), asked.params["across"], asked.column("term")
    counted = dtm(tokens, min_doc_freq=int(asked.params["min_doc_freq"]))
    documents = asked.column("document")
    n = len(counted.doc_ids)
    if across is None:
        place: dict[str | None, int] = {doc_id: i for i, doc_id in enumerate(counted.doc_ids)}
        code = np.arange(n)
    else:
        groups, _ = grouping(asked.corpus, across=str(across), by=None)
        code = article_groups(asked.corpus, groups).astype(np.int64)
        place = {value: i for i, (value, _) in enumerate(groups.labels())}
    wanted = np.array([place.get(d, -1) for d in documents], dtype=np.int64)
    order, first = grouped(np.asarray(code, dtype=np.int64), max(len(place), 1))
    known = counted.vocabulary
    at = pc.index_in(pa.array(terms.tolist(), known.type), value_set=known).to_pylist()
    by_term = sparse.csc_array(counted.counts)
    words = counted.n_words.astype(np.float64)

    def behind(rows: Ints) -> Behind:
        row, doc = by_row(rows, ranges(order, first, wanted[rows]))
        top = np.zeros(row.size)
        for r in np.unique(row).tolist():
            own = row == r
            if at[r] is not None:
                top[own] = _dense(by_term, at[r])[doc[own]]
        return Behind(row, doc, top, words[doc], np.ones(row.size), np.full(row.size, ALONE))

    return Trace(
        np.array(counted.doc_ids, dtype=object), behind, lambda row: of_term(tokens, str(terms[row]))
    )


def diversity(asked: Asked) -> Trace:
    """The measured articles of the group: the measure of each; their mean is that of the row."""
    tokens, params = asked.tokens(), asked.params
    found = each_article(tokens, params["window"], params["threshold"], params["min_words"])
    name, across = str(params["measure"]), params["across"]
    values = getattr(found, name)
    kept = np.flatnonzero((found.n_words >= params["min_words"]) & ~np.isnan(values))
    if across is None:
        keys: list[str | None] = ["all"] * len(found.doc_id)
    else:
        parts = parts_of(tokens.corpus, found.doc_id, str(across))
        keys = [parts.names[c] if c >= 0 else None for c in parts.code.tolist()]
    return keyed(
        found.doc_id, kept, [(keys[i],) for i in kept.tolist()], [(g,) for g in asked.column("group")],
        values[kept], np.ones(kept.size),
        notes=(f"Numerator: the {name.upper()} of an article. Every article counts once.",),
    )  # fmt: skip


def scaling_terms(asked: Asked) -> Trace:
    """The articles the scale was fitted to that have the term, in segments in scope: its occurrences."""
    model, tokens = asked.measured, asked.given.get("tokens")
    if not isinstance(model, ScalingModel) or not isinstance(tokens, Tokens):
        raise _without("scale")
    read = contexts(tokens, max_docs=int(model.params["max_docs"]), seed=int(model.params["seed"]))
    n = len(read.doc_ids)
    sums = sparse.csr_array(
        (np.ones(len(read.doc)), (read.doc, np.arange(len(read.doc)))), shape=(n, len(read.doc))
    )
    by_term = sparse.csc_array(sums @ read.counts)
    terms = asked.column("term")
    own = {t: i for i, t in enumerate(tokens.vocabulary.terms.to_pylist())}
    at = np.array([own.get(t, -1) for t in terms], dtype=np.int64)

    def behind(rows: Ints) -> Behind:
        spans = [slice(by_term.indptr[c], by_term.indptr[c + 1]) if c >= 0 else slice(0, 0) for c in at[rows]]
        row, doc = by_row(rows, [by_term.indices[s].astype(np.int64) for s in spans])
        top = np.concatenate([np.empty(0), *(by_term.data[s] for s in spans)])
        nothing = np.full(row.size, np.nan)
        return Behind(row, doc, top, nothing, np.ones(row.size), np.full(row.size, ALONE))

    def marker(row: int) -> Marker | None:
        return of_term(tokens, str(terms[row]))

    return Trace(np.array(read.doc_ids, dtype=object), behind, marker)


def scaling_range(asked: Asked) -> Trace:
    """The articles of the period and group: the sum of the polarities of their words, and those words."""
    model = asked.measured
    if not isinstance(model, ScalingModel):
        raise _without("scale")
    ids, top, bottom = polarities(asked.corpus, model, asked.given.get("voice"), asked.given.get("part"))
    groups, _ = grouping(asked.corpus, across=asked.params["across"], by=asked.params["by"])
    code = article_groups(asked.corpus, groups)
    labels = groups.labels()
    own = np.flatnonzero(code >= 0)
    rows = list(zip(asked.column("group"), asked.column("period"), strict=True))
    return keyed(ids, own, [labels[code[i]] for i in own], rows, top[own], bottom[own])


def _dense(by_term: "sparse.csc_array", column: int) -> Floats:
    values = np.zeros(by_term.shape[0])
    inside = slice(by_term.indptr[column], by_term.indptr[column + 1])
    values[by_term.indices[inside]] = by_term.data[inside]
    return values


def _without(what: str) -> SelectionError:
    return SelectionError(
        message(
            f"The {what} of this result is not known", hint="Describe it again: a loaded result has none."
        )
    )
