"""Tone towards a target, counted by hand on short sentences."""

import json
from pathlib import Path

import numpy as np
import pytest

import analysis as an
from analysis.corpus.handle import Corpus, open_corpus
from analysis.corpus.ingest import ingest
from analysis.errors import InputError

# In VADER good is 1.9, terrible -2.1, happy 2.7.
BODIES = [
    "The ferry is good.",
    "The ferry sails at noon, and the terrible harbour waits.",
    "The council is terrible. The ferry sails at noon.",
    "“A terrible day for all of us,” a clerk said of the ferry.",
    "A quiet day on the river.",
]


@pytest.fixture(scope="module")
def river(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Five articles of a sentence or two."""
    folder = tmp_path_factory.mktemp("river")
    rows = [
        {"title": f"Item {i}", "content": b, "source": "x", "link": f"https://x.example/{i}"}
        for i, b in enumerate(BODIES)
    ]
    (folder / "raw").mkdir()
    (folder / "raw" / "a.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    ingest(folder / "raw", into=folder / "made", workers=1)
    return open_corpus(folder / "made")


def scores(corpus: Corpus, **options: object) -> list[float]:
    """The score of each article that mentions the ferry, in the order they were written."""
    table = an.towards(corpus, "ferry", neutral=None, **options).table  # type: ignore[arg-type]
    links = corpus.articles(["link"])["link"].tolist()
    order = np.argsort(links)
    return [float(table["numerator"].iloc[k]) for k in order if table["denominator"].iloc[k]]


def squashed(total: float) -> float:
    return total / np.sqrt(total**2 + 15)


def test_a_word_counts_by_its_distance_and_half_behind_each_clause(river: Corpus) -> None:
    good, terrible = 1.9 * np.exp(-2 / 10), -2.1 * np.exp(-6 / 10) / 2
    assert scores(river) == pytest.approx([squashed(good), squashed(terrible), 0, 0], abs=1e-6)
    assert scores(river, within="window")[1] == pytest.approx(squashed(terrible * 2), abs=1e-6)
    assert scores(river, within="segment")[:2] == pytest.approx([squashed(1.9), squashed(-2.1)], abs=1e-6)


def test_what_somebody_quoted_says_is_not_the_writers_tone(river: Corpus) -> None:
    assert scores(river)[3] == 0


def test_the_words_of_the_target_itself_do_not_count(river: Corpus) -> None:
    table = an.towards(river, "terrible harbour", neutral=None).table
    assert table["denominator"].sum() == 1
    assert table["numerator"].sum() == 0


def test_voices_add_up(river: Corpus) -> None:
    whole = an.towards(river, "ferry").table
    parts = an.towards_voices(river, "ferry")
    assert sum(p.table["numerator"] for p in parts.values()).to_numpy() == pytest.approx(
        whole["numerator"].to_numpy()
    )  # type: ignore[union-attr]
    assert sum(p.table["denominator"].sum() for p in parts.values()) == whole["denominator"].sum()


def test_mentions_are_listed_with_their_sentences(river: Corpus) -> None:
    table = an.towards_mentions(river, "ferry").table
    assert table["text"].iloc[0] == BODIES[0]
    assert len(table) == 4
    assert len(an.towards_mentions(river, "ferry", top=1).table) == 1


def test_a_target_that_never_occurs_is_said_with_the_nearest(river: Corpus) -> None:
    m = an.towards(river, "fery")
    assert m.table["denominator"].sum() == 0
    assert any("'ferry'" in n for n in m.notes)
    assert len(an.towards_mentions(river, "fery").table) == 0


def test_wrong_calls_say_what_is_right(river: Corpus) -> None:
    with pytest.raises(InputError, match="within"):
        an.towards(river, "ferry", within="sentence")
    with pytest.raises(InputError, match="window"):
        an.towards(river, "ferry", window=0)
    with pytest.raises(InputError, match="Corpus"):
        an.towards("corpus", "ferry")  # type: ignore[arg-type]


@pytest.mark.corpora
def test_towards_the_target_beats_the_segment_it_stands_in(
    corpora: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import gzip
    import re

    from benchmarks.towards import targets

    with gzip.open(corpora / "sentiment/newsmtsc-targets-3000.jsonl.gz", "rt", encoding="utf-8") as lines:
        targets([json.loads(line) for line in lines])
    said = capsys.readouterr().out.splitlines()
    found = {
        line[2:19].strip(): [float(v) for v in re.findall(r"(?:\.05|crossed) (\d\.\d+)", line)]
        for line in said
    }
    assert found["towards, clause"][0] > found["its segment"][0]
    assert found["towards, clause"][1] > found["its segment"][1]
