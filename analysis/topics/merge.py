"""Topics laid together: their distributions, refits and stability. Not for the log that says why (`edits`)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.stats.checks import Floats
from analysis.topics.fold import fold
from analysis.topics.model import TopicModel
from analysis.topics.order import distinctive, first
from analysis.topics.stability import FOUND, SAME, TOP, jaccard


def merged(model: TopicModel, groups: Sequence[tuple[int, ...]], labels: tuple[str, ...]) -> TopicModel:
    """Give the model with its topics in groups, each the mean of its members by the words they explain."""
    if len(groups) == model.n_topics:
        return replace(model, labels=labels)
    # What every topic explains of all words: the corpus folded in as if it were one article.
    from scipy.sparse import csr_array

    even = np.full(len(model.terms), 1 / len(model.terms))
    words = csr_array(np.rint(model.background[None] * 1e7).astype(np.int64))
    weight = fold(words, model.topic_word, even)[0, :-1]
    mix = np.zeros((len(groups), model.n_topics))
    for i, group in enumerate(groups):
        own = weight[list(group)]
        mix[i, list(group)] = own / own.sum() if own.sum() > 0 else 1 / len(group)
    topic_word = mix @ model.topic_word
    refits = None
    if model.refits is not None:
        refits = np.stack([(mix @ r.astype(np.float64)).astype(np.float32) for r in model.refits])
    number = tuple(next(i for i, group in enumerate(groups) if k in group) for k in range(model.n_topics))
    return replace(
        model,
        base=(model, number),
        topic_word=topic_word,
        refits=refits,
        labels=labels,
        params={**model.params, "merged": [plus(g) for g in groups if len(g) > 1]},
        stability=_stability(model, groups, topic_word, refits),
        tokens=model.tokens,
    )


def _stability(
    model: TopicModel, groups: Sequence[tuple[int, ...]], topic_word: Floats, refits: Any
) -> pd.DataFrame:
    """Keep the stability of single topics; count that of merged ones from the merged refits."""
    table = model.stability.iloc[[g[0] for g in groups]].reset_index(drop=True)
    table["topic"] = np.arange(len(groups), dtype=np.int64)
    for i, group in enumerate(groups):
        if len(group) > 1 and refits is not None:
            tops = [
                first(distinctive(m[i : i + 1], model.doc_freq, model.n_docs), TOP)
                for m in (topic_word, *refits)
            ]
            similar = np.array([jaccard(tops[0], t, len(model.terms))[0, 0] for t in tops[1:]])
            found = int((similar >= SAME).sum())
            table.loc[i, ["found_in", "of"]] = [found, len(similar)]
            table.loc[i, "similarity"] = similar.mean()
            table.loc[i, "stable"] = bool(found >= FOUND * len(similar))
    return table


def plus(topics: Sequence[int]) -> str:
    """Write numbers of topics as they stand in the log."""
    return "+".join(str(k) for k in topics)
