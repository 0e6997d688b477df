"""The explorer and the first notebook in a real JupyterLab: type, read, open an article, send the question on."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

import analysis as an
from analysis.corpus.demo import build_demo
from analysis.corpus.handle import Corpus
from tests.browser import browser
from tests.explorer.jupyter import jupyter, open_notebook

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("lab")]
START = Path(__file__).resolve().parents[2] / "notebooks" / "00_start.ipynb"
_CELLS = """() => window.jupyterapp.shell.currentWidget.content.widgets
    .filter(c => c.model.type === 'code' && c.model.sharedModel.getSource().trim())
    .map(c => [c.model.sharedModel.id, c.model.executionCount, c.model.outputs.toJSON()])"""
_ONE = """async (n) => {
    const book = window.jupyterapp.shell.currentWidget.content;
    const own = book.widgets.map((c, i) => [c, i])
        .filter(([c]) => c.model.type === 'code' && c.model.sharedModel.getSource().trim());
    book.activeCellIndex = own[n][1];
    await window.jupyterapp.commands.execute('notebook:run-cell');
}"""


@pytest.fixture
def lab(toy: Corpus, tmp_path: Path) -> Iterator[str]:
    """Start JupyterLab on this machine alone, with one notebook that opens the explorer."""
    cells = [
        nbformat.v4.new_code_cell(
            f"import analysis as an\ncorpus = an.open_corpus({str(toy.path)!r})\nan.explore(corpus)"
        )
    ]
    nbformat.write(
        nbformat.v4.new_notebook(
            cells=cells,
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        ),
        tmp_path / "look.ipynb",
    )
    with jupyter(tmp_path) as address:
        yield address


@pytest.fixture
def project(tmp_path: Path) -> Iterator[str]:
    """Start JupyterLab in a project of one's own: the demo corpus and the first notebook."""
    (tmp_path / "notebooks").mkdir()
    shutil.copy(START, tmp_path / "notebooks")
    build_demo(tmp_path / "raw", articles=400, seed=3)
    an.ingest(tmp_path / "raw", into=tmp_path / "corpus" / "demo", workers=1)
    with jupyter(tmp_path) as address:
        yield address


def test_type_a_term_see_hits_and_lines_open_an_article_send_to_the_notebook(lab: str) -> None:
    with browser() as opened:
        page: Any = opened.new_page(viewport={"width": 1300, "height": 1800})
        open_notebook(page, lab, "look.ipynb")
        page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        box = page.get_by_placeholder("words, fenc*", exact=False)
        box.fill("ferr*")
        box.press("Enter")
        page.get_by_text("11 hits in 4 articles", exact=False).wait_for()
        page.wait_for_function("document.querySelectorAll('.an-lines option').length === 11")
        page.locator(".widget-image, .jupyter-widgets.widget-image").first.wait_for()
        page.locator(".an-lines select").select_option(index=0)
        page.locator(".an-marked mark").first.wait_for()
        page.get_by_role("button", name="Send to notebook").click()
        page.wait_for_function(
            "window.jupyterapp.shell.currentWidget.content.widgets.some("
            "c => c.model.sharedModel.getSource().includes(\"an.term_rate(words, 'ferr*')\"))"
        )
        shot = os.environ.get("ANALYSIS_SCREENSHOTS")
        if shot:
            page.screenshot(path=str(Path(shot) / "explorer.png"))


def test_the_first_notebook_runs_cell_by_cell_and_its_explorer_answers(project: str) -> None:
    with browser() as opened:
        page: Any = opened.new_page(viewport={"width": 1300, "height": 1800})
        open_notebook(page, project, "notebooks/00_start.ipynb")
        n_cells = len(page.evaluate(_CELLS))
        assert n_cells >= 8
        for n in range(n_cells):
            page.evaluate(_ONE, n)
            _, count, outputs = page.evaluate(_CELLS)[n]
            assert count == n + 1
            assert [o["ename"] for o in outputs if o["output_type"] == "error"] == []
        pictures = [
            cell
            for cell, _, outputs in page.evaluate(_CELLS)
            if any("image/png" in o.get("data", {}) for o in outputs)
        ]
        assert {"months", "frequency", "trend", "find-breaks"} <= set(pictures)
        box = page.get_by_placeholder("words, fenc*", exact=False)
        box.fill("coal")
        box.press("Enter")
        said = page.get_by_text(" hits in ", exact=False).first
        page.wait_for_function(
            "document.querySelector('.an-lines option')?.textContent.toLowerCase().includes('coal')"
        )  # until then the lines of the pattern before it stand there
        said.wait_for()
        page.locator(".an-lines select").select_option(index=0)
        page.locator(".an-marked mark").first.wait_for()
        assert page.locator(".an-marked mark").first.text_content().lower() == "coal"
        shot = os.environ.get("ANALYSIS_SCREENSHOTS")
        if shot:
            page.screenshot(path=str(Path(shot) / "start.png"))
