"""Tone: lines by voice with the share of segments hit under them, dots by group, agreement of instruments."""

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.plots import status as states
from analysis.plots import theme
from analysis.plots.hits import points

if TYPE_CHECKING:
    from analysis.result import Result

MAX_GROUPS = 24
VOICE = {
    "narration": (theme.COLOURS[0], "o"),
    "quotation": (theme.COLOURS[5], "s"),
    "reported": (theme.COLOURS[6], "^"),
    "all voices": (theme.INK, "D"),
}
_PANELS = {"pearson": "Pearson's r", "alpha": "Krippendorff's alpha", "opposed": "opposite signs"}


def by_voice(result: "Result") -> Figure:
    """A panel a voice, all to one scale; under each, the share of its segments that hold a word of the lexicon."""
    table, by = result.table, str(result.params["by"])
    voices = [v for v in VOICE if v in set(table["voice"])]
    figure = theme.figure(height=0.9 + 1.55 * len(voices))
    grid = figure.subplots(
        2 * len(voices), 1, sharex=True, gridspec_kw={"height_ratios": [6, 2] * len(voices)}
    )
    limit = _limit(table)
    most = float(np.nanmax(table["hit_share"].to_numpy(dtype=float), initial=0.05))
    top = min(1.0, np.ceil(10 * most) / 10)
    for i, voice in enumerate(voices):
        panel, under = grid[2 * i], grid[2 * i + 1]
        own = table[table["voice"] == voice]
        colour = VOICE[voice][0]
        borders = states.edges(own["period"], by)
        at = (borders[1:] + borders[:-1]) / 2
        estimate, low, high, hits = (
            own[c].to_numpy(dtype=float) for c in ("estimate", "low", "high", "hit_share")
        )
        panel.axhline(0, color=theme.QUIET, linewidth=0.7)
        panel.fill_between(at, low, high, where=~np.isnan(low), color=colour, alpha=0.2, linewidth=0)
        panel.plot(at, estimate, color=colour, linewidth=1.3)
        panel.plot(at, estimate, "o", color=colour, markersize=2)
        have = np.isfinite(estimate)
        points(panel, at[have], estimate[have], own.index[have])
        panel.set_ylim(-limit, limit)
        panel.set_title(voice, fontsize=8.5, pad=3, color=colour)
        panel.grid(axis="y")
        under.bar(at, hits, width=np.diff(borders) * 0.9, color=theme.MUTED)
        under.set_ylim(0, top)
        under.set_yticks([0, top], ["0", f"{top:.0%}"])
        for axes in (panel, under):
            axes.tick_params(axis="x", length=0, labelbottom=False)
            axes.tick_params(axis="y", labelsize=7, labelcolor=theme.QUIET)
    grid[-1].tick_params(axis="x", length=2, labelbottom=True)
    states.date_axis(grid[-1], labels=True)
    what = theme.label(result.params.get("label") or "tone", 40)
    theme.title(figure, f"{what} by voice and {by}")
    figure.supylabel(result.unit, fontsize=7.5, color=theme.QUIET)
    figure.supxlabel(
        "Grey bars: share of segments with a word of the lexicon; the others score 0. Not validated on this corpus."
        if _unvalidated(result)
        else "Grey bars: share of segments with a word of the lexicon; the others score 0.",
        fontsize=7.5, color=theme.QUIET,
    )  # fmt: skip
    ranges = table.dropna(subset=["estimate"]).groupby("voice", sort=False)["estimate"].agg(["min", "max"])
    said = [f"{v}: {low:.3f} to {high:.3f}" for v, low, high in ranges.itertuples()]
    _alt(figure, f"Lines of {what} by {by} for {', '.join(voices)}. {'; '.join(said)}.")
    return figure


def groups(result: "Result") -> Figure:
    """Dots with intervals, a colour and a mark a voice; groups with most segments first."""
    table, across = result.table, str(result.params["across"])
    table = table.assign(group=table["group"].astype(object).where(table["group"].notna(), "(none)"))
    every = table[table["voice"] == "all voices"]
    order = every.sort_values("n_segments", ascending=False, kind="stable")["group"].tolist()
    shown = order[:MAX_GROUPS]
    figure = theme.figure(height=1.35 + 0.42 * len(shown))
    left, right = figure.subplots(1, 2, sharey=True, gridspec_kw={"width_ratios": [3, 1]})
    marks = []
    for k, (voice, (colour, mark)) in enumerate(VOICE.items()):
        own = table[table["voice"] == voice].reset_index(names="row").set_index("group").reindex(shown)
        at = np.arange(len(shown)) + (k - 1.5) * 0.17
        tone, low, high, hits = (own[c].to_numpy(dtype=float) for c in ("tone", "low", "high", "hit_share"))
        left.hlines(at, low, high, color=colour, linewidth=2, alpha=0.45)
        left.plot(
            tone, at, mark, color=colour, markersize=4.2, markeredgecolor=theme.PAPER, markeredgewidth=0.5
        )
        right.plot(hits, at, mark, color=colour, markersize=3.6)
        for axes, x in ((left, tone), (right, hits)):
            there = np.isfinite(x)
            points(axes, x[there], at[there], own["row"].to_numpy()[there])
        marks.append(Line2D([], [], color=colour, marker=mark, linestyle="", markersize=4.5, label=voice))
    left.axvline(0, color=theme.INK, linewidth=0.8)
    left.set_yticks(range(len(shown)), [theme.label(n, 26) for n in shown])
    left.set_ylim(len(shown) - 0.5, -0.5)
    left.set_title(result.unit, fontsize=8)
    right.set_title("share of segments hit", fontsize=8)
    right.set_xlim(0, None)
    right.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    for axes in (left, right):
        axes.grid(axis="x")
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.tick_params(axis="x", length=0, labelsize=7)
    figure.legend(handles=marks, loc="outside lower center", ncols=4)
    rest = f", the largest {len(shown)} of {len(order)}" if len(order) > len(shown) else ""
    theme.title(
        figure, f"{theme.label(result.params.get('label') or 'tone', 40)} by {across} and voice{rest}"
    )
    mine = table[(table["voice"] == "narration") & table["tone"].notna()]
    ends = (
        f" Narration lies between {mine['tone'].min():.3f} and {mine['tone'].max():.3f}." if len(mine) else ""
    )
    _alt(figure, f"Dots of tone by voice for {len(shown)} values of {across}, with intervals.{ends}")
    return figure


def agreement(result: "Result") -> Figure:
    """A row a pair of instruments: correlation, alpha and the share of opposite signs, each with its interval."""
    table = result.table
    figure = theme.figure(height=1.2 + 0.3 * len(table))
    panels: Any = figure.subplots(1, 3, sharey=True)
    at = np.arange(len(table))
    for axes, (name, title) in zip(panels, _PANELS.items(), strict=True):
        value, low, high = (table[c].to_numpy(dtype=float) for c in (name, f"{name}_low", f"{name}_high"))
        axes.hlines(at, low, high, color=theme.STRONG, linewidth=3, alpha=0.35)
        axes.plot(value, at, "o", color=theme.STRONG, markersize=5, markeredgecolor=theme.PAPER)
        for y, v in zip(at.tolist(), value.tolist(), strict=True):
            if np.isfinite(v):
                axes.annotate(
                    f"{v:.2f}", (v, y), xytext=(0, 6), textcoords="offset points", ha="center", fontsize=7
                )
        axes.set_xlim(min(0.0, float(np.nanmin(low, initial=0.0))) - 0.05, 1.05)
        axes.set_title(title, fontsize=8.5)
        axes.grid(axis="x")
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.tick_params(axis="x", length=0, labelsize=7)
    pairs = [
        f"{theme.label(a, 18)} – {theme.label(b, 18)}"
        for a, b in zip(table["first"], table["second"], strict=True)
    ]
    panels[0].set_yticks(at, pairs)
    panels[0].set_ylim(len(table) - 0.5, -0.7)
    theme.title(figure, "Do the instruments agree, segment by segment?")
    first = table.iloc[0]
    _alt(
        figure,
        f"Agreement of {len(table)} pairs of instruments; {first['first']} and {first['second']}: Pearson's r "
        f"{first['pearson']:.2f}, alpha {first['alpha']:.2f}, opposite signs in {100 * first['opposed']:.0f} percent.",
    )
    return figure


def _limit(table: Any) -> float:
    values = np.abs(table[["estimate", "low", "high"]].to_numpy(dtype=float))
    known = values[np.isfinite(values)]
    return 1.1 * float(np.quantile(known, 0.985)) if known.size else 1.0


def _unvalidated(result: "Result") -> bool:
    return any(note.startswith("Not validated") for note in result.notes)


def _alt(figure: Figure, text: str) -> None:
    figure.alt = text  # type: ignore[attr-defined]
