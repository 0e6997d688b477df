"""The compiled heart of the intervals: a Poisson bootstrap of (means of) ratios of sums, cell by cell.

The weight of a story in a draw is the one of `analysis.stats.bootstrap.poisson_weights`, made where it is used: 2,000
draws of 100,000 articles then need no memory. Not for choosing an interval: see `intervals`.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.fingerprint import derive_seed
from analysis.stats.bootstrap import _GOLDEN, _THRESHOLDS, _mix
from analysis.stats.checks import Floats, Ints

Keys = npt.NDArray[np.uint64]


class Entries(NamedTuple):
    """Sums by cell, story and stratum, sorted by cell and then story.

    `cell_start` is (n_cells + 1,): entries `cell_start[c]` to before `cell_start[c + 1]` are of cell c. `unit` numbers
    the stories of a cell from 0, `stratum` its strata from 0. `drawn` (n_others, n_entries): the numerators by other
    measurings, none (0 rows) where the measuring is not in doubt.
    """

    cell_start: Ints
    x: Floats
    n: Floats
    unit: Ints
    key: Keys
    stratum: Ints
    n_units: Ints
    n_strata: Ints
    drawn: Floats


def entries_of(
    cell: Ints, story: Ints, stratum: Ints, x: Floats, n: Floats, keys: Keys, n_cells: int,
    drawn: Floats | None = None,
) -> Entries:  # fmt: skip
    """Sum articles into entries; `keys` are those of the stories by their number, `drawn` (n_articles, n_others)."""
    order = np.lexsort((stratum, story, cell))
    cell, story, stratum = cell[order], story[order], stratum[order]
    new_unit = np.ones(cell.size, dtype=np.bool_)
    new_unit[1:] = (cell[1:] != cell[:-1]) | (story[1:] != story[:-1])
    new = new_unit.copy()
    new[1:] |= stratum[1:] != stratum[:-1]
    at = np.flatnonzero(new)
    sums = [np.add.reduceat(v[order], at) if at.size else np.empty(0) for v in (x, n)]
    cell_of = cell[at]
    start = np.searchsorted(cell_of, np.arange(n_cells + 1)).astype(np.int64)
    unit_number = np.cumsum(new_unit[at]) - 1 if at.size else np.empty(0, dtype=np.int64)
    first_unit = np.concatenate([unit_number, [unit_number[-1] + 1 if at.size else 0]])[start]
    unit = unit_number - np.repeat(first_unit[:-1], np.diff(start)) if at.size else unit_number
    local, n_strata = np.zeros(at.size, dtype=np.int64), np.zeros(n_cells, dtype=np.int64)
    if at.size:
        width = int(stratum.max()) + 1
        pairs, inverse = np.unique(cell_of * width + stratum[at], return_inverse=True)
        owner = pairs // width
        first = np.searchsorted(owner, np.arange(n_cells))
        local = inverse - first[cell_of]
        n_strata = np.bincount(owner, minlength=n_cells)
    return Entries(
        start, sums[0], sums[1], unit.astype(np.int64), keys[story[at]], local.astype(np.int64),
        np.diff(first_unit).astype(np.int64), n_strata.astype(np.int64), _summed(drawn, order, at),
    )  # fmt: skip


def _summed(drawn: Floats | None, order: Ints, at: Ints) -> Floats:
    """Sum the other measurings as `entries_of` sums the numerators: equal ones give equal bits."""
    if drawn is None or not at.size:
        return np.empty((0 if drawn is None else drawn.shape[1], at.size))
    return np.stack([np.add.reduceat(column[order], at) for column in drawn.T])


def draw(
    entries: Entries, *, n_draws: int, seed: int, fixed: Floats | None = None
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the estimate and its standard error, (n_cells,), and both in each draw, (n_cells, n_draws).

    Parameters
    ----------
    entries
        From `entries_of`. With several strata in a cell the estimate is the mean of their ratios.
    n_draws, seed
        As for `poisson_weights`.
    fixed
        A denominator by cell that is not resampled (outlet-days); the entries' own are then not used.

    Notes
    -----
    The standard error is that of linearisation: the root of the sum over stories of their squared influence. NaN where
    a cell has no denominator. A stratum without denominator in a draw is left out of the mean of that draw. Where there
    are other measurings, draw b takes the numerators of measuring b mod n_others.
    """
    from analysis.jit import compiled, side_by_side

    start = np.uint64(derive_seed(seed, "poisson_weights"))
    with np.errstate(over="ignore"):
        numbers = _mix(np.arange(1, n_draws + 1, dtype=np.uint64) * _GOLDEN + start)
        mixed = _mix(entries.key) if entries.key.size else entries.key
    n_cells = entries.cell_start.size - 1
    given = np.full(n_cells, np.nan) if fixed is None else fixed.astype(np.float64)
    point, error = np.full(n_cells, np.nan), np.full(n_cells, np.nan)
    points, errors = np.full((n_cells, n_draws), np.nan), np.full((n_cells, n_draws), np.nan)
    if not _kernels:
        _kernels.append(compiled(_draw))
    others = entries.drawn if len(entries.drawn) else entries.x[None, :]

    def work(a: int, b: int) -> None:
        _kernels[0](
            entries.cell_start[a : b + 1], entries.x, entries.n, entries.unit, mixed, entries.stratum,
            entries.n_units[a:b], entries.n_strata[a:b], given[a:b], numbers, _THRESHOLDS, others, point[a:b],
            error[a:b], points[a:b], errors[a:b],
        )  # fmt: skip

    side_by_side(work, entries.cell_start)
    return point, error, points, errors


_kernels: list[Any] = []


def _draw(
    cell_start: Ints, measured: Floats, n: Floats, unit: Ints, key: Keys, stratum: Ints, n_units: Ints,
    n_strata: Ints, fixed: Floats, numbers: Keys, thresholds: Keys, others: Floats, point: Floats, error: Floats,
    points: Floats, errors: Floats,
) -> None:  # fmt: skip
    golden = np.uint64(0x9E3779B97F4A7C15)
    m1, m2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
    s30, s27, s31 = np.uint64(30), np.uint64(27), np.uint64(31)
    for c in range(len(cell_start) - 1):
        a, b = cell_start[c], cell_start[c + 1]
        if a == b and np.isnan(fixed[c]):
            continue
        strata = max(n_strata[c], 1)
        weight = np.ones(n_units[c])
        sx, sn = np.zeros(strata), np.zeros(strata)
        given = not np.isnan(fixed[c])
        for d in range(-1, len(numbers)):  # -1: the articles as they are
            x = measured if d < 0 else others[d % len(others)]
            sx[:] = 0.0
            sn[:] = 0.0
            last = -1
            w = 1.0
            for e in range(a, b):
                if d >= 0 and unit[e] != last:
                    last = unit[e]
                    z = (key[e] ^ numbers[d]) + golden
                    z = (z ^ (z >> s30)) * m1
                    z = (z ^ (z >> s27)) * m2
                    z = z ^ (z >> s31)
                    k = 0
                    while k < len(thresholds) and z >= thresholds[k]:
                        k += 1
                    w = float(k)
                    weight[last] = w
                sx[stratum[e]] += w * x[e]
                sn[stratum[e]] += w * n[e]
            if given:
                total = sx.sum()
                theta = total / fixed[c] if fixed[c] > 0 else np.nan
            else:
                theta = 0.0
                have = 0
                for s in range(strata):
                    if sn[s] > 0:
                        theta += sx[s] / sn[s]
                        have += 1
                theta = theta / have if have > 0 else np.nan
            squares = 0.0
            scale = 0.0
            if not np.isnan(theta):
                influence = 0.0
                size = 0.0
                for e in range(a, b):
                    if given:
                        influence += x[e] / fixed[c]
                        size += abs(x[e] / fixed[c])
                    elif sn[stratum[e]] > 0:
                        ratio = sx[stratum[e]] / sn[stratum[e]]
                        influence += (x[e] - ratio * n[e]) / (sn[stratum[e]] * have)
                        size += (abs(x[e]) + abs(ratio * n[e])) / (sn[stratum[e]] * have)
                    if e + 1 == b or unit[e + 1] != unit[e]:
                        w = weight[unit[e]] if d >= 0 else 1.0
                        squares += w * influence * influence
                        scale += w * size * size
                        influence = 0.0
                        size = 0.0
            # A rest of rounding is no variance.
            root = np.sqrt(squares) if squares > 1e-24 * scale else 0.0
            if np.isnan(theta):
                root = np.nan
            if d < 0:
                point[c], error[c] = theta, root
            else:
                points[c, d], errors[c, d] = theta, root
