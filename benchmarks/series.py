"""How often intervals cover what they are about, how long they take, and what composition does to a line.

`python -m benchmarks series`; REPEATS=2000 by default. Every simulation states its generator and its estimand. Repeats
are cells of one call, so that what is measured is the code of `trend`.
"""

import os
import time
from collections.abc import Callable

import numpy as np
from scipy.optimize import fsolve
from scipy.special import expit, logit, stdtrit

from analysis.series.clusters import bounded, equal_mean, long_run
from analysis.series.countmodel import fit, suspected_gaps
from analysis.series.draws import entries_of
from analysis.series.intervals import Estimated, Shape, shape_of, this_period
from analysis.series.split import split
from analysis.series.standard import standardised
from analysis.stats.bootstrap import unit_keys
from analysis.stats.checks import Floats, Ints

SHARE = Shape(share=True, rate=True, hit=1.0)


def covered(low: Floats, high: Floats, truth: float) -> tuple[float, float]:
    """Return the share of intervals that hold the truth, and the share of repeats that have one."""
    have = ~np.isnan(low)
    return float(((low <= truth) & (truth <= high))[have].mean()) if have.any() else float("nan"), float(
        have.mean()
    )


def shown(found: tuple[float, float]) -> str:
    """Write a coverage and the share of repeats that had an interval."""
    return f"{found[0]:.3f} ({found[1]:.2f})"


def intervals(cell: Ints, story: Ints, x: Floats, n: Floats, repeats: int, n_boot: int = 999) -> Estimated:
    """Estimate every repeat (cell) by resampling stories; the draws are those of `trend`."""
    names, number = np.unique(story, return_inverse=True)
    keys = unit_keys([str(s) for s in names])
    entries = entries_of(cell, number, np.zeros(cell.size, dtype=np.int64), x, n, keys, repeats)
    return this_period(entries, shape_of(x, n), level=0.95, n_boot=n_boot, seed=1)


def wire(rng: np.random.Generator, repeats: int, n_outlets: int, share: float) -> tuple[Estimated, Estimated]:
    """100 stories a period, 20 of them wire copy in `n_outlets` papers; each story has the term with chance `share`.

    Estimand: `share`. Returned: stories resampled, and for contrast articles.
    """
    copies = np.tile(np.repeat([1, n_outlets], [80, 20]), repeats)
    story = np.repeat(np.arange(100 * repeats), copies)
    has = rng.random(100 * repeats) < share
    x, n = has[story].astype(float), np.ones(story.size)
    cell = story // 100
    return intervals(cell, story, x, n, repeats), intervals(cell, np.arange(story.size), x, n, repeats)


def rare(rng: np.random.Generator, repeats: int, n_stories: int, share: float) -> Estimated:
    """Stories of one article each, the term in `share` of them. Estimand: `share`."""
    story = np.arange(n_stories * repeats)
    x = (rng.random(story.size) < share).astype(float)
    return intervals(story // n_stories, story, x, np.ones(story.size), repeats)


def words(rng: np.random.Generator, repeats: int, n_stories: int, rate: float) -> Estimated:
    """Articles of log-normal length; a term at a gamma-distributed rate in each (shape .25). Estimand: `rate`.

    Rate and length are independent, so the ratio of sums estimates the mean rate.
    """
    story = np.arange(n_stories * repeats)
    n = np.round(np.exp(rng.normal(5.8, 0.6, story.size)))
    x = rng.poisson(n * rng.gamma(0.25, rate / 0.25, story.size)).astype(float)
    return intervals(story // n_stories, story, x, n, repeats)


def events(
    rng: np.random.Generator,
    repeats: int,
    reports: int,
    n_days: int,
    share: float = 0.3,
    per_day: float = 1.5,
) -> tuple[Floats, Floats, Estimated]:
    """Events by a Poisson process, `per_day` of them, each with `reports` separately written reports within four days.

    A report is about the subject with chance .9 where its event is (chance `share`) and .1 x share / (1 - share)
    elsewhere, so that the share of reports on it is `share`: the estimand. Returned: bounds of `process`, and for
    contrast stories resampled.
    """
    n_events = rng.poisson(per_day * (n_days + 4), repeats)
    cell = np.repeat(np.arange(repeats), n_events)
    start = rng.integers(-4, n_days, cell.size)
    about = rng.random(cell.size) < share
    cell, start, about = (np.repeat(v, reports) for v in (cell, start, about))
    day = start + (rng.random(cell.size) ** 2 * 4).astype(int)
    hit = (rng.random(cell.size) < np.where(about, 0.9, 0.1 * share / (1 - share))).astype(float)
    kept = (day >= 0) & (day < n_days)
    cell, day, hit = cell[kept], day[kept], hit[kept]
    ones = np.ones(cell.size)
    n = np.bincount(cell, minlength=repeats)
    estimate = np.bincount(cell, weights=hit, minlength=repeats) / n
    slot = cell * n_days + day
    size = repeats * n_days
    influence = (
        np.bincount(slot, weights=hit - estimate[cell], minlength=size).reshape(repeats, -1) / n[:, None]
    )
    error, t = long_run(influence, 0.95)
    low, high = bounded(estimate, error * t, SHARE)
    return low, high, intervals(cell, np.arange(cell.size), hit, ones, repeats)


def outlets(
    rng: np.random.Generator, repeats: int, n_outlets: int, icc: float, mean: float, law: str
) -> dict[str, float]:
    """Outlets of 20 to 2,000 articles whose shares have mean `mean` and intraclass correlation `icc`.

    `law` of the shares: beta; normal, kept between 0 and 1; or logit-normal, with a longer tail than the model has.
    Estimand: the mean over outlets at large.

    Returned: coverage of what `trend` shows, given that it shows one; the share of repeats that have one; coverage of
    the t on the logit of the mean alone, and of the normal interval that takes articles for independent.
    """
    size = np.round(np.exp(rng.uniform(np.log(20), np.log(2000), (n_outlets, repeats)))).astype(int)
    concentration = (1 - icc) / icc if icc else np.inf
    p = np.full(size.shape, mean)
    if icc and law == "beta":
        p = rng.beta(mean * concentration, (1 - mean) * concentration, size.shape)
    elif icc and law == "normal":
        step = np.minimum(np.sqrt(icc * mean * (1 - mean)) * np.abs(rng.standard_normal(size.shape)), mean)
        p = mean + step * rng.choice(
            [-1.0, 1.0], size.shape
        )  # cut on both sides alike, so that the mean stays
    elif icc:
        middle, spread = logit_normal(mean, icc)
        p = expit(middle + spread * rng.standard_normal(size.shape))
    hits = rng.binomial(size, p)
    found = equal_mean(hits / size, size.astype(float), SHARE, 0.95)
    t = stdtrit(n_outlets - 1, 0.975)
    pooled = hits.sum(axis=0) / size.sum(axis=0)
    naive = 1.96 * np.sqrt(pooled * (1 - pooled) / size.sum(axis=0))
    low, high = bounded(found.estimate, t * found.error, SHARE)
    covers, have = covered(found.low, found.high, mean)
    return {
        "shown": covers,
        "have": have,
        "t": float(((low <= mean) & (mean <= high)).mean()),
        "naive": float((abs(pooled - mean) <= naive).mean()),
    }


def logit_normal(mean: float, icc: float) -> tuple[float, float]:
    """Mean and standard deviation on the logit that give this mean and intraclass correlation."""
    at, weight = np.polynomial.hermite_e.hermegauss(60)
    weight = weight / weight.sum()

    def off(v: Floats) -> list[float]:
        p = expit(v[0] + np.exp(v[1]) * at)
        first = float(weight @ p)
        variance = max(float(weight @ p**2) - first**2, 1e-300)
        return [logit(first) - logit(mean), np.log(variance / (icc * mean * (1 - mean)))]

    middle, log_spread = fsolve(off, [logit(mean) - 0.5, 0.0]).tolist()
    return middle, float(np.exp(log_spread))


def false_gaps(
    rng: np.random.Generator, repeats: int, draw: Callable[[np.random.Generator, Ints], Ints]
) -> float:
    """Suspected gaps an outlet and year where there is none; `draw` makes the counts of 365 days."""
    weekday = np.arange(365) % 7
    none = np.zeros(365, dtype=bool)
    found = 0
    for _ in range(repeats):
        counts = draw(rng, weekday)
        first, last = np.flatnonzero(counts)[[0, -1]]
        span = slice(first, last + 1)
        found += len(suspected_gaps(fit(counts[span], weekday[span], none[span], ~none[span])))
    return found / repeats


def _moved(rng: np.random.Generator, day: Ints) -> Ints:
    counts = np.zeros(day.size, dtype=np.int64)
    at = np.flatnonzero(day == 3)
    np.add.at(counts, np.clip(at + rng.integers(-1, 2, at.size), 0, day.size - 1), rng.poisson(25, at.size))
    return counts


def _bursts(rng: np.random.Generator, n: int) -> Ints:
    log = np.zeros(n)
    for t in range(1, n):
        log[t] = 0.9 * log[t - 1] + 0.4 * rng.standard_normal()
    return rng.poisson(2 * np.exp(log - 0.42))


OUTLETS: dict[str, Callable[[np.random.Generator, Ints], Ints]] = {
    "one a weekday": lambda rng, day: rng.poisson(np.where(day < 5, 1.0, 0.0)),
    "ten a day, overdispersed": lambda rng, day: rng.negative_binomial(3, 3 / 13, day.size),
    "weekly, 30 on Thursdays": lambda rng, day: rng.poisson(np.where(day == 3, 30.0, 0.0)),
    "weekly, a day early or late": _moved,
    "every second week": lambda rng, day: rng.poisson(np.where(np.arange(day.size) % 14 == 3, 20.0, 0.0)),
    "monthly": lambda rng, day: rng.poisson(np.where(np.arange(day.size) % 30 == 3, 25.0, 0.0)),
    "bursts (AR(1) log rate, rho .9)": lambda rng, day: _bursts(rng, day.size),
    "growing from .4 to 8 a day": lambda rng, day: rng.poisson(np.linspace(0.4, 8, day.size)),
}


def speed() -> float:
    """CPU seconds for 2,000 replicates over 100,000 articles in 80,000 stories and 104 weeks; the best of three."""
    rng = np.random.default_rng(1)
    cell, story = rng.integers(0, 104, 100_000), rng.integers(0, 80_000, 100_000)
    n = np.round(np.exp(rng.normal(5.8, 0.6, cell.size)))
    x = rng.poisson(n * 0.001).astype(float)
    best = np.inf
    for _ in range(3):
        start = time.process_time()
        intervals(cell, story, x, n, 104, 2000)
        best = min(best, time.process_time() - start)
    return best


def drift(rng: np.random.Generator, repeats: int) -> tuple[float, float]:
    """Root mean square error of the last of 104 weeks: overlaps all at once, and neighbours chained.

    12 outlets at constant shares (5 to 25 %), about two articles a week each, so that many weeks lack one.
    """
    level = np.linspace(0.05, 0.25, 12)[:, None]
    errors = np.zeros((repeats, 2))
    for r in range(repeats):
        n = rng.poisson(2.0, (12, 104)).astype(float)
        n[:6, 60:] = 0.0
        n[9:, :40] = 0.0
        x = rng.binomial(n.astype(int), level).astype(float)
        truth = standardised(level * n, n).line
        found = standardised(x, n).line
        errors[r] = found[-1] - truth[-1], _chained(x, n)[-1] - _chained(level * n, n)[-1]
    overlaps, chained = np.sqrt((errors**2).mean(axis=0)).tolist()
    return overlaps, chained


def _chained(x: Floats, n: Floats) -> Floats:
    ratio = np.divide(x, n, out=np.zeros(n.shape), where=n > 0)
    value, line = 0.0, [0.0]
    for t in range(1, n.shape[1]):
        common = (n[:, t] > 0) & (n[:, t - 1] > 0)
        if common.any():
            weight = (n[common, t] / n[common, t].sum() + n[common, t - 1] / n[common, t - 1].sum()) / 2
            value += float(weight @ (ratio[common, t] - ratio[common, t - 1]))
        line.append(value)
    return np.array(line)


def main() -> None:
    """Print every figure."""
    repeats = int(os.environ.get("REPEATS", "2000"))
    rng = np.random.default_rng(20260101)
    print(f"coverage of nominal .95 intervals, {repeats:,} repeats (share of repeats with an interval)")

    def said(name: str, found: Estimated, truth: float) -> None:
        print(f"  {name}: " + shown(covered(found.low, found.high, truth)))

    for share in (0.1, 0.3):
        for n in (5, 20):
            stories, articles = wire(rng, repeats, n, share)
            said(f"wire copy in {n} outlets, share {share}, stories resampled", stories, share)
            said("    articles resampled", articles, share)
    for n_stories, share in ((50, 0.01), (200, 0.01), (1000, 0.01), (50, 0.2), (200, 0.1), (20, 0.5)):
        said(f"share {share} over {n_stories} stories", rare(rng, repeats, n_stories, share), share)
    for n_stories, rate in ((100, 2e-4), (300, 1e-3), (1000, 1e-3)):
        said(f"rate {rate} per word over {n_stories} articles", words(rng, repeats, n_stories, rate), rate)
    for n_days in (30, 91, 365):
        for reports in (3, 6):
            low, high, stories = events(rng, repeats, reports, n_days)
            print(
                f"  events reported by {reports}, {n_days} days, process: %.3f (%.2f)"
                % covered(low, high, 0.3)
            )
            said("    stories resampled", stories, 0.3)
    for law, mean in (("normal", 0.4), ("beta", 0.4), ("beta", 0.2), ("beta", 0.05), ("logit-normal", 0.05)):
        for n in (8, 12):
            for icc in (0.0, 0.1, 0.2, 0.3):
                found = outlets(rng, repeats, n, icc, mean, law)
                print(
                    f"  {n} unequal outlets, {law} around {mean}, ICC {icc}: {found['shown']:.3f} "
                    f"({found['have']:.2f}), t alone {found['t']:.3f}, articles as independent {found['naive']:.3f}"
                )
    print("suspected gaps an outlet and year where there is none")
    for name, draw in OUTLETS.items():
        print(f"  {name}: {false_gaps(rng, max(100, repeats // 10), draw):.4f}")
    mix = split(np.array([4.0, 5]), np.array([80.0, 20]), np.array([1.0, 20]), np.array([20.0, 80]))
    print(f"constant outlets, mix .2 -> .8: change {mix.change:.12f}, within {mix.within.sum():.1e}")
    overlaps, chained = drift(rng, repeats // 10)
    print(f"error of a standardised line after 104 weeks: overlaps {overlaps:.4f}, chained {chained:.4f}")
    print(f"2,000 replicates over 100,000 articles: {speed():.2f} CPU s")


if __name__ == "__main__":
    main()
