"""NMF on tf-idf. Not for counts: those are folded in afterwards (`analysis.topics.fold`)."""

import warnings
from dataclasses import dataclass

import numpy as np

from analysis.topics.engines.base import Fitted, Problem
from analysis.topics.engines.weighting import idf_of, tf_idf


@dataclass(frozen=True)
class Nmf:
    """Options of the engine."""

    iterations: int = 200

    def fit(self, problem: Problem, *, quick: bool = False) -> Fitted:
        """Fit."""
        from sklearn.decomposition import NMF
        from sklearn.exceptions import ConvergenceWarning

        counts = problem.counts
        idf = idf_of(np.bincount(counts.indices, minlength=counts.shape[1]), counts.shape[0])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            model = NMF(
                problem.n_topics, init="nndsvd", max_iter=self.iterations, random_state=problem.seed
            ).fit(tf_idf(counts, idf))
        topic_word = model.components_ / idf
        total = topic_word.sum(axis=1, keepdims=True)
        empty = total[:, 0] <= 0
        topic_word[empty] = 1.0
        return Fitted(topic_word / topic_word.sum(axis=1, keepdims=True))
