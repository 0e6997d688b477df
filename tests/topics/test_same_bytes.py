"""The same bytes from another process: other hash seed, threads of BLAS, order of files and articles."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from analysis.corpus.handle import Corpus
from analysis.terms.tokens import Tokens, tokens
from analysis.topics.fit import fit_topics
from analysis.topics.model import TopicModel
from analysis.topics.order import distinctive
from analysis.topics.stability import matched
from tests.topics.conftest import ingested, texts

FIT = """
import sys
from analysis.corpus.handle import open_corpus
from analysis.terms.tokens import tokens
from analysis.topics.fit import fit_topics
fit_topics(tokens(open_corpus(sys.argv[1])), n_topics=3, n_resamples=4, max_doc_share=1.0).save(sys.argv[2])
"""


def digests(folder: Path) -> dict[str, str]:
    return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(folder.iterdir())}


def fitted_elsewhere(corpus: Corpus, into: Path, **environment: str) -> dict[str, str]:
    """Fit in a process of its own and give the digests of the files it saved."""
    subprocess.run(
        [sys.executable, "-c", FIT, str(corpus.path), str(into)],
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
        timeout=300,
    )
    return digests(into)


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The corpus of three subjects, read from files in another order."""
    return ingested(tmp_path_factory.mktemp("turned"), texts()[0], backwards=True)


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "7", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        {"PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "4", "OMP_NUM_THREADS": "3"},
    ],
)
def test_hash_seed_threads_and_order_of_files_change_no_byte(
    model: TopicModel, turned: Corpus, tmp_path: Path, environment: dict[str, str]
) -> None:
    model.save(tmp_path / "here")
    assert fitted_elsewhere(turned, tmp_path / "there", **environment) == digests(tmp_path / "here")


def test_one_refit_at_a_time_gives_the_bytes_of_two(
    three: Tokens, model: TopicModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    fit_topics(three, n_topics=3, n_resamples=4, max_doc_share=1.0).save(tmp_path / "one")
    model.save(tmp_path / "two")
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_articles_under_other_names_give_the_same_topics(model: TopicModel, tmp_path: Path) -> None:
    # Names decide the order of articles inside: shuffled bodies are the same documents in another order.
    bodies = texts()[0]
    order = np.random.Generator(np.random.PCG64(5)).permutation(len(bodies))
    other = fit_topics(
        tokens(ingested(tmp_path, [bodies[i] for i in order])), n_topics=3, n_resamples=0, max_doc_share=1.0
    )
    assert other.terms == model.terms
    one, two = (distinctive(m.topic_word, m.doc_freq, m.n_docs) for m in (model, other))
    assert matched(one, two)[1].mean() >= 0.9
