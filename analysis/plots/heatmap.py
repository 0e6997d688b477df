"""Grids of numbers: outlets by month, outlets by field. An empty cell is drawn as empty, never as zero."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.colors import LogNorm, Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter

from analysis.plots import hits, theme

if TYPE_CHECKING:
    from analysis.result import Result

MAX_OUTLETS = 24
_COUNTS = FuncFormatter(lambda value, _: theme.compact(value))
_READABLE = 26  # columns with a number in every cell; beyond it the digits would touch
_MAX_MONTHS = 96  # beyond it a month is narrower than a hairline on paper, and years are drawn instead


def outlet_months(result: "Result") -> Figure:
    """Articles by outlet and month on a logarithmic scale, so that small outlets stay visible."""
    table = result.table.dropna(subset=["month"])
    sizes = table.groupby("outlet")["n_docs"].sum().sort_values(ascending=False, kind="stable")
    top, rest = list(sizes.index[:MAX_OUTLETS]), list(sizes.index[MAX_OUTLETS:])
    months = table["month"].map(theme.month_number)
    by_year = int(months.max() - months.min()) + 1 > _MAX_MONTHS
    period = months // 12 if by_year else months
    first, last = int(period.min()), int(period.max())
    names = [*top, *([f"{len(rest)} others"] if rest else [])]
    grid = np.full((len(names), last - first + 1), np.nan)
    rows = table["outlet"].map({o: i for i, o in enumerate(top)}).fillna(len(top)).astype(int)
    # Sums over what is there; a cell nothing was added to stays empty.
    for row, column, count in zip(rows, period - first, table["n_docs"], strict=True):
        grid[row, column] = np.nansum([grid[row, column], count])
    grid[grid == 0] = np.nan
    columns = grid.shape[1]
    figure = theme.figure(height=max(1.6, 0.95 + 0.27 * len(names)))
    axes = figure.subplots()
    high = float(np.nanmax(grid))
    mesh = cells(axes, grid, LogNorm(vmin=0.7, vmax=max(high, 10)), numbers=columns <= _READABLE)
    if columns > _READABLE:
        bar = figure.colorbar(
            mesh, ax=axes, pad=0.015, fraction=0.03, aspect=max(8, 2 * len(names)), format=_COUNTS
        )
        bar.outline.set_visible(False)
        bar.ax.tick_params(labelsize=7, length=0, which="both")
    if not by_year:  # a cell is a row of the table then
        own = table[table["outlet"].isin(top)]
        x, y = (months - first)[own.index].to_numpy(), rows[own.index].to_numpy()
        hits.boxes(axes, x - 0.5, y - 0.5, x + 0.5, y + 0.5, own.index)
    axes.set_yticks(range(len(names)), [theme.label(n) for n in names])
    if by_year:
        step = max(1, columns // 12)
        axes.set_xticks(range(0, columns, step), [str(first + i) for i in range(0, columns, step)])
    else:
        _month_ticks(axes, first, columns)
    unit = "year" if by_year else "month"
    theme.title(figure, f"Articles by outlet and {unit}")
    start, stop = (str(first), str(last)) if by_year else (theme.month_name(first), theme.month_name(last))
    others = f", the {len(rest)} smallest of them added up" if rest else ""
    empty = int(np.isnan(grid).sum())
    figure.alt = (  # type: ignore[attr-defined]
        f"Heat map of articles by outlet and {unit}: {len(sizes)} outlets{others}, {start} to {stop}. "
        f"The largest cell has {high:,.0f} articles; {empty} of {grid.size} cells are empty."
    )
    axes.set_xlabel(
        f"Grey: no article with a date in that {unit}. The colour scale is logarithmic.", fontsize=7.5
    )
    return figure


def field_coverage(result: "Result") -> Figure:
    """How far each field is filled, by outlet, in percent."""
    table = result.table
    sizes = table.groupby("outlet")["n_docs"].max().sort_values(ascending=False, kind="stable")
    top = list(sizes.index[:MAX_OUTLETS])
    fields = list(dict.fromkeys(table["field"]))
    grid = (
        table[table["outlet"].isin(top)].pivot_table(index="outlet", columns="field", values="share")
        .reindex(index=top, columns=fields).to_numpy(dtype=float)
    )  # fmt: skip
    figure = theme.figure(height=max(1.7, 1.25 + 0.27 * len(top)))
    axes = figure.subplots()
    cells(axes, grid, Normalize(0, 1.0), numbers=len(fields) <= _READABLE, write=percent)
    own = table[table["outlet"].isin(top)]
    x = own["field"].map({f: i for i, f in enumerate(fields)}).to_numpy(dtype=float)
    y = own["outlet"].map({o: i for i, o in enumerate(top)}).to_numpy(dtype=float)
    hits.boxes(axes, x - 0.5, y - 0.5, x + 0.5, y + 0.5, own.index)
    axes.set_yticks(range(len(top)), [theme.label(o) for o in top])
    axes.set_xticks(
        range(len(fields)), [theme.label(f.replace("_", " ")) for f in fields], rotation=40, ha="right",
        rotation_mode="anchor",
    )  # fmt: skip
    theme.title(figure, "Share of articles with the field filled, percent")
    rest = len(sizes) - len(top)
    if rest:
        axes.set_xlabel(f"The {len(top)} largest outlets of {len(sizes)}.", fontsize=7.5)
    figure.alt = (  # type: ignore[attr-defined]
        f"Heat map of the share of articles with each of {len(fields)} fields filled, for {len(top)} outlets."
        + (f" {rest} smaller outlets are not drawn." if rest else "")
    )
    return figure


def percent(value: float) -> str:
    """A share in percent, without decimals; what is not all or nothing never reads so."""
    shown = f"{100 * value:.0f}"
    if shown == "100" and value < 1:
        return ">99"
    return "<1" if shown == "0" and value > 0 else shown


def cells(
    axes: Axes,
    grid: np.ndarray,
    norm: Normalize,
    *,
    numbers: bool,
    write: Callable[[float], str] = theme.compact,
) -> QuadMesh:
    """Draw the grid as tiles with a white seam, and the numbers where they can be read."""
    rows, columns = grid.shape
    axes.add_patch(Rectangle((-0.5, -0.5), columns, rows, facecolor=theme.EMPTY, edgecolor="none", zorder=0))
    mesh = axes.pcolormesh(
        np.arange(columns + 1) - 0.5, np.arange(rows + 1) - 0.5, np.ma.masked_invalid(grid),
        cmap=theme.HEAT, norm=norm, zorder=1,
    )  # fmt: skip
    for edge in range(1, rows):
        axes.axhline(edge - 0.5, color=theme.PAPER, linewidth=1.6, zorder=2)
    for edge in range(1, columns):
        axes.axvline(edge - 0.5, color=theme.PAPER, linewidth=1.6 if columns <= 60 else 0.4, zorder=2)
    if numbers:
        size = 7.5 if columns <= 16 else 6.2
        for row, column in np.argwhere(~np.isnan(grid)):
            value = grid[row, column]
            red, green, blue, _ = mesh.to_rgba(value)
            dark = 0.299 * red + 0.587 * green + 0.114 * blue < 0.55
            axes.text(
                column, row, write(float(value)), ha="center", va="center", fontsize=size, zorder=3,
                color=theme.PAPER if dark else theme.INK,
            )  # fmt: skip
    axes.set_xlim(-0.5, columns - 0.5)
    axes.set_ylim(rows - 0.5, -0.5)
    axes.spines[:].set_visible(False)
    return mesh


def _month_ticks(axes: Axes, first: int, columns: int) -> None:
    """Months by their initial where there is room; the year under every January and the first month."""
    initials = "JFMAMJJASOND"
    shown = range(columns) if columns <= 40 else [i for i in range(columns) if (first + i) % 12 == 0]
    labels = []
    last_year_label = -99
    for i in shown:
        number = first + i
        starts = number % 12 == 0 or (i == 0 and 12 - number % 12 > 3)
        initial = initials[number % 12] if columns <= 40 else ""
        if starts and i - last_year_label >= 4:
            last_year_label = i
            labels.append(f"{initial}\n{number // 12}" if initial else str(number // 12))
        else:
            labels.append(initial)
    axes.set_xticks(list(shown), labels)
