"""The variance of a sum of periods that resemble their neighbours (long-run, HAC variance).

Not a test by itself: divided by such a variance a difference is not normal in short series. `before_after`
compares it with what it is under no difference.
"""

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, message
from analysis.stats.checks import Bools, Floats, floats, share, vector, whole

_POLYNOMIALS = {
    0.90: (1.2816, 1.3040, 0.5135, -0.3386),
    0.95: (1.6449, 2.1859, 0.3142, -0.3427),
    0.975: (1.9600, 2.9694, 0.4160, -0.5324),
    0.99: (2.3263, 4.1618, 0.5368, -0.9060),
}


def sum_variance(influence: npt.ArrayLike, bandwidth: int) -> Floats:
    """Variance of the sum of period influences, with Bartlett weights for neighbours up to `bandwidth` periods apart.

    Parameters
    ----------
    influence
        (n,) or (m, n): what each period adds to the estimate less its expectation; 0 where it was not observed
        (it then adds nothing and stays in its place: Parzen 1963, amplitude modulation).
    bandwidth
        Periods; 1 ignores neighbours, b n is the b of fixed-b theory.

    Returns
    -------
    (m,) float64, or (1,). Never below 0.

    References
    ----------
    Newey & West (1987), Econometrica 55: sum over lags l < bandwidth of (1 - l / bandwidth) times the
    autocovariances.

    Examples
    --------
    >>> sum_variance([1.0, -1.0, 2.0, -2.0], 2).tolist()  # 10 + 2 * 1/2 * (-1 - 2 - 4)
    [3.0]
    """
    psi = np.atleast_2d(floats("influence", influence, at_least=None))
    whole("bandwidth", bandwidth)
    total = np.sum(psi**2, axis=1)
    for lag in range(1, min(bandwidth, psi.shape[1])):
        total += 2 * (1 - lag / bandwidth) * np.sum(psi[:, lag:] * psi[:, :-lag], axis=1)
    out: Floats = np.maximum(total, 0.0)
    return out


def fixed_b_critical(b: float, level: float = 0.95) -> float:
    """Critical value of |t| of a *mean* with Bartlett bandwidth b n (a two-sided test, `level` its coverage).

    Parameters
    ----------
    b
        Bandwidth as a share of the periods, between 0 and 1.
    level
        0.8, 0.9, 0.95 or 0.98.

    References
    ----------
    Kiefer & Vogelsang (2005), Econometric Theory 21, table 1. For before and after the law is another one, which
    depends on where the event lies: `before_after` draws it.
    """
    share("b", b)
    polynomial = _POLYNOMIALS.get(round(0.5 + level / 2, 4))
    if polynomial is None:
        raise InputError(message("`level` is not in the table", got=level, expected="0.8, 0.9, 0.95 or 0.98"))
    return float(sum(c * b**i for i, c in enumerate(polynomial)))


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
