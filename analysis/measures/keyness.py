"""Which terms tell two sets of articles apart: effect sizes side by side, and a test that counts articles.

Not for before and after (`compare`), and not for rates with intervals (`term_frequency`, `trend`).
"""

import numpy as np
import numpy.typing as npt

from analysis.corpus.handle import Corpus
from analysis.errors import SelectionError, choose
from analysis.measures.keyness_table import compare_terms
from analysis.measures.sides import Side, sides_of
from analysis.result import Result, Traced
from analysis.stats.checks import number, share, whole
from analysis.terms.dtm import article_fields, article_groups, dtm
from analysis.terms.groups import grouping
from analysis.terms.tokens import Tokens

MEASURES = {"g2": "g2", "log_ratio": "log_ratio", "log_odds": "log_odds_z"}
CORRECTIONS = {"max_t": "p_adjusted", "fdr": "q"}


def keyness(
    tokens: Tokens,
    *,
    target: Side,
    reference: Side | None = None,
    measure: str = "g2",
    correction: str = "max_t",
    min_doc_freq: int = 5,
    n_permutations: int = 999,
    units: str = "story",
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
        What is permuted as one: "story" (copies of one report count once; an article that has none is its own),
        "article", or a field of the articles whose values move together; articles without a value stand for themselves.
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
    choose("measure", measure, MEASURES)
    choose("correction", correction, CORRECTIONS)
    whole("min_doc_freq", min_doc_freq)
    whole("n_permutations", n_permutations, at_least=19)
    share("level", level)
    number("prior_words", prior_words)
    counted = dtm(tokens)
    sides = sides_of(tokens.corpus, counted.doc_ids, target, reference)
    rows = np.flatnonzero(sides.target | sides.reference)
    unit_of = _units(tokens.corpus, len(counted.doc_ids), units)
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
    said = _said(units, unit_of[rows])
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
        source=Traced(tokens.corpus, tokens, {"target": target, "reference": reference}),
    )


def outlet_keyness(
    tokens: Tokens,
    *,
    target: str | None = None,
    reference: str | None = None,
    measure: str = "g2",
    correction: str = "max_t",
    min_doc_freq: int = 5,
    n_permutations: int = 999,
    seed: int = 1,
) -> Result:
    """Compare one outlet with another, or with all the others; for reports on any corpus.

    Parameters
    ----------
    tokens, measure, correction, min_doc_freq, n_permutations, seed
        As for `keyness`.
    target
        An outlet; default the one with the most articles that is not the reference.
    reference
        Another; default all the others.

    Returns
    -------
    Result
        As `keyness`. Where there is nothing to compare (one outlet only; a side without words in this voice), a table
        without rows and a note that says why.
    """
    outlets = article_fields(tokens.corpus, "outlet")["outlet"].dropna().astype(str)
    sizes = outlets[outlets != reference].value_counts().rename_axis("outlet").reset_index(name="n")
    sizes = sizes.sort_values(["n", "outlet"], ascending=[False, True], kind="stable")
    if outlets.nunique() < 2 and target is None:
        names = ", ".join(sorted(set(outlets))) or "none"
        return _nothing(tokens, measure, f"no two outlets to compare in this selection (outlets: {names})")
    try:
        return keyness(
            tokens,
            target={"outlet": target or str(sizes["outlet"].iloc[0])},
            reference=None if reference is None else {"outlet": reference},
            measure=measure,
            correction=correction,
            min_doc_freq=min_doc_freq,
            n_permutations=n_permutations,
            seed=seed,
        )
    except SelectionError as error:
        return _nothing(tokens, measure, str(error))


def _nothing(tokens: Tokens, measure: str, why: str) -> Result:
    """A keyness without rows, and why."""
    import pandas as pd
    from scipy.sparse import csr_array

    sides = np.array([True, True, False, False])
    table, _ = compare_terms([], csr_array((4, 0), dtype=np.int32), np.ones(4), sides, units=np.arange(4))
    return Result(
        kind="keyness",
        table=table.assign(significant=pd.Series(dtype=bool)),
        unit="rates per 10,000 words",
        params={**tokens.params, "target": None, "reference": None, "measure": measure},
        corpus_fingerprint=tokens.corpus_fingerprint,
        notes=(why,),
    )


def _said(units: str, unit_of: npt.NDArray[np.int64]) -> str:
    """Say what the units of the test are."""
    if units == "article":
        return "articles are the units of the test: copies of one report count as independent of each other"
    n_units = len(np.unique(unit_of))
    if units in ("story", "story_id"):
        return f"stories are the units of the test: {n_units:,} of {len(unit_of):,} articles"
    return f"articles of one {units} are one unit of the test"


def _units(corpus: Corpus, n_docs: int, units: str) -> npt.NDArray[np.int64]:
    """The unit of each article, as a number; an article without a value is its own."""
    own = np.arange(n_docs, dtype=np.int64)
    if units == "article":
        return own
    if units in ("story", "story_id"):
        _, code = np.unique(
            article_fields(corpus, "story_id")["story_id"].to_numpy(dtype=str), return_inverse=True
        )
        return code.astype(np.int64)
    groups, _ = grouping(corpus, across=units, by=None)
    code = article_groups(corpus, groups).astype(np.int64)
    alone = np.array([v is None for v in groups.values], dtype=np.bool_)[code] if n_docs else own.astype(bool)
    return np.where(alone, len(groups) + own, code)
