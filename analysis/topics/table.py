"""All topics of a model in one table: how large, how firm, how coherent, and what to be careful with.

Not for their terms (`terms`), articles (`articles`) or lines over time (`topic_share`).
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.result import Result, Traced
from analysis.stats import topic_terms as scores
from analysis.topics.coherence import coherences
from analysis.topics.held import held
from analysis.topics.junk import signs
from analysis.topics.naming import head, stability_note
from analysis.topics.terms import described, first_terms, suggested

if TYPE_CHECKING:
    from analysis.topics.model import TopicModel


def topic_table(model: "TopicModel") -> Result:
    """Describe every topic in a row.

    Parameters
    ----------
    model
        From `fit_topics`, with its corpus.

    Returns
    -------
    Result
        Kind `topic_table`, one row a topic, the largest first:

        topic, label, stable, found_in, of
            int64, str, boolean, Int64, Int64; the last three null where stability was not checked.
        similarity
            float64, mean Jaccard of its ten first terms with those of its match in the refits.
        share
            float64, of the words of the corpus that the model knows, 0 to 1.
        n_docs
            int64, articles in which no other topic is larger.
        terms
            str, the ten most telling.
        suggested
            str, a label to start from.
        npmi, npmi_window, c_v
            float64, coherence of the ten: in articles, in windows of 10 words, and C_V (110), as gensim's.
        exclusivity
            float64, mean share of these terms' probability that is this topic's.
        nearest, nearest_cosine
            Int64 and float64: the topic most like it, and the cosine of their probabilities.
        look_at
            str, signs of a topic that is not about anything, "" where there are none; see `junk`.

        The words that fit no topic are in a note.

    Raises
    ------
    InputError, SelectionError
        No model, or one without its articles.

    Notes
    -----
    Folds the articles in once a model, and reads the token ids once for coherence. Formulas:
    docs/methods-topics-choice.md.
    """
    have = held(model)
    k = model.n_topics
    first = first_terms(model)
    assert model.tokens is not None  # `held` asked for it
    npmi, window, c_v = coherences(model.tokens, have.counts, first)
    nearest, cosine = scores.nearest_topic(model.topic_word)
    table = head(model)
    table["similarity"] = (
        model.stability.set_index("topic")["similarity"].reindex(range(k)).to_numpy(dtype=float)
    )
    total = float(have.words.sum())
    table["share"] = have.words[:, :k].sum(axis=0) / total if total else np.nan
    known = have.counts.n_words > 0
    table["n_docs"] = np.bincount(have.shares[known].argmax(axis=1), minlength=k + 1)[:k].astype(np.int64)
    table["terms"] = pd.array(
        [", ".join(model.terms[i] for i in row if i >= 0) for row in first], dtype="str"
    )
    table["suggested"] = pd.array(suggested(model), dtype="str")
    table["npmi"], table["npmi_window"], table["c_v"] = npmi, window, c_v
    table["exclusivity"] = scores.topic_exclusivity(model.topic_word, first)
    table["nearest"] = pd.array(nearest, dtype="Int64")
    table.loc[nearest < 0, "nearest"] = pd.NA
    table["nearest_cosine"] = cosine
    table["look_at"] = pd.array(signs(model).said, dtype="str")
    table = table.sort_values(["share", "topic"], ascending=[False, True]).reset_index(drop=True)
    loose = float(have.words[:, k].sum()) / total if total else float("nan")
    unknown = int((~known).sum())
    notes = [
        *stability_note(model),
        f"{loose:.1%} of the words fit no topic better than the language of the whole corpus (unassigned).",
    ]
    if unknown:
        notes.append(f"{unknown:,} articles have no term of the model and are unassigned as a whole.")
    return Result(
        kind="topic_table",
        table=table,
        unit="share of words",
        params=described(model),
        corpus_fingerprint=model.corpus_fingerprint,
        notes=(*notes, *model.notes),
        source=Traced(have.corpus, model),
    )
