"""A fitted scale: its terms by polarity against how often they occur, the anchors marked."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from analysis.plots import hits, theme

if TYPE_CHECKING:
    from analysis.result import Result

NAMED = 14  # terms of each pole that carry most


def scaling_terms(result: "Result") -> Figure:
    """Every term as a dot; anchors as diamonds; the terms that carry most are named at the two sides."""
    table = result.table
    poles = [str(p) for p in result.params.get("poles", ("first pole", "second pole"))]
    x, y = table["polarity"].to_numpy(dtype=float), table["term_freq"].to_numpy(dtype=float)
    figure = theme.figure(height=4.9)
    left, axes, right = figure.subplots(1, 3, width_ratios=[1.15, 4, 1.15])
    axes.plot(x, y, "o", color=theme.MUTED, markersize=2.4, markeredgewidth=0, alpha=0.55, zorder=2)
    anchor = table["anchor"].notna().to_numpy()
    colours = dict(zip(poles, (theme.WARM, theme.STRONG), strict=False))
    for pole, colour in colours.items():
        own = anchor & (table["anchor"] == pole).to_numpy()
        axes.plot(
            x[own], y[own], "D", color=colour, markersize=5, markeredgecolor=theme.PAPER, markeredgewidth=0.6, zorder=4,
            label=f"anchors: {theme.label(pole, 18)}",
        )  # fmt: skip
        hits.points(axes, x[own], y[own], table.index[own])
    weight = (x * y)[:]
    ends = np.argsort(weight, kind="stable")
    for side, order, colour, place in (
        (left, ends[:NAMED], theme.WARM, 1.0),
        (right, ends[::-1][:NAMED], theme.STRONG, 0.0),
    ):
        named = [k for k in order if (x[k] < 0) == (place == 1.0)]
        axes.plot(x[named], y[named], "o", color=colour, markersize=3.4, markeredgewidth=0, zorder=3)
        hits.points(axes, x[named], y[named], table.index[named])
        line = 1 - np.arange(len(named)) / NAMED
        hits.boxes(side, 0.0, line - 1 / NAMED, 1.0, line, table.index[named])
        for row, k in enumerate(named):
            side.annotate(
                theme.label(table["term"].iloc[k], 17), (place, 1 - (row + 0.5) / NAMED), xycoords="axes fraction",
                ha="right" if place else "left", va="center", fontsize=7.6, color=theme.INK,
                fontweight="bold" if anchor[k] else "normal",
            )  # fmt: skip
        side.set_axis_off()
        side.set_title(
            "carry most",
            fontsize=7.5,
            color=theme.QUIET,
            loc="right" if place else "left",
            fontweight="normal",
        )
    axes.set_yscale("log")
    axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: theme.compact(v)))
    axes.axvline(0, color=theme.RULE, linewidth=0.9, zorder=1)
    axes.grid(axis="both")
    axes.set_ylabel("occurrences, logarithmic")
    axes.set_xlabel(
        f"← {theme.label(poles[0], 22)}      polarity, sd of words      {theme.label(poles[-1], 22)} →"
    )
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=2)
    theme.title(figure, f"What the scale is made of: {theme.label(poles[0])} to {theme.label(poles[-1])}")
    figure.supxlabel(
        "Named: the terms with the largest polarity times occurrences; anchors in bold.",
        fontsize=7.5,
        color=theme.QUIET,
    )
    first, last = (
        ", ".join(theme.label(table["term"].iloc[k]) for k in o) for o in (ends[:5], ends[::-1][:5])
    )
    figure.alt = (  # type: ignore[attr-defined]
        f"Dots of {len(table):,} terms by polarity and occurrences. Towards {poles[0]} most is carried by {first}; "
        f"towards {poles[-1]} by {last}. {int(anchor.sum())} are anchors."
    )
    return figure
