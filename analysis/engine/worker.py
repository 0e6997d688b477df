"""What runs inside a worker process, and how a failure there is told to the caller.

Kept light: a spawned process imports this module first, so nothing heavy is imported here.
"""

import multiprocessing
import multiprocessing.connection
import os
import pickle
import signal
import threading
from collections.abc import Callable
from typing import TypeVar

Item = TypeVar("Item")
Value = TypeVar("Value")

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


def start() -> None:
    """Make this process a worker: one thread, Ctrl-C left to the parent, and no life beyond the parent's."""
    for name in _ONE_THREAD:  # set before NumPy and Arrow are imported, which is when they look
        os.environ.setdefault(name, "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    """Wait until the parent is gone (killed, say), then end: the queue would wait for it forever."""
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


def call(function: Callable[[Item], Value], index: int, item: Item, label: str | None) -> Value:
    """Return `function(item)`; an exception gets a note that names the item, and survives the way home."""
    try:
        return function(item)
    except Exception as error:
        error.add_note(f"while working on {describe(index, item, label)}")
        if multiprocessing.parent_process() is not None and not _travels(error):
            raise RuntimeError(f"{type(error).__name__}: {error} ({describe(index, item, label)})") from None
        raise


def describe(index: int, item: object, label: str | None) -> str:
    """Name an item for a reader of an error."""
    shown = repr(item)
    if len(shown) > 200:
        shown = shown[:199] + "…"
    return f"{label or 'part'} [{index}]: {shown}"


def _travels(error: Exception) -> bool:
    """Tell whether an exception can be pickled and read back; one that cannot would break the whole pool."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  our own bytes, made on this line
    except Exception:  # noqa: BLE001  whatever an exception class may do
        return False
    return True
