"""Intervals of the dates of steps, for `level_shifts`. Not for direct use."""

import numpy as np

from analysis.fingerprint import derive_seed
from analysis.stats.checks import Floats
from analysis.stats.shift_dates import Places, sizes
from analysis.stats.shift_problem import Breaks, Problem, Pulse, Pulses, innovations, joined
from analysis.stats.shift_pulses import price

_EQUAL = 1e-6


def interval(
    b: int,
    places: Places,
    problem: Problem,
    breaks: Breaks,
    order: int,
    *,
    level: float,
    n_boot: int,
    seed: int,
) -> tuple[int, int]:
    """First and last period that a test of the place does not reject."""
    p = problem
    others = tuple(o for o in breaks if o != b)
    rng = np.random.default_rng(derive_seed(seed, f"interval {b}"))

    def limit(k: int, extra: Pulses) -> float:
        drawn = _drawn_lacks(k, extra, places.beside[k], p, others, order, n_boot, rng)
        return float(np.quantile(drawn, level, method="higher")) + _EQUAL

    usual = limit(b, ())
    kept = np.flatnonzero(places.lacks <= usual)
    first, last = min(b, *kept), max(b, *kept)
    # Pulses cost what they have to gain. Were there really one, a date that needs none would often look better: such a
    # date is judged by series that have the pulse. No limit is above the usual one and the price.
    extra = {k: _only_of(k, b, places) for k in places.beside}
    most = {k: usual + price(p) * len(pulses) for k, pulses in extra.items() if pulses}
    for k in sorted(most, key=lambda k: -abs(k - b)):
        outside = not first <= k <= last
        if outside and places.lacks[k] <= most[k] and places.lacks[k] <= limit(k, extra[k]):
            first, last = min(first, k), max(last, k)
    # A step behind a gap may have come in any of the periods that were not observed.
    return int(p.rows[first - 1]) + 1, int(p.rows[last])


def _only_of(k: int, b: int, places: Places) -> Pulses:
    """Return the pulses beside k that b does without, but for those next to k: a step at another date looks like it."""
    return tuple(
        q
        for q in places.beside[k]
        if not q.at <= k <= q.at + q.length and not any(_overlap(q, o) for o in places.beside[b])
    )


def _overlap(one: Pulse, other: Pulse) -> bool:
    return one.at < other.at + other.length and other.at < one.at + one.length


def _drawn_lacks(
    b: int,
    extra: Pulses,
    pulses: Pulses,
    problem: Problem,
    others: Breaks,
    order: int,
    n_boot: int,
    rng: np.random.Generator,
) -> Floats:
    """Draw what b lacks to the best place in series with a step there, and with pulses, `extra` being optional."""
    from analysis.stats import step_kernels as kernels
    from analysis.stats import step_tests

    breaks = tuple(sorted((*others, b)))
    p = problem.by_level(breaks, pulses, order)
    steps, heights, kappa = sizes(problem, breaks, pulses, order)
    x = p.design(others, pulses)
    fewer = p.design(others, tuple(q for q in pulses if q not in extra))
    shape = innovations(p, joined(x, p.step(b)), kappa)
    shape = shape * np.sqrt(p.rows.size / max(1, p.rows.size - x.shape[1] - 1 - kappa.size))
    drawn = rng.choice(shape, (n_boot, p.n))
    # The size is known with an error, and smaller steps are placed less well.
    spread = np.sqrt(np.mean(shape**2) / kernels.steps(p.y, x, p.g, p.run, kappa)[3][b])
    drawn_sizes = steps[breaks.index(b)] + spread * rng.normal(size=n_boot)
    fitted = np.zeros(p.rows.size)
    for pulse, height in zip(pulses, heights.tolist(), strict=True):
        fitted += height * p.pulse(pulse.at, pulse.length)
    lacks: Floats = step_tests.lacks_many(
        fitted, drawn_sizes, b, drawn, p.g, x, fewer, price(p) * len(extra), problem.g, p.run, p.all_periods,
        p.rows, kappa, p.allowed(others), p.level(others), 2,
    )  # fmt: skip
    return lacks
