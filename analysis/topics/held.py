"""The articles of a model as it sees them: counts, shares, corpus. Found once for all descriptions of one model.

Not for new articles (`TopicModel.transform`, `drift`).
"""

from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from analysis.errors import InputError, SelectionError, message
from analysis.stats.checks import Floats, Ints
from analysis.topics.matrix import Counts, counts_of

if TYPE_CHECKING:
    from analysis.corpus.handle import Corpus
    from analysis.topics.model import TopicModel


class Held(NamedTuple):
    """What the descriptions of a model are made from.

    Attributes
    ----------
    corpus
        The articles.
    counts
        Of the model's terms; rows by doc_id.
    shares
        (n_docs, n_topics + 1) float64, the unassigned last.
    words
        The same in words: shares x words of the article.
    mixed, parts, within
        Of the parts the articles were mixed from: their shares (n_docs, n_parts), distributions (n_parts, n_terms), and
        the topic each belongs to. Topics and the background, but for merged topics, which have several.
    """

    corpus: "Corpus"
    counts: Counts
    shares: Floats
    words: Floats
    mixed: Floats
    parts: Floats
    within: Ints


# A description needs the shares of all articles; the next of the same model should not fold them in again. Entries go
# when their model does.
_KEPT: "WeakKeyDictionary[TopicModel, Held]" = WeakKeyDictionary()


def held(model: "TopicModel") -> Held:
    """Give the articles of a model with their shares.

    Raises
    ------
    InputError, SelectionError
        This is no model; it has no articles at hand (`attach`).
    """
    from analysis.topics.model import TopicModel

    if not isinstance(model, TopicModel):
        raise InputError(
            message("`model`", got=type(model).__name__, expected="a TopicModel", hint="See `fit_topics`.")
        )
    if model.tokens is None:
        raise SelectionError(
            message(
                "The articles of this model are not at hand",
                expected=f"the corpus with the fingerprint {model.corpus_fingerprint!r}",
                hint="Give it its corpus: `model.attach(corpus)`.",
            )
        )
    if model not in _KEPT:
        counts = counts_of(model.tokens, model.terms)
        mixed, parts, within = model.mixture(counts.table)
        shares = np.zeros((len(mixed), model.n_topics + 1))
        np.add.at(shares.T, within, mixed.T)
        words = shares * counts.n_words[:, None].astype(np.float64)
        _KEPT[model] = Held(model.tokens.corpus, counts, shares, words, mixed, parts, within)
    return _KEPT[model]
