"""Five criteria over numbers of topics, beside one another: they disagree, and that is what the picture is for."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.plots import theme

if TYPE_CHECKING:
    from analysis.result import Result

PANELS = (
    ("likelihood of unseen words", (("held_out", "log P a word"),), "higher is better"),
    (
        "coherence",
        (("npmi", "NPMI in articles"), ("npmi_window", "NPMI in windows"), ("c_v", "C_V")),
        "higher is better",
    ),
    ("exclusivity of terms", (("exclusivity", ""),), "higher is better"),
    (
        "stability",
        (("stability", "mean similarity"), ("stable", "share of stable topics")),
        "higher is better",
    ),
    ("repeated terms", (("redundancy", ""),), "lower is better"),
    ("stories a topic", (("stories_a_topic", ""),), "thirty or more"),
)


def choice(result: "Result") -> Figure:
    """Every criterion in a panel of its own; a line marks the number recommended."""
    table = result.table.sort_values("n_topics")
    at = np.arange(len(table))
    chosen = np.flatnonzero(table["recommended"].to_numpy(dtype=bool))
    figure = theme.figure(height=4.3)
    grid = figure.subplots(2, 3, sharex=True)
    for (title, lines, better), axes in zip(PANELS, grid.ravel(), strict=True):
        for (name, label), colour in zip(lines, theme.COLOURS, strict=False):
            values = table[name].to_numpy(dtype=float)
            axes.plot(at, values, "o-", color=colour, linewidth=1.2, markersize=3.2, label=label)
            if name == "held_out":
                spread = 2 * table["held_out_se"].to_numpy(dtype=float)
                axes.fill_between(at, values - spread, values + spread, color=colour, alpha=0.18, linewidth=0)
        for x in chosen:
            axes.axvline(x, color=theme.INK, linewidth=0.9, linestyle=(0, (3, 2)), zorder=1)
        axes.set_title(title, fontsize=8.5, pad=4)
        axes.set_xlabel(better, fontsize=6.8)
        axes.grid(axis="y")
        axes.yaxis.set_major_locator(MaxNLocator(4))
        axes.tick_params(labelsize=7)
        if len(lines) > 1:
            axes.legend(fontsize=6, loc="lower center", ncols=2, handlelength=1.2, columnspacing=0.8)
        if name != "held_out":
            most = float(np.nanmax(table[[n for n, _ in lines]].to_numpy(dtype=float), initial=0.0))
            # A share of nothing repeated is a line at 0, not one in the middle of an empty scale.
            least = -0.35 if len(lines) > 1 else 0.0
            axes.set_ylim(least * max(most, 0.1), max(most, 0.1) * 1.08)
        axes.set_xticks(at, [f"{k}" for k in table["n_topics"]])
        axes.tick_params(axis="x", labelbottom=True)
    theme.title(figure, "How many topics? Five criteria and what they disagree on")
    best = int(table["n_topics"].to_numpy()[chosen[0]]) if len(chosen) else None
    figure.supxlabel(
        f"number of topics; dashed: {best}, recommended - see the notes for what it trades",
        fontsize=7.5,
        color=theme.QUIET,
    )
    row = table.iloc[int(chosen[0])] if len(chosen) else table.iloc[0]
    figure.alt = (  # type: ignore[attr-defined]
        f"Six panels over {', '.join(str(k) for k in table['n_topics'])} topics: likelihood of unseen words, "
        "coherence, exclusivity, stability, repeated terms, stories a topic. "
        f"{best} topics are recommended: stability {row['stability']:.2f}, NPMI {row['npmi']:.2f}."
    )
    return figure
