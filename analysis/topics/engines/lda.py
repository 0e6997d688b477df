"""LDA by gensim's `LdaModel`: online variational Bayes, one process. Never `LdaMulticore`: it differs on every run.

Not the default: on news with known classes its topics move most (docs/methods-topics.md).
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from analysis.topics.engines.base import Fitted, Floats, Problem

_ANCHOR = 200.0  # pseudo-counts of an anchor in its topic, or as many as it occurs
_ELSEWHERE = 1e-6  # and in the others


@dataclass(frozen=True)
class Lda:
    """Options of the engine.

    Parameters
    ----------
    passes
        Most passes over the articles.
    tolerance
        The fit has settled when a pass changes the bound per word by less than this, twice in a row.
    """

    passes: int = 30
    tolerance: float = 0.005

    def fit(self, problem: Problem, *, quick: bool = False) -> Fitted:
        """Fit; passes go on until the bound settles. Refits spend as much: half a fit would look unstable."""
        del quick
        from gensim.models import LdaModel

        bags = _bags(problem.counts)
        n_docs, n_terms = problem.counts.shape
        model = LdaModel(
            num_topics=problem.n_topics,
            id2word={i: str(i) for i in range(n_terms)},
            alpha="auto",
            eta=_priors(problem, 1.0 / problem.n_topics),
            random_state=problem.seed,
            chunksize=min(2000, max(n_docs, 1)),
            iterations=100,
            gamma_threshold=1e-3,
            eval_every=None,
        )
        if problem.anchors:  # gensim's random start does not look at the priors; this one does
            model.state.sstats[:, np.unique(np.concatenate(problem.anchors))] = 0
            model.sync_state()
        step = max(1, n_docs // 2000)
        watched = bags[::step]
        bounds: list[float] = []
        settled = 0
        for _ in range(self.passes):
            model.update(bags, passes=1)
            model.random_state = np.random.RandomState(problem.seed)  # the look at the bound starts anew
            bounds.append(float(model.log_perplexity(watched, total_docs=n_docs)))
            if len(bounds) > 1:
                settled = settled + 1 if abs(bounds[-1] - bounds[-2]) < self.tolerance else 0
            if settled == 2:
                break
        topic_word = np.asarray(model.get_topics(), np.float64)
        facts = {
            "passes": len(bounds),
            "bound_per_word": [round(b, 4) for b in bounds],
            "converged": settled == 2,
        }
        notes: tuple[str, ...] = ()
        if settled < 2:
            last = abs(bounds[-1] - bounds[-2]) if len(bounds) > 1 else float("nan")
            notes = (
                f"LDA had not settled after {len(bounds)} passes: the last one still moved the bound per word by "
                f"{last:.3f} (settled: {self.tolerance}).",
            )
        return Fitted(topic_word / topic_word.sum(axis=1, keepdims=True), notes, facts)


def _bags(counts: Any) -> list[list[tuple[int, float]]]:
    """Give the articles as gensim wants them."""
    columns, values = counts.indices.tolist(), counts.data.astype(float).tolist()
    return [list(zip(columns[a:b], values[a:b], strict=True)) for a, b in pairwise(counts.indptr.tolist())]


def _priors(problem: Problem, base: float) -> Floats | float:
    """Give the prior of terms in topics: anchors are seen beforehand in their topic, and in no other."""
    if not problem.anchors:
        return base
    found = np.full((problem.n_topics, problem.counts.shape[1]), base)
    term_freq = np.asarray(problem.counts.sum(axis=0), np.float64).ravel()
    own = np.unique(np.concatenate(problem.anchors))
    found[:, own] = _ELSEWHERE
    for topic, columns in enumerate(problem.anchors):
        found[topic, columns] = np.maximum(_ANCHOR, term_freq[columns])
    return found
