"""Behind rows that have a key of their own (an outlet and a flag, a file): the entries under it.

Not for what the keys are: `of_corpus`, `of_words`, `of_topic_cards`.
"""

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np

from analysis.tracing.behind import ALONE, Behind, Floats, Ints, Trace, by_row, grouped, ranges

Key = tuple[Hashable, ...]


def keyed(
    doc_ids: Sequence[str],
    doc: Any,
    keys: Sequence[Key],
    rows: Sequence[Key],
    top: Floats,
    bottom: Floats | None = None,
    notes: tuple[str, ...] = (),
) -> Trace:
    """Entries of articles under keys; a row has those under its own.

    Parameters
    ----------
    doc_ids
        The articles.
    doc, keys, top, bottom
        Of each entry: the place of its article, its key, its numbers; without a denominator, None.
    rows
        The key of each row of the table.
    notes
        What a reader must know.
    """
    place = {key: i for i, key in enumerate(rows)}
    code = np.array([place.get(key, -1) for key in keys], dtype=np.int64)
    order, first = grouped(code, max(len(rows), 1))
    at = np.asarray(doc, dtype=np.int64)
    below = np.full(top.size, np.nan) if bottom is None else bottom

    def behind(wanted: Ints) -> Behind:
        row, own = by_row(wanted, ranges(order, first, wanted))
        sides = np.full(own.size, ALONE, dtype=np.int64)
        return Behind(row, at[own], top[own], below[own], np.ones(own.size), sides)

    return Trace(np.array(list(doc_ids), dtype=object), behind, notes=notes)
