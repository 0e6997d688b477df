"""Spreads: from a low to a high quantile as a line, the middle as a dot."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from analysis.plots import hits, theme

if TYPE_CHECKING:
    from analysis.result import Result

MAX_OUTLETS = 24


def lengths(result: "Result") -> Figure:
    """Words an article by outlet: tenth, fiftieth and ninetieth percentile, on a logarithmic axis."""
    table = result.table.sort_values("n_docs", ascending=False, kind="stable")
    rest = max(0, len(table) - MAX_OUTLETS)
    table = table.head(MAX_OUTLETS)
    low, middle, high = (
        np.maximum(table[c].to_numpy(dtype=float, na_value=np.nan), 1)
        for c in ("words_p10", "words_p50", "words_p90")
    )
    figure = theme.figure(height=max(1.5, 1.0 + 0.27 * len(table)))
    axes = figure.subplots()
    at = np.arange(len(table))
    axes.hlines(at, low, high, color=theme.STRONG, linewidth=5, alpha=0.3)
    axes.plot(
        middle, at, "o", color=theme.STRONG, markersize=6, markeredgecolor=theme.PAPER, markeredgewidth=0.8
    )
    there = np.isfinite(middle)
    hits.boxes(axes, low[there], at[there] - 0.3, high[there], at[there] + 0.3, table.index[there])
    for y, (right, value) in enumerate(zip(high, middle, strict=True)):
        if np.isfinite(value):
            axes.annotate(
                f"{value:,.0f}", (right, y), xytext=(6, 0), textcoords="offset points", va="center",
                fontsize=8,
            )  # fmt: skip
    axes.set_yticks(at, [theme.label(o) for o in table["outlet"]])
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(LogLocator(base=10, subs=(1.0, 2.0, 5.0)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{v:,.0f}"))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.tick_params(axis="x", which="both", length=0)
    left, right = float(np.nanmin(low)), float(np.nanmax(high))
    axes.set_xlim(left * 0.85, right * 1.35)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.grid(axis="x")
    theme.title(figure, "Words an article: the middle one, and the eight tenths around it")
    axes.set_xlabel(
        "Words, logarithmic scale"
        + (f". The {len(table)} largest outlets of {len(table) + rest}." if rest else "."),
        fontsize=7.5,
    )
    figure.alt = (  # type: ignore[attr-defined]
        f"Words an article in {len(table)} outlets: "
        f"medians from {np.nanmin(middle):,.0f} to {np.nanmax(middle):,.0f}; "
        f"eight tenths of the articles lie between {left:,.0f} and {right:,.0f} words."
    )
    return figure
