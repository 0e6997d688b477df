"""Who speaks, and how well codes and coders agree: bars and dots with intervals."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from analysis.plots import hits, theme

if TYPE_CHECKING:
    from analysis.result import Result

MAX_SPEAKERS = 25
MAX_PANELS = 6
_OPEN = {"pronoun": "a pronoun (left open)", "role": "a role, such as officials", "none": "nobody found"}


def speakers(result: "Result") -> Figure:
    """Bars of the words of each speaker, a panel for each group; what is left open in grey, at the foot."""
    panels = [(k, p) for k, p in result.table.groupby(["group", "period"], dropna=False, sort=False)]
    shown = panels[:MAX_PANELS]
    limit = MAX_SPEAKERS if len(shown) == 1 else 8
    columns = min(len(shown), 2)
    rows = -(-len(shown) // columns)
    parts = [pd.concat([p[p["speaker"].notna()].head(limit), p[p["speaker"].isna()]]) for _, p in shown]
    deepest = max(map(len, parts))
    figure = theme.figure(height=1.1 + rows * (0.4 + 0.22 * deepest))
    grid = figure.subplots(rows, columns, squeeze=False)
    widest = max(float(p["share"].max()) for p in parts)
    for axes, (key, _), part in zip(grid.flat, shown, parts, strict=False):
        _bars(axes, part, deepest, widest)
        if len(shown) > 1:
            said = ", ".join(str(k) for k in key if isinstance(k, str)) or "no value"
            axes.set_title(theme.label(said, 34), fontsize=8.5, pad=3)
    for axes in list(grid.flat)[len(shown) :]:
        axes.set_visible(False)
    voices = " and ".join(result.params.get("voice", ("quotation",)))
    theme.title(figure, f"Whose words: {voices}")
    more = f" The first {len(shown)} groups of {len(panels)}." if len(panels) > len(shown) else ""
    figure.supxlabel(
        f"Share of the words in {voices}; beside the bars: words (articles).{more}",
        fontsize=7.5,
        color=theme.QUIET,
    )
    named = parts[0][parts[0]["speaker"].notna()]
    first = "; ".join(
        f"{theme.label(s)} {100 * v:.1f} %"
        for s, v in zip(named["speaker"][:5], named["share"], strict=False)
    )
    figure.alt = f"Bars of the share of words by speaker, {voices}. {first}."  # type: ignore[attr-defined]
    return figure


def _bars(axes: Any, part: pd.DataFrame, deepest: int, widest: float) -> None:
    at = np.arange(len(part))
    known = part["speaker"].notna().to_numpy()
    share = part["share"].to_numpy(dtype=float)
    axes.barh(at, share, color=np.where(known, theme.STRONG, theme.MUTED), height=0.66)
    hits.boxes(axes, 0.0, at - 0.33, share, at + 0.33, part.index)
    for y, end, words, docs in zip(at, share, part["n_words"], part["n_docs"], strict=True):
        axes.annotate(
            f"{theme.compact(words)} ({theme.compact(docs)})", (end, y), xytext=(3, 0), textcoords="offset points",
            va="center", fontsize=6.8, color=theme.QUIET, bbox=theme.CLEAR,
        )  # fmt: skip
    labels = [
        theme.label(s, 30) if isinstance(s, str) else _OPEN.get(str(k), str(k))
        for s, k in zip(part["speaker"], part["kind"], strict=True)
    ]
    axes.set_yticks(at, labels)
    axes.set_ylim(deepest - 0.5, -0.5)
    axes.set_xlim(0, widest * 1.25)
    axes.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0 if widest > 0.05 else 1))
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(axis="both", length=0)
    axes.tick_params(axis="x", labelsize=7)
    axes.tick_params(axis="y", labelsize=7.8)
    axes.grid(axis="x")


def validation(result: "Result") -> Figure:
    """Precision, recall, F1 of each code, and the correlation, with intervals; a row for each group."""
    table = result.table
    groups = list(dict.fromkeys(table["group"]))[:24]
    codes = list(dict.fromkeys(table["code"]))
    names = ("precision", "recall", "f1")
    figure = theme.figure(height=1.5 + 0.3 * len(groups) * max(1, len(codes) * 0.6))
    axes = figure.subplots(1, 4, sharey=True)
    for k, code in enumerate(codes):
        own = table[table["code"] == code].set_index("group").reindex(groups)
        at = np.arange(len(groups)) + (k - (len(codes) - 1) / 2) * 0.8 / max(len(codes), 1)
        for panel, name in zip(axes, names, strict=False):
            _dots(panel, own, name, at, theme.COLOURS[k % len(theme.COLOURS)], str(code))
    one = table.drop_duplicates("group").set_index("group").reindex(groups)
    _dots(axes[3], one, "correlation", np.arange(len(groups)), theme.INK, "")
    for panel, name in zip(axes, (*names, "correlation"), strict=True):
        panel.set_title({"f1": "F1"}.get(name, name), fontsize=8.5, pad=4)
        panel.set_xlim(
            (-1.02, 1.02) if name == "correlation" and (one["correlation_low"] < 0).any() else (-0.02, 1.02)
        )
        panel.set_xticks([-1, 0, 1] if panel.get_xlim()[0] < -1 else [0, 0.5, 1])
        panel.xaxis.set_major_formatter(lambda v, _: f"{v:g}")
        panel.grid(axis="x")
        panel.spines[["left", "bottom"]].set_visible(False)
        panel.tick_params(axis="both", length=0)
    counts = one["n_units"].to_numpy(dtype=int)
    axes[0].set_yticks(
        np.arange(len(groups)), [f"{theme.label(g, 24)} ({n:,})" for g, n in zip(groups, counts, strict=True)]
    )
    axes[0].set_ylim(len(groups) - 0.5, -0.5)
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=min(len(codes), 6))
    theme.title(figure, "How well the measure agrees with hand codes")
    figure.alt = (  # type: ignore[attr-defined]
        "Dots with intervals of precision, recall, F1 and correlation. "
        + "; ".join(f"{g}: correlation {one['correlation'].loc[g]:.2f}" for g in groups[:6])
        + "."
    )
    return figure


def _dots(axes: Any, rows: pd.DataFrame, name: str, at: Any, colour: str, label: str) -> None:
    low, middle, high = (rows[c].to_numpy(dtype=float) for c in (f"{name}_low", name, f"{name}_high"))
    axes.hlines(at, low, high, color=colour, linewidth=1.3)
    axes.plot(
        middle,
        at,
        "o",
        color=colour,
        markersize=4.5,
        markeredgecolor=theme.PAPER,
        markeredgewidth=0.6,
        label=label,
    )


def agreement(result: "Result") -> Figure:
    """Alpha with its interval for each set of coders and metric, the usual bounds as lines."""
    table = result.table
    at = np.arange(len(table))
    figure = theme.figure(height=1.4 + 0.27 * len(table))
    axes = figure.subplots()
    for bound, said in ((0.667, "least"), (0.8, "usual")):
        axes.axvline(bound, color=theme.MUTED, linewidth=0.9, linestyle=(0, (4, 3)))
        axes.annotate(
            said,
            (bound, -0.62),
            ha="center",
            va="bottom",
            fontsize=7,
            color=theme.QUIET,
            annotation_clip=False,
        )
    low, middle, high = (table[c].to_numpy(dtype=float) for c in ("low", "alpha", "high"))
    axes.hlines(at, low, high, color=theme.STRONG, linewidth=1.6)
    axes.plot(
        middle, at, "o", color=theme.STRONG, markersize=5.5, markeredgecolor=theme.PAPER, markeredgewidth=0.7
    )
    axes.set_yticks(
        at, [f"{theme.label(c, 30)}: {m}" for c, m in zip(table["coders"], table["metric"], strict=True)]
    )
    axes.set_ylim(len(table) - 0.4, -0.6)
    axes.set_xlim(min(0.0, float(np.nanmin(low)) if np.isfinite(low).any() else 0.0), 1.02)
    axes.grid(axis="x")
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(axis="both", length=0)
    axes.set_xlabel("Krippendorff's alpha: 1 agrees wholly, 0 as chance would")
    theme.title(figure, "How far coders agree")
    values = [f"{m} {a:.2f}" for m, a in zip(table["metric"][:3], table["alpha"], strict=False)]
    figure.alt = f"Dots with intervals of Krippendorff's alpha: {', '.join(values)}."  # type: ignore[attr-defined]
    return figure
