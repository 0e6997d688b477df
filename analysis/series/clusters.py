"""Intervals about more than the stories of a period: the process that makes events, and outlets at large.

Not for the stories themselves: `intervals`.
"""

import numpy as np

from analysis.series.calendar import COLLECTED
from analysis.series.frame import Frame
from analysis.series.intervals import Estimated
from analysis.series.status import period_index
from analysis.series.weights import Weighted
from analysis.stats.checks import Floats

MIN_OUTLETS = 4
MIN_COSINES = 3
_COSINES = 0.4


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


def by_days(frame: Frame, w: Weighted, level: float, fixed: Floats | None) -> Estimated:
    """About the process: days that resemble their neighbours, because they share events.

    The variance of the sum of the days' influences comes from their projections on the B slowest cosines of the
    period; each is one look at the long-run variance, so that t has B degrees of freedom (Mueller 2004; Lazarus, Lewis,
    Stock & Watson 2018, who recommend B = 0.4 T^(2/3) for T days). Null where B is below 3: a day or a week is too short
    to show how its days hang together.
    """
    from scipy.special import stdtrit

    n_groups, n_periods = frame.n_groups, frame.n_periods
    influence, estimate = _influence(frame, w, fixed)
    error, t = np.full((n_groups, n_periods), np.nan), np.full((n_groups, n_periods), np.nan)
    days = frame.calendar.days
    at = period_index(days, frame.cells.edges, frame.by)
    for period in range(n_periods):  # a product with a few cosines each
        inside = np.flatnonzero(at == period)
        n_days = inside.size
        b = int(_COSINES * n_days ** (2 / 3))
        if b < MIN_COSINES:
            continue
        place = np.pi * (np.arange(n_days) + 0.5) / n_days
        cosines = np.cos(np.arange(1, b + 1)[:, None] * place)
        projected = influence[:, inside] @ cosines.T  # mean square x 2 is the variance of the sum
        error[:, period] = np.sqrt(2 * (projected**2).mean(axis=1))
        t[:, period] = stdtrit(b, (1 + level) / 2)
    error = np.where((error > 0) & ~np.isnan(estimate), error, np.nan)
    method = np.where(np.isnan(error), 0, 1)
    return Estimated(estimate, error, estimate - t * error, estimate + t * error, method)


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
        x, n = (
            np.bincount(slot[own], weights=v[own], minlength=frame.n_groups * n_days).reshape(-1, n_days)
            for v in (w.x, w.n)
        )
        every = np.ones(exact.size, dtype=bool) if stratum is None else w.stratum == stratum
        top, bottom = frame.count(w.x * every), frame.count(w.n * every)
        if fixed is not None:
            n, bottom = _days_collected(frame), fixed
        ratio = np.divide(top, bottom, out=np.zeros(top.shape), where=bottom > 0)
        scale = np.divide(1.0, bottom, out=np.zeros(top.shape), where=bottom > 0)
        influence += (x - ratio[:, at] * n) * scale[:, at]
        total += ratio
        have += bottom > 0
    influence /= np.maximum(have, 1)[:, at]
    return influence, np.divide(total, have, out=np.full(total.shape, np.nan), where=have > 0)


def _days_collected(frame: Frame) -> Floats:
    """Outlets collected on each day, by group."""
    collected = (frame.calendar.state == COLLECTED).astype(np.float64)
    if frame.across == "outlet":
        return np.stack([collected[frame.outlets_of(g)[0]] for g in range(frame.n_groups)])
    return np.broadcast_to(collected.sum(axis=0), (frame.n_groups, collected.shape[1])).astype(np.float64)
