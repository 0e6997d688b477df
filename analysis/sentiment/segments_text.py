"""Segments with their text: cut from the articles, the words behind their scores found in it again.

For reading; not for measuring.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.corpus.encoded import TokenBatch
from analysis.corpus.handle import Corpus
from analysis.schema import PARTS
from analysis.sentiment.instrument import Instrument, Scorer
from analysis.sentiment.score import Reading

Piece = tuple[str, float | None]
_COLUMNS = (
    "doc_id", "language", *PARTS, "type_ids", "space_before", "seg_part", "seg_sentence", "seg_voice", "seg_start",
    "seg_end", "seg_tokens",
)  # fmt: skip


class Row(NamedTuple):
    """A segment; `pieces` is its text in stretches, each with what it adds to the score (None for the rest).

    `apart` says whether white space stands before it.
    """

    doc_id: str
    segment: int
    part: int
    sentence: int
    voice: int
    score: float
    hits: int
    words: int
    apart: bool
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Its text."""
        return "".join(text for text, _ in self.pieces)


def rows_of(corpus: Corpus, instrument: Instrument, read: Reading) -> Iterator[Row]:
    """Give every segment, batch by batch; a loop over segments, since text is only for reading."""
    scorer = instrument.prepare(corpus)
    forms = corpus.encoding.forms
    for whole in corpus.scan(*dict.fromkeys((*_COLUMNS, *scorer.columns))):
        batch = whole
        if read.languages is not None:
            own = pc.is_in(batch.column("language"), value_set=pa.array(read.languages, pa.string()))
            batch = batch.filter(own)
        yield from _rows(batch, scorer, forms)


def _rows(batch: pa.RecordBatch, scorer: Scorer, forms: pa.Array) -> Iterator[Row]:
    tokens = TokenBatch.of(batch)
    scores = scorer(batch, tokens)
    marks = scorer.marks(batch, tokens)
    marked = np.searchsorted(marks.token, tokens.seg_first).tolist()
    every = list(zip(marks.token.tolist(), marks.length.tolist(), marks.value.tolist(), strict=True))
    ids = batch.column("doc_id").to_pylist()
    texts = [batch.column(name).to_pylist() for name in PARTS]
    doc = np.repeat(np.arange(len(tokens)), np.diff(tokens.doc_segments)).tolist()
    for s, d in enumerate(doc):
        part = int(tokens.seg_part[s])
        whole = texts[part][d] or ""
        start, end = int(tokens.seg_start[s]), int(tokens.seg_end[s])
        yield Row(
            doc_id=ids[d],
            segment=s - int(tokens.doc_segments[d]),
            part=part,
            sentence=int(tokens.seg_sentence[s]),
            voice=int(tokens.seg_voice[s]),
            score=float(scores.score[s]),
            hits=int(scores.hits[s]),
            words=int(scores.words[s]),
            apart=start == 0 or whole[start - 1].isspace() or whole[start : start + 1].isspace(),
            pieces=_pieces(whole[start:end], tokens, s, every[marked[s] : marked[s + 1]], forms),
        )


def _pieces(
    text: str, tokens: TokenBatch, segment: int, marks: Sequence[tuple[int, int, float]], forms: pa.Array
) -> tuple[Piece, ...]:
    """Cut a text at the words marked: their forms are looked for one after the other, since places are not stored."""
    if not marks:
        return ((text, None),)
    first, past = int(tokens.seg_first[segment]), int(tokens.seg_first[segment + 1])
    starts, ends, at = [], [], 0
    for form in forms.take(pa.array(tokens.type_ids[first:past])).to_pylist():
        start = max(text.find(form, at), at)
        at = start + len(form)
        starts.append(start)
        ends.append(at)
    found: list[Piece] = []
    done = 0
    for token, length, value in marks:
        a, b = _bare(text, starts[token - first], ends[min(token + length, past) - 1 - first])
        found += [(text[done:a], None), (text[a:b], value)]
        done = b
    found.append((text[done:], None))
    return tuple(piece for piece in found if piece[0])


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave quotation marks and brackets at the edges of a word out, but not of an emoticon."""
    a, b = start, end
    while a < b and not text[a].isalnum():
        a += 1
    while a < b and not text[b - 1].isalnum():
        b -= 1
    return (a, b) if b - a > 2 else (start, end)
