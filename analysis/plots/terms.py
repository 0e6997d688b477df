"""The most frequent terms as ranked bars, a panel for each group."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.plots import hits, theme

if TYPE_CHECKING:
    from analysis.result import Result

MAX_TERMS = 30  # in one panel
MAX_TERMS_MANY = 12  # in each of several
MAX_PANELS = 9


def term_frequency(result: "Result") -> Figure:
    """Rates of the most frequent terms; with intervals where the table has `rate_low` and `rate_high`."""
    return _panels(
        result.table,
        ["group", "period"],
        "rate",
        title="The most frequent terms",
        below="Per 10,000 words, stop words counted; lines: 95 % intervals; beside the bars: occurrences (articles).",
    )


def tf_idf(result: "Result") -> Figure:
    """The terms that stand out in each document, or group of them."""
    return _panels(
        result.table,
        ["document"],
        "tf_idf",
        title="Terms that stand out",
        below="tf-idf; beside the bars: occurrences there (documents with the term).",
    )


def _panels(table: pd.DataFrame, by: list[str], value: str, *, title: str, below: str) -> Figure:
    """Ranked bars, a panel for each group, all to one scale."""
    panels = list(table.groupby(by, dropna=False, sort=False))
    shown = panels[:MAX_PANELS]
    limit = MAX_TERMS if len(shown) == 1 else MAX_TERMS_MANY
    columns = min(len(shown), 3)
    rows = -(-len(shown) // columns)
    deepest = max(min(len(part), limit) for _, part in shown)
    figure = theme.figure(height=0.85 + rows * (0.35 + 0.22 * deepest))
    grid = figure.subplots(rows, columns, squeeze=False)
    high = max(_longest(part.head(limit), value) for _, part in shown)
    for axes, (key, part) in zip(grid.flat, shown, strict=False):
        _bars(axes, part.head(limit), value, deepest, high, wide=columns == 1)
        if len(shown) > 1:
            axes.set_title(theme.label(_name(key), 30), fontsize=8.5, pad=3)
    for axes in list(grid.flat)[len(shown) :]:
        axes.set_visible(False)
    theme.title(figure, title + (f": {_name(shown[0][0])}" if _named(shown) else ""))
    hidden = len(panels) - len(shown)
    figure.supxlabel(
        below + (f" The first {len(shown)} groups of {len(panels)}." if hidden else ""),
        fontsize=7.5, color=theme.QUIET,
    )  # fmt: skip
    said = [
        f"{_name(key)}: {', '.join(theme.label(t) for t in part['term'].head(4))}" for key, part in shown[:4]
    ]
    figure.alt = f"Bars of terms by {value.replace('_', '-')}. {'; '.join(said)}."  # type: ignore[attr-defined]
    return figure


def _bars(axes: Axes, rows: pd.DataFrame, value: str, deepest: int, high: float, *, wide: bool) -> None:
    """One panel; all panels have the same scale and room for as many bars."""
    at = np.arange(len(rows))
    rate = rows[value].to_numpy(dtype=float)
    axes.barh(at, rate, color=theme.STRONG, height=0.66)
    hits.boxes(axes, 0.0, at - 0.4, rate, at + 0.4, rows.index)
    ends = rate
    if {f"{value}_low", f"{value}_high"} <= set(rows.columns):
        low, ends = (rows[f"{value}_{end}"].to_numpy(dtype=float) for end in ("low", "high"))
        axes.hlines(at, low, ends, color=theme.INK, linewidth=1.1)
        ends = np.fmax(ends, rate)
    for y, end, freq, docs in zip(at, ends, rows["term_freq"], rows["doc_freq"], strict=True):
        if np.isfinite(end):
            said = f"{freq:,} ({docs:,})" if wide else f"{theme.compact(freq)} ({theme.compact(docs)})"
            axes.annotate(
                said, (end, y), xytext=(3, 0), textcoords="offset points", va="center", fontsize=6.8,
                color=theme.QUIET, bbox=theme.CLEAR,
            )  # fmt: skip
    axes.set_yticks(at, [theme.label(t, 30 if wide else 16) for t in rows["term"]])
    axes.set_ylim(deepest - 0.5, -0.5)
    axes.set_xlim(0, high * (1.2 if wide else 1.5) or 1)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(axis="both", length=0)
    axes.tick_params(axis="x", labelsize=7, labelcolor=theme.QUIET)
    axes.tick_params(axis="y", labelsize=8)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.grid(axis="x")


def _longest(rows: pd.DataFrame, value: str) -> float:
    columns = [c for c in (value, f"{value}_high") if c in rows]
    values = rows[columns].to_numpy(dtype=float)
    return float(np.nanmax(values)) if np.isfinite(values).any() else 0.0


def _name(key: object) -> str:
    """The name of a group: its value, its period, or all."""
    parts = [str(k) for k in (key if isinstance(key, tuple) else (key,)) if isinstance(k, str)]
    return ", ".join(parts) or "all articles"


def _named(shown: Sequence[tuple[object, pd.DataFrame]]) -> bool:
    return len(shown) == 1 and _name(shown[0][0]) != "all articles"
