"""The contexts of hits: reading them, sorting them, and setting them as aligned lines.

Not for finding hits (`analysis.terms.matching`); the measure that returns them is `concordance`.
"""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.corpus.encoded import TokenBatch
from analysis.corpus.scan import View, load
from analysis.escape import attribute, link, text
from analysis.schema import PARTS, VOICES
from analysis.terms.forms import numpy
from analysis.terms.matching import BatchHits, Finder

if TYPE_CHECKING:
    import pandas as pd

    from analysis.terms.atoms import Lookup

Ints = npt.NDArray[np.int32]
FIELDS = ("doc_id", "outlet", "published", "title", "link")
_SEGMENTS = ("seg_tokens", "seg_part", "seg_voice")
_SHOWN = 200


class Lines(NamedTuple):
    """Hits with their contexts: fields of the article (Arrow), and arrays by hit.

    `types` (int32) and `spaces` (bool) are n_hits x (window + longest + window); the hit begins at column `window`,
    and -1 stands where there is nothing of the same part.
    """

    fields: pa.Table
    token: Ints
    length: Ints
    part: Ints
    voice: Ints
    types: Ints
    spaces: npt.NDArray[np.bool_]


def read_part(part: Any, *, finder: Finder, first: View | None, view: View, window: int) -> list[Lines]:
    """Read the hits of one part; with `first`, all columns only where a first word of the pattern is."""
    if first is not None and not any(
        finder.may_begin(TokenBatch.of(b).type_ids) for b in load(part, view=first)
    ):
        return []
    found = []
    for batch in load(part, view=view):
        tokens = TokenBatch.of(batch)
        hits = finder(batch, tokens)
        if len(hits.doc):
            found.append(_lines(tokens, hits, finder, window))
    return found


def _lines(tokens: TokenBatch, hits: BatchHits, finder: Finder, window: int) -> Lines:
    ids, first = tokens.type_ids, tokens.doc_tokens
    segment = np.searchsorted(tokens.seg_first[1:], hits.token, side="right")
    part = tokens.seg_part[segment]
    # The edges of the part a hit stands in: where the article or the part of a segment changes.
    changes = np.flatnonzero(np.diff(tokens.seg_part)) + 1
    edges = np.unique(np.concatenate([first, tokens.seg_first[changes]]))
    low = edges[np.searchsorted(edges, hits.token, side="right") - 1]
    high = edges[np.searchsorted(edges, hits.token, side="right")]
    offsets = np.arange(-window, finder.words.shape[1] + window)
    place = hits.token[:, None] + offsets[None, :]
    last = np.minimum(high, hits.token + hits.length + window)
    inside = (place >= low[:, None]) & (place < last[:, None])
    place = np.where(inside, place, 0)
    return Lines(
        fields=pa.Table.from_batches([tokens.batch.select(list(FIELDS))]).take(pa.array(hits.doc)),
        token=(hits.token - first[hits.doc]).astype(np.int32),
        length=hits.length,
        part=part.astype(np.int32),
        voice=tokens.seg_voice[segment].astype(np.int32),
        types=np.where(inside, ids[place], -1).astype(np.int32),
        spaces=tokens.space_before[place] & inside,
    )


def readers(corpus: Any, finder: Finder, window: int) -> Any:
    """Give the function that reads one part.

    Where the first part holds what a hit may begin with, most parts will, and each is read once, whole; else it is
    asked first. The lines are the same.
    """
    columns = dict.fromkeys((*FIELDS, *finder.columns, "type_ids", "space_before", *_SEGMENTS))
    first, parts = corpus.view("type_ids"), corpus.parts()
    common = bool(parts) and any(
        finder.may_begin(TokenBatch.of(b).type_ids) for b in load(parts[0], view=first)
    )
    view = corpus.view(*columns)
    return partial(read_part, finder=finder, first=None if common else first, view=view, window=window)


def joined(parts: list[Lines], width: int) -> Lines:
    """Put the lines of all parts together."""
    if not parts:
        fields = pa.table({n: pa.array([], pa.date32() if n == "published" else pa.string()) for n in FIELDS})
        none = np.empty(0, np.int32)
        empty = np.empty((0, width), np.int32)
        return Lines(fields, none, none, none, none, empty, empty.astype(np.bool_))
    return Lines(
        pa.concat_tables([p.fields for p in parts]).combine_chunks(),
        *(np.concatenate([getattr(p, name) for p in parts]) for name in Lines._fields[1:]),
    )


def ordered(lines: Lines, keys: list[str], window: int, forms: "Lookup") -> npt.NDArray[np.int64]:
    """Give the order of the lines: by the keys, then by article and place."""
    ids = numpy(pc.rank(lines.fields["doc_id"], tiebreaker="dense"), np.int64)
    columns = [lines.token, ids]
    for key in reversed(keys):
        if key == "date":
            days = lines.fields["published"].combine_chunks().cast(pa.int32())
            columns.append(numpy(pc.fill_null(days, 2**31 - 1), np.int64))  # undated ones last
        elif key == "outlet":
            columns.append(numpy(pc.rank(lines.fields["outlet"], tiebreaker="dense"), np.int64))
        elif key != "position":
            columns.append(_nth_word(lines, key, window, forms))
    order: npt.NDArray[np.int64] = np.lexsort(columns)
    return order


def _nth_word(lines: Lines, key: str, window: int, forms: "Lookup") -> npt.NDArray[np.int64]:
    """Give the rank of the n-th word to the left or right of the hit; lines without one come first."""
    n = int(key[1])
    types = lines.types
    word = (types >= 0) & (forms.kinds[types] <= 1)
    columns = np.arange(types.shape[1])
    if key[0] == "L":
        word &= columns < window
        nth = np.cumsum(word[:, ::-1], axis=1)[:, ::-1]
    else:
        word &= columns >= window + lines.length[:, None]
        nth = np.cumsum(word, axis=1)
    at = np.argmax(word & (nth == n), axis=1)
    there = (word & (nth == n)).any(axis=1)
    plain = forms.plain
    rank = numpy(pc.rank(plain.dictionary.cast(pa.binary()), tiebreaker="dense"), np.int64)
    code = numpy(plain.indices, np.int64)
    return np.where(there, rank[code[types[np.arange(len(types)), at]]], 0)


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
