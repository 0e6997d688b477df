"""Shares and correlations of units that stand for unequally many others, with intervals. Not for ratios of sums."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from analysis.stats.checks import share, vector
from analysis.stats.intervals import korn_graubard


class Estimate(NamedTuple):
    """A number and its interval; NaN where there is none."""

    estimate: float
    low: float
    high: float


_NONE = Estimate(float("nan"), float("nan"), float("nan"))


def weighted_share(hit: npt.ArrayLike, weight: npt.ArrayLike, *, level: float = 0.95) -> Estimate:
    """Return the weighted share of hits with Korn and Graubard's interval (effective number of units).

    Examples
    --------
    >>> [round(v, 3) for v in weighted_share([1, 1, 0, 1], [1, 1, 1, 1])]
    [0.75, 0.194, 0.994]
    """
    w = vector("weight", weight)
    x = vector("hit", np.asarray(hit, dtype=np.float64), w.size)
    total = w.sum()
    if not total > 0:
        return _NONE
    p = float((w * x).sum() / total)
    variance = float((w**2 * (x - p) ** 2).sum() / total**2)
    size = float(total**2 / (w**2).sum())
    found = korn_graubard(np.array([p]), np.array([variance]), np.array([size]), level=level)
    return Estimate(p, float(found.lower[0]), float(found.upper[0]))


def correlation(
    x: npt.ArrayLike, y: npt.ArrayLike, weight: npt.ArrayLike | None = None, *, level: float = 0.95
) -> Estimate:
    """Return the weighted correlation with an interval on Fisher's scale.

    Notes
    -----
    The standard error is that of linearisation: each unit's influence is zx zy - r (zx^2 + zy^2) / 2, which asks for no
    normal distribution; on Fisher's scale it is divided by 1 - r^2. NaN below 4 units or where nothing varies.

    Examples
    --------
    >>> round(correlation([1, 2, 3, 4, 5], [1, 3, 2, 5, 4]).estimate, 2)
    0.8
    """
    share("level", level)
    a = vector("x", x, at_least=None)
    b = vector("y", y, a.size, at_least=None)
    w = np.ones(a.size) if weight is None else vector("weight", weight, a.size)
    if a.size < 4 or not w.sum() > 0:
        return _NONE
    w = w / w.sum()
    a, b = a - (w * a).sum(), b - (w * b).sum()
    spread = np.sqrt((w * a**2).sum()), np.sqrt((w * b**2).sum())
    if min(spread) < 1e-12:
        return _NONE
    za, zb = a / spread[0], b / spread[1]
    r = float((w * za * zb).sum())
    if 1 - r**2 < 1e-12:
        return Estimate(r, r, r)
    influence = za * zb - r * (za**2 + zb**2) / 2
    error = float(np.sqrt((w**2 * influence**2).sum())) / (1 - r**2)
    reach = float(ndtri((1 + level) / 2)) * error
    z = np.arctanh(r)
    return Estimate(r, float(np.tanh(z - reach)), float(np.tanh(z + reach)))
