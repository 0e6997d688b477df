"""A new kind of file is one class and one registration; what lies in a folder comes in one order."""

import pickle
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.errors import UnknownNameError
from analysis.readers import Chunk, Item, Record, base, discover, read, reader_for, reader_named, register


class Telegrams:
    """A toy: articles separated by STOP."""

    name = "telegrams"
    suffixes = (".wire.txt",)

    def plan(self, path: Path, source: str) -> list[Chunk]:
        return [Chunk(str(path), source, self.name)]

    def read(self, chunk: Chunk) -> Iterator[Item]:
        for line, text in enumerate(Path(chunk.path).read_text(encoding="utf-8").split("STOP"), 1):
            yield Record({"content": text.strip()}, line)


@pytest.fixture
def _register_restored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "_REGISTER", dict(base._REGISTER))


@pytest.mark.usefixtures("_register_restored")
def test_a_reader_is_used_once_it_is_registered_and_the_longest_suffix_wins(tmp_path: Path) -> None:
    (tmp_path / "a.wire.txt").write_text("Snow fell STOP It thawed", encoding="utf-8")
    assert discover(tmp_path).read[0].reader == "text"
    register(Telegrams())
    (file,) = discover(tmp_path).read
    assert file.reader == "telegrams"
    assert [i.fields["content"] for c in file.chunks for i in read(c) if isinstance(i, Record)] == [
        "Snow fell",
        "It thawed",
    ]
    chosen = reader_for("b.txt")
    assert chosen is not None
    assert chosen.name == "text"


def test_a_reader_of_an_unknown_name_is_a_helpful_error() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'jsonl'"):
        reader_named("jsonlines")


def test_files_come_sorted_by_composed_relative_path_and_chunks_travel(tmp_path: Path) -> None:
    names = ["b/a.txt", "B.txt", "b.txt", unicodedata.normalize("NFD", "é.txt"), "a.JSONL"]
    (tmp_path / "b").mkdir()
    for name in names:
        (tmp_path / name).write_text('{"title":"x"}', encoding="utf-8")
    found = discover(tmp_path)
    assert [f.source for f in found.read] == ["B.txt", "a.JSONL", "b.txt", "b/a.txt", "é.txt"]
    assert found == discover(tmp_path)
    assert pickle.loads(pickle.dumps(found)) == found


def test_excluded_patterns_and_corpus_folders_are_ignored(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "store").mkdir()
    for name in ("old/a.txt", "a.txt", "store/corpus.json", "store/articles-1.parquet"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    found = discover(tmp_path, exclude=["old/*"])
    assert [f.source for f in found.read] == ["a.txt"]
    assert [(i.source, i.reason) for i in found.ignored] == [
        ("old/a.txt", "excluded"),
        ("store", "corpus_folder"),
    ]


def test_importing_the_readers_is_light() -> None:
    code = (
        "import sys, analysis.readers; "
        "heavy = [m for m in ('trafilatura', 'pyarrow', 'lxml', 'python_calamine') if m in sys.modules]; print(heavy)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() in ("[]", "['pyarrow']")
