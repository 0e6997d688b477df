"""What `show` sends: results with their tables, pages as they are; never anything live."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import analysis as an
from analysis.corpus.page import ArticlePage, ArticlePages
from analysis.errors import InputError
from analysis.report.render import render_page
from analysis.report.tidy import tidy
from analysis.result import Result
from analysis.schema import ARTICLE
from analysis.text.base import Removal

HOSTILE = "</details></section><script>alert(1)</script><a href='javascript:alert(1)'>x</a>"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Catch what would be displayed."""
    outputs: list[dict[str, Any]] = []

    def display(data: dict[str, str], *, raw: bool, metadata: dict[str, Any]) -> None:
        assert raw
        outputs.append({"output_type": "display_data", "data": data, "metadata": metadata})

    monkeypatch.setattr("IPython.display.display", display)
    return outputs


def hostile_page() -> ArticlePage:
    """Make an article that is an attack from its title to what was removed from it."""
    row = dict.fromkeys(ARTICLE.names) | {"doc_id": "0" * 20, "title": HOSTILE, "flags": [], "steps": []}
    removal = Removal("body", "share", 0, len(HOSTILE), HOSTILE)
    return ArticlePage(row | {"body": "The text."}, (removal,))


def whole_page(outputs: list[dict[str, Any]]) -> str:
    """Render outputs as a report does."""
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": "", "outputs": outputs}
    notebook = tidy({"cells": [cell], "metadata": {}}, hide={})
    facts = {
        "run_id": "r", "title": "T", "notebook": {"name": "n"}, "parameters": {}, "corpus": None,
        "environment": {"analysis": "0", "python": "3"},
    }  # fmt: skip
    return render_page(notebook, facts=facts, tables={})


def test_a_page_in_a_report_is_marked_up_and_inert(sent: list[dict[str, Any]]) -> None:
    an.show(ArticlePages(((HOSTILE, hostile_page()),)), "examples")
    made = whole_page(sent)
    body = made[made.index("<main") : made.index("</main>")]
    assert '<del class="an-dropped"' in body
    assert body.count("<details") == body.count("</details>") == 1
    assert "<script" not in body
    assert "<a " not in body
    assert "&lt;script&gt;" in body
    assert ".an-dropped {" in made
    assert "Table:" not in body  # a page has no table to save
    policy = made.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0]
    assert "default-src &#39;none&#39;" in policy or "default-src 'none'" in policy


def test_the_exhibit_of_a_result_stands_below_its_table(sent: list[dict[str, Any]]) -> None:
    result = Result(
        kind="made_up", table=pd.DataFrame({"n": [1]}), unit="", params={}, corpus_fingerprint="f",
        exhibit=hostile_page(),
    )  # fmt: skip
    an.show(result, "r")
    assert [o["metadata"]["analysis"] for o in sent] == [{"table": "r"}, {"page": "r"}]
    sent.clear()
    an.show(result, "r", table=False)
    assert sent == []


def test_a_result_is_equal_and_saved_without_its_exhibit(tmp_path: Path) -> None:
    plain = Result(kind="a", table=pd.DataFrame({"n": [1]}), unit="", params={}, corpus_fingerprint="f")
    shown = Result(
        kind="a",
        table=pd.DataFrame({"n": [1]}),
        unit="",
        params={},
        corpus_fingerprint="f",
        exhibit=hostile_page(),
    )
    assert plain == shown
    shown.save(tmp_path)
    assert Result.load(tmp_path) == plain
    assert Result.load(tmp_path).exhibit is None
    assert "The text." in shown._repr_html_()
    assert "<script" not in shown._repr_html_()


def test_what_cannot_show_itself_is_refused() -> None:
    with pytest.raises(InputError, match="cannot be shown"):
        an.show(3, "x")  # type: ignore[arg-type]
