"""Which topics are written about together. Not for topics that share words (`topic_table` has the nearest of each)."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.errors import SelectionError, message
from analysis.result import Result, Traced
from analysis.topics.held import held
from analysis.topics.naming import head, stability_note
from analysis.topics.terms import described

if TYPE_CHECKING:
    from analysis.topics.model import TopicModel

PRESENT = 0.1  # of an article's words


def topic_correlation(model: "TopicModel") -> Result:
    """Correlate the shares of topics over articles, beside what shares that sum to one do anyway.

    Parameters
    ----------
    model
        From `fit_topics`, with its corpus.

    Returns
    -------
    Result
        Kind `topic_correlation`, one row a pair, the largest excess first: topic, label, stable, found_in, of (of the
        first, as in `topic_terms`); other, other_label (int64, str); correlation (float64, Pearson's r of their
        shares, -1 to 1); by_chance (float64, the r of shares that are unrelated but sum to one); excess (float64, the
        difference); n_both (int64, articles with a tenth of both).

    Notes
    -----
    Shares of one article sum to one, so that what one topic gains others lose and r is negative for unrelated topics:
    for Dirichlet shares with means a and b it is -sqrt(a b / ((1 - a)(1 - b))) (Aitchison 1986, ch. 3). Read the
    excess. Articles without known terms are left out.
    """
    have = held(model)
    if model.n_topics < 2:
        raise SelectionError(message("One topic has no other", expected="two topics or more"))
    k = model.n_topics
    shares = have.shares[have.counts.n_words > 0, :k]
    if len(shares) < 3:
        raise SelectionError(message("There are too few articles", got=len(shares), expected="three or more"))
    mean, spread = shares.mean(axis=0), shares.std(axis=0)
    centred = shares - mean
    with np.errstate(invalid="ignore", divide="ignore"):
        r = (centred.T @ centred) / len(shares) / np.outer(spread, spread)
        odds = mean / (1 - mean)
        chance = -np.sqrt(np.outer(odds, odds))
    present = (shares >= PRESENT).astype(np.float64)
    both = (present.T @ present).astype(np.int64)
    one, other = np.triu_indices(k, 1)
    table = head(model, one)
    table["other"] = other.astype(np.int64)
    names = model.names  # worked out anew on every call
    table["other_label"] = pd.array([names[j] for j in other], dtype="str")
    table["correlation"] = r[one, other]
    table["by_chance"] = chance[one, other]
    table["excess"] = table["correlation"] - table["by_chance"]
    table["n_both"] = both[one, other]
    table = table.sort_values(["excess", "topic", "other"], ascending=[False, True, True])
    return Result(
        kind="topic_correlation",
        table=table,
        unit="correlation of shares",
        params=described(model),
        corpus_fingerprint=model.corpus_fingerprint,
        notes=stability_note(model),
        source=Traced(have.corpus, model),
    )
