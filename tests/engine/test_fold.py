"""The fixed tree of merges."""

import pytest
from enginetoys import FloatSum, Shape, named

from analysis.engine import Serial
from analysis.engine.fold import fold_part, merge_tree


@pytest.mark.parametrize(
    ("parts", "tree"),
    [
        ("", ""),
        ("a", "a"),
        ("ab", "(ab)"),
        ("abc", "((ab)c)"),
        ("abcd", "((ab)(cd))"),
        ("abcde", "(((ab)(cd))e)"),
    ],
)
def test_the_tree_is_balanced_and_keeps_the_order(parts: str, tree: str) -> None:
    assert Serial().fold(Shape(), list(parts), named) == tree


def test_a_fold_over_no_parts_is_the_empty_answer() -> None:
    assert Serial().fold(FloatSum(), [], named) == ((0.0).hex(), 0)


def test_no_more_states_wait_than_the_tree_is_high() -> None:
    alive = most = 0

    class Counted(Shape):
        def merge(self, left: str, right: str) -> str:
            nonlocal alive
            alive -= 1
            return "x"

    def states():
        nonlocal alive, most
        for _ in range(1000):
            alive += 1
            most = max(most, alive)
            yield "x"

    merge_tree(Counted(), states())
    assert most <= 11  # log2(1000) is just under 10, and one is being merged


def test_a_part_without_batches_is_the_zero_state() -> None:
    assert fold_part(Shape(), lambda _: iter(()), "nothing") == ""
