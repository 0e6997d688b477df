"""Design-based correction: machine values for all, hand codes for a random sample, and what their difference says.

Arrays in, arrays out. Not for how the sample is drawn (`analysis.coding`), and no model of the machine's errors: they
may differ by period and group as they like.
"""

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, message
from analysis.stats.checks import Floats, Ints, codes, vector

FEWEST = 10
"""Coded units a line is fitted to; with fewer, their mean is taken."""


def cross_fitted(
    machine: npt.ArrayLike, coded: npt.ArrayLike, probability: npt.ArrayLike, fold: npt.ArrayLike
) -> Floats:
    """Predict the code of every unit from its machine value, by lines fitted to the coded units of other folds.

    Parameters
    ----------
    machine
        (n,) machine values.
    coded
        (n,) codes; NaN where a unit is not coded.
    probability
        (n,) chance of being coded; used where it is.
    fold
        (n,) whole numbers; a unit is predicted without any of its fold.

    Returns
    -------
    ndarray
        (n,) predictions. Whatever they are, `pseudo_outcomes` stays unbiased; good ones make it precise.
    """
    f = vector("machine", machine, at_least=None)
    y = vector("coded", coded, f.size, at_least=None, null=True)
    p = vector("probability", probability, f.size, null=True)
    k = codes("fold", fold, f.size)
    out = np.zeros(f.size)
    has = np.isfinite(y)
    if not has.any():
        raise InputError(message("No unit is coded", expected="codes for some units"))
    for number in np.unique(k):
        use = has & (k != number)
        if not use.any():
            use = has
        out[k == number] = _line(f[use], y[use], 1 / p[use], f[k == number])
    return out


def _line(f: Floats, y: Floats, w: Floats, at: Floats) -> Floats:
    """A weighted straight line; the mean where there are few units or one machine value. Within the codes' range."""
    mean_f, mean_y = np.average(f, weights=w), np.average(y, weights=w)
    spread = np.average((f - mean_f) ** 2, weights=w)
    slope = 0.0
    if len(f) >= FEWEST and spread > 1e-12:
        slope = float(np.average((f - mean_f) * (y - mean_y), weights=w) / spread)
    return np.clip(mean_y + slope * (at - mean_f), y.min(), y.max())


def pseudo_outcomes(predicted: npt.ArrayLike, coded: npt.ArrayLike, probability: npt.ArrayLike) -> Floats:
    """Return predicted + (coded - predicted) / probability where coded, else predicted: unbiased for the code.

    Notes
    -----
    Over the draw of the sample, the mean of a unit's pseudo-outcome is the code it would get, however wrong the machine
    is, as long as each unit's chance of being drawn is known and above 0. Values may lie far outside the codes' range;
    only their sums mean something.

    References: Egami, Hinck, Stewart & Wei (2023), Using imperfect surrogates for downstream inference, NeurIPS;
    Robins, Rotnitzky & Zhao (1994).

    Examples
    --------
    >>> pseudo_outcomes([0.5, 0.5], [1.0, float("nan")], [0.25, 0.25]).tolist()
    [2.5, 0.5]
    """
    g = vector("predicted", predicted, at_least=None)
    y = vector("coded", coded, g.size, at_least=None, null=True)
    p = vector("probability", probability, g.size, null=True)
    has = np.isfinite(y)
    if (has & ~((p > 0) & (p <= 1))).any():
        raise InputError(message("A coded unit has no chance of being drawn", expected="above 0, at most 1"))
    return g + np.where(has, np.divide(y - g, p, out=np.zeros(g.size), where=has), 0.0)


def folds_of(keys: npt.NDArray[np.uint64], n_folds: int = 5) -> Ints:
    """Sort units into folds by their keys (`bootstrap.unit_keys`): the same units always, whatever the others."""
    return (keys % np.uint64(n_folds)).astype(np.int64)
