"""Intervals of rates of many things at once, from sums over stories: no resampling, so a whole vocabulary costs little.

Not for one rate over time (`analysis.series` resamples), nor for telling two groups apart (`keyness_test`).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, message
from analysis.stats.checks import Floats, floats, share
from analysis.stats.intervals import Interval

MIN_STORIES = 5


class StorySums(NamedTuple):
    """Sums over stories s with occurrences x and words n; arrays that broadcast, one entry a term.

    Attributes
    ----------
    total, squares, products
        sum x, sum x^2, sum x n.
    n_with
        Stories with x > 0.
    largest
        The largest x.
    words, words_squared
        sum n, sum n^2.
    n_stories
        Stories with words.
    """

    total: npt.ArrayLike
    squares: npt.ArrayLike
    products: npt.ArrayLike
    n_with: npt.ArrayLike
    largest: npt.ArrayLike
    words: npt.ArrayLike
    words_squared: npt.ArrayLike
    n_stories: npt.ArrayLike


def story_rate(sums: StorySums, *, level: float = 0.95) -> Interval:
    """Interval of a rate, sum x / sum n, where stories are the units.

    Parameters
    ----------
    sums
        Of the stories.
    level
        Between 0 and 1.

    Returns
    -------
    Interval
        NaN below 5 stories with words. Never below 0.

    Notes
    -----
    With r = sum x / sum n and m stories, the linearised variance of the ratio is

        v = m / (m - 1) * sum (x - r n)^2 / (sum n)^2,

    widened by (t / z)^2, the quantiles of Student's t and of the normal. Its degrees of freedom are the effective
    number of stories that have the term, (sum x)^2 / sum x^2, from 1 to m - 1: what few stories carry is known from
    as few. The bounds are quantiles of gamma distributions: below with mean r and variance v; above with one more
    story like the largest seen, as far as stories are without the term (1 - n_with / m of it), for what was not found
    cannot vary.

    References: Cochran (1977), Sampling Techniques, 6.3 and 9A, for the variance; Fay & Feuer (1997), Statistics in
    Medicine 16(7), for the gamma interval; Kish (1965), Survey Sampling, for effective numbers. How often they cover:
    `benchmarks/frequency_intervals.py`.
    """
    from scipy.special import gammaincinv, ndtri, stdtrit

    x, xx, xn, had, big, n, nn, m = np.broadcast_arrays(*(floats(k, v) for k, v in sums._asdict().items()))
    if (xx < x).any() or (big > x).any():
        raise InputError(message("these are no sums over stories", expected="whole occurrences by story"))
    tail = (1 - share("level", level)) / 2
    have = (m >= MIN_STORIES) & (n > 0)
    m, n = np.where(have, m, MIN_STORIES), np.where(have, n, 1.0)
    r, one = x / n, big / n * np.clip(1 - had / m, 0.0, 1.0)
    freedom = np.clip(np.divide(x**2, xx, out=np.ones(x.shape), where=xx > 0), 1, m - 1)
    wider = (stdtrit(freedom, tail) / ndtri(tail)) ** 2
    v = wider * m / (m - 1) * np.maximum(xx - 2 * r * xn + r**2 * nn, 0.0) / n**2
    # A term as even as the words themselves has hardly any variance left; a billionth keeps the quantiles finite.
    v = np.maximum(v, r**2 * 1e-9)
    seen = have & (x > 0)
    low = np.zeros(x.shape)
    low[seen] = _quantile(r[seen], v[seen], tail, gammaincinv)
    high = np.where(have, 0.0, np.nan)
    high[seen] = _quantile((r + one)[seen], (v + one**2)[seen], 1 - tail, gammaincinv)
    return Interval(np.where(have, low, np.nan), np.where(seen | ~have, high, np.nan))


def _quantile(mean: Floats, variance: Floats, p: float, inverse: np.ufunc) -> Floats:
    found: Floats = variance / mean * inverse(mean**2 / variance, p)
    return found
