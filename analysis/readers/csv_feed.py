"""What a table of text needs before its rows: separator, header, newline, and lines that can be taken back.

Not for judging rows: `csv` does that.
"""

import csv
import re
from collections import Counter, deque
from collections.abc import Iterator

from analysis.readers import encodings
from analysis.readers.base import RECORD_CAP, Tally
from analysis.readers.streams import Line, StreamError

MAX_LINES = 2000  # no article fills more lines than this inside one quoted field
SAMPLE = 50
_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}")


def header_fault(names: list[str]) -> tuple[str, str] | None:
    """The reason code and message for a header that cannot be used, or None.

    >>> header_fault(["title", "content"]) is None
    True
    >>> header_fault(["7", "https://example.org/a"])[0]
    'no_header'
    """
    filled = [name for name in names if name]
    if not filled:
        return "no_header", "The first row is empty. Put the names of the columns there."
    data = [n for n in filled if len(n) > 80 or kind(n)]
    if data:
        got = f"The first row does not name columns (it holds {data[0][:40]!r})"
        return "no_header", f"{got}. Add a row of names such as title,content,date."
    twice = [name for name, count in Counter(filled).items() if count > 1]
    if twice:
        return "duplicate_header", f"Two columns are called {twice[0]!r}. Rename one of them."
    return None


def delimiter(sample: str) -> str:
    r"""The separator under which the first rows have the width of the header.

    >>> delimiter("title;content\nA, b; c, d\n")
    ';'
    """

    def score(candidate: str) -> tuple[bool, float, int]:
        rows = [row for row in csv.reader(with_ends(sample), delimiter=candidate) if row][:SAMPLE]
        width = len(rows[0]) if rows else 0
        fits = sum(len(row) == width for row in rows[1:]) / max(1, len(rows) - 1)
        return width > 1, fits, width

    return max(",;\t|", key=score)


def with_ends(sample: str) -> Iterator[str]:
    """Lines that keep their newline (csv needs it inside quotes), cut at newlines only."""
    return (line.removesuffix("\r") + "\n" for line in sample.split("\n"))


def kind(cell: str) -> str:
    """The recognisable shape of a cell: 'url', 'date', 'number' or ''."""
    text = cell.strip()
    if "://" in text[:10]:
        return "url"
    if _DATE.match(text):
        return "date"
    return "number" if text.replace(".", "", 1).isdigit() else ""


def newline_of(first: bytes, encoding: encodings.Encoding) -> bytes:
    """The newline of a file: lone carriage returns only where there is no other newline."""
    lone = encoding.codec == "utf-8" and b"\n" not in first and b"\r" in first
    return b"\r" if lone else encoding.newline


class Feed:
    """Decoded lines for csv.reader; remembers the raw lines of the current record and can take them back."""

    def __init__(self, source: Iterator[Line], encoding: encodings.Encoding, tally: Tally) -> None:
        self._source, self._encoding, self._tally = source, encoding, tally
        self._back: deque[Line] = deque()
        self.taken: list[Line] = []
        self.notes: set[str] = set()
        self.trouble = ""  # a reason code: a line of this record cannot be read
        self.error: StreamError | None = None  # the stream broke off
        self.partial = False  # ... while this record was being read
        self._size = 0

    def begin(self) -> None:
        """Forget the lines of the record before."""
        self.taken, self.notes, self._size = [], set(), 0
        self.trouble, self.partial = "", False

    def give_back(self, keep: int) -> None:
        """Take back all but the first lines of this record."""
        self._back.extendleft(reversed(self.taken[keep:]))
        del self.taken[keep:]

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        """The next line as text; ends early where a record has grown past every limit."""
        if len(self.taken) >= MAX_LINES or self._size > RECORD_CAP or self.trouble == "line_too_long":
            raise StopIteration
        if self._back:
            line = self._back.popleft()
        elif self.error is not None:
            raise StopIteration
        else:
            try:
                line = next(self._source)
            except StreamError as error:
                self.error, self.partial = error, True
                raise StopIteration from None
        self.taken.append(line)
        self._size += line.size
        if not line.whole:
            self.trouble = "line_too_long"
            return ""
        text, note = self.decode(line)
        if text is None:
            self.trouble = self.trouble or "bad_encoding"
            return ""
        if note:
            self.notes.add(note)
            self._tally.add(*encodings.remark(note), line=line.number)
        return text.removesuffix("\r") + "\n"

    def decode(self, line: Line) -> encodings.Decoded:
        """One raw line as text."""
        data = line.data[self._encoding.mark :] if line.offset == 0 else line.data
        return encodings.decode(data, self._encoding)
