"""JSON lines (.jsonl, .ndjson, also .gz): one object a line, read in pieces of about 8 MB.

Not for one JSON document over many lines: `json` does that, and is handed files that turn out to be one.
"""

from collections.abc import Iterator
from pathlib import Path

from analysis.readers import encodings, jsonvalues
from analysis.readers.base import RECORD_CAP, Chunk, Item, Record, RefusedError, Tally, reject, whole
from analysis.readers.streams import Line, StreamError, blocks, head, lines

PIECE = 8 * 2**20


class JsonLines:
    """One JSON object a line."""

    name = "jsonl"
    suffixes = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")

    def plan(self, path: Path, source: str) -> list[Chunk]:
        """Cut a big unpacked file at newlines; everything else is one chunk."""
        first = head(path)
        encoding = encodings.sniff(first)
        if encoding is None:
            raise RefusedError("binary_file", "This is not a text file. Export it again as UTF-8 JSON lines.")
        if first[encoding.mark :].lstrip().startswith(b"["):
            return whole(path, source, "json")
        size = path.stat().st_size
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
        if packed or size <= PIECE or encoding.codec != "utf-8":
            return whole(path, source, self.name)
        return list(_pieces(path, source))

    def read(self, chunk: Chunk) -> Iterator[Item]:
        """Stream the records of a chunk."""
        encoding = encodings.sniff(head(chunk.path, 4096)) or encodings.Encoding("utf-8")
        stream = blocks(chunk.path, chunk.start, chunk.stop)
        tally = Tally()
        try:
            for line in lines(
                stream, number=chunk.first_line, offset=chunk.start, newline=encoding.newline, blank=False
            ):
                if line.data and (item := read_line(line, encoding, tally)):
                    yield item
        except StreamError as error:
            part = error.partial or Line(0, 0, b"", 0)
            yield reject(
                error.reason, str(error), raw=part.data, size=part.size, line=part.number, offset=part.offset
            )
        yield from tally.notices()


def read_line(line: Line, encoding: encodings.Encoding, tally: Tally) -> Item | None:
    """One line to one Record or Reject; None where it is blank."""
    number, offset, raw, size = line
    if size > RECORD_CAP:
        text = f"The line is {size:,} bytes long (the limit is {RECORD_CAP:,}). Look for a missing newline."
        return reject("line_too_long", text, raw=raw, size=size, line=number, offset=offset)
    if encoding.mark and offset == 0:
        raw = raw[encoding.mark :]
    try:
        text, note = raw.decode(encoding.codec), ""
    except UnicodeDecodeError:
        guess, note = encodings.decode(raw, encoding)
        if guess is None:
            return reject("bad_encoding", _ENCODING, raw=raw, line=number, offset=offset)
        text = guess
        tally.add(*encodings.remark(note), line=number)
    if not text or text.isspace():
        return None
    try:
        value = jsonvalues.DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        return reject("bad_json", _explain(error), raw=raw, line=number, offset=offset)
    if not isinstance(value, dict):
        return reject("not_an_object", _NOT_OBJECT, raw=raw, line=number, offset=offset)
    # Only an escape can bring half a surrogate pair into decoded text.
    fields, notes = jsonvalues.flatten(value, surrogates="\\ud" in text or "\\uD" in text)
    for code in notes:
        tally.add(code, jsonvalues.REMARKS[code], line=number)
    if "\0" in text:
        tally.add("nul_bytes", jsonvalues.REMARKS["nul_bytes"], line=number)
    if note:
        fields.setdefault("_encoding", note)
    return Record(fields, number, offset)


def _pieces(path: Path, source: str) -> Iterator[Chunk]:
    """Cut at the first newline after every `PIECE` bytes, counting lines so that numbers stay true."""
    begin, line = 0, 1
    position = newlines = 0
    with path.open("rb") as file:
        while block := file.read(2**20):
            if position - begin >= PIECE and (cut := block.find(b"\n")) >= 0:
                stop = position + cut + 1
                yield Chunk(str(path), source, "jsonl", begin, stop, line)
                line += newlines + 1
                begin, newlines = stop, block.count(b"\n", cut + 1)
            else:
                newlines += block.count(b"\n")
            position += len(block)
    if position > begin:
        yield Chunk(str(path), source, "jsonl", begin, position, line)


def _explain(error: Exception) -> str:
    """What is wrong with a line of JSON, and what to do."""
    if isinstance(error, RecursionError):
        return "The JSON is nested too deeply to be an article. Remove the line or export it again."
    what = str(error)
    if "Unterminated string" in what or "Expecting" in what:
        what += "; the line may be cut off"
    return f"Not valid JSON ({what}). Repair the line or export it again; the other lines were read."


_ENCODING = "The line is neither UTF-8 nor Windows-1252. Save the file as UTF-8 and ingest it again."
_NOT_OBJECT = "A line must be one JSON object, {...} with the article's fields. Export one object a line."
