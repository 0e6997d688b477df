"""`corpus/sample` is what the generator makes: a reader of it sees the real thing."""

import gzip
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from analysis.corpus.demo import build_sample

COMMITTED = Path(__file__).parents[2] / "corpus" / "sample"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "raw"
    build_sample(folder)
    return folder


def content(path: Path) -> object:
    """Give what a file says: compressed formats unpacked, as packing differs between library versions."""
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes())
    if path.suffix == ".xlsx":
        from zipfile import ZipFile

        with ZipFile(path) as book:
            return {i.filename: (i.date_time, book.read(i)) for i in book.infolist()}
    return path.read_bytes()


def files(folder: Path) -> dict[str, Path]:
    return {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}


def test_the_committed_sample_is_what_the_generator_makes(made: Path) -> None:
    ours, theirs = files(COMMITTED), files(made)
    assert set(ours) == set(theirs)
    for name, path in ours.items():
        assert content(path) == content(theirs[name]), name


def test_the_sample_is_small_and_has_every_format() -> None:
    found = files(COMMITTED)
    assert 50 <= len(found) <= 75
    assert sum(p.stat().st_size for p in found.values()) < 600_000
    assert {n.rpartition("/")[2].partition(".")[2] for n in found} >= {
        "txt", "html", "csv", "xlsx", "json", "jsonl", "jsonl.gz", "parquet",
    }  # fmt: skip
