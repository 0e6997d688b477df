"""The scores of every segment of a selection, and their sums by article: what tone is made of.

One pass over the stored tokens an instrument; sums by article are kept with the corpus, so that voices and parts are
arithmetic after that. Not for lines over time: those take a Measurement.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.corpus.encoded import TokenBatch
from analysis.corpus.handle import Corpus
from analysis.corpus.scan import View, load
from analysis.errors import SelectionError, message
from analysis.schema import PARTS, VOICES
from analysis.sentiment.instrument import Instrument, Scorer, SegmentScores
from analysis.terms.recipe import Recipe, make_recipe

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Small = npt.NDArray[np.int8]
_SEGMENTS = ("seg_part", "seg_voice", "seg_tokens")
SUMS = ("score", "segments", "segments_hit", "score_hit", "hits", "words")


@dataclass(frozen=True)
class Reading:
    """Which articles an instrument reads: their languages (None among them where it is not known), and the others."""

    languages: tuple[str | None, ...] | None
    left_out: dict[str, int]
    unknown: int

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know of it."""
        said = []
        if self.left_out:
            n = sum(self.left_out.values())
            names = ", ".join(f"{code} {count:,}" for code, count in sorted(self.left_out.items()))
            said.append(f"{n:,} articles are not in a language of this lexicon and are not scored ({names}).")
        if self.unknown and self.languages is not None and None in self.languages:
            said.append(
                f"{self.unknown:,} articles are too short to tell their language; they are read too, as all "
                "others are in one the lexicon is for."
            )
        return tuple(said)


def reading(corpus: Corpus, instrument: Instrument) -> Reading:
    """Say which articles an instrument reads.

    Raises
    ------
    SelectionError
        None: a language without a lexicon is not scored 0.
    """
    if instrument.languages is None:
        return Reading(None, {}, 0)
    count: Counter[str | None] = Counter()
    for batch in corpus.scan("language"):
        for value in pc.value_counts(batch.column(0)).to_pylist():
            count[value["values"]] += value["counts"]
    own = {code for code in count if code in instrument.languages}
    others = {str(code): n for code, n in count.items() if code is not None and code not in own}
    unknown = count.get(None, 0)
    with_unknown = bool(unknown) and not others
    if count and not own and not with_unknown:
        there = ", ".join(f"{code or 'not known'} ({n:,})" for code, n in count.most_common())
        raise SelectionError(
            message(
                f"the lexicon {instrument.name!r} is for {', '.join(instrument.languages)}, and no article is",
                got=f"articles in {there}",
                expected="a lexicon of their language",
                hint="Give one of your own: lexicon=an.read_lexicon('words.csv', language=...).",
            )
        )
    left_out = dict(others) if with_unknown or not unknown else {**others, "not known": unknown}
    accepted: tuple[str | None, ...] = (*sorted(own), None) if with_unknown else tuple(sorted(own))
    return Reading(accepted if left_out or with_unknown else None, left_out, unknown)


@dataclass(frozen=True, eq=False)
class ScoredSegments:
    """Every segment in scope that holds a word, by article in the order of their ids, then in reading order.

    Attributes
    ----------
    doc_ids
        list of str, sorted: every article the instrument reads, those without a segment in scope too.
    doc
        int32 by segment: the place of its article in `doc_ids`.
    segment
        int32: its number within the article (title, standfirst and body one after the other), from 0.
    voice, part
        int8: places in `schema.VOICES` and `schema.PARTS`.
    score, hits, words
        As `SegmentScores`.
    reading
        Which articles were read.
    """

    doc_ids: list[str]
    doc: Ints
    segment: Ints
    voice: Small
    part: Small
    score: Floats
    hits: Ints
    words: Ints
    reading: Reading


def segment_scores(
    source: Corpus,
    instrument: Instrument,
    *,
    voice: str | Sequence[str] | None = None,
    part: str | Sequence[str] | None = None,
) -> ScoredSegments:
    """Score every segment of a selection.

    Parameters
    ----------
    source
        The articles.
    instrument
        Such as `Vader()` or a `Lexicon`.
    voice, part
        Names of voices and parts to keep to; None for all.

    Returns
    -------
    ScoredSegments
        About 26 bytes a segment.

    Raises
    ------
    SelectionError
        No article is in a language of the instrument.
    InputError
        There is no such voice or part.

    Notes
    -----
    One pass over the stored tokens.
    """
    recipe = make_recipe(voice=voice, part=part)
    read = reading(source, instrument)
    found = list(_passes(source, instrument, read, partial(_segments, recipe=recipe)))
    ids = np.array([i for part_ids, _ in found for i in part_ids], dtype=object)
    order = np.argsort(ids, kind="stable")
    place = np.empty(len(ids), np.int64)
    place[order] = np.arange(len(ids))
    base = np.cumsum([0, *(len(part_ids) for part_ids, _ in found)])
    kinds = (np.int32, np.int32, np.int8, np.int8, np.float64, np.int32, np.int32)
    columns = [
        np.concatenate([np.empty(0, kind), *(c[k] for _, c in found)]).astype(kind, copy=False)
        for k, kind in enumerate(kinds)
    ]
    docs = np.concatenate(
        [np.empty(0, np.int64), *(c[0] + b for (_, c), b in zip(found, base[:-1], strict=True))]
    )
    doc = place[docs.astype(np.int64)].astype(np.int32)
    by = np.argsort(doc, kind="stable")
    segment, voices, parts, score, hits, words = (c[by] for c in columns[1:])
    return ScoredSegments(list(ids[order]), doc[by], segment, voices, parts, score, hits, words, read)


@dataclass(frozen=True, eq=False)
class ArticleSums:
    """Sums by article, part and voice, (n_docs, 3, 3, 6) float64, the last axis as `SUMS`; articles sorted by id."""

    doc_ids: list[str]
    sums: Floats
    reading: Reading

    def of(self, recipe: Recipe) -> Floats:
        """Sum over the voices and parts in scope, (n_docs, 6)."""
        voices = list(range(len(VOICES)) if recipe.voices is None else recipe.voices)
        parts = list(range(len(PARTS)) if recipe.parts is None else recipe.parts)
        total: Floats = self.sums[:, parts][:, :, voices].sum(axis=(1, 2))
        return total


def article_sums(corpus: Corpus, instrument: Instrument) -> ArticleSums:
    """Sum the scores of an instrument by article, part and voice; the last few are kept with the corpus."""
    kept: dict[str, ArticleSums] = corpus.__dict__.setdefault("_tone_sums", {})
    key = repr(sorted(instrument.params.items()))
    if key not in kept:
        read = reading(corpus, instrument)
        found = list(_passes(corpus, instrument, read, _summed))
        ids = np.array([i for part_ids, _ in found for i in part_ids], dtype=object)
        order = np.argsort(ids, kind="stable")
        sums = np.concatenate([np.empty((0, len(PARTS), len(VOICES), len(SUMS))), *(s for _, s in found)])
        while len(kept) >= 4:
            kept.pop(next(iter(kept)))
        kept[key] = ArticleSums(list(ids[order]), sums[order], read)
    return kept[key]


def _passes(corpus: Corpus, instrument: Instrument, read: Reading, work: Any) -> Iterator[Any]:
    """Score the corpus part by part, on its engine."""
    scorer = instrument.prepare(corpus)
    language = ("language",) if read.languages is not None else ()
    columns = tuple(dict.fromkeys(("doc_id", *language, *_SEGMENTS, *scorer.columns)))
    one = partial(_score_part, scorer=scorer, view=corpus.view(*columns), read=read, work=work)
    for some in corpus.engine.map(one, corpus.parts(), label="scoring"):
        yield from some


def _score_part(part: Any, *, scorer: Scorer, view: View, read: Reading, work: Any) -> list[Any]:
    """Score one part; a top-level function for a spawned process."""
    found = []
    for whole in load(part, view=view):
        batch = whole
        if read.languages is not None:
            own = pc.is_in(batch.column("language"), value_set=pa.array(read.languages, pa.string()))
            batch = batch.filter(own)
        tokens = TokenBatch.of(batch)
        found.append((batch.column("doc_id").to_pylist(), work(tokens, scorer(batch, tokens))))
    return found


def _segment_doc(tokens: TokenBatch) -> npt.NDArray[np.int64]:
    return np.repeat(np.arange(len(tokens), dtype=np.int64), np.diff(tokens.doc_segments))


def _segments(tokens: TokenBatch, scores: SegmentScores, *, recipe: Recipe) -> tuple[Any, ...]:
    """Give the segments in scope as columns."""
    doc = _segment_doc(tokens)
    number = (np.arange(doc.size) - tokens.doc_segments[doc]).astype(np.int32)
    keep = _counted(scores)
    for values, wanted in ((tokens.seg_voice, recipe.voices), (tokens.seg_part, recipe.parts)):
        if wanted is not None:
            keep &= np.isin(values, wanted)
    every = (doc, number, tokens.seg_voice, tokens.seg_part, scores.score, scores.hits, scores.words)
    return tuple(column[keep] for column in every)


def _counted(scores: SegmentScores) -> npt.NDArray[np.bool_]:
    """Say which segments count: a full stop left alone between two voices is none."""
    return (scores.words > 0) | (scores.hits > 0)


def _summed(tokens: TokenBatch, scores: SegmentScores) -> Floats:
    """Sum by article, part and voice."""
    doc = _segment_doc(tokens)
    cell = (doc * len(PARTS) + tokens.seg_part) * len(VOICES) + tokens.seg_voice
    n = len(tokens) * len(PARTS) * len(VOICES)
    hit = scores.hits > 0
    weights = (scores.score, _counted(scores), hit, scores.score * hit, scores.hits, scores.words)
    sums = [np.bincount(cell, weights=w, minlength=n).astype(np.float64) for w in weights]
    return np.stack(sums, axis=-1).reshape(len(tokens), len(PARTS), len(VOICES), len(SUMS))
