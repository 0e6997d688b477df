"""The text of an ingest as integers: encoded range by range, then numbered by one vocabulary.

A range numbers the forms it meets by itself; when all ranges are there, the new forms get the next free ids in their
sorted order, so that the same articles give the same numbers however the work was cut. Not for cutting text into
tokens: that is `analysis.text`; nor for reading what was stored: that is `encoded`.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.corpus.packed import bits, integers, read_integers
from analysis.corpus.store import Snapshot, StoredFile, write_table
from analysis.schema import SEGMENTS, TYPE
from analysis.text.segments import encode, segments
from analysis.text.segments_features import type_features

_AT_ONCE = 512  # articles encoded together


class EncodedRange(NamedTuple):
    """The encoded articles of one range in a file of the spool, and the forms its numbers stand for."""

    path: str
    types: str
    label: str


class Text(NamedTuple):
    """What is encoded of one article."""

    doc_id: str
    title: str | None
    standfirst: str | None
    body: str | None
    language: str | None


def encode_range(texts: Iterable[Text], spool: Path, label: str) -> EncodedRange | None:
    """Encode the articles of a range into a file of the spool; None where there are none."""
    forms: dict[str, int] = {}
    found = EncodedRange(str(spool / f"{label}.segments"), str(spool / f"{label}.types"), label)
    rows = 0
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.OSFile(found.path, "wb") as sink, pa.ipc.new_file(sink, SEGMENTS, options=options) as writer:
        for some in _batches(texts):
            table, types = encode_texts(some)
            ids = np.fromiter((forms.setdefault(t, len(forms)) for t in types), np.int32, len(types))
            writer.write_table(renumbered(table, ids))
            rows += table.num_rows
    if not rows:
        return None
    with pa.OSFile(found.types, "wb") as sink:
        table = pa.table({"form": pa.array(list(forms), pa.string())})
        with pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
    return found


def encode_texts(some: Sequence[Text]) -> tuple[pa.Table, list[str]]:
    """Encode articles: rows of `schema.SEGMENTS` whose ids are places in the forms that come with them."""
    n = len(some)
    encoded = encode(
        [part for t in some for part in (t.title, t.standfirst, t.body)],
        [t.language for t in some for _ in range(3)],
        titles=[part == 0 for _ in some for part in range(3)],
    )
    cut = segments(encoded)
    tokens = encoded.text_offsets[::3].astype(np.int64)
    seg_first = np.searchsorted(cut.seg_text, np.arange(0, 3 * n + 1, 3)).astype(np.int32)
    per_segment = pa.array(seg_first)
    lists = {
        "seg_part": (cut.seg_text % 3).astype(np.int8),
        "seg_sentence": cut.seg_sentence.astype(np.int32),
        "seg_voice": cut.seg_voice.astype(np.int8),
        "seg_start": cut.seg_start.astype(np.int32),
        "seg_end": cut.seg_end.astype(np.int32),
        "seg_tokens": cut.seg_n_tokens.astype(np.int32),
    }
    columns = {
        "doc_id": pa.array([t.doc_id for t in some], pa.string()),
        "type_ids": integers(encoded.type_ids, tokens),
        "space_before": bits(encoded.space_before, tokens),
        **{name: pa.ListArray.from_arrays(per_segment, pa.array(values)) for name, values in lists.items()},
    }
    arrays = [columns[name] for name in SEGMENTS.names]
    return pa.Table.from_arrays(arrays, schema=SEGMENTS), encoded.types.to_pylist()


def renumbered(table: pa.Table, ids: "np.ndarray[tuple[int], np.dtype[np.int32]]") -> pa.Table:
    """Put `ids[old]` in the place of each type id."""
    chunks = []
    for chunk in table["type_ids"].chunks:
        values, bounds = read_integers(chunk)
        chunks.append(integers(ids[values] if len(values) else values, bounds))
    return table.set_column(1, SEGMENTS.field("type_ids"), pa.chunked_array(chunks, pa.binary()))


def vocabulary(folder: Path, base: Snapshot | None) -> pa.Array:
    """Give the forms a snapshot knows, in the order of their ids."""
    tables = [read_types(folder / f.name, "form") for f in (base.of("types") if base else ())]
    column = pa.concat_tables(tables)["form"] if tables else pa.chunked_array([], pa.string())
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def read_types(path: Path, column: str) -> pa.Table:
    """Read a column of a file of forms (`pq.read_table` would import pandas first, which takes a second)."""
    with pq.ParquetFile(path) as file:
        return file.read(columns=[column], use_threads=False)


def extend_vocabulary(
    folder: Path, spool: Path, base: Snapshot | None, ranges: Sequence[EncodedRange], label: str
) -> tuple[Path, StoredFile | None]:
    """Give new forms their ids: a file of the spool with all forms, and the stored file of the new ones."""
    known = vocabulary(folder, base)
    met = pa.chunked_array([_forms(r.types) for r in ranges], pa.string()).unique()
    new = met.filter(pc.invert(pc.is_in(met, value_set=known)))
    new = new.take(pc.sort_indices(new.cast(pa.binary()))).cast(pa.string())
    path = spool / "vocabulary"
    with pa.OSFile(str(path), "wb") as sink:
        table = pa.table({"form": pa.chunked_array([known, new], pa.string())})
        with pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table.combine_chunks())
    if not len(new):
        return path, None
    ids = pa.array(np.arange(len(known), len(known) + len(new), dtype=np.int32))
    kinds = pa.array(type_features(new).classes.astype(np.int8))
    return path, write_table(folder, "types", label, [pa.Table.from_arrays([ids, new, kinds], schema=TYPE)])


def store_range(encoded: EncodedRange, *, folder: str, forms: str) -> StoredFile | None:
    """Number an encoded range by the vocabulary and store it; a top-level function for a spawned process."""
    ids = pc.index_in(_forms(encoded.types), value_set=_forms(forms))
    numbers = ids.to_numpy(zero_copy_only=False).astype(np.int32)

    def tables() -> Iterator[pa.Table]:
        with pa.OSFile(encoded.path) as source, pa.ipc.open_file(source) as reader:
            for i in range(0, reader.num_record_batches, 2):
                pair = [reader.get_batch(j) for j in range(i, min(i + 2, reader.num_record_batches))]
                yield renumbered(pa.Table.from_batches(pair), numbers).combine_chunks()

    return write_table(Path(folder), "segments", encoded.label, tables())


def _batches(texts: Iterable[Text]) -> Iterator[list[Text]]:
    some: list[Text] = []
    for text in texts:
        some.append(text)
        if len(some) == _AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _forms(path: str) -> pa.Array:
    with pa.memory_map(path) as source, pa.ipc.open_file(source) as reader:
        column = reader.read_all()["form"]
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
