"""Broken JSON: one reject a broken record, with place, bytes and what to do; everything else is read."""

import gzip
import json
from pathlib import Path

import pytest

from analysis.readers import Notice, Record, Reject, discover, read

GOOD = b'{"title":"A bridge opens in Veldra","content":"The bridge was opened."}'


def items(path: Path) -> tuple[list[Record], list[Reject], list[Notice]]:
    """Everything the readers say about one file."""
    found = [item for file in discover(path).read for chunk in file.chunks for item in read(chunk)]
    kinds = (Record, Reject, Notice)
    records, rejects, notices = ([i for i in found if isinstance(i, kind)] for kind in kinds)
    return records, rejects, notices


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_broken_line_is_rejected_with_line_offset_and_bytes_and_the_others_are_read(tmp_path: Path) -> None:
    broken = b'{"title": "Half a'
    records, rejects, _ = items(write(tmp_path, "a.jsonl", GOOD + b"\n\n" + broken + b"\n" + GOOD + b"\n"))
    assert [r.line for r in records] == [1, 4]
    (reject,) = rejects
    assert (reject.line, reject.offset, reject.reason) == (3, len(GOOD) + 2, "bad_json")
    assert (reject.raw, reject.size) == (broken, len(broken))
    assert "Repair the line" in reject.message


def test_a_truncated_last_line_is_one_reject(tmp_path: Path) -> None:
    records, rejects, _ = items(write(tmp_path, "a.jsonl", GOOD + b"\n" + GOOD[:30]))
    assert len(records) == 1
    assert [(r.reason, r.raw) for r in rejects] == [("bad_json", GOOD[:30])]
    assert "cut off" in rejects[0].message


@pytest.mark.parametrize("line", [b"[1, 2]", b'"text"', b"17", b"null"])
def test_a_line_that_is_not_an_object_is_rejected(tmp_path: Path, line: bytes) -> None:
    _, rejects, _ = items(write(tmp_path, "a.jsonl", GOOD + b"\n" + line))
    assert [r.reason for r in rejects] == ["not_an_object"]


def test_json_nested_too_deeply_is_rejected_and_does_not_stop_the_reading(tmp_path: Path) -> None:
    deep = b'{"a":' + b"[" * 200_000
    records, rejects, _ = items(write(tmp_path, "a.jsonl", deep + b"\n" + GOOD))
    assert len(records) == 1
    assert [r.reason for r in rejects] == ["bad_json"]
    assert len(rejects[0].raw) == 4096
    assert rejects[0].size == len(deep)


def test_a_repeated_key_takes_the_last_value_and_says_so(tmp_path: Path) -> None:
    records, _, notices = items(write(tmp_path, "a.jsonl", b'{"title":"x","title":"y"}\n'))
    assert records[0].fields == {"title": "y"}
    assert [(n.code, n.line) for n in notices] == [("duplicate_keys", 1)]


def test_half_a_surrogate_pair_becomes_the_replacement_character_and_is_counted(tmp_path: Path) -> None:
    data = b'{"t":"a\\ud800b"}\n{"t":"\\ud83d\\ude00"}\n{"t":"\\udfffc"}'
    records, _, notices = items(write(tmp_path, "a.jsonl", data))
    assert [r.fields["t"] for r in records] == ["a\ufffdb", "\U0001f600", "\ufffdc"]
    assert [(n.code, n.times) for n in notices] == [("lone_surrogate", 2)]


def test_an_escaped_nul_is_kept_and_a_raw_one_is_kept_and_noticed(tmp_path: Path) -> None:
    records, _, notices = items(write(tmp_path, "a.jsonl", b'{"t":"a\\u0000b"}\n' * 40 + b'{"t":"a\0b"}\n'))
    assert {r.fields["t"] for r in records} == {"a\0b"}
    assert [(n.code, n.line) for n in notices] == [("nul_bytes", 41)]


def test_one_line_in_windows_1252_is_read_and_marked(tmp_path: Path) -> None:
    data = '{"t":"Düsterwald"}\n'.encode() + '{"t":"the café in Brenn"}\n'.encode("cp1252")
    records, rejects, notices = items(write(tmp_path, "a.jsonl", data))
    assert not rejects
    assert records[0].fields == {"t": "Düsterwald"}
    assert records[1].fields == {"t": "the café in Brenn", "_encoding": "cp1252"}
    assert [(n.code, n.line) for n in notices] == [("encoding_guessed", 2)]


def test_a_line_in_damaged_utf8_keeps_its_sound_letters(tmp_path: Path) -> None:
    data = '{"t":"برف در کوه'.encode() + b"\xd9" + b'"}\n'
    records, _, notices = items(write(tmp_path, "a.jsonl", data))
    assert records[0].fields["t"] == "برف در کوه\ufffd"
    assert [n.code for n in notices] == ["encoding_damaged"]


def test_a_line_in_no_known_encoding_is_rejected_not_turned_into_rubbish(tmp_path: Path) -> None:
    data = '{"t":"снег на перевале закрыл дорогу"}\n'.encode("cp1251")
    records, rejects, _ = items(write(tmp_path, "a.jsonl", data + GOOD))
    assert len(records) == 1
    assert [r.reason for r in rejects] == ["bad_encoding"]
    assert "UTF-8" in rejects[0].message


def test_a_line_of_a_hundred_megabytes_is_passed_over_in_little_memory(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(GOOD + b'\n{"t":"')
        for _ in range(100):
            file.write(b"x" * 2**20)
        file.write(b'"}\n' + GOOD + b"\n")
    tracemalloc.start()
    records, rejects, _ = items(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [r.line for r in records] == [1, 3]
    assert [(r.reason, r.line, r.size) for r in rejects] == [("line_too_long", 2, 100 * 2**20 + 8)]
    assert len(rejects[0].raw) == 4096
    assert records[1].offset == path.stat().st_size - len(GOOD) - 1
    assert peak < 60 * 2**20


def test_a_truncated_gzip_gives_what_is_there_and_one_reject(tmp_path: Path) -> None:
    packed = gzip.compress(b"".join(b'{"n":%d,"t":"%x"}\n' % (i, i * 7919**3) for i in range(5000)))
    records, rejects, _ = items(write(tmp_path, "a.jsonl.gz", packed[: len(packed) // 2]))
    assert 1000 < len(records) < 4000
    assert [r.fields["n"] for r in records] == [str(i) for i in range(len(records))]
    assert [r.reason for r in rejects] == ["truncated_gzip"]
    assert rejects[0].line == len(records) + 1


def test_a_damaged_gzip_gives_what_is_there_and_one_reject(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(b"".join(b'{"n":%d,"t":"%x"}\n' % (i, i * 7919**3) for i in range(200))))
    packed[-6] ^= 0xFF  # the checksum
    records, rejects, _ = items(write(tmp_path, "a.jsonl.gz", bytes(packed)))
    assert len(records) == 200
    assert [r.reason for r in rejects] == ["bad_gzip"]


def test_a_gzip_bomb_is_stopped_and_rejected(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb") as file:
        file.write(GOOD + b"\n")
        for _ in range(100):
            file.write(b" " * 2**20 + b"\n")
    records, rejects, _ = items(path)
    assert len(records) == 1
    assert [r.reason for r in rejects] == ["gzip_bomb"]
    assert "gunzip" in rejects[0].message


def test_a_broken_element_of_an_array_is_rejected_and_the_next_ones_are_read(tmp_path: Path) -> None:
    data = b'[{"t":"1","i":[{"u":1},{"u":2}]},\n{"t":"2", "i":[{"u" 3},{"u":4}]},\n{"t":"3"}]'
    records, rejects, _ = items(write(tmp_path, "a.json", data))
    assert [(r.fields["t"], r.line) for r in records] == [("1", 1), ("3", 3)]
    assert [(r.reason, r.line) for r in rejects] == [("bad_json", 2)]


def test_an_array_that_was_cut_off_gives_its_whole_elements_and_one_reject(tmp_path: Path) -> None:
    whole = json.dumps([{"t": str(i), "c": "word " * 9} for i in range(50)]).encode()
    records, rejects, _ = items(write(tmp_path, "a.json", whole[:-20]))
    assert len(records) == 49
    assert [r.reason for r in rejects] == ["bad_json"]


def test_an_element_in_windows_1252_inside_an_array_is_read(tmp_path: Path) -> None:
    data = b'[{"t":"one"},{"t":"caf\xe9 by the river"},\n"no article"]'
    records, rejects, notices = items(write(tmp_path, "a.json", data))
    assert [r.fields["t"] for r in records] == ["one", "café by the river"]
    assert [(r.reason, r.line) for r in rejects] == [("not_an_object", 2)]
    assert [n.code for n in notices] == ["encoding_guessed"]


@pytest.mark.parametrize("data", [b"17", b"{", b'{"title": "x"', b"\n \n", b'"text"', b"not json"])
def test_a_json_file_without_a_whole_article_is_one_reject(tmp_path: Path, data: bytes) -> None:
    records, rejects, _ = items(write(tmp_path, "a.json", data))
    assert not records
    assert len(rejects) == 1
