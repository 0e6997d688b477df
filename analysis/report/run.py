"""Run a notebook into a report: checked first, made aside, put in place whole or not at all.

The notebook runs in process through papermill, in a private kernel, in a folder under `reports/_running/`.
Only a complete report moves to `reports/<notebook>/<run_id>/`; a failed one goes to `reports/_failed/` and
says where it broke. The command line and the tests call this; it prints nothing.
"""

import json
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from filelock import FileLock, Timeout

from analysis.errors import InputError, ReportError, message
from analysis.fingerprint import file_sha256, run_id
from analysis.report import manifest
from analysis.report.kernel import cell_hook, private_kernels
from analysis.report.notebook import TAG, check_values, parameters_of, read_notebook, source_of, title_of
from analysis.report.output import RUN_FOLDER
from analysis.report.places import find_notebook, project_root
from analysis.report.render import render_page
from analysis.report.subject import Subject, find_subject
from analysis.report.swap import put_in_place, recover
from analysis.report.tidy import tidy

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class RunPaths:
    """Where a finished report is."""

    run_id: str
    folder: Path
    html: Path
    notebook: Path
    manifest: Path


@dataclass(frozen=True, slots=True)
class _Job:
    """Everything that is known before a kernel starts."""

    name: str
    title: str
    source: dict[str, Any]
    values: dict[str, Any]  # as the kernel gets them
    shown: dict[str, Any]  # as the report shows them
    subject: Subject | None
    run_id: str
    root: Path
    facts: dict[str, Any]


def run_report(
    notebook: str | Path,
    parameters: Mapping[str, Any] | None = None,
    *,
    reports_dir: Path | None = None,
    progress: Progress | None = None,
    root: Path | None = None,
    open_corpus: Callable[[str], Any] | None = None,
) -> RunPaths:
    """Run one notebook with parameters and put its report in place.

    Parameters
    ----------
    notebook : str or Path
        A name ("01_corpus", looked up in the project's `notebooks/`, then in the package) or an .ipynb file.
    parameters : mapping, optional
        Names of the notebook's parameters cell with their values; strings are read as the declared types.
    reports_dir : Path, optional
        Where reports go; `reports/` of the project by default.
    progress : callable, optional
        Called as `progress(cell, cells, heading)` before every code cell.
    root : Path, optional
        The project; found from the working directory by default.
    open_corpus : callable, optional
        How a corpus name is opened to learn its fingerprint; `analysis.corpus`'s own by default.

    Returns
    -------
    RunPaths
        The folder and the three files a reader wants first.

    Raises
    ------
    InputError
        Before anything starts: no such notebook, an unknown parameter, a value of the wrong type, a bad name.
    ReportError
        A cell failed, or the same report is being made at this moment. The last good report is untouched.
    """
    root = project_root() if root is None else root
    job = _prepare(notebook, parameters or {}, root, open_corpus)
    reports = (reports_dir or root / "reports").resolve()
    running = reports / "_running"
    running.mkdir(parents=True, exist_ok=True)
    lock = FileLock(running / f"{job.name}-{job.run_id}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        hint = "Wait until it is done."
        what = f"the report {job.name}/{job.run_id} is being made by another process"
        raise ReportError(message(what, hint=hint)) from error
    try:
        recover(reports / job.name, job.run_id)
        work = Path(tempfile.mkdtemp(prefix=f"{job.name}-", dir=running))
        try:
            _make(job, work, progress)
        except BaseException as error:  # noqa: BLE001 - also an interruption leaves its marks; always raised again
            _fail(job, work, reports, error)
        target = put_in_place(work, reports / job.name, job.run_id)
        return RunPaths(
            job.run_id, target, target / "index.html", target / "report.ipynb", target / "manifest.json"
        )
    finally:
        lock.release()
        Path(lock.lock_file).unlink(missing_ok=True)


def _prepare(
    notebook: str | Path, given: Mapping[str, Any], root: Path, open_corpus: Callable[[str], Any] | None
) -> _Job:
    """Check the call and work out the run's id; no kernel, no file written."""
    path = find_notebook(notebook, root=root)
    source = read_notebook(path)
    declared = parameters_of(source)
    checked = check_values(declared, given)
    full = {name: p.default for name, p in declared.items()} | checked
    subject = None
    shown = dict(full)
    values = dict(checked)
    if isinstance(full.get("corpus"), str):
        subject = find_subject(full["corpus"], root=root, open_corpus=open_corpus)
        shown["corpus"] = subject.name
        values["corpus"] = subject.argument
    environment = manifest.environment(root)
    identity = run_id(
        notebook=f"{path.stem}:{file_sha256(path)}",
        parameters=shown,
        selection=subject.fingerprint if subject else "",
        version=environment["analysis"],
        environment=manifest.environment_hash(environment),
    )
    title = title_of(source, path.stem)
    facts = {
        "run_id": identity,
        "title": title,
        "notebook": {"name": path.stem, "sha256": file_sha256(path)},
        "parameters": shown,
        "corpus": subject.facts() if subject else None,
        "environment": environment,
    }
    return _Job(path.stem, title, source, values, shown, subject, identity, root, facts)


def _make(job: _Job, work: Path, progress: Progress | None) -> None:
    """Execute, render, write the manifest: all inside `work`."""
    import nbformat
    import papermill
    from papermill.exceptions import PapermillExecutionError

    node: Any = nbformat.reads(json.dumps(job.source), as_version=4)  # type: ignore[no-untyped-call]
    total = len(node.cells)
    reached: list[int] = []
    place = next((i for i, c in enumerate(node.cells) if TAG in c.metadata.get("tags", [])), total)

    def notify(index: int) -> None:
        # papermill puts a cell with the values after the parameters cell; a reader does not count it.
        own = index - (bool(job.values) and index > place)
        reached.append(own + 1)
        if progress is not None:
            progress(own + 1, total, _heading(job.source, own))

    with private_kernels({RUN_FOLDER: str(work)}) as manager, _quiet("papermill"):
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
    executed = tidy(read_notebook(work / "report.ipynb"), hide=_private_texts(job))
    text = json.dumps(executed, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (work / "report.ipynb").write_text(text, encoding="utf-8")
    page = render_page(executed, facts=job.facts, tables=manifest.read_tables(work))
    (work / "index.html").write_text(page, encoding="utf-8")
    manifest.write_manifest(work, job.facts)


def _fail(job: _Job, work: Path, reports: Path, error: BaseException) -> NoReturn:
    """Keep what there is under `_failed/`, marked as such, and raise what the caller can act on."""
    kept = reports / "_failed" / job.name / job.run_id
    why = " ".join([str(error) or type(error).__name__, *getattr(error, "__notes__", [])])
    try:
        partial = work / "report.ipynb"
        if partial.exists():  # papermill calls cells completed that never ran
            text = json.dumps(
                tidy(read_notebook(partial), hide=_private_texts(job)), ensure_ascii=False, indent=1
            )
            partial.write_text(text, encoding="utf-8")
        (work / "index.html").unlink(missing_ok=True)
        (work / "manifest.json").unlink(missing_ok=True)
        (work / "FAILED.txt").write_text(f"This report is not complete.\n{why}\n", encoding="utf-8")
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(kept, ignore_errors=True)
        work.rename(kept)
    except (OSError, InputError):  # a full disk must not hide the first error
        shutil.rmtree(work, ignore_errors=True)
    if isinstance(error, ReportError):
        place = f"{kept.parent.parent.name}/{job.name}/{job.run_id}"
        hint = f"What there is lies in {place}; the last good report is untouched."
        raise ReportError(f"{error} {hint}") from error.__cause__
    if isinstance(error, InputError) or not isinstance(error, Exception):
        raise error
    raise ReportError(
        message(f"the report {job.name} could not be made ({type(error).__name__}: {error})")
    ) from error


def _why(job: _Job, error: Any) -> str:
    """One clear line: which cell, under which heading, and what it said."""
    # papermill counts the cell it injected; a reader counts the cells of the notebook.
    position = next((i for i, c in enumerate(job.source["cells"]) if source_of(c) == error.source), None)
    cell = f"cell {position + 1}" if position is not None else "the parameters cell"
    heading = _heading(job.source, position or 0)
    where = f"{cell} of {job.name}" + (f" (“{heading}”)" if heading else "")
    return f"{where} failed: {error.ename}: {error.evalue}"


def _heading(source: Mapping[str, Any], index: int) -> str:
    """The nearest heading at or above a cell."""
    for cell in reversed(source["cells"][: index + 1]):
        if cell["cell_type"] == "markdown":
            for line in reversed(source_of(cell).splitlines()):
                if line.startswith("#"):
                    return line.lstrip("# ").strip()
    return ""


def _private_texts(job: _Job) -> dict[str, str]:
    """Paths that may not appear in a report, and what stands for them."""
    found = {str(job.root): ".", str(Path.home()): "~"}
    if job.subject is not None and job.subject.path is not None:
        found[str(job.subject.path)] = job.subject.name
    return {k: v for k, v in found.items() if k not in {"/", "."}}


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
