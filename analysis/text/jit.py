"""Compiling a kernel with Numba when it is first needed. Not for the kernels themselves.

A module that uses `compiled` imports Numba (0.8 s): import it inside the function that needs it.
A kernel must call only kernels of its own file: Numba's cache does not see changes in another.
"""

from collections.abc import Callable
from typing import Any


def compiled(function: Callable[..., Any]) -> Any:
    """Compile a function on its first call, without the GIL, and keep the result on disk where a folder allows it."""
    from numba import njit

    try:
        return njit(nogil=True, cache=True)(function)
    except RuntimeError:  # no folder to write to: compile in every process instead
        return njit(nogil=True)(function)
