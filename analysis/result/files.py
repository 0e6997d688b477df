"""A result on disk: CSV for a spreadsheet, Parquet for a program, JSON for what the table does not say.

Not for corpora. Writes nothing that the result does not hold: no time, no machine, no user.
"""

import hashlib
import io
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.errors import CorpusError, InputError, message
from analysis.escape import cell, filename, formula
from analysis.fingerprint import canonical_json

if TYPE_CHECKING:
    import pandas as pd

    from analysis.result.result import Result

FORMAT = 1


def save(result: "Result", folder: str | os.PathLike[str], *, name: str | None = None) -> None:
    """Write a result; see `Result.save`."""
    stem = result.kind if name is None else name
    if filename(stem) != stem.lower():
        raise InputError(
            message("`name` is not a plain file name", got=stem, hint=f"Try {filename(stem)!r}.")
        )
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    table = _parquet(result.table)
    facts = {
        "format": FORMAT,
        "kind": result.kind,
        "unit": result.unit,
        "params": result.params,
        "corpus_fingerprint": result.corpus_fingerprint,
        "notes": result.notes,
        "version": result.version,
        "signature": result.signature,
        "n_rows": len(result.table),
        "columns": {column: str(dtype) for column, dtype in result.table.dtypes.items()},
        "parquet_sha256": hashlib.sha256(table).hexdigest(),
    }
    shown = json.dumps(json.loads(canonical_json(facts)), indent=2, sort_keys=True, ensure_ascii=False)
    write_whole(target / f"{stem}.csv", csv_text(result.table).encode())
    write_whole(target / f"{stem}.parquet", table)
    write_whole(target / f"{stem}.json", f"{shown}\n".encode())  # last: it vouches for the other two


def load(folder: str | os.PathLike[str], *, name: str | None = None) -> "Result":
    """Read a result; see `Result.load`."""
    from analysis.result.result import Result

    facts_path = _facts_path(Path(folder), name)
    table_path = facts_path.with_suffix(".parquet")
    try:
        facts = json.loads(facts_path.read_text(encoding="utf-8"))
        data = table_path.read_bytes()
    except (OSError, ValueError) as error:
        raise CorpusError(
            message(f"The saved result {facts_path} cannot be read", hint=f"{error}.")
        ) from error
    if not isinstance(facts, dict) or facts.get("format") != FORMAT:
        raise CorpusError(message(f"{facts_path} is not a saved result", expected=f"format {FORMAT}"))
    if hashlib.sha256(data).hexdigest() != facts["parquet_sha256"]:
        raise CorpusError(
            message(
                f"{table_path} is not the table that was saved",
                hint="Run the measure again, and save it anew.",
            )
        )
    return Result(
        kind=facts["kind"],
        table=_read_parquet(data),
        unit=facts["unit"],
        params=facts["params"],
        corpus_fingerprint=facts["corpus_fingerprint"],
        notes=tuple(facts["notes"]),
        version=facts["version"],
    )


def csv_text(table: "pd.DataFrame") -> str:
    """Return a table as CSV: lines end in a newline, nulls are empty, and no cell of text is a formula."""
    import pandas as pd

    shown = table.copy()
    for column in shown.columns:
        if _is_text(shown[column]):
            values = [None if _is_null(v) else cell(_plain(v)) for v in shown[column].tolist()]
            shown[column] = pd.Series(
                values, index=shown.index, dtype=object
            )  # -1 among texts stays a number
    shown.columns = [formula(str(name)) for name in shown.columns]
    text: str = shown.to_csv(index=False, lineterminator="\n")
    return text


def write_whole(path: Path, data: bytes) -> None:
    """Put a file in place in one step: its readers see the old bytes or the new ones, and never a part."""
    descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """Return the user's mask: a temporary file is private, a saved table is as any other file."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _facts_path(folder: Path, name: str | None) -> Path:
    """Find the JSON of the result asked for."""
    if not folder.is_dir():
        raise InputError(message("There is no such folder", got=str(folder)))
    known = sorted(path.stem for path in folder.glob("*.json") if path.with_suffix(".parquet").exists())
    if name is None and len(known) == 1:
        return folder / f"{known[0]}.json"
    if name not in known:
        what = "The folder holds several results" if name is None and known else "There is no such result"
        raise InputError(
            message(what, got=name, expected="one of " + (", ".join(map(repr, known)) or "none"))
        )
    return folder / f"{name}.json"


def _parquet(table: "pd.DataFrame") -> bytes:
    """Return a table as the bytes of a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    try:
        pq.write_table(pa.Table.from_pandas(table, preserve_index=False), buffer, compression="zstd")
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as error:
        raise InputError(message("A column of the table cannot be saved", hint=f"{error}.")) from error
    return buffer.getvalue()


def _read_parquet(data: bytes) -> "pd.DataFrame":
    """Return the table of a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table: pd.DataFrame = pq.read_table(pa.BufferReader(data)).to_pandas()
    return table


def _is_text(column: "pd.Series[Any]") -> bool:
    """Tell whether a column may hold text: strings, categories, and objects of any kind."""
    import pandas as pd

    return isinstance(column.dtype, pd.CategoricalDtype) or not (
        pd.api.types.is_numeric_dtype(column.dtype)
        or pd.api.types.is_datetime64_any_dtype(column.dtype)
        or pd.api.types.is_timedelta64_dtype(column.dtype)
    )


def _plain(value: object) -> object:
    """Give one value of a text column; lists and mappings as JSON, truth as a word."""
    if isinstance(value, list | tuple | dict | np.ndarray):
        return canonical_json(value)
    if isinstance(value, np.generic):
        value = value.item()
    return str(value) if isinstance(value, bool) else value


def _is_null(value: object) -> bool:
    """Tell a null from a value; a list is a value."""
    import pandas as pd

    return bool(pd.api.types.is_scalar(value) and pd.isna(value))  # type: ignore[call-overload]
