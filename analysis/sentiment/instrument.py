"""What an instrument of tone is: something that gives every segment of a batch a score.

Not for any one of them: those are `vader`, `lexicon` and `scaling`.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.corpus.encoded import TokenBatch
from analysis.corpus.handle import Corpus
from analysis.schema import KINDS

_COUNTED = (KINDS.index("word"), KINDS.index("number"))
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


class SegmentScores(NamedTuple):
    """The scores of a batch, one entry a segment of it.

    Attributes
    ----------
    score
        float64, on the instrument's own scale; 0 where it found nothing.
    hits
        int32: words (or phrases) of the segment that the instrument knows.
    words
        int32: words and numbers of the segment (`n_words`).
    """

    score: Floats
    hits: Ints
    words: Ints


def n_words(tokens: TokenBatch, is_word: npt.NDArray[np.bool_]) -> Ints:
    """Count the words and numbers of each segment; `is_word` is by type."""
    before = np.concatenate([[0], np.cumsum(is_word[tokens.type_ids], dtype=np.int64)])
    return np.diff(before[tokens.seg_first]).astype(np.int32)


def word_types(corpus: Corpus) -> npt.NDArray[np.bool_]:
    """Say which types of a corpus are words or numbers."""
    found: npt.NDArray[np.bool_] = np.isin(np.asarray(corpus.encoding.kinds), _COUNTED)
    return found


class Marks(NamedTuple):
    """The words behind the scores of a batch, in reading order: first token, tokens, and what each is worth there."""

    token: Longs
    length: Ints
    value: Floats


class Scorer(Protocol):
    """An instrument in the numbers of one corpus; can be pickled and sent to a worker."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns a batch must have."""
        ...

    def __call__(self, batch: pa.RecordBatch, tokens: TokenBatch) -> SegmentScores:
        """Score every segment."""
        ...

    def marks(self, batch: pa.RecordBatch, tokens: TokenBatch) -> Marks:
        """Give the words behind the scores."""
        ...


class Instrument(Protocol):
    """Something that measures tone. Equal `params` mean equal scores."""

    @property
    def name(self) -> str:
        """What legends call it."""
        ...

    @property
    def languages(self) -> tuple[str, ...] | None:
        """The languages it reads; None for every one."""
        ...

    @property
    def unit(self) -> str:
        """What its scale is, in words (`mean segment score, -1 to 1`)."""
        ...

    @property
    def params(self) -> Mapping[str, Any]:
        """What it is, for the signature of a result."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know of it."""
        ...

    def prepare(self, corpus: Corpus) -> Scorer:
        """Look its words up among the forms of a corpus."""
        ...
