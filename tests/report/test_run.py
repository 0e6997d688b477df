"""A report is checked before it starts, comes whole or not at all, and has the same bytes twice."""

import base64
import hashlib
import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from analysis.errors import InputError, ReportError
from analysis.fingerprint import file_sha256
from analysis.report.run import RunPaths, run_report


def opened(name: str) -> Any:
    """A corpus that has only what a report asks of it."""
    return SimpleNamespace(fingerprint="f" * 32, snapshot=SimpleNamespace(number=4))


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


class Tags(HTMLParser):
    """All tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def seen() -> list[tuple[int, int, str]]:
    """What the progress callback was told."""
    return []


@pytest.fixture(scope="module")
def run(project: Path, seen: list[tuple[int, int, str]]) -> RunPaths:
    """One report of the tiny notebook."""
    return run_report(
        "tiny", {"n": "5"}, root=project, open_corpus=opened, progress=lambda *a: seen.append(a)
    )


def test_a_run_leaves_page_notebook_tables_pictures_and_manifest(run: RunPaths, project: Path) -> None:
    assert run.folder == project.resolve() / "reports" / "tiny" / run.run_id
    assert sorted(contents(run.folder)) == [
        "figures/reasons.png",
        "figures/reasons.svg",
        "index.html",
        "manifest.json",
        "report.ipynb",
        "tables/reasons.csv",
        "tables/reasons.json",
        "tables/reasons.parquet",
    ]
    assert list((project / "reports" / "_running").iterdir()) == []


def test_the_manifest_names_inputs_and_hashes_every_file(run: RunPaths) -> None:
    facts = json.loads(run.manifest.read_text(encoding="utf-8"))
    assert facts["parameters"] == {"corpus": "tiny", "n": 5, "since": None, "names": []}
    assert facts["corpus"] == {"name": "tiny", "fingerprint": "f" * 32, "snapshot": "4"}
    assert facts["tables"]["reasons"]["rows"] == 2
    hashes = {f["path"]: f["sha256"] for f in facts["files"]}
    assert hashes == {n: file_sha256(run.folder / n) for n in contents(run.folder) if n != "manifest.json"}


def test_progress_tells_cells_and_headings(run: RunPaths, seen: list[tuple[int, int, str]]) -> None:
    assert seen[0] == (1, 5, "A tiny report")
    assert seen[-1] == (5, 5, "The one table")


def test_nothing_of_the_machine_is_in_a_report(run: RunPaths, project: Path) -> None:
    private = [str(project.resolve()), str(Path.home()), os.uname().nodename]
    for name, data in contents(run.folder).items():
        for text in private:
            assert len(text) < 6 or text.encode() not in data, (name, text)
    assert "0x0" in run.notebook.read_text(encoding="utf-8")


def test_the_page_loads_nothing_and_runs_only_our_script(run: RunPaths) -> None:
    page = run.html.read_text(encoding="utf-8")
    tags = Tags(page).found
    policy = next(a["content"] or "" for t, a in tags if a.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy
    assert "script-src 'sha256-" in policy
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    assert [a for t, a in tags if t == "script"] == [{}] * len(scripts)
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert policy.count("sha256-") == len(scripts)
    for tag, attributes in tags:
        assert not any(name.startswith("on") for name in attributes), (tag, attributes)
        assert (attributes.get("src") or "data:").startswith(
            "data:image/png;base64,"
        ) or "src" not in attributes
        assert tag not in {"link", "iframe", "object", "embed", "form", "base"}
        assert "javascript" not in (attributes.get("href") or "")
    images = [a for t, a in tags if t == "img"]
    assert len(images) == 1
    assert "Bars of records" in (images[0]["alt"] or "")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_cell_that_looks_like_a_formula_is_text_in_the_csv(run: RunPaths) -> None:
    assert "'=1+1" in (run.folder / "tables" / "reasons.csv").read_text(encoding="utf-8")


def test_the_same_run_again_has_the_same_bytes(run: RunPaths, project: Path) -> None:
    before = contents(run.folder)
    again = run_report("tiny", {"n": 5}, root=project, open_corpus=opened)
    assert again.run_id == run.run_id
    assert contents(again.folder) == before
    assert sorted(p.name for p in (project / "reports" / "tiny").iterdir()) == sorted([run.run_id, "latest"])


def test_a_failure_leaves_the_last_good_report_and_says_which_cell(run: RunPaths, project: Path) -> None:
    before = contents(run.folder)
    (project / "broken.flag").touch()
    try:
        with pytest.raises(
            ReportError, match=r"cell 4 of tiny .*The one table.*AssertionError: the flag is up"
        ):
            run_report("tiny", {"n": 5}, root=project, open_corpus=opened)
    finally:
        (project / "broken.flag").unlink()
    assert contents(run.folder) == before
    failed = project / "reports" / "_failed" / "tiny" / run.run_id
    assert "not complete" in (failed / "FAILED.txt").read_text(encoding="utf-8")
    assert not (failed / "index.html").exists()
    assert list((project / "reports" / "_running").iterdir()) == []


def test_an_interruption_leaves_the_last_good_report_and_says_how_far_it_came(
    run: RunPaths, project: Path
) -> None:
    before = contents(run.folder)

    def interrupt(cell: int, cells: int, heading: str) -> None:
        if cell == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_report("tiny", {"n": 5}, root=project, open_corpus=opened, progress=interrupt)
    assert contents(run.folder) == before
    failed = project / "reports" / "_failed" / "tiny" / run.run_id
    assert "Stopped in cell 4 of 5." in (failed / "FAILED.txt").read_text(encoding="utf-8")
    assert "completed" not in (failed / "report.ipynb").read_text(encoding="utf-8")
    assert list((project / "reports" / "_running").iterdir()) == []


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"m": 1}, "is not a parameter"),
        ({"sinec": "2025-01-01"}, "Did you mean 'since'"),
        ({"a=1; import os; z": "5"}, "is not a parameter"),
        ({"n": "many"}, "wrong type"),
        ({"n": 2.5}, "wrong type"),
        ({"since": "yesterday"}, "YYYY-MM-DD"),
        ({"corpus": "https://example.org/c"}, "nothing is downloaded"),
        ({"corpus": "../elsewhere"}, "not a plain name"),
    ],
)
def test_a_wrong_call_is_refused_before_anything_is_written(
    given: dict[str, Any], says: str, project: Path, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=says):
        run_report("tiny", given, root=project, reports_dir=tmp_path, open_corpus=opened)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../tiny", "https://example.org/a.ipynb", "tin y", ".hidden", ""])
def test_a_name_that_climbs_or_points_outside_is_refused(name: str, project: Path) -> None:
    with pytest.raises(InputError):
        run_report(name, root=project, open_corpus=opened)


def test_an_unknown_notebook_names_the_nearest(project: Path) -> None:
    with pytest.raises(InputError, match="Did you mean 'tiny'"):
        run_report("tinny", root=project, open_corpus=opened)
