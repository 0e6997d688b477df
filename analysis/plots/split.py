"""The split of a change as bars: within, mix, entry and exit, and what they add up to."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.errors import InputError, message
from analysis.plots import hits, theme

if TYPE_CHECKING:
    from analysis.result import Result

MAX_STRATA = 14
_COLOURS = {
    "change": theme.INK, "within": theme.COLOURS[0], "mix": theme.COLOURS[1], "entry": theme.COLOURS[2],
    "exit": theme.COLOURS[3],
}  # fmt: skip


def composition(result: "Result") -> Figure:
    """The whole split at the left, with intervals; its strata at the right, stacked by component."""
    table = result.table
    whole = table[table["stratum"].isna() & table["share_reference"].isna()]
    if whole["effect"].isna().all():
        raise InputError(
            message("there is nothing to draw in this split", hint="See its notes: no common support?")
        )
    strata = table.drop(whole.index)
    names = strata["stratum"].astype(object).where(strata["stratum"].notna(), "(none)")
    size = strata["effect"].abs().groupby(names).sum().sort_values(ascending=False, kind="stable")
    shown = list(size.index[:MAX_STRATA])
    figure = theme.figure(height=max(2.1, 1.2 + 0.24 * len(shown)))
    left, right = figure.subplots(1, 2, gridspec_kw={"width_ratios": [1, 1.25]})
    at = np.arange(len(whole))
    effect, low, high = (whole[c].to_numpy(dtype=float) for c in ("effect", "low", "high"))
    left.barh(at, np.nan_to_num(effect), color=[_COLOURS[c] for c in whole["component"]], height=0.62)
    left.hlines(at, low, high, color=theme.QUIET, linewidth=1.1)
    hits.boxes(left, 0.0, at - 0.35, np.nan_to_num(effect), at + 0.35, whole.index)
    left.set_yticks(at, list(whole["component"]))
    for y, value in zip(at.tolist(), effect.tolist(), strict=True):
        said = "null" if np.isnan(value) else f"{value:+.3g}" if value else "0"
        left.annotate(
            said, (1, y), xycoords=("axes fraction", "data"), xytext=(2, 0), textcoords="offset points", va="center",
            fontsize=7, color=theme.QUIET, annotation_clip=False,
        )  # fmt: skip
    left.set_ylim(len(whole) - 0.5, -0.5)
    for place, name in enumerate(shown):
        own = strata[(names == name).to_numpy()]
        above = below = 0.0
        effects = zip(own.index, own["component"], own["effect"].fillna(0.0), strict=True)
        for at_row, component, value in effects:
            start = above if value >= 0 else below
            hits.boxes(right, start, place - 0.35, start + value, place + 0.35, [at_row])
            right.barh(place, value, left=start, color=_COLOURS[component], height=0.62)
            above, below = (above + value, below) if value >= 0 else (above, below + value)
    right.set_yticks(range(len(shown)), [theme.label(n, 24) for n in shown])
    right.set_ylim(len(shown) - 0.5, -0.5)
    for axes in (left, right):
        axes.axvline(0, color=theme.INK, linewidth=0.8)
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.grid(axis="x")
        axes.tick_params(axis="x", length=0, labelsize=7)
        axes.xaxis.set_major_locator(MaxNLocator(4))
    rest = len(size) - len(shown)
    right.set_title(
        f"by {result.params['over']}" + (f", the largest {len(shown)} of {len(size)}" if rest else ""),
        fontsize=8,
    )
    left.set_title("in all", fontsize=8)
    theme.title(
        figure, f"{theme.label(result.params.get('label') or 'The change', 50)}: where the change comes from"
    )
    figure.supxlabel(result.unit, fontsize=7.5, color=theme.QUIET)
    said = ", ".join(
        f"{c} {v:+.3g}" for c, v in zip(whole["component"], effect, strict=True) if not np.isnan(v)
    )
    figure.alt = f"Bars of the split of a change over {len(size)} strata: {said}."  # type: ignore[attr-defined]
    return figure
