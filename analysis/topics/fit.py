"""`fit_topics`: from tokens to a model, with its stability. Not for the engines themselves (`engines`)."""

import os
import warnings
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from analysis.errors import InputError, SelectionError, choose, message
from analysis.fingerprint import derive_seed
from analysis.stats.checks import whole
from analysis.terms.dtm import check_trimming
from analysis.terms.tokens import Tokens
from analysis.topics.anchors import Anchors, anchors_in, as_written
from analysis.topics.engines import METHODS, engine_of
from analysis.topics.engines.base import Engine, Floats, Ints, Problem
from analysis.topics.few import STORIES_A_TOPIC, too_many
from analysis.topics.matrix import Counts, counts_to_fit, stories_of
from analysis.topics.model import TopicModel
from analysis.topics.parsimony import own_words
from analysis.topics.stability import aligned, resamples, table


class TopicWarning(UserWarning):
    """A model that can be fitted, and should not be trusted without a look."""


def fit_topics(
    tokens: Tokens,
    *,
    n_topics: int,
    method: str = "nmf",
    seed: int = 1,
    anchors: Mapping[str, str | Sequence[str]] | None = None,
    n_resamples: int = 10,
    min_doc_freq: int | None = None,
    max_doc_share: float = 0.3,
) -> TopicModel:
    """Fit topics, and test on resamples of the stories how far they hold still.

    Not for counting a concept that is known beforehand: a dictionary (`term_rate`) says what it counts.

    Parameters
    ----------
    tokens
        Articles and recipe; leave stop words out (`stopwords="en"`).
    n_topics
        2 or more, and far fewer than articles: below 30 stories a topic there is a warning.
    method
        `nmf`: consensus NMF on tf-idf. `lda`: gensim's `LdaModel`. `lda-gibbs`: tomotopy (an extra).
    seed
        Any whole number. Same articles, recipe, options and seed: same bytes on one machine.
    anchors
        Label to terms (`fenc*`, alternatives joined by ` | `): the first topics, each held to its terms and called by
        its label. Phrases are terms only where the recipe makes one of them (`phrases=`, `ngrams=`).
    n_resamples
        Refits on 80 % of the stories; 0 for none, and then no topic counts as stable.
    min_doc_freq, max_doc_share
        Terms of fewer articles, and of a larger share of them, are left out (`Dtm.trim`). By default an article in 200,
        at least 5 and at most 20, and 30 %: rare terms come and go with the articles, and make topics do so.

    Returns
    -------
    TopicModel

    Raises
    ------
    InputError, UnknownNameError
        A parameter is not as said here; anchors of which none is a term (the nearest are named).
    SelectionError
        No terms or articles, fewer articles than topics, or tomotopy is not installed.

    Warns
    -----
    TopicWarning
        Fewer than 30 stories a topic; an engine that did not settle; anchors that do not occur.

    Notes
    -----
    Topics are what a consensus of runs on halves of the stories agrees on (after Kotliar et al. 2019), less the
    language of the whole corpus (Hiemstra et al. 2004); see docs/methods-topics.md. Memory for the counts of all
    articles.
    """
    if not isinstance(tokens, Tokens):
        raise InputError(
            message("`tokens`", got=type(tokens).__name__, expected="tokens", hint="See `an.tokens`.")
        )
    choose("method", method, METHODS)
    whole("n_topics", n_topics, at_least=2)
    whole("n_resamples", n_resamples, at_least=0)
    check_trimming(1 if min_doc_freq is None else min_doc_freq, 1, max_doc_share)
    purpose = derive_seed(seed, "topics")
    written = as_written(anchors)
    if len(written) > n_topics:
        raise InputError(
            message(
                "There are more anchors than topics",
                got=f"{len(written)} of {n_topics}",
                expected="at most n_topics",
            )
        )
    engine = engine_of(method)
    counts = counts_to_fit(tokens, min_doc_freq=min_doc_freq, max_doc_share=max_doc_share)
    held = anchors_in(written, counts.terms, lower=tokens.recipe.lower)
    used = np.flatnonzero(np.diff(counts.table.indptr))
    stories = stories_of(tokens)[used]
    notes = [*held.notes, *_few(len(used), len(np.unique(stories)), n_topics)]
    problem = Problem(counts.table[used], n_topics, purpose, held.columns, stories)
    with _one_thread():
        best = engine.fit(problem)
        notes += best.notes
        background, doc_freq = _background(counts)
        topic_word = own_words(best.topic_word, background)
        others = _refits(engine, problem, n_resamples, seed)
    refits, similar = [], []
    n_docs, n_held = len(counts.doc_ids), len(held.labels)
    for other in others:
        found, likeness = aligned(topic_word, own_words(other, background), doc_freq, n_docs, n_held)
        refits.append(found.astype(np.float32))
        similar.append(likeness)
    for note in notes:
        warnings.warn(note, TopicWarning, stacklevel=2)
    return TopicModel(
        terms=counts.terms,
        topic_word=topic_word,
        background=background,
        doc_freq=doc_freq,
        n_docs=n_docs,
        labels=_labels(held, n_topics),
        method=method,
        params={
            **tokens.params,
            "n_topics": n_topics,
            "method": method,
            "seed": seed,
            "anchors": {label: list(patterns) for label, patterns in written.items()} or None,
            "n_resamples": n_resamples,
            "min_doc_freq": min_doc_freq,
            "max_doc_share": float(max_doc_share),
        },
        recipe=tokens.recipe,
        corpus_fingerprint=tokens.corpus_fingerprint,
        stability=table(np.array(similar).reshape(n_resamples, n_topics)),
        refits=np.stack(refits) if refits else None,
        notes=tuple(notes),
        facts=best.facts,
        tokens=tokens,
    )


def _few(n_docs: int, n_stories: int, n_topics: int) -> list[str]:
    """Refuse more topics than articles, and say where there are few stories a topic."""
    if n_topics > n_docs:
        raise SelectionError(
            message(
                "There are fewer articles than topics",
                got=f"n_topics={n_topics}, {n_docs:,} articles with terms",
                expected=f"{STORIES_A_TOPIC} stories a topic, or more",
            )
        )
    warning = too_many(n_stories, n_topics)
    return [warning] if warning else []


def _background(counts: Counts) -> tuple[Floats, Ints]:
    """Give the term distribution of the corpus, and the articles each term is in."""
    n_terms = len(counts.terms)
    total = np.bincount(counts.table.indices, weights=counts.table.data, minlength=n_terms)
    doc_freq = np.bincount(counts.table.indices, minlength=n_terms).astype(np.int64)
    return (total / total.sum()).astype(np.float64), doc_freq


def _refits(engine: Engine, problem: Problem, n: int, seed: int) -> list[Floats]:
    """Fit to every resample, two at a time; which one is done first changes nothing."""

    def refit(rows: Ints) -> Floats:
        return _over_all_terms(engine, problem.rows(rows))

    chosen = list(resamples(problem.units, n, seed))
    workers = max(1, min(2, os.cpu_count() or 1, n))
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(refit, chosen))


def _over_all_terms(engine: Engine, problem: Problem) -> Floats:
    """Fit to articles that may lack some terms altogether; those get probability 0."""
    there = np.flatnonzero(np.bincount(problem.counts.indices, minlength=problem.counts.shape[1]))
    anchors = tuple(
        np.searchsorted(there, np.intersect1d(a, there)).astype(np.int64) for a in problem.anchors
    )
    units = np.unique(problem.units, return_inverse=True)[1].astype(np.int64)
    some = Problem(problem.counts[:, there], problem.n_topics, problem.seed, anchors, units)
    found = np.zeros((problem.n_topics, problem.counts.shape[1]))
    found[:, there] = engine.fit(some, quick=True).topic_word
    return found


def _labels(held: Anchors, n_topics: int) -> tuple[str, ...]:
    return (*held.labels, *("" for _ in range(n_topics - len(held.labels))))


def _one_thread() -> Any:
    """Keep BLAS on one thread: with more, sums are added in another order, and bytes differ."""
    from threadpoolctl import threadpool_limits

    return threadpool_limits(limits=1)
