"""`TopicModel`: term distributions of topics, how far they hold still, and the shares they have in articles.

Frozen: folding in new articles moves nothing. Not for fitting (`fit`), for files (`files`) or for measuring over time
(`share`).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from analysis._version import __version__
from analysis.corpus.handle import Corpus
from analysis.errors import InputError, SelectionError, UnknownNameError, did_you_mean, message
from analysis.result.params import plain
from analysis.terms.recipe import Recipe
from analysis.terms.tokens import Tokens
from analysis.topics.fold import fold
from analysis.topics.matrix import Counts, counts_of
from analysis.topics.order import distinctive, first
from analysis.topics.shares import TopicShares

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False, kw_only=True)
class TopicModel:
    """Topics of a corpus; made by `fit_topics`, kept by `save`.

    Attributes
    ----------
    terms
        Sorted.
    topic_word
        float64, topics x terms: P(term | topic); rows sum to one.
    background
        float64 by term: the corpus's term distribution.
    doc_freq
        int64 by term: articles of the corpus that have it; `n_docs` of them were there.
    labels
        By topic, "" where there is none.
    method, params
        The engine, and every option that changes a number.
    recipe
        What became of the tokens.
    corpus_fingerprint
        Of the articles it was fitted to.
    stability
        DataFrame, one row a topic: `topic` (int64), `found_in` and `of` (int64: resamples it was found again in, and
        how many there were), `similarity` (float64: mean Jaccard of its ten top terms with its match, null without
        resamples), `stable` (bool).
    refits
        float32, resamples x topics x terms: the matched topics of each; None without.
    notes, facts
        What a reader must know; what the engine says of its own work (runs, passes, likelihood).
    base
        Of a model with merged topics: the one it was made from, and for each of that one's topics its number here.
        Shares are those of the parts, added up: a mean of two distributions explains neither's articles.
    tokens
        The articles, while they are at hand; not saved. See `attach`.
    """

    terms: tuple[str, ...]
    topic_word: Floats
    background: Floats
    doc_freq: Ints
    n_docs: int
    labels: tuple[str, ...]
    method: str
    params: Mapping[str, Any]
    recipe: Recipe
    corpus_fingerprint: str
    stability: "pd.DataFrame"
    refits: npt.NDArray[np.float32] | None = None
    notes: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    version: str = __version__
    tokens: Tokens | None = field(default=None, repr=False)
    base: "tuple[TopicModel, tuple[int, ...]] | None" = field(default=None, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "params", plain(self.params))
        object.__setattr__(self, "facts", plain(self.facts))
        for name in ("topic_word", "background", "doc_freq", "refits"):
            values = getattr(self, name)
            if values is not None:
                values = np.ascontiguousarray(values)
                values.flags.writeable = False
                object.__setattr__(self, name, values)

    @property
    def n_topics(self) -> int:
        """How many topics."""
        return int(self.topic_word.shape[0])

    @property
    def names(self) -> tuple[str, ...]:
        """What to call each topic: its label, else its number and its three first terms."""
        found = zip(self.labels, self.top_terms(3), strict=True)
        return tuple(label or f"{i}: {', '.join(words)}" for i, (label, words) in enumerate(found))

    def top_terms(self, n: int = 10) -> list[list[str]]:
        """Give the terms that tell each topic from the others, the most telling first; see `order.distinctive`."""
        if isinstance(n, bool) or not isinstance(n, int) or n < 1:
            raise InputError(message("`n`", got=n, expected="1 or more terms"))
        best = first(distinctive(self.topic_word, self.doc_freq, self.n_docs), n)
        return [[self.terms[i] for i in row] for row in best]

    def topic(self, number_or_label: int | str) -> int:
        """Give the number of a topic by its number or label.

        Raises
        ------
        UnknownNameError
            There is none; the nearest label is named.
        """
        asked = number_or_label
        if isinstance(asked, int | np.integer) and not isinstance(asked, bool):
            if 0 <= asked < self.n_topics:
                return int(asked)
        elif isinstance(asked, str) and asked and asked in self.labels:
            return self.labels.index(asked)
        known = [label for label in self.labels if label]
        expected = f"0 to {self.n_topics - 1}" + (", or one of " + ", ".join(known) if known else "")
        raise UnknownNameError(
            message("There is no such topic", got=asked, expected=expected, hint=did_you_mean(asked, known))
        )

    def shares(self, tokens: Tokens | None = None) -> TopicShares:
        """Give the shares of the topics in the articles it was fitted to, or in those of `tokens`.

        Raises
        ------
        SelectionError
            No articles are at hand (`attach`), or `tokens` has another recipe.
        """
        return self.transform(tokens) if tokens is not None else self.counted()[1]

    def counted(self) -> tuple[Counts, TopicShares]:
        """Give the counts and the shares of the articles it was fitted to; found once, and kept."""
        if self.tokens is None:
            raise SelectionError(
                message(
                    "The articles of this model are not at hand",
                    expected=f"the corpus with the fingerprint {self.corpus_fingerprint!r}",
                    hint="Give it its corpus: `model.attach(corpus)`.",
                )
            )
        return self._counted

    @cached_property
    def _counted(self) -> tuple[Counts, TopicShares]:
        counts = counts_of(self.tokens_of(self.tokens), self.terms)  # type: ignore[arg-type]
        return counts, self._shares(counts)

    def transform(self, articles: Tokens | Corpus) -> TopicShares:
        """Fold in any articles, new ones too; no topic moves.

        Raises
        ------
        InputError, SelectionError
            Neither tokens nor a corpus; tokens of another recipe.
        """
        return self._shares(counts_of(self.tokens_of(articles), self.terms))

    def attach(self, articles: Tokens | Corpus) -> Self:
        """Return the model with the articles it was fitted to.

        Raises
        ------
        InputError, SelectionError
            Neither tokens nor a corpus; another recipe; other articles (the message names both fingerprints).
        """
        tokens = self.tokens_of(articles)
        if tokens.corpus_fingerprint != self.corpus_fingerprint:
            raise SelectionError(
                message(
                    "This corpus is not the one the topics were fitted to",
                    got=tokens.corpus_fingerprint,
                    expected=f"the fingerprint {self.corpus_fingerprint!r}",
                    hint="Open the snapshot it was fitted to (`as_of=`) with the same `where`; to measure the topics "
                    "in other articles, use `model.transform(corpus)`.",
                )
            )
        return replace(self, tokens=tokens)

    def tokens_of(self, articles: Tokens | Corpus) -> Tokens:
        """See articles through the model's recipe; refuse tokens of another one."""
        if isinstance(articles, Corpus):
            return Tokens(articles, self.recipe)
        if not isinstance(articles, Tokens):
            raise InputError(
                message("`articles`", got=type(articles).__name__, expected="a Corpus or its tokens")
            )
        if articles.recipe != self.recipe:
            raise SelectionError(
                message(
                    f"These tokens have another recipe (corpus {articles.corpus_fingerprint}) than the topics "
                    f"(corpus {self.corpus_fingerprint})",
                    got=articles.recipe.params,
                    expected=f"{self.recipe.params}",
                    hint="Give the corpus itself: the model knows its recipe.",
                )
            )
        return articles

    def save(self, folder: str | os.PathLike[str]) -> None:
        """Write the model into a folder, as arrays, Parquet and JSON; the same model gives the same bytes."""
        from analysis.topics.files import save

        if self.base is not None:
            raise InputError(
                message(
                    "Merged topics are not saved by themselves",
                    expected="the folder of the model they were merged from, with its edits.csv",
                    hint="`open_topics(folder)` opens them as they are now.",
                )
            )
        save(self, folder)

    @classmethod
    def load(cls, folder: str | os.PathLike[str]) -> "TopicModel":
        """Read a saved model; `.attach(corpus)` gives it its articles again.

        Raises
        ------
        InputError
            There is no such folder.
        CorpusError
            It is no model, or its files were changed or damaged since.
        """
        from analysis.topics.files import load

        return load(folder)

    def __repr__(self) -> str:
        stable = f"{int(self.stability['stable'].sum())} stable" if self.refits is not None else "not tested"
        return f"<TopicModel {self.method}: {self.n_topics} topics ({stable}), {len(self.terms):,} terms>"

    def mixture(self, table: Any, refit: int | None = None) -> tuple[Floats, Floats, Ints]:
        """Give the shares of all parts in articles, the parts themselves, and the topic each belongs to.

        The last part is the background; `refit` takes the topics of that resample. Parts are topics, but for merged
        ones, which have several.
        """
        model, number = (self, tuple(range(self.n_topics))) if self.base is None else self.base
        refits = model.refits
        topics = model.topic_word if refit is None or refits is None else refits[refit].astype(np.float64)
        within = np.array([*number, self.n_topics], dtype=np.int64)
        return fold(table, topics, self.background), np.vstack([topics, self.background]), within

    def fold_in(self, table: Any, refit: int | None = None) -> Floats:
        """Give the shares of the topics in articles x terms, the unassigned last."""
        shares, _, within = self.mixture(table, refit)
        if self.base is None:
            return shares
        summed = np.zeros((len(shares), self.n_topics + 1))
        np.add.at(summed.T, within, shares.T)
        return summed

    def _shares(self, counts: Counts) -> TopicShares:
        shares = self.fold_in(counts.table)
        return TopicShares(counts.doc_ids, shares, counts.n_words, (*self.labels, "unassigned"))
