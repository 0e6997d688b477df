"""Evenness and spread of words: dispersion as dots, its parts as strips, lexical diversity with its intervals."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap, PowerNorm
from matplotlib.figure import Figure

from analysis.periods import PERIODS, period_labels, period_range
from analysis.plots import hits, theme

if TYPE_CHECKING:
    from analysis.result import Result

MAX_TERMS = 40
MAX_STRIPS = 20
MAX_GROUPS = 30
MAX_PARTS = 1000
_PAPER = ListedColormap([theme.PAPER])


def dispersion(result: "Result") -> Figure:
    """DP of each term over each division; a tick shows what its frequency alone would make of it."""
    table = result.table.dropna(subset=["dp"])
    terms = list(dict.fromkeys(table["term"]))
    shown = terms[:MAX_TERMS]
    divisions = list(dict.fromkeys(table["over"]))
    figure = theme.figure(height=1.25 + 0.25 * max(len(shown), 1))
    panels = figure.subplots(1, max(len(divisions), 1), sharey=True, squeeze=False)[0]
    for axes, division in zip(panels, divisions, strict=False):
        rows = table[table["over"] == division].set_index("term").reindex(shown)
        at = np.arange(len(shown))
        dp, random = rows["dp"].to_numpy(dtype=float), rows["dp_random"].to_numpy(dtype=float)
        axes.hlines(at, np.fmin(dp, random), np.fmax(dp, random), color=theme.STRONG, linewidth=2, alpha=0.3)
        axes.plot(random, at, "|", color=theme.QUIET, markersize=7, markeredgewidth=1.2)
        axes.plot(dp, at, "o", color=theme.STRONG, markersize=5.5, markeredgecolor=theme.PAPER)
        place = table[table["over"] == division].reset_index().set_index("term")["index"].reindex(shown)
        there = place.notna().to_numpy()
        hits.points(axes, dp[there], at[there], place[there])
        axes.set_xlim(-0.02, 1.02)
        axes.set_title(f"over {division}s" if not division.endswith("s") else division, fontsize=8.5, pad=4)
        _plain(axes)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "", ".5", "", "1"])
    panels[0].set_yticks(range(len(shown)), [theme.label(t, 30) for t in shown])
    panels[0].set_ylim(len(shown) - 0.5, -0.5)
    theme.title(figure, "How evenly words are spread: Gries' DP")
    figure.supxlabel(
        "0: as the words are; 1: in one small part. Tick: expected of so few or many occurrences at random."
        + (f" The first {len(shown)} of {len(terms)}." if len(terms) > len(shown) else ""),
        fontsize=7.5, color=theme.QUIET,
    )  # fmt: skip
    worst = table.assign(excess=table["dp"] - table["dp_random"]).nlargest(1, "excess")
    said = [
        f"The least even for its frequency is {theme.label(top['term'])} over {top['over']}: {top['dp']:.2f}, "
        f"{top['dp_random']:.2f} at random; {100 * top['largest_share']:.0f} percent of it is in "
        f"{theme.label(top['largest_part'])}."
        for top in worst.to_dict("records")
    ]
    figure.alt = (  # type: ignore[attr-defined]
        f"Dots of DP for {len(shown)} terms over {', '.join(divisions) or 'nothing'}. {' '.join(said)}".strip()
    )
    return figure


def dispersion_parts(result: "Result") -> Figure:
    """A strip for each term: its rate in every part, darker for more; grey where the part has no words."""
    table = result.table
    terms = list(dict.fromkeys(table["term"]))[:MAX_STRIPS]
    over = str(table["over"].iloc[0])
    parts = sorted(set(table["part"]))
    columns = _every_part(parts, over)[:MAX_PARTS]
    grid = table.pivot_table(index="term", columns="part", values="rate", aggfunc="sum")
    grid = grid.reindex(index=terms, columns=columns)
    figure = theme.figure(height=1.1 + 0.34 * len(terms))
    panels = figure.subplots(len(terms), 1, sharex=True, squeeze=False)[:, 0]
    for axes, term in zip(panels, terms, strict=True):
        row = grid.loc[[term]].to_numpy(dtype=float)
        high = float(np.nanmax(row)) if np.isfinite(row).any() else 0.0
        axes.set_facecolor(theme.EMPTY)
        axes.pcolormesh(
            np.arange(len(columns) + 1) - 0.5, [0, 1], np.ma.masked_invalid(np.where(row == 0, np.nan, row)),
            cmap=theme.HEAT, norm=PowerNorm(0.6, 0, high or 1), zorder=2,
        )  # fmt: skip
        there = np.isfinite(row[0])
        axes.pcolormesh(
            np.arange(len(columns) + 1) - 0.5, [0, 1], np.ma.masked_where(~there, there.astype(float))[None, :],
            cmap=_PAPER, zorder=1,
        )  # fmt: skip
        own = table[(table["term"] == term) & table["part"].isin(columns)]
        left = own["part"].map({part: i for i, part in enumerate(columns)}).to_numpy(dtype=float)
        hits.boxes(axes, left - 0.5, 0.0, left + 0.5, 1.0, own.index)
        axes.set_yticks([0.5], [theme.label(term, 28)])
        axes.spines[:].set_visible(True)
        axes.spines[:].set_linewidth(0.5)
        axes.tick_params(length=0)
        axes.annotate(
            f"{high:.1f}" if high < 10 else f"{high:.0f}", (1, 0.5), xycoords="axes fraction", xytext=(5, 0),
            textcoords="offset points", va="center", fontsize=7, color=theme.QUIET,
        )  # fmt: skip
    _part_ticks(panels[-1], columns)
    theme.title(figure, f"Where words occur, {over} by {over}")
    figure.supxlabel(
        "Darker: more per 10,000 words, each strip by its own maximum (at its end). White: none. Grey: no words there."
        + (f" The first {len(columns)} of {len(parts)}." if len(parts) > len(columns) else ""),
        fontsize=7.5, color=theme.QUIET,
    )  # fmt: skip
    figure.alt = (  # type: ignore[attr-defined]
        f"Strips of {len(terms)} terms over {len(columns)} {over}s, {columns[0]} to {columns[-1]}: "
        + ", ".join(theme.label(t) for t in terms[:8])
        + "."
    )
    return figure


def diversity(result: "Result") -> Figure:
    """MATTR and MTLD by group: the mean article and its interval."""
    table = result.table
    shown = table.head(MAX_GROUPS)
    figure = theme.figure(height=1.25 + 0.28 * len(shown))
    panels = figure.subplots(1, 2, sharey=True)
    at = np.arange(len(shown))
    for axes, column, name in zip(panels, ("mattr", "mtld"), ("MATTR", "MTLD, words"), strict=True):
        low, high = (shown[f"{column}_{end}"].to_numpy(dtype=float) for end in ("low", "high"))
        axes.hlines(at, low, high, color=theme.STRONG, linewidth=5, alpha=0.3)
        axes.plot(
            shown[column].to_numpy(dtype=float), at, "o", color=theme.STRONG, markersize=5.5,
            markeredgecolor=theme.PAPER,
        )  # fmt: skip
        value = shown[column].to_numpy(dtype=float)
        hits.points(axes, value[np.isfinite(value)], at[np.isfinite(value)], shown.index[np.isfinite(value)])
        axes.set_title(name, fontsize=8.5, pad=4)
        axes.margins(x=0.12)
        _plain(axes)
    names = [f"{theme.label(g)} ({n:,})" for g, n in zip(shown["group"], shown["n_measured"], strict=True)]
    panels[0].set_yticks(at, names)
    panels[0].set_ylim(len(shown) - 0.5, -0.5)
    theme.title(figure, "How varied the words of an article are")
    figure.supxlabel(
        "Mean of articles and its interval; in brackets the articles long enough to be measured."
        + (f" The first {len(shown)} of {len(table)}." if len(table) > len(shown) else ""),
        fontsize=7.5, color=theme.QUIET,
    )  # fmt: skip
    values = shown["mattr"].dropna()
    span = f"MATTR from {values.min():.3f} to {values.max():.3f}" if len(values) else "no article long enough"
    figure.alt = f"Dots with intervals of MATTR and MTLD for {len(shown)} groups: {span}."  # type: ignore[attr-defined]
    return figure


def _plain(axes: Axes) -> None:
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(axis="both", length=0)
    axes.tick_params(axis="x", labelsize=7)
    axes.grid(axis="x")


def _every_part(parts: list[str], over: str) -> list[str]:
    """The parts, and for periods those between the first and the last that have no words."""
    if over not in PERIODS:
        return parts
    return [str(p) for p in period_labels(period_range(parts[0], parts[-1], over), over)]


def _part_ticks(axes: Axes, columns: list[str]) -> None:
    """Some names under the last strip: as many as fit."""
    step = max(1, -(-len(columns) // (8 if len(columns[0]) < 12 else 5)))
    at = list(range(0, len(columns), step))
    axes.set_xticks(at, [theme.label(columns[i], 16) for i in at], fontsize=7)
    axes.set_xlim(-0.5, len(columns) - 0.5)
