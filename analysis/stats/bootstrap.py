"""A Poisson bootstrap whose weights belong to the units: ratios of sums with resampled stories.

The weight of a unit in a draw is a hash of (seed, unit, draw), so sums over parts of a corpus add up to the
sums over the whole, in any order and on any machine, and a new article leaves every old weight as it was. Not
for rare shares of few stories (`intervals`), and not for what neighbouring days share: give blocks of days as
units.
"""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from analysis.errors import InputError, choose, message
from analysis.fingerprint import derive_seed
from analysis.jit import side_by_side
from analysis.stats.checks import Floats, codes, share, vector, whole
from analysis.stats.intervals import Interval

_BLOCK = 64  # draws at a time
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


class RatioDraws(NamedTuple):
    """Sums of each group over units, as they are, (n_groups, 5), and drawn, (n_groups, n_draws, 5).

    The five are x, n, x^2, x n and n^2, x a unit's numerator in the group and n its denominator. Draws of parts
    of a corpus that share no unit add up.
    """

    sums: Floats
    draws: Floats


def unit_keys(ids: Iterable[str]) -> npt.NDArray[np.uint64]:
    """Return the 64-bit keys of units (story or document ids), (n,) uint64; about 1 µs each."""
    digests = b"".join(
        hashlib.blake2b(i.encode("utf-8", "surrogatepass"), digest_size=8, person=b"unit").digest()
        for i in ids
    )
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)


def poisson_weights(keys: npt.NDArray[np.uint64], n_draws: int, *, seed: int, first: int = 0) -> Floats:
    """Return weights, (n_units, n_draws) float64 of whole numbers, Poisson with mean 1.

    Parameters
    ----------
    keys
        From `unit_keys`, (n_units,) uint64.
    n_draws, first
        How many draws, and the number of the first: draws may be made in blocks.
    seed
        Any whole number.
    """
    if not isinstance(keys, np.ndarray) or keys.dtype != np.uint64 or keys.ndim != 1:
        raise InputError(message("`keys` are not keys of units", expected="what `unit_keys` returns"))
    whole("n_draws", n_draws)
    whole("first", first, at_least=0)
    start = np.uint64(derive_seed(seed, "poisson_weights"))
    with np.errstate(over="ignore"):
        draws = _mix(np.arange(first + 1, first + n_draws + 1, dtype=np.uint64) * _GOLDEN + start)
        bits = _mix(_mix(keys)[:, None] ^ draws[None, :])
    return np.searchsorted(_THRESHOLDS, bits, side="right").astype(np.float64)


def ratio_draws(
    numerator: npt.ArrayLike,
    denominator: npt.ArrayLike,
    keys: npt.NDArray[np.uint64],
    *,
    groups: npt.ArrayLike | None = None,
    n_groups: int | None = None,
    n_draws: int = 999,
    seed: int,
) -> RatioDraws:
    """Draw the sums of numerators and denominators by group.

    Parameters
    ----------
    numerator, denominator
        Of each article, (n_articles,).
    keys
        The unit of each article, (n_articles,) uint64; articles with one key share their weights, in all groups.
    groups
        0 .. n_groups - 1, (n_articles,) of integers (a period, say); without it one group.
    n_groups, n_draws
        At least 1.
    seed
        Any whole number.

    Returns
    -------
    RatioDraws
        Cost O(articles x draws), in blocks of 64 draws: 100,000 units need some 200 MB a core.
    """
    x = vector("numerator", numerator, at_least=None)
    n = vector("denominator", denominator, x.size)
    group = np.zeros(x.size, dtype=np.int64) if groups is None else codes("groups", groups, x.size)
    total = (int(group.max()) + 1 if x.size else 1) if n_groups is None else whole("n_groups", n_groups)
    if x.size and not 0 <= group.min() <= group.max() < total:
        raise InputError(
            message("`groups` are out of range", got=int(group.max()), expected=f"0 to {total - 1}")
        )
    if np.shape(keys) != x.shape:
        raise InputError(message("`keys` has the wrong shape", got=np.shape(keys), expected=str(x.shape)))
    unit_key, unit = np.unique(keys, return_inverse=True)
    cell, index = np.unique(group * max(unit_key.size, 1) + unit, return_inverse=True)
    cell_x, cell_n = (np.bincount(index, weights=v, minlength=cell.size) for v in (x, n))
    where = (cell // max(unit_key.size, 1), cell % max(unit_key.size, 1))
    values = (cell_x, cell_n, cell_x**2, cell_x * cell_n, cell_n**2)
    by_group = [sparse.csr_array((v, where), shape=(total, unit_key.size)) for v in values]
    sums = np.stack([np.asarray(m.sum(axis=1), dtype=np.float64).ravel() for m in by_group], axis=-1)
    drawn = np.empty((total, n_draws, len(values)))

    def work(first: int, past: int) -> None:
        for start in range(first * _BLOCK, min(past * _BLOCK, n_draws), _BLOCK):
            size = min(_BLOCK, n_draws - start)
            weights = poisson_weights(unit_key, size, seed=seed, first=start)
            for k, m in enumerate(by_group):
                drawn[:, start : start + size, k] = m @ weights

    side_by_side(work, range(-(-n_draws // _BLOCK) + 1))
    return RatioDraws(sums, drawn)


def ratio_interval(
    drawn: RatioDraws, *, level: float = 0.95, method: str = "studentised"
) -> tuple[Floats, Interval]:
    """Return the ratio of sums of each group and its interval, (n_groups,) each; NaN where the denominator is 0.

    Parameters
    ----------
    drawn
        From `ratio_draws`.
    level
        Between 0 and 1.
    method
        "studentised" (bootstrap-t: draws of (R* - R) / se*, se by linearisation; right to a higher order, may
        leave the range of a share) or "percentile" (quantiles of R*; too narrow for few units).

    Notes
    -----
    A draw in which a group has no denominator, or no variance where studentised, is left out; fewer than half
    the draws left give NaN. References: Efron & Tibshirani (1993), chapter 12; Chamandy et al. (2012) for
    Poisson weights.
    """
    choose("method", method, ["studentised", "percentile"])
    tail = (1 - share("level", level)) / 2
    ratio, error = _ratio(drawn.sums)
    drawn_ratio, drawn_error = _ratio(drawn.draws)
    if method == "percentile":
        values = drawn_ratio
    else:
        values = np.divide(
            drawn_ratio - ratio[:, None],
            drawn_error,
            out=np.full(drawn_ratio.shape, np.nan),
            where=drawn_error > 0,
        )
    low, high = np.full(ratio.size, np.nan), np.full(ratio.size, np.nan)
    for g, row in enumerate(values):  # groups differ in how many draws they keep
        kept = row[np.isfinite(row)]
        if kept.size * 2 >= row.size > 0 and np.isfinite(ratio[g]):
            low[g], high[g] = np.quantile(kept, [tail, 1 - tail])
    if method == "studentised":
        low, high = ratio - high * error, ratio - low * error
    return ratio, Interval(low, high)


def _ratio(sums: Floats) -> tuple[Floats, Floats]:
    """Ratio of sums and its linearised standard error: sqrt(sum (x - R n)^2) / sum n."""
    x, n, xx, xn, nn = np.moveaxis(sums, -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(n > 0, x / n, np.nan)
        squares = xx - ratio * (2 * xn - ratio * nn)
        # A rest of rounding is no variance.
        error = np.sqrt(np.where(squares > 1e-12 * np.maximum(xx, ratio**2 * nn), squares, 0.0)) / n
    return ratio, error


def _mix(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The finaliser of splitmix64 (Steele, Lea & Flood 2014): each bit of the input reaches each of the output."""
    z = values + _GOLDEN
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def _poisson_thresholds() -> npt.NDArray[np.uint64]:
    """P(Poisson(1) <= k) x 2^64 for k = 0, 1, ... while below 2^64, in whole numbers: the same on every machine."""
    # 1/e as a fraction by its alternating series; 25 terms are exact to 80 bits.
    scale = 1 << 96
    factorial, inverse_e = 1, 0
    for k in range(26):
        factorial *= max(k, 1)
        inverse_e += (-1) ** k * scale // factorial
    thresholds, total, term = [], 0, inverse_e
    for k in range(1, 20):
        total += term
        if total >> 32 < 1 << 64:
            thresholds.append(total >> 32)
        term //= k
    return np.array(thresholds, dtype=np.uint64)


_THRESHOLDS = _poisson_thresholds()
