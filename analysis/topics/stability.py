"""Do topics hold still? The whole method on resamples of the stories, and each topic's match in every one of them.

Not for choosing the number of topics by itself (`selection`), nor for the intervals of a line over time.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from analysis.fingerprint import derive_seed
from analysis.topics.order import distinctive, first

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

TOP = 10
SHARE = 0.8  # of the stories in a resample
SAME = 0.5  # Jaccard of the top terms from which two topics are one: seven of ten in common
FOUND = 0.8  # of the resamples a stable topic is found in


def resamples(units: Ints, n: int, seed: int) -> Iterator[Ints]:
    """Give the articles of n resamples: 80 % of the stories each, drawn without replacement."""
    n_units = int(units.max()) + 1 if units.size else 0
    size = max(1, round(SHARE * n_units))
    for number in range(n):
        rng = np.random.Generator(np.random.PCG64(derive_seed(seed, f"topics, resample {number}")))
        chosen = np.zeros(n_units, np.bool_)
        chosen[rng.permutation(n_units)[:size]] = True
        yield np.flatnonzero(chosen[units]).astype(np.int64)


def jaccard(one: Ints, other: Ints, n_terms: int) -> Floats:
    """Give the Jaccard of the top terms of every pair of topics; both (topics, top)."""
    rows = np.zeros((2, max(len(one), len(other)), n_terms), np.float32)
    for side, top in enumerate((one, other)):
        np.put_along_axis(rows[side, : len(top)], top, 1.0, axis=1)
    common = (rows[0, : len(one)] @ rows[1, : len(other)].T).astype(np.float64)
    found: Floats = common / (one.shape[1] + other.shape[1] - common)
    return found


def matched(one: Floats, other: Floats) -> tuple[Ints, Floats]:
    """Match topics one to one (Hungarian method) by the Jaccard of their top terms.

    Parameters
    ----------
    one, other
        Scores of terms, topics x terms; see `order.distinctive`.

    Returns
    -------
    which, similarity
        By topic of `one`: its match in `other` (-1 where there is none left), and their Jaccard.
    """
    from scipy.optimize import linear_sum_assignment

    top = [first(scores, TOP) for scores in (one, other)]
    similar = jaccard(top[0], top[1], one.shape[1])
    # Ties, and topics without a common top term, are settled by the angle between the scores.
    units = [s / np.maximum(np.linalg.norm(s, axis=1, keepdims=True), 1e-300) for s in (one, other)]
    rows, columns = linear_sum_assignment(-(similar + 1e-3 * (units[0] @ units[1].T)))
    which = np.full(len(one), -1, np.int64)
    which[rows] = columns
    found = np.zeros(len(one))
    found[rows] = similar[rows, columns]
    return which, found


def aligned(
    topic_word: Floats, other: Floats, doc_freq: Ints, n_docs: int, n_held: int = 0
) -> tuple[Floats, Floats]:
    """Put the topics of a refit into the order of the model's; give them and their similarity.

    The first `n_held` topics are anchored and stay where they are: their label says which is which.
    """
    scores = [distinctive(t, doc_freq, n_docs) for t in (topic_word, other)]
    own = np.arange(n_held, dtype=np.int64)
    top = [first(s[:n_held], TOP) for s in scores]
    likeness = np.diag(jaccard(top[0], top[1], topic_word.shape[1])) if n_held else np.empty(0)
    which, similar = matched(scores[0][n_held:], scores[1][n_held:])
    return other[np.concatenate([own, which + n_held])], np.concatenate([likeness, similar])


def table(similar: Floats) -> "pd.DataFrame":
    """Say of each topic how often it was found again; `similar` is (resamples, topics)."""
    import pandas as pd

    n, n_topics = similar.shape
    found = (similar >= SAME).sum(axis=0).astype(np.int64)
    mean: Any = similar.mean(axis=0) if n else np.full(n_topics, np.nan)
    return pd.DataFrame(
        {
            "topic": np.arange(n_topics, dtype=np.int64),
            "found_in": found,
            "of": np.full(n_topics, n, np.int64),
            "similarity": mean,
            "stable": (found >= FOUND * n) & (n > 0),
        }
    )
