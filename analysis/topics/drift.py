"""How well the topics of a model still fit: what in new articles no topic says, by period and outlet.

Not a test: a share of unassigned words grows with new events, new outlets and other languages alike. It says where to
read, and when to fit anew.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.corpus.handle import Corpus
from analysis.errors import SelectionError, message
from analysis.result import Result, Traced
from analysis.stats.checks import Floats, Ints
from analysis.stats.mixture import word_probabilities
from analysis.terms.dtm import article_groups, dtm
from analysis.terms.groups import grouping, undated_note
from analysis.topics.grouped import NO_NAME
from analysis.topics.matrix import Counts, counts_of
from analysis.topics.terms import described

if TYPE_CHECKING:
    from analysis.terms.tokens import Tokens
    from analysis.topics.model import TopicModel

FLOOR = 0.05  # of the background, as in `stats.mixture.completion`


def topic_drift(
    model: "TopicModel",
    articles: "Corpus | Tokens",
    *,
    by: str | None = "month",
    across: str | None = "outlet",
) -> Result:
    """Measure how much of some articles fits no topic of a model.

    Parameters
    ----------
    model
        From `fit_topics` or `open_topics`; it is not changed.
    articles
        New ones, or those it was fitted to for comparison: a Corpus, or tokens of the model's recipe.
    by, across
        Period and field to divide by; None for undivided.

    Returns
    -------
    Result
        Kind `topic_drift`, one row a value and period with articles, by value, then period:

        group, period
            str; null where not asked for.
        n_docs, n_unknown
            int64: articles; those without any term of the model.
        n_words
            int64: occurrences of terms of the recipe.
        unassigned
            float64, 0 to 1: share of these words that no topic explains: those outside the model's vocabulary, and
            those inside that the language of the whole corpus explains better than any topic.
        outside
            float64, 0 to 1: the first part alone.
        surprise
            float64: mean of -log2 P(word) of the words inside, in bits; higher is a worse fit.

    Raises
    ------
    InputError, SelectionError
        Neither corpus nor tokens; another recipe; no articles.

    Notes
    -----
    Rare terms were left out when the model was fitted, so that `outside` is above 0 for its own articles too: compare
    with `topic_drift(model, corpus)` of those.
    """
    tokens = model.tokens_of(articles)
    counts, shares, parts, loose_words, kept = _fit_of(model, tokens)
    p = (1 - FLOOR) * word_probabilities(counts.table, shares, parts)
    p += FLOOR * model.background[counts.table.indices]
    bits = -np.log2(np.maximum(p, 1e-300)) * counts.table.data.astype(np.float64)
    row = np.repeat(np.arange(len(counts.doc_ids)), np.diff(counts.table.indptr))
    inside = counts.n_words.astype(np.float64)
    groups, undated = grouping(tokens.corpus, across=across, by=by)
    code = np.asarray(article_groups(tokens.corpus, groups), dtype=np.int64)

    def total(values: Floats) -> Floats:
        own = code >= 0
        return _summed(code[own], values[own], len(groups))

    words, known = total(kept), total(inside)
    n_docs = total(np.ones(len(code)))
    loose = total(loose_words)
    labels = groups.labels()
    table = pd.DataFrame(
        {
            "group": pd.array(
                [(NO_NAME if v is None else v) if across else None for v, _ in labels], dtype="str"
            ),
            "period": pd.array([period for _, period in labels], dtype="str"),
            "n_docs": n_docs.astype(np.int64),
            "n_unknown": total((inside == 0).astype(np.float64)).astype(np.int64),
            "n_words": words.astype(np.int64),
            "unassigned": _ratio(loose, words),
            "outside": _ratio(words - known, words),
            "surprise": _ratio(total(_summed(row, bits, len(code))), known),
        }
    )
    table = table[table["n_docs"] > 0]
    own = tokens.corpus_fingerprint == model.corpus_fingerprint
    return Result(
        kind="topic_drift",
        table=table,
        unit="share of words",
        params={**described(model), "fitted_to": model.corpus_fingerprint, "by": by, "across": across},
        corpus_fingerprint=tokens.corpus_fingerprint,
        notes=(
            "These are the articles the topics were fitted to."
            if own
            else "These are not the articles the topics were fitted to; no topic was moved.",
            f"{_ratio(loose.sum(keepdims=True), words.sum(keepdims=True))[0]:.1%} of all words fit no topic.",
            *undated_note(undated, by),
        ),
        source=Traced(tokens.corpus, tokens, {"model": model}),
    )


def unassigned(model: "TopicModel", tokens: "Tokens") -> tuple[list[str], Floats, Floats]:
    """Give the articles, sorted by id, with the words of each that no topic explains, and all its words."""
    counts, _, _, loose, kept = _fit_of(model, tokens)
    return list(counts.doc_ids), loose, kept


def _fit_of(model: "TopicModel", tokens: "Tokens") -> tuple[Counts, Floats, Floats, Floats, Floats]:
    """Counts, shares and parts of the articles; words of each that fit no topic, and all of them."""
    counts = counts_of(tokens, model.terms)
    if not counts.doc_ids:
        raise SelectionError(message("There are no articles", expected="articles to measure the topics in"))
    shares, parts, _ = model.mixture(counts.table)
    inside = counts.n_words.astype(np.float64)
    kept = dtm(tokens).n_tokens_kept.astype(np.float64)
    return counts, shares, parts, shares[:, -1] * inside + kept - inside, kept


def _summed(row: Ints, values: Floats, n: int) -> Floats:
    made: Floats = np.bincount(row, weights=values, minlength=n).astype(np.float64)
    return made


def _ratio(part: Floats, whole: Floats) -> Floats:
    made: Floats = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
    return made
