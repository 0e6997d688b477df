"""The commands `report`, `verify` and `diff`: what was typed becomes calls, and what came of them a few lines.

Not for the work itself. `say` gets lines for standard output, `complain` those for the error stream.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from analysis.errors import AnalysisError, InputError, message
from analysis.report.diff import diff_runs
from analysis.report.init import waiting
from analysis.report.job import Job, prepare, run_folder
from analysis.report.notebook import help_of, parameters_of, read_notebook
from analysis.report.places import all_notebooks, find_notebook, project_root
from analysis.report.run import Progress, RunPaths
from analysis.report.study import Study, make_all, prepare_all, put_study, read_study
from analysis.report.verify import verify_run

Say = Callable[[str], None]


def report(
    target: str,
    parameters: Sequence[tuple[str, str]],
    *,
    reports: str | None = None,
    only_help: bool = False,
    text: bool = True,
    say: Say,
    complain: Say,
) -> int:
    """Make one report, all of them, or those of a specification; return the exit code."""
    root = project_root()
    given: dict[str, str] = {}
    for name, value in parameters:
        if name in given:
            raise InputError(message("a parameter is given twice", got=name))
        given[name] = value
    if only_help:
        return _help(target, root, say)
    shelf = _shelf(reports, root)
    _read_first(target, root, given, say)
    study: Study | None = None
    if target.endswith(".toml"):
        study = read_study(_spec(target, root), given, root=root, reports=shelf)
        jobs = list(study.jobs)
    elif target == "all":
        jobs = prepare_all(all_notebooks(root), given, root=root, reports=shelf)
    else:
        jobs = [prepare(target, given, root=root, reports=shelf)]
    if not text:
        jobs = [job.without_text() for job in jobs]
    failures: list[str] = []

    def done(job: Job, made: RunPaths | AnalysisError) -> None:
        if isinstance(made, AnalysisError):
            failures.append(job.name)
            complain(str(made))
            return
        say(f"report {job.name}, run {made.run_id}: {made.html}")
        if made.changes is not None:
            say(f"  since {made.changes.before.partition('/')[2]}: {made.changes.summary()}")

    with _terminable():
        made = make_all(jobs, shelf, progress=_progress, done=done)
        if study is not None and not failures:
            say(f"study {study.name}: {put_study(study, made, shelf) / 'index.html'}")
    if failures:
        if len(jobs) > 1:
            complain(f"{len(failures)} of {len(jobs)} reports failed: {', '.join(failures)}")
        return 1
    if len(jobs) > 1:
        say(f"all reports: {shelf / 'index.html'}")
    return 0


def _read_first(target: str, root: Path, given: dict[str, str], say: Say) -> None:
    """Ingest the articles of a study that nobody has ingested yet, where its notebooks ask for them."""
    raw = waiting(root)
    if raw is None or target.endswith(".toml") or "corpus" in given:
        return
    names = all_notebooks(root) if target == "all" else [target]
    asked = [parameters_of(read_notebook(find_notebook(n, root=root))).get("corpus") for n in names]
    if any(parameter is not None and parameter.default == root.name for parameter in asked):
        from analysis.corpus.ingest import ingest

        say(str(ingest(raw, into=root / "corpus" / root.name)))


def verify(run: str, *, corpus: str | None = None, reports: str | None = None, say: Say) -> int:
    """Run a report again and compare; 0 for identical and equal, 1 where something differs."""
    root = project_root()
    folder = run_folder(run, _shelf(reports, root))
    with _terminable():
        verdict = verify_run(
            folder, root=root, corpus=corpus, progress=_cells("verify") if sys.stderr.isatty() else None
        )
    say(verdict.text())
    return 1 if verdict.state == "differs" else 0


def diff(before: str, after: str, *, reports: str | None = None, say: Say) -> int:
    """Say what moved between two runs, and why."""
    shelf = _shelf(reports, project_root())
    say(diff_runs(run_folder(before, shelf), run_folder(after, shelf)).text())
    return 0


def _shelf(reports: str | None, root: Path) -> Path:
    """The folder of the reports: the project's, or the one that was named, if there can be one."""
    if reports is None:
        return root / "reports"
    if "://" in reports or not reports.isprintable() or not reports.strip():
        raise InputError(message("`--reports` is no folder", got=reports, expected="a path on this machine"))
    place = Path(reports).resolve()
    above = next((p for p in (place, *place.parents) if p.exists()), place)
    if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
        raise InputError(
            message("`--reports` cannot be written to", got=reports, expected="a folder of yours")
        )
    return place


def _help(target: str, root: Path, say: Say) -> int:
    """Show the parameters of a notebook, or of all."""
    names = all_notebooks(root) if target == "all" else [target]
    if target.endswith(".toml"):
        names = [job.name for job in read_study(_spec(target, root), {}, root=root).jobs]
    for place, name in enumerate(names):
        path = find_notebook(name, root=root)
        say(("\n" if place else "") + help_of(read_notebook(path), path.stem))
    return 0


def _spec(text: str, root: Path) -> Path:
    """Find a specification: a path, or a name under `reports/specs/`."""
    if "://" in text or ".." in Path(text).parts or not text.isprintable():
        raise InputError(message("a specification is a file of the project, without '..'", got=text))
    for path in (Path(text), root / text, root / "reports" / "specs" / text):
        if path.is_file():
            return path.resolve()
    known = sorted(p.name for p in (root / "reports" / "specs").glob("*.toml"))
    raise InputError(
        message(
            "there is no such specification",
            got=text,
            expected="one of " + ", ".join(known) if known else "a .toml file",
        )
    )


def _progress(job: Job) -> Progress | None:
    return _cells(job.name) if sys.stderr.isatty() else None


def _cells(name: str) -> Progress:
    """Show which cell is running, on one line that is written over."""

    def show(cell: int, cells: int, heading: str) -> None:
        line = f"\r\x1b[K{name} {cell}/{cells} {heading}"[:110]
        sys.stderr.write(line if cell < cells else "\r\x1b[K")
        sys.stderr.flush()

    return show


@contextmanager
def _terminable() -> Iterator[None]:
    """Let a polite request to end (SIGTERM, a closed terminal) end as an interruption does."""

    def stop(number: int, frame: FrameType | None) -> None:
        del frame
        raise KeyboardInterrupt(signal.Signals(number).name)

    kinds = [getattr(signal, n) for n in ("SIGTERM", "SIGHUP") if hasattr(signal, n)]
    try:
        before = {kind: signal.signal(kind, stop) for kind in kinds}
    except ValueError:  # not the main thread
        before = {}
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
