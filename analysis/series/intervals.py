"""Intervals for one period: bootstrap-t for rates and scores, effective numbers for shares, exact ones for few hits.

The target is named `this_period`: what the stories of the period would have given had others of their kind been
written. Not for the process behind it (events that several stories share) and not for outlets at large: `clusters`.
"""

from typing import NamedTuple

import numpy as np

from analysis.series.draws import Entries, draw
from analysis.series.measuring import Others, measuring, with_measuring
from analysis.stats.checks import Bools, Floats, Ints
from analysis.stats.intervals import Interval, gamma_rate, korn_graubard

MIN_STORIES = 5
MIN_HITS = 10
MIN_SHARE_HITS = 5
_BLOCK = 2_000_000  # draws held at a time: 32 MB


class Estimated(NamedTuple):
    """Estimate, standard error and interval of each cell, (n_cells,); NaN where there is none. `method` says which.

    0 none, 1 the usual one, 2 Korn-Graubard (a share with few hits), 3 gamma (a rate with few hits), 4 beta-binomial (a
    share that few outlets make).
    """

    estimate: Floats
    error: Floats
    low: Floats
    high: Floats
    method: Ints

    def shaped(self, shape: tuple[int, int]) -> "Estimated":
        """Return the same as arrays of groups by periods."""
        estimate, error, low, high = (v.reshape(shape) for v in self[:4])
        return Estimated(estimate, error, low, high, self.method.reshape(shape))


class Shape(NamedTuple):
    """What kind of number is estimated: a share of articles, a rate (never negative), or any; and a typical hit."""

    share: bool
    rate: bool
    hit: float


def shape_of(x: Floats, n: Floats) -> Shape:
    """Tell a share of articles (each has it wholly or not at all) from a rate and from scores."""
    share = bool(x.size) and bool((n > 0).any()) and bool(((x == 0) | (x == n)).all())
    hits = x[x != 0]
    return Shape(share, bool((x >= 0).all()), float(np.abs(hits).mean()) if hits.size else 1.0)


def this_period(
    entries: Entries, shape: Shape, *, level: float, n_boot: int, seed: int, fixed: Floats | None = None
) -> Estimated:
    """Estimate every cell and its interval by resampling stories.

    Parameters
    ----------
    entries
        From `draws.entries_of`.
    shape
        Of the measurement.
    level, n_boot, seed
        Of the interval; how many draws.
    fixed
        Denominators that are not resampled.

    Notes
    -----
    Fewer than 5 stories: no interval. Shares: Jeffreys' interval with the effective number of stories, and
    Korn-Graubard where fewer than 5 stories have a hit (or fewer than 5 have none). Bootstrap-t on shares with large
    wire stories covers .96 to .99, the percentile bootstrap too little; `benchmarks/series.py`. Rates: bootstrap-t, and
    gamma where fewer than 10 stories have a hit, because what was not found cannot be resampled. Other measurings of
    the numerators (`entries.drawn`) are in the intervals: see `measuring`.
    """
    n_cells = entries.cell_start.size - 1
    asked, plain_share = n_boot, shape.share and fixed is None
    n_boot = 0 if plain_share else n_boot  # for shares the variance is enough
    per_block = max(1, _BLOCK // max(n_boot, 1))
    out = [np.full(n_cells, np.nan) for _ in range(4)]
    others = measuring(entries, fixed) if asked else Others.none(n_cells)
    for start in range(0, n_cells, per_block):
        stop = min(start + per_block, n_cells)
        part = _slice(entries, start, stop)
        point, error, points, errors = draw(
            part, n_draws=n_boot, seed=seed, fixed=None if fixed is None else fixed[start:stop]
        )
        low, high = _studentised(point, error, points, errors, level, others.of(start, stop))
        for target, values in zip(out, (point, error, low, high), strict=True):
            target[start:stop] = values
    estimate, error, low, high = out
    if not asked:
        return Estimated(estimate, error, low, high, np.zeros(n_cells, dtype=np.int64))
    facts = _facts(entries, fixed)
    spread = others.spread(estimate)
    error = with_measuring(error, spread)
    method = np.where(np.isnan(low), 0, 1)
    enough = facts.units >= (
        MIN_STORIES if fixed is None else 0
    )  # counts have an interval even where they are 0
    have = enough & ~np.isnan(estimate)
    if plain_share:
        few = have & (np.minimum(facts.hits, facts.units - facts.full) < MIN_SHARE_HITS)
        p, v, n = np.clip(estimate[have], 0, 1), error[have] ** 2, facts.effective[have]
        exact, usual = korn_graubard(p, v, n, level=level), effective_share(p, v, n, level=level)
        low[have] = np.where(few[have], exact.lower, usual.lower)
        high[have] = np.where(few[have], exact.upper, usual.upper)
        method[have] = np.where(few[have], 2, 1)
    elif shape.rate:
        few = have & (facts.hits < MIN_HITS)
        largest = np.maximum(facts.largest, shape.hit * facts.one)[few]
        variance = facts.squares[few] + np.where(estimate[few] > 0, spread[few], 0.0)
        exact = gamma_rate(estimate[few], variance, largest, level=level)
        low[few], high[few], method[few] = exact.lower, exact.upper, 3
    low, high = (np.where(enough & ~np.isnan(estimate), v, np.nan) for v in (low, high))
    method = np.where(np.isnan(low), 0, method)
    if shape.rate:
        low = np.maximum(low, 0.0)
    if shape.share:
        high = np.minimum(high, 1.0)
    return Estimated(estimate, error, low, high, method.astype(np.int64))


def effective_share(p: Floats, variance: Floats, n: Floats, *, level: float) -> Interval:
    """Jeffreys' interval of a share with the effective number of units, p (1 - p) / variance, at most n.

    `n` is the number of units as far as they are unequal: (sum of weights)^2 / sum of weights^2 (Kish 1965).

    References: Brown, Cai & DasGupta (2001), Statistical Science 16(2); Franco, Little, Louis & Slud (2019), Journal of
    Survey Statistics and Methodology 7(3), for effective numbers.
    """
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    spread = p * (1 - p)
    effective = np.where(
        (variance > 0) & (spread > 0), np.minimum(spread / np.where(variance > 0, variance, 1), n), n
    )
    hits = p * effective
    low = np.where(hits <= 0, 0.0, betaincinv(hits + 0.5, effective - hits + 0.5, tail))
    high = np.where(hits >= effective, 1.0, betaincinv(hits + 0.5, effective - hits + 0.5, 1 - tail))
    return Interval(low, high)


def _studentised(
    point: Floats, error: Floats, points: Floats, errors: Floats, level: float, others: Others
) -> tuple[Floats, Floats]:
    """Bootstrap-t: quantiles of (estimate* - estimate) / error*, where at least half the draws have one.

    With other measurings each draw is about its own, and what the estimate is above that one's is added.
    """
    low, high = np.full(point.size, np.nan), np.full(point.size, np.nan)
    if not points.shape[1]:
        return low, high
    tail = (1 - level) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        if others.estimate.shape[1]:
            turn = np.arange(points.shape[1]) % others.estimate.shape[1]
            own, own_error = others.estimate[:, turn], others.error[:, turn]
            t = np.where(errors > 0, (points - own) / errors, np.nan)
            t = t * (own_error / error[:, None]) + (point[:, None] - own) / error[:, None]
        else:
            t = np.where(errors > 0, (points - point[:, None]) / errors, np.nan)
    kept = np.isfinite(t).sum(axis=1)
    usable = (kept * 2 >= t.shape[1]) & np.isfinite(point) & (error > 0)
    if usable.any():
        chosen = np.sort(t[usable], axis=1)  # NaN comes last
        at = (kept[usable] - 1)[:, None] * np.array([tail, 1 - tail])
        below = np.floor(at).astype(np.int64)
        above = np.minimum(below + 1, kept[usable][:, None] - 1)
        rows = np.arange(chosen.shape[0])[:, None]
        quantile = chosen[rows, below] + (at - below) * (chosen[rows, above] - chosen[rows, below])
        low[usable] = point[usable] - quantile[:, 1] * error[usable]
        high[usable] = point[usable] - quantile[:, 0] * error[usable]
    return low, high


class _Facts(NamedTuple):
    """By cell: stories, stories with a hit, stories that are all hits, effective stories; for gamma: sum of squared
    contributions of hits, the largest one, and that of a numerator of 1.
    """

    units: Ints
    hits: Ints
    full: Ints
    effective: Floats
    squares: Floats
    largest: Floats
    one: Floats


def _facts(entries: Entries, fixed: Floats | None) -> _Facts:
    n_cells = entries.cell_start.size - 1
    sizes = np.diff(entries.cell_start)
    cell = np.repeat(np.arange(n_cells), sizes)
    width = int(entries.n_strata.max(initial=1))
    slot = cell * max(width, 1) + entries.stratum
    total = np.bincount(slot, weights=entries.n, minlength=n_cells * max(width, 1))
    have = (total.reshape(n_cells, -1) > 0).sum(axis=1)
    if fixed is None:
        scale = total[slot] * have[cell]
    else:
        scale = fixed[cell]
    with np.errstate(divide="ignore", invalid="ignore"):
        x_part = np.where(scale > 0, entries.x / scale, 0.0)
        n_part = np.where(scale > 0, entries.n / scale, 0.0)
    new = np.ones(cell.size, dtype=np.bool_)
    new[1:] = (cell[1:] != cell[:-1]) | (entries.unit[1:] != entries.unit[:-1])
    at = np.flatnonzero(new)
    if not at.size:
        zero, none = np.zeros(n_cells), np.zeros(n_cells, dtype=np.int64)
        return _Facts(none, none, none, zero, zero, zero, _inverse(fixed) if fixed is not None else zero)
    ux, un = np.add.reduceat(x_part, at), np.add.reduceat(n_part, at)
    raw_x, raw_n = np.add.reduceat(np.abs(entries.x), at), np.add.reduceat(entries.n, at)
    owner = cell[at]
    counted = (raw_n > 0) if fixed is None else np.ones(at.size, dtype=np.bool_)

    def by_cell(values: Floats | Bools) -> Floats:
        return np.bincount(owner, weights=values, minlength=n_cells).astype(np.float64)

    squares_n = by_cell(un**2)
    largest = np.zeros(n_cells)
    np.maximum.at(largest, owner, np.abs(ux))
    one = np.zeros(n_cells) if fixed is None else _inverse(fixed)
    np.maximum.at(one, cell, _inverse(scale))
    return _Facts(
        by_cell(counted).astype(np.int64),
        by_cell(counted & (raw_x > 0)).astype(np.int64),
        by_cell(counted & (raw_x >= raw_n)).astype(np.int64),
        np.divide(by_cell(un) ** 2, squares_n, out=np.zeros(n_cells), where=squares_n > 0),
        by_cell(ux**2),
        largest,
        one,
    )


def _inverse(values: Floats) -> Floats:
    return np.divide(1.0, values, out=np.zeros(values.shape), where=values > 0)


def _slice(entries: Entries, start: int, stop: int) -> Entries:
    a, b = int(entries.cell_start[start]), int(entries.cell_start[stop])
    return Entries(
        entries.cell_start[start : stop + 1] - a, entries.x[a:b], entries.n[a:b], entries.unit[a:b], entries.key[a:b],
        entries.stratum[a:b], entries.n_units[start:stop], entries.n_strata[start:stop],
        np.ascontiguousarray(entries.drawn[:, a:b]),
    )  # fmt: skip


def few_hits(method: Ints) -> Bools:
    """Where an exact interval took the place of the bootstrap."""
    return np.asarray((method == 2) | (method == 3))
