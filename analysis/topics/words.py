"""The words of a topic in each period, told from those of the periods before it and never after.

Not for the share of a topic (`topic_share`). What many tools show here is smoothed with later periods, and lets an
event appear before it happened.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.result import Result, Traced
from analysis.stats.checks import Floats, whole
from analysis.stats.mixture import expected_counts
from analysis.stats.topic_terms import top
from analysis.terms.dtm import article_groups
from analysis.terms.groups import grouping, undated_note
from analysis.topics.held import held
from analysis.topics.naming import head, stability_note
from analysis.topics.terms import described

if TYPE_CHECKING:
    from analysis.topics.model import TopicModel

PRIOR = 500.0  # words: how much of what came before is added to either side
LEAST = 3.0  # expected occurrences in the period


def topic_words(model: "TopicModel", topic: int | str, *, by: str = "month", n: int = 8) -> Result:
    """Say which words a topic used in a period more than before.

    Parameters
    ----------
    model
        From `fit_topics`, with its corpus.
    topic
        Number or label.
    by
        day, week, month, quarter or year.
    n
        Terms a period, at least 1.

    Returns
    -------
    Result
        Kind `topic_words`, by period and rank: topic, label, stable, found_in, of (as in `topic_terms`); period
        (str); rank (int64); term (str); count (float64, occurrences in the period expected to be the topic's); share,
        before (float64, of the topic's words in the period, and in all periods before it; `before` is null in the
        first); z (float64, weighted log-odds of the two; in the first period against the topic as a whole corpus-wide
        background); n_words (float64, words of the topic in the period).

    Raises
    ------
    InputError, UnknownNameError, SelectionError
        No such topic or period; no articles at hand.

    Notes
    -----
    A word's topic is a chance given its article (`stats.mixture.expected_counts`). z is Monroe, Colaresi & Quinn's
    (2008) log-odds with an informative prior of 500 words, from the periods before; the first period has the corpus's
    distribution of terms there. Later periods enter neither; the topics themselves were fitted to all articles - for
    a strict account fit them to the first (`where(until=...)`) and `transform` the rest.
    """
    k = model.topic(topic)
    whole("n", n)
    have = held(model)
    groups, undated = grouping(have.corpus, across=None, by=by)
    code = np.asarray(article_groups(have.corpus, groups), dtype=np.int64)
    n_groups = len(groups)
    own = np.flatnonzero(have.within == k)
    counts = expected_counts(
        have.counts.table, have.mixed, have.parts, wanted=own, group=code, n_groups=max(n_groups, 1)
    )[:n_groups].sum(axis=1)
    earlier = np.cumsum(counts, axis=0) - counts
    z = np.full(counts.shape, np.nan)
    for i in range(n_groups):
        z[i] = _log_odds(counts[i], earlier[i], model.background)
    first = top(np.where((counts >= LEAST) & (z > 0), z, np.nan), n)
    period, at = np.nonzero(first >= 0)
    term = first[period, at]
    names = [p for _, p in groups.labels()]
    total, before = counts.sum(axis=1), earlier.sum(axis=1)
    table = head(model, np.full(len(period), k))
    table["period"] = pd.array([names[i] for i in period], dtype="str")
    table["rank"] = at.astype(np.int64) + 1
    table["term"] = pd.array([model.terms[i] for i in term], dtype="str")
    table["count"] = counts[period, term]
    table["share"] = counts[period, term] / np.maximum(total[period], 1e-300)
    with np.errstate(invalid="ignore", divide="ignore"):
        share_before = earlier[period, term] / before[period]
    table["before"] = np.where(before[period] > 0, share_before, np.nan)
    table["z"] = z[period, term]
    table["n_words"] = total[period]
    return Result(
        kind="topic_words",
        table=table,
        unit="weighted log-odds against the periods before",
        params={**described(model), "topic": k, "by": by, "n": n},
        corpus_fingerprint=model.corpus_fingerprint,
        notes=(*stability_note(model), *undated_note(undated, by)),
        source=Traced(have.corpus, model),
    )


def _log_odds(now: Floats, before: Floats, background: Floats) -> Floats:
    """Weigh the odds of each term now against those before; without a before, against the background."""
    other = before if before.sum() > 0 else background * PRIOR
    prior = PRIOR * other / other.sum() + 0.01
    a, b = now + prior, other + prior
    odds = np.log(a / (a.sum() - a)) - np.log(b / (b.sum() - b))
    made: Floats = odds / np.sqrt(1 / a + 1 / b)
    return made
