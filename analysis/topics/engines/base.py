"""What every engine is given and what it gives back. Not for anything an engine computes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Problem:
    """What an engine is given.

    Attributes
    ----------
    counts
        scipy.sparse.csr_array, articles x terms; every article has a term and every term an article.
    n_topics
        Topics wanted, anchored ones among them.
    seed
        Below 2**32.
    anchors
        Of the first topics: the columns of their terms, int64.
    units
        int64 by article: the number of its story; resamples leave out stories, not articles.
    """

    counts: Any
    n_topics: int
    seed: int
    anchors: tuple[Ints, ...] = ()
    units: Ints = field(default_factory=lambda: np.empty(0, np.int64))

    def rows(self, chosen: Ints) -> "Problem":
        """Give the problem of some articles only."""
        return Problem(self.counts[chosen], self.n_topics, self.seed, self.anchors, self.units[chosen])


@dataclass(frozen=True, eq=False)
class Fitted:
    """What an engine gives back.

    Attributes
    ----------
    topic_word
        float64, topics x terms: P(term | topic); anchored topics first, in their order.
    notes
        What a reader must know, such as a fit that did not settle.
    facts
        Plain values for the record: iterations, loss.
    """

    topic_word: Floats
    notes: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


class Engine(Protocol):
    """One way to fit topics. The same problem and options give the same bytes."""

    def fit(self, problem: Problem, *, quick: bool = False) -> Fitted:
        """Fit; `quick` is for refits on resamples, which may spend less."""
        ...
