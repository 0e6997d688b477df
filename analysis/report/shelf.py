"""What lies in `reports/`: the index over all runs, the latest of each notebook, and what changed since the one before.

These pages change with every run; a run's own folder never does. Not for a single report: see `render`.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock

from analysis.errors import AnalysisError
from analysis.report.diff import Diff, diff_runs, read_manifest, said, show
from analysis.report.pages import page
from analysis.report.tables import text_of
from analysis.result.files import write_whole

LATEST = "latest"
PATIENCE = 60  # seconds to wait for another run that is writing the index


@contextmanager
def lock(reports: Path, name: str, *, wait: float = 0) -> Iterator[None]:
    """Hold a lock of this shelf; `filelock.Timeout` where another process has it longer than `wait` seconds."""
    folder = reports / ".locks"
    folder.mkdir(parents=True, exist_ok=True)
    # The file stays: removing it would let a third process lock a new file of the same name.
    held = FileLock(folder / f"{name}.lock", timeout=wait)
    with held:
        yield


def latest_of(home: Path) -> Path | None:
    """The folder of a notebook's newest run, where there is one."""
    run = _marks(home).get("run_id")
    folder = home / str(run)
    return folder if run and (folder / "manifest.json").is_file() else None


def newest_on(home: Path, corpus: str) -> Path | None:
    """The folder of a notebook's newest run on a corpus of this name, where there is one."""
    folder = home / str((_marks(home).get("newest") or {}).get(corpus))
    return folder if (folder / "manifest.json").is_file() else None


def put_on_shelf(folder: Path, facts: Mapping[str, Any]) -> Diff | None:
    """Make a run the latest of its notebook, say what changed since the one before, and write the index anew.

    "The one before" is the last run of this notebook on a corpus of this name; None where there is none.
    """
    home = folder.parent
    with lock(home.parent, "shelf", wait=PATIENCE):
        marks = _marks(home)
        corpus = str((facts.get("corpus") or {}).get("name") or "")
        newest: dict[str, str] = dict(marks.get("newest") or {})
        before = dict(marks.get("before") or {})
        if newest.get(corpus) not in (None, folder.name):
            before[corpus] = newest[corpus]
        newest[corpus] = folder.name
        changes = _changes(home, before.get(corpus), folder)
        (home / LATEST).mkdir(exist_ok=True)
        write_whole(
            home / LATEST / "index.html", _redirect(folder.name, str(facts.get("title", ""))).encode()
        )
        if changes is not None:
            write_whole(
                home / LATEST / "changes.html", changes_page(changes, str(facts.get("title", ""))).encode()
            )
        else:
            (home / LATEST / "changes.html").unlink(missing_ok=True)
        said_now = {
            "run_id": folder.name,
            "newest": newest,
            "before": before,
            "summary": changes.summary() if changes else None,
        }
        write_whole(
            home / LATEST / "run.json", (json.dumps(said_now, indent=1, sort_keys=True) + "\n").encode()
        )
        write_whole(home.parent / "index.html", index_page(home.parent).encode())
    return changes


def write_index(reports: Path) -> None:
    """Write the index anew."""
    with lock(reports, "shelf", wait=PATIENCE):
        write_whole(reports / "index.html", index_page(reports).encode())


def index_page(reports: Path) -> str:
    """The page over all finished runs, by notebook, the latest first."""
    notebooks = []
    for home in sorted(p for p in reports.iterdir() if p.is_dir() and not p.name.startswith(("_", "."))):
        marks = _marks(home)
        runs = []
        for folder in sorted(p.parent for p in home.glob("*/manifest.json")):
            try:
                facts = read_manifest(folder)
            except AnalysisError:
                continue
            runs.append(_entry(folder, facts, latest=folder.name == marks.get("run_id")))
        if runs:
            runs.sort(key=lambda r: (not r["latest"], r["corpus"], r["run_id"]))
            changed = marks.get("summary") if (home / LATEST / "changes.html").is_file() else None
            notebooks.append({"name": home.name, "title": runs[0]["title"], "runs": runs, "changed": changed})
    studies = [
        {"name": p.parent.name, "title": _study_title(p)}
        for p in sorted(reports.glob("_studies/*/manifest.json"))
    ]
    return page("index.html", title="Reports", notebooks=notebooks, studies=studies)


def changes_page(changes: Diff, title: str) -> str:
    """The page that says what moved since the run before, and why."""
    tables = [
        {"name": t.name, "said": said(t), "cells": [(row, c, show(a), show(b)) for row, c, a, b in t.largest]}
        for t in changes.moved
    ]
    return page("changes.html", title=f"What changed: {title}", changes=changes, tables=tables)


def _changes(home: Path, before: str | None, folder: Path) -> Diff | None:
    if before is None or not (home / before / "manifest.json").is_file():
        return None
    try:
        return diff_runs(home / before, folder)
    except (AnalysisError, OSError, ValueError):  # an old run that was damaged must not spoil a new one
        return None


def _entry(folder: Path, facts: Mapping[str, Any], *, latest: bool) -> dict[str, Any]:
    corpus = facts.get("corpus") or {}
    asked = facts.get("asked") or {}
    shown = {k: v for k, v in facts["parameters"].items() if k != "corpus" and v not in (None, [], "")}
    return {
        "run_id": folder.name,
        "title": str(facts.get("title", folder.parent.name)),
        "corpus": text_of(corpus.get("name") or ""),
        "snapshot": corpus.get("snapshot"),
        "parameters": [(k, text_of(show(v)), asked.get(k)) for k, v in shown.items()],
        "latest": latest,
    }


def _redirect(run: str, title: str) -> str:
    return page("redirect.html", title=title, run=run)


def _marks(home: Path) -> dict[str, Any]:
    """What `latest/run.json` says; nothing where it is not there or damaged."""
    try:
        found = json.loads((home / LATEST / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _study_title(path: Path) -> str:
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["title"])
    except (OSError, ValueError, KeyError):
        return path.parent.name
