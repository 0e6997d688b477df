"""The engines of one machine: `Serial` in this process, `Processes` in spawned ones, with equal results.

Not for threads (Python text work gains nothing from them) and not for a cluster.
"""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import TYPE_CHECKING, Self, TypeVar

from analysis.engine.base import Engine
from analysis.engine.fold import Fold, Part, State, fold_part, merge_tree
from analysis.engine.progress import Progress, watch
from analysis.engine.worker import call, describe, start
from analysis.errors import AnalysisError, InputError, message

if TYPE_CHECKING:
    from analysis.engine.fold import Batches

Item = TypeVar("Item")
Value = TypeVar("Value")
Out = TypeVar("Out")


class EngineError(AnalysisError, RuntimeError):
    """Workers could not be started, or died before their work was done."""


class Serial:
    """Everything in this process, one item after the other.

    Parameters
    ----------
    progress
        A function `(done, total, label)`, True or False for a bar or none, None for a bar on a terminal only.
    """

    workers = 1

    def __init__(self, *, progress: Progress = None) -> None:
        self._progress = progress

    def map(
        self,
        function: Callable[[Item], Value],
        items: Iterable[Item],
        *,
        label: str | None = None,
        total: int | None = None,
    ) -> Iterator[Value]:
        """Yield `function(item)` for every item, in order; see `Engine.map`."""
        values = (call(function, index, item, label) for index, item in enumerate(items))
        yield from watch(values, self._progress, label=label, total=_length(items, total))

    def fold(
        self,
        fold: Fold[State, Out],
        parts: Sequence[Part],
        load: "Callable[[Part], Batches]",
        *,
        label: str | None = None,
    ) -> Out:
        """Run a fold over the parts; see `Engine.fold`."""
        return fold.finish(merge_tree(fold, self.map(partial(fold_part, fold, load), parts, label=label)))

    def close(self) -> None:
        """Nothing to end."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return "Serial()"


class Processes:
    """Work spread over spawned processes; results come in order and are equal to those of `Serial`.

    Processes are started when the first work comes, stay for the next, and end with `close()`, with the
    `with` block, on Ctrl-C, and when this process dies, however it dies. At most `2 * workers + 2` items are
    on their way or waiting to be taken, so that memory does not grow with the number of items.

    Parameters
    ----------
    workers
        How many processes; None for one a core that this process may use.
    progress
        As for `Serial`.

    Raises
    ------
    InputError
        `workers` is less than one.
    EngineError
        While working: a worker died, or a script calls this without `if __name__ == "__main__":`.
    """

    def __init__(self, workers: int | None = None, *, progress: Progress = None) -> None:
        self._workers = cores() if workers is None else check_workers(workers)
        self._progress = progress
        self._pool: ProcessPoolExecutor | None = None

    @property
    def workers(self) -> int:
        """How many processes do the work."""
        return self._workers

    def map(
        self,
        function: Callable[[Item], Value],
        items: Iterable[Item],
        *,
        label: str | None = None,
        total: int | None = None,
    ) -> Iterator[Value]:
        """Yield `function(item)` for every item, in order; see `Engine.map`."""
        values = self._in_order(function, items, label)
        yield from watch(values, self._progress, label=label, total=_length(items, total))

    def fold(
        self,
        fold: Fold[State, Out],
        parts: Sequence[Part],
        load: "Callable[[Part], Batches]",
        *,
        label: str | None = None,
    ) -> Out:
        """Run a fold over the parts; see `Engine.fold`."""
        return fold.finish(merge_tree(fold, self.map(partial(fold_part, fold, load), parts, label=label)))

    def close(self) -> None:
        """End the processes once what they are doing is done."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Processes({self._workers})"

    def _in_order(
        self, function: Callable[[Item], Value], items: Iterable[Item], label: str | None
    ) -> Iterator[Value]:
        """Keep a bounded window of futures on their way, and yield the oldest first."""
        window: deque[tuple[str, Future[Value]]] = deque()
        pool = self._started()
        source = enumerate(items)
        try:
            while True:
                while len(window) < 2 * self._workers + 2 and (entry := next(source, None)) is not None:
                    index, item = entry
                    where = describe(index, item, label)
                    window.append((where, pool.submit(call, function, index, item, label)))
                if not window:
                    return
                where, future = window.popleft()
                try:
                    value = future.result()
                except BrokenProcessPool as error:
                    self._abandon()
                    raise EngineError(_died(where)) from error
                del future  # its result must not outlive its turn
                yield value
        except KeyboardInterrupt:
            self._abandon()
            raise
        finally:
            for _, future in window:
                future.cancel()

    def _started(self) -> ProcessPoolExecutor:
        """Return the pool, starting it on first use."""
        if getattr(multiprocessing.current_process(), "_inheriting", False):
            raise EngineError(_NO_GUARD)
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._workers, mp_context=context, initializer=start)
        return self._pool

    def _abandon(self) -> None:
        """End the processes now, whatever they are doing."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        # Python 3.14 names this `terminate_workers`; until then the processes are only reachable like this.
        processes = list((getattr(pool, "_processes", None) or {}).values())
        for process in processes:
            process.terminate()
        pool.shutdown(wait=True, cancel_futures=True)


def choose_engine(workers: int | None = None, *, progress: Progress = None) -> Engine:
    """Return the engine for so many workers: `Serial` for one, `Processes` for more, None for one a core.

    Inside a worker None means `Serial`: workers do not start workers of their own unless told to.
    """
    if workers is None:
        workers = 1 if multiprocessing.parent_process() is not None else cores()
    if check_workers(workers) == 1:
        return Serial(progress=progress)
    return Processes(workers, progress=progress)


def cores() -> int:
    """Count the cores this process may use (fewer than the machine has, in a container or under taskset)."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def check_workers(workers: int) -> int:
    """Return `workers` when it is a whole number of at least one."""
    if isinstance(workers, bool) or not isinstance(workers, int) or workers < 1:
        raise InputError(
            message("`workers` is not a number of processes", got=workers, expected="1 or more, or None")
        )
    return workers


def _length(items: Iterable[object], total: int | None) -> int | None:
    """Return how many items there are, where that can be known without taking them."""
    return len(items) if total is None and isinstance(items, Sequence) else total


_NO_GUARD = (
    "Worker processes import the main script, and this one starts work as soon as it is imported. "
    'Put the calls under `if __name__ == "__main__":`, or ask for workers=1.'
)


def _died(where: str) -> str:
    """Say what may have ended a worker."""
    return message(
        f"A worker process ended before its work was done ({where})",
        hint=f"Either the machine ran out of memory (try fewer workers), or it could not start. {_NO_GUARD}",
    )
