"""Shares of topics by outlet and by period: sums over articles, without intervals.

For a line with intervals, coverage and stories take `trend(topic_share(model, topic))`: this is the overview of all
topics at once, for pictures and for finding which are worth a line.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from analysis.errors import SelectionError, message
from analysis.periods import period_labels, period_range
from analysis.result import Result, Traced
from analysis.stats.checks import Floats, Ints
from analysis.terms.dtm import article_groups
from analysis.terms.groups import grouping, undated_note
from analysis.topics.held import held
from analysis.topics.naming import head, stability_note
from analysis.topics.terms import described

if TYPE_CHECKING:
    from analysis.corpus.handle import Corpus
    from analysis.topics.model import TopicModel

NO_NAME = "(none)"
THIN = 5  # articles; the share of fewer is not drawn


class Sums(NamedTuple):
    """Words of each topic by group.

    Attributes
    ----------
    groups
        The value of the field and the period of each group; None where not asked for.
    words
        (n_groups, n_topics + 1) float64: expected words of each topic, the unassigned last.
    n_docs
        (n_groups,) int64.
    notes
        What stayed out.
    """

    groups: list[tuple[str | None, str | None]]
    words: Floats
    n_docs: Ints
    notes: tuple[str, ...]

    @property
    def shares(self) -> Floats:
        """(n_groups, n_topics + 1): of the group's words; NaN where it has none."""
        total = self.words.sum(axis=1, keepdims=True)
        made: Floats = np.divide(self.words, total, out=np.full(self.words.shape, np.nan), where=total > 0)
        return made


def sums(corpus: "Corpus", amount: Floats, *, across: str | None = None, by: str | None = None) -> Sums:
    """Add up the expected words of all topics, (n_docs, n_topics + 1), by a field and a period."""
    groups, undated = grouping(corpus, across=across, by=by)
    code = np.asarray(article_groups(corpus, groups), dtype=np.int64)
    words = np.zeros((max(len(groups), 1), amount.shape[1]))
    inside = code >= 0
    np.add.at(words, code[inside], amount[inside])
    n_docs = np.bincount(code[inside], minlength=len(words)).astype(np.int64)
    return Sums(list(groups.labels()) or [(None, None)], words, n_docs, undated_note(undated, by))


def topic_outlets(model: "TopicModel", *, across: str = "outlet") -> Result:
    """Say how much of each outlet is on each topic, and how much of each topic is from each outlet.

    Parameters
    ----------
    model
        From `fit_topics`, with its corpus.
    across
        A field of the articles.

    Returns
    -------
    Result
        Kind `topic_outlets`, one row a topic and value of the field, by topic, then as the field sorts: topic, label,
        stable, found_in, of (as in `topic_terms`); group (str); share (float64, of the group's words, 0 to 1);
        share_of_topic (float64, of the topic's words); n_words (float64, expected words of the topic); n_docs (int64,
        articles of the group).

    Raises
    ------
    UnknownNameError
        There is no such field.
    """
    have = held(model)
    found = sums(have.corpus, have.words, across=across)
    k, g = model.n_topics, len(found.groups)
    table = head(model, np.repeat(np.arange(k), g))
    table["group"] = pd.array([NO_NAME if v is None else v for v, _ in found.groups] * k, dtype="str")
    table["share"] = found.shares[:, :k].T.ravel()
    table["share_of_topic"] = of_topic(found.words)[:, :k].T.ravel()
    table["n_words"] = found.words[:, :k].T.ravel()
    table["n_docs"] = np.tile(found.n_docs, k)
    return _result(model, "topic_outlets", table, {"across": across}, found.notes)


def topic_periods(model: "TopicModel", *, by: str = "month") -> Result:
    """Say how much of each period is on each topic: the heat map of topics and time.

    Parameters
    ----------
    model
        From `fit_topics`, with its corpus.
    by
        day, week, month, quarter or year.

    Returns
    -------
    Result
        Kind `topic_periods`, one row a topic and period from the first with articles to the last, by topic, then
        time: topic, label, stable, found_in, of (as in `topic_terms`); period (str); share (float64, of the period's
        words; null where it has none); n_words (float64, expected words of the topic); n_docs (int64, articles of the
        period).

    Notes
    -----
    Plain sums over the articles that are there: a change of outlets changes them. For a claim take `trend`.
    """
    have = held(model)
    found = sums(have.corpus, have.words, by=by)
    k = model.n_topics
    if not found.n_docs.sum():
        raise SelectionError(message(f"No article has a date known to the {by}", expected="dated articles"))
    there = [str(p) for _, p in found.groups]
    names = [str(p) for p in period_labels(period_range(there[0], there[-1], by), by)]
    at = np.searchsorted(names, there)
    share, words, n_docs = (
        np.full((len(names), k), np.nan),
        np.zeros((len(names), k)),
        np.zeros(len(names), np.int64),
    )
    share[at], words[at], n_docs[at] = found.shares[:, :k], found.words[:, :k], found.n_docs
    table = head(model, np.repeat(np.arange(k), len(names)))
    table["period"] = pd.array(names * k, dtype="str")
    table["share"], table["n_words"], table["n_docs"] = share.T.ravel(), words.T.ravel(), np.tile(n_docs, k)
    note = "Shares are of the words that were collected: where the mix of outlets changes, so do they (see `trend`)."
    return _result(model, "topic_periods", table, {"by": by}, (*found.notes, note))


def span(n_docs: Ints) -> slice:
    """Give the periods worth drawing: at either end those of a few stray articles are left out.

    Stray are periods with fewer than five articles, as long as no more than one article in a hundred goes.
    """
    first, last, room = 0, len(n_docs), 0.01 * float(n_docs.sum())
    while first < last - 1 and n_docs[first] < THIN and n_docs[first] <= room:
        room -= float(n_docs[first])
        first += 1
    while first < last - 1 and n_docs[last - 1] < THIN and n_docs[last - 1] <= room:
        room -= float(n_docs[last - 1])
        last -= 1
    return slice(first, last)


def of_topic(words: Floats) -> Floats:
    """Give each group's share of each topic's words, (n_groups, n_topics + 1); NaN for a topic without any."""
    total = words.sum(axis=0, keepdims=True)
    made: Floats = np.divide(words, total, out=np.full(words.shape, np.nan), where=total > 0)
    return made


def _result(
    model: "TopicModel", kind: str, table: pd.DataFrame, params: dict[str, object], notes: tuple[str, ...]
) -> Result:
    return Result(
        kind=kind,
        table=table,
        unit="share of words",
        params={**described(model), **params},
        corpus_fingerprint=model.corpus_fingerprint,
        notes=(*stability_note(model), *notes),
        source=Traced(held(model).corpus, model),
    )
