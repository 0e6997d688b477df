"""Cleaning what is clean: nothing changes, and what would is listed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import analysis as an
from analysis.engine import Processes
from tests.corpus.conftest import WORDS, article

Write = Callable[..., Path]


@pytest.fixture
def corpus(tmp_path: Path, jsonl: Write) -> an.Corpus:
    """Make 30 articles of two outlets, each with a link to take out."""
    records = [
        article(i, content=f"VESHIN: {WORDS} {i}.\nRead more: Tides\nThe end came.") for i in range(30)
    ]
    jsonl(tmp_path / "raw" / "a.jsonl", records)
    an.ingest(tmp_path / "raw", into=tmp_path / "c", workers=1)
    return an.open_corpus(tmp_path / "c")


def _unlearned(corpus: an.Corpus) -> an.Corpus:
    """Pretend the snapshot had been cleaned with a suffix that it was not."""
    cleaning = corpus.snapshot.knowledge["cleaning"] | {"suffixes": {"lowland post": [" number 3"]}}
    knowledge = corpus.snapshot.knowledge | {"cleaning": cleaning}
    return replace(corpus, snapshot=replace(corpus.snapshot, knowledge=knowledge))


def test_a_cleaned_article_cleaned_again_stays_as_it_is(corpus: an.Corpus) -> None:
    result = an.recheck(corpus)
    assert list(result.table.columns) == ["doc_id", "outlet", "part", "rule", "text"]
    assert not len(result.table)
    assert result.notes == ("Cleaned again, 30 of 30 articles (100 %) stay exactly as they are.",)


def test_what_would_still_go_is_listed_with_rule_and_text(tmp_path: Path, corpus: an.Corpus) -> None:
    path = next(corpus.path.glob("articles-*.parquet"))
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    bodies = table["body"].to_pylist()
    bodies[4] += "\nRead more: What was overlooked\nAnd an end."
    bodies[7] = f"LOWLAND: {bodies[7]}"
    bodies[9] += " a\u00adb"
    column = pa.array(bodies, pa.string())
    pq.write_table(
        table.set_column(table.schema.get_field_index("body"), table.schema.field("body"), column), path
    )
    result = an.recheck(corpus)
    assert sorted(zip(result.table.rule, result.table.text, strict=True))[0] == ("dateline", "LOWLAND:")
    assert set(result.table.rule) == {"dateline", "read_more", "normalisation"}
    assert result.notes[0] == "Cleaned again, 27 of 30 articles (90.000 %) stay exactly as they are."


def test_nothing_to_check_is_not_a_share_of_all(corpus: an.Corpus) -> None:
    assert an.recheck(corpus.where(text="zzz")).notes == ("There was no article to clean again.",)


def test_titles_are_checked_too(corpus: an.Corpus) -> None:
    result = an.recheck(_unlearned(corpus))
    assert set(result.table.part) <= {"title"}


def test_an_article_corrected_by_hand_is_left_out_and_counted(corpus: an.Corpus) -> None:
    doc_id = corpus.articles(["doc_id"]).doc_id[0]
    corrected = an.correct(
        corpus, doc_id, "body", "Read more: as the printed page has it", why="the printed page"
    )
    assert (
        an.recheck(corrected).notes[1]
        == "Left out because their text or outlet was corrected by hand: 1 articles."
    )
    assert not len(an.recheck(corrected).table)


def test_serial_and_spawned_runs_say_the_same(corpus: an.Corpus) -> None:
    with Processes(2) as engine:
        assert an.recheck(replace(corpus, engine=engine)) == an.recheck(corpus)


def test_a_share_just_below_all_does_not_read_as_all() -> None:
    from analysis.corpus.recheck import _percent

    assert (_percent(100.0), _percent(99.99996), _percent(99.95)) == ("100", "99.999", "99.950")
