"""From a batch of articles to their terms in reading order, as integers; what every count is made from.

Not for counting. Runs inside workers, so it takes plain values and no corpus.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.corpus.encoded import TokenBatch
from analysis.terms.matching import Finder, finder
from analysis.terms.patterns import Pattern, parse
from analysis.terms.recipe import Recipe
from analysis.terms.tokens import Tokens
from analysis.terms.vocabulary import TermMap

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


class Stream(NamedTuple):
    """The terms of some articles.

    Attributes
    ----------
    terms
        int32, ids of the vocabulary, article after article; with breaks, -1 where n-grams end.
    offsets
        int64, n_docs + 1: the terms of article i are `terms[offsets[i]:offsets[i + 1]]`.
    n_words
        int64, n_docs: words and numbers in scope, whatever the recipe leaves out.
    """

    terms: Ints
    offsets: Longs
    n_words: Longs


@dataclass(frozen=True, eq=False)
class Streamer:
    """Makes streams; picklable."""

    recipe: Recipe
    vocabulary: TermMap
    phrases: Finder | None = None
    phrase_of: Ints | None = None

    @property
    def breaks(self) -> bool:
        """Whether n-grams end somewhere: those of our own tokens do."""
        return self.recipe.ngrams != (1,) and self.recipe.split == "word"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns a batch must have."""
        language = ("language",) if self.recipe.by_language else ()
        phrases = self.phrases.columns if self.phrases is not None else ()
        own = ("type_ids", *language, *scope_columns(self.recipe, sentences=self.breaks))
        return tuple(dict.fromkeys((*own, *phrases)))

    def __call__(self, batch: pa.RecordBatch) -> Stream:
        """Give the terms of a batch."""
        from analysis.terms import kernel

        tokens = TokenBatch.of(batch)
        first, state, doc_segments = segments_in_scope(tokens, self.recipe, sentences=self.breaks)
        vocabulary = self.vocabulary
        language = batch.column("language") if self.recipe.by_language else None
        type_ids = self.with_phrases(batch, tokens)
        n_docs = len(tokens)
        least = len(tokens.type_ids) + len(state) + 1
        offsets = np.empty(n_docs + 1, np.int64)
        n_words = np.empty(n_docs, np.int64)
        # Fresh memory is slow: ask for what all types could become only where an eighth more is not enough.
        for spare in (len(tokens.type_ids) // 8, len(tokens.type_ids) * vocabulary.most_pieces):
            terms = np.empty(least + spare, np.int32)
            n = kernel.term_stream(
                type_ids,
                first,
                state,
                doc_segments,
                vocabulary.map_of(language, n_docs),
                vocabulary.packed,
                vocabulary.more_first,
                vocabulary.more,
                self.breaks,
                spare,
                terms,
                offsets,
                n_words,
            )
            if n >= 0:
                break
        return Stream(terms[:n], offsets, n_words)

    def types_of(self, batch: pa.RecordBatch, tokens: TokenBatch) -> tuple[Ints, Longs]:
        """Give the types of the tokens as the vocabulary reads them, and over how many tokens each goes."""
        length = np.ones(len(tokens.type_ids), np.int64)
        if self.phrases is not None:
            hits = self.phrases(batch, tokens)
            length[hits.token] = hits.length
        return self.with_phrases(batch, tokens), length

    def with_phrases(self, batch: pa.RecordBatch, tokens: TokenBatch) -> Ints:
        """Give the types of the tokens; a phrase is one at its first word, and its other words are passed over."""
        if self.phrases is None or self.phrase_of is None:
            return tokens.type_ids
        hits = self.phrases(batch, tokens)
        found = tokens.type_ids.copy()
        n_types = self.phrases.n_types
        for k in range(int(hits.length.max(initial=0))):
            at = hits.token[hits.length > k] + k
            found[at] = (
                n_types + int(self.phrase_of.max()) + 1 if k else n_types + self.phrase_of[hits.phrase]
            )
        return found


def streamer(tokens: Tokens) -> Streamer:
    """Make what turns the batches of a corpus into streams."""
    recipe = tokens.recipe
    if not recipe.phrases:
        return Streamer(recipe, tokens.vocabulary)
    read = [parse(phrase) for phrase in recipe.phrases]
    every = [(spelling, i) for i, pattern in enumerate(read) for spelling in pattern.phrases]
    pattern = Pattern(" | ".join(recipe.phrases), tuple(spelling for spelling, _ in every))
    number = np.array([i for _, i in every], np.int32)
    return Streamer(recipe, tokens.vocabulary, finder(tokens, pattern), number)


def scope_columns(recipe: Recipe, *, sentences: bool = False) -> tuple[str, ...]:
    """Give the columns that say which tokens are in scope, and where sentences end."""
    found: tuple[str, ...] = ()
    if sentences or recipe.voice or recipe.part:
        found = ("seg_tokens", "seg_part", "seg_voice")
    return (*found, "seg_sentence") if sentences else found


def segments_in_scope(
    tokens: TokenBatch, recipe: Recipe, *, sentences: bool = False
) -> tuple[Longs, npt.NDArray[np.uint8], Longs]:
    """Give where segments begin, whether they are in scope (bit 1) and end n-grams (bit 2), and those of each article.

    Where all is in scope, an article is one segment.
    """
    n_docs = len(tokens)
    if not scope_columns(recipe, sentences=sentences):
        return tokens.doc_tokens, np.ones(n_docs, np.uint8), np.arange(n_docs + 1, dtype=np.int64)
    state = np.ones(len(tokens.seg_tokens), np.uint8)
    for values, wanted in ((tokens.seg_voice, recipe.voices), (tokens.seg_part, recipe.parts)):
        if wanted is not None:
            state &= np.isin(values, wanted)
    if sentences:
        ends = np.ones(
            len(state), np.bool_
        )  # a sentence, a part or an article begins, or what is before is out
        ends[1:] = tokens.seg_sentence[1:] != tokens.seg_sentence[:-1]
        ends[1:] |= tokens.seg_part[1:] != tokens.seg_part[:-1]
        ends[1:] |= state[:-1] == 0
        ends[tokens.doc_segments[:-1][np.diff(tokens.doc_segments) > 0]] = True
        state |= ends.astype(np.uint8) << 1
    return tokens.seg_first, state, tokens.doc_segments


def words_in_scope(tokens: TokenBatch, recipe: Recipe, is_word: npt.NDArray[np.uint8]) -> Longs:
    """Count the words and numbers of each article in scope of voice and part."""
    from analysis.terms import kernel

    first, state, doc_segments = segments_in_scope(tokens, recipe)
    found = np.empty(len(tokens), np.int64)
    kernel.words(tokens.type_ids, first, state, doc_segments, is_word, found)
    return found
