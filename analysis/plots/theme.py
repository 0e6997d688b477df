"""One look for every picture: sizes, type, colours, and how a figure becomes a file with the same bytes.

Nothing here knows what is drawn. Figures are made with `figure()` (never through pyplot, which keeps every
figure alive and picks a window system), and leave through `save_png` and `save_svg`.
"""

import datetime as dt
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

WIDTH = 7.2  # inches: a full text column of an A4 page
DPI = 200
INK, QUIET, RULE, PAPER, EMPTY = "#1d2530", "#5c6773", "#c9d0d6", "#ffffff", "#efefed"

# Okabe and Ito's palette, black and yellow left out (yellow vanishes on paper), darkest contrasts first.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#7A5195", "#6B7480")
STRONG, WARM, MUTED = COLOURS[0], COLOURS[1], "#aab4bd"
HEAT = LinearSegmentedColormap.from_list(
    "house-heat", ["#d6e8f2", "#aacfe2", "#6fabc9", "#2f7ba8", "#10527f", "#08304f"]
)

# Behind a number that may stand on a line of the grid.
CLEAR: dict[str, Any] = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.8}

RC: dict[str, Any] = {
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "font.family": ["DejaVu Sans"],
    "font.size": 8.5,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 10,
    "axes.labelsize": 8.5,
    "axes.labelcolor": QUIET,
    "axes.edgecolor": RULE,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "text.color": INK,
    "text.parse_math": False,  # an outlet called "$x$" is a name
    "xtick.color": QUIET,
    "ytick.color": INK,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8.5,
    "xtick.major.size": 3,
    "ytick.major.size": 0,
    "xtick.major.width": 0.8,
    "grid.color": "#e4e8eb",
    "grid.linewidth": 0.7,
    "legend.frameon": False,
    "legend.fontsize": 8,
    "svg.hashsalt": "regional-news-analysis",
    "svg.fonttype": "path",
    "path.simplify": True,
}


@contextmanager
def house_style() -> Iterator[None]:
    """Matplotlib's own defaults, then ours: the user's matplotlibrc never reaches a report."""
    with mpl.rc_context(), warnings.catch_warnings():
        # DejaVu lacks some scripts (Urdu's joined forms are there, Devanagari is not): a box, not a failure.
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from font", category=UserWarning)
        warnings.filterwarnings(
            "ignore", message=r"Matplotlib currently does not support", category=UserWarning
        )
        rc: Any = mpl.rcParams  # the stubs know every key by name; ours are computed
        rc.update({k: v for k, v in mpl.rcParamsDefault.items() if k not in _LEAVE})
        rc.update(RC)
        yield


_LEAVE = {
    "backend",
    "backend_fallback",
    "interactive",
    "toolbar",
    "timezone",
    "datapath",
    "webagg.open_in_browser",
}


def figure(*, height: float, width: float = WIDTH) -> Figure:
    """An empty figure of the house, laid out so that labels are never cut."""
    made = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(made)
    return made


def save_png(figure: Figure, target: Path | IO[bytes]) -> None:
    """Write a PNG without the version and date that would change its bytes."""
    with house_style():
        figure.savefig(target, format="png", dpi=DPI, metadata={"Software": None})


def save_svg(figure: Figure, target: Path | IO[bytes]) -> None:
    """Write an SVG with fixed ids and no date."""
    with house_style():
        figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None})


def title(figure: Figure, text: str) -> None:
    """The title of a figure, at its left edge whatever the names beside the axes take."""
    figure.suptitle(text, x=0.008, ha="left", fontsize=10, fontweight="bold")


def label(text: object, limit: int = 28) -> str:
    """A name fit for an axis: one line, no controls, shortened in the middle of nothing but its end."""
    line = "".join(c if unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"} else " " for c in str(text))
    line = " ".join(line.split()) or "(no name)"
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def compact(value: float) -> str:
    """A count in few characters: 950, 1.2k, 13k, 2.4M."""
    for size, unit in ((1e6, "M"), (1e3, "k")):
        if abs(value) >= size * 0.9995:
            scaled = value / size
            return f"{scaled:.1f}{unit}" if scaled < 9.95 else f"{scaled:.0f}{unit}"
    return f"{value:.0f}"


def month_number(month: str) -> int:
    """'2025-03' as months since year 0, so that missing months keep their place."""
    date = dt.date.fromisoformat(f"{month}-01")
    return date.year * 12 + date.month - 1


def month_name(number: int) -> str:
    """The inverse of `month_number`."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
