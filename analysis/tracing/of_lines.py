"""Behind points of a line: the articles of a period and group, with the weights that make the estimate."""

from collections.abc import Callable

import numpy as np

from analysis.errors import InputError
from analysis.result import Measurement
from analysis.series.frame import Frame, frame_of
from analysis.series.trend import NOT_THERE
from analysis.series.weights import Weighted, weighted
from analysis.terms.patterns import pattern_of
from analysis.terms.recipe import make_recipe
from analysis.terms.tokens import Tokens
from analysis.tracing.behind import ALONE, Asked, Behind, Floats, Ints, Trace, by_row, grouped, ranges
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
    counts = m.kind == "volume"

    def behind(rows: Ints) -> Behind:
        row, at = by_row(rows, ranges(order, first, rows))
        n = np.full(at.size, np.nan) if counts else frame.n[at]
        return Behind(row, frame.row[at], frame.x[at], n, weight[at], np.full(row.size, ALONE))

    return Trace(articles_of(m), behind, marks_of(m))


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
