"""Every line of code and every command that README and docs print runs as it is printed, on the demo corpus.

A command is run once, however many pages print it. Where one speaks of two runs as RUN, their ids are put there. The
project's two notebooks are those of the package cut short behind their first results (whole ones take minutes, and are
run elsewhere), so that what is tried here is the call; `analysis lab` would wait for a browser.
"""

import json
import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pytest

from analysis.cli import run
from analysis.corpus.config import read_config
from tests.docs.blocks import HERE, PAGES, Block, blocks, commands

EVERY = [block for page in PAGES for block in blocks(page)]
NOT_OURS = re.compile(r"make( |$)|python3? -m venv |\.venv/bin/|cd |analysis lab$")
NOTEBOOKS = ("01_corpus", "02_terms")
KEPT = 6  # cells


def _of(language: str) -> list[Block]:
    return [block for block in EVERY if block.language == language]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the demo corpus, the samples and two notebooks."""
    root = tmp_path_factory.mktemp("printed") / "project"
    shutil.copytree(HERE / "corpus" / "sample", root / "corpus" / "sample")
    shutil.copytree(HERE / "reports" / "specs", root / "reports" / "specs")
    (root / "notebooks").mkdir()
    for name in NOTEBOOKS:
        notebook = json.loads((HERE / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
        short = notebook | {"cells": notebook["cells"][:KEPT]}
        (root / "notebooks" / f"{name}.ipynb").write_text(json.dumps(short), encoding="utf-8")
    assert run(["demo", str(root / "corpus" / "demo" / "raw"), "--articles", "400"]) == 0
    assert run(["ingest", str(root / "corpus" / "demo" / "raw"), str(root / "corpus" / "demo")]) == 0
    return root


@pytest.fixture(autouse=True)
def _pictures_are_closed() -> Iterator[None]:
    yield
    plt.close("all")


def test_every_block_says_what_it_is() -> None:
    known = {"", "python", "toml", "text", "{toctree}"}
    assert [(b.page, b.line, b.language) for b in EVERY if b.language not in known] == []


@pytest.mark.slow
@pytest.mark.parametrize("page", [p.name for p in PAGES if any(b.language == "python" for b in blocks(p))])
def test_the_code_of_a_page_runs_from_top_to_bottom(
    page: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    names: dict[str, Any] = {"__name__": "printed"}
    for block in [b for b in _of("python") if b.page == page]:
        code = "\n" * (block.line - 1) + block.text  # so that an error names the line of the page
        exec(compile(code, page, "exec"), names)


@pytest.mark.slow
def test_every_command_runs_as_printed(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    printed = {line: block for block in _of("") for line in commands(block.text)}
    ours = [line for line in printed if not NOT_OURS.match(line)]
    assert [line for line in ours if not line.startswith("analysis ")] == []
    assert len(ours) > 8
    failed = {}
    for line in ours:
        if run(shlex.split(_with_runs(line, project))[1:]) != 0:
            failed[printed[line].page, line] = capsys.readouterr().err
    assert failed == {}


def _with_runs(line: str, project: Path) -> str:
    """Put ids of runs where a command says RUN: the oldest first."""
    for notebook in re.findall(r"(\w+)/RUN", line):
        runs = (p for p in (project / "reports" / notebook).iterdir() if (p / "manifest.json").is_file())
        for made in sorted(runs, key=lambda p: p.stat().st_mtime):
            line = line.replace(f"{notebook}/RUN", f"{notebook}/{made.name}", 1)
    return line


def test_the_settings_that_are_printed_are_accepted(tmp_path: Path) -> None:
    assert _of("toml")
    for block in _of("toml"):
        assert tomllib.loads(block.text)
        if block.page == "add-a-corpus.md":
            (tmp_path / "corpus.toml").write_text(block.text, encoding="utf-8")
            read_config(tmp_path / "corpus.toml")
