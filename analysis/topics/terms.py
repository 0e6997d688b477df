"""The terms of topics in several orders, and labels suggested from them.

Not for the words of one period (`analysis.topics.words`). The formulas: `analysis.stats.topic_terms`.
"""

from typing import TYPE_CHECKING

import numpy as np

from analysis.errors import choose
from analysis.result import Result, Traced
from analysis.stats import topic_terms as scores
from analysis.stats.checks import Floats, Ints, whole
from analysis.topics.naming import head, stability_note
from analysis.topics.order import distinctive

if TYPE_CHECKING:
    from analysis.topics.model import TopicModel

ORDERS = ("distinctive", "probability", "relevance", "frex")
RELEVANCE_WEIGHT, FREX_WEIGHT = 0.6, 0.5


def topic_terms(model: "TopicModel", *, n: int = 10, order: str = "distinctive") -> Result:
    """List the first terms of every topic.

    Parameters
    ----------
    model
        From `fit_topics`.
    n
        Terms a topic, at least 1.
    order
        `distinctive`: probability x idf^.25, by which topics are named and matched. `probability`: what the topic's
        words mostly are. `relevance`: probability and lift, weighted .6 (Sievert &
        Shirley 2014). `frex`: frequent and exclusive in equal parts (Bischof & Airoldi 2012).

    Returns
    -------
    Result
        Kind `topic_terms`, one row a topic and term, by topic and rank:

        topic, label, stable, found_in, of
            the topic (int64, str, boolean, Int64, Int64; null where stability was not checked).
        rank
            int64, from 1.
        term
            str.
        probability
            float64, P(term | topic).
        distinctive
            float64, probability x idf^.25.
        lift
            float64, probability by the term's share of the corpus's words.
        relevance, frex
            float64; frex in (0, 1].
        exclusivity
            float64, the topic's share of the term's probability over all topics, 0 to 1.

    Raises
    ------
    InputError
        `order` or `n` is not as said here.

    Notes
    -----
    No text is read.
    """
    import pandas as pd

    choose("order", order, ORDERS)
    whole("n", n)
    every = all_orders(model)
    first = scores.top(every[order], n)
    topic, at = np.nonzero(first >= 0)
    term = first[topic, at]
    with np.errstate(divide="ignore", invalid="ignore"):
        lift = model.topic_word[topic, term] / model.background[term]
    table = head(model, topic)
    table["rank"] = at.astype(np.int64) + 1
    table["term"] = pd.array([model.terms[i] for i in term], dtype="str")
    table["probability"] = model.topic_word[topic, term]
    table["lift"] = np.where(np.isfinite(lift), lift, np.nan)
    for name in ("distinctive", "relevance", "frex"):
        table[name] = every[name][topic, term]
    table["exclusivity"] = scores.exclusivity(model.topic_word)[topic, term]
    return Result(
        kind="topic_terms",
        table=table,
        unit="probability of a term in a topic",
        params={**described(model), "n": n, "order": order},
        corpus_fingerprint=model.corpus_fingerprint,
        notes=stability_note(model),
        source=None if model.tokens is None else Traced(model.tokens.corpus, model),
    )


def all_orders(model: "TopicModel") -> dict[str, Floats]:
    """Give the three scores, (n_topics, n_terms); NaN where a term has no probability."""
    telling = distinctive(model.topic_word, model.doc_freq, model.n_docs)
    return {
        "distinctive": scores.by_probability(telling),
        "probability": scores.by_probability(model.topic_word),
        "relevance": scores.relevance(model.topic_word, model.background, weight=RELEVANCE_WEIGHT),
        "frex": scores.frex(model.topic_word, weight=FREX_WEIGHT),
    }


def first_terms(model: "TopicModel", n: int = 10) -> Ints:
    """Give the most telling terms of each topic as columns, -1 where there are fewer."""
    return scores.top(all_orders(model)["distinctive"], n)


def suggested(model: "TopicModel", n: int = 3) -> list[str]:
    """Suggest a label for each topic: its first terms by FREX, those leading to the same word left out.

    A start for the researcher, who has read the articles, and not a name: labels are theirs.
    """
    found = []
    for row in scores.top(all_orders(model)["frex"], 5 * n):
        chosen: list[str] = []
        for term in (model.terms[i] for i in row if i >= 0):
            # mine, mines and miner would say one thing three times.
            if not any(_alike(term, other) for other in chosen):
                chosen.append(term)
            if len(chosen) == n:
                break
        found.append(" / ".join(chosen))
    return found


def described(model: "TopicModel") -> dict[str, object]:
    """Give the parameters that say which model this is, for the signature of a result."""
    return dict(model.params)


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short[: max(4, len(short) - 2)])
