"""Reading the encoded text of a corpus: arrays of one batch of articles, and the forms their integers stand for.

Not for making them (`encode`), nor for what a recipe makes of forms (`analysis.terms`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.corpus.encode import Text, encode_texts, read_types, renumbered, vocabulary
from analysis.corpus.packed import read_bits, read_integers
from analysis.corpus.store import Snapshot
from analysis.errors import CorpusError, message
from analysis.schema import ARTICLE, SEGMENTS, TEXT_FIELDS
from analysis.text.segments_features import type_features

TOKEN_COLUMNS = tuple(SEGMENTS.names[1:])
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Small = npt.NDArray[np.int8]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Encoding:
    """The forms of a corpus by their ids, and the encoded text of the articles whose text the user corrected."""

    forms: pa.Array
    kinds: Small
    corrected: pa.Table | None = None

    def __len__(self) -> int:
        return len(self.forms)


@dataclass(frozen=True, eq=False)
class TokenBatch:
    """The tokens and segments of some articles, as arrays; made from a record batch with `TOKEN_COLUMNS`.

    Attributes
    ----------
    batch
        The record batch itself, for the other columns asked for.
    type_ids
        int32, one a token, article after article.
    doc_tokens
        int64, n_docs + 1: the tokens of article i are `type_ids[doc_tokens[i]:doc_tokens[i + 1]]`.
    doc_segments
        int64, n_docs + 1: the segments of article i.
    seg_part, seg_sentence, seg_voice, seg_start, seg_end, seg_tokens
        One a segment, as in `schema.SEGMENTS`.
    """

    batch: pa.RecordBatch
    type_ids: Ints
    doc_tokens: Longs
    doc_segments: Longs
    seg_part: Small
    seg_sentence: Ints
    seg_voice: Small
    seg_start: Ints
    seg_end: Ints
    seg_tokens: Ints

    @classmethod
    def of(cls, batch: pa.RecordBatch) -> "TokenBatch":
        """Read the arrays of a batch; what the batch does not hold is empty."""
        ids, doc_tokens = np.empty(0, np.int32), np.zeros(batch.num_rows + 1, np.int64)
        if "type_ids" in batch.schema.names:
            ids, doc_tokens = read_integers(batch.column("type_ids"))
        _, doc_segments = _flat(batch, "seg_tokens", np.int32)
        small = {n: _flat(batch, n, np.int8)[0] for n in ("seg_part", "seg_voice")}
        wide = {
            n: _flat(batch, n, np.int32)[0] for n in ("seg_sentence", "seg_start", "seg_end", "seg_tokens")
        }
        return cls(
            batch=batch, type_ids=ids, doc_tokens=doc_tokens, doc_segments=doc_segments, **small, **wide
        )

    def __len__(self) -> int:
        return int(self.batch.num_rows)

    def space_before(self, doc: npt.NDArray[np.integer], token: npt.NDArray[np.integer]) -> Bools:
        """Say whether white space stands before some tokens, each given with its article (places in the batch)."""
        return read_bits(self.batch.column("space_before"), doc, token - self.doc_tokens[doc])

    @cached_property
    def spaces(self) -> Bools:
        """Whether white space stands before each token (bool); where only a few are asked about, see `space_before`."""
        return self.space_before(self.token_doc, np.arange(len(self.type_ids)))

    @cached_property
    def seg_first(self) -> Longs:
        """The first token of each segment (int64, one more than segments)."""
        return np.concatenate([[0], np.cumsum(self.seg_tokens, dtype=np.int64)])

    @cached_property
    def token_doc(self) -> Ints:
        """The article of each token (int32, its place in the batch)."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.doc_tokens))

    @cached_property
    def token_segment(self) -> Ints:
        """The segment of each token (int32, its place in the batch)."""
        return np.repeat(np.arange(len(self.seg_tokens), dtype=np.int32), self.seg_tokens)

    def in_scope(self, voices: tuple[int, ...] | None, parts: tuple[int, ...] | None) -> Bools | None:
        """Say which tokens stand in these voices and parts; None where all do."""
        chosen = np.ones(len(self.seg_tokens), dtype=np.bool_)
        if voices is not None:
            chosen &= np.isin(self.seg_voice, voices)
        if parts is not None:
            chosen &= np.isin(self.seg_part, parts)
        return None if chosen.all() else np.repeat(chosen, self.seg_tokens)


def encoding_of(folder: Path, snapshot: Snapshot, corrections: Mapping[str, Mapping[str, Any]]) -> Encoding:
    """Read the forms of a snapshot; articles whose text was corrected are encoded again, and may add forms."""
    forms = vocabulary(folder, snapshot)
    tables = [read_types(folder / f.name, "kind") for f in snapshot.of("types")]
    kinds = np.concatenate([t["kind"].to_numpy() for t in tables]) if tables else np.empty(0, np.int8)
    changed = sorted(d for d, fields in corrections.items() if {*TEXT_FIELDS, "language"} & fields.keys())
    rows = _articles(folder, snapshot, changed, corrections)
    if not rows:
        return Encoding(forms, kinds.astype(np.int8))
    table, own = encode_texts(rows)
    met = pa.array(own, pa.string())
    new = met.filter(pc.invert(pc.is_in(met, value_set=forms)))
    new = new.take(pc.sort_indices(new.cast(pa.binary())))
    every = pa.chunked_array([forms, new], pa.string()).combine_chunks()
    ids = pc.index_in(met, value_set=every).to_numpy(zero_copy_only=False).astype(np.int32)
    kinds = np.concatenate([kinds, type_features(new).classes]).astype(np.int8)
    return Encoding(every, kinds, renumbered(table, ids))


def attach_tokens(table: pa.Table, path: Path, row_group: int, columns: tuple[str, ...]) -> pa.Table:
    """Lay the encoded text of the file beside an articles file next to the rows of one of its row groups."""
    beside = path.with_name(path.name.replace("articles", "segments", 1))
    with pq.ParquetFile(beside) as file:
        tokens = file.read_row_group(row_group, columns=list(columns), use_threads=False)
    if tokens.num_rows != table.num_rows:
        raise CorpusError(
            message(
                f"{beside.name} does not fit {path.name}", hint="Ingest the sources again into a new folder."
            )
        )
    for name in columns:
        table = table.append_column(SEGMENTS.field(name), tokens[name])
    return table


def with_corrected(table: pa.Table, columns: tuple[str, ...], corrected: pa.Table | None) -> pa.Table:
    """Put the encoding of corrected articles in the place of the stored one."""
    if corrected is None or not table.num_rows:
        return table
    at = pc.index_in(table["doc_id"], value_set=corrected["doc_id"].combine_chunks())
    found = at.to_numpy(zero_copy_only=False)
    take = np.where(np.isnan(found), np.arange(table.num_rows), found + table.num_rows).astype(np.int64)
    for name in columns:
        both = pa.chunked_array([*table[name].chunks, *corrected[name].chunks]).combine_chunks()
        table = table.set_column(
            table.schema.get_field_index(name), SEGMENTS.field(name), both.take(pa.array(take))
        )
    return table


def _articles(
    folder: Path, snapshot: Snapshot, doc_ids: list[str], corrections: Mapping[str, Mapping[str, Any]]
) -> list[Text]:
    """Give the corrected texts of some articles."""
    if not doc_ids:
        return []
    names = [n for n in Text._fields if n in ARTICLE.names]
    found: dict[str, Text] = {}
    for stored in snapshot.of("articles"):  # later files replace earlier rows
        table = pq.read_table(folder / stored.name, columns=names, filters=[("doc_id", "in", doc_ids)])
        for row in table.to_pylist():
            row |= {k: v for k, v in corrections[row["doc_id"]].items() if k in names}
            found[row["doc_id"]] = Text(**row)
    return [found[d] for d in sorted(found)]


def _flat(batch: pa.RecordBatch, name: str, dtype: type) -> tuple[Any, Longs]:
    """Give the values of a list column without copying, and where each row begins among them."""
    if name not in batch.schema.names:
        return np.empty(0, dtype), np.zeros(batch.num_rows + 1, np.int64)
    column = batch.column(name)
    offsets = np.asarray(column.offsets, dtype=np.int64)
    values = column.values.to_numpy(zero_copy_only=False)[offsets[0] : offsets[-1]]
    return values.astype(dtype, copy=False), offsets - offsets[0]
