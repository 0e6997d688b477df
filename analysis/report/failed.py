"""What is kept of a report that did not end: under `reports/_failed/`, marked as such, with the cell and the reason.

Not for finished reports. A process that was killed cannot say anything; the next run finds its folder under
`reports/_running/` and moves it here.
"""

import json
import shutil
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from filelock import Timeout

from analysis.errors import AnalysisError, InputError, ReportError, message
from analysis.report import manifest
from analysis.report.job import Job
from analysis.report.notebook import read_notebook
from analysis.report.render import render_page
from analysis.report.tables import text_of
from analysis.report.tidy import replace_all, tidy

REACHED = "REACHED.txt"
PAGE = "partial.html"


def keep(job: Job, work: Path, reports: Path, error: BaseException) -> NoReturn:
    """Keep what there is, marked as such, and raise what the caller can act on."""
    why = " ".join([str(error) or type(error).__name__, *getattr(error, "__notes__", [])])
    place = f"_failed/{job.name}/{job.run_id}"
    try:
        _mark(job, work, why)
        _move(work, reports / "_failed" / job.name / job.run_id)
    except (OSError, AnalysisError, ValueError):  # a full disk must not hide the first error
        shutil.rmtree(work, ignore_errors=True)
        place = ""
    untouched = "the last good report is untouched."
    hint = f"What there is lies in {place}; {untouched}" if place else untouched.capitalize()
    if isinstance(error, ReportError):
        raise ReportError(f"{error} {hint}") from error.__cause__
    if isinstance(error, InputError) or not isinstance(error, Exception):
        raise error
    what = f"the report {job.name} could not be made ({type(error).__name__}: {error})"
    raise ReportError(message(what, hint=hint)) from error


def sweep(reports: Path, *, own: str) -> None:
    """Move what killed processes left under `_running/` to `_failed/`; what is still running is left alone.

    `own` is the run whose lock the caller holds.
    """
    from analysis.report.shelf import lock

    for folder in sorted((reports / "_running").iterdir()):
        name, _, _tail = folder.name.rpartition("-")
        if not folder.is_dir() or not name:
            continue
        if name.startswith(".study-"):  # a page of links: nothing in it that is worth keeping
            with suppress(Timeout, OSError), lock(reports, name):
                shutil.rmtree(folder, ignore_errors=True)
            continue
        if name == own:
            _bury(folder, reports, name)
            continue
        try:
            with lock(reports, name):
                _bury(folder, reports, name)
        except (Timeout, OSError):
            continue


def _bury(folder: Path, reports: Path, name: str) -> None:
    notebook, _, identity = name.rpartition("-")
    try:
        where = (folder / REACHED).read_text(encoding="utf-8")
    except (OSError, ValueError):
        where = "the start, or while it was put in place"
    for left in (PAGE, "index.html", "manifest.json", REACHED):
        (folder / left).unlink(missing_ok=True)
    (folder / "FAILED.txt").write_text(
        f"This report is not complete.\nIts process was killed, or the machine stopped, in {where}.\n",
        encoding="utf-8",
    )
    _move(folder, reports / "_failed" / notebook / identity)


def _mark(job: Job, work: Path, why: str) -> None:
    """Leave no file that a complete report has, and say in words and on a page that this is none."""
    for left in ("index.html", "manifest.json", REACHED):
        (work / left).unlink(missing_ok=True)
    hide = job.private_texts
    why = text_of(replace_all(why, hide))
    (work / "FAILED.txt").write_text(f"This report is not complete.\n{why}\n", encoding="utf-8")
    partial = work / "report.ipynb"
    if not partial.exists():
        return
    found = tidy(read_notebook(partial), hide=hide)  # papermill calls cells completed that never ran
    partial.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    page = render_page(found, facts=job.facts, tables=manifest.read_tables(work), broken=why)
    (work / PAGE).write_text(page, encoding="utf-8")


def _move(work: Path, kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(kept, ignore_errors=True)
    work.chmod(0o755)
    work.rename(kept)
