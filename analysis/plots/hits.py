"""Where the marks of a picture stand, and which rows of the result they are: what a click on a page is looked up in.

A drawing function says what it drew, in the coordinates of its axes (`points`, `boxes`); `hits` gives the places on
the finished picture. Not for drawing.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.plots import theme

Floats = npt.NDArray[np.float64]


class Hit(NamedTuple):
    """A mark: the row of the table, and its box as shares of the picture's width and height, from the top left."""

    row: int
    left: float
    top: float
    right: float
    bottom: float


class _Marks(NamedTuple):
    axes: Axes
    corners: Floats  # n x 4: x0, y0, x1, y1 in data coordinates
    rows: list[int]


def points(axes: Axes, x: Any, y: Any, rows: Iterable[int]) -> None:
    """Say that points were drawn: where, and of which rows of the result's table (counted from 0)."""
    at = np.column_stack([_numbers(axes.xaxis, x), _numbers(axes.yaxis, y)])
    _add(axes, np.hstack([at, at]), rows)


def boxes(axes: Axes, x0: Any, y0: Any, x1: Any, y1: Any, rows: Iterable[int]) -> None:
    """Say that boxes (bars, cells) were drawn: two opposite corners, and of which rows of the result's table."""
    corners = [
        _numbers(axes.xaxis, x0),
        _numbers(axes.yaxis, y0),
        _numbers(axes.xaxis, x1),
        _numbers(axes.yaxis, y1),
    ]
    _add(axes, np.column_stack(np.broadcast_arrays(*corners)), rows)


def hits(figure: Figure) -> list[Hit]:
    """Give the marks of a figure as it will be saved, in the order they were drawn; those out of sight are left out.

    Points are boxes without extent. The layout is settled here and kept: saving would settle it once more, and a little
    differently, so that marks would stand beside what they mark.
    """
    marks: list[_Marks] = getattr(figure, "_analysis_marks", [])
    if not marks:
        return []
    figure.set_dpi(theme.DPI)  # as it will be saved: letters are not as wide at another size
    for _ in range(2):  # ticks change with the first
        figure.draw_without_rendering()
    figure.set_layout_engine("none")
    width, height = (float(v) for v in figure.bbox.size)
    found = []
    for axes, corners, rows in marks:
        first = axes.transData.transform(corners[:, :2]) / (width, height)
        second = axes.transData.transform(corners[:, 2:]) / (width, height)
        low, high = np.minimum(first, second), np.maximum(first, second)
        for row, (a, b), (c, d) in zip(rows, low.tolist(), high.tolist(), strict=True):
            box = Hit(row, a, 1 - d, c, 1 - b)
            if np.isfinite(box[1:]).all() and c >= 0 and a <= 1 and d >= 0 and b <= 1:
                found.append(box)
    return found


def _numbers(axis: Any, values: Any) -> Floats:
    """Give coordinates as the axis counts them: days become numbers, names their places."""
    array = np.atleast_1d(np.asarray(values))
    if array.dtype.kind in "fiub":
        return array.astype(np.float64)
    return np.asarray(axis.convert_units(array), dtype=np.float64)


def _add(axes: Axes, corners: Floats, rows: Iterable[int]) -> None:
    figure: Any = axes.get_figure(root=True)
    if not hasattr(figure, "_analysis_marks"):
        figure._analysis_marks = []
    figure._analysis_marks.append(_Marks(axes, corners, [int(r) for r in rows]))
