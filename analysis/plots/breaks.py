"""Breaks: the line they were looked for in, its levels, each break with the interval of its date, and pulses.

A result that was loaded from a file has no line: then the levels alone are drawn. Not for looking for breaks.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from analysis.plots import hits, theme
from analysis.plots import status as states
from analysis.plots.series import groups_of, middles, name_of, rows_of

if TYPE_CHECKING:
    from analysis.result import Result

MAX_PANELS = 9
_LINE = "#8ea2b0"


class _Range(NamedTuple):
    """From where to where all panels go: days, and values."""

    first: float
    last: float
    low: float
    high: float


def breaks(result: "Result") -> Figure:
    """One panel for each group, all to one scale."""
    table, by = result.table, str(result.params["by"])
    line = _line_of(result)
    groups = groups_of(line) if line is not None else _ordered(table)
    shown = groups[:MAX_PANELS]
    columns = 1 if len(shown) == 1 else 2 if len(shown) <= 4 else 3
    rows = -(-len(shown) // columns)
    figure = theme.figure(height=2.9 if rows == columns == 1 else 1.05 + 1.6 * rows)
    grid = figure.subplots(
        2 * rows, columns, squeeze=False, sharex=True,
        gridspec_kw={"height_ratios": [16 if columns == 1 else 12, 1.2] * rows},
    )  # fmt: skip
    limits = _limits(table, line, by)
    for i in range(rows * columns):
        panel, under = grid[2 * (i // columns), i % columns], grid[2 * (i // columns) + 1, i % columns]
        if i >= len(shown):
            panel.set_visible(False)
            under.set_visible(False)
            continue
        _panel(panel, rows_of(table, shown[i]), None if line is None else rows_of(line, shown[i]), by, limits)
        panel.tick_params(axis="x", length=0, labelbottom=False)
        panel.tick_params(axis="y", labelsize=7.5, labelcolor=theme.QUIET)
        if len(shown) > 1:
            panel.set_title(theme.label(name_of(shown[i])), fontsize=8.5, pad=3)
        if line is None:
            under.set_yticks([])
            under.spines[:].set_visible(False)
        else:
            own = rows_of(line, shown[i])
            states.strip(under, states.edges(own["period"], by), own["status"])
        states.date_axis(under, labels=i + columns >= len(shown), most=7 if columns == 1 else 5)
    _finish(figure, result, line, len(groups) - len(shown))
    return figure


def _panel(axes: Axes, found: pd.DataFrame, line: pd.DataFrame | None, by: str, limits: _Range) -> None:
    if line is not None:
        at = middles(line["period"], by)
        values = line["estimate"].to_numpy(dtype=float)
        axes.plot(at, values, color=_LINE, linewidth=0.9, marker="o", markersize=1.8, zorder=2)
    shifts = found[found["kind"] == "break"]
    bands: list[float] = []
    for row in found[found["kind"] == "pulse"].to_dict("records"):
        low, high = _day(row["low"]), _day(states.after(_date(row["high"]), by))
        bands.append(high)
        axes.axvspan(low, high, color=theme.COLOURS[5], alpha=0.45, linewidth=0, zorder=1)
    bounds = [limits.first, *(_day(d) for d in shifts["break"]), limits.last]
    levels = [*shifts["before"].tolist(), *shifts["after"].tolist()[-1:]]
    for level, start, stop in zip(levels, bounds, bounds[1:], strict=False):
        axes.hlines(level, start, stop, color=theme.STRONG, linewidth=2.2, zorder=4)
    places: list[float] = []
    for at_row, row in zip(shifts.index, shifts.to_dict("records"), strict=True):
        low, high, when = _day(row["low"]), _day(states.after(_date(row["high"]), by)), _day(row["break"])
        axes.axvspan(low, high, color=theme.WARM, alpha=0.18, linewidth=0, zorder=1)
        axes.axvline(when, color=theme.WARM, linewidth=1.3, zorder=3)
        hits.boxes(axes, low, limits.low, high, limits.high, [at_row])
        span = limits.last - limits.first
        covers = any(
            when - 0.12 * span < band < when for band in bands
        )  # what is written on the left of the line
        late = when > limits.first + (0.8 if covers else 0.72) * span
        crowded = sum(abs(when - p) < 0.3 * span for p in places)
        places.append(when)
        axes.annotate(
            f"{_date(row['break'])}\np {_p(row['p'])}", (when, 1 - 0.2 * crowded),
            xycoords=("data", "axes fraction"), xytext=(-4 if late else 4, -2), textcoords="offset points",
            ha="right" if late else "left", va="top", fontsize=7, color=theme.INK, bbox=theme.CLEAR, zorder=5,
        )  # fmt: skip
    if not len(shifts):
        none = found[found["kind"] == "none"]
        said = "no break" if none["p"].notna().any() else "not tested"
        if none["p"].notna().any():
            said += f", p {_p(float(none['p'].iloc[0]))}"
        axes.annotate(
            said, (0.01, 0.97), xycoords="axes fraction", va="top", fontsize=7.5, color=theme.QUIET,
            bbox=theme.CLEAR, zorder=5,
        )  # fmt: skip
    axes.set_xlim(limits.first, limits.last)
    axes.set_ylim(limits.low, limits.high)
    axes.grid(axis="y")
    axes.yaxis.set_major_locator(MaxNLocator(4))


def _finish(figure: Figure, result: "Result", line: pd.DataFrame | None, n_more: int) -> None:
    table, by = result.table, str(result.params["by"])
    what = theme.label(result.params.get("label") or "The measurement", 56)
    theme.title(figure, f"{what}: breaks of its level, by {by}")
    figure.supylabel(result.unit, fontsize=7.5, color=theme.QUIET)
    kinds = set(table["kind"])
    marks: list[Any] = []
    if line is not None:
        marks.append(Line2D([], [], color=_LINE, marker="o", markersize=2, linewidth=0.9, label=f"each {by}"))
    if "break" in kinds:
        marks += [
            Line2D([], [], color=theme.STRONG, linewidth=2.2, label="level"),
            Line2D([], [], color=theme.WARM, linewidth=1.3, label="break"),
            Patch(color=theme.WARM, alpha=0.18, label="95 % interval of its date"),
        ]
    if "pulse" in kinds:
        marks.append(Patch(color=theme.COLOURS[5], alpha=0.45, label="pulse"))
    states.legend(figure, set() if line is None else set(line["status"]), marks)
    shifts, pulses = (table[table["kind"] == k] for k in ("break", "pulse"))
    said = "; ".join(
        f"{name_of(None if pd.isna(r['group']) else r['group'])}: {_date(r['break'])} ({_date(r['low'])} to "
        f"{_date(r['high'])}), {r['before']:.3g} to {r['after']:.3g}"
        for r in shifts.head(6).to_dict("records")
    )
    figure.alt = (  # type: ignore[attr-defined]
        f"{what} by {by} with {len(shifts)} break{'' if len(shifts) == 1 else 's'} and {len(pulses)} "
        f"pulse{'' if len(pulses) == 1 else 's'}" + (f": {said}." if said else ".")
        + (f" {n_more} more groups are not drawn." if n_more else "")
    )  # fmt: skip


def _line_of(result: "Result") -> pd.DataFrame | None:
    """The line the breaks are of, where the result still has it."""
    line = getattr(result.source, "given", {}).get("line")
    return None if line is None else line.table


def _ordered(table: pd.DataFrame) -> list[Any]:
    groups = table["group"].astype(object).where(table["group"].notna(), None)
    return list(dict.fromkeys(groups))


def _limits(table: pd.DataFrame, line: pd.DataFrame | None, by: str) -> _Range:
    values = table[["before", "after"]].to_numpy(dtype=float).ravel()
    days = pd.concat([table[c].dropna() for c in ("break", "low", "high")])
    if line is not None:
        values = np.concatenate([values, line["estimate"].to_numpy(dtype=float)])
        days = pd.concat([days, line["period"]])
    values = values[np.isfinite(values)]
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 1.0)
    room = 0.12 * (high - low) or abs(high) or 1.0
    if days.empty:
        return _Range(0.0, 1.0, low - room, high + room)
    borders = states.edges(days, by)
    first, last = float(borders[0]), float(borders[-1])
    if line is None:  # room on both sides of the dates
        span = max(last - first, 28.0)
        first, last = first - 0.5 * span, last + 0.5 * span
    return _Range(first, last, 0.0 if low >= 0 else low - room, high + 2 * room)


def _date(value: Any) -> np.datetime64:
    return np.datetime64(value, "D")


def _day(value: Any) -> float:
    return float(states.dates.date2num(_date(value)))


def _p(value: float) -> str:
    return (
        "not known"
        if np.isnan(value)
        else "< .001"
        if value < 0.001
        else f"= {value:.3f}".replace("0.", ".", 1)
    )
