"""Is there one step more? The sieve bootstrap behind `level_shifts`. Not for direct use."""

from typing import Any, NamedTuple

import numpy as np

from analysis.fingerprint import derive_seed
from analysis.stats.checks import Floats
from analysis.stats.shift_problem import ROUNDS, Breaks, Problem, Pulses, innovations, joined

_MAX_ORDER = 3
_BIAS_DRAWS = 199
_MOST_PAIRS = 400  # above so many periods pairs of steps are not searched: it costs n^2 a draw


class OneMore(NamedTuple):
    """The test of further steps."""

    p: float
    """Of one or two steps more."""
    p_one: float
    """Of one step more, before the pair was looked at."""
    one: int
    """Row of the best step; -1 where there is none."""
    pair: tuple[int, int]
    """Rows of the best pair; -1, -1 where there is none."""


def choose_order(problem: Problem) -> int:
    """Order of the autoregression, by the criterion of Hannan & Quinn (1979), the best step taken out.

    AIC takes an order above 1 for one AR(1) series in four; the test then finds a break in 6.5 % instead of 5.4 %. BIC
    takes order 1 for an AR(2) too often (8 %).
    """
    from analysis.stats import step_kernels as kernels

    p, n = problem, problem.rows.size
    values = []
    for order in range(1, max(1, min(_MAX_ORDER, n // 15)) + 1):
        fitted = kernels.fit_one(p.y, p.x, p.g, p.run, p.allowed(()), np.zeros(order), ROUNDS)
        values.append(2.0 * np.log(np.log(n)) * order - 2.0 * fitted[0])
    return 1 + int(np.argmin(values))


def one_more(
    problem: Problem, breaks: Breaks, pulses: Pulses, order: int, *, n_boot: int, seed: int
) -> OneMore:
    """Test for one step, or two, beside the given ones."""
    from analysis.stats import step_tests

    allowed = problem.allowed(breaks)
    x = problem.design(breaks, pulses)
    if not allowed.any() or not problem.varies(x):
        return OneMore(1.0, 1.0, -1, (-1, -1))
    p = problem.by_level(breaks, pulses, order)
    pairs = p.rows.size <= _MOST_PAIRS
    among = (allowed, p.rows, p.min_length)
    one, two, under_none, under_one, at, first, second = step_tests.compare(
        p.y, x, p.g, p.run, *among, order, ROUNDS, pairs
    )
    # The shape of the innovations with the step taken out, the autocorrelations with it left in: a step that is there
    # makes the latter larger and the test more careful, which costs little, as the statistic hardly depends on them.
    shape = innovations(p, x if at < 0 else joined(x, p.step(at)), under_one)
    rng = np.random.default_rng(seed)
    fixed = (x, p.g, p.run, p.all_periods, p.rows)
    again = _many(rng.choice(shape, (_BIAS_DRAWS, p.n)), *fixed, under_none, *among, 2, False)[2]
    drawn = _many(
        rng.choice(shape, (n_boot, p.n)), *fixed, corrected(under_none, again), *among, ROUNDS, pairs
    )
    p_one, p_both = _smaller_p(one, drawn[0], two, drawn[1], pairs)
    return OneMore(p_both, p_one, int(at), (int(first), int(second)))


def _many(series: Floats, *given: Any) -> tuple[Floats, ...]:
    """Compare many drawn series, each by itself: a stretch of them a core."""
    from analysis.jit import side_by_side
    from analysis.stats import step_tests

    found: dict[int, tuple[Floats, ...]] = {}

    def work(first: int, past: int) -> None:
        found[first] = step_tests.compare_many(series[first:past], *given)

    side_by_side(work, range(len(series) + 1))
    pieces = [found[first] for first in sorted(found)]
    return tuple(np.concatenate(columns) for columns in zip(*pieces, strict=True))


def without(
    b: int, problem: Problem, breaks: Breaks, pulses: Pulses, order: int, *, n_boot: int, seed: int
) -> float:
    """Return the p of one step given the others: were they all, would there be one more?"""
    others = tuple(o for o in breaks if o != b)
    return one_more(problem, others, pulses, order, n_boot=n_boot, seed=derive_seed(seed, f"without {b}")).p


def corrected(kappa: Floats, drawn: Floats) -> Floats:
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
