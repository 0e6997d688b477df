"""Two sides and their difference: the levels at the left, the difference with its interval at the right."""

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from analysis.plots import hits, theme

if TYPE_CHECKING:
    from analysis.result import Result

_NAMES = {"pooled": "as printed", "standardised": "mix held fixed"}


def compare(result: "Result") -> Figure:
    """A row for the pooled contrast, and one with the mix held fixed where it was asked for."""
    table = result.table
    figure = theme.figure(height=1.45 + 0.42 * len(table))
    left, right = figure.subplots(1, 2, sharey=True, gridspec_kw={"width_ratios": [1, 1.15]})
    at = np.arange(len(table))
    target, reference, difference, low, high = (
        table[c].to_numpy(dtype=float) for c in ("target", "reference", "difference", "low", "high")
    )
    left.hlines(at, reference, target, color=theme.RULE, linewidth=2, zorder=1)
    left.plot(reference, at, "o", markersize=6, markerfacecolor=theme.PAPER, markeredgecolor=theme.STRONG)
    left.plot(target, at, "o", markersize=6, color=theme.STRONG)
    known = np.concatenate([target, reference])
    room = 0.18 * (np.nanmax(known) - np.nanmin(known)) if np.isfinite(known).any() else 0.0
    if room > 0:
        left.set_xlim(min(0.0, float(np.nanmin(known) - room)), float(np.nanmax(known) + room))
    right.axvline(0, color=theme.INK, linewidth=0.9)
    right.hlines(at, low, high, color=theme.WARM, linewidth=2.2, alpha=0.75)
    right.plot(difference, at, "o", color=theme.WARM, markersize=6)
    for axes, x in ((left, target), (left, reference), (right, difference)):
        there = np.isfinite(x)
        hits.points(axes, x[there], at[there], table.index[there])
    for y, row in enumerate(table.to_dict("records")):
        right.annotate(
            _said(row), (1, y), xycoords=("axes fraction", "data"), xytext=(6, 0), textcoords="offset points",
            va="center", fontsize=7, color=theme.QUIET, annotation_clip=False,
        )  # fmt: skip
    left.set_yticks(at, [_NAMES.get(str(c), str(c)) for c in table["contrast"]])
    left.set_ylim(len(table) - 0.5, -0.5)
    for axes in (left, right):
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.grid(axis="x")
        axes.tick_params(axis="both", length=0)
        axes.tick_params(axis="x", labelsize=7)
        axes.xaxis.set_major_locator(MaxNLocator(4))
    left.set_title("both sides", fontsize=8, pad=4)
    right.set_title(
        f"target less reference, {100 * float(result.params['level']):g} % interval", fontsize=8, pad=4
    )
    what = theme.label(result.params.get("label") or "The measurement", 56)
    theme.title(figure, f"{what}: two sides compared")
    for axes in (left, right):
        axes.set_xlabel(result.unit, fontsize=7.5)
    figure.legend(
        handles=[
            Line2D([], [], marker="o", linestyle="", markerfacecolor=theme.PAPER, markeredgecolor=theme.STRONG,
                   markersize=6, label=f"reference: {_side(result.params['reference'])}"),
            Line2D([], [], marker="o", linestyle="", color=theme.STRONG, markersize=6,
                   label=f"target: {_side(result.params['target'])}"),
        ],
        loc="outside lower left", ncols=2, fontsize=7, handlelength=1.1, columnspacing=1.2,
    )  # fmt: skip
    figure.alt = (  # type: ignore[attr-defined]
        f"{what}, {_side(result.params['target'])} against {_side(result.params['reference'])}: "
        + "; ".join(
            f"{_NAMES.get(str(r['contrast']), r['contrast'])} {r['target']:.3g} and {r['reference']:.3g}, "
            f"difference {r['difference']:+.3g} ({r['low']:.3g} to {r['high']:.3g}), p {_p(r['p'])}"
            for r in table.to_dict("records")
        )
        + "."
    )
    return figure


def _said(row: dict[Any, Any]) -> str:
    """The difference, its p and the placebo dates, in one or two lines."""
    text = "null" if np.isnan(row["difference"]) else f"{row['difference']:+.3g}, p {_p(row['p'])}"
    if row["n_placebo"]:
        text += f"\nplacebo dates: {_p(row['p_placebo'])} of {row['n_placebo']:,}"
    return text


def _p(value: float) -> str:
    return "not known" if np.isnan(value) else "< .001" if value < 0.001 else f"{value:.3f}".lstrip("0")


def _side(conditions: dict[str, Any]) -> str:
    """A side in words."""
    words = []
    for name, value in conditions.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        words.append(shown if name == "outlet" else f"{name} {shown}")
    return theme.label("; ".join(words), 40)
