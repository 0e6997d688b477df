"""Small work for engines; in a module of its own, because workers import what they run by name."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa


class FloatSum:
    """Adds floats as they come: the last bits of the sum tell in which order they were added."""

    def zero(self) -> tuple[float, int]:
        return 0.0, 0

    def add(self, state: tuple[float, int], batch: pa.RecordBatch) -> tuple[float, int]:
        total, rows = state
        for value in batch.column(0).to_pylist():
            total += value
        return total, rows + batch.num_rows

    def merge(self, left: tuple[float, int], right: tuple[float, int]) -> tuple[float, int]:
        return left[0] + right[0], left[1] + right[1]

    def finish(self, state: tuple[float, int]) -> tuple[str, int]:
        return state[0].hex(), state[1]


class Shape:
    """Writes down the tree of merges itself."""

    def zero(self) -> str:
        return ""

    def add(self, state: str, batch: pa.RecordBatch) -> str:
        return state + str(batch.column(0)[0].as_py())

    def merge(self, left: str, right: str) -> str:
        return f"({left}{right})"

    def finish(self, state: str) -> str:
        return state


def floats(part: int) -> Iterator[pa.RecordBatch]:
    """Three batches of numbers of very different sizes, so that the order of adding them matters."""
    generator = np.random.default_rng(part)
    for _ in range(3):
        values = generator.normal(size=20) * 10.0 ** generator.integers(-12, 12, size=20)
        yield pa.record_batch({"x": values})


def named(part: str) -> Iterator[pa.RecordBatch]:
    """One batch that holds its own name."""
    yield pa.record_batch({"x": [part]})


def square(x: int) -> int:
    return x * x


def slow_first(x: int) -> int:
    """The first item takes longest: its result is ready last and must still come first."""
    time.sleep(0.3 if x == 0 else 0)
    return x


def fail_at_three(x: int) -> int:
    if x == 3:
        raise ValueError("three is not allowed")
    return x


class StubbornError(Exception):
    """Cannot be read back from its pickle: it wants two arguments and keeps one."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one)
        self.two = two


def fail_stubbornly(x: int) -> int:
    raise StubbornError("no", "way")


def die(x: int) -> int:
    os._exit(9)


def threads(x: int) -> str | None:
    return os.environ.get("OMP_NUM_THREADS")


def note_and_wait(folder: str) -> None:
    """Leave this process's id, then work for longer than any test waits."""
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(60)
