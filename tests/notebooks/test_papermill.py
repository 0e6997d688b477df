"""Plain papermill runs our notebooks too: the checks and the page are ours, the form of the notebook is papermill's."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import analysis
from tests.report import projects


@pytest.mark.slow
def test_plain_papermill_runs_a_notebook(tmp_path: Path) -> None:
    root = projects.build(tmp_path / "p")
    ours = str(Path(analysis.__file__).resolve().parents[1])
    call = ["-m", "papermill", "notebooks/counts.ipynb", "out.ipynb", "-p", "corpus", "toy", "-k", "python3"]
    done = subprocess.run(
        [sys.executable, *call, "--no-progress-bar"], cwd=root, env=os.environ | {"PYTHONPATH": ours}, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert "The corpus in numbers" not in (root / "out.ipynb").read_text(
        encoding="utf-8"
    )  # pages are ours alone
    assert "kept as articles" in (root / "out.ipynb").read_text(encoding="utf-8")
