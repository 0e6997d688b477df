"""Sixty attacks in every place where text comes in: nothing is live on any page, nothing runs in a browser."""

import json
from pathlib import Path
from typing import Any

import pytest

import analysis as an
from analysis.errors import ReportError
from analysis.report.run import run_report
from tests.report.live import live_parts, open_in_chromium
from tests.report.projects import notebook

PAYLOADS: list[str] = json.loads(
    (Path(__file__).parents[1] / "cases" / "payloads.json").read_text(encoding="utf-8")
)["made-up"]
SETUP = """
import pandas as pd
from IPython.display import HTML, Markdown, display

import analysis as an
from analysis.result import Result

source = an.open_corpus(corpus)
"""
FORM = """
corpus: str = "bad"  # the corpus
label: str = ""  # a label
labels: "list[str]" = []  # labels
fail: bool = False
"""
CORPUS = """
an.show(an.describe(source), "describe")
an.show(an.outlet_months(source), "months")
an.show(an.lengths(source), "lengths")
an.show(an.accounting(source), "accounting")
an.show(an.rejects(source), "rejects")
an.show(an.cleaning(source), "cleaning")
"""
ARTICLES = """
table = source.articles(["title", "outlet", "link", "section", "author"])
params = {"label": label}
an.show(
    Result(
        kind="articles", table=table, unit=label, params=params, corpus_fingerprint=label, notes=tuple(labels)
    ),
    "articles",
)
"""
TOPICS = """
topics = pd.DataFrame({"topic": labels, "share": 0.1, "p": 0.01})
an.show(Result(kind="topics", table=topics, unit="share", params=params, corpus_fingerprint="f"), "topics")
captions = an.lengths(source).table.assign(outlet=label)
an.show(Result(kind="lengths", table=captions, unit=label, params={}, corpus_fingerprint="f"), "captions")
"""
CELLS = (
    ("markdown", "title", "# Attacked\n\n" + "\n\n".join(PAYLOADS)),
    ("code", "parameters", FORM.strip()),
    ("code", "setup", SETUP.strip()),
    ("markdown", "heads", "\n\n".join(f"## {p}" for p in PAYLOADS)),
    ("code", "corpus", CORPUS.strip()),
    ("code", "articles", ARTICLES.strip()),
    ("code", "topics", TOPICS.strip()),
    ("code", "outputs", "display(HTML(label))\ndisplay(Markdown(label))\nprint(label)\nlabel"),
    ("code", "error", "assert not fail, label"),
)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose sources hold an attack in every field and in file names."""
    root = tmp_path_factory.mktemp("attacked")
    (root / "notebooks").mkdir()
    (root / "notebooks" / "attacked.ipynb").write_text(json.dumps(notebook(CELLS)), encoding="utf-8")
    for n, payload in enumerate(PAYLOADS):
        name = "".join(c for c in payload if c not in "/\\\0\n\u2028\u202e")[:60]
        path = root / "raw" / f"{n:02d} {name}.jsonl"
        path.parent.mkdir(exist_ok=True)
        row = {
            "title": payload, "source": payload, "section": payload, "author": payload, "agency": payload,
            "link": f"https://a.example/{n}" if n % 2 else payload,
            "content": f"{payload} The council met on the matter {n}. {payload} " + "It spoke of the harbour. " * 8,
            "date_published": f"2025-01-{n % 28 + 1:02d}",
        }  # fmt: skip
        path.write_text(json.dumps(row) + "\n{broken " + payload + "\n", encoding="utf-8")
    an.ingest(root / "raw", into=root / "corpus" / "bad", workers=1, max_reject_share=1.0)
    return root


@pytest.fixture(scope="module")
def pages(attacked: Path) -> list[Path]:
    """Every kind of page: finished reports, one that failed, the index, the latest, the changes."""
    made: dict[str, Any] = {"label": "\n".join(PAYLOADS), "labels": PAYLOADS}
    first = run_report("attacked", made, root=attacked)
    second = run_report("attacked", made | {"label": PAYLOADS[6]}, root=attacked)
    with pytest.raises(ReportError, match="cell 9 of attacked"):
        run_report("attacked", made | {"fail": True}, root=attacked)
    reports = attacked / "reports"
    partial = next((reports / "_failed" / "attacked").glob("*/partial.html"))
    return [
        first.html, second.html, partial, reports / "index.html",
        reports / "attacked" / "latest" / "index.html", reports / "attacked" / "latest" / "changes.html",
    ]  # fmt: skip


def test_there_are_sixty_attacks() -> None:
    assert len(set(PAYLOADS)) >= 60


@pytest.mark.browser
def test_a_page_that_is_live_would_be_noticed(tmp_path: Path) -> None:
    page = tmp_path / "live.html"
    page.write_text(
        "<p><img src=x onerror=window.pwned=1><a href=javascript:alert(1)>x</a></p>", encoding="utf-8"
    )
    assert live_parts(page.read_text(encoding="utf-8")) == [
        "img src=x",
        "img onerror",
        "a href=javascript:alert(1)",
    ]
    assert "live.html: script of the corpus ran" in open_in_chromium([page])


def test_nothing_on_any_page_is_live(pages: list[Path]) -> None:
    for page in pages:
        assert live_parts(page.read_text(encoding="utf-8")) == [], page.name


def test_the_attacks_are_on_the_page_as_text(pages: list[Path]) -> None:
    page = pages[0].read_text(encoding="utf-8")
    assert page.count("&lt;script&gt;window.pwned=1&lt;/script&gt;") > 5
    assert "window.pwned" in pages[2].read_text(encoding="utf-8")


@pytest.mark.browser
def test_nothing_runs_in_a_browser_and_nothing_is_asked_of_the_network(pages: list[Path]) -> None:
    assert open_in_chromium(pages) == []


def test_cells_that_a_spreadsheet_would_compute_are_text(pages: list[Path]) -> None:
    import csv

    for path in sorted((pages[0].parent / "tables").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        for cell in cells:
            assert not cell.startswith(("=", "@", "\t")), (path.name, cell)
            assert not (cell.startswith(("+", "-")) and not cell[1:2].isdigit() and cell[1:2] != "."), (
                path.name,
                cell,
            )
