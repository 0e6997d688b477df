"""Many looks at once: p-values adjusted for how many there are.

NaN stands for what was not tested: it stays NaN and counts for nothing. Tests whose dependence is known by resampling
are better served by `permutation` (max-T).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, message
from analysis.stats.checks import Bools, Floats, share, vector


class Families(NamedTuple):
    """Which families were selected, their own p, and the adjusted p of their members (NaN if not selected)."""

    selected: Bools
    family_p: Floats
    adjusted: tuple[Floats, ...]


def holm(p: npt.ArrayLike) -> Floats:
    """Holm's step-down p: the chance of any false positive is held, whatever the dependence.

    Parameters
    ----------
    p
        (n_tests,) between 0 and 1, or NaN.

    Returns
    -------
    (n_tests,) float64: max over smaller p_(j) of (n - j + 1) p_(j), at most 1. Reference: Holm (1979), Scandinavian
    Journal of Statistics 6(2).
    """
    values, order = _sorted(p)
    n = order.size
    stepped = np.maximum.accumulate(values[order] * np.arange(n, 0, -1))
    return _placed(values, order, stepped)


def benjamini_hochberg(p: npt.ArrayLike) -> Floats:
    """Adjusted p (q) that holds the false discovery rate, for tests independent or positively dependent.

    min over larger p_(j) of n p_(j) / j. Reference: Benjamini & Hochberg (1995), JRSS B 57(1).
    """
    return _step_up(p, 1.0)


def benjamini_yekutieli(p: npt.ArrayLike) -> Floats:
    """The same for any dependence, at the price of a factor 1 + 1/2 + ... + 1/n.

    Reference: Benjamini & Yekutieli (2001), Annals of Statistics 29(4).
    """
    n = int(np.sum(~np.isnan(_p("p", p))))
    return _step_up(p, float(np.sum(1 / np.arange(1, n + 1))))


def simes(p: npt.ArrayLike) -> float:
    """One p for "nothing in this family": min n p_(j) / j (Simes 1986); NaN for a family without tests."""
    q = benjamini_hochberg(p)
    return float(np.nanmin(q)) if (~np.isnan(q)).any() else float("nan")


def benjamini_bogomolov(families: Sequence[npt.ArrayLike], *, level: float = 0.05) -> Families:
    """Select families, then test within them, so that the mean false discovery rate over selected families is held.

    Parameters
    ----------
    families
        For each family its p-values, (n_tests of it,).
    level
        The rate to hold, which also decides what is selected.

    Returns
    -------
    Families
        Families are selected by Benjamini-Hochberg on their Simes p; within a selected one the adjusted p is the
        Benjamini-Hochberg one times (families / selected), at most 1. Compare it with the same `level`.

    References
    ----------
    Benjamini & Bogomolov (2014), JRSS B 76(1).
    """
    limit = share("level", level)
    family_p = np.array([simes(p) for p in families], dtype=np.float64)
    q = benjamini_hochberg(family_p)
    selected = q <= limit
    n_families, n_selected = int(np.sum(~np.isnan(q))), int(selected.sum())
    adjusted: list[Floats] = []
    for chosen, p in zip(selected, families, strict=True):
        within = benjamini_hochberg(p)
        adjusted.append(
            np.minimum(within * (n_families / n_selected), 1.0) if chosen else np.full(within.shape, np.nan)
        )
    return Families(selected, family_p, tuple(adjusted))


def _step_up(p: npt.ArrayLike, factor: float) -> Floats:
    values, order = _sorted(p)
    n = order.size
    raw = values[order] * n * factor / np.arange(1, n + 1)
    return _placed(values, order, np.minimum.accumulate(raw[::-1])[::-1])


def _sorted(p: npt.ArrayLike) -> tuple[Floats, npt.NDArray[np.intp]]:
    values = _p("p", p)
    order = np.argsort(values, kind="stable")  # NaN comes last
    return values, order[: int(np.sum(~np.isnan(values)))]


def _placed(values: Floats, order: npt.NDArray[np.intp], adjusted: Floats) -> Floats:
    out = np.full(values.shape, np.nan)
    out[order] = np.minimum(adjusted, 1.0)
    return out


def _p(name: str, p: npt.ArrayLike) -> Floats:
    values = vector(name, p, null=True)
    if (values > 1).any():
        raise InputError(
            message(f"`{name}` holds no p-values", got=float(np.nanmax(values)), expected="0 to 1")
        )
    return values
