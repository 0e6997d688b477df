"""Intervals in closed form: shares (Wilson, Clopper-Pearson, Korn-Graubard) and weighted rates (gamma).

They hold for counts of independent things: stories, not articles that copy each other and not words of one
article. Where units are resampled, `bootstrap`.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, message
from analysis.stats.checks import Floats, floats, share


class Interval(NamedTuple):
    """Lower and upper bounds, float64 of the arguments' shape; NaN where there is nothing to go by."""

    lower: Floats
    upper: Floats


def wilson(successes: npt.ArrayLike, n: npt.ArrayLike, *, level: float = 0.95) -> Interval:
    """Score interval of a share: covers `level` on average, a little less for some shares near 0 or 1.

    Parameters
    ----------
    successes, n
        Of how many, how many; 0 <= successes <= n, any shapes that broadcast. NaN for n = 0.
    level
        Between 0 and 1.

    References
    ----------
    Wilson (1927), JASA 22; recommended by Brown, Cai & DasGupta (2001), Statistical Science 16(2).
    """
    from scipy.special import ndtri

    k, total = _successes(successes, n)
    z = float(ndtri((1 + share("level", level)) / 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        p = k / total
        middle = (p + z**2 / (2 * total)) / (1 + z**2 / total)
        half = z / (1 + z**2 / total) * np.sqrt(p * (1 - p) / total + z**2 / (4 * total**2))
    return Interval(np.where(k == 0, 0 * p, middle - half), np.where(k == total, 0 * p + 1, middle + half))


def clopper_pearson(successes: npt.ArrayLike, n: npt.ArrayLike, *, level: float = 0.95) -> Interval:
    """Exact interval of a share: covers `level` at least, usually more. For rare shares of few stories.

    Arguments as for `wilson`; they need not be whole (an effective number of units is not). Reference: Clopper
    & Pearson (1934), Biometrika 26(4).
    """
    from scipy.special import betaincinv

    k, total = _successes(successes, n)
    a = (1 - share("level", level)) / 2
    empty = total == 0
    with np.errstate(invalid="ignore"):
        lower = np.where(k == 0, 0.0, betaincinv(np.maximum(k, 1e-300), total - k + 1, a))
        upper = np.where(k == total, 1.0, betaincinv(k + 1, np.maximum(total - k, 1e-300), 1 - a))
    return Interval(np.where(empty, np.nan, lower), np.where(empty, np.nan, upper))


def korn_graubard(
    estimate: npt.ArrayLike, variance: npt.ArrayLike, n: npt.ArrayLike, *, level: float = 0.95
) -> Interval:
    """Clopper-Pearson with the effective number of units, for a share estimated from weighted or clustered data.

    Parameters
    ----------
    estimate, variance
        The share and the variance of its estimate (linearised or by resampling).
    n
        Units in the sample. The effective number is estimate (1 - estimate) / variance, at most n; n where the
        variance is 0.

    References
    ----------
    Korn & Graubard (1998), Survey Methodology 24(2), without their factor for few degrees of freedom.
    """
    p, v, total = np.broadcast_arrays(
        floats("estimate", estimate), floats("variance", variance), floats("n", n)
    )
    if (p > 1).any():
        raise InputError(message("`estimate` is no share", got=float(p.max()), expected="0 to 1"))
    effective = np.divide(p * (1 - p), v, out=total.copy(), where=v > 0)
    effective = np.where(p * (1 - p) > 0, np.minimum(effective, total), total)
    return clopper_pearson(p * effective, effective, level=level)


def gamma_rate(
    rate: npt.ArrayLike, variance: npt.ArrayLike, largest_weight: npt.ArrayLike, *, level: float = 0.95
) -> Interval:
    """Gamma interval of a weighted sum of Poisson counts, such as a rate standardised over outlets.

    Parameters
    ----------
    rate
        y = sum w_i x_i, with x_i counts and w_i weights (1 / words for a plain rate).
    variance
        v = sum w_i^2 x_i.
    largest_weight
        The largest w_i that any count could have had, seen or not; above 0.
    level
        Between 0 and 1.

    Returns
    -------
    Interval
        Quantiles of gamma distributions with mean y and variance v below, with one more count of the largest
        weight above. For one weight it is the exact Poisson interval (Garwood 1936). Too wide rather than too
        narrow.

    References
    ----------
    Fay & Feuer (1997), Statistics in Medicine 16(7).
    """
    from scipy.special import gammaincinv

    y, v, w = np.broadcast_arrays(
        floats("rate", rate), floats("variance", variance), floats("largest_weight", largest_weight)
    )
    if (w <= 0).any() or ((y > 0) & (v <= 0)).any():
        expected = "`largest_weight` above 0, and `variance` wherever `rate` is"
        raise InputError(message("A weight or variance is 0", expected=expected))
    a = (1 - share("level", level)) / 2
    ratio = np.divide(v, y, out=np.ones_like(y), where=y > 0)
    shape = np.divide(y, ratio, out=np.ones_like(y), where=y > 0)
    lower = np.where(y > 0, ratio * gammaincinv(shape, a), 0.0)
    above_y, above_v = y + w, v + w**2
    return Interval(lower, above_v / above_y * gammaincinv(above_y**2 / above_v, 1 - a))


def _successes(successes: Any, n: Any) -> tuple[Floats, Floats]:
    k, total = np.broadcast_arrays(floats("successes", successes), floats("n", n))
    if (k > total).any():
        raise InputError(
            message("More successes than units", got=float((k - total).max()), expected="at most n")
        )
    return k, total
