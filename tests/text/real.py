"""Texts of the real corpora for the tests of the encoder. Not for tests that run without them."""

import gzip
import json
from pathlib import Path

FILES = {
    "pakistan/dawn-2025.jsonl.gz": "content",
    "pakistan/app-2025.jsonl.gz": "content",
    "srilanka/english-three-outlets.jsonl.gz": "text",
    "languages/ur-fa-ar-si-ta.jsonl.gz": "text",
    "quotes/polnear-visible.jsonl.gz": "text",
    "topics/bbc-2225.jsonl.gz": "text",
}


def texts(corpora: Path, file: str, *, every: int = 1) -> list[str]:
    """Give every n-th text of a file."""
    found: list[str] = []
    with gzip.open(corpora / file, "rt", encoding="utf-8") as lines:
        for i, line in enumerate(lines):
            if i % every == 0:
                text = json.loads(line).get(FILES[file])
                if text:
                    found.append(text)
    return found
