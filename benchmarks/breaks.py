"""Size, power, places and intervals of breaks, by simulation with a known truth.

REPEATS (default 2000) series each; `REPEATS=200 python -m benchmarks breaks` for a first look. Printed with Monte Carlo
standard errors.
"""

import os
import time
from collections.abc import Callable

import numpy as np

from analysis.corpus.demo import world
from analysis.corpus.demo.plan import Settings, make_plan
from analysis.stats.level_shifts import level_shifts
from analysis.stats.period_weights import period_weights
from benchmarks.break_dates import (
    SHIFT,
    Floats,
    N,
    coloured,
    gaussian,
    louder_after,
    one_break,
    pulse_before,
    rate,
)


def heavy(rng: np.random.Generator, rho: float) -> Floats:
    """The same of Student's t with five degrees of freedom."""
    return coloured(rng.standard_t(5, N) / np.sqrt(5 / 3), rho)


def second_order(rng: np.random.Generator, _: float) -> Floats:
    """AR(2), .4 and .3."""
    u = rng.normal(size=N + 100)
    for t in range(2, u.size):
        u[t] += 0.4 * u[t - 1] + 0.3 * u[t - 2]
    return u[100:]


def moving_average(rng: np.random.Generator, _: float) -> Floats:
    """MA(1), .6: no autoregression of low order is quite right."""
    e = rng.normal(size=N + 1)
    return e[1:] + 0.6 * e[:-1]


def counts(rng: np.random.Generator, rho: float) -> Floats:
    """Shares of about 200 articles a week, with weekly shocks; a week in ten was not collected."""
    d = rng.poisson(rng.gamma(4, 50, N)) + 1
    x = rng.binomial(d, np.minimum(0.1 * np.exp(0.4 * gaussian(rng, rho) - 0.08), 1))
    return np.where(rng.random(N) < 0.1, np.nan, x / d)


def false_alarms(make: Callable[[np.random.Generator, float], Floats], rho: float, repeats: int) -> str:
    """Share of series without a break that are said to have one, or a pulse."""
    breaks = pulses = 0
    for i in range(repeats):
        found = level_shifts(make(np.random.default_rng([30, i]), rho), n_boot=199, seed=i)
        breaks += bool(found.breaks)
        pulses += bool(found.breaks or found.pulses)
    return f"a break {rate(breaks, repeats)}, a break or a pulse {rate(pulses, repeats)}"


def demos(n: int) -> str:
    """Breaks of the border topic's weekly share in demos of other seeds, drawn as the demo is but without text.

    Offsets are weeks from the planted one; of several breaks the nearest counts. The week in which one outlet was not
    collected is left out, as in a corpus.
    """
    planted = int((np.datetime64(world.BORDER_BREAK) - np.datetime64(world.START)).astype(int)) // 7
    lost = int((np.datetime64(world.MISSING_WEEK[0]) - np.datetime64(world.START)).astype(int)) // 7
    weeks = ((world.END - world.START).days + 1) // 7
    offsets, early, late = [], 0, 0
    for seed in range(1, n + 1):
        plan = make_plan(Settings(articles=3000, seed=seed))
        at = plan.day // 7
        border = plan.topic == world.TOPICS.index(world.BREAKING)
        x, d = (np.bincount(at, weights=w, minlength=weeks)[:weeks] for w in (border * 1.0, np.ones(at.size)))
        x[lost] = d[lost] = np.nan
        found = level_shifts(x / d, weights=period_weights(x / d, d), min_length=4, n_boot=499, seed=1).breaks
        if found:
            nearest = min(found, key=lambda b: abs(b.at - planted))
            offsets.append(nearest.at - planted)
            early += nearest.high < planted
            late += nearest.low > planted
    off, of = np.array(offsets), max(len(offsets), 1)
    return (
        f"found in {len(offsets)} of {n}; weeks from the planted one: median {np.median(off):g}, "
        f"mean {off.mean():+.2f}, within one {np.mean(abs(off) <= 1):.2f}, within four {np.mean(abs(off) <= 4):.2f}; "
        f"interval covers {rate(of - early - late, of)}, ends too early in {early}, begins too late in {late}"
    )


def cost() -> str:
    """CPU time of a series of 104 without and with a break, kernels loaded."""
    y = gaussian(np.random.default_rng(1), 0.3)
    out = []
    for values in (y, y + 4 * (np.arange(N) >= 50)):
        level_shifts(values, seed=1)
        times = []
        for _ in range(5):
            start = time.process_time()
            level_shifts(values, seed=1)
            times.append(time.process_time() - start)
        out.append(f"{1000 * min(times):.0f} ms")
    return " without and ".join(out) + " with a break (499 draws)"


def main() -> None:
    """Print the tables."""
    repeats = int(os.environ.get("REPEATS", "2000"))
    print("  cost:", cost(), flush=True)
    for rho in (0.0, 0.3, 0.5):
        print(f"  no break, AR(1) {rho}:", false_alarms(gaussian, rho, repeats), flush=True)
        print(f"  {SHIFT:g} sd, AR(1) {rho}:", one_break(rho, repeats), flush=True)
    print("  3 sd, a pulse of two periods shortly before, AR(1) .3:", pulse_before(0.3, repeats), flush=True)
    for ratio in (1.5, 2.0):
        print(f"  3 sd, sd x {ratio:g} after it, AR(1) .3:", louder_after(0.3, ratio, repeats), flush=True)
    for name, make, rho in (
        ("AR(1) .7", gaussian, 0.7),
        ("AR(2) .4 .3", second_order, 0.0),
        ("MA(1) .6", moving_average, 0.0),
        ("t(5), rho .3", heavy, 0.3),
        ("shares, gaps, rho .3", counts, 0.3),
    ):
        print(f"  no break, {name}:", false_alarms(make, rho, repeats), flush=True)
    print("  demos:", demos(min(repeats, 120)), flush=True)
    print("  2 sd, AR(1) 0:", one_break(0.0, repeats, size=2.0), flush=True)


if __name__ == "__main__":
    main()
