"""A clean place to run a report again in: an empty project with the corpus at one snapshot, and nothing else.

Not a copy: the corpus's files are immutable and are linked. What a later snapshot added is not to be seen there.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from analysis.corpus.store import COMMIT, resolve, snapshots
from analysis.errors import ReportError, message
from analysis.fingerprint import file_sha256
from analysis.report.subject import USER_FILES


@contextmanager
def clean_project(facts: Mapping[str, Any], *, root: Path, corpus: str | None = None) -> Iterator[Path]:
    """Give a temporary project that holds what a manifest names; it is gone when the block ends.

    Raises
    ------
    ReportError
        The corpus or one of the files is not what it was when the report was made.
    UnknownNameError
        There is no corpus of this name.
    """
    home = Path(tempfile.mkdtemp(prefix="analysis-verify-")).resolve()
    try:
        (home / "notebooks").mkdir()
        if (root / "requirements.lock").is_file():
            shutil.copyfile(root / "requirements.lock", home / "requirements.lock")
        for name, found in (facts.get("inputs") or {}).items():
            _link_input(root / found["path"], home / found["path"], name)
        if facts.get("corpus"):
            _link_corpus(facts["corpus"], home, root=root, given=corpus)
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _link_input(source: Path, target: Path, name: str) -> None:
    if not source.exists():
        raise ReportError(message(f"what `{name}` named is no longer there", got=source.name))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.symlink_to(source.resolve(), target_is_directory=source.is_dir())


def _link_corpus(facts: Mapping[str, Any], home: Path, *, root: Path, given: str | None) -> None:
    """Lay out `corpus/<name>` with the snapshots up to the one of the report."""
    beside = root / "corpus" / str(facts["name"])
    source = (
        resolve(given) if given else (beside.resolve() if beside.is_dir() else resolve(str(facts["name"])))
    )
    wanted = int(facts["snapshot"])
    known = {s.number: s for s in snapshots(source)}
    if wanted not in known or known[wanted].fingerprint is None:
        raise ReportError(
            message(
                f"the corpus {facts['name']} has no snapshot {wanted} any more",
                expected=f"one of {sorted(known)}",
            )
        )
    target = home / "corpus" / str(facts["name"])
    target.mkdir(parents=True)
    data = json.loads((source / COMMIT).read_text(encoding="utf-8"))
    data["snapshots"] = [s for s in data["snapshots"] if s["number"] <= wanted]
    (target / COMMIT).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    for name in sorted({f.name for s in known.values() if s.number <= wanted for f in s.files}):
        if not (source / name).is_file():
            raise ReportError(message(f"a file of the corpus {facts['name']} is gone", got=name))
        (target / name).symlink_to(source / name)
    recorded = facts.get("user_files") or {}
    for name in USER_FILES:
        path = source / name
        if name in recorded and not path.is_file():
            raise ReportError(message(f"{name} of the corpus is no longer there", hint=_HINT))
        if name in recorded and file_sha256(path) != recorded[name]:
            raise ReportError(
                message(f"{name} of the corpus was changed since the report was made", hint=_HINT)
            )
        if name in recorded:  # one that was written since is not laid over the articles of then
            shutil.copyfile(path, target / name)


_HINT = "Put the old file back to verify this run, or make the report again and compare both with `analysis diff`."
