"""How many stories there are of which size. Not for their texts: the table names them."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.plots import theme

if TYPE_CHECKING:
    from analysis.result import Result

_SIZES = ((2, 2), (3, 3), (4, 4), (5, 5), (6, 9), (10, 19), (20, 10**9))


def stories(result: "Result") -> Figure:
    """Stories by the number of their articles: of one outlet (updates), and of several (copies)."""
    table = result.table
    size, several = table["n_docs"].to_numpy(), (table["n_outlets"] > 1).to_numpy()
    names = [f"{a}" if a == b else f"{a} or more" if b > 10**6 else f"{a} to {b}" for a, b in _SIZES]
    within = [((size >= a) & (size <= b)) for a, b in _SIZES]
    last = max(i for i, w in enumerate(within) if w.any())
    one, more = (np.array([int((w & s).sum()) for w in within[: last + 1]]) for s in (~several, several))
    figure = theme.figure(height=1.35 + 0.27 * (last + 1))
    axes = figure.subplots()
    at = np.arange(last + 1)
    axes.barh(at, more, height=0.66, color=theme.STRONG, label="in several outlets")
    axes.barh(at, one, left=more, height=0.66, color=theme.COLOURS[4], label="within one outlet")
    for y, n in zip(at, one + more, strict=True):
        axes.annotate(f"{n:,}", (n, y), xytext=(4, 0), textcoords="offset points", va="center", fontsize=8)
    axes.set_yticks(at, names[: last + 1])
    axes.set_ylim(last + 0.5, -0.5)
    axes.set_xlim(0, float((one + more).max()) * 1.1)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(axis="x", length=0)
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.grid(axis="x")
    axes.set_ylabel("articles", fontsize=7.5)
    axes.set_xlabel("stories", fontsize=7.5)
    theme.title(figure, "Stories of two or more articles, by their number of articles")
    figure.legend(loc="outside lower left", ncols=2, fontsize=7.5, handlelength=1.0, handleheight=0.9)
    figure.alt = (  # type: ignore[attr-defined]
        f"Bars of {len(table):,} stories of two or more articles, {int(several.sum()):,} of them in several outlets; "
        f"the largest has {int(size.max()):,} articles."
    )
    return figure
