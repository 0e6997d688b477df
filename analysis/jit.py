"""Compiling a kernel with Numba when it is first needed, and keeping it for the next process.

Not for the kernels themselves. A module that uses `compiled` as a decorator imports Numba (0.8 s): import that module
inside the function that needs it.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


def compiled(function: Callable[..., Any]) -> Any:
    """Compile a function on its first call, without the GIL, and keep the result on disk where a folder allows it."""
    from numba import njit

    try:
        kernel: Any = njit(nogil=True, cache=True)(function)
        # Numba looks for changes in the file of the kernel only. Ours take constants from other files: after an
        # upgrade that moves a bit, a kernel that was kept would go on with the old one, and say nothing.
        file = kernel._cache._cache_file
        file._source_stamp = (file._source_stamp, sources(Path(function.__code__.co_filename).parent))
    except (
        RuntimeError,
        AttributeError,
    ):  # no folder to write to, or another Numba: compile in every process
        return njit(nogil=True)(function)
    return kernel


@cache
def sources(room: Path) -> str:
    """Digest what a kernel that was kept must have been made from.

    That is the modules of its room, of `text`, whose codes for tokens travel everywhere, and those beside this one.
    """
    digest = hashlib.sha256()
    for folder in sorted({room, _HERE / "text", _HERE}):
        for file in sorted(folder.glob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()
