"""The words of a batch of articles in reading order, with what the recipe makes of each.

Punctuation is no word here, whatever the recipe; a word it drops (a stop word) keeps its place, so that distances
are those of the text. Not for counting articles x terms: that is `dtm`.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.corpus.encoded import TokenBatch

if TYPE_CHECKING:
    from analysis.terms.recipe import Recipe
    from analysis.terms.vocabulary import TermMap

Longs = npt.NDArray[np.int64]
COLUMNS = ("doc_id", "language", "type_ids", "seg_part", "seg_sentence", "seg_voice", "seg_tokens")


class Words(NamedTuple):
    """Words in scope, (n_words,) each: token, article, segment and run by their place in the batch, and the term or -1.

    A run ends where the part does (on demand the sentence, or the segment), and where words out of scope stand
    between.
    """

    token: Longs
    doc: Longs
    segment: Longs
    run: Longs
    term: Longs


@dataclass(frozen=True)
class Reader:
    """Reads the words of batches by one recipe; can be sent to a worker."""

    vocabulary: "TermMap"
    voices: tuple[int, ...] | None
    parts: tuple[int, ...] | None
    within: str = "part"  # or "sentence", "segment": what a run does not leave

    def words(self, batch: TokenBatch) -> Words:
        """Give the words of a batch with `COLUMNS`."""
        scope = batch.in_scope(self.voices, self.parts)
        is_word = self.vocabulary.is_word[batch.type_ids].astype(np.bool_)
        token = np.flatnonzero(is_word if scope is None else is_word & scope)
        segment = batch.token_segment[token].astype(np.int64)
        doc = batch.token_doc[token].astype(np.int64)
        return Words(token, doc, segment, self._runs(batch)[segment], self._terms(batch, token, doc))

    def _terms(self, batch: TokenBatch, token: Longs, doc: Longs) -> Longs:
        languages = batch.batch.column("language")
        of_doc = self.vocabulary.map_of(languages, len(batch))
        term = self.vocabulary.of_type[of_doc[doc], batch.type_ids[token]].astype(np.int64)
        return np.maximum(term, -1)

    def _runs(self, batch: TokenBatch) -> Longs:
        """Number the runs of segments."""
        n = batch.seg_tokens.size
        doc = np.repeat(np.arange(len(batch)), np.diff(batch.doc_segments))
        inside = np.ones(n, dtype=np.bool_)
        if self.voices is not None:
            inside &= np.isin(batch.seg_voice, self.voices)
        if self.parts is not None:
            inside &= np.isin(batch.seg_part, self.parts)
        starts = np.ones(n, dtype=np.bool_)
        same = (doc[1:] == doc[:-1]) & (batch.seg_part[1:] == batch.seg_part[:-1]) & inside[1:] & inside[:-1]
        if self.within == "segment":
            same[:] = False
        elif self.within == "sentence":
            same &= batch.seg_sentence[1:] == batch.seg_sentence[:-1]
        starts[1:] = ~same
        return np.cumsum(starts, dtype=np.int64)


def single_words(recipe: "Recipe", **changes: Any) -> "Recipe":
    """The recipe for words one by one: without phrases and n-grams, split as our tokens are."""
    return replace(recipe, phrases=(), ngrams=(1,), split="word", punctuation=False, **changes)
