"""The tone around each mention of a target: reading it from the stored tokens. Not for sums by article (`towards`)."""

from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.corpus.encoded import TokenBatch
from analysis.corpus.handle import Corpus
from analysis.corpus.scan import load
from analysis.sentiment.instrument import Instrument, Scorer
from analysis.sentiment.vader import Vader
from analysis.stats.checks import Bools, Floats, Ints
from analysis.terms.matching import Finder, finder
from analysis.terms.patterns import Pattern
from analysis.terms.tokens import tokens as tokens_of
from analysis.text import voice_words
from analysis.text.segments_features import COLON, COMMA, DASH, ENDER, IS_NUMBER, IS_WORD, type_features

WITHIN = ("clause", "window", "segment")
ALPHA = 15.0  # of VADER's s / sqrt(s^2 + 15)
BEYOND = 0.5  # what a word weighs behind each end of a clause
_COLUMNS = ("doc_id", "type_ids", "seg_part", "seg_sentence", "seg_voice", "seg_tokens")


class Mentions(NamedTuple):
    """Mentions of a target, by article in the order of their ids, then in reading order.

    `doc` is the place in `doc_ids` (every article that was read), `segment` counts from 0 in the article, `voice` and
    `part` are places in the schema's lists, `score` is on the instrument's scale, `hits` counts the words behind it.
    """

    doc_ids: list[str]
    doc: Ints
    segment: Ints
    voice: Ints
    part: Ints
    score: Floats
    hits: Ints


@dataclass(frozen=True, eq=False)
class Around:
    """How words near a mention are weighed; picklable."""

    finder: Finder
    scorer: Scorer
    is_word: Bools
    ends_clause: Bools
    within: str
    window: float
    squashed: bool

    def __call__(self, batch: Any, tokens: TokenBatch) -> tuple[npt.NDArray[np.int64], Floats, Ints]:
        """Give the first token of each mention, its score, and how many words it rests on."""
        hits, marks = self.finder(batch, tokens), self.scorer.marks(batch, tokens)
        words = np.concatenate([[0], np.cumsum(self.is_word[tokens.type_ids])])
        ends = np.concatenate([[0], np.cumsum(self.ends_clause[tokens.type_ids])])
        context = self._contexts(tokens)
        order = np.argsort(context[marks.token], kind="stable")
        token, value = marks.token[order].astype(np.int64), marks.value[order]
        own = context[token]
        first, length = hits.token.astype(np.int64), hits.length.astype(np.int64)
        low, high = (np.searchsorted(own, context[first], side=s) for s in ("left", "right"))
        times = high - low
        hit = np.repeat(np.arange(len(first)), times)
        at = np.arange(len(hit)) - np.repeat(np.cumsum(times) - times, times) + np.repeat(low, times)
        place, start, past = token[at], first[hit], (first + length)[hit]
        apart = (place < start) | (place >= past)
        hit, place, start, past, worth = hit[apart], place[apart], start[apart], past[apart], value[at][apart]
        before = place < start
        weight = np.ones(len(hit))
        if self.within != "segment":
            distance = np.where(before, words[start] - words[place], words[place] - words[past - 1])
            weight = np.exp(-distance / self.window)
        if self.within == "clause":
            between = np.where(before, ends[start] - ends[place], ends[place] - ends[past])
            weight = weight * BEYOND**between
        total = np.bincount(hit, weights=weight * worth, minlength=len(first))
        if self.squashed:
            score = total / np.sqrt(total**2 + ALPHA)
        else:
            whole = np.bincount(hit, weights=weight, minlength=len(first))
            score = np.divide(total, whole, out=np.zeros(len(first)), where=whole > 0)
        return first, score, np.bincount(hit, minlength=len(first)).astype(np.int64)

    def _contexts(self, tokens: TokenBatch) -> npt.NDArray[np.int64]:
        """Number what a mention may draw on, by token: one sentence in one voice (or one segment)."""
        n = len(tokens.seg_tokens)
        if self.within == "segment":
            return np.repeat(np.arange(n, dtype=np.int64), tokens.seg_tokens)
        doc = np.repeat(np.arange(len(tokens)), np.diff(tokens.doc_segments))
        change = np.ones(n, np.bool_)
        change[1:] = doc[1:] != doc[:-1]
        for values in (tokens.seg_part, tokens.seg_sentence):
            change[1:] |= values[1:] != values[:-1]
        number = np.cumsum(change, dtype=np.int64) * 3 + tokens.seg_voice
        return np.repeat(number, tokens.seg_tokens)


def mentions_of(
    corpus: Corpus, target: Pattern, instrument: Instrument, languages: Any, *, within: str, window: float
) -> Mentions:
    """Score every mention of a target; only articles in these languages (None for all)."""
    features = type_features(corpus.encoding.forms)
    around = Around(
        finder=finder(tokens_of(corpus), target),
        scorer=instrument.prepare(corpus),
        is_word=(features.sentence & (IS_WORD | IS_NUMBER)) != 0,
        ends_clause=((features.sentence & (COMMA | COLON | DASH | ENDER)) != 0)
        | ((features.reporting & voice_words.TURN) != 0),
        within=within,
        window=window,
        squashed=isinstance(instrument, Vader),
    )
    language = ("language",) if languages is not None else ()
    columns = dict.fromkeys((*_COLUMNS, *language, *around.finder.columns, *around.scorer.columns))
    work = partial(_read, around=around, view=corpus.view(*columns), languages=languages)
    every = [p for some in corpus.engine.map(work, corpus.parts(), label="reading mentions") for p in some]
    found = [i for p in every for i in p[0]]
    order = sorted(range(len(found)), key=found.__getitem__)
    place = np.empty(len(found), np.int64)
    place[order] = np.arange(len(found))
    base = np.cumsum([0, *(len(p[0]) for p in every)])
    kinds = (np.int64, np.int64, np.int64, np.int64, np.float64, np.int64)
    columns_of: list[Any] = [
        np.concatenate([np.empty(0, kind), *(p[k + 1] for p in every)]).astype(kind)
        for k, kind in enumerate(kinds)
    ]
    shift = np.repeat(base[:-1], [len(p[1]) for p in every]) if every else np.empty(0, np.int64)
    doc = place[columns_of[0] + shift] if found else columns_of[0]
    by = np.argsort(doc, kind="stable")
    return Mentions([found[i] for i in order], doc[by], *(c[by] for c in columns_of[1:]))


def _read(part: Any, *, around: Around, view: Any, languages: Any) -> list[Any]:
    """Read one part; a top-level function for a spawned process."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = []
    for whole in load(part, view=view):
        batch = whole
        if languages is not None:
            batch = whole.filter(
                pc.is_in(whole.column("language"), value_set=pa.array(languages, pa.string()))
            )
        tokens = TokenBatch.of(batch)
        first, score, hits = around(batch, tokens)
        segment = tokens.token_segment[first].astype(np.int64)
        doc = tokens.token_doc[first].astype(np.int64)
        found.append(
            (batch.column("doc_id").to_pylist(), doc, segment - tokens.doc_segments[doc], tokens.seg_voice[segment],
             tokens.seg_part[segment], score, hits)
        )  # fmt: skip
    return found
