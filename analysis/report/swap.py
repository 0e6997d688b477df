"""Put a finished folder in its place: flushed first, then renamed, so that a reader never sees half of it."""

import os
import shutil
from pathlib import Path


def put_in_place(work: Path, home: Path, identity: str) -> Path:
    """Flush, then swap by renaming; an older run of the same id is moved aside first and removed last."""
    home.mkdir(parents=True, exist_ok=True)
    for path in (*work.rglob("*"), work):
        _flush(path)
    work.chmod(0o755)  # mkdtemp's folders are for their owner only; a report is for its readers
    target, aside = home / identity, home / f".{identity}.old"
    shutil.rmtree(aside, ignore_errors=True)
    if target.exists():
        target.rename(aside)
    work.rename(target)
    _flush(home)
    shutil.rmtree(aside, ignore_errors=True)
    return target


def recover(home: Path, identity: str) -> None:
    """If an earlier run died between its two renames, put the last good report back."""
    target, aside = home / identity, home / f".{identity}.old"
    if aside.exists() and not target.exists():
        aside.rename(target)


def _flush(path: Path) -> None:
    """Ask the system to put a file or folder on the disk."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)
