"""A topic as a measurement: the words it wrote in every article, by the article's words.

Not an estimate: lines, comparisons and intervals are those of every measurement.
"""

from typing import TYPE_CHECKING

import numpy as np

from analysis.errors import SelectionError, choose, message
from analysis.result import Measurement
from analysis.topics.fold import fold
from analysis.topics.matrix import counts_of

if TYPE_CHECKING:
    from analysis.topics.model import TopicModel


def topic_share(model: "TopicModel", topic: int | str, *, unstable: str = "refuse") -> Measurement:
    """Measure a topic's share of every article's words."""
    import pandas as pd

    choose("unstable", unstable, ("refuse", "allow"))
    number = model.topic(topic)
    row = model.stability.iloc[number]
    if not row["stable"] and unstable == "refuse":
        said = (
            f"found again in {row['found_in']} of {row['of']} resamples"
            if row["of"]
            else "not tested on resamples"
        )
        raise SelectionError(
            message(
                f"Topic {model.names[number]!r} does not hold still ({said}): a line of it says little",
                hint='Take another topic or fewer of them; or ask for it: `unstable="allow"`.',
            )
        )
    if model.tokens is None:
        model.shares()  # raises, saying what to do
        raise AssertionError
    counts = counts_of(model.tokens, model.terms)
    n_words = counts.n_words.astype(np.float64)
    share = fold(counts.table, model.topic_word, model.background)[:, number]
    draws = None
    if model.refits is not None:
        draws = np.stack(
            [fold(counts.table, r.astype(np.float64), model.background)[:, number] for r in model.refits],
            axis=1,
        )
        draws = draws * n_words[:, None]
    table = pd.DataFrame(
        {
            "doc_id": pd.Series(counts.doc_ids, dtype="str"),
            "numerator": share * n_words,
            "denominator": n_words,
        }
    )
    return Measurement(
        kind="topic_share",
        label=model.names[number],
        unit="share of words",
        table=table,
        draws=draws,
        params={**model.params, "topic": number, "unstable": unstable},
        corpus_fingerprint=model.corpus_fingerprint,
        source=model.tokens.corpus,
        notes=(),
    )
