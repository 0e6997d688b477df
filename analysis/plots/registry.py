"""Which picture belongs to which kind of result.

Adding one: write a module with a function of a Result that returns a Figure, and a line here.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from analysis.errors import InputError, choose, message
from analysis.plots import bars, coverage, grids, heatmap, lines, series, split, strip
from analysis.plots.theme import house_style

if TYPE_CHECKING:
    from analysis.result import Result

Draw = Callable[["Result"], Figure]
SHAPES: dict[str, dict[str, Draw]] = {
    "accounting": {"bars": bars.accounting},
    "cleaning": {"heatmap": grids.cleaning, "bars": bars.cleaning},
    "composition": {"bars": split.composition},
    "coverage": {"grid": coverage.grid},
    "date_quality": {"bars": bars.date_quality},
    "duplicates": {"bars": bars.duplicates},
    "field_coverage": {"heatmap": heatmap.field_coverage},
    "flags": {"heatmap": grids.flags},
    "languages": {"bars": bars.languages},
    "lengths": {"strip": strip.lengths},
    "outlet_months": {"heatmap": heatmap.outlet_months, "lines": lines.outlet_months},
    "reject_reasons": {"bars": bars.reject_reasons},
    "trend": {"lines": series.trend, "together": series.together},
}


def draw(result: "Result", *, shape: str | None = None) -> Figure:
    """Draw a result in one of its shapes; the figure carries its alt text as `alt`."""
    shapes = SHAPES.get(result.kind)
    if shapes is None:
        expected = "one of " + ", ".join(sorted(SHAPES))
        raise InputError(
            message("there is no picture for this kind of result", got=result.kind, expected=expected)
        )
    if not len(result.table):
        raise InputError(message(f"the result {result.kind!r} has no rows to draw"))
    name = next(iter(shapes)) if shape is None else choose("shape", shape, shapes)
    with house_style():
        return shapes[name](result)


def describe(result: "Result", *, shape: str | None = None) -> str:
    """The alt text of the picture `draw` makes."""
    return str(getattr(draw(result, shape=shape), "alt", ""))
