"""From days to periods: the status of an outlet, or of several outlets together, in each period.

Not for estimates. A status says whether a number may be read as it stands: only `collected`, `no_hits` and
`no_articles` are of a whole period in which everything was collected.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.periods import Days, Edges, next_start, period_edges, period_start
from analysis.series.calendar import COLLECTED, EVIDENCE, MISSING, NONE, SUSPECTED, UNKNOWN, Calendar
from analysis.stats.checks import Bools, Floats, Ints

STATUSES = (
    "collected", "no_hits", "no_articles", "suspected_gap", "missing", "partial", "unknown", "incomplete",
)  # fmt: skip
Text = npt.NDArray[np.object_]


class Cells(NamedTuple):
    """Outlets by periods, (n_outlets, n_periods) each: days by state, articles, and why we think so.

    `collected` counts collected days; `lacking` says that days of the period are missing, suspected or unknown.
    """

    edges: Edges
    n_days: Ints
    collected: Ints
    suspected: Ints
    missing: Ints
    unknown: Ints
    n_docs: Ints
    evidence: Text
    p: Floats
    status: Text

    @property
    def lacking(self) -> Bools:
        """Where some day of the period within the range was not surely collected."""
        return np.asarray((self.suspected + self.missing + self.unknown) > 0)


def periods_of(calendar: Calendar, by: str) -> Edges:
    """Return the periods from the first to the last day of a calendar; `complete` is False where the edge cuts one."""
    return period_edges(calendar.first.astype(object), calendar.last.astype(object), by)


def period_index(days: Days, edges: Edges, by: str) -> Ints:
    """Return the number of the period of each day; -1 for no date and for days outside."""
    starts = period_start(days, by)
    at = np.searchsorted(edges.starts, starts)
    at = np.minimum(at, edges.starts.size - 1)
    return np.where(~np.isnat(starts) & (edges.starts[at] == starts), at, -1).astype(np.int64)


def cells_of(calendar: Calendar, by: str, hits: Ints | None = None) -> Cells:
    """Sum the days of a calendar into periods.

    Parameters
    ----------
    calendar
        Outlets by days.
    by
        The period.
    hits
        Articles that count, (n_outlets, n_periods): a collected period with articles and none of these has no
        hits. Without it all articles count.
    """
    edges = periods_of(calendar, by)
    index = period_index(calendar.days, edges, by)
    n = edges.starts.size

    def total(grid: npt.NDArray[np.generic]) -> Ints:
        return np.stack([np.bincount(index, weights=row, minlength=n) for row in grid]).astype(np.int64)

    state = calendar.state
    days = [total(state == s) for s in (COLLECTED, SUSPECTED, MISSING, UNKNOWN)]
    n_docs = total(calendar.counts * (state == COLLECTED))
    # Days on which the outlet never prints do not make a period collected.
    speaking = total((state == COLLECTED) & ~(calendar.quiet & (calendar.counts == 0)))
    collected = np.where((speaking == 0) & (days[1] + days[2] > 0), 0, days[0])
    status = _status(collected, days[1], days[2], days[3], n_docs, n_docs if hits is None else hits, edges)
    evidence, p = _evidence(calendar, index, n)
    full = (next_start(edges.starts, by) - edges.starts).astype(np.int64)
    return Cells(
        edges, np.broadcast_to(full, collected.shape), collected, days[1], days[2], days[3], n_docs, evidence, p,
        status,
    )  # fmt: skip


def together(cells: Cells, rows: Ints, numerator_is_zero: Bools, n_docs: Ints) -> Text:
    """Return the status of several outlets pooled, by period.

    Parameters
    ----------
    cells
        The outlets.
    rows
        Which of them are pooled.
    numerator_is_zero, n_docs
        Of the pooled group, (n_periods,).
    """
    if rows.size == 1:
        out = cells.status[rows[0]].copy()
        plain = np.isin(out, ["collected", "no_hits"])
        return np.where(plain, np.where(numerator_is_zero, "no_hits", "collected"), out).astype(object)
    here = cells.collected[rows] > 0
    any_collected, every = here.any(axis=0), here.all(axis=0)
    lacking = cells.lacking[rows].any(axis=0)
    out = np.where(n_docs > 0, np.where(numerator_is_zero, "no_hits", "collected"), "no_articles").astype(
        object
    )
    out[(n_docs == 0) & (cells.n_docs[rows].sum(axis=0) > 0)] = "no_hits"
    out[~cells.edges.complete] = "partial"
    out[~every | lacking] = "incomplete"
    only = [
        cells.suspected[rows].sum(axis=0),
        cells.missing[rows].sum(axis=0),
        cells.unknown[rows].sum(axis=0),
    ]
    nothing = np.array(["suspected_gap", "missing", "unknown"], dtype=object)[_most(*only)]
    return np.where(any_collected, out, nothing).astype(object)


def _status(
    collected: Ints, suspected: Ints, missing: Ints, unknown: Ints, n_docs: Ints, hits: Ints, edges: Edges
) -> Text:
    out = np.full(collected.shape, "collected", dtype=object)
    out[(hits == 0) & (n_docs > 0)] = "no_hits"
    out[n_docs == 0] = "no_articles"
    out[(suspected + missing + unknown > 0) | ~edges.complete] = "partial"
    nothing = np.array(["suspected_gap", "missing", "unknown"], dtype=object)[
        _most(suspected, missing, unknown)
    ]
    return np.where(collected > 0, out, nothing).astype(object)


def _most(suspected: Ints, missing: Ints, unknown: Ints) -> Ints:
    """0, 1 or 2: which of the three has most days; what is declared goes before what is suspected."""
    stacked = np.stack([suspected, missing + (missing > 0) * 0.5, unknown - (unknown > 0) * 0.5])
    return np.asarray(stacked.argmax(axis=0), dtype=np.int64)


def _evidence(calendar: Calendar, index: Ints, n: int) -> tuple[Text, Floats]:
    """Return, by outlet and period, the evidence of its least collected days, and the smallest p of a suspected gap."""
    kinds = np.full((len(calendar.outlets), n), EVIDENCE[NONE], dtype=object)
    p = np.full(kinds.shape, np.nan)
    for i in range(len(calendar.outlets)):
        worst = calendar.state[i].astype(np.int64) * len(EVIDENCE) + calendar.evidence[i]
        by_period = np.full(n, -1)
        np.maximum.at(by_period, index, worst)
        kinds[i] = np.array(EVIDENCE, dtype=object)[np.maximum(by_period, 0) % len(EVIDENCE)]
        low = np.full(n, np.inf)
        np.minimum.at(low, index, np.where(np.isnan(calendar.p[i]), np.inf, calendar.p[i]))
        p[i] = np.where(np.isfinite(low), low, np.nan)
    return kinds, p
