"""Random choices for one text, from a stream named by numbers, so that any text can be written again alone.

Not for the plan of the corpus: `plan.py` draws arrays.
"""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")
_BLOCK = 512


class Draw:
    """A stream of uniform numbers, read in blocks because one call a number is slow."""

    __slots__ = ("_at", "_block", "_rng")

    def __init__(self, *key: int) -> None:
        self._rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence(key)))
        self._block: list[float] = []
        self._at = 0

    def random(self) -> float:
        """Give the next number in [0, 1)."""
        if self._at == len(self._block):
            self._block, self._at = self._rng.random(_BLOCK).tolist(), 0
        self._at += 1
        return self._block[self._at - 1]

    def below(self, n: int) -> int:
        """Give a whole number in [0, n)."""
        return int(self.random() * n)

    def between(self, low: int, high: int) -> int:
        """Give a whole number in [low, high]."""
        return low + int(self.random() * (high - low + 1))

    def pick(self, items: Sequence[T]) -> T:
        """Give one of `items`."""
        return items[int(self.random() * len(items))]

    def chance(self, p: float) -> bool:
        """Say yes with probability `p`."""
        return self.random() < p
