"""Keyness both ways: what is the target's own to the right, what is the reference's own to the left."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.plots import hits, theme

if TYPE_CHECKING:
    from analysis.result import Result

MAX_SIDE = 20
_COLUMN = {"g2": "g2", "log_ratio": "log_ratio", "log_odds": "log_odds_z"}
_AXIS = {
    "g2": "G2, signed",
    "log_ratio": "Log Ratio: one point is twice the rate",
    "log_odds": "Weighted log-odds, z",
}
_TEST = {"max_t": "max-T", "fdr": "false discovery rate"}


def by_log_ratio(result: "Result") -> Figure:
    """The largest differences, whatever the table is sorted by."""
    return _both_ways(result, "log_ratio")


def by_log_odds(result: "Result") -> Figure:
    """The weighted log-odds, whatever the table is sorted by."""
    return _both_ways(result, "log_odds")


def keyness(result: "Result") -> Figure:
    """The strongest terms of either side by the measure the table is sorted by."""
    return _both_ways(result, str(result.params.get("measure", "g2")))


def _both_ways(result: "Result", measure: str) -> Figure:
    """The strongest terms of either side by the measure of the table; pale where the test does not confirm."""
    column = _COLUMN[measure]
    table = result.table.dropna(subset=[column])
    target, reference = (_first(table[sign * table[column] > 0], column, measure) for sign in (1, -1))
    shown = max(len(target), len(reference), 1)
    figure = theme.figure(height=1.35 + 0.25 * shown)
    left, right = figure.subplots(1, 2, sharey=True)
    names = [theme.label(_side(result.params.get(side)), 34) for side in ("target", "reference")]
    high = float(
        max(target[column].max() if len(target) else 0, -reference[column].min() if len(reference) else 0)
    )
    for axes, side, rows, colour in (
        (left, "reference", reference, theme.WARM),
        (right, "target", target, theme.STRONG),
    ):
        at = np.arange(len(rows))
        values = rows[column].abs().to_numpy(dtype=float)
        sure = rows["significant"].to_numpy(dtype=bool)
        axes.barh(at[sure], values[sure], color=colour, height=0.68)
        axes.barh(at[~sure], values[~sure], color=colour, alpha=0.3, height=0.68)
        hits.boxes(axes, 0.0, at - 0.4, values, at + 0.4, rows.index)
        own, other = f"{side}_rate", "target_rate" if side == "reference" else "reference_rate"
        toward = -1 if side == "reference" else 1
        for y, value, term, a, b in zip(at, values, rows["term"], rows[own], rows[other], strict=True):
            axes.annotate(
                theme.label(term, 24), (0, y), xytext=(-4 * toward, 0), textcoords="offset points", va="center",
                ha="right" if toward > 0 else "left", fontsize=8.5, annotation_clip=False,
            )  # fmt: skip
            axes.annotate(
                f"{_rate(a)} : {_rate(b)}", (value, y), xytext=(4 * toward, 0), textcoords="offset points",
                va="center", ha="left" if toward > 0 else "right", fontsize=7, color=theme.QUIET,
                bbox=theme.CLEAR,
            )  # fmt: skip
        if not len(rows):
            axes.text(0.5, 0.5, "no term", transform=axes.transAxes, ha="center", color=theme.QUIET)
        axes.set_xlim(0, high * 1.3 or 1)
        axes.set_ylim(shown - 0.5, -0.5)
        axes.set_yticks([])
        axes.spines[["left", "bottom", "right"]].set_visible(False)
        axes.xaxis.set_major_locator(MaxNLocator(4))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{v:g}" if v < 1000 else theme.compact(v)))
        axes.tick_params(axis="x", length=0, labelsize=7, labelcolor=theme.QUIET)
        axes.grid(axis="x")
    left.invert_xaxis()
    left.set_title(names[1], color=theme.WARM, fontsize=9, loc="right", pad=4)
    right.set_title(names[0], color=theme.STRONG, fontsize=9, loc="left", pad=4)
    theme.title(figure, "What tells the two sides apart")
    units = {"story": "stories", "article": "articles"}.get(
        str(result.params.get("units", "article")), "units"
    )
    correction = _TEST.get(str(result.params.get("correction")), "test")
    figure.supxlabel(
        f"{_AXIS[measure]}. Beside the bars: rate per 10,000 words on this side : on the other.\n"
        f"Pale: not confirmed by the test over {units} ({correction})."
        + (" Confirmed terms first." if measure == "log_ratio" else ""),
        fontsize=7.5, color=theme.QUIET,
    )  # fmt: skip
    figure.alt = (  # type: ignore[attr-defined]
        f"Bars in two directions by {_AXIS[measure]}. {_said(target, names[0])} {_said(reference, names[1])} "
        f"{int(table['significant'].sum())} of {len(table):,} terms are confirmed by the test."
    )
    return figure


def _first(rows: pd.DataFrame, column: str, measure: str) -> pd.DataFrame:
    """The terms to draw; by Log Ratio those confirmed come first, else rare terms would be all there is to see."""
    order = rows.assign(_size=rows[column].abs(), _sure=rows["significant"] & (measure == "log_ratio"))
    return order.sort_values(["_sure", "_size"], ascending=False, kind="stable").head(MAX_SIDE)


def _side(side: object) -> str:
    """Words for a side: the values of its conditions."""
    if not isinstance(side, dict):
        return "all the others" if side in (None, "rest") else str(side)
    parts = []
    for key, value in side.items():
        text = " or ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
        parts.append(f"{key} {text}" if key in ("since", "until", "text", "language") else text)
    return ", ".join(parts) or "everything"


def _rate(value: float) -> str:
    """A rate in few digits, never 0 for what occurs."""
    for least, digits in ((9.95, 0), (0.095, 1), (0.005, 2)):
        if value >= least:
            return f"{value:.{digits}f}"
    return "<.01" if value > 0 else "0"


def _said(rows: pd.DataFrame, name: str) -> str:
    terms = ", ".join(theme.label(t) for t in rows["term"].head(5))
    return f"{name}: {terms}." if terms else f"{name}: no term."
