"""Krippendorff's alpha: how far coders agree beyond chance, for any number of coders, missing codes allowed.

Not for how well a machine does (that has a right answer to be compared with).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, choose, message
from analysis.fingerprint import derive_seed
from analysis.stats.checks import Floats, Ints, share, whole

METRICS = ("nominal", "ordinal", "interval")
_MOST_VALUES = 200


class Agreement(NamedTuple):
    """Alpha and its interval; NaN where fewer than two codes can be paired, or all are one value.

    `n_units` are units with two codes or more, `n_codes` the codes of these, `same` the share of pairs of codes that
    are the same.
    """

    alpha: float
    low: float
    high: float
    n_units: int
    n_codes: int
    same: float


def krippendorff(
    codes: npt.ArrayLike, *, metric: str = "nominal", level: float = 0.95, n_boot: int = 2000, seed: int = 1
) -> Agreement:
    """Return Krippendorff's alpha with a bootstrap interval.

    Parameters
    ----------
    codes
        (n_units, n_coders) numbers; NaN where a coder has no code.
    metric
        `nominal`: codes are the same or not; `ordinal`: by the codes between two; `interval`: by their squared
        distance.
    level, n_boot, seed
        Of the interval; units are resampled (0 draws for none).

    Notes
    -----
    alpha = 1 - D_o / D_e: observed by expected disagreement, both from the coincidence matrix, in which a unit with m
    codes adds each ordered pair of them with weight 1 / (m - 1). Units with one code are left out. Equal to NLTK's
    AnnotationTask for nominal and interval codes.

    References: Krippendorff (2011), Computing Krippendorff's alpha-reliability; Hayes & Krippendorff (2007).

    Examples
    --------
    >>> found = krippendorff([[1, 1], [2, 2], [3, 3], [1, 2]], n_boot=0)
    >>> round(found.alpha, 3), found.n_units, round(found.same, 2)
    (0.667, 4, 0.75)
    """
    choose("metric", metric, METRICS)
    share("level", level)
    whole("n_boot", n_boot, at_least=0)
    table = np.asarray(codes, dtype=np.float64)
    if table.ndim != 2:
        raise InputError(message("`codes` is no table", got=table.shape, expected="(units, coders)"))
    if np.isinf(table).any():
        raise InputError(message("`codes` holds what is not finite", got=float("inf")))
    table = table[np.isfinite(table).sum(axis=1) >= 2]
    values, place = np.unique(table[np.isfinite(table)], return_inverse=True)
    nothing = float("nan")
    if len(values) > _MOST_VALUES:
        raise InputError(
            message("`codes` has too many values", got=len(values), expected=f"at most {_MOST_VALUES}")
        )
    if not len(table):
        return Agreement(nothing, nothing, nothing, 0, 0, nothing)
    counts = _counts(table, values, place)
    size = counts.sum(axis=1)
    pairs = (counts[:, :, None] * counts[:, None, :]).astype(np.float64)
    pairs[:, np.arange(len(values)), np.arange(len(values))] -= counts
    pairs /= (size - 1)[:, None, None]
    whole_matrix = pairs.sum(axis=0)
    alpha = float(_alpha(whole_matrix[None], values, metric)[0])
    same = float(np.trace(whole_matrix) / whole_matrix.sum())
    low = high = nothing
    if n_boot and np.isfinite(alpha):
        rng = np.random.Generator(np.random.PCG64(derive_seed(seed, "krippendorff")))
        weights = rng.multinomial(len(table), np.full(len(table), 1 / len(table)), size=n_boot)
        drawn = (weights @ pairs.reshape(len(table), -1)).reshape(n_boot, len(values), len(values))
        found = _alpha(drawn, values, metric)
        found = np.sort(found[np.isfinite(found)])
        if len(found):
            low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2]).tolist()
    return Agreement(alpha, low, high, len(table), int(size.sum()), same)


def _counts(table: Floats, values: Floats, place: Ints) -> Ints:
    """How many coders gave each value to each unit."""
    rows = np.nonzero(np.isfinite(table))[0]
    counts = np.zeros((len(table), len(values)), dtype=np.int64)
    np.add.at(counts, (rows, place), 1)
    return counts


def _alpha(matrices: Floats, values: Floats, metric: str) -> Floats:
    """Alpha of each coincidence matrix, (n, values, values)."""
    n_c = matrices.sum(axis=2)
    n = n_c.sum(axis=1)
    if metric == "nominal":
        distance = np.broadcast_to(1.0 - np.eye(len(values)), matrices.shape)
    elif metric == "interval":
        distance = np.broadcast_to((values[:, None] - values[None, :]) ** 2, matrices.shape)
    else:
        below = np.cumsum(n_c, axis=1)
        reach = below[:, None, :] - below[:, :, None]  # from c to k, without c
        between = np.abs(reach) + np.where(reach >= 0, n_c[:, :, None], n_c[:, None, :])
        distance = (between - (n_c[:, :, None] + n_c[:, None, :]) / 2) ** 2
        distance = np.where(np.eye(len(values), dtype=bool), 0.0, distance)
    observed = (matrices * distance).sum(axis=(1, 2))
    expected = (n_c[:, :, None] * n_c[:, None, :] * distance).sum(axis=(1, 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(expected > 0, 1 - (n - 1) * observed / expected, np.nan)
