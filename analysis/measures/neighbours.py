"""Which words stand near a node, and how often: arrays in, arrays out.

A *stream* is the words of some articles in reading order; windows are counted in words of the stream, and never
leave a *run* (one part of one article, or what the caller makes of it). Not for finding nodes: a pattern does that.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Longs = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


_FAR = 1 << 62


class Stream(NamedTuple):
    """Words in order, each array (n_words,) int64, and the node's occurrences among them.

    Attributes
    ----------
    run
        Never falls; windows do not cross its edges.
    term
        0 .. n_terms - 1, or -1 for a word that is no term (it still takes up room in a window).
    doc
        The article, never falling.
    node
        True for words that belong to an occurrence of the node.
    first, last
        (n_nodes,) the places of each occurrence's first and last word.
    """

    run: Longs
    term: Longs
    doc: Longs
    node: Bools
    first: Longs
    last: Longs


class Near(NamedTuple):
    """Counts over a stream; arrays are (n_terms,) int64. Words of the node itself are in none of them."""

    joint: Longs
    """Occurrences of the term within the window of a node, each once, however many nodes are near."""
    before: Longs
    """Those of `joint` whose nearest node comes after them."""
    nodes: Longs
    """Occurrences of the node with the term in their window."""
    docs: Longs
    """Articles with the term in a window."""
    freq: Longs
    """Occurrences of the term anywhere."""
    n_near: int
    """Words within a window, terms or not."""
    n_words: int
    """Words, those of the node left out."""
    n_nodes: int


def near(stream: Stream, n_terms: int, *, window: int | None) -> Near:
    """Count what stands near the node; `window` in words on either side, None for the whole run.

    The words 0 1 N 0 0, with N the node: one 0 and the 1 within two words before, both others behind.

    >>> words = np.array([0, 1, -1, 0, 0])
    >>> node = np.array([False, False, True, False, False])
    >>> zero, at = np.zeros(5, dtype=np.int64), np.array([2])
    >>> found = near(Stream(zero, words, zero, node, at, at), 2, window=2)
    >>> found.joint.tolist(), found.before.tolist(), found.nodes.tolist()
    ([3, 1], [1, 1], [1, 1])
    """
    reach = _reach(stream, window)
    after, ahead = _distances(stream)
    other = ~stream.node
    close = other & (np.minimum(after, ahead) <= reach)
    term = stream.term
    counted = close & (term >= 0)
    pairs = _occurrence_terms(stream, n_terms, reach)
    in_docs = np.unique(stream.doc[counted] * max(n_terms, 1) + term[counted]) % max(n_terms, 1)

    def count(values: Longs) -> Longs:
        return np.bincount(values, minlength=n_terms).astype(np.int64)

    return Near(
        joint=count(term[counted]),
        before=count(term[counted & (ahead < after)]),
        nodes=count(pairs),
        docs=count(in_docs),
        freq=count(term[other & (term >= 0)]),
        n_near=int(close.sum()),
        n_words=int(other.sum()),
        n_nodes=int(stream.first.size),
    )


def close_to(stream: Stream, window: int | None) -> Bools:
    """Say which words stand within the window of a node, those of nodes themselves left out."""
    return np.asarray(~stream.node & (np.minimum(*_distances(stream)) <= _reach(stream, window)))


def _reach(stream: Stream, window: int | None) -> int:
    return stream.run.size if window is None else window


def _distances(stream: Stream) -> tuple[Longs, Longs]:
    """Words since the nearest node before, and until the nearest one behind."""
    return _distance(stream.node, stream.run), _distance(stream.node[::-1], stream.run[::-1])[::-1]


def _distance(node: Bools, run: Longs) -> Longs:
    """Words since the nearest node before; out of any reach where the run has none."""
    n = node.size
    if not n:
        return np.empty(0, dtype=np.int64)
    at = np.arange(n)
    last = np.maximum.accumulate(np.where(node, at, -1))
    here = (last >= 0) & (run[np.maximum(last, 0)] == run)
    distance: Longs = np.where(here, at - last, _FAR)
    return distance


def _occurrence_terms(stream: Stream, n_terms: int, reach: int) -> Longs:
    """The terms in the window of each occurrence, each once an occurrence."""
    if not stream.first.size:
        return np.empty(0, dtype=np.int64)
    begins = np.searchsorted(stream.run, stream.run[stream.first], side="left")
    ends = np.searchsorted(stream.run, stream.run[stream.last], side="right")
    low = np.maximum(begins, stream.first - reach)
    high = np.minimum(ends, stream.last + 1 + reach)
    sizes = high - low
    occurrence = np.repeat(np.arange(sizes.size), sizes)
    place = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes) + low[occurrence]
    kept = ~stream.node[place] & (stream.term[place] >= 0)
    pairs = np.unique(occurrence[kept] * max(n_terms, 1) + stream.term[place[kept]])
    terms: Longs = pairs % max(n_terms, 1)
    return terms
