"""What was collected, outlet by outlet: a grid of statuses. Not for lines, which carry their own strip."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

from analysis.plots import hits, theme
from analysis.plots import status as states

if TYPE_CHECKING:
    from analysis.result import Result

MAX_OUTLETS = 30


def grid(result: "Result") -> Figure:
    """Outlets by periods in the colours of their statuses, with the share of days collected at the right."""
    table, by = result.table, str(result.params["by"])
    names = table["outlet"].astype(object).where(table["outlet"].notna(), "(none)")
    sizes = table["n_docs"].groupby(names).sum().sort_values(ascending=False, kind="stable")
    shown = list(sizes.index[:MAX_OUTLETS])
    borders = states.edges(table["period"], by)
    cells = np.stack([states.codes(table["status"][(names == o).to_numpy()]) for o in shown])
    figure = theme.figure(height=max(1.5, 1.05 + 0.24 * len(shown)))
    axes = figure.subplots()
    axes.pcolormesh(
        borders,
        np.arange(len(shown) + 1) - 0.5,
        cells,
        cmap=states.MAP,
        vmin=-0.5,
        vmax=len(states.COLOURS) - 0.5,
    )
    for edge in range(1, len(shown)):
        axes.axhline(edge - 0.5, color=theme.PAPER, linewidth=2)
    if cells.shape[1] <= 80:
        for border in borders[1:-1]:
            axes.axvline(border, color=theme.PAPER, linewidth=0.7)
    days = table.groupby(names)[["n_collected", "n_suspected", "n_missing", "n_unknown"]].sum()
    for row, outlet in enumerate(shown):
        own = table.index[(names == outlet).to_numpy()]
        hits.boxes(axes, borders[:-1], row - 0.5, borders[1:], row + 0.5, own)
        share = days.loc[outlet, "n_collected"] / max(days.loc[outlet].sum(), 1)
        axes.annotate(
            f"{100 * share:.0f} %", (1, row), xycoords=("axes fraction", "data"), xytext=(5, 0),
            textcoords="offset points", va="center", fontsize=7, color=theme.QUIET, annotation_clip=False,
        )  # fmt: skip
    axes.set_yticks(range(len(shown)), [theme.label(o) for o in shown])
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.spines[:].set_visible(False)
    states.date_axis(axes, most=10)
    rest = len(sizes) - len(shown)
    theme.title(figure, f"What was collected, by {by}; at the right the share of days")
    if rest:
        axes.set_xlabel(f"The {len(shown)} largest outlets of {len(sizes)}.", fontsize=7.5)
    states.legend(figure, set(table["status"]))
    counts = table["status"].value_counts()
    said = ", ".join(f"{counts[s]:,} {states.NAMES.get(s, s)}" for s in states.COLOURS if s in counts.index)
    figure.alt = (  # type: ignore[attr-defined]
        f"Grid of the coverage of {len(sizes)} outlets by {by}, {table['period'].min():%Y-%m-%d} to "
        f"{table['period'].max():%Y-%m-%d}: {said}."
        + (f" {rest} smaller outlets are not drawn." if rest else "")
    )
    return figure
