"""Files that cannot or must not be read, or are not what their names say: refused or ignored, always told."""

import gzip
import os
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.errors import InputError
from analysis.readers import Found, Notice, Record, Reject, discover, read, reader_for


def items(path: Path) -> tuple[list[Record], list[Reject], list[Notice]]:
    """Everything the readers say about one file."""
    found = [item for file in discover(path).read for chunk in file.chunks for item in read(chunk)]
    kinds = (Record, Reject, Notice)
    records, rejects, notices = ([i for i in found if isinstance(i, kind)] for kind in kinds)
    return records, rejects, notices


def refusals(found: Found) -> list[tuple[str, str]]:
    return [(r.source, r.reason) for r in found.refused]


@pytest.mark.parametrize(
    "address", ["http://news.invalid/a.csv", "https://news.invalid/a.jsonl", "s3://b/a.parquet"]
)
def test_an_address_is_never_fetched(address: str) -> None:
    with pytest.raises(InputError, match="Download it first"):
        discover(address)
    with pytest.raises(InputError, match="not URLs"):
        reader_for(address)


def test_a_folder_that_is_not_there_is_a_bad_call(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        discover(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.csv", "a.json", "a.jsonl", "a.parquet", "a.xlsx"])
def test_an_empty_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    found = discover(tmp_path)
    assert refusals(found) == [(name, "empty_file")]
    assert "delete it" in found.refused[0].message


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.csv", "a.json", "a.jsonl"])
def test_a_binary_file_under_a_text_name_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    assert refusals(discover(tmp_path)) == [(name, "binary_file")]


@pytest.mark.parametrize(("name", "reason"), [("a.parquet", "bad_parquet"), ("a.xlsx", "bad_spreadsheet")])
def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / name).write_bytes(b"title,content\nA,B\n" * 9)
    assert refusals(discover(tmp_path)) == [(name, reason)]


def test_links_that_leave_the_folder_are_refused_and_links_inside_are_not_read_twice(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("outside", encoding="utf-8")
    root = tmp_path / "raw"
    (root / "deep").mkdir(parents=True)
    (root / "a.txt").write_text("A snow storm.", encoding="utf-8")
    (root / "out.txt").symlink_to(tmp_path / "secret.txt")
    (root / "up").symlink_to(tmp_path)
    (root / "broken.txt").symlink_to(tmp_path / "gone.txt")
    (root / "same.txt").symlink_to(root / "a.txt")
    (root / "deep" / "loop").symlink_to(root)
    found = discover(root)
    assert [f.source for f in found.read] == ["a.txt"]
    assert refusals(found) == [(name, "link_leaves_folder") for name in ("broken.txt", "out.txt", "up")]
    assert [(i.source, i.reason) for i in found.ignored] == [("deep/loop", "link"), ("same.txt", "link")]


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jsonl")
    assert [(i.source, i.reason) for i in discover(tmp_path).ignored] == [("a.jsonl", "not_a_file")]


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("A snow storm.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("A thaw.", encoding="utf-8")
    really = Path.open

    def closed(self: Path, *args: object, **options: object) -> object:
        if self.name == "a.txt":  # the suite may run as a user to whom every file is open
            raise PermissionError(13, "Permission denied")
        return really(self, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", closed)
    found = discover(tmp_path)
    assert [f.source for f in found.read] == ["b.txt"]
    assert refusals(found) == [("a.txt", "unreadable")]
    assert "Permission denied" in found.refused[0].message


def test_a_file_that_goes_away_before_it_is_read_is_one_reject(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("A snow storm.", encoding="utf-8")
    (chunk,) = discover(path).read[0].chunks
    path.unlink()
    assert [item.reason for item in read(chunk) if isinstance(item, Reject)] == ["unreadable"]


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.pdf", "a.docx", "a.png", "a.xml", "notes"])
def test_kinds_that_are_not_read_are_ignored_with_advice(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"anything")
    (ignored,) = discover(tmp_path).ignored
    assert (ignored.source, ignored.reason) == (name, "unknown_kind")
    assert any(word in ignored.message for word in ("Unpack", "Save", "Export", "export"))


def test_hidden_files_and_our_own_settings_are_ignored(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in (
        ".git/a.txt",
        ".a.txt",
        "~$b.xlsx",
        "corpus.toml",
        "metadata.csv",
        "corrections.csv",
        "README.md",
    ):
        (tmp_path / name).write_text("x,y\n", encoding="utf-8")
    found = discover(tmp_path)
    assert not found.read
    assert not found.refused
    assert [i.source for i in found.ignored] == sorted(
        [".a.txt", ".git", "README.md", "corpus.toml", "corrections.csv", "metadata.csv", "~$b.xlsx"]
    )


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_pasted_text_is_read_in_every_unicode_encoding(tmp_path: Path, codec: str) -> None:
    text = "Snow closes the Tarn pass\n\nراہ بند ہے۔\u2028Ċ"
    (tmp_path / "a.txt").write_bytes(text.encode(codec))
    records, _, notices = items(tmp_path / "a.txt")
    assert records[0].fields == {"content": text, "pasted": "1"}
    assert not notices


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le"])
def test_json_lines_in_utf_16_are_cut_at_newlines_and_nowhere_else(tmp_path: Path, codec: str) -> None:
    lines = ['{"t":"Ċ ഀ਀ one"}', '{"t":"two"}', '{"t":']  # U+0A00 and U+010A hold a newline byte
    (tmp_path / "a.jsonl").write_bytes("\n".join(lines).encode(codec))
    records, rejects, _ = items(tmp_path / "a.jsonl")
    assert [r.fields["t"] for r in records] == ["Ċ ഀ਀ one", "two"]
    mark = 2 if codec == "utf-16" else 0
    assert records[1].offset == mark + 2 * (len(lines[0]) + 1)
    assert [r.line for r in rejects] == [3]


def test_text_that_is_windows_1252_is_a_noticed_guess_and_cyrillic_bytes_are_not_guessed(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.txt").write_bytes("The café is “open”.".encode("cp1252"))
    (tmp_path / "b.txt").write_bytes("Снег закрыл перевал.".encode("cp1251"))
    records, rejects, notices = items(tmp_path)
    assert records[0].fields["content"] == "The café is “open”."
    assert [n.code for n in notices] == ["encoding_guessed"]
    assert [r.reason for r in rejects] == ["bad_encoding"]


def test_half_a_gzipped_page_is_rejected(tmp_path: Path) -> None:
    packed = gzip.compress(os.urandom(9000).hex().encode())
    (tmp_path / "a.html.gz").write_bytes(packed[:4000])
    assert [r.reason for r in items(tmp_path)[1]] == ["truncated_gzip"]


def test_a_page_without_text_is_rejected_with_advice(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><script>load()</script><body></body></html>", encoding="utf-8")
    (reject,) = items(tmp_path)[1]
    assert reject.reason == "no_text"
    assert "paste the text" in reject.message


def test_a_parquet_file_without_a_column_of_text_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"n": [1, 2]}), tmp_path / "a.parquet")
    assert refusals(discover(tmp_path)) == [("a.parquet", "no_text_column")]


def test_renamed_and_retyped_parquet_columns_come_as_they_are_never_as_null(tmp_path: Path) -> None:
    first = {"id": ["007"], "content": ["one"], "date": ["2025-01-01"]}
    pq.write_table(pa.table(first), tmp_path / "a.parquet")
    pq.write_table(pa.table({"id": [7], "body": ["two"], "date": [date(2025, 1, 2)]}), tmp_path / "b.parquet")
    records, rejects, _ = items(tmp_path)
    assert not rejects
    assert [r.fields for r in records] == [
        {"id": "007", "content": "one", "date": "2025-01-01"},
        {"id": "7", "body": "two", "date": "2025-01-02"},
    ]


def test_every_row_of_a_parquet_file_damaged_in_its_pages_is_accounted_for(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(
        pa.table({"content": [os.urandom(400).hex() for _ in range(3000)]}), path, row_group_size=1000
    )
    data = bytearray(path.read_bytes())
    where = pq.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
    data[where : where + 200] = b"\xff" * 200
    path.write_bytes(data)
    records, rejects, _ = items(path)
    assert [r.line for r in records] == [*range(1, 1001), *range(2001, 3001)]
    assert [r.line for r in rejects] == list(range(1001, 2001))
    assert {r.reason for r in rejects} == {"bad_parquet"}
