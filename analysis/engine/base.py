"""What a measure, a reader or a store may ask of an engine; it never asks which one it has.

Not for the engines themselves: `local.py` runs on this machine, a cluster engine may come later.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

from analysis.engine.fold import Fold, Part, State

if TYPE_CHECKING:
    from analysis.engine.fold import Batches

Item = TypeVar("Item")
Value = TypeVar("Value")
Out = TypeVar("Out")


class Engine(Protocol):
    """Runs functions over references to data. Use as a context manager, so that workers end with the work."""

    @property
    def workers(self) -> int:
        """How many processes do the work; 1 means this one."""
        ...

    def map(
        self,
        function: Callable[[Item], Value],
        items: Iterable[Item],
        *,
        label: str | None = None,
        total: int | None = None,
    ) -> Iterator[Value]:
        """Yield `function(item)` for every item, in the order of the items.

        `function` is a top-level function or a `functools.partial` of one, and items are small picklable
        references (a path, a row group), never the data. `label` names the work in the bar and in errors.
        """
        ...

    def fold(
        self,
        fold: Fold[State, Out],
        parts: Sequence[Part],
        load: "Callable[[Part], Batches]",
        *,
        label: str | None = None,
    ) -> Out:
        """Run a fold over parts; `load(part)` yields the part's record batches, in the worker."""
        ...

    def close(self) -> None:
        """End the workers, if there are any; the engine may be used again."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...
