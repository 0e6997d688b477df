"""What each reader gives for sound files: every value the string it was."""

import gzip
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.readers import Item, Record, Reject, discover, read
from analysis.readers import jsonl as jsonl_module

LONG = "12345678901234567890123"


def items(path: Path) -> list[Item]:
    """Everything the readers say about one file or folder."""
    return [item for file in discover(path).read for chunk in file.chunks for item in read(chunk)]


def fields(path: Path) -> list[dict[str, str]]:
    """The fields of all records, where nothing else was said."""
    found = items(path)
    assert all(isinstance(item, Record) for item in found), found
    return [item.fields for item in found if isinstance(item, Record)]


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_json_values_stay_the_strings_they_were(tmp_path: Path) -> None:
    line = '{"id":"007","n":LONG,"x":1.10,"e":1E400,"ok":true,"no":false,"none":null,"nan":NaN,"na":"NA"}'.replace(
        "LONG", LONG
    )
    (found,) = fields(put(tmp_path, "a.jsonl", line))
    assert found == {
        "id": "007", "n": LONG, "x": "1.10", "e": "1E400", "ok": "true", "no": "false", "na": "NA",
    }  # fmt: skip
    assert all(type(value) is str for value in found.values())


def test_nested_json_values_become_compact_json_with_their_numbers_as_written(tmp_path: Path) -> None:
    (found,) = fields(
        put(
            tmp_path,
            "a.jsonl",
            '{"a": [1.10, "x", null, true], "b": {"ü": {"n": LONG}}}'.replace("LONG", LONG),
        )
    )
    assert found == {"a": '[1.10,"x",null,true]', "b": '{"ü":{"n":LONG}}'.replace("LONG", LONG)}


def test_characters_that_only_some_call_newlines_do_not_cut_a_line(tmp_path: Path) -> None:
    text = "a\u2028b\u0085c\u2029d\x0be\x0cf\x1cg"
    path = put(tmp_path, "a.jsonl", json.dumps({"t": text}, ensure_ascii=False) + "\r\n\r\n" + '{"t":"next"}')
    assert [(i.fields["t"], i.line) for i in items(path) if isinstance(i, Record)] == [(text, 1), ("next", 3)]


def test_a_big_file_is_cut_into_pieces_that_lose_and_double_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl_module, "PIECE", 2 * 2**20)
    lines = [json.dumps({"n": i, "t": "x" * (i % 997)}) for i in range(14_000)]
    path = put(tmp_path, "a.jsonl", "\n".join(lines))
    chunks = discover(path).read[0].chunks
    assert len(chunks) >= 3
    found = [item for item in items(path) if isinstance(item, Record)]
    assert [(i.fields["n"], i.line) for i in found] == [(str(i), i + 1) for i in range(14_000)]
    data = path.read_bytes()
    assert all(data[i.offset :].startswith(b'{"n": ' + i.fields["n"].encode()) for i in found[::500])


@pytest.mark.parametrize(
    "document",
    [
        '[{"title":"A","content":"x"},{"title":"B","content":"y"}]',
        '{"articles":[{"title":"A","content":"x"},{"title":"B","content":"y"}]}',
        '{"response":{"docs":[{"title":"A","content":"x"},{"title":"B","content":"y"}]}}',
        '{"title":"A","content":"x"}\n{"title":"B","content":"y"}\n',
        '{"title":"A",\n"content":"x"}\n{"title":"B",\n"content":"y"}',
        '[\n  {\n    "title": "A", "content": "x"\n  },\n  {"title": "B", "content": "y"}\n]\n',
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.json.gz"])
def test_json_documents_of_every_shape_give_their_articles(tmp_path: Path, document: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(document.encode()) if name.endswith("gz") else document.encode())
    assert fields(path) == [{"title": "A", "content": "x"}, {"title": "B", "content": "y"}]


def test_one_article_with_pictures_is_not_taken_for_a_wrapper(tmp_path: Path) -> None:
    assert fields(put(tmp_path, "a.json", '{"title":"A","images":[{"u":1},{"u":2}]}')) == [
        {"title": "A", "images": '[{"u":1},{"u":2}]'}
    ]


def test_maps_from_names_to_articles_or_texts_are_read(tmp_path: Path) -> None:
    assert fields(put(tmp_path, "a.json", '{"p1":{"title":"A"},"p2":{"title":"B"}}')) == [
        {"key": "p1", "title": "A"},
        {"key": "p2", "title": "B"},
    ]
    found = items(put(tmp_path, "b.json", '{"p1":"Snow fell.","p2":"It thawed."}'))
    assert [i.fields for i in found if isinstance(i, Record)] == [
        {"key": "p1", "content": "Snow fell."},
        {"key": "p2", "content": "It thawed."},
    ]


def test_json_lines_that_are_one_array_are_read_as_one(tmp_path: Path) -> None:
    assert fields(put(tmp_path, "a.jsonl", '[\n{"title":"A"},\n{"title":"B"}\n]')) == [
        {"title": "A"},
        {"title": "B"},
    ]


def test_an_array_longer_than_a_block_is_streamed_with_true_places(tmp_path: Path) -> None:
    elements = [json.dumps({"n": i, "t": "süß " * (i % 400)}, ensure_ascii=False) for i in range(3000)]
    path = put(tmp_path, "a.json", "[" + ",\n".join(elements) + "]")
    found = [item for item in items(path) if isinstance(item, Record)]
    assert [(i.fields["n"], i.line) for i in found] == [(str(i), i + 1) for i in range(3000)]
    data = path.read_bytes()
    assert all(data[i.offset or 0 :].startswith(b'{"n": ' + i.fields["n"].encode()) for i in found[::100])


@pytest.mark.parametrize("sep", [",", ";", "\t", "|"])
def test_csv_values_stay_strings_under_every_separator(tmp_path: Path, sep: str) -> None:
    rows = [["id", "title", "content"], ["007", "NA", "None, or; nearly"], [LONG, "", "1.10"]]
    text = "".join(sep.join(f'"{c}"' if "," in c else c for c in row) + "\r\n" for row in rows)
    assert fields(put(tmp_path, "a.csv", text)) == [
        {"id": "007", "title": "NA", "content": "None, or; nearly"},
        {"id": LONG, "content": "1.10"},
    ]


def test_a_long_article_fits_in_a_csv_cell(tmp_path: Path) -> None:
    text = "word " * 60_000
    assert fields(put(tmp_path, "a.csv", f'title,content\nA,"{text}"\n'))[0]["content"] == text


def test_spreadsheet_cells_come_as_a_person_sees_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "title", "date", "at", "views", "share"])
    sheet.append(["007", "A", date(2025, 1, 2), datetime(2025, 1, 2, 9, 30), 7, 0.25])
    sheet.append([])
    sheet.append([8, "NA", None, None, 12.0, None])
    book.save(tmp_path / "a.xlsx")
    found = [item for item in items(tmp_path) if isinstance(item, Record)]
    assert [i.fields for i in found] == [
        {
            "id": "007",
            "title": "A",
            "date": "2025-01-02",
            "at": "2025-01-02T09:30:00",
            "views": "7",
            "share": "0.25",
        },
        {"id": "8", "title": "NA", "views": "12"},
    ]
    assert [i.line for i in found] == [2, 4]


def test_sheets_with_rows_before_the_data_and_without_header_are_accounted_for(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    one, two = book.active, book.create_sheet("more")
    assert one is not None
    for row in (["title", "content"], ["A", "x"], ["B", "y", "stray"]):
        one.append(row)
    for row in (["A very long first cell " * 9, "2025-01-01"], ["B", "y"]):
        two.append(row)
    book.save(tmp_path / "a.xlsx")
    found = items(tmp_path)
    assert [i.fields for i in found if isinstance(i, Record)] == [
        {"title": "A", "content": "x", "sheet": "Sheet"}
    ]
    assert [i.reason for i in found if isinstance(i, Reject)] == ["ragged_row", "no_header"]


def test_parquet_values_become_the_strings_they_stand_for(tmp_path: Path) -> None:
    table = pa.table(
        {
            "t": pa.array(["x", None]),
            "n": pa.array([7, None]),
            "f": pa.array([1.5, float("nan")]),
            "ok": pa.array([True, False]),
            "day": pa.array([date(2025, 1, 2), None]),
            "at": pa.array([datetime(2025, 1, 2, 3, 4), None], pa.timestamp("ns", "UTC")),
            "d": pa.array([Decimal("1.10"), None]),
            "tags": pa.array([["a", "b"], None]),
            "c": pa.array(["x", "y"]).dictionary_encode(),
            "b": pa.array([b"bytes", None]),
            "empty": pa.nulls(2),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    assert fields(tmp_path) == [
        {
            "t": "x", "n": "7", "f": "1.5", "ok": "true", "day": "2025-01-02",
            "at": "2025-01-02T03:04:00+00:00", "d": "1.10", "tags": '["a","b"]', "c": "x", "b": "bytes",
        },
        {"ok": "false", "c": "y"},
    ]  # fmt: skip


def test_parquet_is_cut_into_slices_of_rows_that_lose_nothing(tmp_path: Path) -> None:
    table = pa.table({"t": [str(i) for i in range(13_000)]})
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=9_000)
    chunks = discover(tmp_path).read[0].chunks
    assert [(c.start, c.stop) for c in chunks] == [(0, 4000), (4000, 8000), (8000, 9000), (9000, 13000)]
    found = [item for item in items(tmp_path) if isinstance(item, Record)]
    assert [(i.fields["t"], i.line) for i in found] == [(str(i), i + 1) for i in range(13_000)]


def test_pictures_in_parquet_are_left_out_and_said(tmp_path: Path) -> None:
    pq.write_table(pa.table({"t": ["x"], "image": [b"\x89PNG\xff"]}), tmp_path / "a.parquet")
    found = items(tmp_path)
    assert found[0] == Record({"t": "x"}, 1)
    assert [getattr(i, "code", "") for i in found] == ["", "binary_column_skipped"]
