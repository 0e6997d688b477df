"""Small corpora of made-up articles whose tone can be worked out by hand."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.corpus.handle import Corpus, open_corpus
from analysis.corpus.ingest import ingest
from tests.toycorpus import build

Make = Callable[..., Corpus]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Ingest bodies (or whole records) as a corpus."""
    count = iter(range(100))

    def built(*articles: str | dict[str, str | None]) -> Corpus:
        folder = tmp_path / str(next(count))
        (folder / "raw").mkdir(parents=True)
        lines = []
        for i, article in enumerate(articles):
            own = {"content": article} if isinstance(article, str) else article
            record = {"title": f"Item {i}", "source": "Upland Post", "link": f"https://toy.example/{i}"} | own
            lines.append(json.dumps(record, ensure_ascii=False) + "\n")
        (folder / "raw" / "a.jsonl").write_text("".join(lines), encoding="utf-8")
        ingest(folder / "raw", into=folder / "made", workers=1)
        return open_corpus(folder / "made")

    return built


@pytest.fixture(scope="session")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Ten made-up articles (`tests.toycorpus`)."""
    return build(tmp_path_factory.mktemp("toy"))
