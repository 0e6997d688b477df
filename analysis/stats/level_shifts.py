"""Whether, when and by how much the level of an autocorrelated series shifted. "Never" is an answer.

Not for slow change: a series that drifts looks like steps, give it a trend among the regressors. Not for
points without noise: `changepoints` places steps by least squares and asks no question about chance.
"""

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import stats

from analysis.errors import InputError, message
from analysis.fingerprint import derive_seed
from analysis.stats.checks import Bools, Floats, Ints, floats, share, vector, whole

PULSE_LEVEL = 0.01
"""Level at which a pulse is called one, over all periods: few, so that breaks and pulses together stay below .07."""

_MAX_ORDER = 3
_ROUNDS = 4
_BIAS_DRAWS = 199
_LONGEST_PULSE = 2
_MOST_PAIRS = 400  # above so many periods pairs of steps are not searched: it costs n^2 a draw
_FEWEST = 12


class Shift(NamedTuple):
    """One step (or pulse) of a series. Rows count the given series from 0."""

    at: int
    """First period of the new level (or of the pulse)."""
    low: int
    """First period of the interval of `at`."""
    high: int
    """Last period of the interval."""
    size: float
    """New level minus old, in units of the series."""
    p: float
    """Chance of a gain this large without this step, the others being there; of a pulse: over all periods."""
    length: int
    """0 for a step; 1 or 2 for the periods of a pulse."""


class LevelShifts(NamedTuple):
    """What `level_shifts` found."""

    breaks: tuple[Shift, ...]
    """In order of time; empty where no break was found."""
    pulses: tuple[Shift, ...]
    """Single periods, or two, that stand apart and after which the level is as before."""
    p: float
    """p of "there is no break at all"; NaN where the series is too short to ask."""
    order: int
    """Order of the autoregression."""
    autocorrelation: float
    """Of neighbouring periods once steps and pulses are taken out."""
    n_periods: int
    """Observed periods."""
    min_length: int
    """Fewest periods between two breaks, and at the ends."""


def level_shifts(
    values: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    regressors: npt.ArrayLike | None = None,
    min_length: int | None = None,
    max_breaks: int = 3,
    alpha: float = 0.05,
    level: float = 0.95,
    n_boot: int = 499,
    seed: int,
) -> LevelShifts:
    """Test for steps in the level of a series, place them, and give an interval for each date.

    Parameters
    ----------
    values
        (n,) one number a period, in order; NaN where the period was not observed.
    weights
        (n,) 1 / variance up to a factor, above 0 where observed; equal without.
    regressors
        (n, k) columns taken out jointly with the steps (weekdays, a trend, holidays). A constant is always there.
    min_length
        Fewest periods (calendar, observed or not) of a level, at least 3. Default: a twentieth of n, at least 3.
    max_breaks
        Most breaks, 1 to 10.
    alpha
        A break is one where p is at most this.
    level
        Of the intervals of the dates.
    n_boot
        Draws of the bootstrap; at least 99.
    seed
        Any whole number.

    Returns
    -------
    LevelShifts

    Raises
    ------
    InputError
        An argument is not as said here.

    Notes
    -----
    Statistic: twice the gain in Gaussian log-likelihood of one step, anywhere, and of two (a level that comes
    back), over none; errors are an autoregression of order 1 to 3 (AIC), estimated anew under each hypothesis, so
    that a step is not taken for autocorrelation where it is tested. Its null distribution: the same procedure on
    series drawn from the autoregression estimated under the null and corrected for bias (Kilian 1998), with
    resampled innovations (sieve bootstrap, Buhlmann 1997). The smaller of the two p, itself ranked among the draws,
    decides; then one more step is asked for, given those found (Bai & Perron 1998), and places are searched anew
    given each other (Bai 1997). Interval: all places that a likelihood ratio test of the place keeps (Siegmund
    1988; Eo & Morley 2015), its critical value by bootstrap. Pulses are found first, beside the best step, by an
    outlier test whose tails follow the residuals', and are kept as regressors.

    Cost: (n_boot + 199) fits of O(n) for each step tested, and n^2 / 2 for the pair up to 400 periods; about
    0.2 s a test at n = 104. The first call in a process compiles or loads kernels.
    """
    problem = _problem(values, weights, regressors, min_length)
    share("alpha", alpha)
    share("level", level)
    whole("n_boot", n_boot, at_least=99)
    if whole("max_breaks", max_breaks) > 10:
        raise InputError(message("`max_breaks` is out of range", got=max_breaks, expected="1 to 10"))
    if not problem.can_be_asked:
        return LevelShifts((), (), np.nan, 0, np.nan, problem.rows.size, problem.min_length)
    search = _Search(problem, alpha=alpha, level=level, n_boot=n_boot, seed=seed)
    return search.run(max_breaks)


@dataclass(frozen=True, eq=False)
class _Problem:
    """The observed rows of a series."""

    y: Floats
    x: Floats  # regressors, without steps
    g: Floats  # roots of the weights
    rows: Ints  # their places in the series
    run: Ints
    n: int
    min_length: int

    @property
    def can_be_asked(self) -> bool:
        enough = self.rows.size >= max(_FEWEST, 2 * self.min_length) + self.x.shape[1] - 1
        left = self.y - self.x @ np.linalg.lstsq(self.x, self.y, rcond=None)[0] if enough else self.y
        return bool(enough and np.ptp(left) > 1e-9 * max(1e-300, np.abs(self.y).max()))

    def step(self, at: int) -> Floats:
        return (np.arange(self.rows.size) >= at).astype(np.float64)

    def pulse(self, at: int, length: int) -> Floats:
        r = np.arange(self.rows.size)
        return ((r >= at) & (r < at + length)).astype(np.float64)

    def with_columns(self, columns: list[Floats]) -> Floats:
        return np.ascontiguousarray(np.column_stack([self.x, *columns]))

    def allowed(self, breaks: tuple[int, ...]) -> Bools:
        """Rows where a step leaves every level long enough, between the given ones."""
        place, first, last = self.rows, self.rows[0], self.rows[-1]
        out: Bools = (place - first >= self.min_length) & (last - place + 1 >= self.min_length)
        for b in breaks:
            out &= np.abs(place - place[b]) >= self.min_length
        return out


def _problem(values: Any, weights: Any, regressors: Any, min_length: int | None) -> _Problem:
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
    span = _span(seen)
    g = np.sqrt(w[seen])
    scale = float(np.exp(np.mean(np.log(g)))) if seen.size else 1.0
    return _Problem(
        y[seen], np.ascontiguousarray(x[seen]), g / scale, seen, span, y.size, min_length
    )


def _span(rows: Ints) -> Ints:
    """How many neighbours are observed right before each row."""
    r = np.arange(rows.size)
    starts = np.where(np.diff(rows, prepend=-2) > 1, r, 0)
    out: Ints = r - np.maximum.accumulate(starts) if rows.size else r
    return out


@dataclass(frozen=True, eq=False)
class _Search:
    """The options, and the steps of the procedure."""

    problem: _Problem
    alpha: float
    level: float
    n_boot: int
    seed: int

    def run(self, max_breaks: int) -> LevelShifts:
        order = self._order()
        pulses = self._pulses((), [], order)
        breaks: tuple[int, ...] = ()
        p_none = np.nan
        last = {}
        while len(breaks) < max_breaks:
            p, added = self._test(breaks, pulses, order)
            if not breaks:
                p_none = p
            if p > self.alpha or len(breaks) + len(added) > max_breaks:
                break
            breaks = self._refined((*breaks, *added), pulses, order)
            last = dict.fromkeys(breaks, p)
        if len(breaks) > 1:
            breaks, last = self._eliminated(breaks, pulses, order)
        if breaks:
            pulses = self._pulses(breaks, pulses, order)
        found, kappa = self._described(breaks, pulses, order, last)
        return LevelShifts(
            found[: len(breaks)],
            tuple(sorted(found[len(breaks) :])),
            p_none,
            order,
            float(kappa[0]),
            self.problem.rows.size,
            self.problem.min_length,
        )

    def _columns(self, breaks: tuple[int, ...], pulses: list[tuple[int, int, float]]) -> Floats:
        p = self.problem
        return p.with_columns([p.pulse(a, n) for a, n, _ in pulses] + [p.step(b) for b in breaks])

    def _order(self) -> int:
        """Choose the order of the autoregression by AIC, the best step taken out."""
        from analysis.stats import step_kernels as kernels

        p = self.problem
        most = max(1, min(_MAX_ORDER, p.min_length, p.rows.size // 15))
        values = []
        for order in range(1, most + 1):
            fitted = kernels.fit_one(p.y, p.x, p.g, p.run, p.allowed(()), np.zeros(order), _ROUNDS)
            values.append(2.0 * order - 2.0 * fitted[0])
        return 1 + int(np.argmin(values))

    def _test(
        self, breaks: tuple[int, ...], pulses: list[tuple[int, int, float]], order: int
    ) -> tuple[float, tuple[int, ...]]:
        """Give the p of one or two steps more, and the rows of them."""
        from analysis.stats import step_kernels as kernels

        p = self.problem
        allowed = p.allowed(breaks)
        if not allowed.any():
            return 1.0, ()
        x = self._columns(breaks, pulses)
        pairs = p.rows.size <= _MOST_PAIRS
        common = (allowed, p.rows, p.min_length)
        one, two, under_none, under_one, at, first, second = kernels.compare(
            p.y, x, p.g, p.run, *common, order, _ROUNDS, pairs
        )
        shape = self._innovations(x if at < 0 else np.column_stack([x, p.step(at)]), under_one)
        rng = np.random.default_rng(derive_seed(self.seed, f"level_shifts {len(breaks)}"))
        full_run = np.arange(p.n)
        fixed = (x, p.g, p.run, full_run, p.rows)
        drawn = rng.choice(shape, (_BIAS_DRAWS, p.n))
        again = kernels.compare_many(drawn, *fixed, under_none, *common, 2, False)[2]
        kappa = _corrected(under_none, again)
        drawn = rng.choice(shape, (self.n_boot, p.n))
        one_drawn, two_drawn, _, _ = kernels.compare_many(drawn, *fixed, kappa, *common, _ROUNDS, pairs)
        p_one, p_value = _smaller_p(one, one_drawn, two, two_drawn, pairs)
        added = (at,) if not pairs or p_one <= self.alpha or first < 0 else (first, second)
        return p_value, added

    def _innovations(self, x: Floats, kappa: Floats) -> Floats:
        """Whitened residuals, without their mean: what the bootstrap draws from."""
        from analysis.stats import step_kernels as kernels

        p = self.problem
        e = kernels.steps(p.y, np.ascontiguousarray(x), p.g, p.run, kappa)[0]
        out: Floats = e - e.mean()
        return out

    def _refined(
        self, breaks: tuple[int, ...], pulses: list[tuple[int, int, float]], order: int
    ) -> tuple[int, ...]:
        """Search each place again given the others, until none moves."""
        from analysis.stats import step_kernels as kernels

        p = self.problem
        now = tuple(sorted(breaks))
        if len(now) == 1:
            return now
        for _ in range(20):
            before = now
            for b in before:
                others = tuple(o for o in now if o != b)
                x = self._columns(others, pulses)
                at = kernels.fit_one(
                    p.y, x, p.g, p.run, p.allowed(others), np.zeros(order), _ROUNDS
                )[2]
                now = tuple(sorted((*others, int(at) if at >= 0 else b)))
            if now == before:
                break
        return now

    def _eliminated(
        self, breaks: tuple[int, ...], pulses: list[tuple[int, int, float]], order: int
    ) -> tuple[tuple[int, ...], dict[int, float]]:
        """Test each step given the others; drop the weakest while it is not significant."""
        while True:
            p = {b: self._test_one(b, breaks, pulses, order) for b in breaks}
            weakest = max(breaks, key=lambda b: p[b])
            if p[weakest] <= self.alpha or len(breaks) == 1:
                return breaks, p
            breaks = self._refined(tuple(b for b in breaks if b != weakest), pulses, order)

    def _test_one(
        self, b: int, breaks: tuple[int, ...], pulses: list[tuple[int, int, float]], order: int
    ) -> float:
        others = tuple(o for o in breaks if o != b)
        return replace(self, seed=derive_seed(self.seed, f"without {b}"))._test(others, pulses, order)[0]

    def _described(
        self,
        breaks: tuple[int, ...],
        pulses: list[tuple[int, int, float]],
        order: int,
        p_values: dict[int, float],
    ) -> tuple[tuple[Shift, ...], Floats]:
        """Sizes and intervals in the model of all steps and pulses together."""
        from analysis.stats import step_kernels as kernels

        p = self.problem
        x = self._columns(breaks, pulses)
        _, kappa, _ = kernels.fit(p.y, x, p.g, p.run, np.zeros(order), _ROUNDS)
        phi, scale = kernels.levinson(kappa)
        white = np.column_stack([kernels.whiten(p.g * column, p.run, phi, scale) for column in x.T])
        size = np.linalg.lstsq(white, kernels.whiten(p.g * p.y, p.run, phi, scale), rcond=None)[0]
        n_x, n_pulses = p.x.shape[1], len(pulses)
        shifts = []
        for i, b in enumerate(breaks):
            step = float(size[n_x + n_pulses + i])
            low, high = self._interval(b, breaks, pulses, kappa, step)
            shifts.append(Shift(int(p.rows[b]), low, high, step, p_values[b], 0))
        for i, (at, length, chance) in enumerate(pulses):
            row = int(p.rows[at])
            shifts.append(Shift(row, row, row + length - 1, float(size[n_x + i]), chance, length))
        return tuple(shifts), kappa

    def _interval(
        self,
        b: int,
        breaks: tuple[int, ...],
        pulses: list[tuple[int, int, float]],
        kappa: Floats,
        size: float,
    ) -> tuple[int, int]:
        """First and last period that a test of the place does not reject."""
        from analysis.stats import step_kernels as kernels

        p = self.problem
        others = tuple(o for o in breaks if o != b)
        allowed = p.allowed(others)
        x = self._columns(others, pulses)
        shape = self._innovations(np.column_stack([x, p.step(b)]), kappa)
        rng = np.random.default_rng(derive_seed(self.seed, f"interval {b}"))
        full_run = np.arange(p.n)
        wide = shape * np.sqrt(p.rows.size / max(1, p.rows.size - x.shape[1] - 1 - kappa.size))
        drawn = rng.choice(wide, (self.n_boot, p.n))
        lacks = kernels.profile_many(
            size, b, drawn, x, p.g, p.run, full_run, p.rows, kappa, allowed, True, 2
        )
        limit = np.quantile(lacks, self.level, method="higher")
        kept = np.flatnonzero(kernels.profile(p.y, x, p.g, p.run, allowed, kappa) <= limit + 1e-9)
        kept = np.append(kept, b)
        # A step behind a gap may have come in any of the periods that were not observed.
        before = p.rows[kept.min() - 1] + 1 if kept.min() else p.rows[kept.min()]
        return int(before), int(p.rows[kept.max()])

    def _pulses(
        self, breaks: tuple[int, ...], known: list[tuple[int, int, float]], order: int
    ) -> list[tuple[int, int, float]]:
        """Periods that stand apart by themselves, given the breaks, or the best step where none is known."""
        from analysis.stats import step_kernels as kernels

        p = self.problem
        pulses = list(known)
        while len(pulses) < max(1, p.rows.size // 20):
            x = self._columns(breaks, pulses)
            if breaks:
                _, kappa, _ = kernels.fit(p.y, x, p.g, p.run, np.zeros(order), _ROUNDS)
            else:
                _, kappa, at = kernels.fit_one(
                    p.y, x, p.g, p.run, p.allowed(()), np.zeros(order), _ROUNDS
                )
                x = x if at < 0 else np.column_stack([x, p.step(at)])
            x = np.ascontiguousarray(x)
            at, length, gain, rss = kernels.best_pulse(p.y, x, p.g, p.run, p.rows, kappa, _LONGEST_PULSE)
            if at < 0:
                break
            dof = p.rows.size - x.shape[1] - 1 - order
            if dof < 5:
                break
            t = np.sqrt(gain / max((rss - gain) / dof, 1e-300))
            left = self._innovations(np.column_stack([x, p.pulse(at, length)]), kappa)
            chance = min(1.0, _LONGEST_PULSE * p.rows.size * _tail(t, left, dof))
            if chance > PULSE_LEVEL:
                break
            pulses.append((int(at), int(length), chance))
        return pulses


def _tail(t: float, residuals: Floats, dof: int) -> float:
    """Two-sided tail of t, no thinner than that of Student's law with the residuals' kurtosis."""
    excess = float(stats.kurtosis(residuals))
    heavy = 4.0 + 6.0 / excess if excess > 0 else np.inf
    nu = min(float(dof), heavy)
    widened = t * np.sqrt(nu / (nu - 2.0)) if nu < dof else t
    return float(2.0 * stats.t.sf(widened, nu))


def _corrected(kappa: Floats, drawn: Floats) -> Floats:
    """Partial autocorrelations less their bias, as seen in series drawn with them."""
    out: Floats = np.clip(2.0 * kappa - drawn.mean(axis=0), -0.97, 0.97)
    return out


def _smaller_p(
    one: float, one_drawn: Floats, two: float, two_drawn: Floats, pairs: bool
) -> tuple[float, float]:
    """Return the p of one step, and that of the smaller of both p ranked among its own draws."""
    p_one = _ranks(np.append(one, one_drawn))
    if not pairs:
        return float(p_one[0]), float(p_one[0])
    smaller = np.minimum(p_one, _ranks(np.append(two, two_drawn)))
    return float(p_one[0]), float(np.mean(smaller <= smaller[0] + 1e-12))


def _ranks(values: Floats) -> Floats:
    """Share of the values that are at least as large as each."""
    ordered = np.sort(values)
    out: Floats = (values.size - np.searchsorted(ordered, values, side="left")) / values.size
    return out
