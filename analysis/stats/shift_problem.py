"""A series as the search for level shifts sees it: observed periods, weights, regressors. Not for direct use."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, message
from analysis.stats.checks import Bools, Floats, Ints, floats, vector, whole

ROUNDS = 4
"""Rounds of fitting autocorrelations and steps in turn."""

_FEWEST = 12
_PRIOR = 5.0  # periods' worth of the common variance in that of a level


class Pulse(NamedTuple):
    """Neighbouring rows that stand apart from their level."""

    at: int
    length: int
    p: float


Pulses = tuple[Pulse, ...]
Breaks = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Problem:
    """The observed rows of a series: values, regressors, roots of the weights, places in the calendar.

    `run` counts the observed periods right before a row; `n` all periods.
    """

    y: Floats
    x: Floats
    g: Floats
    rows: Ints
    run: Ints
    n: int
    min_length: int

    @property
    def can_be_asked(self) -> bool:
        """Whether there are enough periods, and anything that varies."""
        enough = self.rows.size >= max(_FEWEST, 2 * self.min_length) + self.x.shape[1] - 1
        if not enough or not self.allowed(()).any():
            return False
        return self.varies(self.x)

    def varies(self, x: Floats) -> bool:
        """Whether anything is left to explain beside these columns."""
        left = self.y - x @ np.linalg.lstsq(x, self.y, rcond=None)[0]
        return bool(np.ptp(left) > 1e-9 * max(1e-300, float(np.abs(self.y).max())))

    @property
    def all_periods(self) -> Ints:
        """Neighbours before each period where all are observed."""
        return np.arange(self.n)

    def step(self, at: int) -> Floats:
        """1 from row `at` on."""
        return (np.arange(self.rows.size) >= at).astype(np.float64)

    def pulse(self, at: int, length: int) -> Floats:
        """1 in the rows of a pulse."""
        r = np.arange(self.rows.size)
        return ((r >= at) & (r < at + length)).astype(np.float64)

    def design(self, breaks: Breaks, pulses: Pulses) -> Floats:
        """Regressors, pulses and steps, in this order."""
        columns = [self.pulse(p.at, p.length) for p in pulses] + [self.step(b) for b in breaks]
        return joined(self.x, *columns)

    def allowed(self, breaks: Breaks) -> Bools:
        """Rows where a step leaves every level long enough, between the given ones."""
        place, first, last = self.rows, self.rows[0], self.rows[-1]
        out: Bools = (place - first >= self.min_length) & (last - place + 1 >= self.min_length)
        for b in breaks:
            out &= np.abs(place - place[b]) >= self.min_length
        return out

    def level(self, breaks: Breaks) -> Ints:
        """Number of the level of each row."""
        return np.searchsorted(np.sort(breaks), np.arange(self.rows.size), side="right")

    def by_level(self, breaks: Breaks, pulses: Pulses, order: int) -> "Problem":
        """Weight each level by its own variance: where there is more to report, there is more noise as well."""
        from analysis.stats import step_kernels as kernels

        if not breaks:
            return self
        x = self.design(breaks, pulses)
        _, kappa, _ = kernels.fit(self.y, x, self.g, self.run, np.zeros(order), ROUNDS)
        e = kernels.steps(self.y, x, self.g, self.run, kappa)[0]
        level = self.level(breaks)
        common = float(np.mean(e**2))
        variance = (np.bincount(level, e**2) + _PRIOR * common) / (np.bincount(level) + _PRIOR)
        g = self.g / np.sqrt(variance[level])
        return replace(self, g=g / np.exp(np.mean(np.log(g))))


def problem_of(
    values: npt.ArrayLike,
    weights: npt.ArrayLike | None,
    regressors: npt.ArrayLike | None,
    min_length: int | None,
) -> Problem:
    """Check the arguments of `level_shifts` and lay out the observed rows."""
    y = vector("values", values, at_least=None, null=True)
    seen = np.flatnonzero(~np.isnan(y))
    w = np.ones(y.size) if weights is None else vector("weights", weights, y.size, null=True)
    if not (w[seen] > 0).all():
        raise InputError(message("A weight of an observed period is not above 0", expected="1 / variance"))
    x = np.ones((y.size, 1))
    if regressors is not None:
        more = floats("regressors", regressors, at_least=None, null=True)
        if more.ndim != 2 or more.shape[0] != y.size:
            raise InputError(
                message("`regressors` has the wrong shape", got=more.shape, expected=f"({y.size}, any)")
            )
        if np.isnan(more[seen]).any():
            raise InputError(message("A regressor is null where the series is not"))
        x = np.hstack([x, more])
    if min_length is None:
        min_length = max(3, -(-y.size // 20))
    whole("min_length", min_length, at_least=3)
    g = np.sqrt(w[seen])
    if seen.size:
        g = g / np.exp(np.mean(np.log(g)))
    return Problem(y[seen], np.ascontiguousarray(x[seen]), g, seen, runs(seen), y.size, min_length)


def runs(rows: Ints) -> Ints:
    """How many neighbours are observed right before each row."""
    r = np.arange(rows.size)
    if not rows.size:
        return r
    starts = np.where(np.diff(rows, prepend=-2) > 1, r, 0)
    out: Ints = r - np.maximum.accumulate(starts)
    return out


def joined(x: Floats, *columns: Floats) -> Floats:
    """Return x with more columns, in the one memory layout the kernels are compiled for."""
    return np.ascontiguousarray(np.column_stack([x, *columns]))


def innovations(problem: Problem, x: Floats, kappa: Floats) -> Floats:
    """Whitened residuals of a model, without their mean: what the bootstrap draws from."""
    from analysis.stats import step_kernels as kernels

    e = kernels.steps(problem.y, x, problem.g, problem.run, kappa)[0]
    out: Floats = e - e.mean()
    return out
