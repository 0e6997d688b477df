"""Tables of text (.csv, .tsv, also .gz): a header line, then one record a row, never shifted, never guessed.

Not for types: "NA", "007" and 23 digits stay strings. A row of another width than the header is set aside;
a stray quote that swallows rows is found, the row is set aside and the rows after it are read.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from analysis.readers import encodings
from analysis.readers.base import RECORD_CAP, Chunk, Item, Record, RefusedError, Reject, Tally, reject, whole
from analysis.readers.csv_feed import (
    MAX_LINES,
    SAMPLE,
    Feed,
    delimiter,
    header_fault,
    kind,
    newline_of,
    with_ends,
)
from analysis.readers.streams import Line, blocks, head, lines


class Csv:
    """A header and rows, separated by comma, semicolon, tab or bar."""

    name = "csv"
    suffixes = (".csv", ".tsv", ".csv.gz", ".tsv.gz")

    def plan(self, path: Path, source: str) -> list[Chunk]:
        """One chunk; a file without a header is refused."""
        first = head(path)
        encoding = encodings.sniff(first)
        if encoding is None:
            raise RefusedError("binary_file", "This is not a text file. Export it again as UTF-8 CSV.")
        table = _Table(iter(lines([first], newline=newline_of(first, encoding))), encoding, Tally(), first)
        if fault := header_fault([name for name in table.header if not name.startswith(_UNNAMED)]):
            raise RefusedError(*fault)
        return whole(path, source, self.name)

    def read(self, chunk: Chunk) -> Iterator[Item]:
        """Stream the rows."""
        first = head(chunk.path)
        encoding = encodings.sniff(first) or encodings.Encoding("utf-8")
        tally = Tally()
        feed = lines(blocks(chunk.path), newline=newline_of(first, encoding))
        yield from _Table(feed, encoding, tally, first).rows()
        yield from tally.notices()


class _Table:
    """The rows under one header."""

    def __init__(
        self, source: Iterator[Line], encoding: encodings.Encoding, tally: Tally, first: bytes
    ) -> None:
        csv.field_size_limit(2 * RECORD_CAP)  # for the process: the default stops at 128 kB
        self._feed = Feed(source, encoding, tally)
        self._tally = tally
        sample = (
            encodings.decode(first[encoding.mark : first.rfind(encoding.newline) + 1 or None], encoding).text
            or ""
        )
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
        """Which field is the one more that every row has: 'last', 'first', or '' for unknown or none."""
        rows = [row for row in csv.reader(with_ends(sample), delimiter=self._delimiter) if row][
            1 : SAMPLE + 1
        ]
        rows = rows[:-1] if len(rows) > 2 else rows  # the sample may end inside a row
        if len(rows) < 2 or any(len(row) != len(self.header) + 1 for row in rows):
            return ""
        if not any(row[-1].strip() for row in rows):
            self._tally.add(
                "trailing_delimiter", "Every row ends in a separator the header lacks; it was dropped."
            )
            return "last"
        if [row[0] for row in rows] in ([str(i) for i in range(k, k + len(rows))] for k in (0, 1)):
            self._tally.add(
                "row_names", "Every row starts with a number the header does not name: read as `row`."
            )
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
                    self._tally.add(
                        "blank_rows", "Rows without any value were passed over.", line=feed.taken[0].number
                    )
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
        self._shapes = [kind(cell) for cell in row]
        fields = {name: cell for name, cell in [*label, *zip(self.header, row, strict=True)] if cell}
        if feed.notes:
            fields.setdefault("_encoding", min(feed.notes))
        return Record(fields, feed.taken[0].number, feed.taken[0].offset)

    def _swallowed(self, row: list[str] | None) -> bool:
        """Whether lines inside this record are records themselves: of the same width, with the same shapes.

        The last line of a record that closed properly is left out: it ends the quoted field.
        """
        taken = self._feed.taken
        inner = taken[1:-1] if row is not None and len(row) == len(self.header) else taken[1:]
        width = len(self.header)
        hits = []
        for line in inner:
            try:
                cells = next(
                    csv.reader([self._feed.decode(line).text or ""], delimiter=self._delimiter, strict=True),
                    [],
                )
            except csv.Error:
                continue
            if len(cells) == width > 1:
                hits.append([kind(cell) for cell in cells])
        if any(self._shapes):
            return any(
                all(not was or was == now for was, now in zip(self._shapes, hit, strict=True)) for hit in hits
            )
        return width > 2 and (bool(hits) if row is None else len(hits) == len(inner) > 1)

    def _loosely(self) -> list[str] | None:
        """Read the record again, taking stray quotation marks as they come; None if it does not fit."""
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


_UNNAMED = "column_"
_EXTRA = "Every row has one field more than the header names, and which is not clear. Complete the header."
_RAGGED = "Put fields that hold the separator in quotation marks, and double quotation marks inside."
_UNCLOSED = "A quotation mark is not closed properly. Double quotation marks inside a field, or export again."
_SWALLOWED = "Those rows were read; repair this line (double the quotation mark, or close it)."
_TROUBLE = {
    "line_too_long": (
        "line_too_long",
        f"The line is longer than {RECORD_CAP:,} bytes. Look for a missing newline.",
    ),
    "bad_encoding": ("bad_encoding", "The line is neither UTF-8 nor Windows-1252. Save the file as UTF-8."),
}
