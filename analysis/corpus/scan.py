"""Reading the rows of a snapshot: tombstones left out, the user's corrections and metadata laid over, filters applied.

Work goes by reference (file and row group), so that any engine can run it. Not for choosing what to read: see `handle`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.corpus.encoded import TOKEN_COLUMNS, attach_tokens, with_corrected
from analysis.corpus.store import Snapshot, StoredFile
from analysis.fingerprint import content_hash
from analysis.schema import ARTICLE, STORY


class PartRef(NamedTuple):
    """A piece of work by reference: one row group of one file."""

    path: str
    row_group: int


@dataclass(frozen=True)
class Condition:
    """One filter: `field` is among `values`, or within `since`..`until`, or a pattern over the text."""

    kind: str  # among | dates | text | ids
    field: str = ""
    values: tuple[str | None, ...] = ()
    since: date | None = None
    until: date | None = None
    pattern: str = ""


@dataclass(frozen=True)
class View:
    """How rows are to be seen; picklable, and equal views give equal rows."""

    columns: tuple[str, ...]
    gone: Mapping[str, frozenset[str]] = field(default_factory=dict)
    corrections: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    metadata: pa.Table | None = None
    conditions: tuple[Condition, ...] = ()
    corrected_tokens: pa.Table | None = None
    stories: pa.Table | None = None


def parts_of(folder: Path, snapshot: Snapshot, table: str = "articles") -> list[PartRef]:
    """List the row groups of a table of a snapshot."""
    parts = []
    for stored in snapshot.of(table):
        path = folder / stored.name
        groups = pq.ParquetFile(path).metadata.num_row_groups
        parts += [PartRef(str(path), g) for g in range(groups)]
    return parts


def tombstones(folder: Path, snapshot: Snapshot) -> dict[str, frozenset[str]]:
    """Give, for each file, the ids of its rows that a later snapshot replaced."""
    gone: dict[str, set[str]] = {}
    for stored in snapshot.of("tombstones"):
        for row in pq.read_table(folder / stored.name).to_pylist():
            gone.setdefault(row["file"], set()).add(row["doc_id"])
    return {name: frozenset(ids) for name, ids in sorted(gone.items())}


def story_ids(folder: Path, snapshot: Snapshot) -> pa.Table:
    """Give the articles that belong to a story of two or more, and its `story_id`."""
    columns = ["doc_id", "story_id", "kind"]
    tables = [pq.read_table(folder / f.name, columns=columns) for f in snapshot.of("stories")]
    table = pa.concat_tables(tables) if tables else STORY.empty_table().select(columns)
    return table.filter(pc.not_equal(table["kind"], "bridge")).select(columns[:2]).combine_chunks()


def removal_tables(
    folder: Path, snapshot: Snapshot, *columns: str, doc_ids: Collection[str] | None = None
) -> Iterator[pa.Table]:
    """Give the removals file by file, those of replaced articles left out; `doc_ids` narrows to some articles."""
    gone = tombstones(folder, snapshot)
    for stored in snapshot.of("removals"):
        dead = gone.get(stored.name.replace("removals", "articles", 1))
        if doc_ids is not None:
            wanted = sorted(i for i in doc_ids if not dead or i not in dead)
            if wanted:
                found = _read_ids(folder / stored.name, wanted, wanted[0], wanted[-1] + "~")
                yield found.select(list(columns)) if columns else found
            continue
        table = pq.read_table(folder / stored.name, columns=list({"doc_id", *columns}) if columns else None)
        if dead:
            table = table.filter(
                pc.invert(pc.is_in(table["doc_id"], value_set=pa.array(sorted(dead), pa.string())))
            )
        yield table.select(list(columns)) if columns else table


def load(part: PartRef, *, view: View) -> Iterator[pa.RecordBatch]:
    """Read one part as the view sees it: at most one batch, with exactly the columns asked for."""
    if _tokens_only(part, view):
        yield from _beside(part, view.columns)
        return
    own = [c for c in view.columns if c in ARTICLE.names]
    needed = {"doc_id", *own}
    for condition in view.conditions:
        needed |= (
            {"title", "standfirst", "body"}
            if condition.kind == "text"
            else {condition.field} & set(ARTICLE.names)
        )
        needed |= {"published", "published_precision"} if condition.kind == "dates" else set()
    ordered = [c for c in ARTICLE.names if c in needed]
    with pq.ParquetFile(part.path) as file:
        if _cannot_hold(file, part.row_group, view.conditions):
            return
        table = file.read_row_group(part.row_group, columns=ordered, use_threads=False)
    tokens = tuple(c for c in view.columns if c in TOKEN_COLUMNS)
    if tokens:
        table = attach_tokens(table, Path(part.path), part.row_group, tokens)
    dead = view.gone.get(Path(part.path).name)
    if dead:
        table = table.filter(
            pc.invert(pc.is_in(table["doc_id"], value_set=pa.array(sorted(dead), pa.string())))
        )
    table = _corrected(table, view.corrections)
    if tokens:
        table = with_corrected(table, tokens, view.corrected_tokens)
    if view.metadata is not None:
        table = _joined(table, view.metadata)
    if "story_id" in view.columns:
        table = _with_story(table, view.stories)
    for condition in view.conditions:
        if not table.num_rows:
            return
        table = table.filter(mask(table, condition))
    table = table.select(list(view.columns)).combine_chunks()
    yield from table.to_batches()


def _tokens_only(part: PartRef, view: View) -> bool:
    """Say whether nothing of the articles file is needed: most questions are of tokens alone, and opening it costs."""
    return (
        {"doc_id"} >= set(view.columns) - set(TOKEN_COLUMNS)
        and any(c in TOKEN_COLUMNS for c in view.columns)
        and not (view.conditions or view.corrections or view.gone.get(Path(part.path).name))
    )


def _beside(part: PartRef, columns: tuple[str, ...]) -> Iterator[pa.RecordBatch]:
    """Read the rows of the segments file beside a part, whole."""
    path = Path(part.path)
    with pq.ParquetFile(path.with_name(path.name.replace("articles", "segments", 1))) as file:
        table = file.read_row_group(part.row_group, columns=list(columns), use_threads=False)
    yield from table.select(list(columns)).combine_chunks().to_batches()


def _cannot_hold(file: pq.ParquetFile, group: int, conditions: Sequence[Condition]) -> bool:
    """Say whether the ids of a row group (its first column, sorted) rule out every id asked for."""
    asked = [c.values for c in conditions if c.field == "doc_id"]
    stats = file.metadata.row_group(group).column(0).statistics if asked else None
    if stats is None or not stats.has_min_max:
        return False
    low, high = stats.min, stats.max
    return any(not any(v is not None and low <= v <= high for v in values) for values in asked)


def mask(table: pa.Table, condition: Condition) -> Any:
    """Say which rows of a table meet a condition."""
    if condition.kind in ("among", "ids"):
        column = table[condition.field]
        wanted = pa.array([v for v in condition.values if v is not None], column.type)
        found = pc.is_in(column, value_set=wanted)
        return pc.or_(found, pc.is_null(column)) if None in condition.values else found
    if condition.kind == "dates":
        column = table["published"]
        ok = pc.is_valid(column)
        if condition.since is not None:
            ok = pc.and_(ok, pc.fill_null(pc.greater_equal(column, pa.scalar(condition.since)), False))
        if condition.until is not None:
            ok = pc.and_(ok, pc.fill_null(pc.less_equal(column, pa.scalar(condition.until)), False))
        return ok
    found = None
    for name in ("title", "standfirst", "body"):
        hit = pc.fill_null(pc.match_substring_regex(table[name], condition.pattern), False)
        found = hit if found is None else pc.or_(found, hit)
    return found


def stored_rows(
    folder: Path,
    stored: Sequence[StoredFile],
    gone: Mapping[str, frozenset[str]],
    ids: Collection[str],
    low: str,
    high: str,
) -> Iterator[dict[str, Any]]:
    """Give whole articles already stored, those of `ids`, each with its file and its removals."""
    for file in (f for f in stored if f.table == "articles"):
        dead = gone.get(file.name, frozenset())
        wanted = sorted(i for i in ids if i not in dead)
        table = _read_ids(folder / file.name, wanted, low, high)
        if not table.num_rows:
            continue
        label = file.name.removeprefix("articles-")
        removals: dict[str, list[dict[str, Any]]] = {}
        if any(f.name == f"removals-{label}" for f in stored):
            for row in _read_ids(folder / f"removals-{label}", wanted, low, high).to_pylist():
                removals.setdefault(row["doc_id"], []).append(row)
        for row in table.to_pylist(maps_as_pydicts="lossy"):
            yield row | {"file": file.name, "removals": removals.get(row["doc_id"], [])}


def _read_ids(path: Path, wanted: list[str], low: str, high: str) -> pa.Table:
    """Read the rows of some ids, passing over row groups that cannot hold them."""
    with pq.ParquetFile(path) as file:
        meta = file.metadata
        tables = []
        for g in range(meta.num_row_groups):
            stats = meta.row_group(g).column(0).statistics
            if stats is None or not stats.has_min_max or (stats.max >= low and stats.min < high):
                table = file.read_row_group(g, use_threads=False)
                table = table.filter(pc.is_in(table["doc_id"], value_set=pa.array(wanted, pa.string())))
                if table.num_rows:
                    tables.append(table)
        return pa.concat_tables(tables) if tables else file.schema_arrow.empty_table()


def _corrected(table: pa.Table, corrections: Mapping[str, Mapping[str, Any]]) -> pa.Table:
    """Lay the user's corrections over; the content hash changes with them."""
    if not corrections or not table.num_rows:
        return table
    rows = np.flatnonzero(
        pc.is_in(table["doc_id"], value_set=pa.array(sorted(corrections), pa.string())).to_numpy()
    )
    if not len(rows):
        return table
    ids = table["doc_id"].take(pa.array(rows)).to_pylist()
    for name in table.column_names:
        changed = {
            int(i): corrections[d][name] for i, d in zip(rows, ids, strict=True) if name in corrections[d]
        }
        if name == "content_hash":
            old = dict(zip(map(int, rows), table[name].take(pa.array(rows)).to_pylist(), strict=True))
            changed = {
                int(i): content_hash(
                    old[int(i)].hex(), *(f"{k}={v}" for k, v in sorted(corrections[d].items()))
                )
                for i, d in zip(rows, ids, strict=True)
            }
        if changed:
            values = table[name].to_pylist()
            for i, value in changed.items():
                values[i] = value
            column = pa.chunked_array([pa.array(values, table.schema.field(name).type)])
            table = table.set_column(table.schema.get_field_index(name), table.schema.field(name), column)
    return table


def _with_story(table: pa.Table, stories: pa.Table | None) -> pa.Table:
    """Add `story_id`: that of the story, or the article's own id where it is in none."""
    own = table["doc_id"]
    if stories is not None and stories.num_rows:
        at = pc.index_in(own, value_set=stories["doc_id"].combine_chunks()).combine_chunks()
        own = pc.coalesce(stories["story_id"].combine_chunks().take(at), own.combine_chunks())
    return table.append_column("story_id", own)


def _joined(table: pa.Table, metadata: pa.Table) -> pa.Table:
    """Add the columns of `metadata.csv` by `doc_id`, keeping the order of rows."""
    at = pc.index_in(table["doc_id"], value_set=metadata["doc_id"].combine_chunks())
    for name in metadata.column_names:
        if name != "doc_id":
            table = table.append_column(name, metadata[name].combine_chunks().take(at.combine_chunks()))
    return table
