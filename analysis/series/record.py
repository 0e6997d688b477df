"""What the record of one outlet says of itself: where it begins and ends, and when the crawler surely looked.

Not for silences within it: `countmodel`.
"""

from typing import Any

import numpy as np

from analysis.periods import Days
from analysis.stats.checks import Bools, Ints

_STRAY = 180  # days of suspected silence that set a few articles apart as wrongly dated
_FEW = 3


def live_days(day: Days, retrieved: Days, mine: Bools, first: Any, n_days: int) -> Bools | None:
    """Days on which the crawler surely looked at this outlet: fresh articles were fetched that day and the next."""
    fetched = mine & ~np.isnat(retrieved)
    if not fetched.any():
        return None
    lag = (retrieved - day)[fetched].astype(np.int64)
    fresh = retrieved[fetched][(lag >= 0) & (lag <= 2)]
    at = (fresh - first).astype(np.int64)
    ran = np.zeros(n_days + 1, dtype=np.bool_)
    ran[at[(at >= 0) & (at < n_days)]] = True
    return np.asarray(ran[:-1] & ran[1:])


def ends_of_record(
    counts: Ints, low: int, high: int, gaps: list[tuple[int, int]]
) -> tuple[int | None, int | None]:
    """Return a later beginning and an earlier end where a few articles stand far before or behind all others."""
    few = max(_FEW, int(0.001 * counts[low : high + 1].sum()))
    head = tail = None
    for start, stop in gaps:
        if stop - start < _STRAY:
            continue
        if counts[low:start].sum() <= few and counts[stop : high + 1].sum() > few:
            head = stop
        elif counts[stop : high + 1].sum() <= few and tail is None:
            tail = start - 1
    return head, tail
