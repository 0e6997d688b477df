"""Before and after a named date: false alarms, coverage and power over a grid of lengths, sides and generators.

`python -m benchmarks before_after`; REPEATS (default 2000) series a cell, a quarter of them with an effect too.
Estimand: the expected ratio after less that before. Every series has a shock a period, correlated `rho` with the next
one's. Generators: `gauss`, the shock is all there is; `share` .1 of about 200 articles, shock of .4 on the logarithm;
`rare` .01 and `few` .0025 of them (two hits and a half a period); `AR(2)` .4 .3 and `MA(1)` .6, which are not the
model; `gaps`: shares with a fifth of the periods not observed.
"""

import os
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

import analysis as an
from analysis.stats.before_after import before_after
from analysis.stats.placebo import placebo

Floats = npt.NDArray[np.float64]
SIDES = (
    (6, 6), (8, 4), (10, 10), (17, 3), (3, 17), (20, 20), (25, 5), (5, 25), (52, 52), (90, 14), (14, 90), (125, 25),
)  # fmt: skip
SHARES = {"share": 0.1, "rare": 0.01, "few": 0.0025, "gaps": 0.1}
CELLS = (
    *(("gauss", rho) for rho in (0.0, 0.3, 0.5)), *(("share", rho) for rho in (0.0, 0.3, 0.5)),
    ("rare", 0.0), ("rare", 0.5), ("few", 0.0), ("few", 0.5), ("gaps", 0.5), ("AR(2)", 0.0), ("MA(1)", 0.0),
)  # fmt: skip


def shocks(rng: np.random.Generator, n: int, kind: str, rho: float) -> Floats:
    """Shocks of variance 1."""
    if kind == "AR(2)":
        e = rng.normal(size=n + 100)
        for t in range(2, e.size):
            e[t] += 0.4 * e[t - 1] + 0.3 * e[t - 2]
        return np.asarray(e[100:] / 1.48)
    e = rng.normal(size=n + 1)
    if kind == "MA(1)":
        return np.asarray((e[1:] + 0.6 * e[:-1]) / np.sqrt(1.36))
    for t in range(1, e.size):
        e[t] = rho * e[t - 1] + np.sqrt(1 - rho**2) * e[t]
    return np.asarray(e[1:])


def sums(rng: np.random.Generator, kind: str, u: Floats, factor: Floats) -> tuple[Floats, Floats]:
    """Numerators and denominators; `factor` multiplies the level."""
    if kind not in SHARES:
        return 10.0 + (factor - 1.0) * 2.0 + u, np.ones(u.size)
    d = rng.poisson(rng.gamma(4, 50, u.size)) + 1
    x = rng.binomial(d, np.minimum(SHARES[kind] * factor * np.exp(0.4 * u - 0.08), 1)).astype(float)
    d = d.astype(float)
    if kind == "gaps":
        d[rng.random(u.size) < 0.2] = np.nan
    return x, d


def truth(kind: str, factor: float) -> float:
    """Return the difference that is there."""
    return (factor - 1.0) * SHARES.get(kind, 2.0)


def cell(sides: tuple[int, int], kind: str, rho: float, repeats: int) -> str:
    """Simulate one cell."""
    n = sum(sides)
    after = np.arange(n) >= sides[0]
    tested = alarms = 0
    covered = dict.fromkeys((1.5, 3.0), 0)
    inside = dict.fromkeys(covered, 0)
    found = dict.fromkeys(covered, 0)
    have = dict.fromkeys(covered, 0)
    for i in range(repeats):
        rng = np.random.default_rng([32, n, i])
        u = shocks(rng, n, kind, rho)
        for factor in (1.0, *covered) if i % 4 == 0 else (1.0,):
            x, d = sums(rng, kind, u, np.where(after, factor, 1.0))
            if not (d[after] > 0).any() or not (d[~after] > 0).any():
                continue
            result = before_after(x, d, after)
            if factor == 1.0:
                tested += not np.isnan(result.p)
                alarms += result.p <= 0.05
                continue
            have[factor] += not np.isnan(result.p)
            found[factor] += result.p <= 0.05
            covered[factor] += result.low <= truth(kind, factor) <= result.high
            if not np.isnan(result.p):  # a bound that does not exist is an open one
                inside[factor] += not (result.ratio_low > factor or result.ratio_high < factor)
    said = f"false alarms {rate(alarms, tested)}"
    for f, n_covered in covered.items():
        ratio = f" (ratio {inside[f] / max(have[f], 1):.3f})" if kind in SHARES else ""
        said += f"; x{f:g} found {found[f] / max(have[f], 1):.2f}, covered {n_covered / max(have[f], 1):.3f}{ratio}"
    return said + ("" if tested == repeats else f"; {tested / repeats:.2f} tested")


def ranked(rho: float, repeats: int) -> str:
    """False alarms of placebo dates, four weeks on each side of the middle of 104."""
    low = 0
    for i in range(repeats):
        rng = np.random.default_rng([33, i])
        x, d = sums(rng, "share", shocks(rng, 104, "share", rho), np.ones(104))
        low += placebo(x, d, 52, n_before=4, n_after=4).p <= 0.05
    return rate(low, repeats)


def claimed(repeats: int) -> str:
    """Share of tables of 200 null series (52 weeks, 26 on each side, rho .3) with anything found at .05.

    `repeats` tables, each of 200 of a pool of 5,000 series, which is worth 25 tables that share nothing; all
    discoveries are false, so the share of tables with one is the false discovery rate.
    """
    after = np.arange(52) >= 26
    pool = []
    for i in range(5000):
        rng = np.random.default_rng([34, i])
        x, d = sums(rng, "share", shocks(rng, 52, "share", 0.3), np.ones(52))
        pool.append(before_after(x, d, after).p)
    p = np.array(pool)
    found = 0
    for i in range(repeats):
        chosen = np.random.default_rng([35, i]).choice(p, 200, replace=False)
        table = an.claims([result_of(v, j) for j, v in enumerate(chosen.tolist())]).table
        found += bool(table["found"].any())
    return rate(found, repeats)


def result_of(p: float, i: int) -> an.Result:
    """Return a comparison with this p."""
    table = pd.DataFrame({"contrast": ["pooled"], "difference": [0.0], "p": [p]})
    return an.Result(
        kind="compare", table=table, unit="", params={"label": f"{i}"}, corpus_fingerprint="f" * 32
    )


def rate(n: int, of: int) -> str:
    """Return a share with its Monte Carlo standard error."""
    p = n / max(of, 1)
    return f"{p:.3f} ({np.sqrt(p * (1 - p) / max(of, 1)):.3f})"


def cells() -> Iterator[tuple[tuple[int, int], str, float]]:
    """Every cell of the grid."""
    for sides in SIDES:
        for kind, rho in CELLS:
            yield sides, kind, rho


def main() -> None:
    """Print the table."""
    repeats = int(os.environ.get("REPEATS", "2000"))
    print("  200 null series in one claims table, false discoveries:", claimed(repeats), flush=True)
    for sides, kind, rho in cells():
        print(f"  {sides[0]} + {sides[1]}, {kind}, rho {rho:g}:", cell(sides, kind, rho, repeats), flush=True)
    for rho in (0.0, 0.3, 0.5):
        print(f"  placebo dates, rho {rho:g}: false alarms", ranked(rho, repeats), flush=True)


if __name__ == "__main__":
    main()
