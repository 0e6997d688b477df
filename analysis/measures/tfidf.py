"""Which terms stand out in an article or a group: frequency there, weighed down by how common they are elsewhere.

Not for testing differences (keyness test), nor as input of models (`dtm`).
"""

from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.errors import InputError, message
from analysis.result import Result, Traced
from analysis.terms.dtm import article_groups, dtm
from analysis.terms.groups import grouping

if TYPE_CHECKING:
    from analysis.terms.tokens import Tokens


def tf_idf(
    tokens: "Tokens", *, across: str | None = None, min_doc_freq: int = 1, top: int | None = 10
) -> Result:
    """Rank the terms of every article, or of every group of articles, by tf-idf.

    Not for groups that are few: with two, a term is either in both (0) or in one.

    Parameters
    ----------
    tokens
        Articles and recipe.
    across
        A field whose values are the documents (outlet, section, ...); None: every article is one.
    min_doc_freq
        Leave out terms in fewer articles (1 or more).
    top
        Terms of each document, the highest first (1 or more); None for all.

    Returns
    -------
    Result
        `document` (str: the doc_id, or the value of the field, null where it is empty), `term` (str), `term_freq`
        (int64, occurrences in the document), `n_words` (int64, its words and numbers in scope, before anything is left
        out), `doc_freq` (int64, documents that have the term), `n_docs` (int64, documents), `tf` (float64, term_freq /
        n_words), `idf` (float64, ln(n_docs / doc_freq)), `tf_idf` (float64, their product). By document, then the
        highest first, then by term.

    Raises
    ------
    InputError, UnknownNameError, SelectionError
        A parameter is not as said here; no terms are left.

    Notes
    -----
    Goes through `dtm`. Spärck Jones (1972); Salton & Buckley (1988).
    """
    if top is not None and (isinstance(top, bool) or not isinstance(top, int) or top < 1):
        raise InputError(message("`top`", got=top, expected="a whole number of at least 1, or None"))
    import pandas as pd

    made = dtm(tokens, min_doc_freq=min_doc_freq)
    counts, n_words, names = made.counts, made.n_words, np.array(made.doc_ids, dtype=object)
    if across is not None:
        counts, n_words, names = _grouped(tokens, across, made)
    n_docs = counts.shape[0]
    doc_freq = np.bincount(counts.indices, minlength=counts.shape[1])
    row = np.repeat(np.arange(n_docs), np.diff(counts.indptr))
    tf = counts.data / n_words[row]
    idf = np.log(n_docs / np.maximum(doc_freq, 1))
    score = tf * idf[counts.indices]
    order = np.lexsort((counts.indices, -score, row))
    if top is not None:
        starts = np.repeat(counts.indptr[:-1], np.diff(counts.indptr))
        order = order[(np.arange(len(order)) - starts) < top]
    row, column = row[order], counts.indices[order]
    table = pd.DataFrame(
        {
            "document": pd.Series(names[row], dtype="str"),
            "term": pd.Series(made.vocabulary.take(column).to_pylist(), dtype="str"),
            "term_freq": counts.data[order].astype("int64"),
            "n_words": n_words[row].astype("int64"),
            "doc_freq": doc_freq[column].astype("int64"),
            "n_docs": np.full(len(row), n_docs, dtype="int64"),
            "tf": tf[order],
            "idf": idf[column],
            "tf_idf": score[order],
        }
    )
    return Result(
        kind="tf_idf",
        table=table,
        unit="tf-idf",
        params={**tokens.params, "across": across, "min_doc_freq": min_doc_freq, "top": top},
        corpus_fingerprint=tokens.corpus_fingerprint,
        notes=(f"{n_docs:,} documents: every term in all of them has 0.",),
        source=Traced(tokens.corpus, tokens),
    )


def _grouped(tokens: "Tokens", across: str, made: Any) -> tuple[Any, Any, Any]:
    """Sum the rows of each group."""
    from scipy.sparse import csr_array

    groups, _ = grouping(tokens.corpus, across=across, by=None)
    group = article_groups(tokens.corpus, groups)
    n = len(group)
    sums = csr_array((np.ones(n, np.int64), (group, np.arange(n))), shape=(len(groups), n))
    counts = (sums @ made.counts.astype(np.int64)).tocsr()
    counts.sort_indices()
    return counts, sums @ made.n_words, np.array(groups.values, dtype=object)
