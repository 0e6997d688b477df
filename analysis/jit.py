"""Compiling a kernel with Numba when it is first needed, and keeping it for the next process.

Such kernels run without the GIL, so `side_by_side` can give each core a stretch. Not for the kernels themselves. A
module that uses `compiled` as a decorator imports Numba (0.8 s): import that module inside the function that needs it.
"""

import hashlib
import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
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


def side_by_side(work: Callable[[int, int], object], weights: Sequence[int] | Any) -> None:
    """Run `work(first, past)` over stretches of a range, in as many threads as this process has cores.

    For kernels that write what belongs to each place of the range, and nothing else: the result cannot depend on
    the number of threads. In a worker process, which has one core to itself, one thread does all.

    Parameters
    ----------
    work
        Called with the first place and the one behind the last.
    weights
        (n + 1,), rising: how much work stands before each place, such as the `indptr` of a sparse array.
    """
    import numpy as np

    total = np.asarray(weights, dtype=np.float64)
    n = total.size - 1
    if n < 1:
        return
    threads = 1 if multiprocessing.parent_process() is not None else min(_cores(), n)
    wanted = total[0] + (total[-1] - total[0]) * np.arange(1, threads) / threads
    bounds = [0, *np.searchsorted(total, wanted).tolist(), n]
    stretches = [(a, b) for a, b in pairwise(bounds) if a < b]
    if len(stretches) == 1:
        work(0, n)
        return
    with ThreadPoolExecutor(len(stretches)) as pool:
        for done in [pool.submit(work, a, b) for a, b in stretches]:
            done.result()


def _cores() -> int:
    """Count the cores this process may use, at most eight."""
    have = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(have, 8)


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
