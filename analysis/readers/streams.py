"""Bytes off the disk in bounded memory: gzip unpacked safely, lines cut at the newline and nowhere else.

Not for characters: `encodings` turns bytes into text. `str.splitlines` is never used, because U+2028 and
U+0085 are data inside a line.
"""

import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from analysis.readers.base import RAW_CAP, RECORD_CAP

BLOCK = 2**20
BOMB_BYTES = 64 * 2**20  # a gzip file may unpack to this much whatever its ratio
BOMB_RATIO = 200  # text packs 3 to 10 times; a bomb about 1,000 times
_GZIP = b"\x1f\x8b"


class StreamError(Exception):
    """The stream ended early; `reason` is a reject code. What came before it is sound."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason
        self.partial: Line | None = None  # the line that was being read


class Line(NamedTuple):
    """One line without its newline; of one longer than the cap only the first bytes, beside its true size."""

    number: int
    offset: int
    data: bytes
    size: int

    @property
    def whole(self) -> bool:
        """Whether `data` is the whole line."""
        return self.size == len(self.data)


def blocks(path: str | Path, start: int = 0, stop: int = 0) -> Iterator[bytes]:
    """Stream a file in blocks, unpacking gzip (known by its first bytes, not its name); `stop=0`: the end."""
    with Path(path).open("rb") as file:
        packed = file.read(2) == _GZIP
        file.seek(start)
        yield from _unpacked(file) if packed else _plain(file, stop - start if stop else None)


def head(path: str | Path, size: int = 65536) -> bytes:
    """The first bytes of a file, unpacked; never raises for a damaged gzip file."""
    out = b""
    try:
        for block in blocks(path):
            out += block
            if len(out) >= size:
                break
    except StreamError:
        pass
    return out[:size]


def whole_file(path: str | Path, cap: int) -> tuple[bytes, int, StreamError | None]:
    """Read up to `cap` bytes (unpacked), the size seen, and the error that ended the stream early, if any."""
    kept = bytearray()
    size = 0
    try:
        for block in blocks(path):
            size += len(block)
            kept += block[: max(0, cap - len(kept))]
    except StreamError as error:
        return bytes(kept), size, error
    return bytes(kept), size, None


def lines(
    source: Iterable[bytes],
    *,
    number: int = 1,
    offset: int = 0,
    newline: bytes = b"\n",
    cap: int = RECORD_CAP,
    blank: bool = True,
) -> Iterator[Line]:
    """Cut blocks into lines. Too long a line is not held; `blank=False` skips empty ones.

    A StreamError carries the unfinished line as `partial`: half a record must not pass for a whole one.
    """
    width = len(newline)
    rest = b""  # the unfinished line, from its unit `dropped` on
    prefix = b""  # the first bytes of a line that is too long
    dropped = 0
    try:
        for block in source:
            pieces = _split(rest + block, newline)
            rest = pieces.pop()
            for data in pieces:
                if not (data or blank or dropped):  # a bomb may be made of newlines
                    number += 1
                    offset += width
                    continue
                size = dropped + len(data)
                kept = (prefix or data)[:RAW_CAP] if size > cap else data
                yield Line(number, offset, kept, size)
                number += 1
                offset += size + width
                prefix, dropped = b"", 0
            if len(rest) > cap:
                prefix = prefix or rest[:RAW_CAP]
                keep = len(rest) % width
                dropped += len(rest) - keep
                rest = rest[len(rest) - keep :]
    except StreamError as error:
        error.partial = Line(number, offset, (prefix or rest)[:RAW_CAP], dropped + len(rest))
        raise
    if rest or dropped:
        size = dropped + len(rest)
        yield Line(number, offset, rest if size <= cap else (prefix or rest)[:RAW_CAP], size)


def _split(data: bytes, newline: bytes) -> list[bytes]:
    """Split at newlines that start on a character (UTF-16 newlines are two bytes wide)."""
    width = len(newline)
    pieces = data.split(newline)
    if width == 1 or all(len(piece) % width == 0 for piece in pieces[:-1]):
        return pieces
    out = [pieces[0]]
    for piece in pieces[1:]:
        if len(out[-1]) % width:
            out[-1] += newline + piece
        else:
            out.append(piece)
    return out


def _plain(file: BinaryIO, left: int | None) -> Iterator[bytes]:
    """The bytes of an unpacked file, at most `left` of them."""
    while left is None or left > 0:
        block = file.read(BLOCK if left is None else min(BLOCK, left))
        if not block:
            return
        if left is not None:
            left -= len(block)
        yield block


def _unpacked(file: BinaryIO) -> Iterator[bytes]:
    """Unpack gzip members one after another; damage raises StreamError after all sound bytes."""
    member = zlib.decompressobj(wbits=31)
    taken = given = 0
    before = member
    data = b""
    try:
        while True:
            if not data:
                data = file.read(BLOCK)
                taken += len(data)
            if member.eof:
                data = data.lstrip(b"\0")  # padding after the last member
                if not data and not (data := file.read(BLOCK).lstrip(b"\0")):
                    return
                member = zlib.decompressobj(wbits=31)
            if not data:
                raise StreamError("truncated_gzip", _TRUNCATED)
            before = member.copy()  # zlib gives nothing of a step that fails
            out = member.decompress(data, BLOCK)
            data = member.unused_data if member.eof else member.unconsumed_tail
            given += len(out)
            if given > BOMB_BYTES and given > BOMB_RATIO * taken:
                raise StreamError("gzip_bomb", _BOMB)
            if out:
                yield out
    except zlib.error as error:
        yield b"".join(_salvaged(before, data))
        raise StreamError("bad_gzip", f"{_DAMAGED} ({error})") from error


def _salvaged(member: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    """What a step that failed gave before it failed, byte by byte."""
    with suppress(zlib.error):
        for i in range(len(data)):
            yield member.decompress(data[i : i + 1])


_TRUNCATED = "The gzip file is cut off. What came before is kept; copy or download the file again."
_DAMAGED = "The gzip file is damaged from here on. What came before is kept; get the file again."
_BOMB = (
    f"The gzip file unpacks to more than {BOMB_RATIO} times its size: reading stopped. If it is text, "
    "unpack it yourself (`gunzip`) and give the unpacked file."
)
