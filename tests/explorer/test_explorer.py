"""What is typed into the explorer is what is answered, and what is sent to the notebook gives the same numbers."""

import pandas as pd
import pytest

import analysis as an
from analysis.corpus.handle import Corpus
from analysis.errors import UnknownNameError
from analysis.explorer import Question, answer
from analysis.explorer.sending import expression, script


def test_a_search_gives_lines_a_line_over_time_and_opens_articles(toy: Corpus) -> None:
    explorer = an.explore(toy, pattern="ferr*")
    assert explorer.answer is not None
    assert "11 hits in 4 articles" in explorer._said.value
    assert len(explorer._lines.options) == 11
    assert bytes(explorer._picture.value).startswith(b"\x89PNG")
    explorer.open(0)
    assert explorer._article.value.count("<mark>") == 2
    assert not explorer._send.disabled


def test_filters_narrow_and_a_wrong_date_is_said_and_leaves_nothing_old(toy: Corpus) -> None:
    explorer = an.explore(toy, pattern="ferry")
    explorer._outlets.value = ("Harbour Herald",)
    explorer.search()
    assert "6 hits in 2 articles" in explorer._said.value
    explorer._since.value = "last week"
    explorer.search()
    assert "Not done" in explorer._said.value
    assert explorer.answer is None
    assert explorer._lines.options == ()
    assert explorer._send.disabled


def test_a_pattern_without_hits_names_the_nearest_words_and_sends_nothing(toy: Corpus) -> None:
    explorer = an.explore(toy, pattern="fery")
    assert "ferry" in explorer._said.value
    assert explorer._send.disabled


def test_a_pattern_with_an_open_quotation_mark_is_said(toy: Corpus) -> None:
    assert "Not done" in an.explore(toy, pattern='"ferry')._said.value


def test_the_code_sent_gives_the_same_lines(toy: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    question = Question(
        pattern="ferry", outlet=("The Veshin Courier",), since="2025-01", voice="narration", by="week"
    )
    shown: dict[str, pd.DataFrame] = {}
    monkeypatch.setattr(an, "show", lambda result, name, **_: shown.update({name: result.table}))
    exec(question.code(f"an.open_corpus({str(toy.path)!r})"), {})
    found = answer(toy, question)
    assert found.line is not None
    pd.testing.assert_frame_equal(
        shown["explored"].drop(columns=["low", "high"]), found.line.table.drop(columns=["low", "high"])
    )
    assert list(shown["lines"]["hit"]) == list(found.lines.table["hit"])


def test_undated_articles_can_be_read_though_there_is_no_line(toy: Corpus) -> None:
    undated = toy.articles(["published"])
    ids = list(undated.loc[undated["published"].isna(), "doc_id"])
    found = answer(toy.where(doc_id=ids), Question(pattern="minister*"))
    assert len(found.lines.table) == 4
    assert found.picture() == b""
    assert found.labels()[0].startswith("no date")


def test_code_is_data_in_the_script_that_sends_it() -> None:
    made = script("x = '</script><script>alert(1)</script>\u2028'")
    assert "</script>" not in made
    assert "\u2028" not in made


def test_outside_a_notebook_the_code_opens_the_corpus_by_its_folder(toy: Corpus) -> None:
    assert expression(toy) == f"an.open_corpus({str(toy.path)!r})"
    assert "narrow it" in expression(toy.where(outlet="Lowland Post"))


def test_a_marked_article_escapes_its_text_and_marks_what_the_pattern_means(toy: Corpus) -> None:
    lines = an.concordance(an.tokens(toy), '"foreign minister"').table
    page = an.marked(an.tokens(toy), lines["doc_id"].iloc[0], '"foreign minister"')
    assert "<mark>foreign minister</mark>" in page.html()
    assert "[foreign minister]" in str(page)
    right_to_left = an.concordance(an.tokens(toy), "کشتی").table
    page = an.marked(an.tokens(toy), right_to_left["doc_id"].iloc[0], "کشتی")
    assert page.html().count("<mark>کشتی</mark>") == len(right_to_left) == 3


def test_an_unknown_article_is_refused(toy: Corpus) -> None:
    with pytest.raises(UnknownNameError, match="no such article"):
        an.marked(an.tokens(toy), "nobody")
