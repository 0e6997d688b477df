"""A corpus on disk: immutable Parquet files, and `corpus.json` as the only commit.

Files are written under a temporary name, flushed and renamed; then a new `corpus.json` is put in place the same
way. Whatever dies in between, the folder holds the old snapshot or the new one. Not for reading rows: see `scan`.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from analysis.errors import CorpusError, InputError, UnknownNameError, did_you_mean, message
from analysis.fingerprint import file_sha256
from analysis.schema import CLEANER_VERSION, SCHEMA_VERSION, TABLES

FORMAT = "regional-news-corpus"
COMMIT = "corpus.json"
ROW_GROUP = 1024
_PLAIN: dict[str, Any] = {"compression": "zstd", "compression_level": 1}
# Integers decode three times faster without a dictionary; least and greatest say something of ids alone.
_HOW: dict[str, dict[str, Any]] = {
    "segments": _PLAIN | {"use_dictionary": ["doc_id"], "write_statistics": ["doc_id"]}
}


@dataclass(frozen=True)
class StoredFile:
    """One immutable file of a snapshot."""

    name: str
    table: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True)
class Snapshot:
    """One committed state of a corpus: which files belong to it and what went in."""

    number: int
    fingerprint: str
    files: tuple[StoredFile, ...]
    counts: dict[str, int] = field(default_factory=dict)
    inputs: tuple[dict[str, Any], ...] = ()
    parameters: dict[str, Any] = field(default_factory=dict)
    knowledge: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    schema_version: int = SCHEMA_VERSION
    cleaner_version: int = CLEANER_VERSION

    @property
    def coded_by(self) -> str:
        """The versions that decide what a number over this content is: of the schema and of the encoder."""
        return f"{self.schema_version}.{self.parameters.get('encoder', 0)}"

    def of(self, table: str) -> tuple[StoredFile, ...]:
        """Give the files of one table, in order."""
        return tuple(f for f in self.files if f.table == table)

    def to_dict(self) -> dict[str, Any]:
        """Give plain values, for JSON."""
        return vars(self) | {
            "files": [vars(f) for f in self.files],
            "inputs": list(self.inputs),
            "notes": list(self.notes),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Snapshot":
        """Rebuild a snapshot from its JSON."""
        return cls(
            **data
            | {
                "files": tuple(StoredFile(**f) for f in data["files"]),
                "inputs": tuple(data["inputs"]),
                "notes": tuple(data["notes"]),
            }
        )


def resolve(name: str | os.PathLike[str]) -> Path:
    """Find a corpus by path, or by its folder's name under `corpus/` of the project.

    The project is the nearest folder upwards that holds `corpus/`; so the same name works from JupyterLab (which
    runs a notebook in its own folder), papermill and the command line.

    Raises
    ------
    UnknownNameError
        Where there is no such corpus; it names the nearest.
    """
    text = os.fspath(name)
    if "://" in text:
        raise InputError(message("a corpus is a folder, not an address", got=text, hint="Download it first."))
    if (Path(text) / COMMIT).is_file():
        return Path(text).resolve()
    known: list[str] = []
    start = Path.cwd().resolve()
    for folder in (start, *start.parents):
        shelf = folder / "corpus"
        if shelf.is_dir():
            if os.sep not in text and text not in ("", ".", "..") and (shelf / text / COMMIT).is_file():
                return (shelf / text).resolve()
            known += sorted(p.parent.name for p in shelf.glob(f"*/{COMMIT}"))
    have = (
        ("There are: " + ", ".join(known) + ".")
        if known
        else "None was found; make one with `analysis ingest SOURCE INTO`."
    )
    hint = did_you_mean(text, known) or have
    raise UnknownNameError(
        message(
            "there is no such corpus", got=text, expected="a folder with corpus.json, or its name", hint=hint
        )
    )


def snapshots(path: Path) -> list[Snapshot]:
    """Read every snapshot of a corpus, oldest first; an empty list where there is none yet."""
    commit = path / COMMIT
    if not commit.is_file():
        return []
    try:
        data = json.loads(commit.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise KeyError(data["format"])
        found = [Snapshot.from_dict(s) for s in data["snapshots"]]
    except (ValueError, KeyError, TypeError) as error:
        raise CorpusError(
            message(f"{commit} is not a corpus of ours", hint="Restore it, or ingest into a new folder.")
        ) from error
    newest = found[-1]
    if newest.schema_version != SCHEMA_VERSION:
        raise CorpusError(
            message(
                f"{path.name} was written with another schema",
                got=newest.schema_version,
                expected=f"version {SCHEMA_VERSION}",
                hint="Ingest the sources again into a new folder.",
            )
        )
    return found


def snapshot_of(path: Path, as_of: int | None = None) -> Snapshot:
    """Give the newest snapshot, or the one numbered `as_of`."""
    found = snapshots(path)
    if not found:
        raise CorpusError(
            message(
                "this folder is not a corpus",
                got=str(path),
                hint="Make one with `analysis ingest SOURCE INTO`.",
            )
        )
    if as_of is None:
        return found[-1]
    for snapshot in found:
        if snapshot.number == as_of:
            return snapshot
    numbers = ", ".join(str(s.number) for s in found)
    raise UnknownNameError(message("there is no such snapshot", got=as_of, expected=f"one of {numbers}"))


def commit(path: Path, snapshot: Snapshot) -> None:
    """Make `snapshot` the newest, in one step that either happened or did not."""
    earlier = snapshots(path)
    data = {"format": FORMAT, "snapshots": [s.to_dict() for s in (*earlier, snapshot)]}
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_atomically(path / COMMIT, text.encode("utf-8"))


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(path.parent)


def write_table(folder: Path, table: str, label: str, batches: Iterable[pa.Table]) -> StoredFile | None:
    """Write one Parquet file of `table` whole or not at all; nothing where there are no rows."""
    name = f"{table}-{label}.parquet"
    temporary = folder / f".{name}.{os.getpid()}.tmp"
    rows = 0
    try:
        with temporary.open("wb") as out:
            with pq.ParquetWriter(out, TABLES[table], **_HOW.get(table, _PLAIN)) as writer:
                for batch in batches:
                    rows += batch.num_rows
                    writer.write_table(batch, row_group_size=ROW_GROUP)
            out.flush()
            os.fsync(out.fileno())
        if not rows:
            temporary.unlink()
            return None
        stored = StoredFile(name, table, rows, temporary.stat().st_size, file_sha256(temporary))
        temporary.replace(folder / name)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(folder)
    return stored


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Hold the corpus for one writer; leavings of a writer that died are removed first."""
    path.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path / ".lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise CorpusError(
            message(f"{path.name} is being written by another process", hint="Wait for it to end.")
        ) from error
    try:
        remove_leavings(path)
        yield
    finally:
        lock.release()


def remove_leavings(path: Path) -> None:
    """Remove files no snapshot names: what a writer that died left behind. Only under the lock."""
    named = {f.name for s in snapshots(path) for f in s.files}
    for found in path.iterdir():
        ours = found.suffix == ".parquet" and found.name.split("-")[0] in TABLES
        if (ours and found.name not in named) or found.name.endswith(".tmp"):
            found.unlink()
        elif found.is_dir() and found.name.startswith(".spool-"):
            for left in sorted(found.iterdir()):
                left.unlink()
            found.rmdir()


def check(path: Path, snapshot: Snapshot) -> list[str]:
    """Compare every file of a snapshot with the commit; give what is wrong, one line each."""
    wrong = []
    for stored in snapshot.files:
        place = path / stored.name
        if not place.is_file():
            wrong.append(f"{stored.name} is missing")
        elif file_sha256(place) != stored.sha256:
            wrong.append(f"{stored.name} is not the file that was committed")
    return wrong


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
