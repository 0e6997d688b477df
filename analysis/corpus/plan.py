"""Before an ingest reads anything: are the places usable, which files are there, and which were read before.

Not for reading: the plan is a list of chunks by reference.
"""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.corpus.ledger import entry_of
from analysis.corpus.store import Snapshot
from analysis.errors import InputError, message
from analysis.fingerprint import file_sha256
from analysis.readers import Chunk, discover


@dataclass(frozen=True)
class Plan:
    """The chunks to read, a ledger line for each file to begin with, and what is to be said of the rest."""

    chunks: list[Chunk]
    inputs: dict[str, dict[str, Any]]
    notes: list[str]
    reads_all_again: bool = False

    @property
    def size(self) -> int:
        """The bytes of all files to be read."""
        return int(sum(entry["size"] for entry in self.inputs.values()))


def plan_of(
    root: Path, folder: Path, before: Snapshot | None, parameters: dict[str, Any], *, relearn: bool = False
) -> Plan:
    """List the files and their chunks; those read before, unchanged and with the same settings are passed over.

    Where the settings changed and every file is there again, the snapshot is made anew from them: what an earlier
    setting kept longer must not win over what the present one cuts.
    """
    inside = folder.is_relative_to(root) and folder != root
    exclude = [f"{folder.relative_to(root).as_posix()}/*"] if inside else []
    found = discover(root, exclude=exclude)
    known = {(f["source_file"], f["sha256"]) for f in (before.inputs if before else ())}
    same = before is not None and before.parameters == parameters and not relearn
    plan = Plan([], {}, [])
    for file in found.read:
        digest = file_sha256(file.path)
        if same and (file.source, digest) in known:
            plan.notes.append(f"{file.source}: read before and unchanged, passed over")
            continue
        plan.inputs[file.source] = entry_of(file.source, file.reader, digest, file.size)
        plan.chunks.extend(file.chunks)
    for refused in found.refused:
        note = f"refused: {refused.reason}: {refused.message}"
        plan.inputs[refused.source] = entry_of(refused.source, "", "", refused.size, note)
    for ignored in found.ignored:
        if ignored.reason not in ("hidden", "settings", "excluded", "link"):
            plan.notes.append(f"{ignored.source}: not read: {ignored.message}")
    if not plan.inputs and before is None:
        raise InputError(
            message(
                "there is nothing to read",
                got=str(root),
                expected="files such as .txt, .html, .csv, .xlsx, .json, .jsonl, .parquet",
                hint="; ".join(plan.notes[:5]),
            )
        )
    if before is None or same:
        return plan
    missing = sorted({str(f["source_file"]) for f in before.inputs} - plan.inputs.keys())
    if missing:
        plan.notes.append(
            f"the settings changed, and {len(missing)} earlier file(s) are not in this source ({missing[0]}, ...): "
            "what was kept from them stays as it was cleaned then"
        )
    return replace(plan, reads_all_again=not missing)


def check_places(source: str | os.PathLike[str], into: str | os.PathLike[str]) -> tuple[Path, Path]:
    """Say at once where the source or the corpus cannot be what they are to be."""
    for name, value in (("source", source), ("into", into)):
        if "://" in os.fspath(value):
            raise InputError(
                message(
                    f"`{name}` is an address",
                    got=os.fspath(value),
                    expected="a folder or file",
                    hint="Download it first.",
                )
            )
    root, folder = Path(source), Path(into)
    if not root.exists():
        raise InputError(message("the source is not there", got=str(root), expected="a folder or a file"))
    if folder.exists() and not folder.is_dir():
        raise InputError(message("the corpus is a file", got=str(folder), expected="a folder"))
    return root.resolve(), folder.resolve()
