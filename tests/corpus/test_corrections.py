"""A correction by hand: checked, written down, laid over, shown with what it replaced."""

from pathlib import Path

import pytest

import analysis as an
from analysis.errors import InputError, UnknownNameError


@pytest.fixture
def corpus(source: Path, tmp_path: Path) -> an.Corpus:
    """Make a small corpus."""
    an.ingest(source, into=tmp_path / "c", workers=1)
    return an.open_corpus(tmp_path / "c")


@pytest.fixture
def doc_id(corpus: an.Corpus) -> str:
    """Give the id of one article."""
    return str(corpus.articles(["doc_id"]).doc_id[0])


def test_a_correction_is_written_laid_over_and_shown(corpus: an.Corpus, doc_id: str) -> None:
    before = str(corpus.read(doc_id).article["published"])
    corpus = an.correct(corpus, doc_id, "published", "2024-12-31", why="the printed edition", who="AK")
    corpus = an.correct(
        corpus, doc_id, "published", "2025-01-02", why="the first reading was of the wrong page"
    )
    corpus = an.correct(corpus, doc_id, "author", "R. Selk", why="named in print")
    text = str(corpus.read(doc_id))
    assert f"[corrected: published was {before}, is 2024-12-31: the printed edition (AK)]" in text
    assert "[corrected: published was 2024-12-31, is 2025-01-02: the first reading" in text
    assert "[corrected: author was (empty), is R. Selk: named in print]" in text
    assert "published: 2025-01-02 (corrected)" in text
    html = corpus.read(doc_id)._repr_html_()
    assert "Corrected by hand" in html
    assert "R. Selk" in html
    assert (corpus.path / "corrections.csv").read_text().splitlines()[0] == "doc_id,field,value,who,why"


def test_the_table_has_the_value_before_and_after(corpus: an.Corpus, doc_id: str) -> None:
    before = corpus.read(doc_id).article
    corpus = an.correct(corpus, doc_id, "outlet", "Evening Post", why="the masthead", who="AK")
    corpus = an.correct(corpus, doc_id, "link", None, why="a dead link")
    result = an.corrections(corpus)
    assert list(result.table.columns) == ["doc_id", "field", "old", "value", "who", "why"]
    rows = result.table.astype(object).where(result.table.notna(), None).to_numpy().tolist()
    assert rows == [
        [doc_id, "outlet", before["outlet"], "Evening Post", "AK", "the masthead"],
        [doc_id, "link", before["link"], None, "", "a dead link"],
    ]
    assert len(an.corrections(corpus.where(outlet="Evening Post")).table) == 2
    assert an.corrections(corpus.where(outlet=before["outlet"])).notes == (
        "Rows of corrections.csv that name no article of this selection: 2.",
    )


def test_a_corrected_text_is_shown_with_the_marked_one_below(corpus: an.Corpus, doc_id: str) -> None:
    old = corpus.read(doc_id).body
    corpus = an.correct(corpus, doc_id, "body", "As it was printed.", why="cut off")
    page = corpus.read(doc_id)
    html = page._repr_html_()
    assert html.index("As it was printed.") < html.index("Before the correction") < html.rindex(old[:20])
    assert "[before the correction:]" in str(page)
    assert page.body == "As it was printed."


@pytest.mark.parametrize(
    ("field", "value", "why", "said"),
    [
        ("titel", "x", "y", "Did you mean 'title'"),
        ("n_words", "3", "y", "field"),
        ("published", "31.12.2024", "y", "isoformat|ISO"),
        ("title", "x", " ", "`why` is empty"),
        ("title", 3, "y", "`value`"),
        ("title", "x", None, "`why`"),
    ],
)
def test_a_wrong_call_writes_nothing(
    corpus: an.Corpus, doc_id: str, field: str, value: str, why: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        an.correct(corpus, doc_id, field, value, why=why)
    assert not (corpus.path / "corrections.csv").exists()


def test_an_article_that_is_not_there_is_named(corpus: an.Corpus) -> None:
    with pytest.raises(UnknownNameError, match="no such article"):
        an.correct(corpus, "0" * 20, "title", "x", why="y")
    assert not (corpus.path / "corrections.csv").exists()


def test_a_row_for_another_corpus_is_counted_in_a_note(corpus: an.Corpus, doc_id: str) -> None:
    lines = ["doc_id,field,value,who,why", f"{doc_id},title,New,,x", "ffffffffffffffffffff,title,New,,x"]
    (corpus.path / "corrections.csv").write_text("\n".join(lines) + "\n")
    result = an.corrections(an.open_corpus(corpus.path))
    assert len(result.table) == 1
    assert result.notes == ("Rows of corrections.csv that name no article of this selection: 1.",)


def test_text_a_spreadsheet_would_compute_is_kept_as_it_is(corpus: an.Corpus, doc_id: str) -> None:
    corpus = an.correct(
        corpus, doc_id, "title", '=HYPERLINK("x"), "quoted"\nand a line', why="a, b", who="=1"
    )
    assert an.corrections(corpus).table.value[0] == '=HYPERLINK("x"), "quoted"\nand a line'
    assert corpus.read(doc_id).article["title"] == '=HYPERLINK("x"), "quoted"\nand a line'


def test_a_correction_outlives_another_ingest(corpus: an.Corpus, doc_id: str, source: Path) -> None:
    an.correct(corpus, doc_id, "title", "Another", why="x")
    an.ingest(source, into=corpus.path, workers=1)
    assert an.open_corpus(corpus.path).read(doc_id).article["title"] == "Another"
