"""A coder and a classifier whose errors change: does the corrected change cover the truth, and what does pooling say?

`python -m benchmarks correction`; REPEATS=2000 by default (a quarter of that for other sample sizes). Two periods of
1,500 articles, 30 % positive in both, so the true change is 0. The classifier finds .8 of the positive and .9 of the
negative articles in the first period, .7 and .95 in the second. Articles are drawn as `coding_sheet` draws them (by
period and score) and coded rightly. Intervals: of each period by `trend`'s bootstrap over stories, of the change by
linearisation.
"""

import os

import numpy as np

from analysis.coding.sample import allocate
from analysis.series.draws import entries_of
from analysis.series.intervals import shape_of, this_period
from analysis.stats.bootstrap import unit_keys
from analysis.stats.pseudo import cross_fitted, folds_of, pseudo_outcomes

N, POSITIVE = 1500, 0.3
SENSITIVITY, SPECIFICITY = np.array([0.8, 0.7]), np.array([0.9, 0.95])


def once(rng: np.random.Generator, n_coded: int, number: int) -> dict[str, float]:
    """Simulate one corpus and one sample."""
    period = np.repeat([0, 1], N)
    truth = rng.random(2 * N) < POSITIVE
    machine = np.where(
        truth, rng.random(2 * N) < SENSITIVITY[period], rng.random(2 * N) > SPECIFICITY[period]
    ).astype(float)
    stratum = period * 2 + machine.astype(int)
    sizes = np.bincount(stratum, minlength=4)
    take = allocate(sizes, n_coded)
    coded, chance = np.full(2 * N, np.nan), np.full(2 * N, np.nan)
    for h in range(4):
        drawn = rng.permutation(np.flatnonzero(stratum == h))[: take[h]]
        coded[drawn], chance[drawn] = truth[drawn], take[h] / sizes[h]
    keys = unit_keys(f"{number}-{i}" for i in range(2 * N))
    x = pseudo_outcomes(cross_fitted(machine, coded, chance, folds_of(keys)), coded, chance)
    ones = np.ones(2 * N)
    found = this_period(
        entries_of(period, np.arange(2 * N), np.zeros(2 * N, dtype=np.int64), x, ones, keys, 2),
        shape_of(x, ones), level=0.95, n_boot=499, seed=1,
    )  # fmt: skip
    means, errors = found.estimate, found.error
    change, error = means[1] - means[0], float(np.hypot(*errors))
    have = np.isfinite(coded)
    weight, y, f = 1 / chance[have], coded[have], machine[have]
    found_positive = np.average(f[y == 1], weights=weight[y == 1])
    found_negative = 1 - np.average(f[y == 0], weights=weight[y == 0])
    apparent = [machine[period == p].mean() for p in (0, 1)]
    return {
        "change": change,
        "covers": abs(change) <= 1.96 * error,
        "period_covers": float(((found.low <= POSITIVE) & (found.high >= POSITIVE)).mean()),
        "pooled": (apparent[1] - apparent[0]) / (found_positive + found_negative - 1),
        "apparent": apparent[1] - apparent[0],
        "error": error,
    }


def main() -> None:
    """Print the figures."""
    asked = int(os.environ.get("REPEATS", "2000"))
    for n_coded, repeats in ((300, asked), (150, asked // 4), (600, asked // 4)):
        rng = np.random.default_rng(n_coded)
        rows = [once(rng, n_coded, r) for r in range(repeats)]
        mean = {k: float(np.mean([r[k] for r in rows])) for k in rows[0]}
        spread = float(np.std([r["change"] for r in rows]))
        print(
            f"{n_coded} of {2 * N:,} coded, {repeats:,} repeats: corrected change {mean['change']:+.3f} "
            f"(sd {spread:.3f}, "
            f"mean error {mean['error']:.3f}), covers 0 in {mean['covers']:.3f}; periods' intervals cover in "
            f"{mean['period_covers']:.3f}; pooled correction {mean['pooled']:+.3f}; "
            f"uncorrected {mean['apparent']:+.3f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
