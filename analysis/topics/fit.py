"""`fit_topics`: from tokens to a model, with its stability. Not for the engines themselves."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from analysis.errors import InputError, SelectionError, choose, message
from analysis.fingerprint import derive_seed
from analysis.stats.checks import whole
from analysis.terms.tokens import Tokens
from analysis.topics.engines.base import Engine, Fitted, Problem
from analysis.topics.matrix import counts_to_fit, stories_of
from analysis.topics.model import TopicModel
from analysis.topics.stability import aligned, resamples, table

METHODS = ("nmf", "lda", "lda-gibbs")


def fit_topics(
    tokens: Tokens,
    *,
    n_topics: int,
    method: str = "nmf",
    seed: int = 1,
    anchors: Mapping[str, str | Sequence[str]] | None = None,
    n_resamples: int = 10,
    min_doc_freq: int = 5,
    max_doc_share: float = 0.5,
) -> TopicModel:
    """Fit topics and test how far they hold still."""
    if not isinstance(tokens, Tokens):
        raise InputError(
            message("`tokens`", got=type(tokens).__name__, expected="tokens", hint="See `an.tokens`.")
        )
    choose("method", method, METHODS)
    whole("n_topics", n_topics, at_least=2)
    whole("n_resamples", n_resamples, at_least=0)
    counts = counts_to_fit(tokens, min_doc_freq=min_doc_freq, max_doc_share=max_doc_share)
    used = np.flatnonzero(np.diff(counts.table.indptr))
    if n_topics > len(used):
        raise SelectionError(
            message(
                "There are fewer articles than topics",
                got=f"n_topics={n_topics}, {len(used):,} articles with terms",
                expected="many articles a topic",
            )
        )
    with _one_thread():
        engine = engine_of(method)
        problem = Problem(
            counts.table[used], n_topics, derive_seed(seed, "topics"), (), stories_of(tokens)[used]
        )
        best = engine.fit(problem)
        doc_freq = np.bincount(counts.table.indices, minlength=len(counts.terms)).astype(np.int64)
        refits, similar = [], []
        for rows in resamples(problem.units, n_resamples, seed):
            other = _refit(engine, problem, rows)
            found, likeness = aligned(best.topic_word, other.topic_word, doc_freq, len(counts.doc_ids))
            refits.append(found.astype(np.float32))
            similar.append(likeness)
    total = np.asarray(counts.table.sum(axis=0), np.float64).ravel()
    params: dict[str, Any] = {
        **tokens.params,
        "n_topics": n_topics,
        "method": method,
        "seed": seed,
        "anchors": None,
        "n_resamples": n_resamples,
        "min_doc_freq": min_doc_freq,
        "max_doc_share": max_doc_share,
    }
    return TopicModel(
        terms=counts.terms,
        topic_word=best.topic_word,
        background=total / total.sum(),
        doc_freq=doc_freq,
        n_docs=len(counts.doc_ids),
        labels=("",) * n_topics,
        method=method,
        params=params,
        recipe=tokens.recipe,
        corpus_fingerprint=tokens.corpus_fingerprint,
        stability=table(np.array(similar).reshape(n_resamples, n_topics)),
        refits=np.stack(refits) if refits else None,
        notes=best.notes,
        tokens=tokens,
    )


def engine_of(method: str) -> Engine:
    """Give the engine of a method."""
    from analysis.topics.engines.nmf import Nmf

    return Nmf()


def _refit(engine: Engine, problem: Problem, rows: Any) -> Fitted:
    """Fit to some articles only; terms that none of them has get probability 0."""
    return engine.fit(problem.rows(rows), quick=True)


def _one_thread() -> Any:
    """Keep BLAS on one thread: with more, sums are added in another order, and bytes differ."""
    from threadpoolctl import threadpool_limits

    return threadpool_limits(limits=1)
