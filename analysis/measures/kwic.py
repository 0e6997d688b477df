"""The contexts of hits as a table, and as lines with the hits below each other.

Not for reading them (`kwic_read`); the measure that returns them is `concordance`.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from analysis.escape import attribute, link, text
from analysis.measures.kwic_read import FIELDS, Lines
from analysis.schema import PARTS, VOICES

if TYPE_CHECKING:
    import pandas as pd

_SHOWN = 200


def table_of(lines: Lines, order: Any, window: int, forms: pa.Array) -> "pd.DataFrame":
    """Give the lines as a table, in this order."""
    import pandas as pd

    types, spaces, length = lines.types[order], lines.spaces[order], lines.length[order]
    words = forms.take(pa.array(np.maximum(types, 0).ravel())).to_pylist()
    width = types.shape[1]
    left, hit, right = [], [], []
    for i in range(len(types)):
        row = words[i * width : (i + 1) * width]
        pieces = [
            (" " if space else "") + form if kind >= 0 else ""
            for form, kind, space in zip(row, types[i], spaces[i], strict=True)
        ]
        end = window + length[i]
        left.append("".join(pieces[:window]).strip())
        hit.append("".join(pieces[window:end]).strip())
        right.append("".join(pieces[end:]).strip())
    fields = lines.fields.take(pa.array(order))
    text_of = {n: pd.Series(fields[n].to_pylist(), dtype="str") for n in FIELDS if n != "published"}
    days = np.array(fields["published"].to_pylist(), dtype="datetime64[us]")
    return pd.DataFrame(
        {
            "doc_id": text_of["doc_id"],
            "outlet": text_of["outlet"],
            "published": days,
            "headline": text_of["title"],
            "part": pd.Series([PARTS[p] for p in lines.part[order]], dtype="str"),
            "voice": pd.Series([VOICES[v] for v in lines.voice[order]], dtype="str"),
            "left": pd.Series(left, dtype="str"),
            "hit": pd.Series(hit, dtype="str"),
            "right": pd.Series(right, dtype="str"),
            "token": lines.token[order].astype(np.int64),
            "link": text_of["link"],
        }
    )


@dataclass(frozen=True, eq=False)
class KwicLines:
    """Lines of a concordance, the hits below each other; every text in them escaped."""

    table: "pd.DataFrame"

    def _repr_html_(self) -> str:
        shown = self.table.head(_SHOWN).to_dict("records")
        rows = "\n".join(_row(r) for r in shown)
        more = len(self.table) - len(shown)
        rest = f"<p>… and {more:,} more lines.</p>" if more else ""
        return (
            '<div class="analysis-kwic"><table style="border-collapse:collapse;font-size:90%">\n'
            f"{rows}\n</table>{rest}</div>"
        )

    def __str__(self) -> str:
        width = 42
        return "\n".join(
            f"{str(r['left'])[-width:]:>{width}}  [{r['hit']}]  {str(r['right'])[:width]}"
            for r in self.table.head(_SHOWN).to_dict("records")
        )


def _row(row: dict[Any, Any]) -> str:
    """Set one line: left context to the right, the hit marked, then where it is from."""
    from pandas import isna

    plain = {name: None if isna(value) else value for name, value in row.items()}
    day = plain["published"].date().isoformat() if plain["published"] is not None else "no date"
    headline = text(plain["headline"] or plain["doc_id"])
    url = link(plain["link"])
    if url:
        headline = f'<a href="{url}" rel="noopener noreferrer">{headline}</a>'
    return (
        f'<tr data-doc-id="{attribute(plain["doc_id"])}">'
        f'<td dir="auto" style="text-align:right">{text(plain["left"])}</td>'
        f'<td dir="auto" class="tight" style="text-align:center;white-space:nowrap">'
        f"<mark>{text(plain['hit'])}</mark></td>"
        f'<td dir="auto" style="text-align:left">{text(plain["right"])}</td>'
        f'<td style="text-align:left">{text(plain["outlet"])}, {day}, {text(plain["voice"])}: {headline}</td></tr>'
    )
