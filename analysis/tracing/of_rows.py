"""Behind rows that are about one article: a passage, a segment, a mention, a correction. The row has its numbers.

Not for rows that count several articles.
"""

from collections.abc import Callable

import numpy as np

from analysis.tracing.behind import ALONE, Asked, Behind, Floats, Ints, Trace


def of_article(top: str | None = None, bottom: str | None = None) -> Callable[[Asked], Trace]:
    """Give a way to open rows that name their article in `doc_id`.

    Parameters
    ----------
    top
        The column that is a sum over something, or, with `bottom`, the ratio; None where the row only counts 1.
    bottom
        The column of the denominator; None: 1 where there is a `top`, else none.
    """

    def opened(asked: Asked) -> Trace:
        ids, doc = np.unique(asked.column("doc_id").astype(str), return_inverse=True)
        n = len(asked.result)
        value = np.ones(n) if top is None else _numbers(asked, top)
        below = _numbers(asked, bottom) if bottom else np.full(n, np.nan if top is None else 1.0)
        above = value * below if bottom else value

        def behind(rows: Ints) -> Behind:
            one = np.ones(rows.size)
            sides = np.full(rows.size, ALONE, dtype=np.int64)
            return Behind(rows, doc[rows].astype(np.int64), above[rows], below[rows], one, sides)

        return Trace(ids.astype(object), behind)

    return opened


def _numbers(asked: Asked, column: str) -> Floats:
    return asked.result.table[column].to_numpy(dtype=np.float64, na_value=np.nan)
