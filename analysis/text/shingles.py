"""Which articles share text, and how much: candidates by a sketch of their shingles, then every pair compared in full.

A shingle is a run of five words, case folded. What an outlet prints again and again is a *frame* and carries no weight;
names and numbers are the *facts* that tell two bulletins of one form from two prints of one article. Arrays in, arrays
out, and the same for any order of articles. Not for deciding what a story is: see `analysis.corpus.stories_find`.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

OFTEN = 3  # occasions, more than a window apart, from which a shingle is a frame of its outlet
CROWD = 10  # articles of one outlet, at whatever time, from which it is
_MOST = 256  # articles of a window with one shingle that are looked at
_SHARE = 0.1  # of the smaller sketch: below it two articles are not compared at all
_LEAD = 60  # words of a new lead at most
_TABLE = 1 << 16

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Words(NamedTuple):
    """What is known of each type: the hash of its folded form, whether it is a word, a number, begins as a name."""

    hashes: npt.NDArray[np.uint64]
    wordy: npt.NDArray[np.bool_]
    number: npt.NDArray[np.bool_]
    capital: npt.NDArray[np.bool_]
    small: Longs  # the type that is its lower-case form, -1 where there is none


@dataclass(frozen=True, eq=False)
class Texts:
    """Articles as runs of types, ordered by the last day they can be of (`high`), earliest first.

    Article d is `types[begin[d]:end[d]]`. `outlet` is a number, 0 where unknown. `low` and `high` are days: the same
    where the day is known, the ends of the month where only that is, far apart for an undated article.
    """

    types: Ints
    begin: Longs
    end: Longs
    outlet: Longs
    low: Ints
    high: Ints

    def __len__(self) -> int:
        return len(self.begin)


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of articles that share text; `first` < `second`, ordered by `second`, then `first`. One entry a pair.

    Attributes
    ----------
    covered_first, covered_second
        Share of the words under shared shingles, 0 to 1.
    own_first, own_second
        The same of the words that are no frame.
    shared
        Shared shingles that are no frame.
    jaccard
        Shared shingles over all different ones, frames included.
    facts
        Share of the facts (weighted, rare ones more) of the article with less of them that the other has too; drawn
        towards `covered` where there are few. 0 to 1.
    """

    first: Longs
    second: Longs
    covered_first: Floats
    covered_second: Floats
    own_first: Floats
    own_second: Floats
    shared: Longs
    jaccard: Floats
    facts: Floats

    def __len__(self) -> int:
        return len(self.first)


def words_of(forms: pa.Array, kinds: npt.NDArray[np.int8]) -> Words:
    """Look up each type once: `forms` as written, `kinds` as in `schema.TYPE`."""
    from analysis.text.shingles_kernel import form_hashes

    folded = pc.replace_substring(pc.utf8_lower(forms), "’", "'").cast(pa.large_string())
    offsets = np.frombuffer(folded.buffers()[1], np.int64)[folded.offset : folded.offset + len(folded) + 1]
    data = folded.buffers()[2]
    hashes = np.empty(len(forms), np.uint64)
    form_hashes(np.frombuffer(data, np.uint8) if data else np.empty(0, np.uint8), offsets, hashes)
    small = pc.index_in(folded.cast(pa.string()), value_set=forms.cast(pa.string()))
    return Words(
        hashes,
        kinds < 2,
        _matches(forms, r"\pN"),
        _matches(forms, r"^[\p{Lu}\p{Lt}]"),
        pc.fill_null(small, -1).to_numpy(zero_copy_only=False).astype(np.int64),
    )


def fact_weights(words: Words, n_docs: int, counts: Longs) -> Floats:
    """Weigh names and numbers by their rarity; 0 for all other types.

    A name is a form with a capital that is written so more than twice as often as without. `counts` are the
    occurrences of the types.
    """
    plain = np.where(words.small >= 0, counts[words.small], 0)
    fact = words.number | (words.capital & (counts > 2 * plain))
    weights: Floats = np.where(fact, np.log1p(n_docs / np.maximum(counts, 1)) ** 2, 0.0)
    return weights


def near_pairs(texts: Texts, words: Words, weights: Floats, *, window: int, least: float = 0.3) -> Pairs:
    """Find the pairs of articles, at most `window` days apart, that share text, and compare them.

    Pairs that share less than `least` of the words of either are left out. Memory is about 1 kB an article beside
    `texts.types`; time grows with the number of words.
    """
    from analysis.text import pairs_kernel, repeats_kernel

    n = len(texts)
    pairs = _candidates(texts, words, window) if n > 1 else np.empty((0, 2), np.int64)
    if not len(pairs):
        none, zero = np.empty(0, np.float64), np.empty(0, np.int64)
        return Pairs(zero, zero, none, none, none, none, zero, none, none)
    where = (texts.types, texts.begin, texts.end, words.hashes)
    bitmap = np.zeros(1 << max(10, int((texts.end - texts.begin).sum() >> 4).bit_length()), np.uint8)
    keys, pairs = _shared_keys(texts, words, pairs, least, bitmap)
    times = np.zeros((len(keys), 4), np.int32)
    repeats_kernel.occasions(*where, texts.outlet, texts.low, texts.high, window, CROWD, keys, bitmap, times)
    out = np.empty((len(pairs), 13), np.int32)
    pairs_kernel.compare(*where, pairs, texts.outlet, keys, times, OFTEN, out)
    differ = np.zeros(n, np.int64)
    pairs_kernel.distinct(*where, np.unique(pairs), differ)
    a, b = pairs[:, 0], pairs[:, 1]
    covered = out[:, 3] / np.maximum(out[:, 2], 1), out[:, 7] / np.maximum(out[:, 6], 1)
    return Pairs(
        first=a,
        second=b,
        covered_first=covered[0],
        covered_second=covered[1],
        own_first=out[:, 5] / np.maximum(out[:, 4], 1),
        own_second=out[:, 9] / np.maximum(out[:, 8], 1),
        shared=out[:, 10].astype(np.int64),
        jaccard=out[:, 1] / np.maximum(differ[a] + differ[b] - out[:, 1], 1),
        facts=_facts(texts, words, weights, pairs, out, np.maximum(*covered)),
    )


def _facts(texts: Texts, words: Words, weights: Floats, pairs: Longs, out: Ints, covered: Floats) -> Floats:
    """Give the share of the facts that both of a pair have; a new lead before a text that is the same is let pass."""
    from analysis.text import pairs_kernel

    where = (texts.types, texts.begin, texts.end, words.hashes, weights, words.number)
    weighed = np.empty((len(pairs), 3))
    pairs_kernel.facts(*where, pairs, np.zeros((len(pairs), 2), np.int64), weighed)
    prior = 2 * np.log1p(len(texts)) ** 2  # the weight of two facts that are seen once
    found: Floats = (weighed[:, 2] + prior * covered) / (np.minimum(weighed[:, 0], weighed[:, 1]) + prior)
    lead, length, under = out[:, 11:13], out[:, [2, 6]], out[:, [3, 7]]
    rest = np.maximum(length - lead, 1)
    led = ((lead <= _LEAD) & (3 * lead <= length)).all(axis=1) & (lead > 0).any(axis=1)
    led &= ((under / rest).max(axis=1) >= 0.85) & (lead >= 0).all(axis=1)
    at = np.flatnonzero(led)
    weighed = np.empty((len(at), 3))
    pairs_kernel.facts(*where, pairs[at], lead[at].astype(np.int64), weighed)
    again = weighed[:, 2] / np.maximum(np.minimum(weighed[:, 0], weighed[:, 1]), prior)
    again[weighed[:, 2] < 3 * np.log1p(len(texts) / 4) ** 2] = 0  # a stock text has no facts of its own
    found[at] = np.maximum(found[at], again)
    return found


def _candidates(texts: Texts, words: Words, window: int) -> Longs:
    """Pair articles whose sketches share enough."""
    from analysis.text import shingles_kernel as kernel

    n = len(texts)
    length = np.maximum(texts.end - texts.begin - 4, 0)
    if not length.any():
        return np.empty((0, 2), np.int64)
    bits = max(1, (n - 1).bit_length())
    keys = np.empty(int(length.sum()), np.uint64)
    size = np.zeros(n, np.int32)
    where = (texts.types, texts.begin, texts.end, words.hashes)
    seen = np.zeros(1 << max(8, len(keys).bit_length() - 3), np.uint8)
    made = kernel.sketch(*where, bits, int(length.max()) + 4, seen, keys, size)
    keys = keys[:made].copy()
    keys.sort()
    start = np.zeros(n + 1, np.int64)
    kernel.shared(keys, bits, start, np.empty(0, np.int64))
    start = np.cumsum(start)
    at = np.empty(int(start[-1]), np.int64)
    kernel.shared(keys, bits, start[:-1].copy(), at)
    oldest = np.searchsorted(texts.high, texts.low.astype(np.int64) - window).astype(np.int64)
    room = 4 * n
    while True:
        pairs = np.empty((room, 2), np.int64)
        found = kernel.candidates(keys, bits, start, at, size, oldest, _MOST, _SHARE, pairs)
        if found <= room:
            break
        room = found
    pairs = pairs[:found]
    ordered: Longs = pairs[np.lexsort((pairs[:, 0], pairs[:, 1]))]
    return ordered


def _shared_keys(
    texts: Texts, words: Words, pairs: Longs, least: float, bitmap: npt.NDArray[np.uint8]
) -> tuple[npt.NDArray[np.uint64], Longs]:
    """Give the table of the shingles that pairs share, by outlet, and the pairs that share enough."""
    from analysis.text import repeats_kernel

    longest = int((texts.end - texts.begin).max())
    keys = np.zeros(max(_TABLE, 1 << (8 * longest).bit_length()), np.uint64)
    filled, covered = np.zeros(1, np.int64), np.zeros(len(pairs))
    done = 0
    where = (texts.types, texts.begin, texts.end, words.hashes)
    while True:
        done = repeats_kernel.collect(*where, pairs, texts.outlet, done, least, covered, keys, filled, bitmap)
        if done == len(pairs):
            return keys, pairs[covered >= least]
        larger = np.zeros(2 * len(keys), np.uint64)
        repeats_kernel.rehash(keys, larger)
        keys = larger


def _matches(forms: pa.Array, pattern: str) -> npt.NDArray[np.bool_]:
    found = pc.match_substring_regex(forms, pattern)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.bool_)
