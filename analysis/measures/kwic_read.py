"""Reading the contexts of hits part by part, and putting them in order.

Each part gives only its first lines in the order asked for: no other can be among the first of all. Not for finding
hits (`analysis.terms.matching`), nor for setting the lines (`kwic`).
"""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.corpus.encoded import TokenBatch
from analysis.corpus.scan import View, load
from analysis.terms.forms import numpy
from analysis.terms.matching import BatchHits, Finder

if TYPE_CHECKING:
    from analysis.terms.atoms import Lookup

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Places = npt.NDArray[np.integer]
FIELDS = ("doc_id", "outlet", "published", "title", "link")
_SEGMENTS = ("seg_tokens", "seg_part", "seg_voice")


class Lines(NamedTuple):
    """Hits with their contexts: fields of the article (Arrow), and arrays by hit.

    `types` (int32) and `spaces` (bool) are n_hits x (window + longest + window); the hit begins at column `window`,
    and -1 stands where there is nothing of the same part. `near` (int64) is n_hits x the words sorted by.
    """

    fields: pa.Table
    token: Ints
    length: Ints
    part: Ints
    voice: Ints
    types: Ints
    spaces: npt.NDArray[np.bool_]
    near: Longs


class Found(NamedTuple):
    """The first lines of some articles, and how many hits there are in how many articles."""

    lines: Lines
    n_hits: int
    n_docs: int


@dataclass(frozen=True, eq=False)
class Cut:
    """What of each hit is wanted: how wide, in what order, and how many lines at most; picklable."""

    window: int
    keys: tuple[str, ...]
    most: int | None
    rank: Longs

    @property
    def word_keys(self) -> tuple[str, ...]:
        """The keys that are words beside the hit."""
        return tuple(k for k in self.keys if k[0] in "LR")


class _Spots(NamedTuple):
    """Hits, and the first token and the one past the last of the title, standfirst or body each stands in."""

    hits: BatchHits
    low: Longs
    high: Longs

    def take(self, chosen: npt.NDArray[Any]) -> "_Spots":
        """Keep some."""
        return _Spots(BatchHits(*(c[chosen] for c in self.hits)), self.low[chosen], self.high[chosen])


def cut_of(keys: list[str], window: int, most: int | None, forms: "Lookup") -> Cut:
    """Say what is wanted; words are ranked once, by type, 0 for what is no word."""
    rank = np.empty(0, np.int64)
    if any(k[0] in "LR" for k in keys):
        plain = forms.plain
        order = numpy(pc.rank(plain.dictionary.cast(pa.binary()), tiebreaker="dense"), np.int64)
        rank = np.where(forms.kinds <= 1, order[numpy(plain.indices, np.int64)], 0)
    return Cut(window, tuple(keys), most, rank)


def read_part(part: Any, *, finder: Finder, first: View | None, view: View, cut: Cut) -> list[Found]:
    """Read the hits of one part; with `first`, all columns only where a first word of the pattern is."""
    if first is not None and not any(
        finder.may_begin(TokenBatch.of(b).type_ids) for b in load(part, view=first)
    ):
        return []
    found = []
    for batch in load(part, view=view):
        tokens = TokenBatch.of(batch)
        hits = finder(batch, tokens)
        if len(hits.doc):
            lines = _lines(tokens, hits, cut, finder.words.shape[1])
            found.append(Found(lines, len(hits.doc), len(np.unique(hits.doc))))
    return found


def _lines(tokens: TokenBatch, hits: BatchHits, cut: Cut, longest: int) -> Lines:
    ids, first, window = tokens.type_ids, tokens.doc_tokens, cut.window
    # The edges of the part a hit stands in: where the article or the part of a segment changes.
    changes = np.flatnonzero(np.diff(tokens.seg_part)) + 1
    edges = np.unique(np.concatenate([first, tokens.seg_first[changes]]))
    at = np.searchsorted(edges, hits.token, side="right")
    spots = _Spots(hits, edges[at - 1], edges[at])
    if cut.most is not None and len(hits.doc) > cut.most:
        # By the first key alone most lines are out; only the others are worth sorting.
        by = cut.keys[0]
        leading = (
            _nth_word(cut, ids, spots, by) if by in cut.word_keys else _value(tokens.batch, hits.doc, by)
        )
        spots = spots.take(leading <= np.partition(leading, cut.most - 1)[cut.most - 1])
    near = np.empty((len(spots.hits.doc), len(cut.word_keys)), np.int64)
    for i, key in enumerate(cut.word_keys):
        near[:, i] = _nth_word(cut, ids, spots, key)
    if cut.most is not None and len(near) > cut.most:
        chosen = _order(tokens.batch, spots.hits.doc, spots.hits.token, near, cut.keys)[: cut.most]
        spots, near = spots.take(chosen), near[chosen]
    hits, low, high = spots
    segment = np.searchsorted(tokens.seg_first[1:], hits.token, side="right")
    offsets = np.arange(-window, longest + window)
    place = hits.token[:, None] + offsets[None, :]
    last = np.minimum(high, hits.token + hits.length + window)
    inside = (place >= low[:, None]) & (place < last[:, None])
    place = np.where(inside, place, hits.token[:, None])
    return Lines(
        fields=pa.Table.from_batches([tokens.batch.select(list(FIELDS))]).take(pa.array(hits.doc)),
        token=(hits.token - first[hits.doc]).astype(np.int32),
        length=hits.length,
        part=tokens.seg_part[segment].astype(np.int32),
        voice=tokens.seg_voice[segment].astype(np.int32),
        types=np.where(inside, ids[place], -1).astype(np.int32),
        spaces=tokens.space_before(hits.doc[:, None], place) & inside,
        near=near,
    )


def readers(corpus: Any, finder: Finder, cut: Cut) -> Any:
    """Give the function that reads one part.

    Where the first part holds what a hit may begin with, most parts will, and each is read once, whole; else it is
    asked first. The lines are the same.
    """
    columns = dict.fromkeys((*FIELDS, *finder.columns, "type_ids", "space_before", *_SEGMENTS))
    first, parts = corpus.view("type_ids"), corpus.parts()
    common = bool(parts) and any(
        finder.may_begin(TokenBatch.of(b).type_ids) for b in load(parts[0], view=first)
    )
    view = corpus.view(*columns)
    return partial(read_part, finder=finder, first=None if common else first, view=view, cut=cut)


def joined(parts: list[Lines], width: int) -> Lines:
    """Put the lines of all parts together."""
    if not parts:
        fields = pa.table({n: pa.array([], pa.date32() if n == "published" else pa.string()) for n in FIELDS})
        none = np.empty(0, np.int32)
        empty = np.empty((0, width), np.int32)
        return Lines(fields, none, none, none, none, empty, empty.astype(np.bool_), empty.astype(np.int64))
    return Lines(
        pa.concat_tables([p.fields for p in parts]).combine_chunks(),
        *(np.concatenate([getattr(p, name) for p in parts]) for name in Lines._fields[1:]),
    )


def ordered(lines: Lines, cut: Cut) -> npt.NDArray[np.int64]:
    """Give the first lines in order: by the keys, then by article and place."""
    fields = lines.fields.combine_chunks().to_batches()
    if not fields:
        return np.empty(0, np.int64)
    return _order(fields[0], np.arange(len(lines.token)), lines.token, lines.near, cut.keys)[: cut.most]


def _order(
    articles: pa.RecordBatch, doc: Places, token: Places, near: Longs, keys: tuple[str, ...]
) -> npt.NDArray[np.int64]:
    """Give the order of hits that stand in rows of a batch of articles; `near` has a column a word key."""
    columns, words = [token, _value(articles, doc, "position")], near.shape[1]
    for key in reversed(keys):
        if key[0] in "LR":
            words -= 1
            columns.append(near[:, words])
        else:
            columns.append(_value(articles, doc, key))
    order: npt.NDArray[np.int64] = np.lexsort(columns)
    return order


def _value(articles: pa.RecordBatch, doc: Places, key: str) -> Longs:
    """Give what hits are sorted by that is their article's; of the position only the article."""
    if key == "date":
        days = pc.fill_null(articles.column("published").cast(pa.int32()), 2**31 - 1)  # undated ones last
    else:
        name = "doc_id" if key == "position" else key
        days = pc.rank(articles.column(name), tiebreaker="dense")
    found: Longs = numpy(days, np.int64)[doc]
    return found


def _nth_word(cut: Cut, ids: Ints, spots: _Spots, key: str) -> Longs:
    """Give the rank of the n-th word to the left or right of each hit, 0 where the context has none."""
    hits, low, high = spots
    rank = np.zeros(len(hits.token), np.int64)
    step = -1 if key[0] == "L" else 1
    at = hits.token - 1 if step < 0 else hits.token + hits.length
    wanting = np.full(len(rank), int(key[1]))
    still = np.arange(len(rank))
    for _ in range(cut.window):
        still = still[(at[still] >= low[still]) & (at[still] < high[still])]
        here = cut.rank[ids[at[still]]]
        wanting[still] -= here > 0
        done = wanting[still] == 0
        rank[still[done]] = here[done]
        still = still[~done]
        at[still] += step
    return rank
