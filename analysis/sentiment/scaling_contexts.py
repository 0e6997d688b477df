"""The contexts a scaling is fitted to: segments by terms, as a sparse matrix. Not for fitting (`scaling`)."""

from functools import partial
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from scipy import sparse

from analysis.corpus.encoded import TokenBatch
from analysis.corpus.scan import load
from analysis.terms.tokens import Tokens
from analysis.terms.vocabulary import TermMap

COLUMNS = ("type_ids", "seg_part", "seg_voice", "seg_tokens")


class Contexts(NamedTuple):
    """Segments by terms of the recipe.

    `counts` is a csr_array; `doc` the article of each segment, its place in `doc_ids` (sorted). `n_docs` says how many
    articles there were to choose from.
    """

    counts: Any
    doc: Any
    doc_ids: list[str]
    n_docs: int


def columns_of(tokens: Tokens) -> tuple[str, ...]:
    """The columns a batch must have."""
    return (*COLUMNS, *(("language",) if tokens.vocabulary.languages else ()))


def terms_of(tokens: TokenBatch, batch: pa.RecordBatch, vocabulary: TermMap) -> Any:
    """The term of each token, below 0 where it is none."""
    if not vocabulary.languages:
        return vocabulary.of_type[0][tokens.type_ids]
    row = vocabulary.map_of(batch.column("language"), len(tokens))
    return vocabulary.of_type[row[tokens.token_doc], tokens.type_ids]


def contexts(tokens: Tokens, *, max_docs: int, seed: int) -> Contexts:
    """Read the segments in scope; of more than `max_docs` articles, that many at random."""
    corpus, n_docs = tokens.corpus, len(tokens.corpus)
    keep = None
    if n_docs > max_docs:
        everyone = [i for b in corpus.scan("doc_id") for i in b.column(0).to_pylist()]
        ranked = sorted(
            everyone, key=lambda i: blake2b(f"{seed}|scaling|{i}".encode(), digest_size=8).digest()
        )
        keep = pa.array(sorted(ranked[:max_docs]))
    work = partial(
        _read, vocabulary=tokens.vocabulary, recipe=tokens.recipe, keep=keep,
        view=corpus.view("doc_id", *columns_of(tokens)),
    )  # fmt: skip
    parts = list(corpus.engine.map(work, corpus.parts(), label="reading contexts"))
    every = [p for some in parts for p in some]
    shape = (0, len(tokens.vocabulary))
    counts = sparse.vstack([p[2] for p in every], format="csr") if every else sparse.csr_array(shape)
    found = [i for p in every for i in p[0]]
    ids = np.array(found, dtype=object)
    base = np.cumsum([0, *(len(p[0]) for p in every)])
    doc = np.concatenate([np.empty(0, np.int64), *(p[1] + b for p, b in zip(every, base, strict=False))])
    order = np.argsort(ids, kind="stable")
    place = np.empty(len(found), np.int64)
    place[order] = np.arange(len(ids))
    doc = place[doc.astype(np.int64)]
    by = np.argsort(doc, kind="stable")
    return Contexts(sparse.csr_array(counts)[by], doc[by], ids[order].tolist(), n_docs)


def _read(part: Any, *, vocabulary: TermMap, recipe: Any, keep: Any, view: Any) -> list[Any]:
    """Read one part; a top-level function for a spawned process."""
    import pyarrow.compute as pc

    found = []
    for whole in load(part, view=view):
        batch = whole if keep is None else whole.filter(pc.is_in(whole.column("doc_id"), value_set=keep))
        if not batch.num_rows:
            continue
        tokens = TokenBatch.of(batch)
        term = terms_of(tokens, batch, vocabulary)
        scope = tokens.in_scope(recipe.voices, recipe.parts)
        use = np.flatnonzero(term >= 0 if scope is None else (term >= 0) & scope)
        own, row = np.unique(tokens.token_segment[use], return_inverse=True)
        shape = (len(own), len(vocabulary))
        counts = sparse.csr_array((np.ones(len(use)), (row, term[use])), shape=shape)
        doc = np.searchsorted(tokens.doc_segments[1:], own, side="right")
        found.append((batch.column("doc_id").to_pylist(), doc.astype(np.int64), counts))
    return found
