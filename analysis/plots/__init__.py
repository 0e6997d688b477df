"""Every kind of result has one picture: `plot(result)`.

Pictures only draw: they take the table of a result as it is and measure nothing. Matplotlib is imported when
the first picture is drawn, so that `import analysis` stays quick.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from analysis.result import Result

__all__ = ["alt_text", "can_plot", "plot"]


def plot(result: "Result", *, shape: str | None = None) -> "Figure":
    """Draw a result.

    Parameters
    ----------
    result : Result
        Any result whose kind has a picture.
    shape : str, optional
        Which picture, where a kind has several; by default its first.

    Returns
    -------
    matplotlib.figure.Figure
        Not attached to pyplot; ``figure.alt`` says in words what it shows.

    Raises
    ------
    InputError
        If the kind has no picture, or not this shape, or the table has no rows.
    """
    from analysis.plots.registry import draw

    return draw(result, shape=shape)


def alt_text(result: "Result", *, shape: str | None = None) -> str:
    """Say in words what the picture of a result shows, for readers who do not see it."""
    from analysis.plots.registry import describe

    return describe(result, shape=shape)


def can_plot(result: "Result") -> bool:
    """True when there is a picture for this kind of result."""
    from analysis.plots.registry import SHAPES

    return result.kind in SHAPES
