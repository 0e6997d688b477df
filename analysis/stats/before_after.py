"""Did a ratio change at a date that was chosen beforehand? Period by period, with neighbours that resemble each other.

Not for a date that was found by looking at the series (`level_shifts` pays for the looking), and no proof of a
cause: `placebo` asks how often other dates show as much.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, message
from analysis.fingerprint import derive_seed
from analysis.stats.checks import Bools, Floats, share, vector, whole
from analysis.stats.longrun import as_mask, period_weights, sum_variance
from analysis.stats.shift_problem import runs
from analysis.stats.shift_test import corrected

_BANDWIDTH = 0.1
_BIAS_DRAWS = 199
FEWEST = 3
"""Fewest observed periods of a side."""
_FEWEST_IN_ALL = 12


class BeforeAfter(NamedTuple):
    """The two sides of a date. p and intervals are NaN where there are too few periods."""

    before: float
    after: float
    difference: float
    low: float
    high: float
    ratio: float
    """after / before; NaN where before is not above 0. Its interval where both are above 0."""
    ratio_low: float
    ratio_high: float
    t: float
    p: float
    n_before: int
    """Observed periods."""
    n_after: int
    bandwidth: int
    autocorrelation: float


def before_after(
    numerator: npt.ArrayLike,
    denominator: npt.ArrayLike,
    is_after: npt.ArrayLike,
    *,
    level: float = 0.95,
    bandwidth: int | None = None,
    n_boot: int = 999,
    seed: int,
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
    bandwidth
        Of the Bartlett weights in periods; default a tenth of n, at least 2.
    n_boot
        Draws of the reference law, at least 99.
    seed
        Any whole number.

    Returns
    -------
    BeforeAfter

    Raises
    ------
    InputError
        An argument is not as said here, or a side has no observed period.

    Notes
    -----
    Estimate of a side: R = sum numerator / sum denominator. Influence of its period: (N - R D) / sum D. t is
    the difference by the root of the HAC variance of the summed influences. Its law depends on bandwidth, on
    where the date lies (Cho & Vogelsang 2017) and, in short series, on the autocorrelation itself: it is drawn,
    keeping the bandwidth's share b of n (fixed-b, Kiefer & Vogelsang 2005), from an autoregression of order 1
    fitted within sides corrected for bias and with its error drawn, with resampled innovations and the observed
    denominators (Goncalves & Vogelsang 2011 show that a bootstrap does this right). Intervals invert |t|; that
    of the ratio is for its logarithm.

    Cost: n_boot series; about 20 ms at n = 104.
    """
    x = vector("numerator", numerator, at_least=None, null=True)
    d = vector("denominator", denominator, x.size, null=True)
    after = as_mask("is_after", np.asarray(is_after), x.size)
    share("level", level)
    whole("n_boot", n_boot, at_least=99)
    seen = ~np.isnan(x) & (np.nan_to_num(d) > 0)
    x, d = np.where(seen, x, 0.0), np.where(seen, d, 0.0)
    sides = [seen & ~after, seen & after]
    for name, side in zip(("before", "after"), sides, strict=True):
        if not side.any():
            raise InputError(message(f"There is no observed period {name} the date"))
    width = max(2, round(_BANDWIDTH * x.size)) if bandwidth is None else whole("bandwidth", bandwidth)
    r = [float(x[s].sum() / d[s].sum()) for s in sides]
    n_before, n_after = (int(s.sum()) for s in sides)
    values = np.where(seen, np.divide(x, d, out=np.zeros_like(x), where=seen), np.nan)
    expected = np.where(after, r[1], r[0])
    residuals = np.where(seen, values - expected, np.nan)
    spread = np.nanmax(np.abs(residuals))
    scale = max(abs(r[0]), abs(r[1]), 1e-300)
    if min(n_before, n_after) < FEWEST or n_before + n_after < _FEWEST_IN_ALL or spread <= 1e-12 * scale:
        positive = r[0] > 0
        nan = np.nan
        ratio = r[1] / r[0] if positive else nan
        return BeforeAfter(
            r[0], r[1], r[1] - r[0], nan, nan, ratio, nan, nan, nan, nan, n_before, n_after, width, nan
        )
    drawn, kappa = _drawn(values, residuals, d, after, n_boot, seed)
    difference = r[1] - r[0]
    se, critical, t_drawn = _studentised(residuals, drawn, d, sides, (1.0, 1.0), width, level)
    t = difference / se
    p = (1 + int(np.sum(np.abs(t_drawn) >= abs(t)))) / (n_boot + 1)
    low, high = difference - critical * se, difference + critical * se
    ratio = ratio_low = ratio_high = np.nan
    if r[0] > 0:
        ratio = r[1] / r[0]
        if r[1] > 0:
            se, critical, _ = _studentised(residuals, drawn, d, sides, (1 / r[0], 1 / r[1]), width, level)
            ratio_low, ratio_high = ratio * np.exp(-critical * se), ratio * np.exp(critical * se)
    return BeforeAfter(
        r[0], r[1], difference, low, high, ratio, ratio_low, ratio_high, t, p, n_before, n_after, width, kappa
    )


def _studentised(
    residuals: Floats,
    drawn: Floats,
    d: Floats,
    sides: list[Bools],
    factors: tuple[float, float],
    width: int,
    level: float,
) -> tuple[float, float, Floats]:
    """Return the standard error, the critical value of |t|, and t as drawn under no difference."""
    series = np.vstack([np.nan_to_num(residuals), drawn])
    psi = np.zeros_like(series)
    estimate = np.zeros(len(series))
    for sign, factor, side in zip((-1.0, 1.0), factors, sides, strict=True):
        total = d[side].sum()
        mean = series[:, side] @ d[side] / total
        estimate += sign * factor * mean
        psi[:, side] = sign * factor * (series[:, side] - mean[:, None]) * (d[side] / total)
    errors = np.sqrt(np.maximum(sum_variance(psi, width), 1e-300))
    t_drawn = estimate[1:] / errors[1:]
    return float(errors[0]), float(np.quantile(np.abs(t_drawn), level, method="higher")), t_drawn


def _drawn(
    values: Floats, residuals: Floats, d: Floats, after: Bools, n_boot: int, seed: int
) -> tuple[Floats, float]:
    """Return series of ratios without a difference, (n_boot, n), and the autocorrelation they have."""
    from analysis.stats import step_kernels as kernels

    rows = np.flatnonzero(~np.isnan(residuals))
    weights = period_weights(residuals, np.where(np.isnan(residuals), np.nan, d))[rows]
    g = np.sqrt(weights)
    run = runs(rows)
    x = np.ascontiguousarray(np.column_stack([np.ones(rows.size), after[rows].astype(np.float64)]))
    y = values[rows]
    _, kappa, _ = kernels.fit(y, x, g, run, np.zeros(1), 4)
    e: Any = kernels.steps(y, x, g, run, kappa)[0]
    rng = np.random.default_rng(derive_seed(seed, "before_after"))
    full = np.arange(values.size)
    nowhere = np.zeros(rows.size, dtype=np.bool_)
    pool = e - e.mean()
    again = kernels.compare_many(
        rng.choice(pool, (_BIAS_DRAWS, values.size)), x, g, run, full, rows, kappa, nowhere, rows, 3, 3, False
    )[2]
    kappa = corrected(kappa, again)
    # How much neighbours resemble each other is known with an error, and the law of t is wider for it.
    errors = rng.choice(again.mean(axis=0) - again, n_boot)
    drawn = np.zeros((n_boot, values.size))
    chosen = rng.choice(pool, (n_boot, values.size))
    nothing = np.zeros(rows.size)
    for i in range(n_boot):
        own = np.clip(kappa + errors[i], -0.97, 0.97)
        drawn[i, rows] = kernels.draw(nothing, chosen[i], own, full, rows, g)
    return drawn, float(kappa[0])
