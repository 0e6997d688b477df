"""What to mark in a sentence: the hits of a pattern, the occurrences of a term, a word near another.

A marker finds places in the tokens of a batch. Not for texts and pages: that is `sentences`.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.corpus.encoded import TokenBatch
from analysis.measures.collocation import CollocationFold
from analysis.measures.neighbours import close_to
from analysis.terms.matching import Finder, finder
from analysis.terms.patterns import Pattern, pattern_of
from analysis.terms.stream import Streamer, streamer
from analysis.terms.tokens import Tokens

Longs = npt.NDArray[np.int64]


class Places(NamedTuple):
    """Where hits stand in a batch, (n_hits,) each: first token, and how many tokens."""

    token: Longs
    length: Longs


class Marker(NamedTuple):
    """What finds the places in a batch that has these columns."""

    columns: tuple[str, ...]
    find: Callable[[pa.RecordBatch, TokenBatch], Places]


def of_pattern(tokens: Tokens, pattern: str | Pattern) -> Marker:
    """Mark the hits of a pattern, as measures count them."""
    found = finder(tokens, pattern_of(pattern))
    return Marker(found.columns, lambda batch, read: _hits(found, batch, read))


def of_hit(tokens: Tokens, pattern: str, token: int) -> Marker:
    """Mark one hit, by the place of its first token in its article."""
    found = finder(tokens, pattern_of(pattern))

    def find(batch: pa.RecordBatch, read: TokenBatch) -> Places:
        hits = _hits(found, batch, read)
        own = hits.token - read.doc_tokens[read.token_doc[hits.token]] == token
        return Places(hits.token[own], hits.length[own])

    return Marker(found.columns, find)


def of_term(tokens: Tokens, term: str) -> Marker | None:
    """Mark the occurrences of a term of the recipe; None where the recipe makes several terms of one token."""
    streams = streamer(tokens)
    if tokens.recipe.split != "word":
        return None
    known = streams.vocabulary.terms
    pieces = [term] if tokens.recipe.ngrams == (1,) else term.split(" ")
    ids = [known.index(pa.scalar(p, known.type)).as_py() for p in pieces]
    if min(ids) < 0:
        return None
    columns = (*streams.columns, "language", "seg_tokens", "seg_part", "seg_sentence", "seg_voice")
    return Marker(columns, lambda batch, read: _occurrences(streams, ids, batch, read))


def of_neighbour(fold: CollocationFold, columns: tuple[str, ...], term: int) -> Marker:
    """Mark a term where it stands in the window of a node."""

    def find(batch: pa.RecordBatch, read: TokenBatch) -> Places:
        stream = fold.stream(batch)
        near = close_to(stream, fold.reach) & (stream.term == term)
        token = fold.reader.words(read).token[near]
        return Places(token, np.ones(token.size, dtype=np.int64))

    return Marker(columns, find)


def of_any(markers: list[Marker]) -> Marker:
    """Mark what any of these marks."""

    def find(batch: pa.RecordBatch, read: TokenBatch) -> Places:
        found = [marker.find(batch, read) for marker in markers]
        token, length = (np.concatenate([p[k] for p in found]) for k in (0, 1))
        return Places(token, length)

    return Marker(tuple(dict.fromkeys(c for m in markers for c in m.columns)), find)


def _hits(found: Finder, batch: pa.RecordBatch, read: TokenBatch) -> Places:
    hits = found(batch, read)
    return Places(np.asarray(hits.token, dtype=np.int64), np.asarray(hits.length, dtype=np.int64))


def _occurrences(streams: Streamer, ids: list[int], batch: pa.RecordBatch, read: TokenBatch) -> Places:
    """Find terms, or runs of them, that stand next to each other within one sentence and scope."""
    recipe, vocabulary = streams.recipe, streams.vocabulary
    of_doc = vocabulary.map_of(batch.column("language") if vocabulary.languages else None, len(read))
    types, length = streams.types_of(batch, read)
    term: Any = vocabulary.of_type[of_doc[read.token_doc], types].astype(np.int64)
    scope = read.in_scope(recipe.voices, recipe.parts)
    if scope is not None:
        term = np.where(scope, term, -1)
    sentence = _sentences(read)
    token = np.flatnonzero(term == ids[0])
    end = token + length[token]
    for following in ids[1:]:
        inside = end < term.size
        token, end = token[inside], end[inside]
        fits = (term[end] == following) & (sentence[end] == sentence[token])
        token, end = token[fits], end[fits]
        end = end + length[end]
    return Places(token, end - token)


def _sentences(read: TokenBatch) -> Longs:
    """Number the sentences of a batch, by token."""
    doc = np.repeat(np.arange(len(read)), np.diff(read.doc_segments))
    fresh = np.ones(doc.size, dtype=np.bool_)
    fresh[1:] = (
        (doc[1:] != doc[:-1])
        | (read.seg_part[1:] != read.seg_part[:-1])
        | (read.seg_sentence[1:] != read.seg_sentence[:-1])
    )
    numbers: Longs = np.cumsum(fresh, dtype=np.int64)[read.token_segment]
    return numbers
