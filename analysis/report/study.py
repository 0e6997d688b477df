"""A study: several reports from one specification, with what was announced before the data were seen.

A specification is a TOML file in `reports/specs/`; the same file makes the whole study again. Not for a single report.

    title = "The border in the papers of two towns"
    corpus = "demo"
    notebooks = ["01_corpus", "02_terms"]          # or "all"

    [parameters]                                   # for every notebook that has a parameter of this name
    since = "2024-01-01"
    until = "last_complete_month"

    [notebook.02_terms]                            # for this one alone
    node = "border | frontier*"

    [[confirmatory]]                               # announced; adjusted by Holm's procedure
    table = "02_terms/keyness"
    row = { term = "pit" }
    claim = "The Courier writes of the pits more often than the others."
"""

import json
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analysis.errors import AnalysisError, InputError, ReportError, did_you_mean, message
from analysis.fingerprint import file_sha256
from analysis.report.job import Job, prepare
from analysis.report.notebook import parameters_of, read_notebook
from analysis.report.pages import SCRIPTS, page
from analysis.report.places import all_notebooks, check_name, find_notebook
from analysis.report.render import sanitised_table
from analysis.report.run import Progress, RunPaths, make_report
from analysis.report.shelf import lock, write_index
from analysis.report.swap import put_in_place
from analysis.report.tested import claims_of, shown_of

FOLDER = "_studies"


class Announced(BaseModel):
    """One claim that was announced."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    table: str
    row: dict[str, str | int | float | bool] = Field(default_factory=dict)
    claim: str = ""


class Specification(BaseModel):
    """The content of a specification."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: str
    corpus: str | None = None
    notebooks: list[str] | str = "all"
    parameters: dict[str, Any] = Field(default_factory=dict)
    notebook: dict[str, dict[str, Any]] = Field(default_factory=dict)
    confirmatory: list[Announced] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Study:
    """A specification that was read and checked, with the jobs it gives."""

    name: str
    path: Path | None
    title: str
    jobs: tuple[Job, ...]
    confirmatory: tuple[dict[str, Any], ...] = ()
    failed: dict[str, str] = field(default_factory=dict)


def read_study(path: Path, given: Mapping[str, Any], *, root: Path, reports: Path | None = None) -> Study:
    """Read a specification and prepare all its reports; nothing is started.

    Raises
    ------
    InputError
        The file is no specification, or a name or value in it is not right.
    """
    check_name("specification", path.stem)
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            message(f"{path.name} is not valid TOML ({error})", hint="Correct the line it names.")
        ) from error
    try:
        spec = Specification.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        hint = did_you_mean(place, list(Specification.model_fields))
        raise InputError(message(f"{path.name}: `{place}`: {first['msg']}", hint=hint)) from error
    names = [spec.notebooks] if isinstance(spec.notebooks, str) else list(spec.notebooks)
    names = all_notebooks(root) if names == ["all"] else names
    shared = ({"corpus": spec.corpus} if spec.corpus else {}) | spec.parameters | dict(given)
    announced: dict[str, list[dict[str, Any]]] = {}
    for claim in spec.confirmatory:
        notebook, _, table = claim.table.rpartition("/")
        if notebook not in names:
            expected = "notebook/table, with one of " + ", ".join(names)
            raise InputError(
                message(
                    f"{path.name}: an announced claim names no notebook", got=claim.table, expected=expected
                )
            )
        announced.setdefault(notebook, []).append(claim.model_dump() | {"table": table})
    for notebook in spec.notebook:
        if notebook not in names:
            raise InputError(
                message(
                    f"{path.name}: [notebook.{notebook}] is of no notebook of this study",
                    expected=", ".join(names),
                )
            )
    jobs = prepare_all(names, shared, root=root, own=spec.notebook, announced=announced, reports=reports)
    return Study(path.stem, path, spec.title, tuple(jobs), tuple(c.model_dump() for c in spec.confirmatory))


def prepare_all(
    names: list[str],
    shared: Mapping[str, Any],
    *,
    root: Path,
    own: Mapping[str, Mapping[str, Any]] | None = None,
    announced: Mapping[str, list[dict[str, Any]]] | None = None,
    reports: Path | None = None,
) -> list[Job]:
    """Prepare several reports before any starts; a shared parameter goes to every notebook that has it.

    Raises
    ------
    InputError
        No notebook has a parameter of this name, or a value is wrong.
    """
    declared = {name: parameters_of(read_notebook(find_notebook(name, root=root))) for name in names}
    known = sorted({p for parameters in declared.values() for p in parameters})
    for name in shared:
        if name not in known:
            what = f"{name!r} is not a parameter of any of these notebooks"
            raise InputError(
                message(what, expected="one of " + ", ".join(known), hint=did_you_mean(name, known))
            )
    return [
        prepare(
            name,
            {k: v for k, v in shared.items() if k in declared[name]} | dict((own or {}).get(name, {})),
            root=root,
            confirmatory=(announced or {}).get(name, ()),
            reports=reports,
        )
        for name in names
    ]


def make_all(
    jobs: tuple[Job, ...] | list[Job],
    reports: Path,
    *,
    progress: Callable[[Job], Progress | None],
    done: Callable[[Job, RunPaths | AnalysisError], None],
) -> dict[str, RunPaths]:
    """Make one report after the other; one that fails does not keep the others from being made."""
    made = {}
    for job in jobs:
        try:
            made[job.name] = make_report(job, reports, progress=progress(job))
        except AnalysisError as error:
            done(job, error)
            continue
        done(job, made[job.name])
    return made


def put_study(study: Study, made: Mapping[str, RunPaths], reports: Path) -> Path:
    """Write the page of a study whose reports are all there: its runs, and everything they tested in one table.

    Raises
    ------
    ReportError
        A report is lacking: a study is whole or is not replaced.
    """
    lacking = [job.name for job in study.jobs if job.name not in made]
    if lacking:
        raise ReportError(
            message(
                f"the study {study.name} is not complete",
                got=", ".join(lacking),
                hint="Its last page is untouched.",
            )
        )
    running = reports / "_running"
    running.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".study-{study.name}-", dir=running))
    try:
        folders = {name: paths.folder for name, paths in made.items()}
        whole = claims_of(folders, study.confirmatory)
        if whole is not None:
            whole.save(work, name="claims")
        runs = [
            {
                "name": j.name,
                "title": j.title,
                "run_id": made[j.name].run_id,
                "parameters": sorted(j.facts["parameters"].items()),
            }
            for j in study.jobs
        ]
        text = study.path.read_text(encoding="utf-8-sig") if study.path else ""
        (work / "spec.toml").write_text(text, encoding="utf-8")
        html = page(
            "study.html", title=study.title, scripts=SCRIPTS, runs=runs, spec=text, confirmatory=study.confirmatory,
            n_claims=len(whole.table) if whole else 0,
            claims=sanitised_table(shown_of(whole).table, "claims") if whole else None,
        )  # fmt: skip
        (work / "index.html").write_text(html, encoding="utf-8")
        facts = {
            "title": study.title,
            "spec_sha256": file_sha256(work / "spec.toml"),
            "runs": {name: paths.run_id for name, paths in made.items()},
            "files": [{"path": p.name, "sha256": file_sha256(p)} for p in sorted(work.iterdir())],
        }
        (work / "manifest.json").write_text(
            json.dumps(facts, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8"
        )
        with lock(reports, f".study-{study.name}", wait=60):
            place = put_in_place(work, reports / FOLDER, study.name)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    write_index(reports)
    return place
