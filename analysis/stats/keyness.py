"""How the counts of two corpora differ, term by term: effect sizes and the classical measures.

Counts are occurrences; totals are words. They describe and rank. Whether a difference is more than the chance
of which articles were written is for `keyness_test`: read as tests, the measures here find hundreds of keywords
between random halves of one corpus.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, message
from analysis.stats.checks import Floats, number, vector


class LogOdds(NamedTuple):
    """Weighted log-odds, each (n_terms,) float64: the estimate, its variance, and delta / sqrt(variance)."""

    delta: Floats
    variance: Floats
    z: Floats


def g2_corpora(
    target: npt.ArrayLike, reference: npt.ArrayLike, n_target: float, n_reference: float
) -> Floats:
    """Log-likelihood ratio G2 of two corpora over the two cells of the term, signed by direction.

    Parameters
    ----------
    target, reference
        Occurrences of each term, (n_terms,).
    n_target, n_reference
        Words in either corpus, all of them (before stop words).

    Returns
    -------
    (n_terms,) float64: 2 (a ln(a/E1) + b ln(b/E2)) with E = N_i (a + b) / (N_1 + N_2); negative where the
    term's rate is lower in the target, 0 where it occurs in neither. The cells of all other words are left out,
    as in Rayson & Garside (2000); the four-cell form is `association.g2_collocation`, and hardly differs for
    rare terms.
    """
    a, b, n1, n2 = _corpora(target, reference, n_target, n_reference)
    both = a + b
    size = np.zeros_like(a)
    for observed, n in ((a, n1), (b, n2)):
        expected = n * both / (n1 + n2)
        ratio = np.divide(observed, expected, out=np.ones_like(a), where=observed > 0)
        size += 2 * observed * np.log(ratio)
    return np.copysign(np.maximum(size, 0.0), a * n2 - b * n1)


def log_ratio(
    target: npt.ArrayLike, reference: npt.ArrayLike, n_target: float, n_reference: float, *, zero: float = 0.5
) -> Floats:
    """Log Ratio: log2 of the ratio of the two rates; one point is twice as often.

    A count of 0 is replaced by `zero` (0.5 as in Hardie 2014; other counts stay as they are); NaN where the
    term occurs in neither. An effect size: it says nothing of certainty, and rare terms have the largest ones.

    >>> log_ratio([30, 1], [10, 0], 1000, 1000).round(3).tolist()
    [1.585, 1.0]
    """
    a, b, n1, n2 = _corpora(target, reference, n_target, n_reference)
    if not zero > 0:
        raise InputError(
            message("`zero` is not positive", got=zero, expected="a number above 0, 0.5 usually")
        )
    ratio = (np.where(a == 0, zero, a) * n2) / (np.where(b == 0, zero, b) * n1)
    return np.where(a + b == 0, np.nan, np.log2(ratio))


def log_odds(
    target: npt.ArrayLike,
    reference: npt.ArrayLike,
    n_target: float,
    n_reference: float,
    *,
    background: npt.ArrayLike,
    alpha0: float,
) -> LogOdds:
    """Weighted log-odds-ratio with an informative Dirichlet prior ("Fightin' Words").

    Parameters
    ----------
    target, reference, background
        Occurrences of each term, (n_terms,). The background gives the prior its shape: a larger corpus, or the
        sum of both. A term that it lacks has no prior: its result is null.
    n_target, n_reference
        Words in either corpus.
    alpha0
        Weight of the prior in words: alpha_w = alpha0 * background_w / sum(background). The larger, the more
        rare terms shrink towards no difference; the length of a typical article is a mild choice.

    Returns
    -------
    LogOdds
        delta = ln((y1 + a) / (n1 + alpha0 - y1 - a)) - ln((y2 + a) / (n2 + alpha0 - y2 - a)); variance about
        1 / (y1 + a) + 1 / (y2 + a); z. Positive where the target uses the term more. NaN where the prior is 0.

    References
    ----------
    Monroe, Colaresi & Quinn (2008), Political Analysis 16(4), equations 16, 20, 22. z supposes independent words: it
    ranks, it is no test.
    """
    y1, y2, n1, n2 = _corpora(target, reference, n_target, n_reference)
    back = vector("background", background, y1.size)
    weight = number("alpha0", alpha0)
    if back.size and not back.any():
        raise InputError(message("`background` is empty", expected="counts of which one at least is above 0"))
    a = np.where(back > 0, weight * back / (back.sum() or 1.0), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):  # a term that is all of both has infinite odds
        delta = np.log((y1 + a) / (n1 + weight - y1 - a)) - np.log((y2 + a) / (n2 + weight - y2 - a))
    delta[~np.isfinite(delta)] = np.nan
    variance = 1 / (y1 + a) + 1 / (y2 + a)
    return LogOdds(delta, variance, delta / np.sqrt(variance))


def _corpora(
    target: npt.ArrayLike, reference: npt.ArrayLike, n_target: float, n_reference: float
) -> tuple[Floats, Floats, float, float]:
    a = vector("target", target)
    b = vector("reference", reference, a.size)
    n1, n2 = number("n_target", n_target), number("n_reference", n_reference)
    for name, counts, n in (("target", a, n1), ("reference", b, n2)):
        if counts.size and counts.max() > n:
            raise InputError(
                message(
                    f"`n_{name}` is less than a term's count",
                    got=n,
                    expected="the number of all words, stop words too",
                )
            )
    return a, b, n1, n2
