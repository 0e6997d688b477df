"""Broken tables: rows are never shifted, padded or swallowed; every row is a record or a reject."""

import gzip
from pathlib import Path

import pytest

from analysis.readers import Notice, Record, Reject, discover, read

HEAD = "date,title,content\n"


def items(path: Path) -> tuple[list[Record], list[Reject], list[Notice]]:
    """Everything the readers say about one file."""
    found = [item for file in discover(path).read for chunk in file.chunks for item in read(chunk)]
    kinds = (Record, Reject, Notice)
    records, rejects, notices = ([i for i in found if isinstance(i, kind)] for kind in kinds)
    return records, rejects, notices


def table(folder: Path, text: str, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_rows_with_too_many_or_too_few_fields_are_set_aside_with_their_place(tmp_path: Path) -> None:
    text = HEAD + "2025-01-01,A,one\n2025-01-02,B\n2025-01-03,C,three,four\n2025-01-04,D,five\n"
    records, rejects, _ = items(table(tmp_path, text))
    assert [r.fields["title"] for r in records] == ["A", "D"]
    assert [(r.reason, r.line, r.raw) for r in rejects] == [
        ("ragged_row", 3, b"2025-01-02,B"),
        ("ragged_row", 4, b"2025-01-03,C,three,four"),
    ]
    assert rejects[0].offset == len(HEAD) + len("2025-01-01,A,one\n")


def test_one_unnamed_field_on_every_row_is_refused_never_shifted(tmp_path: Path) -> None:
    text = HEAD + "".join(f"2025-01-0{i},T{i},C{i},x{i}\n" for i in range(1, 6))
    records, rejects, notices = items(table(tmp_path, text))
    assert not records
    assert [r.reason for r in rejects] == ["ragged_row"] * 5
    assert "extra_field_every_row" in [n.code for n in notices]


def test_row_names_as_r_writes_them_are_understood(tmp_path: Path) -> None:
    text = HEAD + "".join(f"{i},2025-01-0{i},T{i},C{i}\n" for i in range(1, 6))
    records, rejects, _ = items(table(tmp_path, text))
    assert not rejects
    assert records[0].fields == {"row": "1", "date": "2025-01-01", "title": "T1", "content": "C1"}


def test_a_separator_at_the_end_of_every_row_is_understood(tmp_path: Path) -> None:
    text = HEAD + "".join(f"2025-01-0{i},T{i},C{i},\n" for i in range(1, 6))
    records, rejects, notices = items(table(tmp_path, text))
    assert not rejects
    assert records[4].fields == {"date": "2025-01-05", "title": "T5", "content": "C5"}
    assert [n.code for n in notices] == ["trailing_delimiter"]


def test_a_stray_quote_does_not_swallow_the_rows_after_it(tmp_path: Path) -> None:
    rows = [f"2025-01-0{i},T{i},C{i}\n" for i in range(1, 9)]
    rows[2] = '2025-01-03,"T3,C3\n'
    records, rejects, notices = items(table(tmp_path, HEAD + "".join(rows)))
    assert [r.fields["title"] for r in records] == ["T1", "T2", "T4", "T5", "T6", "T7", "T8"]
    assert [(r.reason, r.line, r.raw) for r in rejects] == [("quote_swallowed_rows", 4, b'2025-01-03,"T3,C3')]
    assert [(n.code, n.line) for n in notices] == [("quote_swallowed_rows", 4)]


def test_a_stray_quote_that_finds_another_one_later_is_noticed_too(tmp_path: Path) -> None:
    rows = [f"2025-01-0{i},T{i},C{i}\n" for i in range(1, 9)]
    rows[2] = '2025-01-03,"T3,C3\n'
    rows[5] = '2025-01-06,a board of 6",C6\n'
    records, rejects, notices = items(table(tmp_path, HEAD + "".join(rows)))
    assert [r.fields["date"][-1] for r in records] == ["1", "2", "4", "5", "6", "7", "8"]
    assert [r.reason for r in rejects] == ["quote_swallowed_rows"]
    assert notices


def test_a_stray_quote_among_quoted_rows_costs_one_row(tmp_path: Path) -> None:
    rows = [f'"2025-01-0{i}","T{i}","C{i}"\n' for i in range(1, 9)]
    rows[2] = '"2025-01-03","T3","C3\n'
    records, rejects, _ = items(table(tmp_path, HEAD + "".join(rows)))
    assert [r.fields["title"] for r in records] == ["T1", "T2", "T4", "T5", "T6", "T7", "T8"]
    assert [r.line for r in rejects] == [4]


def test_paragraphs_with_commas_inside_quotes_are_one_article(tmp_path: Path) -> None:
    body = "Rain fell, wind rose, roads closed.\n\nIn Brenn, in Tarn, in Veldra.\nOne, two, three"
    text = HEAD + "".join(f'2025-01-0{i},T{i},"{body}"\n' for i in range(1, 9))
    records, rejects, notices = items(table(tmp_path, text))
    assert [r.fields["content"] for r in records] == [body] * 8
    assert [r.line for r in records] == [2, 6, 10, 14, 18, 22, 26, 30]
    assert not rejects
    assert not notices


def test_quotes_that_are_not_doubled_are_read_where_the_row_still_fits(tmp_path: Path) -> None:
    text = HEAD + '2025-01-01,A,"He said "no" to it"\n2025-01-02,B,fine\n'
    records, rejects, notices = items(table(tmp_path, text))
    assert len(records) == 2
    assert not rejects
    assert [(n.code, n.line) for n in notices] == [("loose_quotes", 2)]


def test_a_quote_left_open_on_the_last_row_is_rejected(tmp_path: Path) -> None:
    records, rejects, _ = items(
        table(tmp_path, HEAD + '2025-01-01,A,one\n2025-01-02,B,"the article breaks off')
    )
    assert len(records) == 1
    assert [(r.reason, r.line) for r in rejects] == [("unclosed_quote", 3)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2025-01-01,A headline,Some text\n2025-01-02,B headline,More\n", "no_header"),
        ("https://a.invalid/1,A headline\nhttps://a.invalid/2,B\n", "no_header"),
        ("\n\n", "no_header"),
        ("title,title,content\nA,B,C\n", "duplicate_header"),
    ],
)
def test_a_table_without_a_usable_header_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    found = discover(table(tmp_path, text))
    assert not found.read
    assert [r.reason for r in found.refused] == [reason]
    assert found.refused[0].message


def test_a_truncated_gzip_table_never_gives_half_a_row(tmp_path: Path) -> None:
    text = HEAD + "".join(f"2025-01-01,T{i},{'%x' % (i * 7919**4)}\n" for i in range(5000))
    packed = gzip.compress(text.encode())
    path = tmp_path / "a.csv.gz"
    path.write_bytes(packed[: len(packed) // 2])
    records, rejects, _ = items(path)
    assert [r.fields["content"] for r in records] == ["%x" % (i * 7919**4) for i in range(len(records))]
    assert [r.reason for r in rejects] == ["truncated_gzip"]
    assert rejects[0].line == len(records) + 2


def test_a_table_in_windows_1252_is_read_and_said_to_be_a_guess(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes((HEAD + "2025-01-01,A,the café – “open” again\n").encode("cp1252"))
    records, _, notices = items(path)
    assert records[0].fields["content"] == "the café – “open” again"
    assert records[0].fields["_encoding"] == "cp1252"
    assert [n.code for n in notices] == ["encoding_guessed"]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_tables_are_read_with_and_without_a_byte_order_mark(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        (HEAD + "2025-01-01,برف,ਪਹਾੜ snow Ċ on the pass\n" * 3).replace(HEAD * 2, HEAD).encode(codec)
    )
    records, _, _ = items(path)
    assert records[0].fields == {"date": "2025-01-01", "title": "برف", "content": "ਪਹਾੜ snow Ċ on the pass"}


def test_a_row_far_too_long_is_rejected_and_the_next_is_read(tmp_path: Path) -> None:
    text = HEAD + "2025-01-01,A," + "x" * (17 * 2**20) + "\n2025-01-02,B,fine\n"
    records, rejects, _ = items(table(tmp_path, text))
    assert [r.fields["title"] for r in records] == ["B"]
    assert [(r.reason, r.line, r.size > 17 * 2**20) for r in rejects] == [("line_too_long", 2, True)]


def test_rows_without_any_value_are_not_records(tmp_path: Path) -> None:
    records, rejects, notices = items(table(tmp_path, HEAD + "2025-01-01,A,one\n\n,,\n , ,\n"))
    assert len(records) == 1
    assert not rejects
    assert [(n.code, n.times) for n in notices] == [("blank_rows", 2)]
