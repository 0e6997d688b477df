"""Small corpora for the measures: the toy corpus, six articles of ten words, and a larger one to permute."""

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.corpus.handle import Corpus, open_corpus
from analysis.corpus.ingest import ingest
from tests.toycorpus import build

# (outlet, day, body); ten words each, but for the last with two sentences of five words.
SIX = (
    ("Upland Post", "2025-01-06", "The ferry left the quay and the ferry came back."),
    ("Upland Post", "2025-01-07", "A ferry waits at the quay while rain falls slowly."),
    ("Upland Post", "2025-01-14", "The mill burns grain and the baker buys no flour."),
    ("Harbour Courier", "2025-01-06", "The mill grinds wheat and the baker sells warm bread."),
    ("Harbour Courier", "2025-01-15", "The mill stands still because the river carries no water."),
    ("Harbour Courier", None, "The old clerk counts votes. Ferry tickets cost more now."),
)


def built(folder: Path, rows: tuple[tuple[str, str | None, str], ...], *, ingests: int = 1) -> Corpus:
    """Ingest made-up articles, in so many goes."""
    records = [
        {"title": f"Item {i}", "content": body, "source": outlet, "link": f"https://toy.example/{i}"}
        | ({"date_published": day} if day else {})
        for i, (outlet, day, body) in enumerate(rows)
    ]
    for k in range(ingests):
        raw = folder / f"raw{k}"
        raw.mkdir(parents=True)
        lines = [json.dumps(r, ensure_ascii=False) + "\n" for r in records[k::ingests]]
        (raw / f"{k}.jsonl").write_text("".join(lines), encoding="utf-8")
        ingest(raw, into=folder / "made")
    return open_corpus(folder / "made")


@pytest.fixture(scope="session")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Ten made-up articles (`tests.toycorpus`)."""
    return build(tmp_path_factory.mktemp("toy"))


@pytest.fixture(scope="session")
def six(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Six articles of two outlets, ten words each."""
    return built(tmp_path_factory.mktemp("six"), SIX)


COMMON = (
    "river",
    "bread",
    "market",
    "clerk",
    "stone",
    "lamp",
    "road",
    "field",
    "letter",
    "bridge",
    "wall",
    "boat",
)


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Two hundred articles; of the Courier's, every second speaks of a shaft, three times; of the Post's, none does."""
    rng = np.random.default_rng(3)
    rows = []
    for i in range(200):
        words = [COMMON[k] for k in rng.integers(0, len(COMMON), rng.integers(30, 60))]
        outlet = "Harbour Courier" if i % 2 else "Upland Post"
        if i % 4 == 1:
            words[3:3] = ["shaft"] * 3
        rows.append((outlet, f"2025-{1 + i % 6:02d}-{1 + i % 27:02d}", f"Item {i} says {' '.join(words)}."))
    return built(tmp_path_factory.mktemp("planted"), tuple(rows))
