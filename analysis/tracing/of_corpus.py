"""Behind the tables that describe a corpus: which articles a row counts, by field, flag, date, rule or source file.

Not for what has no article: a record that was refused, a rule, a fact about the whole (`registry.CLOSED` says why).
"""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.corpus.quality import date_keys
from analysis.corpus.removed import removals_by_article
from analysis.corpus.tables import columns_of
from analysis.tracing.behind import Asked, Trace
from analysis.tracing.keyed import Key, keyed

NO_OUTLET = "(no outlet)"


def accounting(asked: Asked) -> Trace:
    """The articles that were kept from the file."""
    files = columns_of(asked.corpus, "doc_id", "source_file")
    return _counts(files, zip(files["source_file"].to_pylist()), zip(asked.column("source_file")))


def duplicates(asked: Asked) -> Trace:
    """The articles that were kept, each with how many records of the row it stands for."""
    found: dict[tuple[str, Key], int] = {}
    for r in asked.corpus.table("duplicates", ["doc_id", "reason", "outlet"]):
        own = (r["doc_id"], (r["reason"], r["outlet"] or NO_OUTLET))
        found[own] = found.get(own, 0) + 1
    ids = sorted({doc_id for doc_id, _ in found})
    place = {doc_id: i for i, doc_id in enumerate(ids)}
    rows = zip(asked.column("reason"), asked.column("outlet"), strict=True)
    return keyed(
        ids,
        [place[doc_id] for doc_id, _ in found],
        [key for _, key in found],
        list(rows),
        np.array(list(found.values()), dtype=np.float64),
        notes=("An article counts as many times as records of the row were left out for it.",),
    )


def near_copies(asked: Asked) -> Trace:
    """The two articles of the pair."""
    first, second = asked.column("first"), asked.column("second")
    ids = sorted({*first, *second})
    place = {doc_id: i for i, doc_id in enumerate(ids)}
    n = len(first)
    own = [place[i] for i in (*first, *second)]
    return keyed(ids, own, [(i % n,) for i in range(2 * n)], [(i,) for i in range(n)], np.ones(2 * n))


def date_quality(asked: Asked) -> Trace:
    """The articles of the outlet whose date is of this source, precision and doubt."""
    table = columns_of(
        asked.corpus, "doc_id", "outlet", "published_source", "published_precision", "flags", "published"
    )
    names = ("outlet", "published_source", "precision", "flag")
    keys = [date_keys(row) for row in table.to_pylist()]
    doc = np.repeat(np.arange(len(keys)), [len(k) for k in keys])
    return keyed(
        table["doc_id"].to_pylist(), doc, [key for own in keys for key in own],
        list(zip(*(asked.column(n) for n in names), strict=True)), np.ones(doc.size),
    )  # fmt: skip


def flags(asked: Asked) -> Trace:
    """The articles of the outlet that have the flag."""
    table = columns_of(asked.corpus, "doc_id", "outlet", "flags")
    own = [sorted(set(f or ())) for f in table["flags"].to_pylist()]
    doc = np.repeat(np.arange(len(own)), [len(f) for f in own])
    outlets = _outlets(table)
    keys = [(outlets[i], flag) for i, some in enumerate(own) for flag in some]
    rows = list(zip(asked.column("outlet"), asked.column("flag"), strict=True))
    return keyed(table["doc_id"].to_pylist(), doc, keys, rows, np.ones(doc.size))


def languages(asked: Asked) -> Trace:
    """The articles of the outlet with this declared and identified language."""
    table = columns_of(asked.corpus, "doc_id", "outlet", "language_declared", "language")
    own = (_outlets(table), table["language_declared"].to_pylist(), table["language"].to_pylist())
    rows = (asked.column(n) for n in ("outlet", "declared", "identified"))
    return _counts(table, zip(*own, strict=True), zip(*rows, strict=True))


def lengths(asked: Asked) -> Trace:
    """The articles of the outlet: words of each; their mean is that of the row."""
    table = columns_of(asked.corpus, "doc_id", "outlet", "n_words")
    words = pc.fill_null(table["n_words"], 0).to_numpy().astype(np.float64)
    own = [(o,) for o in _outlets(table)]
    return keyed(
        table["doc_id"].to_pylist(), np.arange(len(own)), own, [(o,) for o in asked.column("outlet")],
        words, np.ones(words.size),
        notes=("Numerator: the words of an article. The mean is of all of them; the percentiles are read from them.",),
    )  # fmt: skip


def field_coverage(asked: Asked) -> Trace:
    """The articles of the outlet: 1 where the field is filled."""
    fields = asked.column("field")
    names = tuple(sorted(set(fields)))
    table = columns_of(asked.corpus, "doc_id", "outlet", *names).combine_chunks()
    outlets = _outlets(table)
    doc, keys, filled = [], [], []
    for name in names:
        doc.append(np.arange(len(outlets)))
        keys += [(outlet, name) for outlet in outlets]
        filled.append(np.asarray(pc.is_valid(table[name])).astype(np.float64))
    top = np.concatenate([np.empty(0), *filled])
    at = np.concatenate([np.empty(0, np.int64), *doc])
    rows = list(zip(asked.column("outlet"), fields, strict=True))
    return keyed(table["doc_id"].to_pylist(), at, keys, rows, top, np.ones(top.size))


def cleaning(asked: Asked) -> Trace:
    """The articles of the outlet the rule took something out of, with how many pieces."""
    ids, outlets, rules, n = removals_by_article(asked.corpus)
    every = sorted(set(ids))
    place = {doc_id: i for i, doc_id in enumerate(every)}
    rows = list(zip(asked.column("outlet"), asked.column("rule"), strict=True))
    keys = list(zip(outlets, rules, strict=True))
    notes = ("What was taken out of an article is shown by `corpus.read(doc_id)`.",)
    return keyed(every, [place[i] for i in ids], keys, rows, np.array(n, dtype=np.float64), notes=notes)


def _counts(table: pa.Table, keys: Iterable[Key], rows: Iterable[Key]) -> Trace:
    """Every article under one key, a 1 for each."""
    n = table.num_rows
    return keyed(table["doc_id"].to_pylist(), np.arange(n), list(keys), list(rows), np.ones(n))


def _outlets(table: pa.Table) -> list[str]:
    return [o or NO_OUTLET for o in table["outlet"].to_pylist()]
