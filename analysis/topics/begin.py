"""What a report begins with: topics, fitted or opened, and the one it looks at closely.

Not for anything a function of one purpose says better: in your own notebook call `fit_topics` or `open_topics`.
"""

import os
from dataclasses import replace

from analysis.errors import InputError, message
from analysis.terms.tokens import Tokens
from analysis.topics.edits import open_topics
from analysis.topics.fit import fit_topics
from analysis.topics.held import held
from analysis.topics.model import TopicModel


def topics_for(
    tokens: Tokens,
    *,
    saved: str | os.PathLike[str] | None = None,
    n_topics: int = 20,
    method: str = "nmf",
    n_resamples: int = 10,
    seed: int = 1,
) -> TopicModel:
    """Open a saved model over these articles, or fit one.

    Parameters
    ----------
    tokens
        The articles; with `saved`, seen through the model's own recipe.
    saved
        Folder of a saved model; its topics stay where they are, and the articles are folded in.
    n_topics, method, n_resamples, seed
        As for `fit_topics`; not used with `saved`.

    Returns
    -------
    TopicModel
        With these articles. Where they are not those it was fitted to, a note says so, and the fingerprint is that of
        these articles, so that what is measured in them carries their name.

    Raises
    ------
    InputError, CorpusError, SelectionError
        As for `open_topics` and `fit_topics`.
    """
    if not isinstance(tokens, Tokens):
        raise InputError(
            message("`tokens`", got=type(tokens).__name__, expected="tokens", hint="See `an.tokens`.")
        )
    if saved is None:
        return fit_topics(tokens, n_topics=n_topics, method=method, n_resamples=n_resamples, seed=seed)
    model = open_topics(saved)
    if model.corpus_fingerprint == tokens.corpus_fingerprint:
        return model.attach(tokens.corpus)
    note = (
        f"The topics were fitted to other articles (corpus {model.corpus_fingerprint[:12]}) and not moved; "
        "stability is that of the fit."
    )
    return replace(
        model,
        tokens=model.tokens_of(tokens.corpus),
        corpus_fingerprint=tokens.corpus_fingerprint,
        params={**model.params, "fitted_to": model.corpus_fingerprint},
        notes=(*model.notes, note),
    )


def topic_to_show(model: TopicModel, topic: int | str | None = None) -> int:
    """Give the number of a topic, or of the largest that holds still where none is named.

    Raises
    ------
    UnknownNameError, SelectionError
        There is no such topic; no articles at hand.
    """
    if topic is not None:
        return model.topic(topic)
    size = held(model).words[:, : model.n_topics].sum(axis=0)
    firm = model.stability["stable"].to_numpy(dtype=bool)
    if firm.any():
        size[~firm] = -1
    return int(size.argmax())
