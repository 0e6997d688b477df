"""A demo corpus with known truth, the toy corpus, and one whose outlets are declared."""

import json
from pathlib import Path
from typing import Any

import pytest

import analysis as an
from analysis.corpus.demo import build_demo
from tests.toycorpus import build


@pytest.fixture(scope="session")
def toy(tmp_path_factory: pytest.TempPathFactory) -> an.Corpus:
    """Ten made-up articles (`tests.toycorpus`)."""
    return build(tmp_path_factory.mktemp("toy"))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[an.Corpus, dict[str, Any], Path]:
    """A demo of 1,200 articles, its truth, and where its raw files are."""
    folder = tmp_path_factory.mktemp("tracing")
    build_demo(folder / "raw", articles=1200, seed=5)
    an.ingest(folder / "raw", into=folder / "demo", workers=1)
    truth = json.loads((folder / "raw" / "truth.json").read_text("utf-8"))
    return an.open_corpus(folder / "demo"), truth, folder / "raw"
