"""Which terms say what a topic is about, from the probabilities of terms in topics. Arrays in, arrays out.

Three orders (probability, relevance, FREX), and how exclusive and how repetitive the first terms are. Not for
coherence, which needs the texts (`analysis.stats.coherence`).
"""

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from analysis.errors import InputError, message
from analysis.stats.checks import Floats, Ints, floats, vector, whole


def relevance(topic_word: npt.ArrayLike, background: npt.ArrayLike, *, weight: float = 0.6) -> Floats:
    """Relevance of terms to topics: between probability and lift.

    Parameters
    ----------
    topic_word
        (n_topics, n_terms), P(term | topic).
    background
        (n_terms,), P(term) in the corpus.
    weight
        Lambda: 1 orders by probability, 0 by lift, P(term | topic) / P(term). Sievert & Shirley's readers named topics
        best at .6.

    Returns
    -------
    (n_topics, n_terms) float64: weight x log P(term | topic) + (1 - weight) x log lift; NaN where a term has no
    probability in the topic.

    Notes
    -----
    Sievert & Shirley (2014), Workshop on Interactive Language Learning, Visualization, and Interfaces.
    """
    phi = _probabilities(topic_word)
    base = vector("background", background, phi.shape[1])
    lam = _weight(weight)
    with np.errstate(divide="ignore", invalid="ignore"):
        log_phi = np.log(phi)
        made: Floats = lam * log_phi + (1 - lam) * (log_phi - np.log(base))
    made[phi == 0] = np.nan
    return made


def exclusivity(topic_word: npt.ArrayLike) -> Floats:
    """Share of a term's probability, summed over topics, that each topic has: (n_topics, n_terms).

    NaN for a term that no topic has.

    Bischof & Airoldi (2012), ICML.
    """
    phi = _probabilities(topic_word)
    total = phi.sum(axis=0)
    made: Floats = np.divide(phi, total, out=np.full(phi.shape, np.nan), where=total > 0)
    return made


def frex(topic_word: npt.ArrayLike, *, weight: float = 0.5) -> Floats:
    """FREX: the harmonic mean of how frequent a term is in a topic and how exclusive to it, both as ranks.

    Parameters
    ----------
    topic_word
        (n_topics, n_terms), P(term | topic).
    weight
        Of exclusivity, 0 to 1.

    Returns
    -------
    (n_topics, n_terms) float64 in (0, 1]: 1 / (weight / E + (1 - weight) / F), with E and F the shares of the terms of
    the topic (those with a probability in it) that have at most this exclusivity and this probability, ties by their
    mean rank. NaN for terms without probability.

    Notes
    -----
    Bischof & Airoldi (2012), ICML; as in the R package stm, but over the terms a topic has: NMF gives most terms none.
    """
    phi = _probabilities(topic_word)
    w = _weight(weight)
    own = exclusivity(phi)
    made = np.full(phi.shape, np.nan)
    for k, row in enumerate(phi):
        has = row > 0
        n = int(has.sum())
        if n:
            e, f = rankdata(own[k, has]) / n, rankdata(row[has]) / n
            made[k, has] = 1 / (w / e + (1 - w) / f)
    return made


def by_probability(topic_word: npt.ArrayLike) -> Floats:
    """Give the probabilities, NaN where a term has none: the third order."""
    phi = _probabilities(topic_word)
    return np.where(phi > 0, phi, np.nan)


def top(scores: npt.ArrayLike, n: int) -> Ints:
    """Give the first terms of each topic, ties by column.

    Parameters
    ----------
    scores
        (n_topics, n_terms); NaN and infinities are never among the first.
    n
        How many, at least 1.

    Returns
    -------
    (n_topics, n) int64: columns, best first; -1 where a topic has fewer terms with a score.
    """
    whole("n", n)
    values = np.asarray(scores, dtype=np.float64)
    values = np.where(np.isfinite(values), values, -np.inf)
    n_here = min(n, values.shape[1])
    out = np.full((len(values), n), -1, np.int64)
    for k, row in enumerate(values):
        # The n best by partition, and all that tie with the last of them; then in order.
        least = np.partition(row, len(row) - n_here)[len(row) - n_here] if n_here else -np.inf
        near = np.flatnonzero(row >= least)
        best = near[np.lexsort((near, -row[near]))][:n_here]
        best = best[np.isfinite(row[best])]
        out[k, : len(best)] = best
    return out


def topic_exclusivity(topic_word: npt.ArrayLike, first: npt.ArrayLike) -> Floats:
    """Mean exclusivity of the first terms of each topic, (n_topics,): from 1 / n_topics (common to all) to 1."""
    own, rows = exclusivity(topic_word), np.asarray(first)
    return np.array(
        [own[k, row[row >= 0]].mean() if (row >= 0).any() else np.nan for k, row in enumerate(rows)]
    )


def redundancy(first: npt.ArrayLike) -> float:
    """Share of the first terms of all topics that stand in an earlier topic already.

    Parameters
    ----------
    first
        (n_topics, n_top) int64, -1 where a topic has fewer.

    Returns
    -------
    0 where no term is named twice, towards 1 where all topics are one; NaN without terms.

    Notes
    -----
    One minus the topic diversity of Dieng, Ruiz & Blei (2020), TACL 8, who take the first 25.
    """
    named = np.asarray(first)
    named = named[named >= 0]
    return 1 - len(np.unique(named)) / len(named) if len(named) else float("nan")


def nearest_topic(topic_word: npt.ArrayLike) -> tuple[Ints, Floats]:
    """Give the most similar other topic of each, and the cosine of their probabilities; -1 and NaN with one topic."""
    phi = _probabilities(topic_word)
    n = len(phi)
    if n < 2:
        return np.full(n, -1, np.int64), np.full(n, np.nan)
    length = np.sqrt((phi**2).sum(axis=1, keepdims=True))
    unit = np.divide(phi, length, out=np.zeros_like(phi), where=length > 0)
    cosine = unit @ unit.T
    np.fill_diagonal(cosine, -1.0)
    other = cosine.argmax(axis=1)
    return other.astype(np.int64), cosine[np.arange(n), other]


def _probabilities(topic_word: npt.ArrayLike) -> Floats:
    phi = floats("topic_word", topic_word)
    if phi.ndim != 2:
        raise InputError(
            message("`topic_word` is not topics x terms", got=phi.shape, expected="two dimensions")
        )
    return phi


def _weight(value: float) -> float:
    array = floats("weight", value)
    if array.ndim or array > 1:
        raise InputError(message("`weight` is out of range", got=value, expected="a number from 0 to 1"))
    return float(array)
