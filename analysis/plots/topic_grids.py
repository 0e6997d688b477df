"""Topics by period, and what fits no topic by outlet and period, as heat maps; topics as bars; topics in their
refits.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.periods import PERIODS, period_labels, period_range
from analysis.plots import hits, theme, topic_marks
from analysis.plots.heatmap import cells, percent
from analysis.topics.grouped import THIN, span

if TYPE_CHECKING:
    from analysis.result import Result

MOST = 40  # rows
_READABLE = 20  # columns with numbers in their cells


def periods(result: "Result") -> Figure:
    """Topics by period: the share of the words, darker for more; the largest topics at the top."""
    table = result.table
    size = table.groupby("topic")["n_words"].sum().sort_values(ascending=False, kind="stable")
    topics = {t.topic: t for t in topic_marks.each(table)}
    shown = [topics[k] for k in size.index[:MOST]]
    n_docs = table.groupby("period", sort=False)["n_docs"].first()
    columns = list(n_docs.index[span(n_docs.to_numpy())])
    grid = table.assign(share=table["share"].mask(table["n_docs"] < THIN))
    grid = grid.pivot(index="topic", columns="period", values="share")
    values = grid.reindex(index=size.index[:MOST], columns=columns).to_numpy(dtype=float)
    figure = theme.figure(height=max(1.9, 1.1 + 0.22 * len(shown)))
    axes = figure.subplots()
    top = float(np.nanmax(values, initial=0.0)) or 1.0
    numbers = len(columns) <= _READABLE
    mesh = cells(axes, values, Normalize(0, top), numbers=numbers, write=percent)
    if not numbers:
        _bar(figure, mesh, axes)
    place = {k: y for y, k in enumerate(size.index[:MOST])}
    own = table[table["topic"].isin(list(place)) & table["period"].isin(columns) & (table["n_docs"] >= THIN)]
    x = own["period"].map({c: i for i, c in enumerate(columns)}).to_numpy(dtype=float)
    y = own["topic"].map(place).to_numpy(dtype=float)
    hits.boxes(axes, x - 0.5, y - 0.5, x + 0.5, y + 0.5, own.index)
    axes.set_yticks(range(len(shown)), [topic_marks.name(t, 36) for t in shown], fontsize=7.2)
    _loose(axes, shown)
    _columns(axes, columns)
    by = str(result.params.get("by", "period"))
    theme.title(figure, f"Topics by {by}, percent of the words")
    left = len(n_docs) - len(columns)
    axes.set_xlabel(
        f"Grey: fewer than {THIN} articles."
        + (f" {left} periods of stray articles at the ends are not drawn." if left else ""),
        fontsize=7.5,
    )
    rest = len(topics) - len(shown)
    figure.alt = (  # type: ignore[attr-defined]
        f"Heat map of the shares of {len(shown)} topics by {by}, {columns[0]} to {columns[-1]}; the largest cell is "
        f"{100 * top:.0f} percent. {topic_marks.said(shown)}"
        + (f" {rest} smaller topics are not drawn." if rest else "")
    )
    return figure


def drift(result: "Result") -> Figure:
    """What fits no topic, in percent of the words, by outlet and period."""
    table = result.table.assign(
        group=result.table["group"].fillna("all"), period=result.table["period"].fillna("all")
    )
    size = table.groupby("group")["n_words"].sum().sort_values(ascending=False, kind="stable")
    columns = _every_period(table, str(result.params.get("by")))
    grid = table.assign(unassigned=table["unassigned"].mask(table["n_docs"] < THIN))
    grid = grid.pivot(index="group", columns="period", values="unassigned")
    values = grid.reindex(index=size.index[:MOST], columns=columns).to_numpy(dtype=float)
    figure = theme.figure(height=max(1.7, 1.15 + 0.26 * min(len(size), MOST)))
    axes = figure.subplots()
    top = max(float(np.nanmax(values, initial=0.0)), 0.01)
    numbers = len(columns) <= _READABLE
    mesh = cells(axes, values, Normalize(0, top), numbers=numbers, write=percent)
    if not numbers:
        _bar(figure, mesh, axes)
    place = {g: y for y, g in enumerate(size.index[:MOST])}
    own = table[table["group"].isin(list(place)) & table["period"].isin(columns) & (table["n_docs"] >= THIN)]
    x = own["period"].map({c: i for i, c in enumerate(columns)}).to_numpy(dtype=float)
    y = own["group"].map(place).to_numpy(dtype=float)
    hits.boxes(axes, x - 0.5, y - 0.5, x + 0.5, y + 0.5, own.index)
    axes.set_yticks(range(len(values)), [theme.label(g) for g in size.index[:MOST]])
    _columns(axes, columns)
    theme.title(figure, "Words that fit no topic, percent")
    axes.set_xlabel(f"Grey: fewer than {THIN} articles.", fontsize=7.5)
    figure.alt = (  # type: ignore[attr-defined]
        f"Heat map of the share of words that fit no topic, for {len(values)} groups and {len(columns)} periods; "
        f"between {100 * float(np.nanmin(values, initial=1.0)):.0f} and {100 * top:.0f} percent."
    )
    return figure


def _every_period(table: pd.DataFrame, by: str) -> list[str]:
    """The periods to draw, in order, those without articles in their place; stray ones at the ends left out."""
    total = table.groupby("period")["n_docs"].sum()
    if by not in PERIODS:
        return [str(p) for p in total.index]
    names = [str(p) for p in period_labels(period_range(total.index[0], total.index[-1], by), by)]
    return names[span(total.reindex(names).fillna(0).to_numpy(dtype=np.int64))]


def sizes(result: "Result") -> Figure:
    """All topics by their share of the words, with their terms."""
    table = result.table.head(MOST)
    rows = topic_marks.each(table)
    figure = theme.figure(height=max(1.6, 0.8 + 0.25 * len(rows)))
    axes = figure.subplots()
    at = np.arange(len(rows))
    for i, row in enumerate(rows):
        loose = topic_marks.firm(row) is False
        axes.barh(i, row.share, height=0.66, color=theme.PAPER if loose else theme.STRONG,
                  edgecolor=topic_marks.colour(row), hatch="////" if loose else None, linewidth=0.8)  # fmt: skip
        axes.text(
            row.share, i, f"  {theme.label(row.terms, 84)}", va="center", fontsize=6.4, color=theme.QUIET
        )
    hits.boxes(axes, 0.0, at - 0.4, table["share"].to_numpy(dtype=float), at + 0.4, table.index)
    axes.set_yticks(at, [topic_marks.name(r, 30) for r in rows], fontsize=7)
    _loose(axes, rows)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    # Terms stand behind the bars: leave them their room.
    axes.set_xlim(0, max(float(table["share"].max()), 1e-9) * 3.4)
    ticks = [t for t in axes.get_xticks() if 0 <= t <= table["share"].max() * 1.2]
    axes.set_xticks(ticks[:4], [f"{100 * t:.3g} %" for t in ticks[:4]])
    theme.title(figure, "Topics by their share of the words")
    rest = len(result.table) - len(rows)
    figure.alt = (  # type: ignore[attr-defined]
        f"Bars of {len(rows)} topics, the largest {theme.label(rows[0].label, 60)} with "
        f"{100 * rows[0].share:.1f} percent of the words. {topic_marks.said(rows)}"
        + (f" {rest} smaller topics are not drawn." if rest else "")
    )
    return figure


def refits(result: "Result") -> Figure:
    """The likeness of every topic to its match in every refit: a dot each, the mean a tick."""
    table = result.table
    mean = table.groupby("topic")["similarity"].mean().sort_values(ascending=False, kind="stable")
    topics = {t.topic: t for t in topic_marks.each(table)}
    shown = [topics[k] for k in mean.index]
    figure = theme.figure(height=max(1.7, 0.95 + 0.2 * len(shown)))
    axes = figure.subplots()
    same = float(result.params.get("same", 0.5))
    axes.axvline(same, color=theme.RULE, linewidth=1)
    for i, topic in enumerate(shown):
        ordered = table.loc[table["topic"] == topic.topic, "similarity"].sort_values(kind="stable")
        values = ordered.to_numpy(dtype=float)
        colour = topic_marks.colour(topic)
        loose = topic_marks.firm(topic) is False
        # Equal values are set beside one another, so that ten of ten do not look like one.
        _, which, times = np.unique(values, return_index=True, return_counts=True)
        rank = np.arange(len(values)) - np.repeat(which, times)
        y = i + (rank - (np.repeat(times, times) - 1) / 2) * min(0.09, 0.7 / len(values))
        axes.plot(
            values, y, "o", markersize=2.8, color=colour, markerfacecolor=theme.PAPER if loose else colour
        )
        hits.points(axes, values, y, ordered.index)
        axes.plot([mean[topic.topic]] * 2, [i - 0.36, i + 0.36], color=theme.INK, linewidth=1.2)
    axes.set_yticks(range(len(shown)), [topic_marks.name(t, 34) for t in shown], fontsize=7)
    _loose(axes, shown)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_xlim(-0.02, 1.02)
    axes.grid(axis="x")
    axes.set_xlabel("likeness to its match in a refit (Jaccard of the ten first terms)")
    theme.title(figure, "Do the topics hold still?")
    figure.legend(
        handles=[
            Line2D([], [], marker="o", linestyle="", color=theme.STRONG, markersize=4, label="a refit"),
            Line2D([], [], marker="|", linestyle="", color=theme.INK, markersize=8, label="mean"),
            Line2D([], [], color=theme.RULE, label="the same topic from here"),
        ],
        loc="outside lower center", ncols=3, fontsize=7,
    )  # fmt: skip
    figure.alt = (  # type: ignore[attr-defined]
        f"Dots of {len(shown)} topics: likeness to their matches in {table['refit'].nunique()} refits, from "
        f"{table['similarity'].min():.2f} to {table['similarity'].max():.2f}. {topic_marks.said(shown)}"
    )
    return figure


def _loose(axes: Axes, rows: Sequence[object]) -> None:
    """Give the names of unstable topics their colour."""
    for text, row in zip(axes.get_yticklabels(), rows, strict=True):
        if topic_marks.firm(row) is False:
            text.set_color(topic_marks.LOOSE)


def _columns(axes: Axes, names: list[str]) -> None:
    step = max(1, -(-len(names) // 14))
    axes.set_xticks(range(0, len(names), step), [theme.label(n, 12) for n in names[::step]], fontsize=6.8,
                    rotation=45 if len(names) > 7 else 0, ha="right" if len(names) > 7 else "center",
                    rotation_mode="anchor")  # fmt: skip


def _bar(figure: Figure, mesh: QuadMesh, axes: Axes) -> None:
    bar = figure.colorbar(mesh, ax=axes, pad=0.015, fraction=0.03)
    bar.ax.yaxis.set_major_formatter(lambda v, _: f"{100 * v:.0f} %")
    bar.outline.set_visible(False)
    bar.ax.tick_params(labelsize=7, length=0)
