"""Around a date: each period against the mean before it, and how far the same lies at other dates.

Not for a line over all time (`series`).
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from analysis.plots import hits, theme
from analysis.plots import status as states
from analysis.plots.series import FEW, Limits, beyond

if TYPE_CHECKING:
    from analysis.result import Result


def _limits(table: pd.DataFrame) -> Limits:
    """Room for the points of five articles and more, their intervals, and the band of other dates."""
    enough = table["n_docs"].astype("Float64").fillna(0).to_numpy(dtype=float) >= FEW
    table = table[enough] if table["estimate"][enough].notna().any() else table
    values = table[["estimate", "placebo_low", "placebo_high"]].to_numpy(dtype=float)
    if not np.isfinite(values).any():
        return Limits(-1.0, 1.0)
    low, high = min(0.0, float(np.nanmin(values))), max(0.0, float(np.nanmax(values)))
    span = high - low  # intervals may be endless: they get as much room again on either side
    ends = table[["low", "high"]].to_numpy(dtype=float)
    if np.isfinite(ends).any():
        low, high = max(low - span, min(low, np.nanmin(ends))), min(high + span, max(high, np.nanmax(ends)))
    room = 0.08 * (high - low) or 1.0
    return Limits(low - room, high + 1.5 * room)


def event(result: "Result") -> Figure:
    """Differences by lag with their intervals, over the band of placebo dates; a strip of coverage below."""
    table, by = result.table, str(result.params["by"])
    lag = table["lag"].to_numpy(dtype=float)
    estimate, low, high, placebo_low, placebo_high = (
        table[c].to_numpy(dtype=float) for c in ("estimate", "low", "high", "placebo_low", "placebo_high")
    )
    figure = theme.figure(height=3.0)
    panel, under = figure.subplots(2, 1, sharex=True, gridspec_kw={"height_ratios": [16, 1]})
    marks: list[object] = []
    if np.isfinite(placebo_low).any():
        edges = np.concatenate([lag - 0.5, lag[-1:] + 0.5])
        panel.stairs(
            placebo_high, edges, baseline=placebo_low, fill=True, color="#d7dce0", linewidth=0, zorder=0
        )
        marks.append(Patch(color="#d7dce0", label="the same at other dates"))
    panel.axhline(0, color=theme.INK, linewidth=0.9, zorder=1)
    panel.axvline(-0.5, color=theme.WARM, linewidth=1.2, linestyle=(0, (4, 2)), zorder=1)
    panel.annotate(
        str(result.params["date"]), (-0.5, 1), xycoords=("data", "axes fraction"), xytext=(4, -2),
        textcoords="offset points", va="top", fontsize=7.5, color=theme.WARM, bbox=theme.CLEAR, zorder=5,
    )  # fmt: skip
    panel.vlines(lag, low, high, color=theme.STRONG, linewidth=1.6, alpha=0.6, zorder=2)
    whole = ~table["status"].isin(states.NOT_WHOLE).to_numpy()
    have = ~np.isnan(estimate)
    panel.plot(lag[have & whole], estimate[have & whole], "o", color=theme.STRONG, markersize=4.2, zorder=3)
    panel.plot(
        lag[have & ~whole], estimate[have & ~whole], "o", markersize=4.2, markerfacecolor=theme.PAPER,
        markeredgecolor=theme.STRONG, zorder=3,
    )  # fmt: skip
    hits.points(panel, lag[have], estimate[have], table.index[have])
    level = f"{100 * float(result.params['level']):g} %"
    marks.append(
        Line2D([], [], marker="o", color=theme.STRONG, markersize=4.2, linewidth=1.6,
               label=f"difference, {level} interval")
    )  # fmt: skip
    if (have & ~whole).any():
        marks.append(
            Line2D([], [], marker="o", linestyle="", markerfacecolor=theme.PAPER, markeredgecolor=theme.STRONG,
                   markersize=4.2, label="not the whole period, or not every outlet")
        )  # fmt: skip
    limits = _limits(table)
    beyond(panel, lag, estimate, limits, theme.STRONG)
    panel.set_ylim(limits.low, limits.high)
    panel.grid(axis="y")
    panel.yaxis.set_major_locator(MaxNLocator(5))
    panel.tick_params(axis="x", length=0, labelbottom=False)
    states.strip(under, np.concatenate([lag - 0.5, lag[-1:] + 0.5]), table["status"])
    under.xaxis.set_major_locator(MaxNLocator(13, integer=True))
    under.tick_params(axis="x", labelsize=7)
    under.set_xlim(lag[0] - 0.6, lag[-1] + 0.6)
    what = theme.label(result.params.get("label") or "The measurement", 50)
    theme.title(figure, f"{what}: each {by} against the mean before the date")
    figure.supylabel(result.unit, fontsize=7.5, color=theme.QUIET)
    cut = (high > limits.high) | (low < limits.low)
    said = f"{by}s from the date (0 begins with it)" + ("; long intervals are cut" if cut.any() else "")
    under.set_xlabel(said, fontsize=7.5)
    states.legend(figure, set(table["status"]), marks)
    after = estimate[(lag >= 0) & have]
    outside = int(((estimate > placebo_high) | (estimate < placebo_low))[lag >= 0].sum())
    figure.alt = (  # type: ignore[attr-defined]
        f"{what}: differences from the mean before {result.params['date']} by {by}, "
        f"{int((lag < 0).sum())} before and {int((lag >= 0).sum())} from it on. "
        + (f"From it on they lie between {after.min():+.3g} and {after.max():+.3g}; " if after.size else "")
        + f"{outside} lie beyond what is seen at other dates. {int((~have).sum())} are gaps."
    )
    return figure
