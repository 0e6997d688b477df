"""Run a notebook into a report: checked first, made aside, put in place whole or not at all.

The notebook runs in process through papermill, in a private kernel, in a folder under `reports/_running/`.
Only a complete report moves to `reports/<notebook>/<run_id>/`; a failed one goes to `reports/_failed/` and
says where it broke. The command line and the tests call this; it prints nothing.
"""

import json
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import Timeout

from analysis.errors import ReportError, message
from analysis.report import failed, manifest, selections
from analysis.report.diff import Diff
from analysis.report.job import Job, prepare
from analysis.report.kernel import cell_hook, private_kernels
from analysis.report.notebook import TAG, read_notebook, source_of
from analysis.report.opened import read_evidence
from analysis.report.output import NO_TEXT, RUN_FOLDER
from analysis.report.places import project_root
from analysis.report.render import render_page
from analysis.report.shelf import lock, put_on_shelf
from analysis.report.swap import put_in_place, recover
from analysis.report.tidy import tidy
from analysis.report.words import write_words

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class RunPaths:
    """Where a finished report is, and what changed since the run before it."""

    run_id: str
    folder: Path
    html: Path
    notebook: Path
    manifest: Path
    changes: Diff | None = None


def run_report(
    notebook: str | Path,
    parameters: Mapping[str, Any] | None = None,
    *,
    reports_dir: Path | None = None,
    progress: Progress | None = None,
    root: Path | None = None,
    open_corpus: Callable[[str], Any] | None = None,
    confirmatory: Sequence[Mapping[str, Any]] = (),
) -> RunPaths:
    """Run one notebook with parameters and put its report in place.

    Parameters
    ----------
    notebook : str or Path
        A name ("01_corpus", looked up in the project's `notebooks/`, then in the package) or an .ipynb file.
    parameters : mapping, optional
        Names of the notebook's parameters cell with their values; strings are read as the declared types, and days
        may be said in words (`last_complete_month`; see `analysis.report.relative`).
    reports_dir : Path, optional
        Where reports go; `reports/` of the project by default.
    progress : callable, optional
        Called as `progress(cell, cells, heading)` before every code cell.
    root : Path, optional
        The project; found from the working directory by default.
    open_corpus : callable, optional
        How a corpus name is opened to learn its fingerprint; `analysis.corpus`'s own by default.
    confirmatory : sequence of mappings, optional
        What was announced before the data were seen: `table`, and `row` for one row of it.

    Returns
    -------
    RunPaths
        The folder, the three files a reader wants first, and what changed since the last run on a corpus of this name.

    Raises
    ------
    InputError
        Before anything starts: no such notebook, an unknown parameter, a value of the wrong type, a bad name.
    ReportError
        A cell failed, or the same report is being made at this moment. The last good report is untouched.
    """
    root = project_root() if root is None else root.resolve()
    reports = (reports_dir or root / "reports").resolve()
    job = prepare(
        notebook,
        parameters or {},
        root=root,
        open_corpus=open_corpus,
        confirmatory=confirmatory,
        reports=reports,
    )
    return make_report(job, reports, progress=progress)


def make_report(job: Job, reports: Path, *, progress: Progress | None = None) -> RunPaths:
    """Make the report of a job that was prepared; see `run_report`."""
    running = reports / "_running"
    running.mkdir(parents=True, exist_ok=True)
    try:
        with lock(reports, f"{job.name}-{job.run_id}"):
            failed.sweep(reports, own=f"{job.name}-{job.run_id}")
            recover(reports / job.name, job.run_id)
            work = Path(tempfile.mkdtemp(prefix=f"{job.name}-{job.run_id}-", dir=running))
            try:
                _make(job, work, progress)
                selections.keep(job.subject, reports)
                target = put_in_place(work, reports / job.name, job.run_id)
            except BaseException as error:  # noqa: BLE001 - also an interruption leaves its marks; always raised again
                failed.keep(job, work, reports, error)
            changes = put_on_shelf(target, job.facts)
    except Timeout as error:
        what = f"the report {job.name}/{job.run_id} is being made by another process"
        raise ReportError(message(what, hint="Wait until it is done.")) from error
    return RunPaths(
        job.run_id, target, target / "index.html", target / "report.ipynb", target / "manifest.json", changes
    )


def _make(job: Job, work: Path, progress: Progress | None) -> None:
    """Execute, write the words, render, write the manifest: all inside `work`."""
    _execute(job, work, progress)
    executed = tidy(read_notebook(work / "report.ipynb"), hide=job.private_texts)
    text = json.dumps(executed, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (work / "report.ipynb").write_text(text, encoding="utf-8")
    words = write_words(work, job)
    page = render_page(
        executed,
        facts=job.facts,
        tables=manifest.read_tables(work),
        words=words,
        evidence=read_evidence(work),
    )
    (work / "index.html").write_text(page, encoding="utf-8")
    (work / failed.REACHED).unlink(missing_ok=True)
    manifest.write_manifest(work, job.facts)


def _execute(job: Job, work: Path, progress: Progress | None) -> None:
    """Run the cells; raise with the cell that failed."""
    import nbformat
    import papermill
    from papermill.exceptions import PapermillExecutionError

    node: Any = nbformat.reads(json.dumps(job.source), as_version=4)  # type: ignore[no-untyped-call]
    total = len(node.cells)
    reached: list[int] = []
    place = next((i for i, c in enumerate(node.cells) if TAG in c.metadata.get("tags", [])), total)

    told = {RUN_FOLDER: str(work)} | ({NO_TEXT: "yes"} if job.facts.get("no_text") else {})

    def notify(index: int) -> None:
        # papermill puts a cell with the values after the parameters cell; a reader does not count it.
        own = index - (bool(job.values) and index > place)
        reached.append(own + 1)
        heading = job.heading(own)
        # For whoever finds this folder after a kill: an interrupted process can still say so, a killed one cannot.
        (work / failed.REACHED).write_text(f"cell {own + 1} of {total} (“{heading}”)", encoding="utf-8")
        if progress is not None:
            progress(own + 1, total, heading)

    with private_kernels(told) as manager, _quiet("papermill"):
        try:
            papermill.execute_notebook(
                node,
                str(work / "report.ipynb").replace("{", "{{").replace("}", "}}"),
                parameters=job.values,
                kernel_name="python3",
                language="python",
                progress_bar=False,
                cwd=str(job.root),
                kernel_manager_class=manager,
                on_cell_start=cell_hook(notify),
            )
        except PapermillExecutionError as error:
            raise ReportError(_why(job, error)) from error
        except BaseException as error:
            error.add_note(
                f"Stopped in cell {reached[-1]} of {total}." if reached else "Stopped at the start."
            )
            raise
    shutil.rmtree(work / ".ipynb_checkpoints", ignore_errors=True)


def _why(job: Job, error: Any) -> str:
    """One clear line: which cell, under which heading, and what it said."""
    # papermill counts the cell it injected; a reader counts the cells of the notebook.
    position = next((i for i, c in enumerate(job.source["cells"]) if source_of(c) == error.source), None)
    cell = f"cell {position + 1}" if position is not None else "the parameters cell"
    heading = job.heading(position or 0)
    where = f"{cell} of {job.name}" + (f" (“{heading}”)" if heading else "")
    return " ".join(f"{where} failed: {error.ename}: {error.evalue}".split())


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Keep a library's logger to errors: papermill warns of parameters whose types it cannot read."""
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
