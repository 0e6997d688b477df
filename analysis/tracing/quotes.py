"""Sentences for many rows at once, as pieces of text with their voices and marks: what a page shows beside articles.

Not a sample of all sentences (that is `sentences`): the first sentence with a hit of articles that were chosen.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from analysis.corpus.encoded import TokenBatch
from analysis.corpus.handle import Corpus
from analysis.schema import PARTS
from analysis.tracing.behind import Trace
from analysis.tracing.marks import Marker

_SEGMENTS = ("type_ids", "seg_part", "seg_sentence", "seg_voice", "seg_start", "seg_end", "seg_tokens")
_TITLE = PARTS.index("title")
LONGEST = 400  # characters of a sentence
Piece = tuple[str, int, int]
"""Text, voice (as in `schema.VOICES`), and 1 where it is marked."""


def quotes(
    corpus: Corpus, trace: Trace, wanted: Mapping[int, Sequence[str]]
) -> dict[tuple[int, str], list[Piece]]:
    """Give the first marked sentence below the headline, of some articles for each row.

    Parameters
    ----------
    corpus
        Where the articles are.
    trace
        What is marked, by row.
    wanted
        The articles of each row.

    Returns
    -------
    dict
        By row and doc_id; nothing for an article without a mark, and for a row that marks nothing.

    Notes
    -----
    One pass over the articles named.
    """
    markers = {row: trace.marker(row) for row, ids in wanted.items() if ids}
    rows_of: dict[str, list[int]] = {}
    for row, ids in wanted.items():
        if markers.get(row) is not None:
            for doc_id in ids:
                rows_of.setdefault(doc_id, []).append(row)
    if not rows_of:
        return {}
    columns = dict.fromkeys(
        ("doc_id", *PARTS, *_SEGMENTS, *(c for m in markers.values() if m is not None for c in m.columns))
    )
    found: dict[tuple[int, str], list[Piece]] = {}
    forms = corpus.encoding.forms
    for batch in corpus.where(doc_id=sorted(rows_of)).scan(*columns):
        read = TokenBatch.of(batch)
        ids = batch.column("doc_id").to_pylist()
        texts = [batch.column(part).to_pylist() for part in PARTS]
        first_hits: dict[int, list[tuple[int, int, int]]] = {}  # rows may share a marker
        for row in sorted({r for i in ids for r in rows_of[i]}):
            marker = markers[row]
            assert marker is not None
            if id(marker) not in first_hits:
                first_hits[id(marker)] = _first_hits(marker, batch, read)
            for doc, first, length in first_hits[id(marker)]:
                if row in rows_of[ids[doc]]:
                    found[row, ids[doc]] = _pieces(
                        read, doc, first, length, [t[doc] or "" for t in texts], forms
                    )
    return found


def _first_hits(marker: Marker, batch: Any, read: TokenBatch) -> list[tuple[int, int, int]]:
    """The first hit of each article below its headline, which a page shows anyway: article, token, tokens."""
    places = marker.find(batch, read)
    order = np.argsort(places.token, kind="stable")
    token, length = places.token[order], places.length[order]
    below = read.seg_part[read.token_segment[token]] != _TITLE
    token, length = token[below], length[below]
    doc = read.token_doc[token]
    one, at = np.unique(doc, return_index=True)
    return list(zip(one.tolist(), token[at].tolist(), length[at].tolist(), strict=True))


def _pieces(read: TokenBatch, doc: int, first: int, length: int, texts: list[str], forms: Any) -> list[Piece]:
    """Cut a sentence at its voices and at the hit; a loop, because a handful of sentences is shown."""
    segment = int(read.token_segment[first])
    low, high = int(read.doc_segments[doc]), int(read.doc_segments[doc + 1])
    same = [
        s
        for s in range(low, high)
        if read.seg_part[s] == read.seg_part[segment] and read.seg_sentence[s] == read.seg_sentence[segment]
    ]
    text = texts[int(read.seg_part[segment])]
    begin, end = int(read.seg_start[same[0]]), int(read.seg_end[same[-1]])
    a, b = _span(read, segment, first, length, text, forms)
    if end - begin > LONGEST:  # keep what is around the hit
        begin = max(begin, min(a - LONGEST // 2, end - LONGEST))
        end = min(end, begin + LONGEST)
    made: list[Piece] = []
    # White space between two segments belongs to neither; on the page it goes with the one before.
    ends = [*(int(read.seg_start[s]) for s in same[1:]), end]
    for s, past in zip(same, ends, strict=True):
        start, stop = max(int(read.seg_start[s]), begin), min(past, end)
        cuts = sorted({start, stop, *(c for c in (a, b) if start < c < stop)})
        voice = int(read.seg_voice[s])
        made += [(text[x:y], voice, int(a <= x and y <= b)) for x, y in pairwise(cuts) if y > x]
    return made


def _span(read: TokenBatch, segment: int, first: int, length: int, text: str, forms: Any) -> tuple[int, int]:
    """The first character of a hit in the text of its part, and that behind its last."""
    begin = int(read.seg_first[segment])
    words = forms.take(np.asarray(read.type_ids[begin : first + length])).to_pylist()
    at, start = int(read.seg_start[segment]), 0
    for k, word in enumerate(words):
        place = text.find(word, at)
        if place < 0:
            continue
        if begin + k == first:
            start = place
        at = place + len(word)
    return start, at
