"""Intervals about more than the stories of a period: the process that makes events, and outlets at large.

Not for the stories themselves: `intervals`.
"""

import numpy as np

from analysis.series.frame import Frame
from analysis.series.intervals import Estimated, Shape, shape_of
from analysis.series.measuring import with_measuring
from analysis.series.status import period_index
from analysis.series.weights import Weighted
from analysis.stats.checks import Floats
from analysis.stats.mean_share import mean_share_interval

MIN_OUTLETS = 4
FEW_MAKE_IT = 0.2
"""Standard error over the mean above which a few outlets make most of it."""
MIN_COSINES = 3
_COSINES = 0.4


def by_outlets(frame: Frame, w: Weighted, level: float, fixed: Floats | None, spread: Floats) -> Estimated:
    """An equal-weight t over the ratios of outlets (Ibragimov & Mueller 2010); null below four outlets.

    For shares the t is taken on the logit of the mean, for rates on its logarithm (delta method): means of outlets are
    skewed, and beta-distributed ones around .2 (8 outlets, ICC .3) are covered in .94 instead of .90 at the same width.
    Shares of which a few outlets make most have the interval of a beta-binomial model instead: see `equal_mean`.
    `spread` is the variance of the measuring, (n_groups, n_periods).
    """
    ratios, sizes = [], []
    shape = shape_of(w.x, w.n)
    for outlet in range(len(frame.calendar.outlets)):
        own = frame.outlet == outlet
        x, n = frame.count(w.x * own), frame.count(w.n * own)
        if fixed is not None:
            n = np.broadcast_to(frame.outlet_exposure()[outlet], n.shape)
        ratios.append(np.divide(x, n, out=np.full(n.shape, np.nan), where=n > 0))
        squares = frame.count(w.n**2 * own)  # as many articles of one weight would say as much (Kish 1965)
        sizes.append(np.divide(n**2, squares, out=np.ones(n.shape), where=squares > 0))
    return equal_mean(np.stack(ratios), np.stack(sizes), shape, level, spread)


def equal_mean(
    ratios: Floats, sizes: Floats, shape: Shape, level: float, measured: Floats | float = 0.0
) -> Estimated:
    """Mean of the outlets' ratios and its interval; arrays of (n_outlets, ...), NaN where an outlet is not there.

    A share whose standard error is above a fifth of it (or of its complement) rests on few outlets. There t covers as
    little as .80 (beta law around .05, ICC .3), and `mean_share_interval` takes its place; `method` is then 4.
    `measured` is the variance of the measuring: added to the square of the standard error, or of each side.
    """
    from scipy.special import ndtri, stdtrit

    have = (~np.isnan(ratios)).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(have > 0, np.nansum(ratios, axis=0) / have, np.nan)
        spread = np.sqrt(np.nansum((ratios - mean) ** 2, axis=0) / np.maximum(have - 1, 1))
        own = np.where(have >= MIN_OUTLETS, spread / np.sqrt(have), np.nan)
        error = with_measuring(own, np.broadcast_to(measured, own.shape))
        t = stdtrit(np.maximum(have - 1, 1), (1 + level) / 2)
    low, high = bounded(mean, t * error, shape)
    method = np.where(np.isnan(low), 0, 1)
    if shape.share:
        few = (method > 0) & (own > FEW_MAKE_IT * np.minimum(mean, 1 - mean))
        modelled = mean_share_interval(ratios[:, few], sizes[:, few], level=level)
        low[few], high[few], method[few] = modelled.lower, modelled.upper, 4
        more = few & (np.broadcast_to(measured, own.shape) > 0)
        further = float(ndtri((1 + level) / 2)) * np.sqrt(np.broadcast_to(measured, own.shape)[more])
        low[more] = np.maximum(mean[more] - np.hypot(mean[more] - low[more], further), 0.0)
        high[more] = np.minimum(mean[more] + np.hypot(high[more] - mean[more], further), 1.0)
    return Estimated(mean, error, low, high, method)


def by_days(frame: Frame, w: Weighted, level: float, fixed: Floats | None, spread: Floats) -> Estimated:
    """About the process: days that resemble their neighbours, because they share events; null for days and weeks.

    `spread` is the variance of the measuring, (n_groups, n_periods), and added.
    """
    influence, estimate = _influence(frame, w, fixed)
    error, t = np.full(estimate.shape, np.nan), np.full(estimate.shape, np.nan)
    at = period_index(frame.calendar.days, frame.cells.edges, frame.by)
    for period in range(frame.n_periods):  # a product with a few cosines each
        error[:, period], t[:, period] = long_run(influence[:, at == period], level)
    error = with_measuring(np.where((error > 0) & ~np.isnan(estimate), error, np.nan), spread)
    low, high = bounded(estimate, error * t, shape_of(w.x, w.n))
    return Estimated(estimate, error, low, high, np.where(np.isnan(error), 0, 1))


def long_run(influence: Floats, level: float) -> tuple[Floats, float]:
    """Standard error of the sum of daily influences, (n_groups,), and the critical value of its t.

    The variance comes from projections on the B slowest cosines of the period; each is one look at the long-run
    variance, so that t has B degrees of freedom (Mueller 2004; Lazarus, Lewis, Stock & Watson 2018, who recommend
    B = 0.4 T^(2/3) for T days). NaN where B is below 3: a week is too short to show how its days hang together.
    """
    from scipy.special import stdtrit

    n_days = influence.shape[1]
    b = int(_COSINES * n_days ** (2 / 3) + 0.5)
    if b < MIN_COSINES:
        return np.full(influence.shape[0], np.nan), float("nan")
    place = np.pi * (np.arange(n_days) + 0.5) / n_days
    cosines = np.cos(np.arange(1, b + 1)[:, None] * place)
    projected = influence @ cosines.T  # twice the mean square is the variance of the sum
    return np.sqrt(2 * (projected**2).mean(axis=1)), float(stdtrit(b, (1 + level) / 2))


def bounded(estimate: Floats, half: Floats, shape: Shape) -> tuple[Floats, Floats]:
    """An interval that keeps to 0 and 1 (shares, on the logit) or to 0 (rates, on the logarithm)."""
    if not shape.rate:
        return estimate - half, estimate + half
    with np.errstate(divide="ignore", invalid="ignore"):
        if not shape.share:
            factor = np.exp(half / estimate)
            return np.where(estimate > 0, estimate / factor, np.nan), np.where(
                estimate > 0, estimate * factor, np.nan
            )
        odds = estimate / (1 - estimate)
        factor = np.exp(half / (estimate * (1 - estimate)))
        low, high = odds / factor, odds * factor
        inside = (estimate > 0) & (estimate < 1)
        return np.where(inside, low / (1 + low), np.nan), np.where(inside, 1 - 1 / (1 + high), np.nan)


def _influence(frame: Frame, w: Weighted, fixed: Floats | None) -> tuple[Floats, Floats]:
    """What each day adds to the estimate of its period less what was expected of it, (n_groups, n_days); estimates."""
    n_days = frame.calendar.n_days
    at = period_index(frame.calendar.days, frame.cells.edges, frame.by)
    influence = np.zeros((frame.n_groups, n_days))
    total, have = np.zeros((2, frame.n_groups, frame.n_periods))
    exact = frame.day >= 0
    for stratum in np.unique(w.stratum) if fixed is None else [None]:
        own = exact if stratum is None else exact & (w.stratum == stratum)
        slot = frame.group * n_days + frame.day
        size = frame.n_groups * n_days
        x, n = (
            np.bincount(slot[own], weights=v[own], minlength=size).reshape(-1, n_days).astype(np.float64)
            for v in (w.x, w.n)
        )
        every = np.ones(exact.size, dtype=bool) if stratum is None else w.stratum == stratum
        top, bottom = frame.count(w.x * every), frame.count(w.n * every)
        if fixed is not None:
            n, bottom = frame.daily_exposure(), fixed
        ratio = np.divide(top, bottom, out=np.zeros(top.shape), where=bottom > 0)
        scale = np.divide(1.0, bottom, out=np.zeros(top.shape), where=bottom > 0)
        influence += (x - ratio[:, at] * n) * scale[:, at]
        total += ratio
        have += bottom > 0
    influence /= np.maximum(have, 1)[:, at]
    return influence, np.divide(total, have, out=np.full(total.shape, np.nan), where=have > 0)
