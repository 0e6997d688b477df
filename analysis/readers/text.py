"""One article pasted into a .txt or .md file: the whole text is one record, marked as pasted.

Not for finding headline, date and body in it: the layout rules of `text/` do that.
"""

from collections.abc import Iterator
from pathlib import Path

from analysis.readers import encodings
from analysis.readers.base import RECORD_CAP, Chunk, Item, Notice, Record, RefusedError, reject, whole
from analysis.readers.streams import head, whole_file


class PastedText:
    """A file that is one article."""

    name = "text"
    suffixes = (".txt", ".text", ".md", ".txt.gz")

    def plan(self, path: Path, source: str) -> list[Chunk]:
        """One chunk."""
        if encodings.sniff(head(path)) is None:
            raise RefusedError(
                "binary_file", "This is not a text file although its name says so. Save it as UTF-8 text."
            )
        return whole(path, source, self.name)

    def read(self, chunk: Chunk) -> Iterator[Item]:
        """Give the whole text as `content`."""
        raw, size, error = whole_file(chunk.path, RECORD_CAP)
        if error is not None:  # half an article must not pass for a whole one
            yield reject(error.reason, str(error), raw=raw, size=size, line=1, offset=0)
            return
        if size > RECORD_CAP:
            text = f"The file is {size:,} bytes long: more than one article. Split it or export JSON lines."
            yield reject("file_too_large", text, raw=raw, size=size, line=1, offset=0)
            return
        encoding = encodings.sniff(raw) or encodings.Encoding("utf-8")
        content, note = encodings.decode(raw[encoding.mark :], encoding)
        if content is None:
            yield reject("bad_encoding", _ENCODING, raw=raw, line=1, offset=0)
            return
        if not content.strip():
            yield reject(
                "empty_file",
                "There is no text in the file. Paste the article into it or delete it.",
                raw=raw,
                line=1,
            )
            return
        yield Record({"content": content, "pasted": "1"} | ({"_encoding": note} if note else {}), 1, 0)
        if note:
            yield Notice(*encodings.remark(note), 1)


_ENCODING = "The file is neither UTF-8 nor Windows-1252. Save it as UTF-8 and ingest it again."
