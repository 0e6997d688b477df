"""Behind rows with two sides: a comparison, and the split of a change."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from analysis.periods import as_days
from analysis.result import Measurement
from analysis.series.before import spans_of
from analysis.series.blocks import blocks_from, collected
from analysis.series.calendar import calendar_of
from analysis.series.compare import weighed
from analysis.series.groups import standardised_difference
from analysis.series.sides import Sides, is_in_time, sides_of
from analysis.series.source import day_index
from analysis.tracing.behind import REFERENCE, TARGET, Asked, Behind, Bools, Floats, Ints, Trace, joined
from analysis.tracing.marks import of_any
from analysis.tracing.of_lines import articles_of, marks_of, measured_marker


def compare(asked: Asked) -> Trace:
    """The articles of both sides; standardised, weighted so that both have one mix."""
    m, params = asked.measurement(), asked.params
    fields = () if params["standardise"] is None else (params["standardise"],)
    sides = sides_of(m, params["target"], params["reference"], fields=fields)
    x, n = weighed(sides, params["weight"])
    used = (sides.target | sides.reference) & _counted(asked, sides, n)
    plain = (
        np.divide(n, sides.n, out=np.zeros(n.size), where=sides.n > 0)
        if params["weight"] == "article"
        else None
    )
    weights = [np.ones(n.size) if plain is None else plain]
    if fields:
        _, _, factor = standardised_difference(sides, x, n, fields[0], params["level"])
        weights.append(np.zeros(n.size) if factor is None else weights[0] * factor)
    contrasts = asked.column("contrast")

    def behind(rows: Ints) -> Behind:
        made = []
        for row in rows.tolist():
            weight = weights[0 if contrasts[row] == "pooled" else 1]
            made += [_side(row, np.flatnonzero(mask & used), sides.x, sides.n, weight, side)
                     for mask, side in ((sides.target, TARGET), (sides.reference, REFERENCE))]  # fmt: skip
        return joined(made)

    return Trace(articles_of(m), behind, marks_of(m))


def _counted(asked: Asked, sides: Sides, n: Floats) -> Bools:
    """The articles of the sides that count; in time, those with a day in a block that was observed."""
    target, reference = asked.params["target"], asked.params["reference"]
    if not is_in_time(target, reference):
        return np.asarray(n > 0)
    calendar = calendar_of(sides.corpus)
    exact = (sides.articles["published_precision"] == "day").to_numpy(dtype=bool)
    at = np.where(exact, day_index(as_days(sides.articles["published"]), calendar), -1)
    (first, _), (second, _) = spans_of(target, reference)
    blocks = blocks_from(calendar, max(first, second), asked.params["by"])
    outlet = target.get("outlet")
    names = None if outlet is None else [outlet] if isinstance(outlet, str) else list(outlet)
    rows = np.array(
        [i for i, o in enumerate(calendar.outlets) if names is None or o in names], dtype=np.int64
    )
    placed = at >= 0
    placed[placed] = collected(calendar, blocks, rows)[blocks.of_day[at[placed]]]
    return np.asarray(placed)


def composition(asked: Asked) -> Trace:
    """The articles of both sides, all of them or those of the stratum."""
    measured = asked.measurements()
    parts = dict(sorted(measured.items())) if isinstance(measured, Mapping) else {None: measured}
    params = asked.params
    strata, components = asked.column("stratum"), asked.column("component")
    whole = asked.result.table["share_reference"].isna().to_numpy() & np.array([s is None for s in strata])
    ids = np.unique(np.concatenate([articles_of(m) for m in parts.values()]))
    made = [_stratified(m, name, params, ids) for name, m in parts.items()]
    doc, x, n, weight, side, stratum = (np.concatenate(columns) for columns in zip(*made, strict=True))
    markers = {name: measured_marker(m) for name, m in parts.items()}
    every = [m for m in markers.values() if m is not None]

    def behind(rows: Ints) -> Behind:
        found = []
        for row in rows.tolist():
            own = np.arange(doc.size) if whole[row] else np.flatnonzero(stratum == strata[row])
            for number in (TARGET, REFERENCE):
                here = own[side[own] == number]
                if len(parts) > 1 and whole[row]:  # an article of several parts is one entry
                    found.append(_summed(row, doc[here], x[here], n[here], number))
                else:
                    entries = (np.full(here.size, row), doc[here], x[here], n[here], weight[here], side[here])
                    found.append(Behind(*entries))
        return joined(found)

    def marker(row: int) -> Any:
        if not whole[row] and strata[row] in markers:
            return markers[strata[row]]
        return of_any(every) if every else None

    return Trace(ids, behind, marker, _component_notes(components))


def _stratified(m: Measurement, name: str | None, params: Mapping[str, Any], ids: Any) -> tuple[Any, ...]:
    """The articles of both sides of one measurement: place, numbers, weight, side, stratum."""
    fields = (params["over"],) if name is None else ()
    sides = sides_of(m, params["target"], params["reference"], fields=fields)
    used = np.flatnonzero(sides.target | sides.reference)
    if name is None:
        column = sides.articles[params["over"]].astype(object)
        stratum = column.where(column.notna(), None).to_numpy(dtype=object)[used]
    else:
        stratum = np.full(used.size, name, dtype=object)
    x, n = sides.x[used], sides.n[used]
    weight = np.ones(used.size)
    if m.kind == "volume":
        n = np.full(used.size, np.nan)
    elif params["weight"] == "article":
        weight = np.divide(1.0, n, out=np.zeros(n.size), where=n > 0)
    side = np.where(sides.target[used], TARGET, REFERENCE)
    return np.searchsorted(ids, articles_of(m)[used]), x, n, weight, side, stratum


def _component_notes(components: Any) -> tuple[str, ...]:
    if not components.size:
        return ()
    return (
        "The articles of a component are those of both sides; it is made of their shares and ratios together.",
    )


def _side(row: int, own: Ints, x: Floats, n: Floats, weight: Floats, side: int) -> Behind:
    return Behind(np.full(own.size, row), own, x[own], n[own], weight[own], np.full(own.size, side))


def _summed(row: int, doc: Ints, x: Floats, n: Floats, side: int) -> Behind:
    ids, place = np.unique(doc, return_inverse=True)
    top, bottom = (np.bincount(place, weights=v, minlength=ids.size).astype(np.float64) for v in (x, n))
    return Behind(np.full(ids.size, row), ids, top, bottom, np.ones(ids.size), np.full(ids.size, side))
