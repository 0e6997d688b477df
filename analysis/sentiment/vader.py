"""VADER over stored tokens: the scores of the reference implementation, without its strings.

Not for whole articles: its score saturates with length, so it is asked segment by segment. Made for English.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.corpus.encoded import TokenBatch
from analysis.corpus.handle import Corpus
from analysis.errors import InputError, message
from analysis.sentiment.instrument import Marks, SegmentScores, n_words, word_types
from analysis.sentiment.news_words import neutral_params
from analysis.sentiment.vader_words import COMPENSATED, TypeTable, known, plain, spelled_out, type_table
from analysis.terms.matching import Finder

Longs = npt.NDArray[np.int64]
_NO_TOKENS = np.empty(0, np.bool_)
UNIT = "mean segment score, -1 to 1"
_KEPT = 500_000  # spellings kept before all are forgotten


@dataclass(frozen=True)
class Vader:
    """VADER (Hutto & Gilbert 2014), scored as by the package `vaderSentiment`.

    Parameters
    ----------
    neutral
        Words and phrases whose valence is not counted, such as `security forces` (see `NEWS_WORDS`); empty for the
        scores of the reference.
    straight
        Read “ and ” as ". The reference leaves them on a word, which it then does not know; False for its scores.

    Notes
    -----
    A word is what stands between white space, ASCII punctuation at its edges left out. ’ counts as ', and zero-width
    characters as nothing; otherwise scores equal the reference's to the four decimals it gives. Negations (`n't`,
    `not`, `without`) within three words before a word turn it, boosters and dampers change it, capitals strengthen it
    where not all is in capitals, what comes after `but` counts more, and up to four exclamation marks strengthen the
    sum s, which becomes s / sqrt(s^2 + 15).

    References
    ----------
    Hutto & Gilbert (2014), VADER: a parsimonious rule-based model for sentiment analysis of social media text, ICWSM.
    """

    neutral: tuple[str, ...] = ()
    straight: bool = False

    @property
    def name(self) -> str:
        """What legends call it."""
        return "vader"

    @property
    def languages(self) -> tuple[str, ...]:
        """English."""
        return ("en",)

    @property
    def unit(self) -> str:
        """Its scale."""
        return UNIT

    @property
    def params(self) -> Mapping[str, Any]:
        """What it is, for a signature."""
        from importlib.metadata import version

        found: dict[str, Any] = {"lexicon": "vader", "lexicon_version": version("vaderSentiment")}
        if self.straight:
            found["quotes"] = "straight"
        return {**found, **neutral_params(self.neutral)}

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know of it."""
        return ()

    def prepare(self, corpus: Corpus) -> "VaderScorer":
        """Look its words up among the forms of a corpus (kept with the corpus)."""
        key = f"_vader_types_{self.straight}"
        table = corpus.__dict__.get(key)
        if table is None:
            table = type_table(corpus.encoding.forms, straight=self.straight)
            corpus.__dict__[key] = table
        return VaderScorer(table, word_types(corpus), neutral_finder(corpus, self.neutral))

    def scores(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """Score texts, each as one segment.

        Parameters
        ----------
        texts
            Sentences; whole articles saturate. The list of neutral words is not used here.

        Returns
        -------
        numpy.ndarray
            float64, -1 to 1, to four decimals.

        Examples
        --------
        >>> Vader().scores(["It isn’t good.", "It is VERY good!"]).tolist()
        [-0.3412, 0.6391]
        """
        from analysis.text.tokenize import tokenize

        if isinstance(texts, str):
            raise InputError(message("`texts` is one text", got=texts, expected="a list of texts"))
        cut = tokenize(list(texts))
        table = type_table(cut.types, straight=self.straight)
        seg_first = cut.text_offsets.astype(np.int64)
        return score_tokens(cut.type_ids, cut.space_before, seg_first, table, _NO_TOKENS, Spellings()).score


def neutral_finder(corpus: Corpus, words: Sequence[str]) -> Finder | None:
    """Look up words and phrases that are not to count; None where there are none."""
    if not words:
        return None
    from analysis.terms.matching import finder
    from analysis.terms.patterns import pattern_of
    from analysis.terms.tokens import tokens

    return finder(tokens(corpus), pattern_of(list(words)))


def neutral_tokens(finder: Finder | None, batch: pa.RecordBatch, tokens: TokenBatch) -> npt.NDArray[np.bool_]:
    """Say which tokens are not to count; empty where all do."""
    if finder is None:
        return _NO_TOKENS
    hits = finder(batch, tokens)
    found = np.zeros(len(tokens.type_ids), np.bool_)
    for k in range(int(hits.length.max(initial=0))):
        found[hits.token[hits.length > k] + k] = True
    return found


@dataclass(frozen=True, eq=False)
class VaderScorer:
    """VADER in the numbers of one corpus."""

    table: TypeTable
    is_word: npt.NDArray[np.bool_]
    finder: Finder | None = None

    @cached_property
    def _kept(self) -> "Spellings":
        return Spellings()

    def __getstate__(self) -> dict[str, Any]:
        return {"table": self.table, "is_word": self.is_word, "finder": self.finder}

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns a batch must have."""
        more = self.finder.columns if self.finder is not None else ()
        return tuple(dict.fromkeys(("type_ids", "space_before", "seg_tokens", *more)))

    def __call__(self, batch: pa.RecordBatch, tokens: TokenBatch) -> SegmentScores:
        """Score every segment."""
        off = neutral_tokens(self.finder, batch, tokens)
        found = score_tokens(tokens.type_ids, tokens.spaces, tokens.seg_first, self.table, off, self._kept)
        return SegmentScores(found.score, found.hits, n_words(tokens, self.is_word))

    def marks(self, batch: pa.RecordBatch, tokens: TokenBatch) -> Marks:
        """Give the words that added to the sums, with what they added."""
        off = neutral_tokens(self.finder, batch, tokens)
        found = score_tokens(
            tokens.type_ids, tokens.spaces, tokens.seg_first, self.table, off, self._kept, values=True
        )
        past = np.append(found.first[1:], len(tokens.type_ids))
        ends = tokens.seg_first[np.searchsorted(tokens.seg_first, found.first, side="right")]
        some = np.flatnonzero(found.values)
        return Marks(
            found.first[some],
            (np.minimum(past, ends) - found.first)[some].astype(np.int32),
            found.values[some],
        )


class Scored(NamedTuple):
    """Scores by segment; first token and value (where asked for) by word."""

    score: npt.NDArray[np.float64]
    hits: npt.NDArray[np.int32]
    first: Longs
    values: npt.NDArray[np.float64]


def score_tokens(
    type_ids: npt.NDArray[np.int32],
    space_before: npt.NDArray[np.bool_],
    seg_first: Longs,
    table: TypeTable,
    neutral: npt.NDArray[np.bool_],
    spellings: "Spellings",
    *,
    values: bool = False,
) -> Scored:
    """Score segments given as tokens: `type_ids[seg_first[i]:seg_first[i + 1]]` is segment i."""
    from analysis.sentiment import vader_kernel as kernel

    n_tokens, n = len(type_ids), len(seg_first) - 1
    words, first = np.empty(n_tokens, np.int32), np.empty(n_tokens, np.int64)
    seg_words = np.empty(n + 1, np.int64)
    excl, quest = np.empty(n, np.int64), np.empty(n, np.int64)
    odd_first, odd_n = np.empty(n_tokens, np.int64), np.empty(n_tokens, np.int32)
    odd_key = np.empty(n_tokens, np.uint64)
    n_words, n_odd = kernel.words_of(
        type_ids, space_before, seg_first, table.kind, table.short, table.alone, table.excl, table.quest,
        neutral, words, first, seg_words, excl, quest, odd_first, odd_n, odd_key,
    )  # fmt: skip
    odd = spellings.look_up(type_ids, odd_first[:n_odd], odd_n[:n_odd], odd_key[:n_odd], table)
    score, hits = np.empty(n), np.empty(n, np.int32)
    added = np.zeros(n_words if values else 0)
    known_words = known()
    kernel.scores(
        words, seg_words, excl, quest, *odd, known_words.valence, known_words.boost, known_words.flags,
        known_words.code, known_words.pairs, known_words.triples, known_words.dampers, COMPENSATED, score, hits,
        added,
    )  # fmt: skip
    return Scored(score, hits, first[:n_words], added)


class Spellings:
    """The words of what is spelled from several types, each spelling cut once while they are kept.

    Attributes
    ----------
    place
        The number of a spelling by the hash of its types.
    words, excl, quest
        By number: its words, and the marks its emojis' names add.
    """

    def __init__(self) -> None:
        self.place: dict[int, int] = {}
        self.words: list[list[int]] = []
        self.excl: list[int] = []
        self.quest: list[int] = []

    def look_up(
        self,
        type_ids: npt.NDArray[np.int32],
        first: Longs,
        n: npt.NDArray[np.int32],
        key: Any,
        table: TypeTable,
    ) -> tuple[Any, ...]:
        """Give the arrays `vader_kernel.scores` asks for: which spelling each is, and what the spellings are."""
        keys, shown, of = np.unique(key, return_index=True, return_inverse=True)
        if len(self.words) > _KEPT:
            self.__init__()  # type: ignore[misc]
        every = keys.tolist()
        new = [i for i, k in enumerate(every) if k not in self.place]
        for i, spelling in zip(new, _texts(type_ids, first[shown[new]], n[shown[new]], table), strict=True):
            words, excl, quest = spelled_out(spelling)
            self.place[every[i]] = len(self.words)
            self.words.append(words)
            self.excl.append(excl)
            self.quest.append(quest)
        own = [self.place[k] for k in every]
        found = [self.words[i] for i in own]
        bounds = np.cumsum([0, *map(len, found)], dtype=np.int64)
        flat = np.fromiter(chain.from_iterable(found), np.int32, int(bounds[-1]))
        more = [np.array([marks[i] for i in own], np.int64) for marks in (self.excl, self.quest)]
        return of.astype(np.int64), bounds, flat, *more


def _texts(
    type_ids: npt.NDArray[np.int32], first: Longs, n: npt.NDArray[np.int32], table: TypeTable
) -> Iterator[str]:
    """Put the forms of some runs of tokens together."""
    at = np.repeat(first - np.concatenate([[0], np.cumsum(n)[:-1]]), n) + np.arange(int(n.sum()))
    distinct, place = np.unique(type_ids[at], return_inverse=True)
    spelled = [plain(f, straight=table.straight) for f in table.forms.take(pa.array(distinct)).to_pylist()]
    pieces = [spelled[k] for k in place.tolist()]
    bounds = np.concatenate([[0], np.cumsum(n)]).tolist()
    for a, b in pairwise(bounds):
        yield "".join(pieces[a:b])
