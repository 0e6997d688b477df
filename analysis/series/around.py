"""The two spans of time on both sides of a date, as sides of a comparison. Not for comparing them."""

import datetime as dt
from typing import Any

from analysis.errors import choose
from analysis.periods import since_date
from analysis.series.blocks import DAYS
from analysis.stats.checks import whole


def around(date: str | dt.date, *, by: str = "week", before: int = 12, after: int = 12) -> dict[str, Any]:
    """Return `target` and `reference` for `compare`, `composition` or `keyness`: after a date, and before it.

    Parameters
    ----------
    date
        First day of the time after, an ISO date.
    by
        `day`, `week` (7 days) or `month` (30 days), counted from the date as in `event`.
    before, after
        How many of them on each side, at least 1.

    Raises
    ------
    InputError
        No date, no such length, or a number below 1.

    Examples
    --------
    >>> around("2025-01-20", by="week", before=2, after=1)["target"]
    {'since': '2025-01-20', 'until': '2025-01-26'}
    """
    choose("by", by, tuple(DAYS))
    whole("before", before)
    whole("after", after)
    day = since_date(date)
    length = DAYS[by]

    def iso(days: int) -> str:
        return (day + dt.timedelta(days=days)).isoformat()

    return {
        "target": {"since": iso(0), "until": iso(after * length - 1)},
        "reference": {"since": iso(-before * length), "until": iso(-1)},
    }
