"""Rules and flags by outlet, in percent: how far cleaning reached, and how much is doubtful.

A cell is empty where a rule or flag never occurred in an outlet. Not for months or fields: those are in `heatmap`.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import PowerNorm
from matplotlib.figure import Figure

from analysis.plots import hits, theme
from analysis.plots.heatmap import cells, percent

if TYPE_CHECKING:
    from analysis.result import Result

MAX_OUTLETS = 10
MAX_ROWS = 30


def cleaning(result: "Result") -> Figure:
    """For each rule and outlet, the share of articles it touched and the share of characters it took."""
    table = result.table
    outlets, rows, said = _order(table, "rule", "share_docs")
    figure = theme.figure(height=1.5 + 0.24 * len(rows))
    left, right = figure.subplots(1, 2, sharey=True)
    _panel(left, table, "rule", "share_docs", rows, outlets)
    _panel(right, table, "rule", "share_chars", rows, outlets)
    left.set_title("articles touched", fontsize=8.5, pad=4)
    right.set_title("characters taken out", fontsize=8.5, pad=4)
    theme.title(figure, "What cleaning removed, percent of each outlet")
    figure.supxlabel(f"Grey: the rule took nothing there.{said}", fontsize=7.5, color=theme.QUIET)
    most = table.sort_values("share_chars", ascending=False, kind="stable").iloc[0]
    figure.alt = (  # type: ignore[attr-defined]
        f"Two heat maps of {len(rows)} rules of cleaning in {len(outlets)} outlets: the share of articles touched "
        f"and the share of characters taken out. The most is {_fine(float(most['share_chars']))} percent of the "
        f"characters of {most['outlet']}, by the rule {most['rule']}."
    )
    return figure


def flags(result: "Result") -> Figure:
    """For each flag and outlet, the share of articles that have it."""
    table = result.table
    outlets, rows, said = _order(table, "flag", "share")
    figure = theme.figure(height=1.3 + 0.25 * len(rows), width=min(theme.WIDTH, 3.6 + 0.75 * len(outlets)))
    _panel(figure.subplots(), table, "flag", "share", rows, outlets)
    theme.title(figure, "Flagged articles, percent of each outlet")
    figure.supxlabel(f"Grey: no article has the flag.{said}", fontsize=7.5, color=theme.QUIET)
    most = table.sort_values("share", ascending=False, kind="stable").iloc[0]
    figure.alt = (  # type: ignore[attr-defined]
        f"Heat map of {len(rows)} flags in {len(outlets)} outlets. The most frequent is {most['flag']}, "
        f"on {_fine(float(most['share']))} percent of the articles of {most['outlet']}."
    )
    return figure


def _order(table: pd.DataFrame, name: str, share: str) -> tuple[list[str], list[str], str]:
    """The outlets and rows drawn, largest first, and what is said of those that are not."""
    sizes = (table["n_docs"] / table[share]).groupby(table["outlet"]).max()
    outlets = list(sizes.sort_values(ascending=False, kind="stable").index)
    shown = outlets[:MAX_OUTLETS]
    rows = table[table["outlet"].isin(shown)].groupby(name)["n_docs"].sum()
    kept = list(rows.sort_values(ascending=False, kind="stable").index)
    said = f" The {len(shown)} largest outlets of {len(outlets)}." if len(outlets) > len(shown) else ""
    said += f" The {MAX_ROWS} most frequent of {len(kept)}." if len(kept) > MAX_ROWS else ""
    return shown, kept[:MAX_ROWS], said


def _panel(
    axes: Axes, table: pd.DataFrame, name: str, share: str, rows: list[str], outlets: list[str]
) -> None:
    """One grid, its colours from nothing to its own maximum."""
    grid = (
        table.pivot_table(index=name, columns="outlet", values=share, aggfunc="sum")
        .reindex(index=rows, columns=outlets).to_numpy(dtype=float)
    )  # fmt: skip
    high = max(float(np.nanmax(grid)), 1e-6) if np.isfinite(grid).any() else 1.0
    cells(
        axes, grid, PowerNorm(0.5, 0, high), numbers=True, write=percent if share == "share_docs" else _fine
    )
    own = table[table[name].isin(rows) & table["outlet"].isin(outlets)]
    x = own["outlet"].map({o: i for i, o in enumerate(outlets)}).to_numpy(dtype=float)
    y = own[name].map({r: i for i, r in enumerate(rows)}).to_numpy(dtype=float)
    hits.boxes(axes, x - 0.5, y - 0.5, x + 0.5, y + 0.5, own.index)
    axes.set_yticks(range(len(rows)), [theme.label(r.replace("_", " ").replace(":", ": "), 36) for r in rows])
    rotated = len(outlets) > 3 or max(len(o) for o in outlets) > 14
    axes.set_xticks(
        range(len(outlets)), [theme.label(o, 22) for o in outlets], rotation=40 if rotated else 0,
        ha="right" if rotated else "center", rotation_mode="anchor",
    )  # fmt: skip
    axes.tick_params(axis="x", length=0)


def _fine(value: float) -> str:
    """A small share in percent: 4.2, 0.42, <.01; never a zero that is none."""
    shown = 100 * value
    if shown >= 9.95:
        return f"{shown:.0f}"
    if shown >= 0.095:
        return f"{shown:.1f}"
    return f"{shown:.2f}" if shown >= 0.01 else "<.01" if value > 0 else "0"
