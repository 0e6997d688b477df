"""Behind points of a line: the articles of a period and group, with the weights that make the estimate."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from analysis.errors import InputError, SelectionError, message
from analysis.periods import Days, since_date
from analysis.result import Measurement
from analysis.series.blocks import blocks_from
from analysis.series.breaks import cut_periods, without_periods
from analysis.series.frame import Frame, frame_of
from analysis.series.line import NOT_THERE
from analysis.series.period_breaks import used_rows
from analysis.series.trend import trend as trend_of
from analysis.series.weights import Weighted, weighted
from analysis.terms.patterns import pattern_of
from analysis.terms.recipe import make_recipe
from analysis.terms.tokens import Tokens
from analysis.tracing.behind import (
    ALONE,
    REFERENCE,
    TARGET,
    Asked,
    Behind,
    Bools,
    Floats,
    Ints,
    Trace,
    asked_of,
    by_row,
    grouped,
    joined,
    ranges,
)
from analysis.tracing.marks import Marker, of_pattern


def trend(asked: Asked) -> Trace:
    """The articles of the period and group."""
    m, params = asked.measurement(), asked.params
    frame = frame_of(m, by=params["by"], across=params["across"])
    w = weighted(frame, weight=params["weight"], stories=params["stories"])
    weight = cell_weights(frame, w, frame.cell, outlets_equal=params["weight"] == "outlet")
    there = ~np.isin(asked.column("status").astype(str), NOT_THERE)
    code = np.where(w.used & there[frame.cell], frame.cell, -1)
    order, first = grouped(code, len(asked.result))

    def behind(rows: Ints) -> Behind:
        row, own = by_row(rows, ranges(order, first, rows))
        return _points(frame, row, own, weight)

    return Trace(articles_of(m), behind, marks_of(m))


def several(asked: Asked) -> Trace:
    """The articles behind the points of several lines whose rows stand one line after the other (tone by voice)."""
    if not isinstance(asked.measured, Mapping):
        raise SelectionError(
            message("The lines of this result are not known", hint="Draw it again: a loaded result has none.")
        )
    lines = [trend(asked_of(line)) for line in asked.measured.values()]
    starts = np.cumsum([0, *(len(line) for line in asked.measured.values())])
    doc_ids = np.unique(np.concatenate([line.doc_ids for line in lines]))

    def behind(rows: Ints) -> Behind:
        made = []
        for line, start, stop in zip(lines, starts, starts[1:], strict=False):
            found = line.behind(rows[(rows >= start) & (rows < stop)] - start)
            doc = np.searchsorted(doc_ids, line.doc_ids[found.doc]).astype(np.int64)
            made.append(found._replace(row=found.row + start, doc=doc))
        return joined(made)

    return Trace(doc_ids, behind)


def event(asked: Asked) -> Trace:
    """The articles of the period, which is counted from the date."""
    m, params = asked.measurement(), asked.params
    frame = frame_of(m, by="day")
    w = weighted(frame, weight=params["weight"], stories=params["stories"])
    blocks = blocks_from(frame.calendar, since_date(params["date"]), params["by"])
    there = ~np.isin(asked.column("status").astype(str), NOT_THERE)
    at = blocks.of_day[frame.day] - blocks.event - int(asked.result.table["lag"].iloc[0])
    inside = w.used & (frame.day >= 0) & (at >= 0) & (at < there.size)
    order, first = grouped(np.where(inside, at, -1), there.size)

    def behind(rows: Ints) -> Behind:
        row, own = by_row(rows, ranges(order, first, np.where(there[rows], rows, -1)))
        return _points(frame, row, own, w.factor)

    return Trace(articles_of(m), behind, marks_of(m))


def breaks(asked: Asked) -> Trace:
    """The articles of the level before (reference) and after (target); of a pulse, around it and in it."""
    m, params = asked.measurement(), asked.params
    options = {"by": params["by"], "across": params["across"]}
    frame = frame_of(m, **options)
    w = weighted(frame, weight=params["weight"], stories=params["stories"])
    factor = cell_weights(frame, w, frame.cell, outlets_equal=params["weight"] == "outlet")
    line = trend_of(
        replace(m, scale=1.0), **options, weight=params["weight"], stories=params["stories"], inference=None
    )
    whole = without_periods(line.table, cut_periods(m, params["by"]))
    used = used_rows(whole, params["by"]).reshape(frame.n_groups, -1)
    order, first = grouped(np.where(w.used, frame.cell, -1), used.size)
    levels = [
        (frame.groups.index(group), _levels(asked, row, frame.cells.edges.starts))
        for row, group in enumerate(asked.column("group"))
    ]

    def behind(rows: Ints) -> Behind:
        made = []
        for row in rows.tolist():
            group, parts = levels[row]
            for side, mask in parts:
                cells = group * frame.n_periods + np.flatnonzero(mask & used[group])
                _, own = by_row(cells, ranges(order, first, cells))
                made.append(_points(frame, np.full(own.size, row), own, factor, side))
        return joined(made)

    return Trace(articles_of(m), behind, marks_of(m))


def _levels(asked: Asked, row: int, starts: Days) -> list[tuple[int, Bools]]:
    """The periods of both sides of a row: of a break the levels that meet in it, less the pulses in them."""
    table = asked.result.table
    kind, group = asked.column("kind"), asked.column("group")
    own = np.array([g == group[row] for g in group])
    days = {name: table[name].to_numpy().astype("datetime64[D]") for name in ("break", "low", "high")}
    calm = np.ones(starts.size, dtype=np.bool_)
    for other in np.flatnonzero(own & (kind == "pulse")):
        calm &= (starts < days["low"][other]) | (starts > days["high"][other])
    if kind[row] == "none":
        return [(ALONE, np.ones(starts.size, dtype=np.bool_))]
    at = days["break"][row]
    shifts = np.sort(days["break"][own & (kind == "break")])
    before, after = shifts[shifts < at], shifts[shifts > at]
    since = starts >= before[-1] if before.size else np.ones(starts.size, dtype=np.bool_)
    until = starts < after[0] if after.size else np.ones(starts.size, dtype=np.bool_)
    if kind[row] == "pulse":
        inside = (starts >= days["low"][row]) & (starts <= days["high"][row])
        same = shifts[shifts <= at]
        since = starts >= same[-1] if same.size else np.ones(starts.size, dtype=np.bool_)
        return [(TARGET, inside), (REFERENCE, since & until & calm)]
    return [(TARGET, (starts >= at) & until & calm), (REFERENCE, since & (starts < at) & calm)]


def _points(frame: Frame, row: Ints, own: Ints, factor: Floats, side: int = ALONE) -> Behind:
    """Articles of a frame as entries of rows; volume has no denominator by article."""
    counts = frame.measurement.kind == "volume"
    n = np.full(own.size, np.nan) if counts else frame.n[own]
    return Behind(row, frame.row[own], frame.x[own], n, factor[own], np.full(own.size, side, dtype=np.int64))


def cell_weights(frame: Frame, w: Weighted, cell: Ints, *, outlets_equal: bool) -> Floats:
    """The weight of each article in its cell: where outlets are equal, by the outlet's denominator there too."""
    if not outlets_equal or frame.measurement.kind == "volume":
        return w.factor
    key = cell * max(len(frame.calendar.outlets), 1) + w.stratum
    _, place = np.unique(key, return_inverse=True)
    total = np.bincount(place, weights=w.n)[place]
    return np.divide(w.factor, total, out=np.zeros(total.size), where=total > 0)


def articles_of(m: Measurement) -> np.ndarray:
    """The articles of a measurement, sorted."""
    ids: np.ndarray = m.table["doc_id"].to_numpy(dtype=object)
    return ids


def marks_of(m: Measurement) -> Callable[[int], Marker | None]:
    """What to mark in the sentences behind any row of a measurement."""
    found = measured_marker(m)
    return lambda row: found


def measured_marker(m: Measurement) -> Marker | None:
    """Look the kind of a measurement up; of an unknown kind, mark its label where it is a pattern."""
    known = MARKERS.get(m.kind)
    if known is not None:
        return known(m)
    return None if m.kind == "volume" else _label(m)


def _term_rate(m: Measurement) -> Marker:
    tokens = Tokens(m.source, make_recipe(**m.params.get("recipe", {})))  # type: ignore[arg-type]
    return of_pattern(tokens, str(m.params["pattern"]))


def _label(m: Measurement) -> Marker | None:
    try:
        pattern = pattern_of(m.label)
    except InputError:
        return None
    return of_pattern(Tokens(m.source, make_recipe()), pattern)  # type: ignore[arg-type]


MARKERS: dict[str, Callable[[Measurement], Marker | None]] = {"term_rate": _term_rate}
"""What to mark for each kind of measurement; topics and tone add theirs here."""
