"""Tables of text (.csv, .tsv, also .gz): a header line, then one record a row, never shifted, never guessed.

Not for types: "NA", "007" and 23 digits stay strings. A row of another width than the header is set aside;
a stray quote that swallows rows is found, the row is set aside and the rows after it are read.
"""

import csv
import re
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from analysis.readers import encodings
from analysis.readers.base import RECORD_CAP, Chunk, Item, Record, Refused, Reject, Tally, reject, whole
from analysis.readers.streams import Line, StreamError, blocks, head, lines

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
    data = [n for n in filled if len(n) > 80 or _kind(n)]
    if data:
        got = f"The first row does not name columns (it holds {data[0][:40]!r})"
        return "no_header", f"{got}. Add a row of names such as title,content,date."
    twice = [name for name, count in Counter(filled).items() if count > 1]
    if twice:
        return "duplicate_header", f"Two columns are called {twice[0]!r}. Rename one of them."
    return None


def delimiter(sample: str) -> str:
    """The separator under which the first rows have the width of the header.

    >>> delimiter("title;content\\nA, b; c, d\\n")
    ';'
    """

    def score(candidate: str) -> tuple[bool, float, int]:
        rows = [row for row in csv.reader(_with_ends(sample), delimiter=candidate) if row][:SAMPLE]
        width = len(rows[0]) if rows else 0
        fits = sum(len(row) == width for row in rows[1:]) / max(1, len(rows) - 1)
        return width > 1, fits, width

    return max(",;\t|", key=score)


def _with_ends(sample: str) -> Iterator[str]:
    """Lines that keep their newline (csv needs it inside quotes), cut at newlines only."""
    return (line.removesuffix("\r") + "\n" for line in sample.split("\n"))


def _kind(cell: str) -> str:
    """The recognisable shape of a cell: 'url', 'date', 'number' or ''."""
    text = cell.strip()
    if "://" in text[:10]:
        return "url"
    if _DATE.match(text):
        return "date"
    return "number" if text.replace(".", "", 1).isdigit() else ""


class Csv:
    """A header and rows, separated by comma, semicolon, tab or bar."""

    name = "csv"
    suffixes = (".csv", ".tsv", ".csv.gz", ".tsv.gz")

    def plan(self, path: Path, source: str) -> list[Chunk]:
        """One chunk; a file without a header is refused."""
        first = head(path)
        encoding = encodings.sniff(first)
        if encoding is None:
            raise Refused("binary_file", "This is not a text file. Export it again as UTF-8 CSV.")
        table = _Table(iter(lines([first], newline=_newline(first, encoding))), encoding, Tally(), first)
        if fault := header_fault([name for name in table.header if not name.startswith(_UNNAMED)]):
            raise Refused(*fault)
        return whole(path, source, self.name)

    def read(self, chunk: Chunk) -> Iterator[Item]:
        """Stream the rows."""
        first = head(chunk.path)
        encoding = encodings.sniff(first) or encodings.Encoding("utf-8")
        tally = Tally()
        feed = lines(blocks(chunk.path), newline=_newline(first, encoding))
        yield from _Table(feed, encoding, tally, first).rows()
        yield from tally.notices()


class _Feed:
    """Decoded lines for csv.reader, remembering the raw lines of the record it is in, and able to take lines back."""

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


class _Table:
    """The rows under one header."""

    def __init__(self, source: Iterator[Line], encoding: encodings.Encoding, tally: Tally, first: bytes) -> None:
        csv.field_size_limit(2 * RECORD_CAP)  # for the process: the default stops at 128 kB
        self._feed = _Feed(source, encoding, tally)
        self._tally = tally
        sample = encodings.decode(first[encoding.mark : first.rfind(encoding.newline) + 1 or None], encoding).text or ""
        self._delimiter = delimiter(sample)
        self._shapes: list[str] = []
        self.header = self._header()
        self._extra = self._extra_field(sample)

    def _reader(self, *, strict: bool = True) -> Iterator[list[str]]:
        """A csv reader over the feed."""
        return csv.reader(self._feed, delimiter=self._delimiter, strict=strict)

    def _header(self) -> list[str]:
        """The names of the columns; a column without a name gets one."""
        for row in self._reader(strict=False):
            if any(cell.strip() for cell in row):
                return [cell.strip() or f"{_UNNAMED}{i}" for i, cell in enumerate(row, 1)]
        return []

    def _extra_field(self, sample: str) -> str:
        """How to understand one field more than the header on every row: 'last', 'first', or '' for not at all."""
        rows = [row for row in csv.reader(_with_ends(sample), delimiter=self._delimiter) if row][1 : SAMPLE + 1]
        rows = rows[:-1] if len(rows) > 2 else rows  # the sample may end inside a row
        if len(rows) < 2 or any(len(row) != len(self.header) + 1 for row in rows):
            return ""
        if not any(row[-1].strip() for row in rows):
            self._tally.add("trailing_delimiter", "Every row ends in a separator the header lacks; it was dropped.")
            return "last"
        if [row[0] for row in rows] in ([str(i) for i in range(k, k + len(rows))] for k in (0, 1)):
            self._tally.add("row_names", "Every row starts with a number the header does not name: read as `row`.")
            return "first"
        self._tally.add("extra_field_every_row", _EXTRA)
        return ""

    def rows(self) -> Iterator[Item]:
        """Every row as a Record or Reject."""
        reader = self._reader()
        feed = self._feed
        while True:
            feed.begin()
            cut = False
            try:
                row: list[str] | None = next(reader)
            except StopIteration:
                if not feed.taken:
                    break
                row, cut = None, True
            except csv.Error as error:
                row, cut = None, "end of data" in str(error)
                reader = self._reader()
            if row is not None and not any(cell.strip() for cell in row) and not feed.trouble:
                if row:
                    self._tally.add("blank_rows", "Rows without any value were passed over.", line=feed.taken[0].number)
                continue
            if feed.error is not None and (row is None or feed.partial):
                break  # the row the stream broke off in is rejected with the stream's own reason
            yield self._judge(row, cut=cut)
        if feed.error is not None:
            part = feed.error.partial or Line(0, 0, b"", 0)
            raw = b"\n".join([*(line.data for line in feed.taken), part.data])
            first = feed.taken[0] if feed.taken else part
            yield reject(feed.error.reason, str(feed.error), raw=raw, line=first.number, offset=first.offset)

    def _judge(self, row: list[str] | None, *, cut: bool) -> Item:
        """One row, or what csv made of several lines, to a Record or Reject."""
        feed = self._feed
        taken = feed.taken
        if feed.trouble and len(taken) == 1:
            return self._reject(*_TROUBLE[feed.trouble])
        if len(taken) > 1 and (row is None or feed.trouble or self._swallowed(row)):
            limit = feed.trouble or len(taken) >= MAX_LINES
            if limit or self._swallowed(row):
                return self._take_apart("quote_swallowed_rows")
            row = self._loosely()
            if row is None:
                return self._take_apart("unclosed_quote")
        elif row is None:
            row = None if cut else self._loosely()
            if row is None:
                return self._reject("unclosed_quote", _UNCLOSED)
        if self._extra and len(row) == len(self.header) + 1:
            row, label = (row[:-1], []) if self._extra == "last" else (row[1:], [("row", row[0])])
        else:
            label = []
        if len(row) != len(self.header):
            text = f"The row has {len(row)} fields, the header {len(self.header)}. {_RAGGED}"
            return self._reject("ragged_row", text)
        self._shapes = [_kind(cell) for cell in row]
        fields = {name: cell for name, cell in [*label, *zip(self.header, row, strict=True)] if cell}
        if feed.notes:
            fields.setdefault("_encoding", min(feed.notes))
        return Record(fields, feed.taken[0].number, feed.taken[0].offset)

    def _swallowed(self, row: list[str] | None) -> bool:
        """Whether lines inside this record are records themselves: of the same width, with the same shapes.

        The last line of a record that closed properly is left out: it ends the quoted field and continues the row.
        """
        taken = self._feed.taken
        inner = taken[1:-1] if row is not None and len(row) == len(self.header) else taken[1:]
        width = len(self.header)
        hits = []
        for line in inner:
            try:
                cells = next(csv.reader([self._feed.decode(line).text or ""], delimiter=self._delimiter, strict=True), [])
            except csv.Error:
                continue
            if len(cells) == width > 1:
                hits.append([_kind(cell) for cell in cells])
        if any(self._shapes):
            return any(all(not was or was == now for was, now in zip(self._shapes, hit, strict=True)) for hit in hits)
        return width > 2 and (bool(hits) if row is None else len(hits) == len(inner) > 1)

    def _loosely(self) -> list[str] | None:
        """Read the record again, taking quotation marks inside quoted fields as they come; None if it does not fit."""
        feed = self._feed
        feed.give_back(0)
        feed.begin()
        row = next(self._reader(strict=False), None)
        if row is None or feed.trouble or len(feed.taken) >= MAX_LINES or len(row) != len(self.header):
            return None
        text = "Quotation marks inside a quoted field are not doubled; the row still has the right width."
        self._tally.add("loose_quotes", text, line=feed.taken[0].number)
        return row

    def _take_apart(self, reason: str) -> Reject:
        """Reject the first line of a record and read its other lines again as records."""
        feed = self._feed
        last = feed.taken[-1].number
        feed.give_back(1)
        if reason == "unclosed_quote":
            return self._reject(reason, _UNCLOSED)
        number = feed.taken[0].number
        text = f"A stray quotation mark on line {number} swallowed the rows up to line {last}. {_SWALLOWED}"
        self._tally.add(reason, text, line=number)
        return self._reject(reason, text)

    def _reject(self, reason: str, text: str) -> Reject:
        """Reject the lines that were taken."""
        taken = self._feed.taken
        raw = b"\n".join(line.data for line in taken)
        size = sum(line.size for line in taken) + len(taken) - 1
        return reject(reason, text, raw=raw, size=size, line=taken[0].number, offset=taken[0].offset)


def _newline(first: bytes, encoding: encodings.Encoding) -> bytes:
    """The newline of the file: lone carriage returns only where there is no other newline."""
    lone = encoding.codec == "utf-8" and b"\n" not in first and b"\r" in first
    return b"\r" if lone else encoding.newline


_UNNAMED = "column_"
_EXTRA = "Every row has one field more than the header, and it is not clear which. Add the missing name to the header."
_RAGGED = "Put fields that hold the separator in quotation marks, and double quotation marks inside."
_UNCLOSED = "A quotation mark is opened and not closed properly. Double quotation marks inside a field, or export again."
_SWALLOWED = "Those rows were read; repair this line (double the quotation mark, or close it)."
_TROUBLE = {
    "line_too_long": ("line_too_long", f"The line is longer than {RECORD_CAP:,} bytes. Look for a missing newline."),
    "bad_encoding": ("bad_encoding", "The line is neither UTF-8 nor Windows-1252. Save the file as UTF-8."),
}
