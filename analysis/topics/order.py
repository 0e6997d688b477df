"""In which order the terms of a topic are read. Not for the distributions themselves."""

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


IDF_POWER = 0.25
"""How much rarity counts. With 1, planted top terms are found less well, and five topics hold less still; with 0, words
that many topics have come first. Less of it costs coherence (docs/decisions.md has the figures)."""


def distinctive(topic_word: Any, doc_freq: Any, n_docs: int) -> Floats:
    """Score terms by what they tell about a topic: P(term | topic) x idf^.25.

    The language of the corpus is out of P already (`parsimony`); idf only settles what is left of it.
    """
    idf = np.log((1.0 + n_docs) / (1.0 + np.asarray(doc_freq, np.float64))) + 1.0
    found: Floats = np.asarray(topic_word, np.float64) * idf**IDF_POWER
    return found


def first(scores: Floats, n: int) -> npt.NDArray[np.int64]:
    """Give the columns of the n highest scores of each row, ties by column."""
    found: npt.NDArray[np.int64] = np.argsort(-scores, axis=1, kind="stable")[:, :n].astype(np.int64)
    return found
