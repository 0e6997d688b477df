"""Which terms tell two sets of articles apart: effect sizes side by side, and a test that counts articles.

Not for before and after (`compare`), and not for rates with intervals (`term_frequency`, `trend`).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, SelectionError, UnknownNameError, choose, did_you_mean, message
from analysis.measures.sides import Side, sides_of
from analysis.result import Result
from analysis.stats.checks import number, share, whole
from analysis.stats.dispersion import dispersion as spread
from analysis.stats.keyness import g2_corpora, log_odds, log_ratio
from analysis.stats.keyness_test import KeynessTest, keyness_test

if TYPE_CHECKING:
    import pandas as pd

    from analysis.terms.tokens import Tokens

MEASURES = {"g2": "g2", "log_ratio": "log_ratio", "log_odds": "log_odds_z"}
CORRECTIONS = {"max_t": "p_adjusted", "fdr": "q"}
PER = 10_000


def keyness(
    tokens: "Tokens",
    *,
    target: Side,
    reference: Side | None = None,
    measure: str = "g2",
    correction: str = "max_t",
    min_doc_freq: int = 5,
    n_permutations: int = 999,
    units: str = "article",
    level: float = 0.05,
    prior_words: float = 500.0,
    seed: int = 1,
) -> Result:
    """Compare the terms of two sets of articles, and test each difference by articles.

    Parameters
    ----------
    tokens
        From `an.tokens`: the selection and what counts as a term.
    target, reference
        Conditions as `Corpus.where` takes them (`{"outlet": "Harbour Courier"}`), or a Corpus. Without a reference
        it is every other article of the selection.
    measure
        What the table is sorted by: "g2" (sure differences first, common terms favoured), "log_ratio" (large ones
        first, rare terms favoured) or "log_odds" (in between). All of them are in the table.
    correction
        What `significant` rests on: "max_t" (the chance of any false term is held at `level`) or "fdr" (the
        expected share of false ones among those named).
    min_doc_freq
        Terms in fewer articles, both sides together, are neither listed nor tested; at least 1. The rule does not
        look at the sides, so the test stays valid.
    n_permutations
        At least 19; the smallest p is 1 / (n_permutations + 1).
    units
        "article", or a field of the articles whose values move together in the test (a story); articles without a value
        stand for themselves.
    level
        Between 0 and 1.
    prior_words
        Weight of the prior of the log-odds, in words: more shrinks rare terms further.
    seed
        Any whole number; the same seed gives the same table.

    Returns
    -------
    Result
        One row a term, highest measure (the target's own) first, the reference's own last; ties by term.

        - `term` (str)
        - `target_freq`, `reference_freq` (int64, occurrences), `target_rate`, `reference_rate` (float64, per 10,000
          words, stop words among them), `target_doc_freq`, `reference_doc_freq` (int64, articles),
          `target_doc_share`, `reference_doc_share` (float64, 0 to 1), `target_dp`, `reference_dp` (float64, Gries'
          DP over the articles of the side: 0 spread as its words are, towards 1 in few articles; null where it does
          not occur)
        - `g2` (float64), `log_ratio` (float64, bits: 1 is twice the rate), `log_odds` (float64, weighted log-odds
          ratio), `log_odds_z` (float64, that by its standard deviation). Positive: more in the target; negative:
          more in the reference.
        - `difference` (float64, target rate less reference rate, per 10,000 words), `standard_error` (float64, of
          the difference, by articles), `statistic` (float64, their ratio), `p` (this term alone), `p_adjusted`
          (max-T), `q` (false discovery rate), `significant` (bool): null where not tested, `significant` false.

    Raises
    ------
    SelectionError
        A side is empty or without words, or articles stand on both.
    InputError, UnknownNameError
        An option that is none.

    Notes
    -----
    G2, Log Ratio and log-odds describe; read as tests they name hundreds of terms between random halves of one
    corpus, because the words of an article come together. The test permutes articles (or `units`); what it
    supposes, and where it is weak, stands in docs/methods.md. Cost: one pass to count, then `n_permutations` sparse
    products.

    References: Dunning (1993) and Rayson & Garside (2000) for G2; Hardie (2014) for Log Ratio; Monroe, Colaresi &
    Quinn (2008) for the log-odds; Gries (2008) for DP; Westfall & Young (1993) for max-T.
    """
    from analysis.terms.dtm import dtm

    choose("measure", measure, MEASURES)
    choose("correction", correction, CORRECTIONS)
    whole("min_doc_freq", min_doc_freq)
    whole("n_permutations", n_permutations, at_least=19)
    share("level", level)
    number("prior_words", prior_words)
    counted = dtm(tokens)
    sides = sides_of(tokens.corpus, counted.doc_ids, target, reference)
    rows = np.flatnonzero(sides.target | sides.reference)
    unit_of = _units(tokens.corpus, counted.doc_ids, units)
    table, notes = compare_terms(
        counted.terms,
        counted.counts[rows],
        counted.n_words[rows],
        sides.target[rows],
        units=unit_of[rows],
        min_doc_freq=min_doc_freq,
        n_permutations=n_permutations,
        prior_words=prior_words,
        seed=seed,
    )
    adjusted = table[CORRECTIONS[correction]]
    table["significant"] = (adjusted <= level).fillna(False).astype(bool)
    table = table.sort_values([MEASURES[measure], "term"], ascending=[False, True], kind="stable")
    said = (
        "articles are the units of the test: copies of one report count as independent of each other"
        if units == "article"
        else f"articles of one {units} are one unit of the test"
    )
    return Result(
        kind="keyness",
        table=table,
        unit="rates per 10,000 words; positive measures: more in the target",
        params={
            **tokens.params,
            **sides.params,
            "measure": measure,
            "correction": correction,
            "min_doc_freq": min_doc_freq,
            "n_permutations": n_permutations,
            "units": units,
            "level": level,
            "prior_words": prior_words,
            "seed": seed,
        },
        corpus_fingerprint=tokens.corpus_fingerprint,
        notes=(*sides.notes, *notes, said),
    )


def compare_terms(
    terms: Sequence[str],
    counts: Any,
    n_words: npt.ArrayLike,
    is_target: npt.NDArray[np.bool_],
    *,
    units: npt.NDArray[np.int64],
    min_doc_freq: int = 5,
    n_permutations: int = 999,
    prior_words: float = 500.0,
    seed: int = 1,
) -> tuple["pd.DataFrame", tuple[str, ...]]:
    """Compare counted terms of two groups of articles; see `keyness` for the columns, here in the order of the terms.

    Parameters
    ----------
    terms
        Names, (n_terms,).
    counts
        Occurrences, articles x terms, CSR.
    n_words
        All words of each article, (n_articles,).
    is_target
        (n_articles,) of bool.
    units
        (n_articles,) of whole numbers.
    """
    import pandas as pd

    words = np.asarray(n_words, dtype=np.float64)
    sides = [("target", np.flatnonzero(is_target)), ("reference", np.flatnonzero(~is_target))]
    for name, rows in sides:
        if not words[rows].sum() > 0:
            raise SelectionError(
                message(
                    f"The {name} holds no words",
                    got=f"{rows.size:,} articles",
                    hint="Is the voice or the part of the tokens one its articles have?",
                )
            )
    has = counts.astype(bool)
    doc_freq = np.asarray(has.sum(axis=0)).ravel()
    kept = np.flatnonzero(doc_freq >= min_doc_freq)
    columns: dict[str, Any] = {"term": pd.Series([terms[i] for i in kept.tolist()], dtype="str")}
    every = {name: np.asarray(counts[rows].sum(axis=0), dtype=np.float64).ravel() for name, rows in sides}
    total = {name: float(words[rows].sum()) for name, rows in sides}
    listed = counts[:, kept]
    for name, _ in sides:
        columns[f"{name}_freq"] = every[name][kept].astype(np.int64)
    for name, _ in sides:
        columns[f"{name}_rate"] = PER * every[name][kept] / total[name]
    docs = {name: np.asarray(has[rows].sum(axis=0)).ravel()[kept].astype(np.int64) for name, rows in sides}
    for name, _ in sides:
        columns[f"{name}_doc_freq"] = docs[name]
    for name, rows in sides:
        columns[f"{name}_doc_share"] = docs[name] / rows.size
    for name, rows in sides:
        columns[f"{name}_dp"] = spread(listed[rows], words[rows]).dp
    a, b = every["target"][kept], every["reference"][kept]
    n1, n2 = total["target"], total["reference"]
    columns["g2"] = g2_corpora(a, b, n1, n2)
    columns["log_ratio"] = log_ratio(a, b, n1, n2)
    columns["log_odds"], columns["log_odds_z"] = _log_odds(a, b, n1, n2, prior_words)
    test, notes = _tested(listed, words, is_target, units, min_doc_freq, n_permutations, seed)
    nothing = np.full(kept.size, np.nan)
    columns["difference"] = columns["target_rate"] - columns["reference_rate"]
    columns["standard_error"] = nothing if test is None else PER * test.standard_error
    for name in ("statistic", "p", "p_adjusted", "q"):
        columns[name] = nothing if test is None else getattr(test, name)
    rare = int(np.sum((doc_freq > 0) & (doc_freq < min_doc_freq)))
    if rare:
        notes = (
            f"{rare:,} terms in fewer than {min_doc_freq} articles are neither listed nor tested",
            *notes,
        )
    return pd.DataFrame(columns), notes


def _log_odds(
    a: npt.NDArray[np.float64], b: npt.NDArray[np.float64], n1: float, n2: float, prior_words: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Weighted log-odds with the prior shaped like both sides together, all their words among it.

    What is not listed (stop words, rare terms) stands as one more term, so that a term's prior does not depend on
    what else is.
    """
    rest = [max(n - float(x.sum()), 0.0) for n, x in ((n1, a), (n2, b))]
    target, reference = np.append(a, rest[0]), np.append(b, rest[1])
    found = log_odds(target, reference, n1, n2, background=target + reference, alpha0=prior_words)
    return found.delta[:-1], found.z[:-1]


def _tested(
    counts: Any,
    words: npt.NDArray[np.float64],
    is_target: npt.NDArray[np.bool_],
    units: npt.NDArray[np.int64],
    min_units: int,
    n_permutations: int,
    seed: int,
) -> tuple[KeynessTest | None, tuple[str, ...]]:
    """Test the terms, or say why none can be."""
    few = [
        f"{name} {n}"
        for name, rows in (("target", is_target), ("reference", ~is_target))
        if (n := np.unique(units[rows & (words > 0)]).size) < 2
    ]
    if few or not counts.shape[1]:
        reason = "no term stands in enough articles"
        if few:
            reason = f"a side has fewer than two articles with words ({', '.join(few)})"
        return None, (f"nothing was tested: {reason}",)
    test = keyness_test(
        counts, words, is_target, units=units, min_units=min_units, n_permutations=n_permutations, seed=seed
    )
    untested = int(np.sum(~test.tested))
    notes = (
        (f"{untested:,} terms stand in fewer than {min_units} units and were not tested",) if untested else ()
    )
    return test, notes


def _units(corpus: Any, doc_ids: Sequence[str], units: str) -> npt.NDArray[np.int64]:
    """The unit of each article, as a number."""
    own = np.arange(len(doc_ids), dtype=np.int64)
    if units == "article":
        return own
    if not isinstance(units, str):
        raise InputError(message("`units` is no field", got=units, expected='"article" or a field'))
    import pandas as pd

    from analysis.terms.dtm import article_fields

    try:
        values = article_fields(corpus, units)[units].astype(object).tolist()
    except UnknownNameError as error:
        hint = did_you_mean(units, ["article"])
        raise UnknownNameError(
            message("`units` is no field of the articles", got=units, hint=hint)
        ) from error
    first: dict[Any, int] = {}
    return np.array(
        [i if pd.isna(v) else first.setdefault(v, i) for i, v in enumerate(values)], dtype=np.int64
    )
