"""How firmly each topic stands: its likeness in every refit. Not for fitting or matching them (`stability`)."""

from typing import TYPE_CHECKING

import numpy as np

from analysis.errors import InputError, SelectionError, message
from analysis.result import Result, Traced
from analysis.topics.naming import head, stability_note
from analysis.topics.order import distinctive, first
from analysis.topics.stability import FOUND, SAME, TOP, jaccard
from analysis.topics.terms import described

if TYPE_CHECKING:
    from analysis.topics.model import TopicModel


def topic_stability(model: "TopicModel") -> Result:
    """Set every topic beside its match in every refit.

    Parameters
    ----------
    model
        From `fit_topics`, with refits.

    Returns
    -------
    Result
        Kind `topic_stability`, one row a topic and refit: topic, label, stable, found_in, of (as in `topic_terms`);
        refit (int64, from 1); similarity (float64, 0 to 1: Jaccard of the ten first terms with those of its match);
        found (bool, similarity of .5 or more, seven terms of ten); terms_lost (str, the topic's first terms that are
        not among its match's).

    Raises
    ------
    SelectionError
        The model was fitted without resamples.
    """
    from analysis.topics.model import TopicModel

    if not isinstance(model, TopicModel):
        raise InputError(message("`model`", got=type(model).__name__, expected="a TopicModel"))
    if model.refits is None:
        raise SelectionError(
            message("Stability was not checked", expected="refits", hint="Fit with `n_resamples=10`.")
        )
    own = first(distinctive(model.topic_word, model.doc_freq, model.n_docs), TOP)
    tops = [first(distinctive(r.astype(np.float64), model.doc_freq, model.n_docs), TOP) for r in model.refits]
    similar = np.array([jaccard(own, t, len(model.terms)).diagonal() for t in tops])
    n, k = similar.shape
    table = head(model, np.repeat(np.arange(k), n))
    table["refit"] = np.tile(np.arange(1, n + 1, dtype=np.int64), k)
    table["similarity"] = similar.T.ravel()
    table["found"] = table["similarity"] >= SAME
    table["terms_lost"] = [
        ", ".join(model.terms[i] for i in own[j] if i not in set(tops[r][j].tolist()))
        for j in range(k)
        for r in range(n)
    ]
    return Result(
        kind="topic_stability",
        table=table.astype({"terms_lost": "str"}),
        unit="Jaccard of the ten first terms",
        params={**described(model), "same": SAME, "found": FOUND},
        corpus_fingerprint=model.corpus_fingerprint,
        notes=stability_note(model),
        source=None if model.tokens is None else Traced(model.tokens.corpus, model),
    )
