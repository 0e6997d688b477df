"""Latent semantic scaling: an instrument fitted to the corpus, from a few words of two poles.

Terms that keep the same company as the anchors of a pole get its sign. Not a lexicon for other corpora, and no scale of
-1 to 1: 0 is the average of the articles it was fitted to, 1 a standard deviation of their words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.errors import InputError, SelectionError, message
from analysis.jit import side_by_side
from analysis.sentiment.scaling_anchors import Sides, leaving_out, poles_of, sides_of, terms_of_anchors
from analysis.sentiment.scaling_contexts import Contexts, contexts
from analysis.sentiment.scaling_model import ScalingModel
from analysis.series.source import fields_of
from analysis.stats.bootstrap import poisson_weights, unit_keys
from analysis.stats.checks import Floats, whole
from analysis.stats.subspace import cosines, leading
from analysis.terms.tokens import Tokens

WARM = 2  # iterations of a bootstrap draw, which starts at the solution for all articles


@dataclass(frozen=True)
class ScalingOptions:
    """How a scaling is fitted; checks itself."""

    n_dimensions: int
    min_doc_freq: int
    max_terms: int
    max_docs: int
    n_boot: int
    seed: int

    def __post_init__(self) -> None:
        whole("n_dimensions", self.n_dimensions, at_least=2)
        whole("min_doc_freq", self.min_doc_freq, at_least=1)
        whole("max_terms", self.max_terms, at_least=10)
        whole("max_docs", self.max_docs, at_least=10)
        whole("n_boot", self.n_boot, at_least=0)
        if isinstance(self.seed, bool) or not isinstance(self.seed, int):
            raise InputError(message("`seed` is not a whole number", got=self.seed, expected="an int"))


def fit_scaling(
    tokens: Tokens,
    *,
    anchors: Mapping[str, str | Sequence[str]],
    n_dimensions: int = 200,
    min_doc_freq: int = 5,
    max_terms: int = 5000,
    max_docs: int = 20_000,
    n_boot: int = 20,
    seed: int = 1,
) -> ScalingModel:
    """Fit a scale between two poles to a corpus.

    Parameters
    ----------
    tokens
        Articles and recipe: leave stop words out; its voices and parts are the contexts. No n-grams, no phrases.
    anchors
        Two poles, the first negative: `{"hostile": ["threat*", "enemy"], "friendly": ["peace*", "friend*"]}`. Words
        that say one pole whatever the subject serve best, five to fifteen a pole.
    n_dimensions
        Of the space (2 or more). 200 to 300 serve (Watanabe 2021); more make anchors few and alone.
    min_doc_freq
        Segments a term must stand in (1 or more).
    max_terms
        The most frequent terms, anchors always among them. Memory: its square, times 8 bytes.
    max_docs
        With more articles, that many are drawn at random for fitting.
    n_boot
        Draws of stories for intervals; 0 for none.
    seed
        Of the start, the sample and the draws.

    Returns
    -------
    ScalingModel
        Frozen; an instrument (`an.tone(corpus, lexicon=model)`), and the argument of `scaling_scores` and
        `scaling_terms`. Look at the terms that carry it before using it.

    Raises
    ------
    InputError
        Not two poles, or an anchor stands for both.
    SelectionError
        A pole of which no anchor occurs; the nearest words are named. Too few terms.

    Notes
    -----
    Segments by terms X is decomposed, X = U S V'; a term is its row of V S. Its polarity is the mean cosine with the
    anchors of the second pole less that with those of the first, centred and scaled by the words of the articles
    (mean 0,
    sd 1). Draws weigh stories by Poisson numbers and decompose again; leaving each anchor out shows which of them
    the scale hangs on. One BLAS thread; the same bytes on the same machine.

    Cost: 20,000 articles, 5,000 terms: about a minute, and as much again for every ten draws.

    References: Watanabe (2021), Latent Semantic Scaling, Communication Methods and Measures 15(2); Halko, Martinsson &
    Tropp (2011) for the decomposition.
    """
    from threadpoolctl import threadpool_limits

    options = ScalingOptions(n_dimensions, min_doc_freq, max_terms, max_docs, n_boot, seed)
    _check(tokens)
    poles = poles_of(anchors)
    read = contexts(tokens, max_docs=options.max_docs, seed=options.seed)
    vocabulary = tokens.vocabulary.terms.to_pylist()
    found, absent = terms_of_anchors(tokens, read, vocabulary, poles)
    keep = _kept(read, options, sorted({t for ts in found.values() for t in ts}))
    counts = read.counts[:, keep]
    terms = [vocabulary[k] for k in keep]
    freq = np.asarray(counts.sum(axis=0)).ravel()
    place = {t: i for i, t in enumerate(terms)}
    sides = sides_of(found, poles, place, vocabulary)
    with threadpool_limits(limits=1, user_api="blas"):
        gram = _gram(counts, None)
        vectors, values = leading(gram, options.n_dimensions, seed=options.seed)
        polarity = _polarity(vectors * values, sides, freq)
        without = np.stack([_polarity(vectors * values, s, freq) for s in leaving_out(sides)], axis=1)
        draws = _drawn(counts, read, tokens, vectors, sides, freq, options)
    return ScalingModel(
        terms=tuple(terms),
        polarity=polarity,
        draws=draws,
        without=without,
        freq=freq,
        doc_freq=np.asarray((counts > 0).sum(axis=0)).ravel().astype(np.float64),
        anchors={pole: tuple(sorted({vocabulary[t] for a in own for t in found[pole, a]})) for pole, own in
        poles.items()}, left_out=tuple(a for pole, own in poles.items() for a in own if found[pole, a]),
        recipe=tokens.recipe,
        params={
            "anchors": [f"{pole}: {', '.join(own)}" for pole, own in poles.items()], "n_dimensions": n_dimensions,
            "min_doc_freq": min_doc_freq, "max_terms": max_terms, "max_docs": max_docs, "n_boot": n_boot, "seed": seed,
            "fitted": tokens.corpus_fingerprint[:12], **tokens.params,
        },
        notes=_notes(read, tokens, absent, len(terms)),
        fitted_to=tokens,
    )  # fmt: skip


def _check(tokens: Tokens) -> None:
    if not isinstance(tokens, Tokens):
        raise InputError(
            message("`tokens`", got=type(tokens).__name__, expected="Tokens, from `an.tokens(corpus)`")
        )
    recipe = tokens.recipe
    if recipe.ngrams != (1,) or recipe.phrases or recipe.split != "word":
        raise InputError(
            message("A scaling is of single words", got=recipe.params, expected="no ngrams, phrases, split")
        )


def _kept(read: Contexts, options: ScalingOptions, anchors: list[int]) -> Any:
    """Number the terms of the model: frequent enough, the most frequent, anchors always."""
    have = np.asarray((read.counts > 0).sum(axis=0)).ravel()
    enough = np.flatnonzero(have >= options.min_doc_freq)
    most = enough[np.argsort(-have[enough], kind="stable")][: options.max_terms]
    keep = np.union1d(most, np.array(anchors, dtype=np.int64))
    if len(keep) < 10:
        raise SelectionError(
            message(
                f"Only {len(keep)} terms stand in {options.min_doc_freq} segments or more", expected="at least 10",
                hint="Take more articles, or a smaller `min_doc_freq`.",
            )
        )  # fmt: skip
    return keep.astype(np.int64)


def _polarity(vectors: Floats, sides: Sides, freq: Floats) -> Floats:
    """The polarity of each term, centred and scaled by its words."""
    raw = np.zeros(len(vectors))
    for sign in (-1, 1):
        own = [terms for s, terms in sides if s == sign]
        at = np.array([t for terms in own for t in terms], dtype=np.int64)
        each = np.concatenate([np.full(len(terms), 1 / len(terms)) for terms in own]) / len(own)
        raw += sign * (cosines(vectors, at) @ each)
    mean = float(np.average(raw, weights=freq))
    sd = float(np.sqrt(np.average((raw - mean) ** 2, weights=freq)))
    return (raw - mean) / (sd if sd > 1e-12 else 1.0)


def _gram(counts: Any, weight: Floats | None) -> Any:
    """X'WX as a dense matrix."""
    from scipy import sparse

    weighed = counts if weight is None else sparse.diags_array(weight) @ counts
    return np.ascontiguousarray((counts.T @ weighed).toarray())


def _drawn(
    counts: Any,
    read: Contexts,
    tokens: Tokens,
    vectors: Floats,
    sides: Sides,
    freq: Floats,
    options: ScalingOptions,
) -> Floats:
    """Polarities with stories drawn anew, (n_terms, n_boot)."""
    out = np.zeros((counts.shape[1], options.n_boot))
    if not options.n_boot:
        return out
    stories = fields_of(tokens.corpus, []).set_index("doc_id")["story_id"].reindex(read.doc_ids)
    weights = poisson_weights(unit_keys(stories.astype(str).tolist()), options.n_boot, seed=options.seed)

    def work(first: int, past: int) -> None:
        for b in range(first, past):
            v, s = leading(_gram(counts, weights[read.doc, b]), vectors.shape[1], start=vectors, times=WARM)
            out[:, b] = _polarity(v * s, sides, freq)

    side_by_side(work, range(options.n_boot + 1))
    return out


def _notes(read: Contexts, tokens: Tokens, absent: list[str], n_terms: int) -> tuple[str, ...]:
    said = [
        f"Fitted to {read.counts.shape[0]:,} segments of {len(read.doc_ids):,} articles, {n_terms:,} terms. Its scale "
        "is its own: 0 is the average word of these articles, 1 a standard deviation of words."
    ]
    if len(read.doc_ids) < read.n_docs:
        said.append(f"The articles are a random sample of {read.n_docs:,}.")
    if absent:
        said.append(f"Anchors that do not occur: {'; '.join(absent)}.")
    if not tokens.recipe.stopwords:
        said.append("Stop words are in the model; they say nothing of a pole and blur it.")
    return tuple(said)
