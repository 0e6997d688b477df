"""Texts of the real corpora for the tests of the encoder. Not for tests that run without them."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

FILES = {
    "pakistan/dawn-2025.jsonl.gz": "content",
    "pakistan/app-2025.jsonl.gz": "content",
    "pakistan/wire-2016-2024.parquet": "content",
    "srilanka/english-three-outlets.jsonl.gz": "text",
    "languages/ur-fa-ar-si-ta.jsonl.gz": "text",
    "quotes/polnear-visible.jsonl.gz": "text",
    "topics/bbc-2225.jsonl.gz": "text",
    "sentiment/newsmtsc-targets-3000.jsonl.gz": "text",
    "sentiment/nyt-snippets-half.jsonl.gz": "text",
}


def texts(corpora: Path, file: str, *, every: int = 1) -> list[str]:
    """Give every n-th text of a file."""
    every_text = list(_rows(corpora / file, FILES[file]))
    return [text for text in every_text[::every] if text]


def _rows(path: Path, field: str) -> Iterator[str | None]:
    if path.suffix == ".parquet":
        yield from pq.read_table(path, columns=[field])[field].to_pylist()
        return
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line).get(field)
