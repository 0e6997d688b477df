"""Sums by stratum and period within a group: what standardising and splitting work on."""

import numpy as np

from analysis.errors import choose
from analysis.series.frame import Frame
from analysis.series.weights import Weighted
from analysis.stats.checks import Bools, Floats, Ints

OVER = ("outlet", "section", "agency", "language")


def check_standardise(field: str) -> str:
    """Return the field whose mix is held fixed, where it is one."""
    return choose("standardise", field, OVER)


def stratum_names(frame: Frame, field: str) -> tuple[tuple[str | None, ...], Ints]:
    """Name the strata and number each article's."""
    if field == "outlet":
        return frame.calendar.outlets, frame.outlet
    values = frame.extra[field]
    present = set(values)
    names = tuple(sorted(v for v in present if v is not None)) + ((None,) if None in present else ())
    place = {v: i for i, v in enumerate(names)}
    return names, np.array([place[v] for v in values], dtype=np.int64)


def strata_of(frame: Frame, w: Weighted, group: int, field: str, present: Bools) -> tuple[Floats, Floats]:
    """Sum numerators and denominators of one group by stratum and period, (n_strata, n_periods) each."""
    names, code = stratum_names(frame, field)
    own = np.flatnonzero((frame.group == group) & w.used)
    slot = code[own] * frame.n_periods + frame.period[own]
    size = len(names) * frame.n_periods
    x, n = (
        np.bincount(slot, weights=v[own], minlength=size).reshape(-1, frame.n_periods).astype(np.float64)
        for v in (w.x, w.n)
    )
    if frame.measurement.kind == "volume":
        n = exposure_by_stratum(frame, group, len(names), field)
    n = n * present
    return x * (n > 0), n


def exposure_by_stratum(frame: Frame, group: int, n_strata: int, field: str) -> Floats:
    """What volume is divided by, by stratum: an outlet's own, and for other fields that of all outlets in each."""
    if field != "outlet":
        return np.broadcast_to(frame.exposure()[group], (n_strata, frame.n_periods)).astype(np.float64)
    own = np.zeros((n_strata, 1))
    own[frame.outlets_of(group)] = 1.0
    return np.asarray(frame.outlet_exposure() * own, dtype=np.float64)
