"""Which picture belongs to which kind of result.

Adding one: write a module with a function of a Result that returns a Figure, and a line here.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from analysis.errors import InputError, choose, message
from analysis.plots import (
    bars,
    coverage,
    grids,
    heatmap,
    keywords,
    kwic,
    lines,
    neighbours,
    scaling,
    series,
    split,
    spread,
    strip,
    terms,
    tone,
    voices,
)
from analysis.plots.fonts import dress
from analysis.plots.theme import QUIET, house_style

if TYPE_CHECKING:
    from analysis.result import Result

Draw = Callable[["Result"], Figure]
SHAPES: dict[str, dict[str, Draw]] = {
    "agreement": {"dots": tone.agreement},
    "accounting": {"bars": bars.accounting},
    "collocation": {"bars": neighbours.collocation},
    "cleaning": {"heatmap": grids.cleaning, "bars": bars.cleaning},
    "concordance": {"lines": kwic.concordance},
    "composition": {"bars": split.composition},
    "coverage": {"grid": coverage.grid},
    "date_quality": {"bars": bars.date_quality},
    "dispersion": {"dots": spread.dispersion},
    "dispersion_parts": {"strips": spread.dispersion_parts},
    "diversity": {"dots": spread.diversity},
    "duplicates": {"bars": bars.duplicates},
    "field_coverage": {"heatmap": heatmap.field_coverage},
    "flags": {"heatmap": grids.flags},
    "keyness": {
        "bars": keywords.keyness,
        "log_ratio": keywords.by_log_ratio,
        "log_odds": keywords.by_log_odds,
    },
    "languages": {"bars": bars.languages},
    "lengths": {"strip": strip.lengths},
    "outlet_months": {"heatmap": heatmap.outlet_months, "lines": lines.outlet_months},
    "reject_reasons": {"bars": bars.reject_reasons},
    "term_frequency": {"bars": terms.term_frequency},
    "tf_idf": {"bars": terms.tf_idf},
    "scaling_terms": {"scatter": scaling.scaling_terms},
    "speakers": {"bars": voices.speakers},
    "validation": {"dots": voices.validation},
    "coder_agreement": {"dots": voices.agreement},
    "tone_by_voice": {"lines": tone.by_voice},
    "tone_groups": {"dots": tone.groups},
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
        figure = shapes[name](result)
        lacking = dress(figure)
        if lacking:
            said = f"{lacking} texts are in letters that no font here has; the table shows them."
            figure.supxlabel(f"{figure.get_supxlabel()} {said}".strip(), fontsize=7.5, color=QUIET)
        return figure


def describe(result: "Result", *, shape: str | None = None) -> str:
    """The alt text of the picture `draw` makes."""
    return str(getattr(draw(result, shape=shape), "alt", ""))
