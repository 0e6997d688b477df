"""Breaks in a table of periods: what may be used of each line, what is found in it, and what to beware of.

Not for measurements and corpora: `breaks` makes the table and hands it over.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import InputError, choose, message
from analysis.periods import PERIODS, Days, period_range, period_start
from analysis.stats.checks import Bools, Floats
from analysis.stats.level_shifts import LevelShifts, Shift, level_shifts
from analysis.stats.period_weights import period_weights

NEEDED = ("period", "group", "numerator", "denominator", "status")
NOT_THERE = ("missing", "suspected_gap", "unknown")
"""Statuses of periods that say nothing about the level."""
DOUBTFUL = ("partial", "incomplete")
"""Statuses of periods that have other days or other outlets than whole ones: left out while they are few."""
SHORTEST = {"day": 14, "week": 4, "month": 3, "quarter": 3, "year": 3}
"""Fewest periods of a level: what is shorter is an event, not a level."""

_FEW = 0.25  # share of the periods
_DAYS = 7


class Options(NamedTuple):
    """How breaks are looked for; the arguments of `breaks`."""

    by: str
    min_length: int | None = None
    max_breaks: int = 3
    alpha: float = 0.05
    n_boot: int = 499
    seed: int = 1


@dataclass(frozen=True, eq=False)
class _Line:
    """One group on the whole calendar; values are NaN in periods that are not used."""

    starts: Days
    x: Floats
    n: Floats
    standardised: Floats
    doubtful: Bools
    note: str

    @property
    def values(self) -> Floats:
        return self.x / self.n

    def ratio(self, first: int, stop: int, without: Bools) -> float:
        """Ratio of sums over periods first .. stop - 1 that are used and not taken out."""
        chosen = np.zeros(self.x.size, dtype=np.bool_)
        chosen[first:stop] = True
        chosen &= ~without & ~np.isnan(self.x)
        total = float(self.n[chosen].sum())
        return float(self.x[chosen].sum()) / total if total > 0 else np.nan


def period_breaks(table: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Look for breaks in every group of a period table; see `analysis.series.breaks.breaks` for the columns.

    Parameters
    ----------
    table
        period (first day), group, numerator, denominator, status: one row a group and period.
    options
        See `breaks`.

    Raises
    ------
    InputError
        A column is missing, a group has a period twice, or an option is out of range.
    """
    choose("by", options.by, PERIODS)
    absent = [c for c in NEEDED if c not in table.columns]
    if absent:
        raise InputError(
            message("This is no table of periods", got=list(table.columns), expected=", ".join(NEEDED))
        )
    rows: list[dict[str, Any]] = []
    starts = _calendar(table, options.by)
    # Null is a group of its own: articles without a section are not nobody's.
    codes, groups = pd.factorize(table["group"], use_na_sentinel=False)
    for i, group in enumerate(groups):
        line = _line(table[codes == i], starts)
        rows += [{"group": None if pd.isna(group) else group, **row} for row in _rows(line, options)]
    return _framed(rows)


def used_rows(table: pd.DataFrame, by: str) -> Bools:
    """Say which rows of a period table its breaks are looked for in, and its levels are made of."""
    starts, out = _calendar(table, by), np.zeros(len(table), dtype=np.bool_)
    codes, groups = pd.factorize(table["group"], use_na_sentinel=False)
    for i in range(len(groups)):
        own = np.flatnonzero(codes == i)
        at = np.searchsorted(starts, table["period"].to_numpy()[own].astype("datetime64[D]"))
        out[own] = ~np.isnan(_line(table.iloc[own], starts).x)[at]
    return out


def _calendar(table: pd.DataFrame, by: str) -> Days:
    days = period_start(table["period"], by)
    if not days.size:
        return days
    if (days != np.asarray(table["period"]).astype("datetime64[D]")).any():
        raise InputError(
            message(f"A period does not begin on the first day of a {by}", expected="period starts")
        )
    return period_range(days.min().astype(object), days.max().astype(object), by)


def _line(table: pd.DataFrame, starts: Days) -> _Line:
    """Lay a group on the calendar, and leave out what says nothing about its level."""
    at = np.searchsorted(starts, table["period"].to_numpy().astype("datetime64[D]"))
    if np.unique(at).size < at.size:
        raise InputError(message("A group has a period twice", got=str(table["group"].iloc[0])))
    x, n = np.full(starts.size, np.nan), np.full(starts.size, np.nan)
    x[at] = table["numerator"].to_numpy(dtype=np.float64, na_value=np.nan)
    n[at] = table["denominator"].to_numpy(dtype=np.float64, na_value=np.nan)
    status = np.full(starts.size, "missing", dtype=object)
    status[at] = table["status"].to_numpy(dtype=object)
    used = ~np.isin(status.astype(str), NOT_THERE) & (np.nan_to_num(n) > 0) & ~np.isnan(x)
    doubtful = used & np.isin(status.astype(str), DOUBTFUL)
    n_doubtful, n_used = int(doubtful.sum()), int(used.sum())
    note = ""
    if doubtful.any() and n_doubtful <= _FEW * n_used:
        used &= ~doubtful
        doubtful = np.zeros_like(doubtful)
        note = f"{n_doubtful} periods that lack days or an outlet were left out."
    elif doubtful.any():
        note = f"{n_doubtful} of {n_used} periods lack days or an outlet: a change of outlets looks like a break."
    standardised = np.full(starts.size, np.nan)
    if "standardised" in table.columns:
        standardised[at] = table["standardised"].to_numpy(dtype=np.float64, na_value=np.nan)
    return _Line(
        starts, np.where(used, x, np.nan), np.where(used, n, np.nan), np.where(used, standardised, np.nan),
        doubtful, note,
    )  # fmt: skip


def _rows(line: _Line, options: Options) -> list[dict[str, Any]]:
    shortest = options.min_length
    if shortest is None:
        shortest = max(SHORTEST[options.by], -(-line.starts.size // 20))
    arguments: dict[str, Any] = {
        "weights": period_weights(line.values, line.n),
        "min_length": shortest,
        "max_breaks": options.max_breaks,
        "alpha": options.alpha,
        "n_boot": options.n_boot,
        "seed": options.seed,
    }
    season = _weekdays(line.starts, ~np.isnan(line.x)) if options.by == "day" else None
    found = level_shifts(line.values, regressors=season, **arguments)
    common = {"n_periods": found.n_periods, "autocorrelation": found.autocorrelation}
    pulses = np.zeros(line.x.size, dtype=np.bool_)
    for s in found.pulses:
        pulses[s.low : s.high + 1] = True
    rows = []
    bounds = [0, *(s.at for s in found.breaks), line.x.size]
    gradual = _gradual(line, season, arguments["weights"], found.breaks) if found.breaks else ""
    kept = _with_fixed_mix(line, season, arguments) if found.breaks else None
    for i, s in enumerate(found.breaks):
        sides = line.ratio(bounds[i], s.at, pulses), line.ratio(s.at, bounds[i + 2], pulses)
        notes = [_mix(s, kept), gradual, _outlets_change(line, s), line.note]
        rows.append(_row("break", line, s, sides) | common | {"note": _joined(notes)})
    for s in found.pulses:
        i = int(np.searchsorted(bounds[1:-1], s.at, side="right"))
        around = line.ratio(bounds[i], bounds[i + 1], pulses)
        sides = around, line.ratio(s.low, s.high + 1, np.zeros_like(pulses))
        notes = ["The level afterwards is as before.", line.note]
        rows.append(_row("pulse", line, s, sides) | common | {"note": _joined(notes)})
    rows.sort(key=lambda row: row["break"])
    if not found.breaks:
        nothing: dict[str, Any] = dict.fromkeys(("break", "low", "high", "before", "after", "difference"))
        rows.insert(0, {"kind": "none", "p": found.p, **nothing, **common, "note": _why_none(found, line)})
    return rows


def _row(kind: str, line: _Line, s: Shift, sides: tuple[float, float]) -> dict[str, Any]:
    low, high = line.starts[s.low], line.starts[s.high]
    return {
        "kind": kind, "break": line.starts[s.at], "low": low, "high": high,
        "before": sides[0], "after": sides[1], "difference": sides[1] - sides[0], "p": s.p,
    }  # fmt: skip


def _weekdays(starts: Days, used: Bools) -> npt.NDArray[np.float64] | None:
    """One column for each weekday that is used, but one."""
    weekday = (starts.astype(np.int64) + 3) % _DAYS
    present = np.unique(weekday[used])
    return (weekday[:, None] == present[None, 1:]).astype(np.float64) if present.size > 1 else None


def _gradual(line: _Line, season: Floats | None, weights: Floats, breaks: tuple[Shift, ...]) -> str:
    """Say so where a straight line is as good a description as the steps, by BIC: a step costs a size and a date."""
    used = ~np.isnan(line.values)
    at = np.arange(line.x.size)
    common = [np.ones(at.size)] if season is None else [np.ones(at.size), *season.T]
    steps = [(at >= s.at).astype(np.float64) for s in breaks]
    slope = [np.linspace(-1.0, 1.0, at.size)]
    root, values = np.sqrt(weights[used]), line.values[used]

    def bic(columns: list[Floats], n_parameters: int) -> float:
        design = np.column_stack([*common, *columns])[used] * root[:, None]
        left = values * root - design @ np.linalg.lstsq(design, values * root, rcond=None)[0]
        return float(values.size * np.log(max(left @ left, 1e-300)) + n_parameters * np.log(values.size))

    if bic(slope, 1) < bic(steps, 2 * len(steps)):
        return "A straight line describes it as well: the change may be gradual."
    return ""


def _with_fixed_mix(line: _Line, season: Floats | None, arguments: dict[str, Any]) -> LevelShifts | None:
    """Breaks of the line whose mix is held fixed, where there is one and it is another line."""
    both = ~np.isnan(line.values) & ~np.isnan(line.standardised)
    if not both.any() or np.allclose(line.values[both], line.standardised[both], rtol=1e-6, atol=0):
        return None
    values = np.where(both, line.standardised, np.nan)
    found = level_shifts(values, regressors=season, **arguments)
    return None if np.isnan(found.p) else found


def _mix(s: Shift, kept: LevelShifts | None) -> str:
    """Say so where a break is not there once the mix is held fixed."""
    if kept is None or any(k.low <= s.high and s.low <= k.high for k in kept.breaks):
        return ""
    return "Not found with the mix of outlets held fixed: it may be other outlets, not other reporting."


def _outlets_change(line: _Line, s: Shift) -> str:
    """Say so where outlets join or leave near the break."""
    near = line.doubtful[max(0, s.low - 1) : s.high + 1]
    return "Outlets joined or left here." if near.any() and not near.all() else ""


def _why_none(found: LevelShifts, line: _Line) -> str:
    if np.isnan(found.p):
        few = f"Not tested: {found.n_periods} periods are too few, or do not vary"
        return _joined([f"{few} (a level lasts {found.min_length} or more).", line.note])
    return _joined(["No break was found.", line.note])


def _joined(notes: list[str]) -> str:
    return " ".join(n for n in notes if n)


def _framed(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Columns and types that do not depend on what was found."""
    types = {
        "group": "str", "kind": "str", "break": "datetime64[us]", "low": "datetime64[us]", "high": "datetime64[us]",
        "before": "float64", "after": "float64", "difference": "float64", "p": "float64", "n_periods": "int64",
        "autocorrelation": "float64", "note": "str",
    }  # fmt: skip
    columns = {name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in types.items()}
    return pd.DataFrame(columns)
