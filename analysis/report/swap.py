"""Put a finished folder in its place: flushed first, then renamed, so that a reader never sees half of it."""

import ctypes
import os
import shutil
import sys
from pathlib import Path


def put_in_place(work: Path, home: Path, identity: str) -> Path:
    """Flush, then put in place in one step.

    A run of the same id is left as it is where its bytes are the same; else the two change places (one step on Linux;
    elsewhere the old one is moved aside first, and `recover` brings it back if the process dies in between).
    """
    home.mkdir(parents=True, exist_ok=True)
    for path in (*work.rglob("*"), work):
        _flush(path)
    work.chmod(0o755)  # mkdtemp's folders are for their owner only; a report is for its readers
    target, aside = home / identity, home / f".{identity}.old"
    shutil.rmtree(aside, ignore_errors=True)
    if target.is_dir() and _same(work, target):
        shutil.rmtree(work)
        return target
    if target.exists() and _exchange(work, target):
        shutil.rmtree(work)
    else:
        if target.exists():
            target.rename(aside)
        work.rename(target)
    _flush(home)
    shutil.rmtree(aside, ignore_errors=True)
    return target


def _same(one: Path, two: Path) -> bool:
    """Whether two folders hold the same files with the same bytes."""
    names = [sorted(p.relative_to(f).as_posix() for p in f.rglob("*") if p.is_file()) for f in (one, two)]
    return names[0] == names[1] and all((one / n).read_bytes() == (two / n).read_bytes() for n in names[0])


def _exchange(one: Path, two: Path) -> bool:
    """Let two folders change names in one step; False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    here, swap = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    try:
        library = ctypes.CDLL(None, use_errno=True)
        return bool(library.renameat2(here, os.fsencode(one), here, os.fsencode(two), swap) == 0)
    except (OSError, AttributeError):  # an old C library
        return False


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
