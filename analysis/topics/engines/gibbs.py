"""LDA by collapsed Gibbs sampling, with tomotopy: one worker, so that a seed means one chain.

An optional extra. Not the default: see docs/methods-topics.md.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from analysis.errors import SelectionError, message
from analysis.topics.engines.base import Fitted, Problem

_ALPHA, _ETA = 0.1, 0.01
_ANCHOR = 1.0  # prior of an anchor in its topic, a hundred times that of any other term
_ELSEWHERE = 1e-6


@dataclass(frozen=True)
class Gibbs:
    """Options of the engine.

    Parameters
    ----------
    burn_in
        Rounds before the first sample; the priors of topics are fitted from the 50th on.
    samples, between
        Samples whose mean is taken, and rounds between two of them.
    """

    burn_in: int = 400
    samples: int = 10
    between: int = 10

    def fit(self, problem: Problem, *, quick: bool = False) -> Fitted:
        """Fit; refits spend half of the burn-in."""
        tp = tomotopy()
        model = tp.LDAModel(
            tw=tp.TermWeight.ONE, k=problem.n_topics, alpha=_ALPHA, eta=_ETA, seed=problem.seed
        )
        _set_anchors(model, problem)
        words = [f"{i:08d}" for i in range(problem.counts.shape[1])]
        indices, data = problem.counts.indices, problem.counts.data
        for a, b in pairwise(problem.counts.indptr.tolist()):
            model.add_doc([words[i] for i in np.repeat(indices[a:b], data[a:b]).tolist()])
        model.burn_in = 50
        scheme = tp.ParallelScheme.NONE
        model.train(self.burn_in // 2 if quick else self.burn_in, workers=1, parallel=scheme)
        used = np.array([int(w) for w in model.used_vocabs], np.int64)
        likelihood = []
        total = np.zeros(problem.n_topics * problem.counts.shape[1]).reshape(problem.n_topics, -1)
        for _ in range(self.samples):
            model.train(self.between, workers=1, parallel=scheme)
            likelihood.append(float(model.ll_per_word))
            for topic in range(problem.n_topics):
                total[topic, used] += model.get_topic_word_dist(topic, normalize=True)
        topic_word = total / total.sum(axis=1, keepdims=True)
        facts = {"rounds": int(model.global_step), "log_likelihood_per_word": likelihood}
        return Fitted(topic_word, (), facts)


def _set_anchors(model: Any, problem: Problem) -> None:
    """Make anchors likely in their topic and nearly impossible in others."""
    own: dict[int, list[int]] = {}
    for topic, columns in enumerate(problem.anchors):
        for column in columns.tolist():
            own.setdefault(column, []).append(topic)
    for column, topics in sorted(own.items()):
        prior = [_ELSEWHERE] * problem.n_topics
        for topic in topics:
            prior[topic] = _ANCHOR
        model.set_word_prior(f"{column:08d}", prior)


def tomotopy() -> Any:
    """Import tomotopy, or say how to get it."""
    try:
        import tomotopy as package
    except ImportError as error:
        raise SelectionError(
            message(
                'The method "lda-gibbs" needs the package tomotopy, which is not here',
                hint="Install the extra: `pip install 'regional-news-analysis[gibbs]'`; or take another method.",
            )
        ) from error
    return package
