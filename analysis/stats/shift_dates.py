"""Sizes of steps, intervals of their dates, and pulses, for `level_shifts`. Not for direct use."""

import numpy as np
from scipy import stats

from analysis.fingerprint import derive_seed
from analysis.stats.checks import Floats
from analysis.stats.shift_problem import ROUNDS, Breaks, Problem, Pulse, Pulses, innovations, joined

PULSE_LEVEL = 0.005
"""Level at which a pulse is called one, over all periods: few, so that breaks and pulses together stay below .07."""

_LONGEST_PULSE = 2


def sizes(problem: Problem, breaks: Breaks, pulses: Pulses, order: int) -> tuple[Floats, Floats, Floats]:
    """Return the sizes of the steps, of the pulses, and the autocorrelations, by generalised least squares."""
    from analysis.stats import autoregression
    from analysis.stats import step_kernels as kernels

    p = problem
    x = p.design(breaks, pulses)
    _, kappa, _ = kernels.fit(p.y, x, p.g, p.run, np.zeros(order), ROUNDS)
    phi, scale = autoregression.levinson(kappa)
    white = np.column_stack(
        [autoregression.whiten(p.g * x[:, i], p.run, phi, scale) for i in range(x.shape[1])]
    )
    size = np.linalg.lstsq(white, autoregression.whiten(p.g * p.y, p.run, phi, scale), rcond=None)[0]
    first = p.x.shape[1]
    return size[first + len(pulses) :], size[first : first + len(pulses)], kappa


def interval(
    b: int,
    size: float,
    problem: Problem,
    breaks: Breaks,
    pulses: Pulses,
    kappa: Floats,
    *,
    level: float,
    n_boot: int,
    seed: int,
) -> tuple[int, int]:
    """First and last period that a test of the place does not reject."""
    from analysis.stats import step_kernels as kernels
    from analysis.stats import step_tests

    p = problem
    others = tuple(o for o in breaks if o != b)
    allowed = p.allowed(others)
    x = p.design(others, pulses)
    shape = innovations(p, joined(x, p.step(b)), kappa)
    shape = shape * np.sqrt(p.rows.size / max(1, p.rows.size - x.shape[1] - 1 - kappa.size))
    rng = np.random.default_rng(derive_seed(seed, f"interval {b}"))
    drawn = rng.choice(shape, (n_boot, p.n))
    # The size is known with an error, and smaller steps are placed less well.
    spread = np.sqrt(np.mean(shape**2) / kernels.steps(p.y, x, p.g, p.run, kappa)[3][b])
    drawn_sizes = size + spread * rng.normal(size=n_boot)
    lacks = step_tests.profile_many(
        drawn_sizes, b, drawn, x, p.g, p.run, p.all_periods, p.rows, kappa, allowed, 2
    )
    limit = np.quantile(lacks, level, method="higher")
    kept = np.flatnonzero(step_tests.profile(p.y, x, p.g, p.run, allowed, kappa) <= limit + 1e-9)
    first, last = min(b, *kept), max(b, *kept)
    # A step behind a gap may have come in any of the periods that were not observed.
    return int(p.rows[first - 1]) + 1, int(p.rows[last])


def find_pulses(problem: Problem, breaks: Breaks, known: Pulses, order: int) -> Pulses:
    """Add periods that stand apart by themselves, given the breaks, or the best step where none is known."""
    from analysis.stats import step_kernels as kernels
    from analysis.stats import step_tests

    pulses = known
    while len(pulses) < max(1, problem.rows.size // 20):
        p = problem.by_level(breaks, pulses, order)
        x = p.design(breaks, pulses)
        if breaks:
            _, kappa, _ = kernels.fit(p.y, x, p.g, p.run, np.zeros(order), ROUNDS)
        else:
            _, kappa, at = kernels.fit_one(p.y, x, p.g, p.run, p.allowed(()), np.zeros(order), ROUNDS)
            x = x if at < 0 else joined(x, p.step(at))
        at, length, gain, rss = step_tests.best_pulse(p.y, x, p.g, p.run, p.rows, kappa, _LONGEST_PULSE)
        dof = p.rows.size - x.shape[1] - 1 - order
        if at < 0 or dof < 5 or not p.varies(x):
            break
        t = float(np.sqrt(gain / max((rss - gain) / dof, 1e-300)))
        left = innovations(p, joined(x, p.pulse(at, length)), kappa)
        chance = min(1.0, _LONGEST_PULSE * p.rows.size * _tail(t, left, dof))
        if chance > PULSE_LEVEL:
            break
        pulses = (*pulses, Pulse(int(at), int(length), chance))
    return pulses


def _tail(t: float, residuals: Floats, dof: int) -> float:
    """Two-sided tail of t: of Student's law with the residuals' kurtosis and one standard error of it more.

    A hundred residuals tell little about tails: taken as they are, one series of t(5) in twelve has a false pulse.
    """
    excess = float(stats.kurtosis(residuals)) + np.sqrt(24.0 / residuals.size)
    heavy = 4.0 + 6.0 / excess if excess > 0 else np.inf
    nu = min(float(dof), heavy)
    widened = t * np.sqrt(nu / (nu - 2.0)) if nu < dof else t
    return float(2.0 * stats.t.sf(widened, nu))
