"""The corpus of ten articles, ingested once."""

from pathlib import Path

import pytest

from analysis.corpus.handle import Corpus
from tests.toycorpus import build


@pytest.fixture(scope="session")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return build(Path(tmp_path_factory.mktemp("explore")))
