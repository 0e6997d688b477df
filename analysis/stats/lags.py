"""How far each period around a date lies from the mean before it, and how far that is at other dates.

Not for one answer to "did it change" (`before_after` gives it) and not for a date found by looking at the series.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, message
from analysis.stats.checks import Bools, Floats, Ints, share, vector, whole

FEWEST_BEFORE = 8
"""Fewest observed periods before the date for an interval."""
FEWEST_DATES = 5
"""Fewest placebo dates for a band."""
_MOST_MISSING = 0.5


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
    autocorrelation: float


def lags(
    numerator: npt.ArrayLike,
    denominator: npt.ArrayLike,
    event: int,
    *,
    n_before: int,
    n_after: int,
    level: float = 0.95,
    n_boot: int = 999,
    seed: int,
) -> Lags:
    """Compare each period around a date with the mean before it."""
    x = vector("numerator", numerator, at_least=None, null=True)
    d = vector("denominator", denominator, x.size, null=True)
    share("level", level)
    whole("event", event, at_least=0)
    whole("n_before", n_before)
    whole("n_after", n_after)
    whole("n_boot", n_boot, at_least=99)
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
    nan = np.full(n_before + n_after, np.nan)
    clear = (starts + n_after <= event) | (starts - n_before >= event)
    chosen = clear & ~np.isnan(mean) & (_observed(seen, starts, n_before, n_after) >= _MOST_MISSING)
    n_dates = int(chosen.sum())
    placebo_low, placebo_high, covered = _band(every[chosen], level)
    return Lags(
        value[own], every[at], nan, nan, placebo_low, placebo_high, float(mean[at]), n_dates, covered, np.nan
    )


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
