"""Days said in words, `last_complete_month`, worked out from the corpus a report is about.

A specification that says `until = "last_complete_month"` stays right when a month is added; the report records both
the words and the day they came to. Not for today's date: nothing here depends on the day of the run.
"""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from analysis.errors import InputError, SelectionError, message
from analysis.periods import next_start, period_start

_WORDS = re.compile(r"(first|last)_(?:day|(?:(\d{1,3})_)?complete_(week|month|quarter|year)s?)\Z")
HELP = "YYYY-MM-DD, first_day, last_day, last_complete_month (week, quarter, year), last_12_complete_months"


def is_relative(value: object) -> bool:
    """Tell words for a day from everything else.

    >>> [is_relative(w) for w in ("last_complete_month", "last_12_complete_months", "yesterday")]
    [True, True, False]
    """
    return isinstance(value, str) and bool(_WORDS.match(value))


def resolve(words: str, *, first: dt.date, last: dt.date, start: bool) -> dt.date:
    """Return the day that words stand for in a corpus whose days run from `first` to `last`.

    Parameters
    ----------
    words
        `first_day`, `last_day`, `{first|last}_complete_{week|month|quarter|year}`, or several of them,
        `last_12_complete_months`. A period is complete when all its days lie from `first` to `last`.
    first, last
        The first and the last day of the corpus's calendar.
    start
        The first day of the period is meant (for `since`), else its last (for `until`).

    Raises
    ------
    InputError
        These are no such words.
    SelectionError
        The corpus holds no such period.

    >>> resolve("last_complete_month", first=dt.date(2025, 1, 10), last=dt.date(2025, 4, 20), start=False)
    datetime.date(2025, 3, 31)
    >>> resolve("last_2_complete_months", first=dt.date(2025, 1, 10), last=dt.date(2025, 4, 20), start=True)
    datetime.date(2025, 2, 1)
    """
    found = _WORDS.match(words)
    if found is None:
        raise InputError(message("not words for a day", got=words, expected=HELP))
    end, many, period = found.group(1), int(found.group(2) or 1), found.group(3)
    if period is None:
        return first if end == "first" else last
    starts: list[tuple[dt.date, dt.date]] = []
    at = period_start([first], period)
    if at[0].item() < first:
        at = next_start(at, period)
    while (following := next_start(at, period))[0].item() - dt.timedelta(days=1) <= last:
        starts.append((at[0].item(), following[0].item() - dt.timedelta(days=1)))
        at = following
    if not many or len(starts) < many:
        raise SelectionError(
            message(
                f"The corpus has no {words}",
                got=f"{first} to {last}",
                hint=f"It holds {len(starts)} complete {period}s.",
            )
        )
    chosen = starts[:many] if end == "first" else starts[-many:]
    return chosen[0][0] if start else chosen[-1][1]


def settle(values: Mapping[str, Any], corpus: Any) -> tuple[dict[str, Any], dict[str, str]]:
    """Replace words for days by days; return the values, and the words by parameter."""
    asked = {name: value for name, value in values.items() if is_relative(value)}
    if not asked:
        return dict(values), {}
    from analysis.series.calendar import calendar_of

    if not hasattr(corpus, "scan"):
        raise InputError(
            message("words for a day need a corpus", got=", ".join(asked), expected="YYYY-MM-DD")
        )
    calendar = calendar_of(corpus)
    first, last = dt.date.fromisoformat(str(calendar.first)), dt.date.fromisoformat(str(calendar.last))
    days = {
        name: resolve(
            words, first=first, last=last, start=not name.startswith(("until", "to", "last"))
        ).isoformat()
        for name, words in asked.items()
    }
    return {**values, **days}, asked
