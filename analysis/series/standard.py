"""A line with the mix of outlets held fixed, from sums by stratum and period. Arrays in, arrays out.

Not for saying how much of a change the mix made: that is `split`.
"""

from typing import NamedTuple

import numpy as np

from analysis.stats.checks import Bools, Floats


class Standardised(NamedTuple):
    """The line, (n_periods,), NaN without support; the strata of its panel; `fixed`, `chained` or `none`.

    `broken` is the number of the first period that shares no stratum with the one before it, -1 if there is none.
    """

    line: Floats
    panel: Bools
    kind: str
    broken: int


def standardised(x: Floats, n: Floats, *, equal: bool = False) -> Standardised:
    """Hold the mix of strata fixed.

    Parameters
    ----------
    x, n
        Numerators and denominators, (n_strata, n_periods); a denominator of 0 is no support.
    equal
        Weigh strata equally; else by their share of the panel's denominators over all its periods.

    Notes
    -----
    The fixed panel is the strata with a denominator in every period that has any. Where it holds at least half of
    all denominators, the line is sum_s w_s x_st / n_st over it. Otherwise differences from period to period, over the
    strata common to both and with the mean of their shares in the two, are chained, and the chain is put at the height
    at which its mean (by denominators) is that of the pooled line over the same periods.
    From the first pair of periods without a common stratum on there is no line: nothing holds it together.
    """
    there = np.flatnonzero((n > 0).any(axis=0))
    line = np.full(n.shape[1], np.nan)
    if not there.size:
        return Standardised(line, np.zeros(n.shape[0], dtype=np.bool_), "none", -1)
    x, n = x[:, there], n[:, there]
    ratio = np.divide(x, n, out=np.zeros(n.shape), where=n > 0)
    panel: Bools = np.asarray((n > 0).all(axis=1))
    if n[panel].sum() >= 0.5 * n.sum():
        weight = np.ones(int(panel.sum())) if equal else n[panel].sum(axis=1)
        line[there] = weight / weight.sum() @ ratio[panel]
        return Standardised(line, panel, "fixed", -1)
    steps, broken = [0.0], -1
    for t in range(1, there.size):
        common = (n[:, t] > 0) & (n[:, t - 1] > 0)
        if not common.any():
            broken = int(there[t])
            break
        ones = common.astype(np.float64)
        sizes = (ones, ones) if equal else (n[:, t - 1] * common, n[:, t] * common)
        weight = sum(size / size.sum() for size in sizes) / 2
        steps.append(float(weight @ (ratio[:, t] - ratio[:, t - 1])))
    chain, kept = np.cumsum(steps), slice(0, len(steps))
    pooled = ratio[:, kept].sum(axis=0) / (n[:, kept] > 0).sum(axis=0) if equal else None
    total = n[:, kept].sum(axis=0)
    pooled = x[:, kept].sum(axis=0) / total if pooled is None else pooled
    line[there[kept]] = chain + float(total @ (pooled - chain)) / float(total.sum())
    return Standardised(line, np.asarray((n > 0).any(axis=1)), "chained", broken)
