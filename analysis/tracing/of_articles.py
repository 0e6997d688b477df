"""Behind rows that count articles: an outlet's period, a story, an article of it. Such rows have no denominator."""

import numpy as np
import pandas as pd

from analysis.periods import as_days
from analysis.series.calendar import COLLECTED, calendar_of
from analysis.series.source import day_index, outlet_codes
from analysis.series.status import period_index, periods_of
from analysis.tracing.behind import ALONE, Asked, Behind, Ints, Trace, by_row, grouped, ranges


def coverage(asked: Asked) -> Trace:
    """The articles dated to collected days of the period that meet the conditions."""
    calendar, by = calendar_of(asked.corpus), str(asked.params["by"])
    edges = periods_of(calendar, by)
    table = asked.corpus.articles(["outlet", "published", "published_precision"])
    days = as_days(table["published"])
    at, outlet = day_index(days, calendar), outlet_codes(table["outlet"], calendar)
    placed = (at >= 0) & (outlet >= 0) & (table["published_precision"] == "day").to_numpy(dtype=bool)
    placed &= calendar.state[outlet, at] == COLLECTED
    code = np.where(placed, outlet * edges.starts.size + period_index(days, edges, by), -1)
    return _counted(table, code, np.arange(len(asked.result)), len(asked.result))


def outlet_months(asked: Asked) -> Trace:
    """The articles of the outlet dated to the month, or undated."""
    table = asked.corpus.articles(["outlet", "published", "published_precision"])
    days = as_days(table["published"])
    month = np.where(np.isnat(days), None, np.datetime_as_string(days, unit="M").astype(object))  # type: ignore[call-overload]
    outlet = table["outlet"].astype(object).where(table["outlet"].notna(), None)
    place = {
        pair: i for i, pair in enumerate(zip(asked.column("outlet"), asked.column("month"), strict=True))
    }
    code = np.array([place.get(pair, -1) for pair in zip(outlet, month, strict=True)], dtype=np.int64)
    return _counted(table, code, np.arange(len(asked.result)), len(asked.result))


def stories(asked: Asked) -> Trace:
    """The selected articles of the story."""
    table = asked.corpus.articles(["story_id"])
    place = {story: i for i, story in enumerate(asked.column("story_id"))}
    code = np.array([place.get(s, -1) for s in table["story_id"]], dtype=np.int64)
    return _counted(table, code, np.arange(len(asked.result)), len(asked.result))


def story(asked: Asked) -> Trace:
    """The article itself."""
    table = asked.corpus.articles([])
    place = {doc_id: i for i, doc_id in enumerate(table["doc_id"])}
    wanted = np.array([place.get(d, -1) for d in asked.column("doc_id")], dtype=np.int64)
    return _counted(table, np.arange(len(table)), wanted, len(table))


def _counted(table: pd.DataFrame, code: Ints, wanted: Ints, n: int) -> Trace:
    """Articles by group, a 1 for each; `wanted` is the group of each row."""
    order, first = grouped(np.asarray(code, dtype=np.int64), max(n, 1))

    def behind(rows: Ints) -> Behind:
        row, doc = by_row(rows, ranges(order, first, wanted[rows]))
        one = np.ones(row.size)
        return Behind(row, doc, one, np.full(row.size, np.nan), one, np.full(row.size, ALONE))

    return Trace(table["doc_id"].to_numpy(dtype=object), behind)
