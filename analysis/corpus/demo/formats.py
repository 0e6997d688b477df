"""Writers of raw files, one function a format. Same records, same bytes: no clock, no hash order.

The spreadsheet is written by hand, so that making the demo needs no package that only tests need.
"""

import csv
import gzip
import io
import json
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq

from analysis.corpus.demo.dirt import Fields

Row = dict[str, str]
_COLUMNS: dict[str, dict[str, str]] = {
    "jsonl": {
        "title": "title",
        "content": "body",
        "link": "link",
        "source": "outlet",
        "date_published": "published",
        "section": "section",
        "author": "author",
    },
    "csv": {
        "headline": "title",
        "text": "body",
        "url": "link",
        "publisher": "outlet",
        "date": "published",
        "category": "section",
    },
    "xlsx": {
        "Headline": "title",
        "Article": "body",
        "URL": "link",
        "Newspaper": "outlet",
        "Date": "published",
        "Summary": "standfirst",
    },
    "json": {
        "title": "title",
        "summary": "standfirst",
        "article": "body",
        "url": "link",
        "outlet": "outlet",
        "published": "published",
    },
    "jsonl.gz": {
        "title": "title",
        "content": "body",
        "link": "link",
        "source": "outlet",
        "dateList": "published",
        "agency": "agency",
    },
    "parquet": {
        "title": "title",
        "body": "body",
        "link": "link",
        "outlet": "outlet",
        "pub_date": "published",
        "agency": "agency",
    },
}


def named(fields: Fields, format_: str) -> Row:
    """Give a record the column names its format uses."""
    return {name: getattr(fields, ours) for name, ours in _COLUMNS[format_].items()}


def line_of(row: Row) -> str:
    """Write one JSON line."""
    return json.dumps(row, ensure_ascii=False) + "\n"


def write(path: Path, rows: list[Row], *, extra: tuple[str, ...] = (), encoding: str = "utf-8") -> None:
    """Write rows in the format the path's name says; `extra` are damaged lines put in their midst."""
    path.parent.mkdir(parents=True, exist_ok=True)
    name = path.name
    if name.endswith((".jsonl", ".jsonl.gz")):
        lines = [line_of(r) for r in rows]
        _mix(lines, extra)
        data = "".join(lines).encode(encoding)
        path.write_bytes(_gzip(data) if name.endswith(".gz") else data)
    elif name.endswith(".csv"):
        lines = [_csv_line(list(rows[0]))] + [_csv_line(list(r.values())) for r in rows]
        _mix(lines, extra)
        path.write_bytes("".join(lines).encode(encoding, errors="replace"))
    elif name.endswith(".json"):
        path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    elif name.endswith(".xlsx"):
        _xlsx(path, rows)
    else:
        pq.write_table(pa.table({k: [r[k] for r in rows] for k in rows[0]}), path, compression="zstd")


def _mix(lines: list[str], extra: tuple[str, ...]) -> None:
    """Put damaged lines among good ones, never first (a header may stand there)."""
    for i, line in enumerate(extra):
        lines.insert(1 + (i + 1) * (len(lines) - 1) // (len(extra) + 1), line)


def _csv_line(values: list[str]) -> str:
    """Write one CSV row."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(values)
    return out.getvalue()


def _gzip(data: bytes) -> bytes:
    """Compress without a time stamp."""
    return gzip.compress(data, compresslevel=6, mtime=0)


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override '
    'PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" {}/></Relationships>'
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _xlsx(path: Path, rows: list[Row]) -> None:
    """Write the smallest workbook that readers accept: one sheet, inline strings, one fixed time stamp."""
    cells = [list(rows[0]), *(list(r.values()) for r in rows)]
    sheet = "".join(
        f'<row r="{i}">'
        + "".join(
            f'<c r="{chr(65 + j)}{i}" t="inlineStr"><is><t xml:space="preserve">{escape(v)}</t></is></c>'
            for j, v in enumerate(values)
        )
        + "</row>"
        for i, values in enumerate(cells, 1)
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS.format(f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"'),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Articles" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _RELS.format(
            f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"'
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, xml in parts.items():
            info = zipfile.ZipInfo(name, date_time=(2024, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            book.writestr(info, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml)
