"""Serial and parallel runs give equal bytes, whatever the parts."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

HERE = str(Path(__file__).resolve().parent)
if HERE not in sys.path:
    sys.path.append(HERE)  # spawned processes import `lawfold` by name

from lawfold import Sum, load  # noqa: E402

from analysis.engine import Processes, Serial  # noqa: E402

numbers = st.lists(st.floats(allow_nan=False, allow_infinity=False, width=32), max_size=5).map(tuple)


@pytest.fixture(scope="module")
def engines() -> Iterator[list[Processes]]:
    with Processes(1, progress=False) as one, Processes(2, progress=False) as two:
        yield [one, two]


@settings(max_examples=25)
@given(parts=st.lists(numbers, max_size=40))
def test_serial_and_processes_give_equal_bytes(
    engines: list[Processes], parts: list[tuple[float, ...]]
) -> None:
    expected = Serial().fold(Sum(), parts, load)
    for engine in engines:
        assert engine.fold(Sum(), parts, load) == expected


@given(count=st.integers(1, 300))
def test_the_tree_depends_on_the_number_of_parts_alone_and_is_balanced(count: int) -> None:
    class Depth(Sum):
        def add(self, state, batch):
            return 0.0, 1

        def merge(self, left, right):
            return max(left[0], right[0]) + 1, left[1] + right[1]

    depth, parts = Serial().fold(Depth(), [()] * count, load).decode().split()
    assert int(parts) == count
    assert float.fromhex(depth) == (count - 1).bit_length()
