"""How a topic that did not hold still looks in every picture: its name says so, and its marks are hollow and warm."""

from typing import Any

import pandas as pd

from analysis.plots import theme

LOOSE = theme.WARM


def firm(row: Any) -> bool | None:
    """Whether a topic is stable; None where it was not checked."""
    return None if pd.isna(row.stable) else bool(row.stable)


def name(row: Any, limit: int = 34) -> str:
    """The name of a topic, with what is to be known of its stability."""
    known = firm(row)
    mark = "" if known else " (unstable)" if known is False else " (not checked)"
    return theme.label(row.label, limit) + mark


def colour(row: Any) -> str:
    """The colour of its marks."""
    return LOOSE if firm(row) is False else theme.STRONG


def each(table: pd.DataFrame) -> list[Any]:
    """One row a topic, in the order they come in."""
    return list(table.drop_duplicates("topic").itertuples(index=False))


def said(topics: list[Any]) -> str:
    """Say in the alt text which topics are unstable."""
    loose = [theme.label(t.label) for t in topics if firm(t) is False]
    if loose:
        return f"Unstable, and marked so: {', '.join(loose)}."
    return "Stability was not checked." if any(firm(t) is None for t in topics) else "All of them are stable."
