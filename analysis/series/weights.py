"""What each article counts for: the policy for stories, and whose mean is taken (of words, articles or outlets).

Every line over time is a sum of weight x numerator by a sum of weight x denominator; so the articles behind a
number can be listed with the weights that make it.
"""

from dataclasses import dataclass

import numpy as np

from analysis.errors import choose
from analysis.series.frame import Frame
from analysis.stats.checks import Bools, Floats, Ints

WEIGHTS = ("word", "article", "outlet")
STORIES = ("all", "first", "weight")


@dataclass(frozen=True, eq=False)
class Weighted:
    """Articles with their weights, before outlets are made equal.

    `x` and `n` carry the weights; `stratum` is the outlet where outlets count equally and 0 where not; `used` says
    which articles count at all.
    """

    x: Floats
    n: Floats
    factor: Floats
    stratum: Ints
    used: Bools


def weighted(frame: Frame, *, weight: str, stories: str) -> Weighted:
    """Weigh the articles of a frame.

    Parameters
    ----------
    weight
        `word`: as they are (long articles count more); `article`: the mean of the articles' ratios; `outlet`: the
        mean of the outlets' ratios.
    stories
        `all`; `first`: of a story only the first article of the group, whatever period the others are in; `weight`:
        each of the m articles of a story in a period and group counts 1/m.
    """
    choose("weight", weight, WEIGHTS)
    choose("stories", stories, STORIES)
    factor = np.ones(frame.x.size)
    if stories == "first":
        factor = _first(frame).astype(np.float64)
    elif stories == "weight":
        factor = 1 / _copies(frame)
    volume = frame.measurement.kind == "volume"
    if weight == "article" and not volume:
        factor = np.where(frame.n > 0, factor / np.where(frame.n > 0, frame.n, 1.0), 0.0)
    stratum = frame.outlet if weight == "outlet" else np.zeros(frame.x.size, dtype=np.int64)
    return Weighted(frame.x * factor, frame.n * factor, factor, stratum, factor > 0)


def _first(frame: Frame) -> Bools:
    """Mark the first article of each story within each group: by day, then by doc_id."""
    key = frame.group * max(len(frame.keys), 1) + frame.story
    order = np.lexsort((frame.row, frame.day, key))
    first = np.zeros(key.size, dtype=np.bool_)
    if key.size:
        sorted_key = key[order]
        first[order[np.concatenate([[True], sorted_key[1:] != sorted_key[:-1]])]] = True
    return first


def _copies(frame: Frame) -> Floats:
    """How many articles of the same story are in the same period and group, itself included."""
    key = frame.cell * max(len(frame.keys), 1) + frame.story
    _, index, counts = np.unique(key, return_inverse=True, return_counts=True)
    return np.asarray(counts[index], dtype=np.float64)
