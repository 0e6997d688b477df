"""A corpus is narrowed, sampled, read, described and corrected without changing what is stored."""

import json
from pathlib import Path

import pytest

import analysis as an
from analysis.errors import InputError, UnknownNameError


@pytest.fixture
def corpus(source: Path, tmp_path: Path) -> an.Corpus:
    an.ingest(source, into=tmp_path / "corpus" / "ferry", workers=1)
    return an.open_corpus(tmp_path / "corpus" / "ferry")


def test_where_narrows_by_outlet_days_and_text(corpus: an.Corpus) -> None:
    assert len(corpus.where(outlet="Lowland Post")) == 10
    assert len(corpus.where(since="2025-01-05", until="2025-01-06")) == 2
    assert len(corpus.where(text="harbour")) == 30
    assert len(corpus.where(text='"ferry plan number 7" | "number 8"')) == 2
    assert len(corpus.where(text="harbo*")) == 30
    assert len(corpus.where(text="harbo")) == 0
    assert len(corpus.where(outlet="Lowland Post").where(text='"number 3"')) == 1


def test_a_selection_has_its_own_fingerprint_whatever_the_order_of_conditions(corpus: an.Corpus) -> None:
    one = corpus.where(outlet="Lowland Post").where(since="2025-01-10")
    two = corpus.where(since="2025-01-10").where(outlet="Lowland Post")
    assert one.fingerprint == two.fingerprint != corpus.fingerprint


def test_a_sample_is_the_same_again_and_another_seed_draws_others(corpus: an.Corpus) -> None:
    ids = list(corpus.sample(5, seed=1).articles(["doc_id"]).doc_id)
    assert len(ids) == 5
    assert ids == list(corpus.sample(5, seed=1).articles(["doc_id"]).doc_id)
    assert ids != list(corpus.sample(5, seed=2).articles(["doc_id"]).doc_id)
    assert len(corpus.sample(500)) == 30


def test_an_unknown_outlet_names_the_nearest(corpus: an.Corpus) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'Lowland Post'"):
        corpus.where(outlet="Lowlands Post")


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": '"open'},
        {"text": "a | "},
        {"since": "2025-13-01"},
        {"since": "2025-02", "until": "2025-01"},
    ],
)
def test_a_wrong_condition_fails_at_once(corpus: an.Corpus, wrong: dict[str, str]) -> None:
    with pytest.raises(InputError):
        corpus.where(**wrong)  # type: ignore[arg-type]


def test_articles_come_ordered_by_id_without_their_text_unless_asked(corpus: an.Corpus) -> None:
    table = corpus.articles()
    assert list(table.doc_id) == sorted(table.doc_id)
    assert "body" not in table.columns
    assert list(corpus.articles(["title"]).columns) == ["doc_id", "title"]
    with pytest.raises(UnknownNameError, match="Did you mean 'title'"):
        corpus.articles(["titel"])


def test_a_page_is_escaped(tmp_path: Path, source: Path, jsonl) -> None:  # type: ignore[no-untyped-def]
    from tests.corpus.conftest import WORDS, article

    jsonl(
        source / "b.jsonl",
        [
            article(
                99,
                title="<script>alert(1)</script>",
                link="javascript:alert(1)",
                content=WORDS + " Alertness <b>x</b>",
            )
        ],
    )
    an.ingest(source, into=tmp_path / "c", workers=1)
    corpus = an.open_corpus(tmp_path / "c")
    (row,) = corpus.where(text="alertness").articles(["doc_id"]).to_dict("records")
    html = corpus.read(row["doc_id"])._repr_html_()
    assert "<script" not in html
    assert "href" not in html


def test_a_correction_is_laid_over_and_shown_and_changes_the_fingerprint(corpus: an.Corpus) -> None:
    doc_id = corpus.articles(["doc_id"]).doc_id[0]
    before = corpus.fingerprint
    corrected = an.correct(
        corpus, doc_id, "published", "2024-12-31", why="the page shows the day it was moved"
    )
    assert len(corrected.where(until="2024-12-31")) == 1
    assert corrected.fingerprint != before
    assert "the day it was moved" in str(corrected.read(doc_id))
    assert an.open_corpus(corpus.path).fingerprint == corrected.fingerprint
    with pytest.raises(InputError, match="why"):
        an.correct(corpus, doc_id, "title", "x", why=" ")
    with pytest.raises(InputError, match="field"):
        an.correct(corpus, doc_id, "n_words", "3", why="x")


def test_metadata_adds_columns(corpus: an.Corpus) -> None:
    doc_id = corpus.articles(["doc_id"]).doc_id[0]
    (corpus.path / "metadata.csv").write_text(f"doc_id,frame\n{doc_id},conflict\n")
    corpus = an.open_corpus(corpus.path)
    assert len(corpus.where(metadata={"frame": "conflict"})) == 1
    assert corpus.articles().frame.notna().sum() == 1


def test_every_table_of_description_has_rows_or_says_there_are_none(corpus: an.Corpus) -> None:
    for name in (
        "describe",
        "accounting",
        "outlet_months",
        "date_quality",
        "lengths",
        "languages",
        "field_coverage",
        "fields_used",
    ):
        assert len(getattr(an, name)(corpus).table), name
    for name in ("rejects", "reject_reasons", "duplicates", "cleaning"):
        assert list(getattr(an, name)(corpus).table.columns), name


def test_languages_are_counted_as_declared_and_as_found(tmp_path: Path) -> None:
    english = "The council met on the bank of the river and promised a new ferry to those who had waited for years. "
    tamil = "ஆற்றங்கரையில் சபை கூடி புதிய படகு தருவதாக உறுதியளித்தது. விவசாயிகள் பல ஆண்டுகளாக காத்திருப்பதாக கூறினர். "
    bodies = [
        ("en-US", english * 3),
        ("en-US", tamil * 3),
        ("en-US", english * 3 + "\n" + tamil * 2),
        ("en-US", "12:30"),
    ]
    lines = [
        json.dumps(
            {
                "title": f"{i}",
                "text": text,
                "source": "Post",
                "language": said,
                "link": f"https://post.example/{i}",
            }
        )
        for i, (said, text) in enumerate(bodies)
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    an.ingest(tmp_path / "a.jsonl", into=tmp_path / "post", workers=1)
    result = an.languages(an.open_corpus(tmp_path / "post"))
    names = ["outlet", "declared", "identified", "n_docs", "n_disagree", "n_mixed"]
    assert list(result.table.columns) == names
    rows = result.table.astype(object).where(result.table.notna(), None)
    assert set(map(tuple, rows.to_numpy())) == {
        ("Post", "en-US", "en", 2, 0, 1),
        ("Post", "en-US", "ta", 1, 1, 0),
        ("Post", "en-US", None, 1, 0, 0),
    }
    assert "1 articles are too short" in result.notes[0]


def test_a_corpus_is_found_by_name_from_below_its_project(
    corpus: an.Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    assert an.open_corpus("ferry").fingerprint == corpus.fingerprint
    with pytest.raises(UnknownNameError, match="Did you mean 'ferry'"):
        an.open_corpus("fery")
    with pytest.raises(UnknownNameError):
        an.open_corpus("../ferry")
