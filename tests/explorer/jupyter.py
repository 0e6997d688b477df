"""A real JupyterLab for tests: started on this machine alone, with a folder of notebooks, and stopped again."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

TOKEN = "only-for-this-test"


@contextmanager
def jupyter(folder: Path) -> Iterator[str]:
    """Start JupyterLab in a folder; give the address of its `lab/tree/`, to which a file is added."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = folder / "home"
    home.mkdir()
    names = {
        n: str(home / n)
        for n in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    }
    call = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}", f"--IdentityProvider.token={TOKEN}", f"--notebook-dir={folder}",
        "--LabApp.expose_app_in_browser=True", *(["--allow-root"] if os.geteuid() == 0 else []),
    ]  # fmt: skip
    root = str(Path(__file__).resolve().parents[2])
    environment = os.environ | names | {"PYTHONPATH": root}
    with subprocess.Popen(
        call, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address, server)
            yield f"{address}/lab/tree/"
        finally:
            server.terminate()
            server.wait(30)


def open_notebook(page: Any, address: str, name: str) -> None:
    """Open a notebook and wait for its kernel."""
    page.set_default_timeout(120_000)
    page.goto(f"{address}{name}?token={TOKEN}")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.wait_for_function("window.jupyterapp && window.jupyterapp.shell.currentWidget")
    page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.ready")


def _wait(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(240):
        assert server.poll() is None, "JupyterLab did not start"
        try:
            urllib.request.urlopen(f"{address}/api?token={TOKEN}", timeout=5).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    pytest.fail("JupyterLab did not answer")
