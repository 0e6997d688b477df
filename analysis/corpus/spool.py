"""The first half of an ingest: read a chunk of a source, prepare its records, and set them down by `doc_id`.

Records of one article share a `doc_id`, so the second half (`settle`) meets all of them in one range of ids and
nothing about single articles has to be kept in memory. Not for cleaning: that needs what was learned from all chunks.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from analysis.corpus.config import Config
from analysis.corpus.fields import FieldMap
from analysis.corpus.links import link_key
from analysis.corpus.outlets import outlet_key
from analysis.fingerprint import doc_id
from analysis.readers import Chunk, Record, Reject, read
from analysis.text.base import DateCandidate, Raw
from analysis.text.clean import Survey, prepare

_ROWS = 1024  # records held at once, and in one spool file
_BATCH = 64  # the grain in which `settle` reads them back

_TEXT = ("title", "standfirst", "body", "outlet", "agency", "section", "author", "language", "link")
_STRINGS = pa.list_(pa.string())
SPOOL = pa.schema(
    [("doc_id", pa.string())]
    + [(name, pa.string()) for name in _TEXT]
    + [("kinds", _STRINGS), ("dates", _STRINGS), ("pasted", pa.bool_()), ("steps", _STRINGS)]
    + [("source_file", pa.string()), ("source_line", pa.int64()), ("source_offset", pa.int64())]
    + [("raw_fields", pa.map_(pa.string(), pa.string()))]
)


class Spooled(NamedTuple):
    """A file of prepared records, sorted by id; `firsts` has the first id of each batch."""

    path: str
    firsts: tuple[str, ...]


@dataclass(frozen=True)
class ChunkReport:
    """What reading one chunk came to."""

    source: str
    records: int
    spooled: tuple[Spooled, ...]
    rejects: tuple[tuple[int | None, int | None, str, str, bytes, int], ...]
    notices: tuple[tuple[str, str], ...]
    columns: Counter[tuple[str, tuple[str, ...]]]
    outlets: Counter[str]
    survey: Survey = field(repr=False)


def identity(raw: Raw, config: Config) -> str:
    """Give the id of an article: its link, else outlet, dates and text."""
    if raw.link:
        return doc_id("link", link_key(raw.link, number_in_path=config.number_in_path))
    dates = "|".join(d.text for d in raw.dates if d.kind != "retrieved")
    return doc_id("text", outlet_key(raw.outlet), dates, raw.title, raw.body)


def spool_chunk(task: tuple[int, Chunk], *, config: Config, folder: str) -> ChunkReport:
    """Read and prepare one chunk; a top-level function, so that a spawned process can run it."""
    number, chunk = task
    fields = FieldMap(config)
    survey = Survey()
    columns: Counter[tuple[str, tuple[str, ...]]] = Counter()
    outlets: Counter[str] = Counter()
    notices: list[tuple[str, str]] = []
    rejects: list[tuple[int | None, int | None, str, str, bytes, int]] = []
    spooled: list[Spooled] = []
    rows: list[tuple[Any, ...]] = []
    records = 0
    for found in read(chunk):
        if isinstance(found, Reject):
            records += 1
            rejects.append(
                (
                    found.line,
                    found.offset,
                    found.reason,
                    found.message,
                    found.raw if len(rejects) < 20_000 else b"",
                    found.size,
                )
            )
            continue
        if not isinstance(found, Record):
            notices.append(
                (found.code, found.message if found.line is None else f"line {found.line}: {found.message}")
            )
            continue
        records += 1
        names = tuple(found.fields)
        raw, kept = fields.map(found.fields, chunk.source)
        raw = prepare(raw)
        identifier = identity(raw, config)
        columns[(chunk.source, names)] += 1
        outlets[raw.outlet or ""] += 1
        if raw.body:
            survey.add(replace(raw, outlet=outlet_key(raw.outlet)), int(identifier[:16], 16))
        rows.append(_row(identifier, raw, kept, chunk.source, found.line, found.offset))
        if len(rows) >= _ROWS:
            spooled.append(_write(rows, Path(folder) / f"{number:06d}-{len(spooled):04d}.arrow"))
            rows.clear()
    if rows:
        spooled.append(_write(rows, Path(folder) / f"{number:06d}-{len(spooled):04d}.arrow"))
    return ChunkReport(
        chunk.source, records, tuple(spooled), tuple(rejects), tuple(notices), columns, outlets, survey
    )


def read_range(spooled: Sequence[Spooled], low: str, high: str) -> Iterator[pa.RecordBatch]:
    """Read back the rows with `low <= doc_id < high`, holding one batch at a time."""
    for file in spooled:
        # The last batch that starts at or before `low` may reach into the range.
        begin = max((i for i, first in enumerate(file.firsts) if first <= low), default=0)
        wanted = [i for i in range(begin, len(file.firsts)) if file.firsts[i] < high]
        if not wanted:
            continue
        with pa.OSFile(file.path) as source, pa.ipc.open_file(source) as reader:
            for i in wanted:
                batch = reader.get_batch(i)
                ids = batch.column(0)
                inside = pc.and_(pc.greater_equal(ids, low), pc.less(ids, high))
                batch = batch.filter(inside)
                if batch.num_rows:
                    yield batch


def to_raw(row: dict[str, Any]) -> Raw:
    """Rebuild the prepared article from a row of a spool file."""
    return Raw(
        **{name: row[name] for name in _TEXT},
        dates=tuple(DateCandidate(k, t) for k, t in zip(row["kinds"], row["dates"], strict=True)),
        pasted=row["pasted"],
        steps=tuple(row["steps"]),
    )


def _row(
    identifier: str, raw: Raw, kept: dict[str, str], source: str, line: int | None, offset: int | None
) -> tuple[Any, ...]:
    return (
        identifier,
        *(getattr(raw, name) for name in _TEXT),
        [d.kind for d in raw.dates],
        [d.text for d in raw.dates],
        raw.pasted,
        list(raw.steps),
        source,
        line,
        offset,
        [(_utf8(k), _utf8(v)) for k, v in kept.items()],
    )


def _utf8(text: str) -> str:
    """Arrow holds no lone surrogates."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _write(rows: list[tuple[Any, ...]], path: Path) -> Spooled:
    rows.sort(key=lambda r: (r[0], r[-4], r[-3] or 0))
    columns: Iterable[tuple[Any, ...]] = zip(*rows, strict=True)
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, SPOOL, strict=True)]
    batch = pa.record_batch(arrays, schema=SPOOL)
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, SPOOL, options=options) as writer:
        for start in range(0, len(rows), _BATCH):
            writer.write_batch(batch.slice(start, _BATCH))
    pa.default_memory_pool().release_unused()  # else the pool keeps the largest batch it ever saw
    return Spooled(str(path), tuple(rows[i][0] for i in range(0, len(rows), _BATCH)))
