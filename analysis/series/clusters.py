"""Intervals about more than the stories of a period: the process that makes events, and outlets at large.

Not for the stories themselves: `intervals`.
"""

from typing import NamedTuple

import numpy as np

from analysis.series.frame import Frame
from analysis.series.intervals import Estimated
from analysis.series.weights import Weighted
from analysis.stats.checks import Floats

MIN_OUTLETS = 4


class _Parts(NamedTuple):
    x: Floats
    n: Floats


def by_outlets(frame: Frame, w: Weighted, level: float, fixed: Floats | None) -> Estimated:
    """An equal-weight t over the ratios of outlets (Ibragimov & Mueller 2010); null below four outlets."""
    from scipy.special import stdtrit

    ratios = []
    for outlet in range(len(frame.calendar.outlets)):
        own = frame.outlet == outlet
        x, n = frame.count(w.x * own), frame.count(w.n * own)
        if fixed is not None:
            n = np.broadcast_to(frame.cells.collected[outlet].astype(np.float64), n.shape)
        ratios.append(np.divide(x, n, out=np.full(n.shape, np.nan), where=n > 0))
    values = np.stack(ratios)
    have = (~np.isnan(values)).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(have > 0, np.nansum(values, axis=0) / have, np.nan)
        spread = np.sqrt(np.nansum((values - mean) ** 2, axis=0) / np.maximum(have - 1, 1))
        error = np.where(have >= MIN_OUTLETS, spread / np.sqrt(have), np.nan)
        t = stdtrit(np.maximum(have - 1, 1), (1 + level) / 2)
    method = np.where(np.isnan(error), 0, 1)
    return Estimated(mean, error, mean - t * error, mean + t * error, method)


def by_blocks(frame: Frame, w: Weighted, level: float, fixed: Floats | None) -> Estimated:
    """Not yet."""
    nothing = np.full((frame.n_groups, frame.n_periods), np.nan)
    return Estimated(nothing, nothing, nothing, nothing, np.zeros(nothing.shape, dtype=np.int64))
