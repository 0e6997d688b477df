"""What every reader takes and gives, and the register of readers.

A reader turns one file into records, *by reference*: `plan` cuts the file into chunks that are cheap to send
to another process, `read` streams one chunk. Not for deciding what a field means (that is `corpus/`), nor
for cleaning text (that is `text/`): a reader hands over every value as the string it was.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from analysis.errors import InputError, UnknownNameError, did_you_mean, message

RAW_CAP = 4096  # bytes of a rejected record that are kept
RECORD_CAP = 16 * 2**20  # the longest single record (a line, a row, a page) that is read
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/{1,2}[^/]", re.ASCII)


class Chunk(NamedTuple):
    """A piece of a file, by reference; `start`, `stop` in the reader's own units (0, 0: the whole file)."""

    path: str
    source: str
    reader: str
    start: int = 0
    stop: int = 0
    first_line: int = 1


class Record(NamedTuple):
    """One article as the file had it: raw field name -> the string it was. Absent values are left out."""

    fields: dict[str, str]
    line: int | None = None
    offset: int | None = None


class Reject(NamedTuple):
    """One record that could not be read: where, why, what to do, its first bytes and its true size."""

    line: int | None
    offset: int | None
    reason: str
    message: str
    raw: bytes
    size: int


class Notice(NamedTuple):
    """What a person should know about a file although nothing was lost (`times` times, first at `line`)."""

    code: str
    message: str
    line: int | None = None
    times: int = 1


Item = Record | Reject | Notice


class RefusedError(InputError):
    """Raised by `Reader.plan`: the whole file cannot be read. `reason` is a stable code."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason


class Reader(Protocol):
    """A kind of file. `suffixes` are lower case, with the dot; the longest that fits a name wins."""

    @property
    def name(self) -> str:
        """The registered name, which chunks carry."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The endings of file names this reader takes."""

    def plan(self, path: Path, source: str) -> list[Chunk]:
        """Cut a file into chunks, or raise `RefusedError`; a look at the head, not at the records."""

    def read(self, chunk: Chunk) -> Iterator[Item]:
        """Stream one chunk: every record of it becomes exactly one Record or one Reject."""


_REGISTER: dict[str, Reader] = {}


def register(reader: Reader) -> Reader:
    """Add a reader; one of the same name is replaced, and the latest registered wins a contested suffix."""
    _REGISTER.pop(reader.name, None)
    _REGISTER[reader.name] = reader
    return reader


def registered() -> tuple[Reader, ...]:
    """All readers in order of registration (a spawned process has to register anew what is not built in)."""
    return tuple(_REGISTER.values())


def reader_for(path: str | Path) -> Reader | None:
    """The reader that takes this file name, or None.

    >>> import analysis.readers
    >>> reader_for("Export.JSONL.gz").name
    'jsonl'
    >>> reader_for("photo.png") is None
    True
    """
    refuse_url(path)
    name = Path(path).name.lower()
    fits = [(len(s), i, r) for i, r in enumerate(registered()) for s in r.suffixes if name.endswith(s)]
    return max(fits, key=lambda fit: fit[:2])[2] if fits else None


def reader_named(name: str) -> Reader:
    """The reader registered under `name`."""
    try:
        return _REGISTER[name]
    except KeyError:
        hint = did_you_mean(name, list(_REGISTER)) or "Register it in this process too."
        raise UnknownNameError(message("no reader of this name", got=name, hint=hint)) from None


def read(chunk: Chunk) -> Iterator[Item]:
    """Read one chunk with its reader; a file that went away or became unreadable since is one Reject."""
    try:
        yield from reader_named(chunk.reader).read(chunk)
    except RefusedError as error:
        yield Reject(None, None, error.reason, str(error), b"", 0)
    except OSError as error:
        text = message(
            "the file could not be read to its end", got=str(error), hint="Check it and ingest again."
        )
        yield Reject(None, None, "unreadable", text, b"", 0)


def whole(path: Path, source: str, reader: str) -> list[Chunk]:
    """The plan of a file that is read in one piece."""
    return [Chunk(str(path), source, reader)]


def reject(
    reason: str,
    text: str,
    *,
    raw: bytes = b"",
    size: int | None = None,
    line: int | None = None,
    offset: int | None = None,
) -> Reject:
    """Build a Reject with its raw bytes capped."""
    return Reject(line, offset, reason, text, bytes(raw[:RAW_CAP]), len(raw) if size is None else size)


def refuse_url(path: str | Path) -> None:
    """Raise InputError for anything that looks like an address: nothing here ever fetches."""
    if _URL.match(str(path)) and not Path(path).exists():
        raise InputError(
            message(
                "readers take files, not URLs",
                got=str(path),
                hint="Download it first and give the path of the file.",
            )
        )


class Tally:
    """Counts repeated remarks of one chunk, so that each code becomes one Notice."""

    def __init__(self) -> None:
        self._seen: dict[str, Notice] = {}

    def add(self, code: str, text: str, *, line: int | None = None, times: int = 1) -> None:
        """Count a remark; the first text and line are kept."""
        old = self._seen.get(code)
        self._seen[code] = old._replace(times=old.times + times) if old else Notice(code, text, line, times)

    def notices(self) -> list[Notice]:
        """The notices in the order of their first appearance."""
        return list(self._seen.values())
