"""A lexicon: words, globs and phrases with a valence each; and the plainest instrument, the mean valence of its hits.

Not for rules of negation and emphasis (`vader`), nor for reading files (`lexicon_read`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.corpus.encoded import TokenBatch
from analysis.corpus.handle import Corpus
from analysis.errors import InputError, message
from analysis.fingerprint import canonical_json, content_hash
from analysis.sentiment.instrument import Marks, SegmentScores, n_words, word_types
from analysis.sentiment.news_words import neutral_params
from analysis.sentiment.vader import neutral_finder, neutral_tokens
from analysis.terms.forms import plain
from analysis.terms.matching import Finder, finder, lookup
from analysis.terms.patterns import Pattern, Phrase, parse
from analysis.terms.tokens import tokens

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Entry:
    """A term or pattern, its valence, and the line of the file it stands in (0 where it is of no file)."""

    pattern: str
    valence: float
    line: int = 0


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Terms with a valence each, and where they are from; made by `read_lexicon`.

    As an instrument, the score of a segment is the mean valence of its hits, 0 where it has none.

    Parameters
    ----------
    name
        What legends call it.
    entries
        The terms: words, `terror*`, "fed up"; case is ignored, ’ and ' are one.
    language
        Code of the language it is for (`en`), or of several; articles of others are refused.
    licence, citation
        As its makers say.
    neutral
        Words and phrases whose valence is not counted.

    Raises
    ------
    InputError
        No entries, a valence that is not a finite number, no language, or a term with two valences.
    """

    name: str
    entries: tuple[Entry, ...]
    language: str | tuple[str, ...]
    licence: str = ""
    citation: str = ""
    neutral: tuple[str, ...] = ()
    _phrases: dict[Phrase, float] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.entries:
            raise InputError(message(f"the lexicon {self.name!r} is empty", expected="terms with valences"))
        if not self.languages or not all(isinstance(c, str) and c for c in self.languages):
            raise InputError(
                message("`language` of a lexicon", got=self.language, expected="a code such as 'en' or 'ur'")
            )
        object.__setattr__(self, "_phrases", _spelled(self.name, self.entries))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is for."""
        return (self.language,) if isinstance(self.language, str) else tuple(self.language)

    @property
    def unit(self) -> str:
        """Its scale."""
        low, high = min(e.valence for e in self.entries), max(e.valence for e in self.entries)
        return f"mean segment score, {low:g} to {high:g}"

    @property
    def params(self) -> Mapping[str, Any]:
        """What it is, for a signature: its name, and a hash of its terms."""
        terms = sorted((" ".join(p), v) for p, v in self._phrases.items())
        digest = content_hash(canonical_json([list(t) for t in terms])).hex()[:12]
        found: dict[str, Any] = {"lexicon": f"{self.name} {len(self.entries)} terms #{digest}"}
        return {**found, **neutral_params(self.neutral)}

    @property
    def notes(self) -> tuple[str, ...]:
        """Where it is from."""
        said = "; ".join(s for s in (self.citation, self.licence and f"licence: {self.licence}") if s)
        return (f"Lexicon {self.name}: {said}.",) if said else ()

    def prepare(self, corpus: Corpus) -> "LexiconScorer":
        """Look its terms up among the forms of a corpus."""
        return prepared(self, corpus)

    def __len__(self) -> int:
        return len(self.entries)

    def __repr__(self) -> str:
        return f"<Lexicon {self.name}: {len(self.entries):,} terms, {', '.join(self.languages)}>"


def _spelled(name: str, entries: Sequence[Entry]) -> dict[Phrase, float]:
    """Give the valence of every spelling; one term with two valences is an error that names both places."""
    found: dict[Phrase, Entry] = {}
    for entry in entries:
        if not np.isfinite(entry.valence):
            raise InputError(message(f"the valence of {entry.pattern!r} is not a number", got=entry.valence))
        for phrase in parse(entry.pattern).phrases:
            low = tuple(plain(w) for w in phrase)
            before = found.get(low)
            if before is None:
                found[low] = entry
            elif before.valence != entry.valence:
                where = f" (lines {before.line} and {entry.line})" if entry.line else ""
                raise InputError(
                    message(
                        f"the term {' '.join(low)!r} of the lexicon {name!r} has two valences{where}",
                        got=f"{before.valence:g} and {entry.valence:g}",
                        expected="one valence a term",
                        hint="Leave one of them out.",
                    )
                )
    return {phrase: entry.valence for phrase, entry in found.items()}


@dataclass(frozen=True, eq=False)
class LexiconScorer:
    """A lexicon in the numbers of one corpus.

    Attributes
    ----------
    of_type
        float64 by type: the valence of what is written exactly so; NaN for other types.
    finder, values
        What finds globs and phrases, and the valence of each; None where there are none.
    off
        What finds words that are not to count.
    is_word
        bool by type.
    """

    of_type: Floats
    finder: Finder | None
    values: Floats
    off: Finder | None
    is_word: npt.NDArray[np.bool_]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns a batch must have."""
        more = [f.columns for f in (self.finder, self.off) if f is not None]
        return tuple(dict.fromkeys(("type_ids", "seg_tokens", *(c for columns in more for c in columns))))

    def __call__(self, batch: pa.RecordBatch, tokens: TokenBatch) -> SegmentScores:
        """Score every segment: the mean valence of its hits."""
        found = self.marks(batch, tokens)
        n = len(tokens.seg_tokens)
        segment = tokens.token_segment[found.token]
        hits = np.bincount(segment, minlength=n)
        total = np.bincount(segment, weights=found.value, minlength=n)
        score = np.divide(total, hits, out=np.zeros(n), where=hits > 0)
        return SegmentScores(score, hits.astype(np.int32), n_words(tokens, self.is_word))

    def marks(self, batch: pa.RecordBatch, tokens: TokenBatch) -> Marks:
        """Give the hits: phrases before their words, and a word as written before a glob."""
        value = self.of_type[tokens.type_ids]
        length = np.ones(len(value), np.int32)
        if self.finder is not None:
            hits = self.finder(batch, tokens)
            take = (hits.length > 1) | np.isnan(value[hits.token])
            at, size = hits.token[take], hits.length[take]
            for k in range(1, int(size.max(initial=1))):
                value[at[size > k] + k] = np.nan
            value[at], length[at] = self.values[hits.phrase[take]], size
        off = neutral_tokens(self.off, batch, tokens)
        if off.size:
            value[off] = np.nan
        some = np.flatnonzero(~np.isnan(value))
        return Marks(some, length[some], value[some])


def prepared(lexicon: Lexicon, corpus: Corpus) -> LexiconScorer:
    """Look the terms of a lexicon up: words as written all at once, globs and phrases one by one."""
    seen = tokens(corpus)
    forms = lookup(seen)
    phrases = lexicon._phrases
    plainly = {p[0]: v for p, v in phrases.items() if len(p) == 1 and _exact(p[0])}
    others = {p: v for p, v in phrases.items() if not (len(p) == 1 and _exact(p[0]))}
    words = pa.array(sorted(plainly), pa.string())
    worth = np.array([plainly[w] for w in words.to_pylist()] + [np.nan])
    of_type = np.full(len(forms.forms), np.nan)
    for coded in (forms.bare, forms.plain):  # the possessive of a word, unless it is a term of its own
        at = pc.fill_null(pc.index_in(coded.dictionary, value_set=words), len(worth) - 1)
        found = worth[at.to_numpy(zero_copy_only=False)][coded.indices.to_numpy(zero_copy_only=False)]
        of_type = np.where(np.isnan(found), of_type, found)
    ranked = sorted(others, key=lambda p: (-len(p), -len(" ".join(p)), p))
    wanted = finder(seen, Pattern(lexicon.name, tuple(ranked))) if ranked else None
    return LexiconScorer(
        of_type,
        wanted,
        np.array([others[p] for p in ranked]),
        neutral_finder(corpus, lexicon.neutral),
        word_types(corpus),
    )


def _exact(word: str) -> bool:
    """Say whether a word is looked up as it is: no star, and no letters that are folded by language."""
    return "*" not in word and not any("\u0600" <= c <= "\ufefc" for c in word)
