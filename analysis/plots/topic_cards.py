"""Topic cards: terms with their weights, the share over time and by outlet, and headlines."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.plots import hits, theme, topic_marks

if TYPE_CHECKING:
    from analysis.result import Result

MOST = 8
_HEIGHT = 2.0  # inches a card


def cards(result: "Result") -> Figure:
    """A card a topic, under one another."""
    table = result.table
    topics = topic_marks.each(table)
    shown = topics[:MOST]
    figure = theme.figure(height=0.5 + _HEIGHT * len(shown))
    rows = np.atleast_1d(np.asarray(figure.subfigures(len(shown), 1, hspace=0.02), dtype=object))
    unit = str(result.params.get("by", "period"))
    for topic, card in zip(shown, rows, strict=True):
        _card(card, topic, table[table["topic"] == topic.topic], unit)
    rest = len(topics) - len(shown)
    theme.title(figure, f"{len(shown)} topics" + (f" (of {len(topics)})" if rest else ""))
    named = "; ".join(
        f"{theme.label(t.label, 60)}, {100 * t.topic_share:.1f} percent of the words" for t in shown
    )
    figure.alt = (  # type: ignore[attr-defined]
        f"Cards of {len(shown)} topics with their terms, share by {unit}, outlets and headlines: {named}. "
        + topic_marks.said(shown)
        + (f" {rest} more are not drawn." if rest else "")
    )
    return figure


def _card(card: Any, topic: Any, own: pd.DataFrame, by: str) -> None:
    colour = topic_marks.colour(topic)
    articles = own[own["part"] == "article"]
    heads = articles["name"].tolist()
    grid = card.add_gridspec(
        2, 3, width_ratios=[1.15, 1.5, 1.0], height_ratios=[3.0, 0.05 + 0.33 * len(heads)]
    )
    terms, line, outlets = (card.add_subplot(grid[0, i]) for i in range(3))
    known = topic_marks.firm(topic)
    found = "" if pd.isna(topic.of) else f", found again in {topic.found_in} of {topic.of} refits"
    mark = "UNSTABLE, " if known is False else "stability not checked, " if known is None else ""
    card.suptitle(
        f"{theme.label(topic.label, 44)}  -  {mark}{100 * topic.topic_share:.1f} % of words{found}",
        x=0.01, ha="left", fontsize=8.5, fontweight="bold", color=colour if known is False else theme.INK,
    )  # fmt: skip
    _bars(terms, own[own["part"] == "term"], colour, 16)
    _bars(outlets, own[own["part"] == "outlet"], colour, 18)
    _line(line, own[own["part"] == "period"], colour, by)
    text = card.add_subplot(grid[1, :])
    text.axis("off")
    text.set_ylim(max(len(heads), 1), 0)
    for place, headline in enumerate(heads):
        text.text(
            0,
            place + 0.5,
            f"\N{BULLET} {theme.label(headline, 112)}",
            va="center",
            fontsize=6.8,
            color=theme.QUIET,
        )
    at = np.arange(len(heads))
    hits.boxes(text, 0.0, at, 1.0, at + 1, articles.index)


def _bars(axes: Axes, rows: pd.DataFrame, colour: str, limit: int) -> None:
    values = rows["value"].to_numpy(dtype=float)
    at = np.arange(len(values))
    axes.barh(at, values, color=colour, height=0.66, alpha=0.85)
    hits.boxes(axes, 0.0, at - 0.33, values, at + 0.33, rows.index)
    axes.set_yticks(range(len(values)), [theme.label(n, limit) for n in rows["name"]], fontsize=6.2)
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(2))
    axes.xaxis.set_major_formatter(lambda v, _: f"{100 * v:.3g} %")
    axes.tick_params(axis="x", labelsize=6, length=2)
    axes.spines["left"].set_visible(False)


def _line(axes: Axes, rows: pd.DataFrame, colour: str, by: str) -> None:
    values = rows["value"].to_numpy(dtype=float)
    if not len(values):
        axes.axis("off")
        axes.text(0.5, 0.5, "no dated articles", ha="center", fontsize=7, color=theme.QUIET)
        return
    axes.plot(np.arange(len(values)), values, color=colour, linewidth=1.2, marker="o", markersize=2)
    have = np.flatnonzero(np.isfinite(values))
    hits.points(axes, have, values[have], rows.index[have])
    axes.set_ylim(0, max(float(np.nanmax(values, initial=0.0)) * 1.12, 1e-6))
    step = max(1, len(values) // 4)
    axes.set_xticks(range(0, len(values), step), rows["name"].tolist()[::step])
    axes.tick_params(axis="both", labelsize=6, length=2)
    axes.yaxis.set_major_locator(MaxNLocator(3))
    axes.yaxis.set_major_formatter(lambda v, _: f"{100 * v:.3g} %")
    axes.set_xlabel(f"share of words by {by}", fontsize=6.2)
    axes.grid(axis="y")
