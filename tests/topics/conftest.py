"""A made-up corpus of three subjects, small enough to fit topics in a second."""

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.corpus.handle import Corpus, open_corpus
from analysis.corpus.ingest import ingest
from analysis.terms.tokens import Tokens, tokens
from analysis.topics.fit import fit_topics
from analysis.topics.model import TopicModel

SUBJECTS = {
    name: words.split()
    for name, words in {
        "harbour": "ferry quay anchor tide harbour pilot cargo crane vessel dock sailor buoy wharf captain",
        "farming": "wheat barley plough seed harvest orchard tractor barn grain soil meadow cattle dairy mill",
        "court": "judge trial verdict appeal lawyer witness jury sentence prison hearing bail clerk plea evidence",
    }.items()
}
COMMON = "people year town council day week plan report office member money street public work".split()  # noqa: SIM905
N = 240


def texts(seed: int = 3) -> tuple[list[str], list[str]]:
    """Make one article after the other, of one subject each, half of its words common ones."""
    rng = np.random.Generator(np.random.PCG64(seed))
    names = sorted(SUBJECTS)
    bodies, subjects = [], []
    for number in range(N):
        subject = names[number % 3]
        own = rng.choice(SUBJECTS[subject], 30, p=_weights(len(SUBJECTS[subject])))
        words = np.concatenate([own, rng.choice(COMMON, 30)])
        rng.shuffle(words)
        bodies.append(" ".join(words).capitalize() + ".")
        subjects.append(subject)
    return bodies, subjects


def _weights(n: int) -> np.ndarray:
    falling = 1 / (np.arange(n) + 3.0)
    return falling / falling.sum()


def ingested(folder: Path, bodies: list[str], *, backwards: bool = False) -> Corpus:
    """Ingest articles of two outlets, a day apart; in several files, which may be read in another order."""
    records = [
        {
            "title": f"Item number {i}",
            "content": body,
            "source": ("Upland Post", "Harbour Courier")[i % 2],
            "link": f"https://toy.example/{i}",
            "date_published": str(np.datetime64("2025-01-01") + i % 120),
        }
        for i, body in enumerate(bodies)
    ]
    raw = folder / "raw"
    raw.mkdir(parents=True)
    for k in range(3):
        lines = [json.dumps(r) + "\n" for r in records[k::3]]
        name = 9 - k if backwards else k
        (raw / f"{name}.jsonl").write_text("".join(lines[::-1] if backwards else lines), encoding="utf-8")
    ingest(raw, into=folder / "made", workers=1)
    return open_corpus(folder / "made")


@pytest.fixture(scope="session")
def three(tmp_path_factory: pytest.TempPathFactory) -> Tokens:
    """The corpus of three subjects."""
    return tokens(ingested(tmp_path_factory.mktemp("three"), texts()[0]))


@pytest.fixture(scope="session")
def model(three: Tokens) -> TopicModel:
    """Three topics of it."""
    return fit_topics(three, n_topics=3, n_resamples=4, max_doc_share=1.0)
