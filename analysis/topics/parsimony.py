"""Taking the language of the whole corpus out of a topic. Not for finding topics.

Every engine gives its topics a share of the words that all articles have (said, year, people). Left there, they make
each topic explain any text a little, and an article on something else is never unassigned. Parsimonious language models
(Hiemstra, Robertson & Zaragoza 2004) say what a topic adds: its words are taken for a mixture of the background and of
something of its own, and only the latter is kept.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

OWN = 0.3  # of a topic's words are taken to be its own


def own_words(topic_word: npt.ArrayLike, background: npt.ArrayLike, *, own: float = OWN) -> Floats:
    r"""Give what topics add to the background: rows sum to one.

    Parameters
    ----------
    topic_word
        P(term | topic), topics x terms.
    background
        P(term) in the corpus; above 0 for every term.
    own
        The part of a topic that is taken to be its own, above 0, at most 1 (which changes nothing).

    Notes
    -----
    The Q of greatest likelihood in :math:`\lambda Q + (1 - \lambda) B`, P as the observed frequencies. Not by EM but
    exactly (Zhang & Xu 2008): :math:`Q_w = \max(0, P_w / \tau - B_w (1 - \lambda) / \lambda)`, over the terms of the
    largest P / B, :math:`\tau` such that Q sums to one.

    >>> own_words([[0.5, 0.25, 0.25]], [0.25, 0.25, 0.5], own=0.5).tolist()
    [[0.75, 0.25, 0.0]]
    """
    seen, common = np.asarray(topic_word, np.float64), np.asarray(background, np.float64)
    much = (1 - own) / own
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(common > 0, seen / common, np.where(seen > 0, np.inf, 0.0))
    order = np.argsort(-ratio, axis=1, kind="stable")
    scale = np.cumsum(np.take_along_axis(seen, order, axis=1), axis=1) / (
        1 + much * np.cumsum(common[order], axis=1)
    )
    # A term belongs to the set as long as it would get more than nothing with the set that it closes.
    kept = np.take_along_axis(ratio, order, axis=1) > much * scale
    last = np.maximum(kept.sum(axis=1) - 1, 0)
    tau = np.take_along_axis(scale, last[:, None], axis=1)
    found: Floats = np.maximum(seen / tau - much * common, 0.0)
    found /= found.sum(axis=1, keepdims=True)
    return found
