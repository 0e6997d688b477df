"""The company of a word: its strongest collocates as bars, and where they stand."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.plots import hits, theme

if TYPE_CHECKING:
    from analysis.result import Result

MAX_TERMS = 30
_AXIS = {"log_dice": "logDice", "mi": "MI, bits", "t": "t-score", "g2": "G2, signed"}


def collocation(result: "Result") -> Figure:
    """Bars of the measure the table is sorted by; beside them how often the term stands before and after the node."""
    measure = str(result.params.get("measure", "log_dice"))
    rows = result.table.dropna(subset=[measure]).head(MAX_TERMS)
    figure = theme.figure(height=1.25 + 0.25 * max(len(rows), 1))
    left, right = figure.subplots(1, 2, sharey=True, width_ratios=[3, 2])
    at = np.arange(len(rows))
    values = rows[measure].to_numpy(dtype=float)
    left.barh(at, values, color=theme.STRONG, height=0.66)
    hits.boxes(left, 0.0, at - 0.4, values, at + 0.4, rows.index)
    for y, value, joint, freq in zip(at, values, rows["joint"], rows["freq"], strict=True):
        left.annotate(
            f"{joint:,} of {freq:,}", (max(value, 0), y), xytext=(4, 0), textcoords="offset points", va="center",
            fontsize=7, color=theme.QUIET, bbox=theme.CLEAR,
        )  # fmt: skip
    low, high = min(0.0, float(values.min(initial=0))), max(float(values.max(initial=0)), 0.1)
    left.set_xlim(low * 1.1, high * 1.3)
    left.set_yticks(at, [theme.label(t, 30) for t in rows["term"]])
    left.set_ylim(len(rows) - 0.5, -0.5)
    left.set_title(_AXIS[measure], fontsize=8.5, pad=4)
    before, after = (rows[c].to_numpy(dtype=float) for c in ("before", "after"))
    right.barh(at, -before, color=theme.COLOURS[4], height=0.66)
    right.barh(at, after, color=theme.COLOURS[2], height=0.66)
    hits.boxes(right, -before, at - 0.4, after, at + 0.4, rows.index)
    wide = max(before.max(initial=0), after.max(initial=0), 1) * 1.05
    right.set_xlim(-wide, wide)
    right.axvline(0, color=theme.RULE, linewidth=0.8)
    right.set_title("before the node | after it", fontsize=8.5, pad=4, loc="center", fontweight="normal")
    right.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    right.xaxis.set_major_formatter(lambda v, _: theme.compact(abs(v)))
    for axes in (left, right):
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.tick_params(axis="both", length=0)
        axes.tick_params(axis="x", labelsize=7)
        axes.grid(axis="x")
    left.xaxis.set_major_locator(MaxNLocator(5))
    node = theme.label(result.params.get("node", ""), 50)
    theme.title(figure, f"The company of {node}")
    window = result.params.get("window", 5)
    where = "in the same segment" if window == "segment" else f"within {window} words"
    rest = len(result.table) - len(rows)
    figure.supxlabel(
        f"Beside the bars: occurrences {where} of the node, of all in the selection."
        + (f" The first {len(rows)} of {len(result.table):,}." if rest > 0 else ""),
        fontsize=7.5, color=theme.QUIET,
    )  # fmt: skip
    first = ", ".join(theme.label(t) for t in rows["term"].head(6))
    figure.alt = (  # type: ignore[attr-defined]
        f"Bars of {_AXIS[measure]} for {len(rows)} collocates of {node} {where}; the strongest are {first}."
    )
    return figure
