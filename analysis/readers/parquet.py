"""Parquet, by slices of rows: one column batch at a time, so that a huge file never stands in memory whole.

Not for checking what a column means: a renamed column comes under its new name, a retyped one as the string
of its value, and the field map of the corpus says what is missing.
"""

import math
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from analysis.readers.base import Chunk, Item, Record, RefusedError, Tally, reject
from analysis.readers.jsonvalues import compact

SLICE = 4000
BATCH = 1000
_BAD = (
    "The Parquet file is damaged or not Parquet ({}). Write it again; a copy that broke off looks like this."
)


class Parquet:
    """A table of columns. Chunk units are row numbers, from 0."""

    name = "parquet"
    suffixes = (".parquet", ".pq")

    def plan(self, path: Path, source: str) -> list[Chunk]:
        """Cut every row group into slices."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            with pq.ParquetFile(path) as file:
                schema = file.schema_arrow
                sizes = [file.metadata.row_group(i).num_rows for i in range(file.metadata.num_row_groups)]
        except (pa.ArrowException, OSError) as error:
            raise RefusedError("bad_parquet", _BAD.format(_first(error))) from error
        if not any(_may_be_text(field.type) for field in schema):
            what = ", ".join(schema.names[:8]) or "none"
            raise RefusedError(
                "no_text_column", f"No column holds text (columns: {what}). Is this a file of articles?"
            )
        if not sum(sizes):
            raise RefusedError("empty_file", "The Parquet file has no rows. Export it again or delete it.")
        chunks, begin = [], 0
        for size in sizes:
            for low in range(begin, begin + size, SLICE):
                high = min(low + SLICE, begin + size)
                chunks.append(Chunk(str(path), source, self.name, low, high, low + 1))
            begin += size
        return chunks

    def read(self, chunk: Chunk) -> Iterator[Item]:
        """Stream the rows of a slice; rows that cannot be decoded are rejected one by one."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        tally = Tally()
        row = chunk.start
        try:
            with pq.ParquetFile(chunk.path) as file:
                for batch in _batches(file, chunk.start, chunk.stop):
                    for fields in _rows(batch, tally):
                        row += 1
                        yield Record(fields, row)
        except (pa.ArrowException, OSError) as error:
            text = _BAD.format(_first(error))
            for number in range(row + 1, chunk.stop + 1):
                yield reject("bad_parquet", text, line=number)
        yield from tally.notices()


def _batches(file: Any, start: int, stop: int) -> Iterator[Any]:
    """The rows from `start` to `stop` in small batches; row groups before and after are not touched."""
    begin = 0
    for group in range(file.metadata.num_row_groups):
        end = begin + file.metadata.row_group(group).num_rows
        if begin < stop and end > start:
            at = begin
            for batch in file.iter_batches(batch_size=BATCH, row_groups=[group], use_threads=False):
                low, high = max(start - at, 0), min(stop - at, len(batch))
                if low < high:
                    yield batch.slice(low, high - low)
                at += len(batch)
                if at >= stop:
                    break
        begin = end


def _rows(batch: Any, tally: Tally) -> Iterator[dict[str, str]]:
    """The rows of a batch as fields; null and NaN are left out."""
    columns = []
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        values = _strings(column)
        if values is None:
            tally.add("binary_column_skipped", f"The column {name!r} holds binary data and was left out.")
        else:
            columns.append((name, values))
    for i in range(len(batch)):
        yield {name: value for name, values in columns if (value := values[i]) is not None}


def _strings(column: Any) -> list[str | None] | None:
    """A column as strings, or None where it is binary."""
    import pyarrow as pa

    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        try:
            return [None if v is None else v.decode() for v in column.to_pylist()]
        except UnicodeDecodeError:
            return None
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        column = column.cast(pa.timestamp("us", kind.tz), safe=False)
    return [_string(value) for value in column.to_pylist()]


def _string(value: Any) -> str | None:
    """One value as the string it stands for."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, float):
        return None if math.isnan(value) else repr(value)
    if isinstance(value, (list, dict, tuple)):
        return compact(value)
    return str(value)


def _may_be_text(kind: Any) -> bool:
    """Whether a column type can hold an article."""
    import pyarrow as pa

    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return any(
        test(kind)
        for test in (
            pa.types.is_string,
            pa.types.is_large_string,
            pa.types.is_string_view,
            pa.types.is_binary,
            pa.types.is_large_binary,
        )
    )


def _first(error: Exception) -> str:
    """The first line of an Arrow error."""
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__
