"""The articles that have most of a topic: what must be read before a topic is named.

Not a sample: these are extremes, and the middle of a topic may be about less (`topic_passages` marks its words).
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.result import Result
from analysis.stats.checks import Floats, Ints, whole
from analysis.topics.held import held
from analysis.topics.matrix import stories_of
from analysis.topics.naming import head, stability_note
from analysis.topics.terms import described

if TYPE_CHECKING:
    from analysis.topics.model import TopicModel

FIELDS = ("outlet", "published", "title", "link")
LEAST_WORDS = 50  # known to the model; shares of a brief of ten words say nothing


def topic_articles(
    model: "TopicModel", topic: int | str | None = None, *, n: int = 5, min_words: int = LEAST_WORDS
) -> Result:
    """List the articles with the largest share of a topic, one a story.

    Parameters
    ----------
    model
        From `fit_topics`, with its corpus.
    topic
        Number or label; None for every topic.
    n
        Articles a topic, at least 1.
    min_words
        Fewest words of the model's terms in an article, at least 1.

    Returns
    -------
    Result
        Kind `topic_articles`, by topic, then the largest share first: topic, label, stable, found_in, of (as in
        `topic_terms`); rank (int64, from 1); doc_id (str); share (float64, of the article's words, 0 to 1); n_words
        (int64, those words); outlet, published, title, link (null where there is none).

        `Corpus.read(doc_id)` opens one.

    Raises
    ------
    InputError, UnknownNameError, SelectionError
        No such topic; no model, or one without its articles.
    """
    whole("n", n)
    whole("min_words", min_words)
    have = held(model)
    chosen = range(model.n_topics) if topic is None else [model.topic(topic)]
    story = stories_of(model.tokens)  # type: ignore[arg-type]  # `held` asked for it
    rows = [best(have.shares[:, k], have.counts.n_words, story, n, min_words) for k in chosen]
    topics = np.repeat(np.array(list(chosen), np.int64), [len(r) for r in rows])
    at = np.concatenate([*rows, np.empty(0, np.int64)]).astype(np.int64)
    table = head(model, topics)
    table["rank"] = np.concatenate([np.arange(1, len(r) + 1, dtype=np.int64) for r in rows])
    table["doc_id"] = pd.array([have.counts.doc_ids[i] for i in at], dtype="str")
    table["share"] = have.shares[at, topics]
    table["n_words"] = have.counts.n_words[at]
    facts = have.corpus.where(doc_id=sorted(set(table["doc_id"])) or ["none"]).articles(FIELDS)
    table = table.merge(facts, on="doc_id", how="left", validate="m:1")
    return Result(
        kind="topic_articles",
        table=table,
        unit="share of words",
        params={**described(model), "topic": topic, "n": n, "min_words": min_words},
        corpus_fingerprint=model.corpus_fingerprint,
        notes=stability_note(model),
        source=have.corpus,
    )


def best(share: Floats, n_words: Ints, story: Ints, n: int, min_words: int) -> Ints:
    """Give the rows with the largest shares, the first of each story, ties by doc_id; long enough ones only."""
    at = np.flatnonzero((n_words >= min_words) & (share > 0))
    # Whatever the stories, the n best of different ones are among the best few hundred nearly always; else look at all.
    for few in (50 * n, len(at)):
        some = at if len(at) <= few else at[np.argpartition(-share[at], few - 1)[:few]]
        some = np.sort(some)
        some = some[np.argsort(-share[some], kind="stable")]
        _, first = np.unique(story[some], return_index=True)
        found: Ints = some[np.sort(first)][:n]
        if len(found) == n:
            break
    return found
