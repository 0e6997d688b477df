"""What lies in a folder: what is read, what is refused or ignored, and why. Nothing is left unsaid.

Not for reading records: it looks at names, links and the head of each file.
"""

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from analysis.errors import InputError, message
from analysis.readers.base import Chunk, RefusedError, reader_for, refuse_url


class SourceFile(NamedTuple):
    """A file that is read: its path, its name in the ledger, its reader, its size and the chunks to read."""

    path: str
    source: str
    reader: str
    size: int
    chunks: tuple[Chunk, ...]


class Refusal(NamedTuple):
    """A file that should have been readable and is not."""

    source: str
    reason: str
    message: str
    size: int = 0


class Ignored(NamedTuple):
    """A file that is none of our business."""

    source: str
    reason: str
    message: str
    size: int = 0


class Found(NamedTuple):
    """Everything under a root, each part sorted by `source`."""

    read: tuple[SourceFile, ...]
    refused: tuple[Refusal, ...]
    ignored: tuple[Ignored, ...]


OURS = frozenset({"corpus.toml", "metadata.csv", "corrections.csv", "denominators.csv", "truth.json"})
_ABOUT = ("readme", "license", "licence", "changelog")
_HELP = {
    (".zip", ".tar", ".tgz", ".7z", ".rar", ".bz2", ".xz", ".zst"): "Unpack it and ingest the files inside.",
    (".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub"): "Save its text as .txt, one article a file.",
    (
        ".xml",
        ".rss",
        ".warc",
        ".warc.gz",
        ".mhtml",
    ): "Export it as .jsonl or .csv, or save each page as .html.",
    (
        ".feather",
        ".arrow",
        ".pkl",
        ".pickle",
        ".rds",
        ".rdata",
        ".dta",
        ".sav",
        ".sqlite",
        ".db",
    ): "Export it as .parquet or .csv.",
}


def discover(root: str | Path, *, exclude: Iterable[str] = ()) -> Found:
    """List the files under `root` (a folder or one file), sorted by relative path.

    Parameters
    ----------
    root
        A folder, searched with everything in it, or a single file. Never an address.
    exclude
        Glob patterns over relative paths (``"old/*"``), which are ignored.

    Returns
    -------
    Found
        Files to read with their chunks, files refused and files ignored, each with a reason.

    Raises
    ------
    InputError
        `root` is an address or is not there.
    """
    refuse_url(root)
    base = Path(root)
    if not base.exists():
        raise InputError(message("there is no such file or folder", got=str(root), hint="Check the path."))
    patterns = tuple(exclude)
    items = [
        entry if isinstance(entry, Refusal) else _look(entry, _source(entry, base), base, patterns)
        for entry in _walk(base)
    ]
    items.sort(key=lambda item: (item.source, getattr(item, "path", "")))
    return Found(
        tuple(item for item in items if isinstance(item, SourceFile)),
        tuple(item for item in items if isinstance(item, Refusal)),
        tuple(item for item in items if isinstance(item, Ignored)),
    )


def _walk(base: Path) -> Iterator[Path | Refusal]:
    """Every file and link under `base` (links are never followed), and folders that cannot be opened."""
    if not base.is_dir():
        yield base
        return
    troubles: list[OSError] = []
    for folder, folders, files in os.walk(base, onerror=troubles.append):
        here = Path(folder)
        for name in sorted(folders):
            if (here / name).is_symlink():
                yield here / name
            elif name.startswith(".") or _is_corpus(here / name):
                yield here / name
                folders.remove(name)
        yield from (here / name for name in files)
    for error in troubles:
        where = Path(str(error.filename))
        yield Refusal(
            _source(where, base), "unreadable", f"The folder cannot be opened ({error.strerror}). {_ALLOW}"
        )


def _look(path: Path, source: str, base: Path, patterns: tuple[str, ...]) -> SourceFile | Refusal | Ignored:
    """Decide what to do with one entry."""
    name = path.name.lower()
    if any(fnmatchcase(source, pattern) for pattern in patterns):
        return Ignored(source, "excluded", "Excluded by the settings.")
    if name.startswith((".", "~$")) or name in ("thumbs.db", "desktop.ini"):
        return Ignored(source, "hidden", "Hidden files and folders are not read.")
    try:
        if base.is_dir() and path.is_symlink():
            if not path.resolve().is_relative_to(base.resolve()):
                return Refusal(
                    source,
                    "link_leaves_folder",
                    "The link leads out of the folder. Copy the file itself here.",
                )
            return Ignored(
                source, "link", "The link leads to another file of this folder, which is read itself."
            )
        if path.is_dir():
            return Ignored(source, "corpus_folder", "This folder is a corpus made by `ingest`, not a source.")
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return Ignored(source, "not_a_file", "Only ordinary files are read.")
        return _plan(path, source, name, status.st_size)
    except OSError as error:
        return Refusal(source, "unreadable", f"The file cannot be opened ({error.strerror}). {_ALLOW}")


def _plan(path: Path, source: str, name: str, size: int) -> SourceFile | Refusal | Ignored:
    """Find the reader and let it cut the file into chunks."""
    if name in OURS:
        return Ignored(source, "settings", "This file steers the corpus; it holds no articles.")
    if name.split(".", maxsplit=1)[0] in _ABOUT:
        return Ignored(source, "about", "A file about the folder, not an article. Rename it if it is one.")
    reader = reader_for(path)
    if reader is None:
        return Ignored(source, "unknown_kind", _advice(name), size)
    if not size:
        return Refusal(source, "empty_file", "The file is empty. Export it again or delete it.", 0)
    try:
        with path.open("rb"):
            chunks = tuple(reader.plan(path, source))
    except RefusedError as error:
        return Refusal(source, error.reason, str(error), size)
    return SourceFile(str(path), source, chunks[0].reader if chunks else reader.name, size, chunks)


def _source(path: Path, base: Path) -> str:
    """The path below the root as the ledger shows it: '/' between parts, composed characters, valid UTF-8."""
    relative = path.name if path == base else path.relative_to(base).as_posix()
    return unicodedata.normalize("NFC", os.fsencode(relative).decode("utf-8", "replace"))


def _is_corpus(folder: Path) -> bool:
    """Whether a folder is a corpus of ours (a source may well be called corpus.json)."""
    return (folder / "corpus.json").is_file() and any(folder.glob("articles-*.parquet"))


def _advice(name: str) -> str:
    """What to do with a file no reader takes."""
    for suffixes, help_ in _HELP.items():
        if name.endswith(suffixes):
            return f"This kind of file is not read. {help_}"
    known = "txt, html, csv, tsv, xlsx, json, jsonl, parquet"
    return f"This kind of file is not read. If it holds articles, export them as one of {known}."


_ALLOW = "Allow reading it (chmod +r) or leave it out."
