"""How far each period around a date lies from the mean before it, and how far that is at other dates.

Not for one answer to "did it change" (`before_after` gives it) and not for a date found by looking at the series.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, message
from analysis.stats.checks import Bools, Floats, Ints, share, vector, whole
from analysis.stats.persistence import believed, covariance, left_over, moments, two_sided

FEWEST_BEFORE = 8
"""Fewest observed periods before the date for an interval."""
FEWEST_DATES = 5
"""Fewest placebo dates for a band."""
_MOST_MISSING = 0.5
_SMALLEST_LEVEL = 0.02  # of the level before: what a period without any hit may still vary by
_GROWS = 0.75  # power of the level that its standard deviation follows: between counting (.5) and shocks (1)


class Lags(NamedTuple):
    """Periods from `n_before` before the date to `n_after` from it on, (n_before + n_after,) each."""

    value: Floats
    """numerator / denominator; NaN where not observed."""
    difference: Floats
    """value less the ratio of sums over the observed periods before."""
    low: Floats
    high: Floats
    placebo_low: Floats
    """Lowest and highest difference at placebo dates, as far as the level asks for; NaN below five dates."""
    placebo_high: Floats
    before: float
    """Ratio of sums over the periods before."""
    n_dates: int
    """Placebo dates."""
    placebo_level: float
    """What the band covers: below `level` where there are few dates; NaN without a band."""


def lags(
    numerator: npt.ArrayLike,
    denominator: npt.ArrayLike,
    event: int,
    *,
    n_before: int,
    n_after: int,
    level: float = 0.95,
) -> Lags:
    """Compare each period around a date with the mean before it.

    Parameters
    ----------
    numerator, denominator
        (n,) sums by period, in order; the denominator NaN or 0 where a period was not observed.
    event
        First period after the date, counted from 0.
    n_before, n_after
        Periods on both sides, at least 1.
    level
        Of the intervals and the band, between 0 and 1.

    Returns
    -------
    Lags
        Without intervals below 8 observed periods before, or where these do not vary.

    Raises
    ------
    InputError
        An argument is not as said here; the periods do not lie in the series; none before is observed.

    Notes
    -----
    Interval: what a test of that one period against the mean before does not reject. How much periods vary, and how
    long a shock lasts, is learned from the periods before alone, since those after may each have an effect of their own
    (`analysis.stats.persistence`); the variation of what cannot be negative grows with its level. One in twenty
    intervals is wrong by chance: of 24 of them one. Before the date an interval without 0 says that it was restless.

    Band: order statistics of the same difference at every date whose periods do not cross this one and are observed by
    half on both sides. With n dates the lowest and the highest cover 1 - 2 / (n + 1).

    References: Zellner & Tiao (1964), JASA 59; Abadie, Diamond & Hainmueller (2015) for placebo dates.
    """
    x = vector("numerator", numerator, at_least=None, null=True)
    d = vector("denominator", denominator, x.size, null=True)
    share("level", level)
    whole("event", event, at_least=0)
    whole("n_before", n_before)
    whole("n_after", n_after)
    if event - n_before < 0 or event + n_after > x.size:
        raise InputError(
            message(
                "The periods around the date do not lie in the series",
                got=f"{event - n_before} to {event + n_after}",
                expected=f"between 0 and {x.size}",
            )
        )
    seen = ~np.isnan(x) & (np.nan_to_num(d) > 0)
    x, d = np.where(seen, x, 0.0), np.where(seen, d, 0.0)
    value = np.divide(x, d, out=np.full(x.size, np.nan), where=seen)
    starts = np.arange(n_before, x.size - n_after + 1)
    own = slice(event - n_before, event + n_after)
    every, mean = _windows(x, d, value, seen, starts, n_before, n_after)
    at = event - n_before
    if np.isnan(mean[at]):
        raise InputError(message("There is no observed period before the date"))
    low, high = _intervals(x[own], d[own], seen[own], n_before, level)
    clear = (starts + n_after <= event) | (starts - n_before >= event)
    chosen = clear & ~np.isnan(mean) & (_observed(seen, starts, n_before, n_after) >= _MOST_MISSING)
    n_dates = int(chosen.sum())
    placebo_low, placebo_high, covered = _band(every[chosen], level)
    return Lags(
        value[own], every[at], low, high, placebo_low, placebo_high, float(mean[at]), n_dates, covered
    )


def _intervals(x: Floats, d: Floats, seen: Bools, n_before: int, level: float) -> tuple[Floats, Floats]:
    """Return what a test of each period against the mean before does not reject."""
    low, high = np.full((2, x.size), np.nan)
    rows = np.flatnonzero(seen)
    early = rows < n_before
    n = int(early.sum())
    x, d = x[rows], d[rows]
    y = x / d
    if n < FEWEST_BEFORE or np.ptp(y[early]) <= 1e-12 * np.abs(y).max(initial=1e-300):
        return low, high
    noise = (1.0 / d) / (1.0 / d[early]).mean()
    columns = np.column_stack([y[early], np.ones(n)])
    found = moments(columns, np.zeros((n, 0)), rows[early], noise[early])
    products, log_inner = left_over(found.products, 1)
    rss, dof = products[:, 0, 0], n - 1
    weights = believed(found.grid, found.log_det, log_inner, rss, dof)
    mean = np.where(early, d, 0.0) / d[early].sum()
    pieces = np.zeros((3, weights.size, rows.size))  # variance of the period, with the mean, and of the mean
    for i in range(weights.size):
        omega = covariance(found.grid, i, rows, noise)
        with_mean = (omega * mean).sum(axis=1)
        pieces[0, i], pieces[1, i], pieces[2, i] = omega.diagonal(), with_mean, (with_mean * mean).sum()
    pieces *= rss[None, :, None] / dof
    before = float(x[early].sum() / d[early].sum())
    difference = y - before
    grows = bool((x >= 0).all()) and before > 0

    def p_at(claimed: Floats) -> Floats:
        """P of a difference of each period."""
        m = (
            np.where(early, 1.0, np.maximum(1.0 + claimed / before, _SMALLEST_LEVEL) ** _GROWS)
            if grows
            else 1.0
        )
        error = np.sqrt(np.maximum(m**2 * pieces[0] - 2 * m * pieces[1] + pieces[2], 1e-300))
        return two_sided(((difference - claimed) / error).T, weights, dof)

    step = np.sqrt(np.median(pieces[0], axis=0).max())
    low[rows], high[rows] = (_edge(p_at, difference, sign * step, 1.0 - level) for sign in (-1.0, 1.0))
    return low, high


def _edge(p_at: Callable[[Floats], Floats], middle: Floats, step: float, alpha: float) -> Floats:
    """Go out from the middle until p falls to alpha, everywhere at once; NaN where it does not."""
    inside, outside = middle, middle + step
    for _ in range(60):
        still = p_at(outside) > alpha
        if not still.any():
            break
        inside, outside = (
            np.where(still, outside, inside),
            np.where(still, middle + 1.5 * (outside - middle), outside),
        )
    for _ in range(40):
        between = (inside + outside) / 2
        kept = p_at(between) > alpha
        inside, outside = np.where(kept, between, inside), np.where(kept, outside, between)
    return np.where(still, np.nan, outside)


def _windows(
    x: Floats, d: Floats, value: Floats, seen: Bools, starts: Ints, n_before: int, n_after: int
) -> tuple[Floats, Floats]:
    """Return the differences around every date, (n_dates, n_before + n_after), and the means before."""
    at = starts[:, None] + np.arange(-n_before, n_after)
    before = at[:, :n_before]
    total = d[before].sum(axis=1)
    mean = np.divide(x[before].sum(axis=1), total, out=np.full(starts.size, np.nan), where=total > 0)
    return value[at] - mean[:, None], mean


def _observed(seen: Bools, starts: Ints, n_before: int, n_after: int) -> Floats:
    at = starts[:, None] + np.arange(-n_before, n_after)
    return np.asarray(np.minimum(seen[at[:, :n_before]].mean(axis=1), seen[at[:, n_before:]].mean(axis=1)))


def _band(differences: Floats, level: float) -> tuple[Floats, Floats, float]:
    """Order statistics by lag: with n dates the k-th lowest to the k-th highest cover 1 - 2 k / (n + 1)."""
    n, width = differences.shape
    nan = np.full(width, np.nan)
    if n < FEWEST_DATES:
        return nan, nan, np.nan
    ordered = np.sort(differences, axis=0)  # NaN comes last
    have = (~np.isnan(differences)).sum(axis=0)
    k = np.maximum(1, np.floor((1 - level) / 2 * (have + 1))).astype(np.int64)
    enough = have >= FEWEST_DATES
    column = np.arange(width)
    low = np.where(enough, ordered[np.minimum(k, n) - 1, column], np.nan)
    high = np.where(enough, ordered[np.maximum(have - k, 0), column], np.nan)
    covered = 1 - 2 * max(1.0, np.floor((1 - level) / 2 * (n + 1))) / (n + 1)
    return low, high, float(covered)
