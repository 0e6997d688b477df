"""The corpus a report is about: found by name before a kernel starts, named without its place on the disk.

Not for reading articles: it opens the corpus once and keeps what tells one state of it from another.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from analysis.errors import InputError, message
from analysis.fingerprint import canonical_json, file_sha256

USER_FILES = ("corrections.csv", "metadata.csv", "denominators.csv")


@dataclass(frozen=True, slots=True)
class Subject:
    """A corpus as a report knows it."""

    name: str  # what the report calls it
    argument: str  # what the notebook is given, so that it opens the same corpus from the project root
    path: Path | None
    fingerprint: str
    snapshot: str | None
    state: dict[str, Any] = field(
        default_factory=dict
    )  # what else changes numbers: settings, learned rules, the user's files
    corpus: Any = field(default=None, compare=False, repr=False)

    def facts(self) -> dict[str, Any]:
        """What the manifest says about it."""
        return {**self._plain(), "articles": self.list_name} if self.state else self._plain()

    def _plain(self) -> dict[str, Any]:
        return {"name": self.name, "fingerprint": self.fingerprint, "snapshot": self.snapshot, **self.state}

    @property
    def identity(self) -> str:
        """One text for all that a number may depend on: articles, snapshot, settings, the user's own files."""
        return canonical_json({k: v for k, v in self._plain().items() if k != "name"})

    @property
    def list_name(self) -> str:
        """The name of the list of its articles under `reports/_selections/`."""
        tail = hashlib.blake2b(self.identity.encode(), digest_size=4).hexdigest()
        return f"{self.fingerprint[:32]}-{tail}"


def find_subject(value: str, *, root: Path, open_corpus: Callable[[str], Any] | None) -> Subject:
    """Find and open the corpus once, so that a wrong name costs a second and not a kernel."""
    if "://" in value:
        expected = "the name of a corpus, or its folder"
        raise InputError(
            message("`corpus` is an address; nothing is downloaded", got=value, expected=expected)
        )
    if ".." in PurePath(value).parts or not value.isprintable() or not value.strip():
        raise InputError(message("`corpus` is not a plain name or folder", got=value))
    path = _resolve(value, root)
    argument = value
    if path is not None:
        inside = path.parent == (root / "corpus").resolve()
        argument = path.name if inside else str(path)
    corpus = (open_corpus or _open)(argument if path is None else str(path))
    path = getattr(corpus, "path", path)
    return Subject(
        name=PurePath(value).name, argument=argument, path=path, fingerprint=_fact(corpus, "fingerprint") or "",
        snapshot=_snapshot(corpus), state=_state(corpus), corpus=corpus,
    )  # fmt: skip


def _open(name: str) -> Any:
    from analysis.corpus.handle import open_corpus

    return open_corpus(name)


def _resolve(value: str, root: Path) -> Path | None:
    """The folder of a corpus: `corpus/<name>` of the project, or a path as given."""
    for candidate in (root / "corpus" / value, Path(value)):
        if candidate.is_dir():
            return candidate.resolve()
    return None


def _state(corpus: Any) -> dict[str, Any]:
    """Hashes of what the fingerprint of the articles does not cover; empty for what is not a corpus of ours."""
    snapshot: Any = getattr(corpus, "snapshot", None)
    if not hasattr(snapshot, "knowledge"):
        return {}
    stories = [f.sha256 for f in snapshot.of("stories")]
    files = {name: file_sha256(corpus.path / name) for name in USER_FILES if (corpus.path / name).is_file()}
    return {
        "knowledge": _short(snapshot.knowledge),
        "settings": _short(snapshot.parameters),
        "stories": _short(stories),
        "user_files": files,
    }


def _short(value: object) -> str:
    return hashlib.blake2b(canonical_json(value).encode(), digest_size=8).hexdigest()


def _snapshot(corpus: Any) -> str | None:
    """The number of the snapshot that is open."""
    number = getattr(getattr(corpus, "snapshot", None), "number", None)
    return None if number is None else str(number)


def _fact(corpus: Any, name: str) -> str | None:
    """An attribute, method or nothing, as text."""
    value = getattr(corpus, name, None)
    value = value() if callable(value) else value
    return None if value is None else str(value)
