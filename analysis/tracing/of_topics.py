"""Behind rows about topics: every article with the words of it that are the topic's, and all its words.

Not for a topic's line over time, which is a trend of a measurement (`of_lines`).
"""

from collections.abc import Callable

import numpy as np

from analysis.errors import SelectionError, message
from analysis.terms.dtm import article_groups
from analysis.terms.groups import grouping
from analysis.topics.held import Held, held
from analysis.topics.model import TopicModel
from analysis.tracing.behind import ALONE, Asked, Behind, Ints, Trace, by_row, grouped, ranges


def topic_table(asked: Asked) -> Trace:
    """All articles, by topic."""
    have = held_of(asked)
    every = np.arange(len(have.words), dtype=np.int64)
    return topics_trace(have, np.asarray(asked.column("topic"), dtype=np.int64), lambda row: every)


def topic_periods(asked: Asked) -> Trace:
    """The articles of the period."""
    return in_group(asked, "period", by=str(asked.params["by"]))


def topic_outlets(asked: Asked) -> Trace:
    """The articles of the outlet, or another value of the field."""
    return in_group(asked, "group", across=str(asked.params["across"]))


def in_group(asked: Asked, column: str, *, across: str | None = None, by: str | None = None) -> Trace:
    have = held_of(asked)
    groups, _ = grouping(asked.corpus, across=across, by=by)
    labels = [value if across else period for value, period in groups.labels()]
    place = {label: i for i, label in enumerate(labels)}
    code = np.asarray(article_groups(asked.corpus, groups), dtype=np.int64)
    order, first = grouped(code, max(len(labels), 1))
    wanted = np.array([place.get(v, -1) for v in asked.column(column)], dtype=np.int64)
    return topics_trace(
        have,
        np.asarray(asked.column("topic"), dtype=np.int64),
        lambda row: ranges(order, first, wanted[row : row + 1])[0],
    )


def topics_trace(have: Held, topic: Ints, articles: Callable[[int], Ints]) -> Trace:
    n_words = np.asarray(have.counts.n_words, dtype=np.float64)

    def behind(rows: Ints) -> Behind:
        row, doc = by_row(rows, [articles(int(r)) for r in rows])
        return Behind(
            row, doc, have.words[doc, topic[row]], n_words[doc], np.ones(row.size), np.full(row.size, ALONE)
        )

    return Trace(np.asarray(have.counts.doc_ids, dtype=object), behind)


def held_of(asked: Asked) -> Held:
    if not isinstance(asked.measured, TopicModel):
        raise SelectionError(
            message(
                "The model of this result is not known",
                hint="Describe it again: results that were loaded have none.",
            )
        )
    return held(asked.measured)
