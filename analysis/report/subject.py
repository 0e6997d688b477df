"""The corpus a report is about: found by name before a kernel starts, named without its place on the disk."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from analysis.errors import InputError, message


@dataclass(frozen=True, slots=True)
class Subject:
    """A corpus as a report knows it."""

    name: str  # what the report calls it
    argument: str  # what the notebook is given, so that it opens the same corpus from the project root
    path: Path | None
    fingerprint: str
    snapshot: str | None

    def facts(self) -> dict[str, str | None]:
        """What the manifest says about it."""
        return {"name": self.name, "fingerprint": self.fingerprint, "snapshot": self.snapshot}


def find_subject(value: str, *, root: Path, open_corpus: Callable[[str], Any] | None) -> Subject:
    """Find and open the corpus once, so that a wrong name costs a second and not a kernel."""
    if "://" in value:
        expected = "the name of a corpus, or its folder"
        raise InputError(
            message("`corpus` is an address; nothing is downloaded", got=value, expected=expected)
        )
    if ".." in PurePath(value).parts or "\x00" in value or not value.strip():
        raise InputError(message("`corpus` is not a plain name or folder", got=value))
    path = _resolve(value, root)
    argument = value
    if path is not None:
        inside = path.parent == (root / "corpus").resolve()
        argument = path.name if inside else str(path)
    corpus = (open_corpus or _open)(argument if path is None else str(path))
    fingerprint = _fact(corpus, "fingerprint")
    return Subject(
        name=PurePath(value).name, argument=argument, path=path, fingerprint=fingerprint or "",
        snapshot=_snapshot(corpus),
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


def _snapshot(corpus: Any) -> str | None:
    """The number of the snapshot that is open."""
    number = getattr(getattr(corpus, "snapshot", None), "number", None)
    return None if number is None else str(number)


def _fact(corpus: Any, name: str) -> str | None:
    """An attribute, method or nothing, as text."""
    value = getattr(corpus, name, None)
    value = value() if callable(value) else value
    return None if value is None else str(value)
