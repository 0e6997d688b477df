"""A result as a notebook shows it: a plain table, everything in it escaped, its notes below.

Not for reports, which have their own pages, and not for pictures.
"""

import datetime as dt
import math
from typing import TYPE_CHECKING, Any

from analysis.escape import note, text

if TYPE_CHECKING:
    import pandas as pd

    from analysis.result.result import Result

MOST_ROWS = 60


def html(result: "Result") -> str:
    """Return a result as HTML: at most 60 rows, and how many more there are."""
    head = result.table.head(MOST_ROWS)
    more = len(result.table) - len(head)
    pieces = [
        '<div class="analysis-result">',
        f"<p><strong>{text(result.kind)}</strong>, {text(result.unit)}</p>",
        _table(head),
        f"<p>… and {more:,} more rows.</p>" if more else "",
        "<ul>" + "".join(f"<li>{note(said)}</li>" for said in result.notes) + "</ul>" if result.notes else "",
        result.exhibit._repr_html_() if result.exhibit is not None else "",
        f"<p><small><code>{text(result.signature)}</code></small></p>",
        "</div>",
    ]
    return "\n".join(piece for piece in pieces if piece)


def _table(table: "pd.DataFrame") -> str:
    """Return the rows; numbers stand to the right."""
    head = "".join(f"<th>{text(name)}</th>" for name in table.columns)
    columns = [[_cell(value) for value in table[name].astype(object).tolist()] for name in table.columns]
    rows = ["<tr>" + "".join(cells) + "</tr>" for cells in zip(*columns, strict=True)]
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody>\n</table>"


def _cell(value: Any) -> str:
    """Return one cell; a null is an empty one, never 0."""
    import pandas as pd

    if pd.api.types.is_scalar(value) and pd.isna(value):
        return "<td></td>"
    if isinstance(value, bool):
        return f"<td>{'yes' if value else 'no'}</td>"
    if isinstance(value, int | float):
        return f'<td style="text-align:right">{_number(value)}</td>'
    if isinstance(value, dt.datetime) and value.time() == dt.time() and value.tzinfo is None:
        value = value.date()
    return f'<td style="text-align:left">{text(value)}</td>'


def _number(value: float) -> str:
    """Return a number as a reader wants it: five significant digits, thousands apart."""
    if isinstance(value, int) or not math.isfinite(value):
        return f"{value:,}"
    return f"{value:,.0f}" if abs(value) >= 1e5 else f"{value:.5g}"
