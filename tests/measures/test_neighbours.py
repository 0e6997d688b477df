"""Windows around a node, counted by hand on a dozen words."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.neighbours import Near, Stream, near

A, B, C, NODE, DROPPED = 0, 1, 2, 3, -1


def stream(*runs: list[int], docs: list[int] | None = None) -> Stream:
    """Runs of terms; the node is one word."""
    term = np.array([t for r in runs for t in r], dtype=np.int64)
    sizes = [len(r) for r in runs]
    run = np.repeat(np.arange(len(runs)), sizes)
    doc = run if docs is None else np.repeat(docs, sizes)
    at = np.flatnonzero(term == NODE)
    return Stream(run, term, doc, term == NODE, at, at)


def test_a_word_between_two_nodes_is_one_occurrence_and_near_two_nodes() -> None:
    found = near(stream([NODE, A, NODE, B]), 4, window=5)
    assert found.joint.tolist() == [1, 1, 0, 0]
    assert found.nodes.tolist() == [2, 2, 0, 0]
    assert (found.n_near, found.n_words, found.n_nodes) == (2, 2, 2)


def test_the_window_ends_after_so_many_words_dropped_words_included() -> None:
    found = near(stream([C, A, DROPPED, NODE, DROPPED, B, C]), 4, window=2)
    assert found.joint.tolist() == [1, 1, 0, 0]
    assert found.n_near == 4
    assert found.before.tolist() == [1, 0, 0, 0]
    assert found.freq.tolist() == [1, 1, 2, 0]
    assert found.n_words == 6


def test_a_window_does_not_leave_its_run() -> None:
    found = near(stream([A, B], [NODE, C], [A]), 4, window=5)
    assert found.joint.tolist() == [0, 0, 1, 0]
    assert near(stream([A, B], [NODE, C], [A]), 4, window=None).joint.tolist() == [0, 0, 1, 0]


def test_the_node_is_no_neighbour_of_itself() -> None:
    found = near(stream([NODE, NODE, A]), 4, window=5)
    assert found.joint.tolist() == [1, 0, 0, 0]
    assert found.freq.tolist() == [1, 0, 0, 0]


def test_a_node_of_several_words_has_its_window_outside_of_them() -> None:
    term = np.array([A, B, NODE, NODE, C, A])
    phrase = Stream(np.zeros(6, int), term, np.zeros(6, int), term == NODE, np.array([2]), np.array([3]))
    found = near(phrase, 4, window=1)
    assert found.joint.tolist() == [0, 1, 1, 0]
    assert found.nodes.tolist() == [0, 1, 1, 0]


def test_articles_are_counted_once() -> None:
    found = near(stream([NODE, A, A], [NODE, A], [NODE, A], docs=[0, 0, 1]), 4, window=5)
    assert found.joint.tolist() == [4, 0, 0, 0]
    assert found.docs.tolist() == [2, 0, 0, 0]


def test_nothing_is_near_nothing() -> None:
    for runs in ([], [[A, B]]):
        found = near(stream(*runs), 4, window=5)
        assert not found.joint.any()
        assert found.n_near == 0


def brute(s: Stream, n_terms: int, window: int) -> Near:
    """The same by loops, as the definition reads."""
    joint, before, nodes = (np.zeros(n_terms, int) for _ in range(3))
    n_near = 0
    centres = np.flatnonzero(s.node)
    for i in range(s.run.size):
        if s.node[i]:
            continue
        reach = [j - i for j in centres if s.run[j] == s.run[i] and abs(j - i) <= window]
        n_near += bool(reach)
        if reach and s.term[i] >= 0:
            joint[s.term[i]] += 1
            right, left = [d for d in reach if d > 0], [-d for d in reach if d < 0]
            before[s.term[i]] += bool(right) and (not left or min(right) < min(left))
    for j in centres:
        seen = {
            int(s.term[i])
            for i in range(s.run.size)
            if s.run[i] == s.run[j] and abs(i - j) <= window and not s.node[i] and s.term[i] >= 0
        }
        for t in seen:
            nodes[t] += 1
    return Near(joint, before, nodes, joint, joint, n_near, 0, 0)


@given(
    st.lists(st.lists(st.sampled_from([A, B, C, NODE, DROPPED]), max_size=12), max_size=5),
    st.integers(1, 6),
)
def test_it_is_what_the_definition_says(runs: list[list[int]], window: int) -> None:
    s = stream(*runs)
    fast, slow = near(s, 4, window=window), brute(s, 4, window)
    assert fast.joint.tolist() == slow.joint.tolist()
    assert fast.before.tolist() == slow.before.tolist()
    assert fast.nodes.tolist() == slow.nodes.tolist()
    assert fast.n_near == slow.n_near
    assert (fast.joint <= fast.freq).all()
    assert (fast.nodes <= fast.n_nodes).all()
