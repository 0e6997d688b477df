"""The toy corpus, built once."""

import pytest

from analysis.corpus.handle import Corpus
from tests.toycorpus import build


@pytest.fixture(scope="session")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Ten made-up articles (`tests.toycorpus`)."""
    return build(tmp_path_factory.mktemp("toy"))
