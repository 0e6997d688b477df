"""The site of the documentation builds without a warning, and every public name stands in it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import analysis

HERE = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built from a copy of docs/, so that the checkout stays as it is."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(HERE / "docs", folder / "docs", ignore=shutil.ignore_patterns("_build", "reference"))
    call = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", "docs", "html"]
    done = subprocess.run(
        call, cwd=folder, env=os.environ | {"PYTHONPATH": str(HERE)}, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    assert done.stderr.strip() == ""
    return folder / "html"


@pytest.mark.slow
def test_every_public_name_has_its_entry(site: Path) -> None:
    pages = "".join(p.read_text(encoding="utf-8") for p in sorted((site / "reference").glob("*.html")))
    entries = set(re.findall(r'id="analysis\.(\w+)"', pages))
    assert sorted(set(analysis.__all__) - entries) == ["__version__"]


@pytest.mark.slow
def test_every_page_can_be_reached_from_the_first(site: Path) -> None:
    first = (site / "index.html").read_text(encoding="utf-8")
    pages = sorted(p.stem for p in (HERE / "docs").glob("*.md") if p.stem != "index")
    assert [page for page in pages if f'href="{page}.html"' not in first] == []
