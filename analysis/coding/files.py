"""Sheets as files: CSV and XLSX for coders, the design beside them for whoever analyses, and reading both back.

Corpus text never becomes a formula. Not for what codes mean (`coders`).
"""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.coding.sample import DESIGN, CodingSheet, unit_id
from analysis.errors import CorpusError, InputError, message
from analysis.escape import formula, unformula
from analysis.fingerprint import canonical_json

COLUMNS = ("id", "context", "text", "code", "note")
_LONGEST_CELL = 32_000  # of a spreadsheet: 32,767
_LARGEST = 50_000_000
_CONTROLS = dict.fromkeys(
    [*(c for c in range(32) if chr(c) not in "\t\n\r"), 0x7F, *range(0xD800, 0xE000)], " "
)


def save(sheet: CodingSheet, folder: Any, name: str) -> None:
    """Write a sheet; see `CodingSheet.save`. Files of coders that are there already are not touched."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    facts = {
        "codes": dict(sheet.codes), "params": dict(sheet.params), "measure": sheet.measure,
        "corpus_fingerprint": sheet.corpus_fingerprint, "key": sheet.key,
    }  # fmt: skip
    empty = [dict.fromkeys(COLUMNS, "") | {"id": i} for i in sheet.design["id"]]
    write_whole(place / f"{name}.csv", csv_of(sheet, empty).encode("utf-8-sig"))
    write_whole(place / f"{name}.xlsx", _xlsx(sheet))
    buffer = io.BytesIO()
    sheet.design.to_parquet(buffer, index=False)
    write_whole(place / f"{name}.design.parquet", buffer.getvalue())
    write_whole(place / f"{name}.design.json", (canonical_json(facts) + "\n").encode())


def open_sheet(folder: Any, *, name: str = "sheet") -> CodingSheet:
    """Read a saved sheet again.

    Raises
    ------
    InputError
        There is none of that name.
    CorpusError
        The design was changed since.
    """
    place = Path(folder)
    try:
        facts = json.loads((place / f"{name}.design.json").read_text(encoding="utf-8"))
        design = pd.read_parquet(place / f"{name}.design.parquet")
    except FileNotFoundError as error:
        raise InputError(
            message("There is no such sheet", got=str(place / name), hint=f"{error}.")
        ) from error
    except (ValueError, OSError) as error:
        raise CorpusError(message(f"The design of {name!r} cannot be read", hint=f"{error}.")) from error
    rows = zip(design["row"], design["doc_id"], design["text"], strict=True)
    if (
        list(design.columns) != list(DESIGN)
        or [unit_id(facts["key"], *r) for r in rows] != design["id"].tolist()
    ):
        raise CorpusError(message(f"The design of {name!r} was changed", hint="Take it from a copy."))
    return CodingSheet(
        design, facts["codes"], facts["params"], facts["measure"], facts["corpus_fingerprint"], facts["key"]
    )


def csv_of(sheet: CodingSheet, filled: list[dict[str, str]]) -> str:
    """Write the coder's table, with codes and notes by id, as CSV."""
    given = {row["id"]: row for row in filled}
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in sheet.design.itertuples(index=False):
        own = given.get(str(row.id), {})
        cells = (row.context, row.text, own.get("code", ""), own.get("note", ""))
        writer.writerow([row.id, *(formula(_plain(c)) for c in cells)])
    return out.getvalue()


def read_table(path: Any) -> list[tuple[int, dict[str, str]]]:
    """Read a coder's file: the number of each row as a spreadsheet shows it, and its cells by name.

    Raises
    ------
    InputError
        The file cannot be read, or lacks a column.
    """
    place = Path(path)
    kind = place.suffix.lower()
    if kind not in (".csv", ".tsv", ".txt", ".xlsx"):
        raise InputError(message("A coder's file", got=place.name, expected=".csv or .xlsx"))
    try:
        if place.stat().st_size > _LARGEST:
            raise InputError(message("The file is too large", got=place.name, expected="at most 50 MB"))
        rows = _xlsx_rows(place) if kind == ".xlsx" else _csv_rows(place.read_bytes())
    except (OSError, ValueError, KeyError, csv.Error) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(message(f"{place.name} cannot be read", hint=f"{error}.")) from error
    names = [n.strip().casefold() for n in rows[0]] if rows else []
    if "id" not in names or "code" not in names:
        raise InputError(message(f"{place.name} lacks a column", got=names[:10], expected="id and code"))
    found = []
    for number, cells in enumerate(rows[1:], start=2):
        if any(c.strip() for c in cells):
            padded = [*cells, *[""] * (len(names) - len(cells))]
            found.append((number, {n: _read(n, c.strip()) for n, c in zip(names, padded, strict=False)}))
    return found


def _read(name: str, text: str) -> str:
    """Take off the apostrophe that was put before a formula; before a code, any (some type it to keep a text)."""
    return text.removeprefix("'") if name in ("id", "code") else unformula(text)


def _csv_rows(data: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        text = data.decode("latin-1")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(10_000_000)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _xlsx_rows(place: Path) -> list[list[str]]:
    from zipfile import BadZipFile

    import openpyxl

    try:
        book = openpyxl.load_workbook(place, read_only=True, data_only=True)
    except BadZipFile as error:
        raise InputError(message(f"{place.name} is no XLSX file", hint=f"{error}.")) from error
    try:
        rows = book.worksheets[0].iter_rows(values_only=True)
        return [["" if v is None else _cell(v) for v in row] for row in rows]
    finally:
        book.close()


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _xlsx(sheet: CodingSheet) -> bytes:
    """Write the coder's table as a workbook: codes to choose from, texts wrapped, fixed dates for the same bytes."""
    import datetime as dt

    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    page: Any = book.active
    page.title = "code"
    page.append(list(COLUMNS))
    for row in sheet.design.itertuples(index=False):
        page.append([row.id, formula(_plain(row.context)), formula(_plain(row.text)), None, None])
    wrap = Alignment(wrap_text=True, vertical="top")
    for cells in page.iter_rows(min_row=1):
        for cell in cells:
            cell.alignment = wrap
            if cell.row > 1 and cell.value is not None:
                cell.data_type = "s"
    for column, width in zip("ABCDE", (22, 40, 80, 14, 30), strict=True):
        page.column_dimensions[column].width = width
    for cell in page[1]:
        cell.font = Font(bold=True)
    page.freeze_panes = "A2"
    choices = ",".join(sheet.codes)
    if len(choices) < 250 and not any(c in name for name in sheet.codes for c in ',"'):
        rule = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True)
        page.add_data_validation(rule)
        rule.add(f"D2:D{len(sheet) + 1}")
    meaning = book.create_sheet("codes")
    meaning.append(["code", "number"])
    for name, value in sheet.codes.items():
        meaning.append([formula(name), value])
    book.properties.created = book.properties.modified = dt.datetime(2000, 1, 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _plain(value: object) -> str:
    text = "" if value is None or value is pd.NA else str(value).translate(_CONTROLS).replace("\r\n", "\n")
    return text if len(text) <= _LONGEST_CELL else text[:_LONGEST_CELL] + "…"


def write_whole(path: Path, data: bytes) -> None:
    """Write whole or not at all."""
    import os

    beside = path.with_name(f".{path.name}.part")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
