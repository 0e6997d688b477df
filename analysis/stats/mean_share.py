"""The mean share of a few unequal outlets, when some of them make most of it.

Not for shares of articles or stories (`intervals`), and not where outlets are much alike: there an equal-weight t is as
good and asks for no model.
"""

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, message
from analysis.stats.checks import Bools, Floats, floats, share
from analysis.stats.intervals import Interval

_LIKENESS = np.sin((np.arange(40) + 0.5) / 40 * np.pi / 2) ** 2
"""Intraclass correlations that are tried: equally likely are equal steps of the arc sine of their root (Jeffreys)."""
_POINTS = 60
_ROUNDS = 3  # from the whole range to where the mean may be; each sees sixty points of what the last left
_FAR = 11.5  # logit of the lowest and highest mean: one in a hundred thousand
_NOTHING = 1e-5  # of the highest density
_AT_ONCE = 2_000  # cells: 40 MB


def mean_share_interval(ratios: npt.ArrayLike, sizes: npt.ArrayLike, *, level: float = 0.95) -> Interval:
    """Interval of the mean of shares that outlets at large have, from a few of them.

    Parameters
    ----------
    ratios
        (n_outlets, ...) shares, 0 to 1; NaN where an outlet is not there.
    sizes
        Of the same shape: the (effective) number of articles behind each, above 0 where the outlet is there.
    level
        Between 0 and 1.

    Returns
    -------
    Interval
        Of the shape of one outlet; NaN where no outlet is there, or where all shares are 0, or all 1.

    Raises
    ------
    InputError
        A ratio is no share, or a size is not above 0.

    Notes
    -----
    Outlets' shares are beta-distributed about the mean, their articles binomial; the intraclass correlation is unknown
    and averaged over by how well it explains the outlets (both with Jeffreys' prior of a share). Every outlet counts
    the same: each is taken as if its share had been seen in as many articles, the harmonic mean of all. Few outlets
    from a beta law with most of its mass near 0 seldom show its long tail, which is why the bound above is far from
    the mean, and why a t interval is too short there (`benchmarks/series.py`).

    Cost: 3 x 60 x 40 points an outlet; 20 ms for 8 outlets and 10 cells.

    References: Griffiths (1973), Biometrics 29(4), and Kleinman (1973), JASA 68, for the model; Gelman (2006),
    Bayesian Analysis 1(3), for averaging over an unknown spread of few groups.
    """
    r = floats("ratios", ratios, null=True)
    n = floats("sizes", sizes, null=True)
    share("level", level)
    there = ~np.isnan(r)
    if r.shape != n.shape or r.ndim < 1:
        raise InputError(message("`sizes` has the wrong shape", got=n.shape, expected=str(r.shape)))
    if (r[there] > 1).any() or not (n[there] > 0).all():
        raise InputError(message("Not shares of articles", expected="ratios from 0 to 1, sizes above 0"))
    shape, flat = r.shape[1:], r.shape[0]
    r, n = (a.reshape(flat, -1) for a in (r, n))
    there = ~np.isnan(r)
    low, high = np.full(r.shape[1], np.nan), np.full(r.shape[1], np.nan)
    total = np.where(there, r, 0.0).sum(axis=0)
    rows = np.flatnonzero((total > 0) & (total < there.sum(axis=0)))
    for start in range(0, rows.size, _AT_ONCE):
        own = rows[start : start + _AT_ONCE]
        low[own], high[own] = _bounds(r[:, own], n[:, own], there[:, own], level)
    return Interval(low.reshape(shape), high.reshape(shape))


def _bounds(r: Floats, n: Floats, there: Bools, level: float) -> tuple[Floats, Floats]:
    """Quantiles of the mean, (n_cells,) each."""
    from scipy.special import expit

    harmonic = there.sum(axis=0) / np.where(there, 1.0 / np.where(there, n, 1.0), 0.0).sum(axis=0)
    size = np.where(there, harmonic, 0.0)
    hits = np.where(there, r * harmonic, 0.0)
    low, high = np.full(r.shape[1], -_FAR), np.full(r.shape[1], _FAR)
    for i in range(_ROUNDS):
        at = low[:, None] + (high - low)[:, None] * np.linspace(0.0, 1.0, _POINTS)
        density = _density(expit(at), hits, size)
        if i < _ROUNDS - 1:
            kept = density > _NOTHING
            first = np.maximum(kept.argmax(axis=1) - 1, 0)
            last = np.minimum(_POINTS - kept[:, ::-1].argmax(axis=1), _POINTS - 1)
            cell = np.arange(low.size)
            low, high = at[cell, first], at[cell, last]
    mass = np.cumsum((density[:, 1:] + density[:, :-1]) / 2, axis=1)
    mass = np.hstack([np.zeros((low.size, 1)), mass]) / mass[:, -1:]
    tail = (1 - level) / 2
    found = [[np.interp(q, m, a) for m, a in zip(mass, at, strict=True)] for q in (tail, 1 - tail)]
    return expit(np.array(found[0])), expit(np.array(found[1]))


def _density(mean: Floats, hits: Floats, size: Floats) -> Floats:
    """Posterior density on the logit of the mean, (n_cells, n_points), its highest value 1."""
    from scipy.special import gammaln

    log = np.empty((*mean.shape, _LIKENESS.size))
    for j, icc in enumerate(_LIKENESS.tolist()):
        both = (1.0 - icc) / icc
        a, b = mean * both, (1.0 - mean) * both
        value = np.zeros_like(mean)
        for x, n in zip(hits, size, strict=True):  # an outlet that is not there adds nothing
            value += gammaln(x[:, None] + a) + gammaln((n - x)[:, None] + b) - gammaln(n[:, None] + both)
        log[:, :, j] = value - hits.shape[0] * (gammaln(a) + gammaln(b) - gammaln(both))
    log -= log.max(axis=(1, 2), keepdims=True)
    out: Floats = np.exp(log).sum(axis=2) * np.sqrt(mean * (1.0 - mean))
    out /= out.max(axis=1, keepdims=True)
    return out
