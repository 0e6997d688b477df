"""Dates of steps, and their sizes, for `level_shifts`. Not for direct use.

Each period is judged as the date of a step with the pulses that would be found were it the date: a chance pulse
shortly before a step looks like the step itself, and the step then has too early a date without any doubt about it.
"""

from typing import NamedTuple

import numpy as np

from analysis.stats.checks import Floats
from analysis.stats.shift_problem import ROUNDS, Breaks, Problem, Pulses
from analysis.stats.shift_pulses import find_pulses, price

_ROUNDS = 10


class Places(NamedTuple):
    """Every row as the place of one step, the others being there."""

    best: int
    lacks: Floats
    """What twice the log-likelihood, less the price of the pulses, lacks to the best; inf where no step may be."""
    beside: dict[int, Pulses]
    """The pulses of each row where a step may be."""


class Dated(NamedTuple):
    """Steps at their best places."""

    breaks: Breaks
    pulses: Pulses
    places: dict[int, Places]
    """Of each break, the others being where they are."""


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


def dated(problem: Problem, breaks: Breaks, order: int) -> Dated:
    """Place each step given the others, until none moves."""
    now = tuple(sorted(breaks))
    pulses: Pulses = ()
    for _ in range(_ROUNDS):
        before, all_places = now, {}
        for b in before:
            others = tuple(o for o in now if o != b)
            found = _places(problem, others, b, order)
            now, pulses = tuple(sorted((*others, found.best))), found.beside[found.best]
            all_places[found.best] = found
        if now == before or len(now) == 1:
            break
    return Dated(now, pulses, all_places)


def _places(problem: Problem, others: Breaks, start: int, order: int) -> Places:
    """Judge every row, by the autocorrelations with the step at `start`, then at the best row."""
    from analysis.stats import step_tests

    p = problem
    level = p.level(others)
    rows = [int(b) for b in np.flatnonzero(p.allowed(others))]
    beside = {b: find_pulses(p, tuple(sorted((*others, b))), order) for b in rows}
    values = np.full(p.rows.size, -np.inf)
    best, judged = start, set[int]()
    while best not in judged:
        judged.add(best)
        kappa = sizes(p, tuple(sorted((*others, best))), beside[best], order)[2]
        for b in rows:
            x, alone = p.design(others, beside[b]), np.arange(p.rows.size) == b
            values[b] = step_tests.profile(p.y, x, p.g, p.run, alone, kappa, level, b)[b]
            values[b] -= price(p) * len(beside[b])
        best = rows[int(np.argmax(np.round(values[rows], 6)))]  # of equals the first, on every machine
    return Places(best, values.max() - values, beside)
