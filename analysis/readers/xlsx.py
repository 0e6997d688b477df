"""Spreadsheets (.xlsx, .xls, .ods): the first row of a sheet names the fields, every other row is a record.

Not for formulas: the saved value is taken. Dates become ISO strings, whole numbers lose their ".0".
"""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from analysis.readers.base import Chunk, Item, Notice, Record, RefusedError, reject
from analysis.readers.csv_feed import header_fault

UNPACKED_CAP = 512 * 2**20


class Spreadsheet:
    """Rows of sheets. Chunk units are sheet numbers, from 0."""

    name = "xlsx"
    suffixes = (".xlsx", ".xlsm", ".xls", ".ods")

    def plan(self, path: Path, source: str) -> list[Chunk]:
        """One chunk a sheet."""
        names = _open(path).sheet_names
        return [Chunk(str(path), source, self.name, i, i + 1) for i in range(len(names))]

    def read(self, chunk: Chunk) -> Iterator[Item]:
        """Stream the rows of one sheet."""
        book = _open(Path(chunk.path))
        title = book.sheet_names[chunk.start]
        rows = enumerate(book.get_sheet_by_index(chunk.start).to_python(skip_empty_area=False), 1)
        filled = ((number, [string(cell) for cell in row]) for number, row in rows)
        table = ((number, row) for number, row in filled if any(row))
        number, header = next(table, (0, []))
        if not header:
            yield Notice("empty_sheet", f"The sheet {title!r} is empty.")
            return
        names = [name.strip() for name in header]
        while names and not names[-1]:
            names.pop()
        if fault := header_fault(names):
            yield reject(
                fault[0], f"Sheet {title!r}: {fault[1]}", raw="\t".join(header).encode(), line=number
            )
            return
        for number, row in table:
            if any(row[len(names) :]):
                text = f"The row has values right of the last named column of {title!r}. Name that column."
                yield reject("ragged_row", text, raw="\t".join(row).encode(), line=number)
                continue
            fields = {name: cell for name, cell in zip(names, row, strict=False) if name and cell}
            if len(book.sheet_names) > 1:
                fields.setdefault("sheet", title)
            yield Record(fields, number)


def string(cell: Any) -> str:
    """A cell as the string a person sees.

    >>> string(7.0), string("007"), string(datetime(2025, 1, 2)), string(True)
    ('7', '007', '2025-01-02', 'true')
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _open(path: Path) -> Any:
    """Open a workbook, or refuse it; a packed bomb is refused before it is unpacked."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > UNPACKED_CAP:
                raise RefusedError(
                    "zip_bomb",
                    f"The spreadsheet unpacks to {unpacked:,} bytes. Export it as CSV and ingest that.",
                )
        return CalamineWorkbook.from_path(path)
    except (CalamineError, zipfile.BadZipFile, OSError) as error:
        if isinstance(error, PermissionError):
            raise
        text = f"The spreadsheet cannot be opened ({error}). Save it again as .xlsx or .csv."
        raise RefusedError("bad_spreadsheet", text) from error
