"""In which order the terms of a topic are read. Not for the distributions themselves."""

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


LIFT_POWER = 0.5
"""How much lift counts. With 0, words that many topics have come first; with 1, planted top terms are found less well,
and few topics hold less still (docs/decisions.md has the figures)."""


def distinctive(topic_word: Any, background: Any) -> Floats:
    """Score terms by what they tell about a topic: P(term | topic) x log(lift)^.5, lift = P / P in the corpus.

    P x log(lift) is a term's part in the divergence of the topic from the corpus; the root is between that and P alone.
    Terms that the corpus has as often come last, in the order of P.
    """
    word, common = np.asarray(topic_word, np.float64), np.asarray(background, np.float64)
    lift = np.maximum(word / np.maximum(common, 1e-300), 1 + 1e-9)
    found: Floats = word * np.log(lift) ** LIFT_POWER
    return found


def first(scores: Floats, n: int) -> npt.NDArray[np.int64]:
    """Give the columns of the n highest scores of each row, ties by column."""
    found: npt.NDArray[np.int64] = np.argsort(-scores, axis=1, kind="stable")[:, :n].astype(np.int64)
    return found
