"""Prove a report: run it again on its snapshot in a clean place, and say whether it came out the same.

*identical*: the same bytes. *equal within 1e-9*: other bytes, the same numbers. *differs*: with a list. Not for reports
on different articles: see `diff`.
"""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import InputError, ReportError, message
from analysis.fingerprint import file_sha256
from analysis.report.clean import clean_project
from analysis.report.compare import TableChange, compare_folders
from analysis.report.diff import read_manifest, said, show
from analysis.report.job import job_of, values_of
from analysis.report.notebook import parameters_of, read_notebook
from analysis.report.places import PACKAGED
from analysis.report.run import make_report
from analysis.report.subject import find_subject
from analysis.report.tables import text_of

_PAGES = ("index.html", "report.ipynb")  # they name versions, and so differ wherever a version does


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a second run said of the first."""

    run: str
    state: str  # identical, equal, differs
    changed: tuple[str, ...]  # files that are not what the manifest says, whatever the second run gave
    files: tuple[str, ...]  # that came out with other bytes
    tables: tuple[TableChange, ...]  # that came out with other bytes
    notes: tuple[str, ...]

    def text(self) -> str:
        """All of it as plain text; the first line is the verdict."""
        words = {"identical": "identical", "equal": "equal within 1e-9", "differs": "differs"}
        lines = [f"{self.run}: {words[self.state]}", *self.notes]
        lines += [f"  {name} was changed after the report was made" for name in self.changed]
        for table in self.tables:
            if table.state in {"same", "equal"}:
                lines.append(f"  tables/{table.name}: equal (largest difference {table.worst:.1e})")
                continue
            lines.append(f"  tables/{table.name}: {said(table)}")
            lines += [f"    {row}: {column} {show(a)} -> {show(b)}" for row, column, a, b in table.largest]
        lines += [f"  {name} has other bytes" for name in self.files if not name.startswith("tables/")]
        return "\n".join(text_of(line) for line in lines)


def verify_run(
    folder: Path,
    *,
    root: Path,
    corpus: str | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Verdict:
    """Run a report again and compare.

    Parameters
    ----------
    folder
        The run's folder.
    root
        The project, where its notebook and its corpus are looked for.
    corpus
        Where the corpus is, if not under its name in the project.
    progress
        As for `run_report`.

    Raises
    ------
    ReportError
        It cannot be run again: the corpus is not what it was, or a cell failed.
    """
    facts = read_manifest(folder)
    recorded = {f["path"]: f["sha256"] for f in facts["files"]}
    found = {p.relative_to(folder).as_posix(): file_sha256(p) for p in folder.rglob("*") if p.is_file()}
    found.pop("manifest.json", None)
    changed = tuple(n for n in sorted(recorded.keys() | found.keys()) if recorded.get(n) != found.get(n))
    source, notes = _notebook(folder, facts, root)
    with clean_project(facts, root=root, corpus=corpus) as home:
        subject = None
        if facts.get("corpus"):
            subject = find_subject(str(facts["corpus"]["name"]), root=home, open_corpus=None)
            if subject.fingerprint != facts["corpus"]["fingerprint"]:
                raise ReportError(
                    message(
                        "the corpus holds other articles than it did",
                        got=subject.fingerprint,
                        expected=facts["corpus"]["fingerprint"],
                    )
                )
        name = str(facts["notebook"]["name"])
        declared = parameters_of(source)
        shown = {n: facts["parameters"][n] for n in declared if n in facts["parameters"]}
        job = job_of(
            name, source, facts["notebook"]["sha256"], shown=shown, asked=facts.get("asked") or {},
            values=values_of(declared, shown, subject), inputs=facts.get("inputs") or {},
            subject=subject, root=home, confirmatory=facts.get("confirmatory") or (),
        )  # fmt: skip
        job = job.without_text() if facts.get("no_text") else job
        notes += _versions(facts["environment"], job.facts["environment"])
        made = make_report(job, home / "reports", progress=progress).folder
        again = {f["path"]: f["sha256"] for f in read_manifest(made)["files"]}
        others = [n for n in sorted(recorded.keys() | again.keys()) if recorded.get(n) != again.get(n)]
        moved = [t for t in compare_folders(folder, made) if t.state != "same"] if others else []
    return _verdict(f"{name}/{facts['run_id']}", changed, others, moved, notes, same_versions=len(notes) == 0)


def _verdict(
    run: str,
    changed: tuple[str, ...],
    others: list[str],
    moved: list[TableChange],
    notes: list[str],
    *,
    same_versions: bool,
) -> Verdict:
    if any(t.state not in {"same", "equal"} for t in moved) or changed:
        state = "differs"
    elif not others:
        state = "identical"
    else:
        # Pages name versions; pictures follow the tables, but are drawn by libraries of their own.
        pages = [n for n in others if n in _PAGES and same_versions]
        state = (
            "differs"
            if pages and not moved and not any(n.startswith("figures/") for n in others)
            else "equal"
        )
    return Verdict(run, state, changed, tuple(others), tuple(moved), tuple(notes))


def _notebook(folder: Path, facts: Mapping[str, Any], root: Path) -> tuple[dict[str, Any], list[str]]:
    """The notebook as it was: from the project where it is unchanged, else from the executed one."""
    name, sha256 = facts["notebook"]["name"], facts["notebook"]["sha256"]
    for path in (root / "notebooks" / f"{name}.ipynb", PACKAGED / f"{name}.ipynb"):
        if path.is_file() and file_sha256(path) == sha256:
            return read_notebook(path), []
    try:
        executed = read_notebook(folder / "report.ipynb")
    except InputError as error:
        raise ReportError(
            message("neither the notebook nor its executed copy can be read", got=name)
        ) from error
    cells = []
    for cell in copy.deepcopy(executed["cells"]):
        if "injected-parameters" in cell.get("metadata", {}).get("tags", []):
            continue
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
        cells.append(cell)
    note = "The notebook was changed since, or is elsewhere: its cells were taken from the executed copy in the report."
    return {**executed, "cells": cells}, [note]


def _versions(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What is of another version on this machine."""
    one = {**before.get("packages", {}), **{k: before.get(k) for k in ("analysis", "python", "platform")}}
    two = {**now.get("packages", {}), **{k: now.get(k) for k in ("analysis", "python", "platform")}}
    names = [n for n in sorted(one.keys() | two.keys()) if one.get(n) != two.get(n)]
    if names:
        return ["Other versions here: " + ", ".join(f"{n} {one.get(n)} -> {two.get(n)}" for n in names) + "."]
    if before.get("lock_sha256") != now.get("lock_sha256"):
        return ["The lock file is another, with the same versions of what is recorded."]
    return []
