"""NMF on tf-idf, by consensus of runs on half samples: the default engine.

Not for counts: articles are folded in afterwards, by their counts (`analysis.topics.fold`).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.fingerprint import derive_seed
from analysis.topics.engines.base import Fitted, Ints, Problem
from analysis.topics.engines.consensus import MOST, Pool, agreed, halves, loaded, pooled
from analysis.topics.engines.hals import Mask, Small, basis, topics
from analysis.topics.engines.weighting import idf_of, tf_idf

_HEAVIEST = 6000  # terms that runs are compared by; the model has all
_MEAN = 0.5  # of the mean article, taken away from every article before the runs
_LARGE = 0.7  # of an article's largest loading: from there on its words count for a topic


@dataclass(frozen=True)
class Nmf:
    """Options of the engine.

    Parameters
    ----------
    runs
        On half samples; their agreement is the model.
    many
        Runs where the articles are so many that a run has 12,000 of them and not its share: a run then costs the same
        however large the corpus is, and a hundred of them would cost more than a fit is worth.
    share
        Of the stories, in a run.
    more
        Topics of a run, by topics wanted.
    clusters
        Clusters of all topics found, by topics of a run.
    rank
        Of the basis, at least; topics of a run + 10 where that is more.
    iterations
        Turns of a run.
    """

    runs: int = 100
    many: int = 60
    share: float = 0.5
    more: float = 1.2
    clusters: float = 2.0
    rank: int = 50
    iterations: int = 20

    def fit(self, problem: Problem, *, quick: bool = False) -> Fitted:
        """Fit; refits on resamples spend half of the runs."""
        counts, held = problem.counts, len(problem.anchors)
        n_docs, n_terms = counts.shape
        idf = idf_of(np.bincount(counts.indices, minlength=n_terms), n_docs)
        weights = tf_idf(counts, idf, np.float32)
        in_run = min(problem.n_topics + int((self.more - 1) * max(problem.n_topics - 4, 0)), n_docs)
        a, v = basis(weights, max(self.rank, in_run + 10), problem.seed)
        a -= np.float32(_MEAN) * a.mean(axis=0)  # less of the language that all articles have
        guides, mask = _held(problem, weights, in_run)
        some = _heaviest(weights, _HEAVIEST, problem.anchors)
        runs = self.runs if n_docs * self.share <= MOST else min(self.runs, self.many)
        runs //= 2 if quick else 1
        pool = pooled(
            a,
            np.ascontiguousarray(v[:, some]),
            problem.units,
            n_topics=in_run,
            runs=runs,
            share=self.share,
            iterations=self.iterations,
            seed=problem.seed,
            guides=None if guides is None else guides[:, some],
            mask=None if mask is None else mask[:, some],
            alone=not quick,  # refits are two at a time already
        )
        place = np.arange(len(pool.rows)) % in_run  # anchored topics stand first in every run
        free = Pool(pool.rows[place >= held], pool.run[place >= held])
        own = [np.median(pool.rows[place == k], axis=0) for k in range(held)]
        recurs = np.ones(held)
        if problem.n_topics > held:
            middle, often = agreed(
                free,
                problem.n_topics - held,
                round(self.clusters * (in_run - held)),
                weights[_sample(problem)][:, some],
                np.stack(own) if own else None,
            )
            own, recurs = [*own, *middle], np.concatenate([recurs, often])
        topic = _over_all_terms(
            weights, some, np.stack(own), held, None if mask is None else mask[: len(own)]
        )
        topic_word = topic.astype(np.float64) / idf
        facts = {"runs": runs, "found_in_runs": [round(float(r), 3) for r in recurs]}
        return Fitted(topic_word / topic_word.sum(axis=1, keepdims=True), (), facts)


def _heaviest(weights: Any, n: int, anchors: tuple[Ints, ...]) -> Ints:
    """Give the columns of the n heaviest terms and of all anchors, sorted: what runs are compared by."""
    total = np.asarray(weights.sum(axis=0), np.float64).ravel()
    best = np.argsort(-np.round(total, 6), kind="stable")[:n]
    return np.unique(np.concatenate([best, *anchors])).astype(np.int64)


def _sample(problem: Problem) -> Ints:
    """Draw the articles in which the sizes of topics are compared: 12,000 at most."""
    rng = np.random.Generator(np.random.PCG64(derive_seed(problem.seed, "consensus, sizes")))
    return halves(problem.units, 1.0, rng)


def _over_all_terms(weights: Any, some: Ints, middle: Small, held: int, mask: Mask | None) -> Small:
    """Spread topics over all terms: loadings by the terms they were found with, then topics by those loadings.

    A topic's terms come from the articles that it is the largest part of, or nearly: from the rest come words of other
    topics. Anchored topics (the first `held`) may be a small part of every article, and keep all of theirs.
    """
    w = loaded(weights[:, some], middle)
    if w.shape[1] > held:
        small = w[:, held:] < np.float32(_LARGE) * w.max(axis=1, keepdims=True)
        w[:, held:][small] = 0
    first = np.full((len(middle), weights.shape[1]), 1e-9, np.float32)
    first[:, some] = middle
    found = topics(np.asarray(weights.T @ w, np.float32).T.copy(), w.T @ w, first, 30, mask)
    lost = ~(found.sum(axis=1) > 0)
    found[lost] = first[lost]  # a topic that no article wants keeps what it was found with
    return found


def _held(problem: Problem, weights: Any, in_run: int) -> tuple[Small | None, Mask | None]:
    """Give the starts of anchored topics, and the terms each topic may have.

    An anchored topic is made of terms that stand more often in articles with its anchors than in others; an anchor
    is of no other topic. So it stays about its concept, however little of the corpus that is.
    """
    if not problem.anchors:
        return None, None
    n_docs, n_terms = weights.shape
    mask = np.ones((in_run, n_terms), np.bool_)
    mask[:, np.unique(np.concatenate(problem.anchors))] = False
    guides = np.empty((len(problem.anchors), n_terms), np.float32)
    there = weights.astype(bool).astype(np.float32)
    doc_freq = np.asarray(there.sum(axis=0)).ravel()
    for k, columns in enumerate(problem.anchors):
        has = np.asarray(weights[:, columns].sum(axis=1)).ravel()
        among = np.asarray(has > 0, np.float32)
        with_anchor = there.T @ among
        # Twice as often as elsewhere: what is merely a little more frequent there is the language of the corpus.
        near = with_anchor * n_docs > 2 * doc_freq * among.sum()
        near[columns] = True
        mask[k] = near
        others = np.setdiff1d(np.concatenate(problem.anchors), columns)
        mask[k, others] = False
        guides[k] = np.asarray(weights.T @ has).ravel() * mask[k] + np.float32(1e-6)
    return guides, mask
