"""How much each period of a series tells: weights from what happened in it and from how much there was to read.

Not for how periods hang together: `persistence`, and `level_shifts` with its autoregression.
"""

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, message
from analysis.stats.checks import Bools, Floats, vector


def period_weights(values: npt.ArrayLike, denominators: npt.ArrayLike) -> Floats:
    """Weights 1 / (shock + sampling / denominator) of period ratios, from how ratios of neighbours differ.

    A week's ratio differs from the next by what happened (as much in a large week as in a small one) and by which
    articles there were (less in a large one). Weighting by denominators alone takes everything for sampling and
    lets a few large weeks decide; equal weights take everything for shock.

    Parameters
    ----------
    values
        (n,) ratios; NaN where not observed.
    denominators
        (n,) above 0 where observed.

    Returns
    -------
    (n,) float64 with mean 1 over observed periods, NaN elsewhere.

    Notes
    -----
    Squared differences d^2 of neighbours have expectation 2 shock + sampling (1 / D + 1 / D'); the two are fitted by
    weighted least squares, neither below 0, without the 5 % largest d^2 for their expectation, so that a step or an
    outlier does not count.
    Differences, so that a shift of level does not look like variance.
    """
    y = vector("values", values, at_least=None, null=True)
    d = vector("denominators", denominators, y.size, null=True)
    seen = ~np.isnan(y)
    if not (d[seen] > 0).all():
        raise InputError(message("A denominator of an observed period is not above 0"))
    out = np.where(seen, 1.0, np.nan)
    inverse = 1.0 / d[seen]
    if inverse.size < 8 or np.ptp(inverse) < 0.05 * inverse.mean():
        return out
    squared, added = np.diff(y[seen]) ** 2, inverse[1:] + inverse[:-1]
    expected = np.ones(squared.size)
    shock = sampling = 0.0
    for _ in range(4):
        usual = squared / expected <= np.quantile(squared / expected, 0.95)
        shock, sampling = _not_negative(squared[usual], added[usual], expected[usual])
        expected = np.maximum(2 * shock + sampling * added, 1e-300)
    if shock + sampling > 0:
        w = 1.0 / (shock + sampling * inverse)
        out[seen] = w / w.mean()
    return out


def _not_negative(squared: Floats, added: Floats, expected: Floats) -> tuple[float, float]:
    """Fit squared = 2 shock + sampling * added with neither below 0; a square's own deviation is like its mean."""
    from scipy.optimize import nnls

    scale = max(float(squared.mean()), 1e-300)
    design = np.column_stack([np.full(added.size, 2.0), added / added.mean()])
    weight = expected.mean() / expected
    found, _ = nnls(design * weight[:, None], squared / scale * weight)
    return float(found[0] * scale), float(found[1] * scale / added.mean())


def as_mask(name: str, values: Bools, length: int) -> Bools:
    """Return true-or-false values that hold at least one of each."""
    from analysis.stats.checks import labels

    mask = labels(name, values, length)
    if mask.all() or not mask.any():
        raise InputError(message(f"`{name}` has one side only", expected="periods before and after"))
    return mask
