"""Counts of a model's terms in articles: the matrix topics are fitted to, and the one they are measured in.

Not for weights (`engines.weighting`) and not for shares (`fold`).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.errors import SelectionError, message
from analysis.series.source import fields_of
from analysis.terms.dtm import dtm
from analysis.terms.tokens import Tokens

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Counts:
    """Articles x terms.

    Attributes
    ----------
    doc_ids
        Sorted; every article, those without a term too.
    terms
        Sorted.
    table
        scipy.sparse.csr_array of int32.
    """

    doc_ids: tuple[str, ...]
    terms: tuple[str, ...]
    table: Any

    @property
    def n_words(self) -> Ints:
        """int64 by article: its words among the terms."""
        found: Ints = np.asarray(self.table.sum(axis=1), dtype=np.int64).ravel()
        return found


def counts_to_fit(tokens: Tokens, *, min_doc_freq: int | None, max_doc_share: float) -> Counts:
    """Count the terms that topics are to be made of; without `min_doc_freq`, those of an article in 200 (5 to 20).

    Raises
    ------
    SelectionError
        No term is left, or there are no articles.
    """
    made = dtm(tokens)
    if not made.doc_ids or not len(made.vocabulary):
        raise SelectionError(
            message(
                "There is nothing to find topics in",
                got=f"{len(made.doc_ids):,} articles and {len(made.vocabulary):,} terms",
                expected="articles with terms",
                hint="Look at the conditions of the corpus and at what the recipe leaves out.",
            )
        )
    if min_doc_freq is None:
        min_doc_freq = least_doc_freq(len(made.doc_ids))
    made = made.trim(min_doc_freq=min_doc_freq, max_doc_share=max_doc_share)
    return Counts(tuple(made.doc_ids), tuple(made.terms), made.counts)


def least_doc_freq(n_docs: int) -> int:
    """Give the fewest articles of a term, by default: one in 200, at least 5, at most 20."""
    return min(max(n_docs // 200, 5), 20)


def counts_of(tokens: Tokens, terms: tuple[str, ...]) -> Counts:
    """Count these terms in the articles of any corpus; those it does not have are 0."""
    from scipy.sparse import csr_array

    made = dtm(tokens)
    place = pc.index_in(made.vocabulary.cast(pa.string()), value_set=pa.array(terms, pa.string()))
    number = pc.fill_null(place, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    kept = number[made.counts.indices] >= 0
    before = np.concatenate([[0], np.cumsum(kept)])
    table = csr_array(
        (
            made.counts.data[kept],
            number[made.counts.indices[kept]].astype(np.int32),
            before[made.counts.indptr].astype(made.counts.indptr.dtype),
        ),
        shape=(len(made.doc_ids), len(terms)),
    )
    return Counts(tuple(made.doc_ids), terms, table)


def stories_of(tokens: Tokens) -> Ints:
    """Number the story of each article, by doc_id; an article without one is its own."""
    names = fields_of(tokens.corpus, [])["story_id"].to_numpy(dtype=object).astype(str)
    found: Ints = np.unique(names, return_inverse=True)[1].astype(np.int64)
    return found
