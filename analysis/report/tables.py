"""A table as escaped HTML for a report (its files are written by `Result.save`).

Whatever stands in a cell is text: it is escaped, shortened, and keeps its own writing direction. The script
of the page sorts and filters these tables (`data-v` is what it sorts by, `data-row` the row's place in the saved
table); without it they are still whole.
"""

import datetime as dt
import math
from typing import Any

import numpy as np
import pandas as pd

from analysis import escape

MAX_ROWS = 200
MAX_CHARS = 240
_CONTROLS = {i: chr(0x2400 + i) for i in range(32) if i not in (9, 10, 13)} | {127: "\u2421"}
_FILED = frozenset({"signature"})  # what a machine looks up, and no one reads


def table_html(table: pd.DataFrame, *, name: str = "", max_rows: int = MAX_ROWS) -> str:
    """Render a DataFrame as one escaped `<table>`; long tables show their first rows and say so."""
    if not len(table):
        return '<p class="cut">No rows: there is nothing of this kind here.</p>'
    shown = table.head(max_rows)
    empty = [c for c in shown.columns if len(shown.columns) > 1 and table[c].isna().all()]
    filed = [c for c in shown.columns if c in _FILED]
    shown = shown.drop(columns=[*empty, *filed])
    numeric = [
        pd.api.types.is_numeric_dtype(shown[c]) and not pd.api.types.is_bool_dtype(shown[c]) for c in shown
    ]
    head = "".join(
        f'<th class="{"num" if is_number else "txt"}" scope="col">{_words(column)}</th>'
        for column, is_number in zip(shown.columns, numeric, strict=True)
    )
    columns = [
        [_cell(value, str(c), is_number) for value in shown[c]]
        for c, is_number in zip(shown.columns, numeric, strict=True)
    ]
    rows = "".join(
        f'<tr data-row="{place}">' + "".join(cells) + "</tr>"
        for place, cells in enumerate(zip(*columns, strict=True))
    )
    cut = ""
    if len(table) > len(shown):
        where = f"; all of them are in tables/{escape.text(name)}.csv" if name else ""
        cut = f'<p class="cut">The first {len(shown):,} of {len(table):,} rows{where}.</p>'
    if empty:
        cut += f'<p class="cut">Columns without a value here: {", ".join(_words(c) for c in empty)}.</p>'
    if filed:
        cut += f'<p class="cut">In the file only: {", ".join(_words(c) for c in filed)}.</p>'
    return (
        f'<div class="table"><table class="data"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{cut}"
    )


def text_of(value: Any) -> str:
    """Any cell as printable text: controls made visible, broken surrogates replaced, bytes decoded."""
    text = value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)
    return text.encode("utf-8", "replace").decode("utf-8").translate(_CONTROLS)


def number(value: float, column: str = "") -> str:
    """A number as a reader wants it: thousands apart, shares in percent, no false precision."""
    if column == "share" or column.startswith("share_") or column.endswith("_share"):
        return f"{100 * value:.1f} %"
    if float(value).is_integer() and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:.3g}"


def is_missing(value: Any) -> bool:
    """True for None, NaN and pandas' NA; never for a list or an array."""
    return value is None or (bool(pd.isna(value)) if pd.api.types.is_scalar(value) else False)


def _words(column: Any) -> str:
    return escape.text(text_of(column).replace("_", " "))


def _cell(value: Any, column: str, is_number: bool) -> str:
    """One `<td>`; the sort key of a number is the number itself."""
    if is_missing(value):
        return '<td class="null" data-v="">–</td>'
    if isinstance(value, bool | np.bool_):
        value = "yes" if value else "no"
    if is_number:
        key = repr(float(value)) if math.isfinite(float(value)) else ""
        return f'<td class="num" data-v="{key}">{number(float(value), column)}</td>'
    if isinstance(value, dt.date | dt.datetime):
        value = value.isoformat()[:10]
    text = text_of(value)
    short = text if len(text) <= MAX_CHARS else text[:MAX_CHARS] + "…"
    # A short name, a date or an id is not broken over lines.
    kind = (
        "txt tight" if len(short) <= (16 if " " in short else 20) else "txt long" if " " in short else "txt"
    )
    return f'<td class="{kind}" dir="auto">{escape.text(short)}</td>'
