"""The one contract between a computation over a corpus and whatever runs it.

A fold sees record batches and keeps a small state; it never sees files, processes or the whole corpus. Not
for work whose result is itself as large as the corpus (writing files): that is `Engine.map`.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    import pyarrow as pa

    Batches: TypeAlias = Iterator[pa.RecordBatch]

Part = TypeVar("Part")
State = TypeVar("State")
Out_co = TypeVar("Out_co", covariant=True)


class Fold(Protocol[State, Out_co]):
    """A computation as four steps. An instance holds parameters only, and can be pickled.

    `merge` is what makes a serial run equal to a parallel one: it joins the states of two neighbouring
    stretches of the corpus (left before right) and leaves both as they were. It need not be associative to
    the last bit (sums of floats are not): the tree of merges depends on the number of parts and on nothing
    else.
    """

    def zero(self) -> State:
        """Return a new state that has seen nothing."""
        ...

    def add(self, state: State, batch: "pa.RecordBatch") -> State:
        """Return the state with one more batch; it may change `state` in place and return it."""
        ...

    def merge(self, left: State, right: State) -> State:
        """Return a new state that has seen what `left` saw, then what `right` saw."""
        ...

    def finish(self, state: State) -> Out_co:
        """Turn the last state into the answer."""
        ...


def fold_part(fold: Fold[State, Any], load: Callable[[Part], "Batches"], part: Part) -> State:
    """Return the state of one part: what a worker does."""
    state = fold.zero()
    for batch in load(part):
        state = fold.add(state, batch)
    return state


def merge_tree(fold: Fold[State, Any], states: Iterable[State]) -> State:
    """Merge the states of the parts, in order, along the fixed balanced tree.

    Works as a binary counter: two states of the same height are merged as soon as both are there, so that no
    more than log2(parts) states wait at any time, and the shape of the tree depends on their number alone.
    """
    waiting: list[tuple[int, State]] = []
    for state in states:
        height, merged = 0, state
        while waiting and waiting[-1][0] == height:
            merged = fold.merge(waiting.pop()[1], merged)
            height += 1
        waiting.append((height, merged))
    if not waiting:
        return fold.zero()
    total = waiting.pop()[1]
    while waiting:
        total = fold.merge(waiting.pop()[1], total)
    return total
