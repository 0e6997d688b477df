"""What opens on a page behind a mark or a row: the articles, what each adds, exact totals, and sentences.

A result is opened while its notebook runs, where its corpus is known; the page gets plain data. Not for the page's
script (`page/evidence.js`), nor for evidence in a notebook (`an.evidence`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis import escape
from analysis.errors import SelectionError
from analysis.measures.rate import PER
from analysis.report.opened import FOLDER, as_json
from analysis.report.tables import MAX_CHARS, is_missing, text_of
from analysis.result import Result
from analysis.result.files import write_whole
from analysis.tracing.behind import SIDES, Asked, Behind, Trace
from analysis.tracing.evidence import rows_behind
from analysis.tracing.quotes import quotes
from analysis.tracing.registry import TRACES, trace_of

MOST_ARTICLES = 20  # of a row on the page; the file beside it has all
MOST_QUOTES = 5
FEWEST_ARTICLES = 5
ON_A_PAGE = (
    10_000  # articles of one result, over all its rows: a table of thousands of rows shows fewer of each
)
MOST_LINES = 2_000_000  # of the file: beyond it the articles without a numerator are one line a row and side
MOST_ROWS = 4_000  # of a result that open on the page, those drawn first
_BLOCK = 50  # rows looked up at a time: with 100,000 articles each, a quarter of a gigabyte
_PER_WORDS = frozenset({"term_frequency", "keyness", "dispersion_parts"})
_NUMBERS = (
    "numerator",
    "denominator",
    "term_freq",
    "doc_freq",
    "estimate",
    "effect",
    "n_docs",
    "joint",
    "freq",
)


def keep_evidence(
    result: Result,
    name: str,
    folder: Path,
    rows: Sequence[int],
    *,
    text: bool = True,
    table: pd.DataFrame | None = None,
) -> int:
    """Write the evidence of some rows: the articles as Parquet, what the page shows as JSON; return how many rows open.

    Parameters
    ----------
    result
        Any result; of kinds whose rows are not made of articles, nothing is written.
    name
        The name under which it is shown.
    folder
        Of the report.
    rows
        Those drawn or listed, counted from 0.
    text
        False leaves out every word of an article: headlines and sentences.
    table
        The rows as they are shown, from which they are named; None for the result's own.
    """
    if result.kind not in TRACES or result.source is None or not len(rows):
        return 0
    try:
        result, asked, trace = trace_of(result)
    except SelectionError:  # made from another result, which was not kept
        return 0
    wanted = sorted(list(dict.fromkeys(rows))[:MOST_ROWS])
    page = _page(result if table is None else replace(result, table=table), asked, trace, wanted, text=text)
    every = _all_of(result, trace, wanted, page)
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    write_whole(folder / FOLDER / f"{name}.json", as_json(page).encode())
    _parquet(every, folder / FOLDER / f"{name}.parquet")
    return len(page["rows"])


def _all_of(result: Result, trace: Trace, rows: list[int], page: dict[str, Any]) -> pd.DataFrame:
    """List the articles of the rows that open; too many to list, those without a numerator are one line a row."""
    n = sum(side["n_docs"] for entry in page["rows"].values() for side in entry["sides"])
    return rows_behind(result, trace, rows, every=n <= MOST_LINES).table


def _page(result: Result, asked: Asked, trace: Trace, rows: list[int], *, text: bool) -> dict[str, Any]:
    """What the page shows of each row."""
    listed: dict[int, Any] = {}
    top: dict[int, list[str]] = {}
    most = min(MOST_ARTICLES, max(FEWEST_ARTICLES, ON_A_PAGE // len(rows)))
    n_quotes = MOST_QUOTES if most == MOST_ARTICLES else 1
    for first in range(0, len(rows), _BLOCK):
        block = rows[first : first + _BLOCK]
        for row in block:
            listed[row] = {
                "label": _label(result.table.iloc[row]), "shown": _shown(result.table.iloc[row]), "sides": [],
            }  # fmt: skip
        for row, side in _by_side(trace.behind(np.array(block, dtype=np.int64))):
            some, shown = _side(side, trace, most)
            listed[row]["sides"].append(shown)
            top[row] = [*top.get(row, []), *some[:n_quotes]]
    said = quotes(asked.corpus, trace, top) if text else {}
    for (row, doc_id), pieces in sorted(said.items()):
        listed[row].setdefault("quotes", {})[doc_id] = [list(p) for p in pieces]
    ids = sorted({a[0] for entry in listed.values() for side in entry["sides"] for a in side["articles"]})
    return {
        "kind": result.kind, "unit": result.unit, "scale": _scale(result, asked.measured),
        "notes": [text_of(n) for n in trace.notes], "rows": {str(r): e for r, e in listed.items() if e["sides"]},
        "articles": _facts(asked, ids, text=text),
    }  # fmt: skip


def _by_side(found: Behind) -> Iterator[tuple[int, Behind]]:
    """Cut what stands behind some rows into its rows and sides, in order."""
    key = found.row * len(SIDES) + found.side
    order = np.argsort(key, kind="stable")
    bounds = np.flatnonzero(np.diff(key[order], prepend=-1, append=-1))
    for start, stop in pairwise(bounds.tolist()):
        own = order[start:stop]
        yield int(found.row[own[0]]), found.at(own)


def _side(side: Behind, trace: Trace, most: int) -> tuple[list[str], dict[str, Any]]:
    """Give the articles of one side that have a numerator, those that add most first, and what the page shows of it."""
    order = np.lexsort((side.doc, -np.abs(side.weight * side.numerator)))[:most].tolist()
    ids = [str(trace.doc_ids[side.doc[j]]) for j in order]
    shown = {
        "side": SIDES[int(side.side[0])], "n_docs": int(side.row.size), "n_hits": int((side.numerator != 0).sum()),
        "numerator": _plain(float((side.weight * side.numerator).sum())),
        "denominator": _plain(float((side.weight * side.denominator).sum())),
        "articles": [
            [i, *(_plain(float(v[j])) for v in (side.numerator, side.denominator, side.weight))]
            for i, j in zip(ids, order, strict=True)
        ],
    }  # fmt: skip
    return [i for i, j in zip(ids, order, strict=True) if side.numerator[j] != 0], shown


def _scale(result: Result, measured: object) -> float:
    """What a ratio is multiplied by to be the number of the table."""
    if result.kind in _PER_WORDS:
        return float(PER)
    if isinstance(measured, Mapping):
        measured = next(iter(measured.values()), None)
    return float(getattr(measured, "scale", 1.0))


def _facts(asked: Asked, ids: list[str], *, text: bool) -> dict[str, list[str | None]]:
    """Outlet, day, headline and link of some articles."""
    if not ids:
        return {}
    table = asked.corpus.where(doc_id=ids).articles(["outlet", "published", "title", "link"])
    facts = {}
    for doc_id, outlet, day, title, link in table[
        ["doc_id", "outlet", "published", "title", "link"]
    ].itertuples(index=False):
        shown = None if is_missing(title) or not text else text_of(title)[:MAX_CHARS]
        safe = link if isinstance(link, str) and escape.link(link) is not None else None
        facts[str(doc_id)] = [
            None if is_missing(outlet) else text_of(outlet),
            None if is_missing(day) else str(day)[:10],
            shown,
            safe,
        ]
    return facts


def _label(row: "pd.Series[Any]") -> str:
    """Name a row by what it is of: its texts and days, in the order of the columns."""
    said = []
    for column, value in row.items():
        if column in ("doc_id", "link", "left", "right", "headline") or is_missing(value):
            continue
        if isinstance(value, pd.Timestamp):
            said.append(str(value)[:10])
        elif isinstance(value, str):
            said.append(text_of(value)[:60])
    return ", ".join(said[:4]) or f"row {row.name}"


def _shown(row: "pd.Series[Any]") -> dict[str, float]:
    """The numbers of the row that its articles add up to."""
    return {c: _plain(float(row[c])) for c in _NUMBERS if c in row.index and not is_missing(row[c])}  # type: ignore[misc]


def _plain(value: float) -> float | int | None:
    if not np.isfinite(value):
        return None
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _parquet(table: pd.DataFrame, path: Path) -> None:
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    held = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(table, preserve_index=False), held, compression="zstd")
    write_whole(path, held.getvalue())
