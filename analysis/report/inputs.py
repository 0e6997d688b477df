"""Files of the project that a parameter names (a model, a dictionary): hashed, so that they are part of a run.

Not for the corpus, which has its own fingerprint, and not for anything outside the project.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any

from analysis.errors import InputError, message
from analysis.fingerprint import file_sha256

NAMES = (
    "model",
    "lexicon",
    "dictionary",
    "codes",
)  # parameters that name a place even where it looks like a word


def inputs_of(parameters: Mapping[str, Any], root: Path) -> dict[str, dict[str, str]]:
    """Find what the parameters name inside the project, with its hash.

    Raises
    ------
    InputError
        A parameter names a place by an address, climbs out of the project, or is an absolute path.
    """
    found = {}
    for name, value in parameters.items():
        if (
            name == "corpus"
            or not isinstance(value, str)
            or not (name in NAMES or "/" in value or "\\" in value)
        ):
            continue
        if name in NAMES:
            _check(name, value)
        path = root / value
        if _inside(value) and path.exists() and path.resolve() != root.resolve():
            found[name] = {"path": value, "sha256": _hash(path)}
    return found


def _check(name: str, value: str) -> None:
    if "://" in value:
        raise InputError(message(f"`{name}` is an address; nothing is downloaded", got=value))
    if not _inside(value):
        expected = "a name, or a path inside the project"
        raise InputError(message(f"`{name}` leads out of the project", got=value, expected=expected))


def _inside(value: str) -> bool:
    parts = PurePath(value.replace("\\", "/")).parts
    return (
        value.isprintable() and ".." not in parts and not PurePath(value).is_absolute() and "://" not in value
    )


def _hash(path: Path) -> str:
    """The hash of a file, or of all files of a folder with their names."""
    if path.is_file():
        return file_sha256(path)
    total = hashlib.sha256()
    for file in sorted(p for p in path.rglob("*") if p.is_file()):
        total.update(f"{file.relative_to(path).as_posix()}\0{file_sha256(file)}\n".encode())
    return total.hexdigest()
