"""Pulses: one or two periods that stand apart and after which the level is as before. Not for direct use."""

import numpy as np
from scipy import stats

from analysis.stats.checks import Floats
from analysis.stats.shift_problem import ROUNDS, Breaks, Problem, Pulse, Pulses, innovations, joined

PULSE_LEVEL = 0.005
"""Level at which a pulse is called one, over all periods: few, so that breaks and pulses together stay below .07."""

BESIDE_LEVEL = 0.05
"""The same beside a step, whose date rests on it: no alarm depends on these, and a date judged without one is wrong."""

_LONGEST = 2


def find_pulses(problem: Problem, breaks: Breaks, order: int) -> Pulses:
    """Periods that stand apart by themselves, one after the other, given the breaks, or the best step where none is."""
    limit = BESIDE_LEVEL if breaks else PULSE_LEVEL
    pulses: Pulses = ()
    while len(pulses) < max(1, problem.rows.size // 20):
        found = _best(problem.by_level(breaks, pulses, order), breaks, pulses, order)
        if found is not None and breaks:
            # Once more by the variance of its level without it: a large pulse hides in its own.
            found = _best(problem.by_level(breaks, (*pulses, found), order), breaks, pulses, order)
        if found is None or found.p > limit:
            break
        pulses = (*pulses, found)
    return pulses


def _best(p: Problem, breaks: Breaks, pulses: Pulses, order: int) -> Pulse | None:
    """Return the pulse that gains most, if there is anything to gain."""
    from analysis.stats import step_kernels as kernels
    from analysis.stats import step_tests

    x = p.design(breaks, pulses)
    if breaks:
        _, kappa, _ = kernels.fit(p.y, x, p.g, p.run, np.zeros(order), ROUNDS)
    else:
        _, kappa, at = kernels.fit_one(p.y, x, p.g, p.run, p.allowed(()), np.zeros(order), ROUNDS)
        x = x if at < 0 else joined(x, p.step(at))
    at, length, gain, rss = step_tests.best_pulse(p.y, x, p.g, p.run, p.rows, kappa, _LONGEST)
    dof = p.rows.size - x.shape[1] - 1 - order
    if at < 0 or dof < 5 or not p.varies(x):
        return None
    t = float(np.sqrt(gain / max((rss - gain) / dof, 1e-300)))
    left = innovations(p, joined(x, p.pulse(at, length)), kappa)
    return Pulse(int(at), int(length), min(1.0, _LONGEST * p.rows.size * _tail(t, left, dof)))


def price(problem: Problem) -> float:
    """Twice the log-likelihood that a pulse beside a step has to gain to be called one, were errors normal.

    An account of the series with one pulse more has to be better by as much.
    """
    n = problem.rows.size
    t = float(stats.norm.isf(BESIDE_LEVEL / (2 * _LONGEST * n)))
    return n * float(np.log1p(t * t / n))


def _tail(t: float, residuals: Floats, dof: int) -> float:
    """Two-sided tail of t: of Student's law with the residuals' kurtosis and one standard error of it more.

    A hundred residuals tell little about tails: taken as they are, one series of t(5) in twelve has a false pulse.
    """
    squares = (residuals - residuals.mean()) ** 2
    kurtosis = float(np.mean(squares**2)) / max(float(np.mean(squares)) ** 2, 1e-300) - 3.0
    excess = kurtosis + np.sqrt(24.0 / residuals.size)
    heavy = 4.0 + 6.0 / excess if excess > 0 else np.inf
    nu = min(float(dof), heavy)
    widened = t * np.sqrt(nu / (nu - 2.0)) if nu < dof else t
    return float(2.0 * stats.t.sf(widened, nu))
