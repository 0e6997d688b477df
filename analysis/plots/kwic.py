"""Key word in context as a printed page has it: the hits below each other, their company on either side.

Texts that run from right to left have what precedes the hit on its right, as a reader of them expects.
"""

import unicodedata
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis.plots import hits, theme

if TYPE_CHECKING:
    from analysis.result import Result

MAX_LINES = 40
_HIT = 30
_SIZE = 7.5
_EM = 0.0083  # of the width of a page, for one character of this size
_CENTRE, _END = 0.4, 0.785  # where hits stand, and where outlets begin


def concordance(result: "Result") -> Figure:
    """The first lines of a concordance, hits in the middle, outlet and day at the end."""
    rows = result.table.head(MAX_LINES)
    figure = theme.figure(height=0.75 + 0.185 * len(rows))
    axes = figure.subplots()
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    hits.boxes(axes, 0.0, np.arange(len(rows)) - 0.5, 1.0, np.arange(len(rows)) + 0.5, rows.index)
    found = [theme.label(h, _HIT) for h in rows["hit"]]
    half = max(len(h) for h in found) * _EM / 2 + 0.008
    room = [max(8, int(w / _EM)) for w in (_CENTRE - half, _END - _CENTRE - half)]
    lines = zip(found, rows["left"], rows["right"], rows["outlet"], rows["published"], strict=True)
    for y, (hit, before, after, outlet, day) in enumerate(lines):
        if _right_to_left(hit):
            left, right = _start(after, room[0]), _end(before, room[1])
        else:
            left, right = _end(before, room[0]), _start(after, room[1])
        if y % 2:
            axes.axhspan(y - 0.5, y + 0.5, color=theme.EMPTY, alpha=0.6, linewidth=0)
        axes.text(_CENTRE - half, y, left, ha="right", va="center", fontsize=_SIZE)
        axes.text(
            _CENTRE, y, hit, ha="center", va="center", fontsize=_SIZE, fontweight="bold", color=theme.STRONG
        )
        axes.text(_CENTRE + half, y, right, ha="left", va="center", fontsize=_SIZE)
        axes.text(1, y, _where(outlet, day), ha="right", va="center", fontsize=6.2, color=theme.QUIET)
    pattern = theme.label(result.params.get("pattern", ""), 60)
    theme.title(figure, f"In its lines: {pattern}")
    rest = len(result.table) - len(rows)
    if rest > 0:
        figure.supxlabel(
            f"The first {len(rows)} of the {len(result.table):,} lines of the table.",
            fontsize=7.5,
            color=theme.QUIET,
        )
    figure.alt = (  # type: ignore[attr-defined]
        f"{len(rows)} lines of key word in context for {pattern}, from {rows['doc_id'].nunique()} articles; the"
        f" first: {theme.label(before_hit(rows.iloc[0]), 160)}"
    )
    return figure


def before_hit(row: "pd.Series[str]") -> str:
    """One line as running text."""
    return " ".join(str(row[name]) for name in ("left", "hit", "right"))


def _where(outlet: object, day: object) -> str:
    """Outlet and day, as far as known."""
    name = theme.label(outlet, 20) if isinstance(outlet, str) else ""
    date = "" if pd.isna(day) else f"{pd.Timestamp(day):%Y-%m-%d}"  # type: ignore[call-overload, arg-type]
    # Marks of direction: beside an Arabic name the day would be set from its end.
    return f"\u200e{name} \u200e{date}" if name and date else name or date


def _start(text: object, room: int) -> str:
    """The first words that fit."""
    return theme.label(text, room) if str(text).strip() else ""


def _end(text: object, room: int) -> str:
    """The last words that fit."""
    line = theme.label(text, 10_000) if str(text).strip() else ""
    return line if len(line) <= room else "…" + line[len(line) - room + 1 :].lstrip()


def _right_to_left(text: str) -> bool:
    """The direction of the first letter that has one."""
    kinds = (unicodedata.bidirectional(c) for c in text)
    return next((k != "L" for k in kinds if k in ("L", "R", "AL")), False)
