"""Two groups of articles, their stories permuted; and their difference with the mix held fixed.

Not for before and after, where neighbouring days share events: `before`.
"""

from typing import NamedTuple

import numpy as np
from scipy import sparse

from analysis.fingerprint import derive_seed
from analysis.series.sides import Sides
from analysis.series.split import split
from analysis.stats.checks import Bools, Floats, Ints
from analysis.stats.contrast import contrast_cells

FEWEST = 5  # stories of a side


class Compared(NamedTuple):
    """One contrast; NaN where there is none."""

    target: float
    reference: float
    difference: float
    low: float
    high: float
    ratio: float
    ratio_low: float
    ratio_high: float
    p: float
    method: str
    p_placebo: float = float("nan")
    n_placebo: int = 0


def by_permutation(
    sides: Sides, x: Floats, n: Floats, level: float, n_permutations: int, seed: int
) -> Compared:
    """Permute the labels of stories; without a test where a side has fewer than five of them."""
    used = (sides.target | sides.reference) & (n > 0)
    is_target, story = sides.target[used], sides.story[used]
    x, n = x[used], n[used]
    top, bottom = (
        float(x[s].sum() / n[s].sum()) if n[s].sum() > 0 else np.nan for s in (is_target, ~is_target)
    )
    enough = all(np.unique(story[s]).size >= FEWEST for s in (is_target, ~is_target))
    if not enough:
        return _untested(top, bottom, "permutation")
    # Scores may be negative; a constant added to every ratio leaves their difference as it is.
    shift = max(0.0, -float((x / n).min()))
    cells = contrast_cells(sparse.csr_array((x + shift * n)[:, None]), n, is_target, story)
    observed, error = (float(a[0, 0]) for a in cells.statistics(cells.observed_labels[:, None]))
    if error <= 0:
        return _untested(top, bottom, "permutation")
    rng = np.random.Generator(np.random.PCG64(derive_seed(seed, "compare")))
    size = max(1, 4_000_000 // cells.words.size)
    drawn = []
    for start in range(0, n_permutations, size):
        count = min(size, n_permutations - start)
        drawn.append(cells.statistics(np.stack([cells.relabelled(rng) for _ in range(count)], axis=1))[0][0])
    absolute = np.abs(np.concatenate(drawn))
    # Sums in another order differ in the last bits: a tie is a tie.
    p = (1 + int((absolute >= abs(observed) * (1 - 1e-9)).sum())) / (n_permutations + 1)
    critical = float(np.quantile(absolute, level, method="higher"))
    log_error = _log_error(x, n, is_target, story, top, bottom)
    return _with_ratio(top, bottom, error, critical, p, "permutation", log_error)


def _log_error(x: Floats, n: Floats, is_target: Bools, story: Ints, target: float, reference: float) -> float:
    """Standard error of log(target / reference) over stories; NaN where one is not above 0."""
    if not (target > 0 and reference > 0):
        return float("nan")
    influence = np.zeros(x.size)
    for side, ratio, sign in ((is_target, target, 1.0), (~is_target, reference, -1.0)):
        influence[side] = sign * (x[side] - ratio * n[side]) / n[side].sum() / ratio
    return float(
        np.sqrt((np.bincount(np.unique(story, return_inverse=True)[1], weights=influence) ** 2).sum())
    )


def _with_ratio(
    target: float, reference: float, error: float, critical: float, p: float, method: str, log_error: float
) -> Compared:
    difference = target - reference
    ratio = target / reference if reference > 0 else np.nan
    spread = np.exp(critical * log_error)
    return Compared(
        target, reference, difference, difference - critical * error, difference + critical * error, ratio,
        ratio / spread, ratio * spread, p, method,
    )  # fmt: skip


def _untested(target: float, reference: float, method: str) -> Compared:
    nan = float("nan")
    ratio = target / reference if reference > 0 else nan
    return Compared(target, reference, target - reference, nan, nan, ratio, nan, nan, nan, method)


def standardised_difference(
    sides: Sides, x: Floats, n: Floats, field: str, level: float
) -> tuple[Compared, list[str], Floats | None]:
    """The difference within strata at the mean of both mixes, with a normal interval by stories.

    The factors weigh the articles so that the ratio of sums of each side is the standardised one.
    """
    from scipy.special import ndtr, ndtri

    used = sides.target | sides.reference
    column = (
        sides.articles[field]
        .astype(object)
        .where(sides.articles[field].notna(), "")[used]
        .to_numpy(dtype=object)
    )
    _, code = np.unique(column.astype(str), return_inverse=True)
    k = int(code.max()) + 1
    side = sides.target[used]
    x, n, story = x[used], n[used], np.unique(sides.story[used], return_inverse=True)[1]
    x0, n0, x1, n1 = (
        np.bincount(code[s], weights=v[s], minlength=k).astype(np.float64)
        for s in (~side, side)
        for v in (x, n)
    )
    found = split(x0, n0, x1, n1)
    nan = float("nan")
    if np.isnan(found.within).all():
        return (
            Compared(nan, nan, nan, nan, nan, nan, nan, nan, nan, "linearised"),
            [f"No common support: no {field} is on both sides, so there is no standardised difference."],
            None,
        )
    common = (n0 > 0) & (n1 > 0)
    weight = (n0 * common / n0[common].sum() + n1 * common / n1[common].sum()) / 2
    r0, r1 = (np.divide(a, b, out=np.zeros(k), where=b > 0) for a, b in ((x0, n0), (x1, n1)))
    influence = np.zeros(x.size)
    for s, r, total, sign in ((side, r1, n1, 1.0), (~side, r0, n0, -1.0)):
        scale = np.divide(weight, total, out=np.zeros(k), where=total > 0)
        influence[s] = sign * scale[code[s]] * (x[s] - r[code[s]] * n[s])
    error = float(np.sqrt((np.bincount(story, weights=influence) ** 2).sum()))
    target, reference = float(weight @ r1), float(weight @ r0)
    p = float(2 * ndtr(-abs(target - reference) / error)) if error > 0 else nan
    left_out = int((~common & (n0 + n1 > 0)).sum())
    said = [
        f"Standardised over {int(common.sum())} {field}s; {left_out} on one side only, without common support."
    ]
    factor = np.zeros(used.size)
    shares = [np.divide(weight, t, out=np.zeros(k), where=t > 0) * t[common].sum() for t in (n0, n1)]
    factor[used] = np.where(side, shares[1][code], shares[0][code])
    z = float(ndtri((1 + level) / 2))
    return _with_ratio(target, reference, error, z, p, "linearised", nan), said, factor
