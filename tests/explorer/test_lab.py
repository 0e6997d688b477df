"""The explorer in a real JupyterLab: type, read, open an article, send the question to the notebook."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from analysis.corpus.handle import Corpus
from tests.browser import browser

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("lab")]
_TOKEN = "only-for-this-test"


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
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path / "home"
    home.mkdir()
    names = {
        n: str(home / n)
        for n in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    }
    call = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
    ]
    call += [
        f"--IdentityProvider.token={_TOKEN}",
        f"--notebook-dir={tmp_path}",
        "--LabApp.expose_app_in_browser=True",
    ]
    call += ["--allow-root"] if os.geteuid() == 0 else []
    root = str(Path(__file__).resolve().parents[2])
    environment = os.environ | names | {"PYTHONPATH": root}
    with subprocess.Popen(
        call, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address, server)
            yield f"{address}/lab/tree/look.ipynb?token={_TOKEN}"
        finally:
            server.terminate()
            server.wait(30)


def _wait(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(240):
        assert server.poll() is None, "JupyterLab did not start"
        try:
            urllib.request.urlopen(f"{address}/api?token={_TOKEN}", timeout=5).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    pytest.fail("JupyterLab did not answer")


def test_type_a_term_see_hits_and_lines_open_an_article_send_to_the_notebook(lab: str) -> None:
    with browser() as opened:
        page: Any = opened.new_page(viewport={"width": 1300, "height": 1800})
        page.set_default_timeout(120_000)
        page.goto(lab)
        page.wait_for_selector(".jp-Notebook .jp-CodeCell")
        page.wait_for_function("window.jupyterapp && window.jupyterapp.shell.currentWidget")
        page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.ready")
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
