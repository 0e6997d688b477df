"""Did a ratio change at a date that was chosen beforehand? Period by period, with neighbours that resemble each other.

Not for a date that was found by looking at the series (`level_shifts` pays for the looking), and no proof of a
cause: `placebo` asks how often other dates show as much.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, message
from analysis.stats.checks import Bools, Floats, Ints, share, vector
from analysis.stats.period_weights import as_mask
from analysis.stats.persistence import Moments, believed, left_over, moments, two_sided

FEWEST = 3
"""Fewest observed periods of a side."""
FEWEST_IN_ALL = 12
_SMALLEST_LEVEL = 0.02  # of the common one: a side without any hit still varies a little
_FAR = 40  # times the step is widened before a bound is given up
_FARTHEST = 10.0  # logarithm of a ratio to the estimate: beyond it there is no bound


class BeforeAfter(NamedTuple):
    """The two sides of a date. p and intervals are NaN where there are too few periods."""

    before: float
    after: float
    difference: float
    low: float
    high: float
    ratio: float
    """after / before; NaN where before is not above 0. Its bounds NaN where they do not exist."""
    ratio_low: float
    ratio_high: float
    p: float
    n_before: int
    """Observed periods."""
    n_after: int
    autocorrelation: float
    """Of the shocks of neighbouring periods, averaged over what the series allows; 0 to .95."""


def before_after(
    numerator: npt.ArrayLike, denominator: npt.ArrayLike, is_after: npt.ArrayLike, *, level: float = 0.95
) -> BeforeAfter:
    """Compare the ratios of sums before and after a date.

    Parameters
    ----------
    numerator, denominator
        (n,) sums by period, in order; the denominator NaN or 0 where a period was not observed (it is left out,
        not taken for zero).
    is_after
        (n,) bool.
    level
        Of the intervals.

    Returns
    -------
    BeforeAfter
        Without p and intervals below 3 observed periods of a side or 12 in all, or where nothing varies.

    Raises
    ------
    InputError
        An argument is not as said here, or a side has no observed period.

    Notes
    -----
    Estimate of a side: R = sum numerator / sum denominator. Its periods are a level, a shock that fades by an unknown
    amount from period to period, and sampling noise; p is Student's, averaged over persistence and noise by how well
    each explains the series (`analysis.stats.persistence`). Under another hypothesis than "no difference" the
    variation of a side that cannot be negative is taken to grow with its level. Intervals hold what the test does not
    reject: p <= 1 - level exactly where the interval excludes 0 (or the ratio 1).

    A short series says little about how long its shocks last, and such a mean over "what the series allows" then is
    wide. It is never narrower for neighbours that differ (negative autocorrelation). Shocks that last longer than an
    autoregression of order 1 lets them alarm too often: AR(2) with .4 and .3 in .07 to .13 instead of .05.

    Cost: O(n); about 5 ms at n = 104. No random numbers.

    References: Zellner & Tiao (1964), JASA 59; Harville (1974), Biometrika 61; Harvey & Phillips (1979), Biometrika
    66. For what a normal law, or a HAC variance estimated from short series, does instead: Kiefer & Vogelsang (2005).
    """
    x = vector("numerator", numerator, at_least=None, null=True)
    d = vector("denominator", denominator, x.size, null=True)
    after = as_mask("is_after", np.asarray(is_after), x.size)
    share("level", level)
    seen = ~np.isnan(x) & (np.nan_to_num(d) > 0)
    for name, side in (("before", seen & ~after), ("after", seen & after)):
        if not side.any():
            raise InputError(message(f"There is no observed period {name} the date"))
    rows = np.flatnonzero(seen)
    x, d, late = x[seen], d[seen], after[seen]
    n_after = int(late.sum())
    n_before = late.size - n_after
    first, second = (float(x[s].sum() / d[s].sum()) for s in (~late, late))
    difference, ratio = second - first, second / first if first > 0 else np.nan
    spread = float(np.abs(x / d - np.where(late, second, first)).max())
    scale = max(abs(first), abs(second), 1e-300)
    nan = float("nan")
    if min(n_before, n_after) < FEWEST or late.size < FEWEST_IN_ALL or spread <= 1e-12 * scale:
        return BeforeAfter(
            first, second, difference, nan, nan, ratio, nan, nan, nan, n_before, n_after, nan
        )  # fmt: skip
    test = _test_of(x, d, late, rows, first, second)
    alpha, step = 1.0 - level, test.usual_error()
    down, up = (
        _bound(lambda at: test.difference(difference + at), sign * step, alpha) for sign in (-1.0, 1.0)
    )
    low, high, ratio_low, ratio_high = difference + down, difference + up, nan, nan
    if first > 0 and second > 0:
        down, up = (
            _bound(
                lambda at: test.ratio(ratio * float(np.exp(np.clip(at, -_FARTHEST, _FARTHEST)))),
                sign * step / scale,
                alpha,
            )
            for sign in (-1.0, 1.0)
        )
        ratio_low, ratio_high = ratio * _exp(down), ratio * _exp(up)
    p, weights = test.none()
    return BeforeAfter(
        first, second, difference, low, high, ratio, ratio_low, ratio_high, p, n_before, n_after,
        float((weights * test.found.grid.persistence).sum()),
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Test:
    """p of any hypothesis about two levels."""

    found: Moments
    products: Floats
    log_inner: Floats
    sums: tuple[float, float]
    totals: tuple[float, float]
    before: float
    after: float
    dof: int
    grows: bool
    """Whether variation grows with the level."""

    def _p(self, gap: float, factor: float, levels: tuple[float, float]) -> tuple[float, Floats]:
        """P of gap = after - factor * before - (what is claimed), given the levels claimed, and the weights."""
        m = np.ones(2)
        if self.grows:
            m = np.maximum(np.array(levels) / max(*levels, 1e-300), _SMALLEST_LEVEL)
        rss = np.einsum("gij,i,j->g", self.products, 1.0 / m, 1.0 / m)
        c = np.array([-factor, 1.0]) * m
        error = np.sqrt(np.maximum(rss / self.dof * np.einsum("gij,i,j->g", self.found.spread, c, c), 1e-300))
        weights = believed(self.found.grid, self.found.log_det, self.log_inner, rss, self.dof)
        return float(two_sided(gap / error, weights, self.dof)), weights

    def none(self) -> tuple[float, Floats]:
        """No difference."""
        return self._p(self.after - self.before, 1.0, (1.0, 1.0))

    def difference(self, claimed: float) -> float:
        """After - before is what is claimed. Levels go from one common to both as seen, as the claim does.

        Beyond that the higher one goes on, to twice what was seen: with 3 periods after, it may well be higher than it
        looks, and its variation with it. Without an end, hardly any claim would be left out.
        """
        seen, gap = np.array([self.before, self.after]), self.after - self.before
        common = sum(self.sums) / sum(self.totals)
        part = claimed / gap if gap else 0.0
        levels = common + min(max(part, 0.0), 1.0) * (seen - common)
        if part > 1.0:
            high = int(gap > 0)
            levels[high] = min(levels[high] + abs(claimed - gap), 2.0 * levels[high])
        before, after = levels.tolist()
        return self._p(gap - claimed, 1.0, (before, after))[0]

    def ratio(self, claimed: float) -> float:
        """After / before is what is claimed."""
        if abs(np.log(claimed * self.before / self.after)) >= _FARTHEST:
            return 1.0
        before = sum(self.sums) / (self.totals[0] + claimed * self.totals[1])
        return self._p(self.after - claimed * self.before, claimed, (before, claimed * before))[0]

    def usual_error(self) -> float:
        """About the standard error of the difference: a first step of the search."""
        c = np.array([-1.0, 1.0])
        spread = np.einsum("gij,i,j->g", self.found.spread, c, c)
        return float(np.median(np.sqrt(self.products.sum(axis=(1, 2)) / self.dof * spread)))


def _test_of(x: Floats, d: Floats, late: Bools, rows: Ints, first: float, second: float) -> _Test:
    """Gather what every hypothesis needs."""
    columns, contrasts = np.zeros((late.size, 4)), np.zeros((late.size, 2))
    for i, side in enumerate((~late, late)):
        columns[side, i], columns[side, 2 + i] = x[side] / d[side], 1.0
        contrasts[side, i] = d[side] / d[side].sum()
    found = moments(columns, contrasts, rows, 1.0 / d)
    products, log_inner = left_over(found.products, 2)
    sums, totals = ((float(v[~late].sum()), float(v[late].sum())) for v in (x, d))
    return _Test(found, products, log_inner, sums, totals, first, second, late.size - 2, bool((x >= 0).all()))


def _exp(value: float) -> float:
    """Without overflow: beyond `_FARTHEST` it does not matter by how much."""
    return float(np.exp(np.clip(value, -_FARTHEST, _FARTHEST)))


def _bound(p_at: Callable[[float], float], step: float, alpha: float) -> float:
    """Return how far from the estimate, in the direction of the step, p falls to alpha; NaN where it does not."""
    inside, outside = 0.0, step
    for _ in range(_FAR):
        if p_at(outside) <= alpha:
            break
        inside, outside = outside, outside * 1.5
    else:
        return float("nan")
    while abs(outside - inside) > 1e-6 * abs(outside):
        middle = (inside + outside) / 2
        if p_at(middle) <= alpha:
            outside = middle
        else:
            inside = middle
    return outside
