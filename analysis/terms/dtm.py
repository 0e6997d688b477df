"""Documents by terms: how often each term stands in each article, as a sparse matrix.

Not for rates and comparisons: those are measures. Memory grows with the articles; the count of one term over all of
them is a fold and does not.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.corpus.handle import Corpus
from analysis.errors import InputError, SelectionError, message
from analysis.terms.dtm_rows import columns_kept, count_part, joined
from analysis.terms.grams import bits_of, merged, places_in, spelled
from analysis.terms.groups import Grouping
from analysis.terms.stream import Ints, Longs, streamer
from analysis.terms.tokens import Tokens

if TYPE_CHECKING:
    import pandas as pd

_MOST_CELLS = 50_000_000  # of a frame: 400 MB


@dataclass(frozen=True, eq=False)
class Dtm:
    """Articles x terms.

    Attributes
    ----------
    doc_ids
        list of str, sorted; every article of the selection, those without any term too.
    vocabulary
        Arrow array of str: the terms, sorted by code point.
    counts
        scipy.sparse.csr_array, int32, n_docs x n_terms: occurrences; column numbers sorted within rows.
    n_words
        int64 by article: words and numbers in scope of voice and part, before anything was left out.
    n_tokens_kept
        int64 by article: occurrences of all terms of the recipe, before trimming.
    params, corpus_fingerprint
        For the signature of what is made from it.
    """

    doc_ids: list[str]
    vocabulary: pa.Array
    counts: Any
    n_words: Longs
    n_tokens_kept: Longs
    params: dict[str, Any]
    corpus_fingerprint: str

    @cached_property
    def terms(self) -> list[str]:
        """The terms, sorted; n-grams have a space between their terms."""
        return list(self.vocabulary.to_pylist())

    @cached_property
    def doc_freq(self) -> Longs:
        """int64 by term: articles that have it."""
        return np.bincount(self.counts.indices, minlength=self.counts.shape[1]).astype(np.int64)

    @cached_property
    def term_freq(self) -> Longs:
        """int64 by term: occurrences."""
        sums = np.bincount(self.counts.indices, weights=self.counts.data, minlength=self.counts.shape[1])
        return sums.astype(np.int64)

    def trim(self, *, min_doc_freq: int = 1, min_term_freq: int = 1, max_doc_share: float = 1.0) -> "Dtm":
        """Leave out rare terms and common ones; `n_words` stays what it was.

        Parameters
        ----------
        min_doc_freq, min_term_freq
            Fewest articles, and fewest occurrences (1 or more).
        max_doc_share
            Largest share of the articles (above 0, at most 1).

        Raises
        ------
        SelectionError
            No term is left.
        """
        check_trimming(min_doc_freq, min_term_freq, max_doc_share)
        if (min_doc_freq, min_term_freq, max_doc_share) == (1, 1, 1.0):
            return self
        keep = (self.doc_freq >= min_doc_freq) & (self.doc_freq <= max_doc_share * len(self.doc_ids))
        if min_term_freq > 1:
            keep &= self.term_freq >= min_term_freq
        if not keep.any() and len(keep):
            raise SelectionError(
                message(
                    "trimming leaves no terms",
                    got=f"{len(keep):,} terms, the commonest in {int(self.doc_freq.max()):,} articles",
                    hint="Lower `min_doc_freq` or `min_term_freq`, or raise `max_doc_share`.",
                )
            )
        given = {"min_doc_freq": min_doc_freq, "min_term_freq": min_term_freq, "max_doc_share": max_doc_share}
        return replace(
            self,
            vocabulary=self.vocabulary.filter(pa.array(keep)),
            counts=columns_kept(self.counts, keep),
            params={**self.params, **{k: v for k, v in given.items() if v != 1}},
        )

    def frame(self) -> "pd.DataFrame":
        """Give a table: one row an article (index doc_id), one column a term, int32.

        Raises
        ------
        InputError
            The table would have more than 50 million cells.
        """
        import pandas as pd

        cells = self.counts.shape[0] * self.counts.shape[1]
        if cells > _MOST_CELLS:
            raise InputError(
                message(
                    "the table would be too large",
                    got=f"{self.counts.shape[0]:,} articles x {self.counts.shape[1]:,} terms",
                    expected=f"at most {_MOST_CELLS:,} cells",
                    hint="Trim it (min_doc_freq=), or work with `.counts`, `.pairs()` or `.batches()`.",
                )
            )
        index = pd.Index(self.doc_ids, name="doc_id", dtype="str")
        return pd.DataFrame(self.counts.toarray(), index=index, columns=self.terms)

    def pairs(self) -> Iterator[list[tuple[int, int]]]:
        """Give (column, occurrences) of each article in turn, as gensim wants them."""
        indptr, indices, data = self.counts.indptr, self.counts.indices, self.counts.data
        for start, end in pairwise(indptr.tolist()):
            yield list(zip(indices[start:end].tolist(), data[start:end].tolist(), strict=True))

    def batches(self, size: int = 4096) -> Iterator[tuple[list[str], Any]]:
        """Give the ids and rows of some articles at a time."""
        if isinstance(size, bool) or not isinstance(size, int) or size < 1:
            raise InputError(message("`size`", got=size, expected="1 or more articles"))
        for start in range(0, len(self.doc_ids), size):
            yield self.doc_ids[start : start + size], self.counts[start : start + size]

    def __repr__(self) -> str:
        return f"<Dtm: {self.counts.shape[0]:,} articles x {self.counts.shape[1]:,} terms>"


def dtm(tokens: Tokens, *, min_doc_freq: int = 1, min_term_freq: int = 1, max_doc_share: float = 1.0) -> Dtm:
    """Count every term in every article.

    Parameters
    ----------
    tokens
        Articles and recipe.
    min_doc_freq, min_term_freq, max_doc_share
        As for `Dtm.trim`.

    Returns
    -------
    Dtm
        Terms that occur in the selection and pass the trimming. Rows sorted by doc_id, terms by code point.

    Raises
    ------
    SelectionError
        The recipe or the trimming leaves no terms.

    Notes
    -----
    One pass. The result holds 8 bytes for each pair of article and term.
    """
    check_trimming(min_doc_freq, min_term_freq, max_doc_share)
    streams = streamer(tokens)
    corpus = tokens.corpus
    view = corpus.view("doc_id", *streams.columns)
    ngrams, terms = tokens.recipe.ngrams, tokens.vocabulary.terms
    bits = 0 if ngrams == (1,) else bits_of(len(terms), ngrams)
    count = partial(count_part, streamer=streams, bits=bits, view=view)
    every = [r for found in corpus.engine.map(count, corpus.parts(), label="counting terms") for r in found]
    if bits:
        codes = merged([r.codes for r in every if r.codes is not None])
        numbers = [places_in(r.codes, codes) for r in every if r.codes is not None]
        vocabulary = spelled(codes, terms, bits, max(ngrams))
    else:
        used = np.zeros(len(terms), np.bool_)
        for rows in every:
            used[rows.indices] = True
        numbers = [] if used.all() else [np.cumsum(used, dtype=np.int32) - np.int32(1)] * len(every)
        vocabulary = terms.filter(pa.array(used))
    ids, table, n_words, n_kept = joined(every, numbers, len(vocabulary))
    made = Dtm(
        doc_ids=ids,
        vocabulary=vocabulary,
        counts=table,
        n_words=n_words,
        n_tokens_kept=n_kept,
        params=tokens.params,
        corpus_fingerprint=tokens.corpus_fingerprint,
    )
    return made.trim(min_doc_freq=min_doc_freq, min_term_freq=min_term_freq, max_doc_share=max_doc_share)


def article_fields(corpus: Corpus | Tokens, *names: str) -> "pd.DataFrame":
    """Give fields of the selected articles, sorted by doc_id like the rows of a Dtm, for grouping.

    Returns
    -------
    DataFrame
        `doc_id` (str) and the fields asked for.
    """
    selected = corpus.corpus if isinstance(corpus, Tokens) else corpus
    return selected.articles(names)


def article_groups(corpus: Corpus, groups: Grouping) -> Ints:
    """Give the group of each article, sorted by doc_id like the rows of a Dtm; -1 where it has none."""
    found = [(b.column(0), groups.of(b)) for b in corpus.scan("doc_id", *groups.columns)]
    if not found:
        return np.empty(0, np.int32)
    order = pc.sort_indices(pa.chunked_array([ids.cast(pa.binary()) for ids, _ in found])).to_numpy()
    joined: Ints = np.concatenate([g for _, g in found])[order]
    return joined


def check_trimming(min_doc_freq: int, min_term_freq: int, max_doc_share: float) -> None:
    """Raise InputError where a bound is none."""
    for name, value in (("min_doc_freq", min_doc_freq), ("min_term_freq", min_term_freq)):
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise InputError(message(f"`{name}`", got=value, expected="a whole number of at least 1"))
    if (
        isinstance(max_doc_share, bool)
        or not isinstance(max_doc_share, int | float)
        or not 0 < max_doc_share <= 1
    ):
        raise InputError(message("`max_doc_share`", got=max_doc_share, expected="above 0, at most 1"))
