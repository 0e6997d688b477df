"""One card a topic: its terms, its share over time and by outlet, and headlines to read, in one table for one
picture.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.errors import InputError, message
from analysis.result import Result, Traced
from analysis.stats.checks import whole
from analysis.topics.articles import topic_articles
from analysis.topics.grouped import THIN, span, topic_outlets, topic_periods
from analysis.topics.held import held
from analysis.topics.naming import COLUMNS, stability_note
from analysis.topics.terms import described, topic_terms

if TYPE_CHECKING:
    from analysis.topics.model import TopicModel


def topic_cards(
    model: "TopicModel",
    topics: Sequence[int | str] | int | str | None = None,
    *,
    by: str = "month",
    n_terms: int = 10,
    n_articles: int = 3,
    n_outlets: int = 6,
) -> Result:
    """Describe topics on a card each.

    Parameters
    ----------
    model
        From `fit_topics`, with its corpus.
    topics
        Numbers or labels; None for the eight largest.
    by
        Period of the share over time: day, week, month, quarter or year.
    n_terms, n_articles, n_outlets
        How many of each, at least 1; the largest outlets of the corpus.

    Returns
    -------
    Result
        Kind `topic_cards`, by topic (as asked for, else the largest first), part and rank: topic, label, stable,
        found_in, of (as in `topic_terms`); topic_share (float64, of all words); part (str: `term`, `period`,
        `outlet`, `article`); rank (int64); name (str: the term, period, outlet or headline); value (float64:
        probability of the term, share of the words of the period, outlet or article; null for a period of fewer than
        five articles); doc_id (str, null but for articles).

    Raises
    ------
    InputError, UnknownNameError, SelectionError
        No such topic or period; no articles at hand. Without dated articles there are no periods.
    """
    for name, value in (("n_terms", n_terms), ("n_articles", n_articles), ("n_outlets", n_outlets)):
        whole(name, value)
    have = held(model)
    amount = have.words[:, : model.n_topics].sum(axis=0)
    share = amount / max(float(have.words.sum()), 1e-300)
    if topics is None:
        chosen = np.argsort(-amount, kind="stable")[:8].tolist()
    else:
        asked = [topics] if isinstance(topics, int | str) else list(topics)
        if not asked:
            raise InputError(message("`topics` is empty", expected="numbers or labels, or None"))
        chosen = list(dict.fromkeys(model.topic(t) for t in asked))
    outlets = topic_outlets(model).table
    sizes = outlets.groupby("group")["n_docs"].first().sort_values(ascending=False, kind="stable")
    outlets = outlets[outlets["group"].isin(sizes.index[:n_outlets])]
    parts = [
        _part(topic_terms(model, n=n_terms).table, "term", "term", "probability"),
        _part(_periods(model, by), "period", "period", "share"),
        _part(outlets, "outlet", "group", "share"),
        _part(topic_articles(model, n=n_articles).table, "article", "title", "share"),
    ]
    table = pd.concat(parts, ignore_index=True)
    place = {k: i for i, k in enumerate(chosen)}
    table = table[table["topic"].isin(chosen)]
    table["topic_share"] = share[table["topic"]]
    table["_order"] = table["topic"].map(place)
    table = table.sort_values(
        "_order", kind="stable"
    )  # parts and ranks stay in the order they were put together
    return Result(
        kind="topic_cards",
        table=table[[*COLUMNS, "topic_share", "part", "rank", "name", "value", "doc_id"]],
        unit="share of words; of terms, probability",
        params={**described(model), "topics": chosen, "by": by, "n_terms": n_terms, "n_articles": n_articles,
                "n_outlets": n_outlets},
        corpus_fingerprint=model.corpus_fingerprint,
        notes=stability_note(model),
        source=Traced(have.corpus, model),
    )  # fmt: skip


def _periods(model: "TopicModel", by: str) -> pd.DataFrame:
    from analysis.errors import SelectionError

    try:
        table = topic_periods(model, by=by).table
        n_docs = table["n_docs"].to_numpy()[: len(table) // model.n_topics]
        inside = np.zeros(len(n_docs), np.bool_)
        inside[span(n_docs)] = True
        table["share"] = table["share"].mask(table["n_docs"] < THIN)
        return table[np.tile(inside, model.n_topics)]
    except SelectionError:  # no article has a date: a card without a line is still a card
        return topic_terms(model, n=1).table.head(0).assign(period=pd.Series(dtype="str"), share=0.0)


def _part(table: pd.DataFrame, part: str, name: str, value: str) -> pd.DataFrame:
    made = table[list(COLUMNS)].copy()
    made["part"] = part
    made["rank"] = (table.groupby("topic").cumcount() + 1).astype("int64")
    made["name"] = table[name].fillna("(no title)").astype("str")
    made["value"] = table[value].astype("float64")
    made["doc_id"] = (
        table["doc_id"] if "doc_id" in table.columns else pd.Series(pd.NA, table.index, dtype="str")
    )
    return made.astype({"part": "str", "doc_id": "str"})
