"""Everything about a report that is known before a kernel starts: checked, resolved, and named by its run id.

A wrong call ends here, within a second and with nothing written. Not for running: see `run`.
"""

import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.errors import InputError, did_you_mean, message
from analysis.fingerprint import file_sha256, run_id
from analysis.report import manifest
from analysis.report.inputs import inputs_of
from analysis.report.notebook import (
    Parameter,
    check_values,
    parameters_of,
    read_notebook,
    shown_names,
    source_of,
    title_of,
)
from analysis.report.places import check_name, find_notebook
from analysis.report.relative import settle
from analysis.report.subject import Subject, find_subject


@dataclass(frozen=True, slots=True)
class Job:
    """One report to be made."""

    name: str
    title: str
    source: dict[str, Any]
    values: dict[str, Any]  # as the kernel gets them
    subject: Subject | None
    run_id: str
    root: Path
    facts: dict[str, Any]  # as the manifest and the page give them

    @property
    def private_texts(self) -> dict[str, str]:
        """Paths that may not appear in a report, and what stands for them."""
        found = {
            str(self.root): ".",
            str(Path.home()): "~",
            str(Path(__file__).resolve().parents[2]): "<package>",
            sys.prefix: "<python>",
            sys.base_prefix: "<python>",
            str(Path(tempfile.gettempdir()).resolve()): "<temporary>",
        }
        if self.subject is not None and self.subject.path is not None:
            found[str(self.subject.path)] = self.subject.name
        # A short path such as /usr would be found inside words of the corpus.
        return {k: v for k, v in found.items() if len(k) > 4 and k.count("/") + k.count("\\") > 0}

    def without_text(self) -> "Job":
        """The same job without a word of an article in its report: no sentences, headlines, lines, pages."""
        identity = run_id(
            notebook=self.run_id, parameters={"(text)": "left out"}, selection="", version="", environment=""
        )
        return replace(self, run_id=identity, facts=self.facts | {"run_id": identity, "no_text": True})

    def heading(self, index: int) -> str:
        """The nearest heading at or above a cell."""
        for cell in reversed(self.source["cells"][: index + 1]):
            if cell["cell_type"] == "markdown":
                for line in reversed(source_of(cell).splitlines()):
                    if line.startswith("#"):
                        return line.lstrip("# ").strip()
        return ""


def prepare(
    notebook: str | Path,
    given: Mapping[str, Any],
    *,
    root: Path,
    open_corpus: Callable[[str], Any] | None = None,
    confirmatory: Sequence[Mapping[str, Any]] = (),
    reports: Path | None = None,
) -> Job:
    """Check the call and work out the run's id; no kernel, no file written.

    Raises
    ------
    InputError
        No such notebook or corpus, an unknown parameter, a value of the wrong type, a bad name.
    """
    path = find_notebook(notebook, root=root)
    source = read_notebook(path)
    declared = parameters_of(source)
    checked = check_values(declared, given)
    full = {name: p.default for name, p in declared.items()} | checked
    subject = None
    if isinstance(full.get("corpus"), str):
        subject = find_subject(full["corpus"], root=root, open_corpus=open_corpus)
    full, asked = settle(full, subject.corpus if subject else None)
    if "model" in declared and "model" not in checked and subject is not None:
        shelf = reports if reports is not None else root / "reports"
        full["model"] = last_model(shelf / path.stem, full, subject, root) or full["model"]
        asked |= {"model": "kept_from_the_run_before"} if full["model"] != declared["model"].default else {}
    _check_order(full)
    inputs = inputs_of(full, root)
    shown = dict(full)
    if subject is not None:
        shown["corpus"] = subject.name
    values = values_of(declared, full, subject)
    _check_announced(confirmatory, source, path.stem)
    return job_of(
        path.stem, source, file_sha256(path), values=values, shown=shown, asked=asked, inputs=inputs,
        subject=subject, root=root, confirmatory=confirmatory,
    )  # fmt: skip


def job_of(
    name: str,
    source: dict[str, Any],
    sha256: str,
    *,
    values: dict[str, Any],
    shown: dict[str, Any],
    asked: dict[str, str],
    inputs: dict[str, dict[str, str]],
    subject: Subject | None,
    root: Path,
    confirmatory: Sequence[Mapping[str, Any]] = (),
) -> Job:
    """Put together what was checked (or what a manifest says of an earlier run), with the facts of this machine."""
    environment = manifest.environment(root)
    announced = [dict(claim) for claim in confirmatory]
    extra = {"asked": asked, "inputs": inputs, "confirmatory": announced}
    identity = run_id(
        notebook=f"{name}:{sha256}",
        parameters=shown | {f"({k})": v for k, v in extra.items() if v},
        selection=subject.identity if subject else "",
        version=environment["analysis"],
        environment=manifest.environment_hash(environment),
    )
    title = title_of(source, name)
    facts = {
        "run_id": identity,
        "title": title,
        "notebook": {"name": name, "sha256": sha256},
        "parameters": shown,
        "asked": asked,
        "inputs": inputs,
        "confirmatory": announced,
        "corpus": subject.facts() if subject else None,
        "environment": environment,
    }
    return Job(name, title, source, values, subject, identity, root, facts)


def last_model(home: Path, full: Mapping[str, Any], subject: Subject, root: Path) -> str | None:
    """The model that the last run on this corpus kept, where the corpus has changed since and nothing else was asked.

    A run on the corpus as it is now is made as it was made, with the model it used or with none: so the same question
    has the same answer twice. `-p model none` fits anew.
    """
    from analysis.report.diff import read_manifest
    from analysis.report.shelf import newest_on

    before = newest_on(home, subject.name)
    if before is None:
        return None
    facts = read_manifest(before)
    others = ("model", "since", "until", "corpus")
    if any(facts["parameters"].get(n) != v for n, v in full.items() if n not in others):
        return None
    used = facts["parameters"].get("model")
    if facts.get("corpus") == subject.facts():
        return used if isinstance(used, str) else None
    kept = sorted(p for p in (before / "models").glob("*") if p.is_dir())
    try:
        return kept[0].relative_to(root).as_posix() if kept else used
    except ValueError:  # reports are kept outside the project
        return None


def values_of(
    declared: Mapping[str, Parameter], full: Mapping[str, Any], subject: Subject | None
) -> dict[str, Any]:
    """What the kernel is given: the corpus, and what differs from the defaults, in the order of the notebook.

    So the same question has the same cells, whether a default was said aloud or not, and in whatever order.
    """
    values = {n: full[n] for n, p in declared.items() if full[n] != p.default and n != "corpus"}
    return ({"corpus": subject.argument} if subject is not None else {}) | values


def _check_announced(confirmatory: Sequence[Mapping[str, Any]], source: Mapping[str, Any], name: str) -> None:
    """A claim on a table that the notebook never shows would be found out only at the end."""
    known = shown_names(source)
    for claim in confirmatory:
        if claim["table"] not in known:
            raise InputError(
                message(
                    f"an announced claim is on a table that {name} does not show",
                    got=claim["table"],
                    expected="one of " + ", ".join(known),
                    hint=did_you_mean(claim["table"], known),
                )
            )


def _check_order(values: Mapping[str, Any]) -> None:
    """A range that ends before it begins costs a kernel to find out."""
    since, until = values.get("since"), values.get("until")
    if isinstance(since, str) and isinstance(until, str) and since > until:
        raise InputError(message("`since` is after `until`", got=f"{since} .. {until}"))


def run_folder(text: str, reports: Path) -> Path:
    """Find a run: a folder, `notebook/run_id`, `notebook` (its latest), or a run id alone.

    Raises
    ------
    InputError
        No such run, or several runs begin so.
    """
    if "://" in text:
        raise InputError(message("a run is a folder, not an address", got=text))
    direct = Path(text)
    if (direct / "manifest.json").is_file():
        return direct.resolve()
    if direct.name in {"index.html", "manifest.json"} and (direct.parent / "manifest.json").is_file():
        return direct.parent.resolve()
    parts = Path(text).parts
    if ".." in parts or direct.is_absolute() or not 1 <= len(parts) <= 3:
        raise InputError(
            message(
                "there is no such run", got=text, expected="a folder with manifest.json, or notebook/run_id"
            )
        )
    parts = parts[1:] if parts[0] == reports.name and len(parts) > 1 else parts
    for part in parts:
        check_name("run", part)
    if len(parts) == 1:
        from analysis.report.shelf import latest_of

        newest = latest_of(reports / parts[0])
        if newest is not None:
            return newest
        pattern = f"*/{parts[0]}*/manifest.json"
    else:
        pattern = f"{parts[0]}/{parts[1]}*/manifest.json"
    found = sorted(p.parent for p in reports.glob(pattern) if not p.parent.parent.name.startswith("_"))
    if len(found) == 1:
        return found[0]
    what = "several runs begin so" if found else "there is no such run"
    expected = (
        "one of " + ", ".join(f"{p.parent.name}/{p.name}" for p in found[:6])
        if found
        else "notebook/run_id, or a folder"
    )
    raise InputError(message(what, got=text, expected=expected))
