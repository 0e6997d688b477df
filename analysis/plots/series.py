"""Lines over time: with their intervals, gaps where nothing was collected, and a strip of coverage under each.

A period that is partial or incomplete has a hollow mark; one that is not there has none, and the line is broken.
Not for the grid of what was collected: that is `coverage`.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from analysis.plots import hits, theme
from analysis.plots import status as states

if TYPE_CHECKING:
    from analysis.result import Result

MAX_PANELS = 12
MAX_LINES = len(theme.COLOURS)
FEW = 5  # articles of a point that may set the scale
_NAMED = 3  # points beyond it that are named
_MARKS = 140  # more points than this and marks would be a blur


class Limits(NamedTuple):
    """From where to where the values go."""

    low: float
    high: float


def trend(result: "Result") -> Figure:
    """One line, or a small panel for each group, all to one scale."""
    groups = groups_of(result.table)
    shown = groups[:MAX_PANELS]
    if len(shown) == 1:
        return _single(result, shown[0], len(groups))
    columns = 2 if len(shown) <= 4 else 3
    rows = -(-len(shown) // columns)
    figure = theme.figure(height=1.0 + 1.6 * rows)
    grid = figure.subplots(
        2 * rows, columns, squeeze=False, sharex=True, gridspec_kw={"height_ratios": [12, 1.2] * rows}
    )
    table = result.table
    limits = limits_of(
        table[table["group"].isin([g for g in shown if g is not None]) | table["group"].isna()]
    )
    by = str(result.params["by"])
    for i, group in enumerate(shown):
        panel, under = grid[2 * (i // columns), i % columns], grid[2 * (i // columns) + 1, i % columns]
        own = rows_of(table, group)
        draw_line(panel, own, by, theme.STRONG, limits)
        states.strip(under, states.edges(own["period"], by), own["status"])
        panel.set_title(theme.label(name_of(group)), fontsize=8.5, pad=3)
        panel.tick_params(axis="x", length=0, labelbottom=False)
        panel.tick_params(axis="y", labelsize=7, labelcolor=theme.QUIET)
        states.date_axis(under, labels=i + columns >= len(shown))
    for j in range(len(shown), rows * columns):
        for k in (0, 1):
            grid[2 * (j // columns) + k, j % columns].set_visible(False)
    _finish(figure, result, shown, len(groups))
    return figure


def together(result: "Result") -> Figure:
    """All groups as lines in one picture, without bands: for comparing their shapes."""
    groups = groups_of(result.table)
    shown = groups[:MAX_LINES]
    by = str(result.params["by"])
    figure = theme.figure(height=2.6 + 0.11 * len(shown))
    panel, *under = np.atleast_1d(
        figure.subplots(
            1 + len(shown), 1, sharex=True, gridspec_kw={"height_ratios": [3.2] + [0.16] * len(shown)}
        )
    )
    drawn = pd.concat([rows_of(result.table, g) for g in shown])
    limits = limits_of(drawn.assign(low=np.nan, high=np.nan))
    for group, colour, below in zip(shown, theme.COLOURS, under, strict=False):
        own = rows_of(result.table, group)
        draw_line(panel, own, by, colour, limits, band=False)
        states.strip(below, states.edges(own["period"], by), own["status"])
        below.set_yticks([0.5], [theme.label(name_of(group), 20)], fontsize=6.5, color=colour)
        below.tick_params(axis="x", length=0, labelbottom=False)
    under[-1].tick_params(axis="x", length=2, labelbottom=True)
    states.date_axis(under[-1], labels=True)
    _finish(figure, result, shown, len(groups))
    return figure


def _single(result: "Result", group: Any, n_groups: int) -> Figure:
    by = str(result.params["by"])
    own = rows_of(result.table, group)
    figure = theme.figure(height=2.9)
    panel, under = figure.subplots(2, 1, sharex=True, gridspec_kw={"height_ratios": [16, 1]})
    draw_line(panel, own, by, theme.STRONG, limits_of(own))
    extra = []
    fixed = own["standardised"].to_numpy(dtype=float)
    if np.nanmax(np.abs(fixed - own["estimate"].to_numpy(dtype=float)), initial=0.0) > 1e-12:
        middle = middles(own["period"], by)
        panel.plot(middle, fixed, color=theme.WARM, linewidth=1.3, linestyle=(0, (4, 2)), zorder=3.5)
        over = result.params.get("standardise", "outlet")
        extra.append(
            Line2D([], [], color=theme.WARM, linestyle=(0, (4, 2)), label=f"mix of {over}s held fixed")
        )
    panel.tick_params(axis="x", length=0, labelbottom=False)
    states.strip(under, states.edges(own["period"], by), own["status"])
    states.date_axis(under, labels=True)
    _finish(figure, result, [group], n_groups, extra)
    return figure


def draw_line(
    axes: Axes, own: pd.DataFrame, by: str, colour: str, limits: Limits, *, band: bool = True
) -> None:
    """A line that breaks where there is nothing, its band, and marks that tell whole periods from others."""
    at = middles(own["period"], by)
    estimate, low, high = (own[c].to_numpy(dtype=float) for c in ("estimate", "low", "high"))
    axes.plot(at, estimate, color=colour, linewidth=1.3, zorder=3)
    have = ~np.isnan(estimate)
    inside = have & (estimate >= limits.low) & (estimate <= limits.high)
    hits.points(axes, at[inside], estimate[inside], own.index[inside])
    if band:
        axes.fill_between(
            at, low, high, where=~np.isnan(low), color=colour, alpha=0.18, linewidth=0, zorder=2
        )
        padded = np.concatenate([[False], have, [False]])
        alone = have & ~padded[:-2] & ~padded[2:] & ~np.isnan(low)
        axes.vlines(at[alone], low[alone], high[alone], color=colour, alpha=0.35, linewidth=2.5, zorder=2)
    whole = ~own["status"].isin(states.NOT_WHOLE).to_numpy()
    size = 3.4 if at.size <= 60 else 2.4
    padded = np.concatenate([[False], have, [False]])
    alone = have & ~padded[:-2] & ~padded[2:]  # no line shows it
    marked = inside & whole & (alone | (band & (have.sum() <= _MARKS)))
    if marked.any():  # an empty artist that is not clipped has its place at the page's corner
        axes.plot(at[marked], estimate[marked], "o", color=colour, markersize=size, zorder=4, clip_on=False)
    if 0 < (inside & ~whole).sum() <= _MARKS:
        axes.plot(
            at[inside & ~whole], estimate[inside & ~whole], "o", markersize=size, markerfacecolor=theme.PAPER,
            markeredgecolor=colour, markeredgewidth=0.9, zorder=4, clip_on=False,
        )  # fmt: skip
    beyond(axes, at, estimate, limits, colour)
    axes.set_ylim(limits.low, limits.high)
    axes.grid(axis="y")
    axes.yaxis.set_major_locator(MaxNLocator(4))


def beyond(axes: Axes, at: np.ndarray, values: np.ndarray, limits: Limits, colour: str) -> None:
    """Point to values that the picture has no room for, and name the first of them."""
    above, below = values > limits.high, values < limits.low
    for place, mark, edge, va in ((above, "^", limits.high, "top"), (below, "v", limits.low, "bottom")):
        if not place.any():
            continue
        axes.plot(
            at[place],
            np.full(int(place.sum()), edge),
            mark,
            color=colour,
            markersize=4.5,
            zorder=5,
            clip_on=False,
        )
        for x, value in list(zip(at[place], values[place], strict=True))[:_NAMED]:
            axes.annotate(
                f"{value:.3g}", (x, edge), xytext=(5, 0), textcoords="offset points", va=va, fontsize=6.5,
                color=colour, bbox=theme.CLEAR, zorder=5,
            )  # fmt: skip


def _finish(
    figure: Figure, result: "Result", shown: list[Any], n_groups: int, extra: list[Line2D] | None = None
) -> None:
    """Title, unit, legend and alt text."""
    by = str(result.params["by"])
    what = theme.label(result.params.get("label") or result.kind, 60)
    volume = str(result.params.get("measure", "")).startswith("volume|")
    what = f"Volume: {what}" if volume else what
    theme.title(figure, f"{what}, by {by}")
    figure.supylabel(result.unit, fontsize=7.5, color=theme.QUIET)
    table = result.table
    table = table[table["group"].isin([g for g in shown if g is not None]) | table["group"].isna()]
    hollow = table["status"].isin(states.NOT_WHOLE) & table["estimate"].notna()
    marks = list(extra or [])
    if hollow.any():
        marks.append(
            Line2D([], [], marker="o", linestyle="", markerfacecolor=theme.PAPER, markeredgecolor=theme.STRONG,
                   markersize=4, label="not the whole period, or not every outlet")
        )  # fmt: skip
    states.legend(figure, set(table["status"]), marks)
    gaps = int(table["estimate"].isna().sum())
    figure.alt = (  # type: ignore[attr-defined]
        f"Line{'s' if len(shown) > 1 else ''} of {what} by {by} for {', '.join(name_of(g) for g in shown)}"
        + (f" ({n_groups - len(shown)} more are not drawn)" if n_groups > len(shown) else "")
        + f", {table['period'].min():%Y-%m-%d} to {table['period'].max():%Y-%m-%d}. {_said(table)} "
        + (f"{gaps} of {len(table)} points are gaps." if gaps else "There is no gap.")
    )


def _said(table: pd.DataFrame) -> str:
    values = table["estimate"].dropna()
    if not len(values):
        return "There is no estimate."
    return f"Estimates lie between {values.min():.3g} and {values.max():.3g}."


def groups_of(table: pd.DataFrame) -> list[Any]:
    """The groups, those with most articles first."""
    size = (
        table.assign(n=table["n_docs"].astype("Float64").fillna(0))
        .groupby("group", dropna=False, sort=False)["n"]
        .sum()
    )
    return [None if pd.isna(g) else g for g in size.sort_values(ascending=False, kind="stable").index]


def rows_of(table: pd.DataFrame, group: Any) -> pd.DataFrame:
    """The rows of a group."""
    return table[table["group"].isna()] if group is None else table[table["group"] == group]


def name_of(group: Any) -> str:
    """What a group is called."""
    return "(none)" if group is None else str(group)


def middles(periods: "pd.Series[pd.Timestamp]", by: str) -> np.ndarray:
    """Where each period has its middle, in Matplotlib's days."""
    borders = states.edges(periods, by)
    return np.asarray((borders[1:] + borders[:-1]) / 2)


def limits_of(table: pd.DataFrame) -> Limits:
    """Room for lines and most of their bands: no huge interval, and no point of an article or two, may flatten all."""
    enough = table["n_docs"].astype("Float64").fillna(0).to_numpy(dtype=float) >= FEW
    table = table[enough] if table["estimate"][enough].notna().any() else table
    values = table[["estimate", "standardised"]].to_numpy(dtype=float)
    high, low = table["high"].to_numpy(dtype=float), table["low"].to_numpy(dtype=float)
    top, bottom = (float(np.nanmax(v)) if np.isfinite(v).any() else 0.0 for v in (values, -values))
    if np.isfinite(high).any():
        top = max(top, float(np.nanquantile(high, 0.97)))
        bottom = max(bottom, float(np.nanquantile(-low, 0.97)))
    lowest = 0.0 if bottom <= 0 else -bottom * 1.08
    highest = top * 1.08 if top > 0 else 0.0
    return Limits(lowest, highest) if highest > lowest else Limits(lowest, lowest + 1.0)
