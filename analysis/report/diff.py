"""What moved between two runs of a report, and why: articles, corrections, learned rules, parameters, versions.

The numbers come from the tables of both runs, the reasons from their manifests and lists of articles. Causes are
named, not weighed: where two things changed, `diff` does not say which of them moved a number.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import InputError, ReportError, message
from analysis.report import selections
from analysis.report.compare import TableChange, compare_folders
from analysis.report.tables import text_of

_IDS = re.compile(r": [0-9a-f]{20}(, [0-9a-f]{20})*( …)?")
_WHAT = {
    "added": "articles were added",
    "removed": "articles are no longer there",
    "corrected": "articles were corrected",
    "relearned": "articles were cleaned to another text (rules were learned anew, or changed)",
    "stories": "articles belong to another story",
}


@dataclass(frozen=True, slots=True)
class Diff:
    """Two runs compared; `causes` are sentences, `tables` every table of either."""

    before: str
    after: str
    causes: tuple[str, ...]
    tables: tuple[TableChange, ...]
    figures: tuple[str, ...]  # that look different, or are in one run only

    @property
    def moved(self) -> tuple[TableChange, ...]:
        """The tables in which something moved."""
        return tuple(t for t in self.tables if t.state not in {"same", "equal"})

    def summary(self) -> str:
        """One line."""
        why = " ".join(_IDS.sub("", c) for c in self.causes) or "Nothing that a number depends on changed."
        if not self.moved:
            return f"No number moved. {why}"
        numbers = sum(t.n_moved for t in self.moved)
        return f"{numbers:,} numbers in {len(self.moved):,} of {len(self.tables):,} tables moved. {why}"

    def text(self) -> str:
        """All of it as plain text."""
        lines = [
            f"{self.before} -> {self.after}",
            "",
            "Why",
            *(f"  {c}" for c in self.causes or ("Nothing changed.",)),
            "",
        ]
        for table in self.moved:
            lines.append(f"{table.name}: {said(table)}")
            lines += [f"  {row}: {column} {show(a)} -> {show(b)}" for row, column, a, b in table.largest]
        same = len(self.tables) - len(self.moved)
        lines.append(f"{same:,} of {len(self.tables):,} tables did not move.")
        if self.figures:
            lines.append("Pictures that look different: " + ", ".join(self.figures) + ".")
        return "\n".join(text_of(line) for line in lines)


def diff_runs(before: Path, after: Path) -> Diff:
    """Compare two runs of one notebook.

    Raises
    ------
    InputError
        The runs are of different notebooks.
    ReportError
        One of the folders is not a finished run.
    """
    one, two = read_manifest(before), read_manifest(after)
    if one["notebook"]["name"] != two["notebook"]["name"]:
        raise InputError(
            message(
                "the runs are of different notebooks",
                got=f"{one['notebook']['name']} and {two['notebook']['name']}",
            )
        )
    hashes = [{f["path"]: f["sha256"] for f in m["files"] if f["path"].endswith(".png")} for m in (one, two)]
    figures = sorted(p for p in hashes[0].keys() | hashes[1].keys() if hashes[0].get(p) != hashes[1].get(p))
    return Diff(
        before=f"{one['notebook']['name']}/{one['run_id']}",
        after=f"{two['notebook']['name']}/{two['run_id']}",
        causes=tuple(_causes(one, two, (before.parents[1], after.parents[1]))),
        tables=tuple(compare_folders(before, after, ignore=("signature",))),
        figures=tuple(p.removeprefix("figures/").removesuffix(".png") for p in figures),
    )


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read the manifest of a finished run."""
    try:
        found = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if not {"run_id", "notebook", "parameters", "environment", "files"} <= found.keys():
            raise KeyError("run_id")
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise ReportError(
            message(f"{folder.name} is not a finished run", expected="a folder with its manifest.json")
        ) from error
    return dict(found)


def said(table: TableChange) -> str:
    """What happened to a table, in words."""
    if table.state in {"added", "removed"}:
        return "only in the later run" if table.state == "added" else "only in the earlier run"
    parts = [f"{table.n_moved:,} of {table.n_cells:,} values moved"]
    parts += [
        f"{n:,} rows {word}" for n, word in ((table.rows_added, "new"), (table.rows_removed, "gone")) if n
    ]
    parts += [f"columns in one run only: {', '.join(table.columns)}"] if table.columns else []
    return ", ".join(parts)


def show(value: Any) -> str:
    """A value for a line of text."""
    if value is None:
        return "none"
    if isinstance(value, float):
        return f"{value:.6g}"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:59] + "…"


def _causes(one: Mapping[str, Any], two: Mapping[str, Any], reports: tuple[Path, ...]) -> list[str]:
    found = [*_articles(one.get("corpus") or {}, two.get("corpus") or {}, reports)]
    for name, before, after in _changed(one["parameters"], two["parameters"]):
        found.append(f"The parameter {name} was {show(before)} and is {show(after)}.")
    if one["notebook"]["sha256"] != two["notebook"]["sha256"]:
        found.append("The notebook itself was changed.")
    if one.get("confirmatory") != two.get("confirmatory"):
        found.append("Other claims were announced as confirmatory.")
    a, b = one["environment"], two["environment"]
    versions = [
        *_changed(
            {k: v for k, v in a.items() if k in ("analysis", "python", "platform")}, b, only_first=True
        ),
        *_changed(a.get("packages", {}), b.get("packages", {})),
    ]
    if versions:
        found.append(
            "Versions: " + ", ".join(f"{n} {x or 'none'} -> {y or 'none'}" for n, x, y in versions) + "."
        )
    elif a.get("lock_sha256") != b.get("lock_sha256"):
        found.append("The lock file was changed, but none of the versions recorded.")
    return found


def _articles(one: Mapping[str, Any], two: Mapping[str, Any], reports: tuple[Path, ...]) -> list[str]:
    """What became of the corpus."""
    if one == two:
        return []
    found = []
    if one.get("name") != two.get("name"):
        found.append(f"The corpus was {show(one.get('name'))} and is {show(two.get('name'))}.")
    if one.get("snapshot") != two.get("snapshot"):
        found.append(f"The snapshot was {show(one.get('snapshot'))} and is {show(two.get('snapshot'))}.")
    names = [c.get("articles") for c in (one, two)]
    changes = (
        selections.compare(str(names[0]), str(names[1]), reports)
        if all(names) and names[0] != names[1]
        else None
    )
    if changes is not None:
        for name, words in _WHAT.items():
            n = getattr(changes, name)
            if n:
                few = changes.examples[name]
                ids = f": {', '.join(few)}{' …' if n > len(few) else ''}"
                found.append(f"{n:,} {words if n > 1 else _one(words)}{ids}.")
    elif one.get("fingerprint") != two.get("fingerprint"):
        found.append(
            "The articles are others (the fingerprint differs; the lists to say which are not here)."
        )
    files = _changed(one.get("user_files") or {}, two.get("user_files") or {})
    found += [f"{name} was changed." for name, _, _ in files]
    if one.get("settings") != two.get("settings"):
        found.append(
            "The settings of the corpus (corpus.toml, or versions of cleaner and encoder) were changed."
        )
    if one.get("knowledge") != two.get("knowledge"):
        found.append("What was learned about the outlets (clutter, date orders, names) was changed.")
    return found


def _one(words: str) -> str:
    return (
        words.replace("articles were", "article was")
        .replace("articles are", "article is")
        .replace("articles belong", "article belongs")
    )


def _changed(
    one: Mapping[str, Any], two: Mapping[str, Any], *, only_first: bool = False
) -> list[tuple[str, Any, Any]]:
    names = sorted(one.keys() if only_first else one.keys() | two.keys())
    return [(n, one.get(n), two.get(n)) for n in names if one.get(n) != two.get(n)]
