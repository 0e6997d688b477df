"""In which order the terms of a topic are read. Not for the distributions themselves."""

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def distinctive(topic_word: Any, doc_freq: Any, n_docs: int) -> Floats:
    """Score terms by what they tell about a topic: P(term | topic) x idf^1.25.

    A probability alone puts words first that many topics have; class-based tf-idf has the exponent 1. With 1.25 the ten
    first terms were more coherent, and stiller from resample to resample (docs/methods-topics.md).
    """
    idf = np.log((1.0 + n_docs) / (1.0 + np.asarray(doc_freq, np.float64))) + 1.0
    found: Floats = np.asarray(topic_word, np.float64) * idf**1.25
    return found


def first(scores: Floats, n: int) -> npt.NDArray[np.int64]:
    """Give the columns of the n highest scores of each row, ties by column."""
    found: npt.NDArray[np.int64] = np.argsort(-scores, axis=1, kind="stable")[:, :n].astype(np.int64)
    return found
