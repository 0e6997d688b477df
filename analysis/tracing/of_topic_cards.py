"""Behind rows that describe topics: terms, cards, refits, pairs of topics, words of a period, what fits no topic.

Not for shares by period or outlet (`of_topics`).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import sparse

from analysis.errors import SelectionError, message
from analysis.terms.dtm import article_groups
from analysis.terms.groups import grouping
from analysis.topics.drift import unassigned
from analysis.topics.grouped import NO_NAME
from analysis.topics.held import Held
from analysis.topics.model import TopicModel
from analysis.topics.related import PRESENT
from analysis.tracing.behind import ALONE, Asked, Behind, Floats, Ints, Trace, by_row, joined
from analysis.tracing.keyed import keyed
from analysis.tracing.marks import Marker, of_term
from analysis.tracing.of_topics import held_of

_FROM_TERM = "Of a term: its occurrences that are expected to be the topic's. Its probability is the model's."


def topic_terms(asked: Asked) -> Trace:
    """The articles with the term: its occurrences there that are expected to be the topic's."""
    have = held_of(asked)
    topic, terms = _topics(asked), asked.column("term")
    expected = _Expected(have, asked)

    def behind(rows: Ints) -> Behind:
        return joined([expected.behind(r, int(topic[r]), str(terms[r])) for r in rows.tolist()])

    return Trace(_ids(have), behind, _marks(asked, terms), (_FROM_TERM,))


def topic_words(asked: Asked) -> Trace:
    """The articles of the period with the term: its occurrences that are expected to be the topic's."""
    have = held_of(asked)
    topic, terms, periods = _topics(asked), asked.column("term"), asked.column("period")
    code, labels = _code(asked, by=str(asked.params["by"]))
    expected = _Expected(have, asked)

    def behind(rows: Ints) -> Behind:
        made = []
        for r in rows.tolist():
            found = expected.behind(r, int(topic[r]), str(terms[r]))
            made.append(found.at(code[found.doc] == labels.get(periods[r], -2)))
        return joined(made)

    return Trace(_ids(have), behind, _marks(asked, terms))


def topic_stability(asked: Asked) -> Trace:
    """The articles that are mainly the topic's: what a refit must find again."""
    have = held_of(asked)
    mainly = _mainly(have)
    topic = _topics(asked)
    return Trace(
        _ids(have),
        lambda rows: joined([_share(have, r, mainly[int(topic[r])], int(topic[r])) for r in rows.tolist()]),
        notes=(
            "A likeness of terms is no sum over articles; these are those of which the topic is the largest part.",
        ),
    )


def topic_correlation(asked: Asked) -> Trace:
    """The articles with a tenth or more of both topics."""
    have = held_of(asked)
    topic, other = _topics(asked), np.asarray(asked.column("other"), dtype=np.int64)
    known = have.counts.n_words > 0

    def behind(rows: Ints) -> Behind:
        both = [
            np.flatnonzero(
                known & (have.shares[:, topic[r]] >= PRESENT) & (have.shares[:, other[r]] >= PRESENT)
            )
            for r in rows
        ]
        row, doc = by_row(rows, both)
        one = np.ones(row.size)
        return Behind(row, doc, one, np.full(row.size, np.nan), one, np.full(row.size, ALONE))

    note = "The correlation is over all articles; here are those with a tenth of their words or more on both topics."
    return Trace(_ids(have), behind, notes=(note,))


def topic_cards(asked: Asked) -> Trace:
    """What the line of the card is about: a term, a period, an outlet, or one article."""
    have = held_of(asked)
    topic, part, name = _topics(asked), asked.column("part"), asked.column("name")
    periods, period_of = _code(asked, by=str(asked.params["by"])) if "period" in set(part) else (None, {})
    outlets, outlet_of = _code(asked, across="outlet")
    outlet_of = {NO_NAME if k is None else k: v for k, v in outlet_of.items()}
    place = {doc_id: i for i, doc_id in enumerate(have.counts.doc_ids)}
    doc_ids = asked.column("doc_id")
    expected = _Expected(have, asked)

    def one(r: int) -> Behind:
        if part[r] == "term":
            return expected.behind(r, int(topic[r]), str(name[r]))
        if part[r] == "article":
            return _share(have, r, np.array([place[doc_ids[r]]], dtype=np.int64), int(topic[r]))
        code, number = (periods, period_of) if part[r] == "period" else (outlets, outlet_of)
        return _share(have, r, np.flatnonzero(code == number.get(name[r], -2)), int(topic[r]))

    terms = [n if p == "term" else None for n, p in zip(name, part, strict=True)]
    return Trace(
        _ids(have), lambda rows: joined([one(r) for r in rows.tolist()]), _marks(asked, terms), (_FROM_TERM,)
    )


def topic_drift(asked: Asked) -> Trace:
    """The articles of the group and period: their words that fit no topic, and all their words."""
    model = asked.given.get("model")
    if not isinstance(model, TopicModel):
        raise SelectionError(
            message(
                "The model of this result is not known", hint="Describe it again: a loaded result has none."
            )
        )
    ids, loose, words = unassigned(model, asked.tokens())
    across, by = asked.params["across"], asked.params["by"]
    groups, _ = grouping(asked.corpus, across=across, by=by)
    code = article_groups(asked.corpus, groups)
    own = np.flatnonzero(code >= 0)
    labels = [((NO_NAME if v is None else v) if across else None, period) for v, period in groups.labels()]
    rows = list(zip(asked.column("group"), asked.column("period"), strict=True))
    return keyed(ids, own, [labels[code[i]] for i in own], rows, loose[own], words[own])


class _Expected:
    """Occurrences of a term in each article that are expected to be a topic's."""

    def __init__(self, have: Held, asked: Asked) -> None:
        model = asked.measured
        assert isinstance(model, TopicModel)  # `held_of` asked for it
        self.have, self.by_term = have, sparse.csc_array(have.counts.table)
        self.place = {term: i for i, term in enumerate(model.terms)}

    def behind(self, row: int, topic: int, term: str) -> Behind:
        column = self.place[term]
        inside = slice(self.by_term.indptr[column], self.by_term.indptr[column + 1])
        doc = self.by_term.indices[inside].astype(np.int64)
        under = self.have.mixed[doc] * self.have.parts[:, column]
        whole, mine = under.sum(axis=1), under[:, self.have.within == topic].sum(axis=1)
        chance = np.divide(mine, whole, out=np.zeros(doc.size), where=whole > 0)
        top = np.asarray(self.by_term.data[inside], dtype=np.float64) * chance
        return _entries(row, doc, top, np.full(doc.size, np.nan))


def _share(have: Held, row: int, doc: Ints, topic: int) -> Behind:
    """The words of some articles that are the topic's, and all their words."""
    return _entries(row, doc, have.words[doc, topic], np.asarray(have.counts.n_words, dtype=np.float64)[doc])


def _entries(row: int, doc: Ints, top: Floats, bottom: Floats) -> Behind:
    sides = np.full(doc.size, ALONE, dtype=np.int64)
    return Behind(np.full(doc.size, row, dtype=np.int64), doc, top, bottom, np.ones(doc.size), sides)


def _mainly(have: Held) -> list[Ints]:
    """The articles of which each topic is the largest part."""
    largest = np.where(have.counts.n_words > 0, have.shares.argmax(axis=1), -1)
    return [np.flatnonzero(largest == k) for k in range(have.shares.shape[1])]


def _code(
    asked: Asked, *, across: str | None = None, by: str | None = None
) -> tuple[Ints, dict[str | None, int]]:
    """The group of each article, and the number of each group by its name."""
    groups, _ = grouping(asked.corpus, across=across, by=by)
    names = [value if across else period for value, period in groups.labels()]
    code = np.asarray(article_groups(asked.corpus, groups), dtype=np.int64)
    return code, {name: i for i, name in enumerate(names)}


def _marks(asked: Asked, terms: Any) -> Callable[[int], Marker | None]:
    """Mark the term of a row; nothing where the row has none or the recipe's terms cannot be marked."""
    model = asked.measured
    assert isinstance(model, TopicModel)  # `held_of` asked for it
    tokens = model.tokens

    def marker(row: int) -> Marker | None:
        return None if terms[row] is None or tokens is None else of_term(tokens, str(terms[row]))

    return marker


def _topics(asked: Asked) -> Ints:
    return np.asarray(asked.column("topic"), dtype=np.int64)


def _ids(have: Held) -> np.ndarray:
    return np.asarray(have.counts.doc_ids, dtype=object)
