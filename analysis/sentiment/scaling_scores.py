"""What a scaling says of articles and of terms: a measurement, its ranges by period, and the terms that carry it.

Not for fitting (`scaling`).
"""

from typing import Any

import numpy as np
import pandas as pd

from analysis.corpus.handle import Corpus
from analysis.errors import InputError, message
from analysis.result import Measurement, Result, Traced
from analysis.sentiment.scaling_contexts import contexts
from analysis.sentiment.scaling_model import ScalingModel
from analysis.stats.checks import Floats, share
from analysis.terms.dtm import article_groups
from analysis.terms.groups import grouping, undated_note
from analysis.terms.recipe import make_recipe
from analysis.terms.tokens import Tokens


def scaling_scores(
    corpus: Corpus, model: ScalingModel, *, voice: Any = None, part: Any = None, label: str | None = None
) -> Measurement:
    """Place every article on a scale: the mean polarity of its words that are in the model.

    Parameters
    ----------
    corpus
        The articles; others than those it was fitted to as well, of the same kind of text.
    model
        From `fit_scaling`.
    voice, part
        Voices and parts to score; None for those it was fitted to.
    label
        For legends.

    Returns
    -------
    Measurement
        `numerator` (float64, sum of polarities), `denominator` (float64, words in the model). `draws` hold the
        numerators by the model's draws. The unit is the model's own; compare lines of one model only.

    Notes
    -----
    Intervals of `trend` take the model as given; `scaling_range` shows what other stories and other anchors would
    have made of it.
    """
    counts, ids, recipe = _counts(corpus, model, voice, part)
    numerator = counts @ model.polarity
    table = pd.DataFrame(
        {"doc_id": ids, "numerator": numerator, "denominator": np.asarray(counts.sum(axis=1)).ravel()}
    )
    poles = list(model.anchors)
    return Measurement(
        kind="scaling",
        label=label or model.name,
        unit=f"{poles[0]} (below 0) to {poles[1]}, in sd of words",
        table=table,
        draws=counts @ model.draws if model.draws.shape[1] else None,
        params={"model": model.digest, **dict(model.params), "scored": recipe},
        corpus_fingerprint=corpus.fingerprint,
        source=corpus,
        notes=(
            "Not validated on this corpus: no hand-coded sample says how well it agrees with readers.",
            *model.notes,
        ),
    )


def scaling_terms(model: ScalingModel, *, level: float = 0.95) -> Result:
    """List the terms of a model: what carries it, for checking.

    Parameters
    ----------
    model
        From `fit_scaling`.
    level
        Of the interval over draws of stories.

    Returns
    -------
    Result
        kind `scaling_terms`, one row a term, from the first pole to the second: `term`, `polarity`, `low`, `high`
        (float64,
        null without draws: polarity and the normal interval of the draws' spread), `anchors_low`, `anchors_high`
        (lowest
        and highest without one anchor), `term_freq`, `doc_freq` (int64; segments), `weight` (float64, polarity times
        occurrences by all words: what it adds to the average), `anchor` (text: its pole, null for others).
    """
    share("level", level)
    from scipy.special import ndtri

    spread = (
        model.draws.std(axis=1, ddof=1) if model.draws.shape[1] > 1 else np.full(len(model.terms), np.nan)
    )
    reach = float(ndtri((1 + level) / 2)) * spread
    every = np.column_stack([model.without, model.polarity])
    pole = {t: name for name, own in model.anchors.items() for t in own}
    known = model.fitted_to
    table = pd.DataFrame(
        {
            "term": pd.array(list(model.terms), dtype="str"),
            "polarity": model.polarity,
            "low": model.polarity - reach,
            "high": model.polarity + reach,
            "anchors_low": every.min(axis=1),
            "anchors_high": every.max(axis=1),
            "term_freq": model.freq.astype(np.int64),
            "doc_freq": model.doc_freq.astype(np.int64),
            "weight": model.polarity * model.freq / model.freq.sum(),
            "anchor": pd.array([pole.get(t) for t in model.terms], dtype="str"),
        }
    ).sort_values(["polarity", "term"], kind="stable")
    return Result(
        kind="scaling_terms",
        table=table,
        unit="polarity, in sd of words",
        params={"model": model.digest, "poles": list(model.anchors), "level": level, **dict(model.params)},
        corpus_fingerprint=str(model.params.get("fitted", "")) if known is None else known.corpus_fingerprint,
        notes=model.notes,
        source=None if known is None else Traced(known.corpus, model, {"tokens": known}),
    )


def scaling_range(
    corpus: Corpus, model: ScalingModel, *, by: str | None = None, across: str | None = None, voice: Any = None,
    part: Any = None, level: float = 0.95,
) -> Result:  # fmt: skip
    """Say how far the average of each period or group depends on the fit: on its stories, and on each anchor.

    Parameters
    ----------
    corpus, model, voice, part
        As for `scaling_scores`.
    by, across
        Period and field.
    level
        Of the interval over draws of stories.

    Returns
    -------
    Result
        kind `scaling_range`, one row a group and period: `group`, `period` (text, null without), `estimate`, `low`,
        `high`
        (other stories fitted to), `anchors_low`, `anchors_high` (one anchor left out), `n_words` (int64, in the model),
        `n_docs`; and `anchor_low`, `anchor_high` (text): the anchors without which it is lowest and highest.
    """
    share("level", level)
    if by is None and across is None:
        across = "outlet"
    from scipy.special import ndtri

    counts, _, recipe = _counts(corpus, model, voice, part)
    groups, undated = grouping(corpus, across=across, by=by)
    group = article_groups(corpus, groups)
    rows = []
    for number, (value, period) in enumerate(groups.labels()):
        own = np.flatnonzero(group == number)
        words = np.asarray(counts[own].sum(axis=0)).ravel()
        total = float(words.sum())
        if not total:
            continue
        estimate, draws, without = (
            float(words @ model.polarity) / total,
            words @ model.draws / total,
            words @ model.without / total,
        )
        reach = float(ndtri((1 + level) / 2)) * draws.std(ddof=1) if len(draws) > 1 else float("nan")
        rows.append(
            {"group": value, "period": period, "estimate": estimate, "low": estimate - reach, "high": estimate + reach,
             "anchors_low": min(float(without.min()), estimate), "anchors_high": max(float(without.max()), estimate),
             "n_words": int(total), "n_docs": len(own), "anchor_low": model.left_out[int(without.argmin())],
             "anchor_high": model.left_out[int(without.argmax())]}
        )  # fmt: skip
    table = pd.DataFrame(rows)
    for name in ("group", "period", "anchor_low", "anchor_high"):
        table[name] = table[name].astype("str")
    return Result(
        kind="scaling_range",
        table=table,
        unit="mean polarity, in sd of words",
        params={"model": model.digest, "by": by, "across": across, "level": level, "scored": recipe},
        corpus_fingerprint=corpus.fingerprint,
        notes=(*model.notes, *undated_note(undated, by)),
        source=Traced(corpus, model, {"voice": voice, "part": part}),
    )


def polarities(
    corpus: Corpus, model: ScalingModel, voice: Any = None, part: Any = None
) -> tuple[list[str], Floats, Floats]:
    """Give every article (sorted by id) with the sum of the polarities of its words, and how many these are."""
    counts, ids, _ = _counts(corpus, model, voice, part)
    words: Floats = np.asarray(counts.sum(axis=1), dtype=np.float64).ravel()
    return ids, counts @ model.polarity, words


def _counts(
    corpus: Corpus, model: ScalingModel, voice: Any, part: Any
) -> tuple[Any, list[str], dict[str, Any]]:
    """Articles by terms of the model, every article of the corpus."""
    from dataclasses import replace

    from scipy import sparse

    given: tuple[object, object] = (corpus, model)
    if not isinstance(given[0], Corpus) or not isinstance(given[1], ScalingModel):
        got = f"{type(corpus).__name__}, {type(model).__name__}"
        raise InputError(message("This cannot be scored", got=got, expected="a Corpus and a ScalingModel"))
    scope = make_recipe(voice=voice, part=part)
    recipe = replace(
        model.recipe, voice=scope.voice if voice is not None else model.recipe.voice,
        part=scope.part if part is not None else model.recipe.part,
    )  # fmt: skip
    tokens = Tokens(corpus, recipe)
    read = contexts(tokens, max_docs=10**9, seed=0)
    own = {t: i for i, t in enumerate(tokens.vocabulary.terms.to_pylist())}
    pairs = [(own[t], k) for k, t in enumerate(model.terms) if t in own]
    there = sparse.csr_array(
        (np.ones(len(pairs)), ([a for a, _ in pairs], [b for _, b in pairs])),
        shape=(len(own), len(model.terms)),
    )
    n = len(read.doc_ids)
    sums = sparse.csr_array(
        (np.ones(len(read.doc)), (read.doc, np.arange(len(read.doc)))), shape=(n, len(read.doc))
    )
    return (sums @ read.counts) @ there, read.doc_ids, {"voice": recipe.voice, "part": recipe.part}
