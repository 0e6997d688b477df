"""Numbers over time, one small panel an outlet; a month without articles is a gap in the line."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.plots import hits, theme

if TYPE_CHECKING:
    from analysis.result import Result

MAX_PANELS = 12


def outlet_months(result: "Result") -> Figure:
    """Articles a month in a panel for each outlet, each with its own height and one common time axis."""
    table = result.table.dropna(subset=["month"])
    sizes = table.groupby("outlet")["n_docs"].sum().sort_values(ascending=False, kind="stable")
    top = list(sizes.index[:MAX_PANELS])
    months = table["month"].map(theme.month_number)
    first, last = int(months.min()), int(months.max())
    columns = 1 if len(top) == 1 else 2 if len(top) <= 4 else 3
    rows = -(-len(top) // columns)
    figure = theme.figure(height=0.5 + 1.25 * rows)
    panels = figure.subplots(rows, columns, sharex=True, squeeze=False)
    at = np.arange(first, last + 1)
    for panel, outlet in zip(panels.flat, top, strict=False):
        here = (table["outlet"] == outlet).to_numpy()
        counts = np.full(at.size, np.nan)
        np.put(counts, months[here].to_numpy() - first, table["n_docs"][here].to_numpy(dtype=float))
        counts[counts == 0] = np.nan
        place = months[here].to_numpy()
        height = counts[place - first]
        there = np.isfinite(height)
        hits.points(panel, place[there], height[there], table.index[here][there])
        # Markers show a month that stands alone between two gaps, where a line would draw nothing.
        panel.plot(at, counts, color=theme.STRONG, linewidth=1.4, marker="o", markersize=2.2)
        panel.fill_between(at, counts, color=theme.STRONG, alpha=0.12, linewidth=0)
        panel.set_ylim(0, float(np.nanmax(counts)) * 1.12)
        panel.set_title(f"{theme.label(outlet)}", fontsize=8.5, pad=3)
        panel.yaxis.set_major_locator(MaxNLocator(3, integer=True))
        panel.yaxis.set_major_formatter(FuncFormatter(lambda v, _: theme.compact(v)))
        panel.tick_params(axis="y", labelsize=7, labelcolor=theme.QUIET)
        panel.grid(axis="y")
        panel.set_xlim(first - 0.6, last + 0.6)
        ticks = _ticks(first, last)
        panel.set_xticks(ticks, [_tick_name(t, first, last) for t in ticks], fontsize=7)
    for panel in list(panels.flat)[len(top) :]:
        panel.set_visible(False)
    for column in range(columns):  # a panel with nothing under it keeps its own time axis
        lowest = max(i for i in range(len(top)) if i % columns == column)
        panels.flat[lowest].tick_params(axis="x", labelbottom=True)
    theme.title(figure, "Articles a month; every panel has its own height")
    rest = len(sizes) - len(top)
    figure.alt = (  # type: ignore[attr-defined]
        f"Lines of articles a month for {len(top)} outlets, {theme.month_name(first)} to "
        f"{theme.month_name(last)}; "
        "months without an article are gaps." + (f" {rest} smaller outlets are not drawn." if rest else "")
    )
    return figure


def _ticks(first: int, last: int) -> list[int]:
    """At most about five months to label: Januaries over years, else an even step."""
    if last - first >= 36:
        years = [m for m in range(first, last + 1) if m % 12 == 0]
        return years[:: max(1, -(-len(years) // 5))]
    return list(range(first, last + 1, max(1, -(-(last - first + 1) // 4))))


def _tick_name(number: int, first: int, last: int) -> str:
    return str(number // 12) if last - first >= 36 else theme.month_name(number)
