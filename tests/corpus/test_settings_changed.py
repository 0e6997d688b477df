"""A change of settings makes the corpus anew, and can be taken back; an encoded corpus fits its articles."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

import analysis as an
from analysis.corpus.encoded import TOKEN_COLUMNS, TokenBatch
from analysis.schema import SEGMENTS
from tests.corpus.conftest import article

Write = Callable[..., Path]
CLUTTER = "Photo: Jane Roe"
OFF = '[cleaning.off]\n"*" = ["caption"]\n'


@pytest.fixture
def raw(tmp_path: Path, jsonl: Write) -> Path:
    records = [article(i) for i in range(30)]
    for r in records:
        r["content"] = f"{r['content']}\n{CLUTTER}\n{r['content']} Once more."
    jsonl(tmp_path / "raw" / "a.jsonl", records)
    return tmp_path / "raw"


def bodies(corpus: an.Corpus) -> list[str]:
    return list(corpus.articles(["body"])["body"])


def test_a_rule_switched_off_and_on_again_leaves_the_corpus_as_it_was(raw: Path, tmp_path: Path) -> None:
    into, settings = tmp_path / "c", tmp_path / "raw" / "corpus.toml"
    an.ingest(raw, into=into)
    first = an.open_corpus(into)
    settings.write_text(OFF, encoding="utf-8")
    report = an.ingest(raw, into=into)
    assert (report.records, report.kept, report.duplicates) == (30, 30, 0)
    assert all(CLUTTER in body for body in bodies(an.open_corpus(into)))
    settings.unlink()
    an.ingest(raw, into=into)
    third = an.open_corpus(into)
    assert third.snapshot.number == 3
    assert third.fingerprint == first.fingerprint
    assert bodies(third) == bodies(first)
    assert bodies(an.open_corpus(into, as_of=1)) == bodies(first)


def test_where_a_source_is_no_longer_there_its_articles_stay_and_the_ingest_says_so(
    raw: Path, tmp_path: Path, jsonl: Write
) -> None:
    into = tmp_path / "c"
    an.ingest(raw, into=into)
    (raw / "a.jsonl").unlink()
    jsonl(raw / "b.jsonl", [article(100)])
    (raw / "corpus.toml").write_text(OFF, encoding="utf-8")
    report = an.ingest(raw, into=into)
    assert any("a.jsonl" in note and "stays as it was cleaned" in note for note in report.notes)
    assert len(an.open_corpus(into)) == 31


def test_relearning_says_what_it_learned_otherwise(raw: Path, tmp_path: Path, jsonl: Write) -> None:
    into = tmp_path / "c"
    an.ingest(raw, into=into)
    assert an.ingest(raw, into=into).records == 0  # unchanged, passed over
    report = an.ingest(raw, into=into, relearn=True)
    assert report.records == 30
    assert "relearned: nothing changed" in report.notes


def encoded(corpus: an.Corpus) -> list[tuple[str, str]]:
    """Rebuild each segment from the forms of its tokens, beside the text it was cut from."""
    forms = corpus.encoding.forms.to_pylist()
    found = []
    for batch in corpus.scan("title", "standfirst", "body", *TOKEN_COLUMNS):
        tokens = TokenBatch.of(batch)
        texts = batch.to_pylist()
        for i in range(len(tokens)):
            for s in range(tokens.doc_segments[i], tokens.doc_segments[i + 1]):
                part = ("title", "standfirst", "body")[tokens.seg_part[s]]
                text = texts[i][part][tokens.seg_start[s] : tokens.seg_end[s]]
                at = np.arange(tokens.seg_first[s], tokens.seg_first[s + 1])
                spaces = tokens.space_before(np.full(len(at), i), at)
                pieces = [
                    (" " if space and k else "") + forms[t]
                    for k, (t, space) in enumerate(zip(tokens.type_ids[at], spaces, strict=True))
                ]
                found.append((" ".join(text.split()), "".join(pieces)))
    return found


def test_the_tokens_of_every_segment_spell_its_text(raw: Path, tmp_path: Path) -> None:
    an.ingest(raw, into=tmp_path / "c")
    pairs = encoded(an.open_corpus(tmp_path / "c"))
    assert len(pairs) > 100
    assert all(text == spelled for text, spelled in pairs)


def test_a_corrected_body_is_encoded_again_and_may_bring_new_forms(raw: Path, tmp_path: Path) -> None:
    an.ingest(raw, into=tmp_path / "c")
    corpus = an.open_corpus(tmp_path / "c")
    doc_id = corpus.articles(["outlet"])["doc_id"][7]
    corpus = an.correct(corpus, doc_id, "body", "Zyxwvut rivers rose.", why="a test")
    pairs = encoded(corpus)
    assert ("Zyxwvut rivers rose.", "Zyxwvut rivers rose.") in pairs
    assert all(text == spelled for text, spelled in pairs)


def test_known_forms_keep_their_ids_when_articles_are_added(raw: Path, tmp_path: Path, jsonl: Write) -> None:
    an.ingest(raw, into=tmp_path / "c")
    before = an.open_corpus(tmp_path / "c").encoding.forms.to_pylist()
    jsonl(
        raw / "b.jsonl",
        [article(500, content="Aardvarks and zebras are new here, said the keeper of the zoo.")],
    )
    an.ingest(raw, into=tmp_path / "c")
    corpus = an.open_corpus(tmp_path / "c")
    assert corpus.encoding.forms.to_pylist()[: len(before)] == before
    assert "Aardvarks" in corpus.encoding.forms.to_pylist()[len(before) :]
    assert all(text == spelled for text, spelled in encoded(corpus))


def test_segments_lie_in_the_row_groups_of_their_articles(raw: Path, tmp_path: Path) -> None:
    an.ingest(raw, into=tmp_path / "c")
    for articles in (tmp_path / "c").glob("articles-*.parquet"):
        beside = articles.with_name(articles.name.replace("articles", "segments"))
        one, other = pq.ParquetFile(articles), pq.ParquetFile(beside)
        assert other.schema_arrow.equals(SEGMENTS)
        for g in range(one.num_row_groups):
            ids = one.read_row_group(g, ["doc_id"])["doc_id"].to_numpy()
            assert np.array_equal(ids, other.read_row_group(g, ["doc_id"])["doc_id"].to_numpy())


def test_another_encoder_gives_another_fingerprint_whole_and_narrowed(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    an.ingest(raw, into=tmp_path / "c")
    old = an.open_corpus(tmp_path / "c")
    monkeypatch.setattr("analysis.corpus.parameters.ENCODER_VERSION", 99)
    an.ingest(raw, into=tmp_path / "c", workers=1)
    new = an.open_corpus(tmp_path / "c")
    assert bodies(new) == bodies(old)
    assert new.fingerprint != old.fingerprint
    narrowed = [corpus.where(text="more").fingerprint for corpus in (old, new)]
    assert narrowed[0] != narrowed[1]
