"""The colours of coverage, the same in every picture, and a strip of them under a line. Not for whole pictures."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Patch

dates: Any = mdates  # untyped

COLOURS = {
    "collected": "#7fb0cd",
    "no_hits": "#bcd7e6",
    "no_articles": "#e2edf3",
    "partial": "#f2c14e",
    "incomplete": "#f8e0a6",
    "suspected_gap": "#e07b39",
    "missing": "#3d4650",
    "unknown": "#dcdcda",
}
NAMES = {
    "no_hits": "no hits",
    "no_articles": "no articles",
    "suspected_gap": "suspected gap",
}
NOT_WHOLE = ("partial", "incomplete")
_WIDE = 122  # letters of a legend that fit beside each other
MAP = ListedColormap([to_rgb(c) for c in COLOURS.values()])


def codes(status: Iterable[object]) -> np.ndarray:
    """Number the statuses for the colour map; an unheard-of one is drawn as unknown."""
    place = {s: i for i, s in enumerate(COLOURS)}
    return np.array([place.get(str(s), place["unknown"]) for s in status], dtype=float)


def edges(periods: "pd.Series[pd.Timestamp]", by: str) -> np.ndarray:
    """Where each period begins, and where the last one ends, in Matplotlib's days."""
    days = np.asarray(periods, dtype="datetime64[D]")
    starts = np.unique(days)
    return np.concatenate([dates.date2num(starts), [dates.date2num(after(starts[-1], by))]])


def after(start: np.datetime64, by: str) -> np.datetime64:
    """The first day behind a period."""
    from analysis.periods import next_start

    return np.datetime64(next_start(np.array([start]), by)[0])


def strip(axes: Axes, borders: np.ndarray, status: Iterable[object]) -> None:
    """Fill a flat axes with the colours of the statuses of consecutive periods."""
    grid = codes(status)[None, :]
    axes.pcolormesh(borders, [0, 1], grid, cmap=MAP, vmin=-0.5, vmax=len(COLOURS) - 0.5, rasterized=False)
    axes.set_ylim(0, 1)
    axes.set_yticks([])
    axes.spines[:].set_visible(False)
    axes.tick_params(axis="x", length=2)


def legend(figure: Figure, present: Iterable[object], extra: Iterable[object] = ()) -> None:
    """Name the statuses that occur, at the foot of a figure."""
    seen = set(present)
    handles: list[Any] = [
        *extra,
        *(Patch(color=c, label=NAMES.get(s, s)) for s, c in COLOURS.items() if s in seen),
    ]
    figure.legend(
        handles=handles, loc="outside lower left", ncols=columns([str(h.get_label()) for h in handles]),
        fontsize=7, handlelength=1.1, handleheight=0.8, columnspacing=1.2,
    )  # fmt: skip


def columns(labels: list[str]) -> int:
    """The most columns of a legend that a page is wide enough for; matplotlib fills them from top to bottom."""
    for n in range(min(8, len(labels)), 1, -1):
        rows = -(-len(labels) // n)
        widths = [max(len(x) for x in labels[i : i + rows]) + 5 for i in range(0, len(labels), rows)]
        if sum(widths) <= _WIDE:
            return n
    return 1


def date_axis(axes: Axes, *, labels: bool = True, most: int = 7) -> None:
    """Name a few dates under an axes."""
    locator = dates.AutoDateLocator(minticks=3, maxticks=most)
    locator.intervald[dates.MONTHLY] = [1, 2, 3, 4, 6, 12]  # two or three years are too few for yearly ticks
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator, show_offset=False))
    axes.tick_params(axis="x", labelsize=7, labelbottom=labels)
