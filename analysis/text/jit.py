"""Compiling a kernel with Numba when it is first needed, and keeping it for the next process.

Not for the kernels themselves. A module that uses `compiled` imports Numba (0.8 s): import it inside the function that
needs it.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any


def compiled(function: Callable[..., Any]) -> Any:
    """Compile a function on its first call, without the GIL, and keep the result on disk where a folder allows it."""
    from numba import njit

    try:
        kernel: Any = njit(nogil=True, cache=True)(function)
        # Numba looks for changes in the file of the kernel only. Ours take constants from other files: after an
        # upgrade that moves a bit, a kernel that was kept would go on with the old one, and say nothing.
        file = kernel._cache._cache_file
        file._source_stamp = (file._source_stamp, sources())
    except (
        RuntimeError,
        AttributeError,
    ):  # no folder to write to, or another Numba: compile in every process
        return njit(nogil=True)(function)
    return kernel


@cache
def sources() -> str:
    """Give a digest of all modules of this package: what a kernel that was kept must have been made from."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
