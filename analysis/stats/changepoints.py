"""Where a series is best cut into stretches of constant level: least squares, exact, on every index.

Not a test. More cuts always fit better, and an autocorrelated series without any break is cut with pleasure:
whether there is a break at all is for `level_shifts`.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, message
from analysis.stats.checks import Floats, Ints, number, vector, whole


class Segmentation(NamedTuple):
    """Cuts of a series."""

    breaks: tuple[int, ...]
    """First period of each new level, counted from 0 in the given series."""
    cost: float
    """Weighted sum of squares around the means of the stretches."""


def segmentations(
    values: npt.ArrayLike, max_breaks: int, *, weights: npt.ArrayLike | None = None, min_length: int = 2
) -> tuple[Segmentation, ...]:
    """Cut a series into 1, 2, ... max_breaks + 1 stretches, each time at the least cost.

    Parameters
    ----------
    values
        (n,) in order; NaN where a period was not observed.
    max_breaks
        Most cuts, at least 0. Fewer come back where the series is too short for so many.
    weights
        (n,) above 0 where observed; 1 without.
    min_length
        Fewest periods of a stretch, observed or not (the calendar's); at least 1. Every stretch holds an
        observed period.

    Returns
    -------
    tuple of Segmentation
        The one at place m has m breaks.

    Raises
    ------
    InputError
        An argument is not as said here, or no period is observed.

    Notes
    -----
    Dynamic programming (Bellman 1961; Auger & Lawrence 1989): O(max_breaks n^2) time, O(max_breaks n) memory.

    Examples
    --------
    >>> [s.breaks for s in segmentations([0, 1, 0, 5, 6, 5, 0, 1], 2)]
    [(), (3,), (3, 6)]
    """
    series = _Series.of(values, weights, min_length)
    whole("max_breaks", max_breaks, at_least=0)
    n = series.y.size
    best = np.array([series.costs(j)[0] if j else np.inf for j in range(n + 1)])
    came: list[Ints] = []
    out = [Segmentation((), float(best[n]))]
    # A last stretch may not reach its length, so complete series are closed apart from inner stretches.
    inner = np.where(series.long_enough_to(0), best, np.inf)
    for _ in range(max_breaks):
        after = np.full(n + 1, np.inf)
        start = np.zeros(n + 1, dtype=np.int64)
        last, last_start = np.inf, 0
        for j in range(1, n + 1):
            total = inner[:j] + series.costs(j)
            if j == n:
                total = np.where(series.reaches_end()[:j], total, np.inf)
                last_start = int(np.argmin(total))
                last = float(total[last_start])
            else:
                total = np.where(series.places[j] - series.places[:j] >= series.min_length, total, np.inf)
                start[j] = int(np.argmin(total))
                after[j] = total[start[j]]
        if not np.isfinite(last):
            break
        cuts = [last_start]
        for earlier in reversed(came):
            cuts.append(int(earlier[cuts[-1]]))
        out.append(Segmentation(tuple(int(series.places[c]) for c in reversed(cuts)), last))
        came.append(start)
        inner = after
    return tuple(out)


def penalised(
    values: npt.ArrayLike, penalty: float, *, weights: npt.ArrayLike | None = None, min_length: int = 2
) -> Segmentation:
    """Cut where the cost and a penalty for each cut are least together: what PELT finds, without its pruning.

    Parameters
    ----------
    values, weights, min_length
        As for `segmentations`.
    penalty
        Price of a cut, above 0.

    Notes
    -----
    Optimal partitioning (Jackson et al. 2005), of which PELT (Killick, Fearnhead & Eckley 2012) is a quicker way:
    O(n^2).
    """
    series = _Series.of(values, weights, min_length)
    price = number("penalty", penalty)
    n = series.y.size
    total = np.full(n + 1, np.inf)
    total[0] = -price
    start = np.zeros(n + 1, dtype=np.int64)
    for j in range(1, n + 1):
        if j == n:
            allowed = series.reaches_end()
        else:
            allowed = series.places[j] - series.places[:j] >= series.min_length
        candidates = np.where(allowed[:j], total[:j] + series.costs(j) + price, np.inf)
        if j == n:
            candidates[0] = series.costs(j)[0]
        start[j] = int(np.argmin(candidates))
        total[j] = candidates[start[j]]
    cuts = []
    at = int(start[n])
    while at > 0:
        cuts.append(int(series.places[at]))
        at = int(start[at])
    return Segmentation(tuple(reversed(cuts)), float(total[n] - price * len(cuts)))


class _Series(NamedTuple):
    """The observed periods, and running sums."""

    y: Floats
    places: Ints
    sums: Floats  # (3, n + 1): of w, w y, w y^2
    min_length: int

    @classmethod
    def of(cls, values: npt.ArrayLike, weights: npt.ArrayLike | None, min_length: int) -> "_Series":
        y = vector("values", values, at_least=None, null=True)
        seen = np.flatnonzero(~np.isnan(y))
        if not seen.size:
            raise InputError(
                message("No period is observed", got=y.size, expected="numbers that are not NaN")
            )
        w = np.ones(y.size) if weights is None else vector("weights", weights, y.size, null=True)
        w, kept = w[seen], y[seen]
        if not (w > 0).all():
            raise InputError(message("A weight of an observed period is not above 0"))
        # Around the mean, or squares of large levels swallow small differences.
        kept = kept - np.average(kept, weights=w)
        sums = np.zeros((3, kept.size + 1))
        np.cumsum(np.stack([w, w * kept, w * kept**2]), axis=1, out=sums[:, 1:])
        return cls(kept, seen, sums, whole("min_length", min_length))

    def costs(self, j: int) -> Floats:
        """Cost of the stretches from each row before j up to j (without it)."""
        w, wy, wyy = self.sums[:, j : j + 1] - self.sums[:, :j]
        out: Floats = np.maximum(wyy - wy**2 / w, 0.0)
        return out

    def long_enough_to(self, first: int) -> npt.NDArray[np.bool_]:
        """Whether the stretch from row `first` to each cut is long enough; (n + 1,), the last entry the end."""
        return np.append(self.places - self.places[first] >= self.min_length, False)

    def reaches_end(self) -> npt.NDArray[np.bool_]:
        """Whether a stretch from each row to the end is long enough."""
        out: npt.NDArray[np.bool_] = self.places[-1] + 1 - self.places >= self.min_length
        return out
