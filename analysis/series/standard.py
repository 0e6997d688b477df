"""A line with the mix of outlets held fixed, from sums by stratum and period. Arrays in, arrays out.

Not for saying how much of a change the mix made: that is `split`.
"""

from typing import NamedTuple

import numpy as np

from analysis.stats.checks import Bools, Floats


class Standardised(NamedTuple):
    """The line, (n_periods,), NaN without support; the strata it rests on; `fixed`, `overlaps` or `none`.

    `unsupported` marks the periods that have something, but no overlap with those of the line.
    """

    line: Floats
    panel: Bools
    kind: str
    unsupported: Bools


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
    all denominators, the line is sum_s w_s x_st / n_st over it.

    Otherwise periods are compared through the strata they have in common, all at once: x_st / n_st = a_s + b_t by least
    squares with weights n_st, and the line is b_t + sum_s w_s a_s (the time dummy method of index numbers, Rao 2005,
    Review of Income and Wealth 51(4)). Chaining neighbours would add up the noise of every link. Periods that no
    stratum connects with the largest connected part have no line: nothing holds them together.
    """
    there = (n > 0).any(axis=0)
    line, none = np.full(n.shape[1], np.nan), np.zeros(n.shape[1], dtype=np.bool_)
    if not there.any():
        return Standardised(line, np.zeros(n.shape[0], dtype=np.bool_), "none", none)
    panel: Bools = np.asarray((n[:, there] > 0).all(axis=1))
    if n[panel].sum() >= 0.5 * n.sum():
        weight = np.ones(int(panel.sum())) if equal else n[panel].sum(axis=1)
        own, size = x[panel][:, there], n[panel][:, there]
        line[there] = weight / weight.sum() @ (own / size)
        return Standardised(line, panel, "fixed", none)
    strata, periods = _largest_part(n)
    line[periods] = _through_overlaps(x[strata][:, periods], n[strata][:, periods], equal=equal)
    return Standardised(line, strata, "overlaps", there & ~periods)


def _largest_part(n: Floats) -> tuple[Bools, Bools]:
    """Return the strata and periods of the connected part that holds most of the denominators."""
    from scipy import sparse
    from scipy.sparse.csgraph import connected_components

    n_strata = n.shape[0]
    _, part = connected_components(sparse.bmat([[None, n > 0], [(n > 0).T, None]]), directed=False)
    sizes = np.bincount(part[:n_strata], weights=n.sum(axis=1))
    chosen = part == int(sizes.argmax())
    return chosen[:n_strata], chosen[n_strata:]


def _through_overlaps(x: Floats, n: Floats, *, equal: bool) -> Floats:
    """Periods' effects by weighted least squares; the strata's are eliminated from the normal equations last."""
    weight = (n > 0).astype(np.float64) if equal else n
    ratio = np.divide(x, n, out=np.zeros(n.shape), where=n > 0)
    by_stratum, by_period = weight.sum(axis=1), weight.sum(axis=0)
    moved = weight / by_period
    matrix = np.diag(by_stratum) - moved @ weight.T
    right = (weight * ratio).sum(axis=1) - moved @ (weight * ratio).sum(axis=0)
    effect = np.linalg.lstsq(matrix, right, rcond=1e-12)[0]  # one level is free: the least of all solutions
    time = ((weight * ratio).sum(axis=0) - weight.T @ effect) / by_period
    share = np.ones(effect.size) / effect.size if equal else by_stratum / by_stratum.sum()
    return np.asarray(time + share @ effect)
