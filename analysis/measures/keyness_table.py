"""The table of keyness from counts: effect sizes of every term, and the test where one is possible.

Arrays in, a table out; which articles stand on which side is `sides`, what a user calls is `keyness`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from analysis.errors import SelectionError, message
from analysis.measures.parts import enough_words
from analysis.stats.dispersion import dispersion as spread
from analysis.stats.keyness import g2_corpora, log_odds, log_ratio
from analysis.stats.keyness_test import KeynessTest, keyness_test

if TYPE_CHECKING:
    import pandas as pd

PER = 10_000


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

    Examples
    --------
    Two articles of ten words each on either side; the term stands twice in the target, once in the reference.

    >>> counts = sparse.csr_array([[1], [1], [1], [0]])
    >>> sides = np.array([True, True, False, False])
    >>> table, _ = compare_terms(
    ...     ["ferry"], counts, [10, 10, 10, 10], sides, units=np.arange(4), min_doc_freq=1, n_permutations=19
    ... )
    >>> table[["target_rate", "reference_rate", "log_ratio"]].iloc[0].tolist()
    [1000.0, 500.0, 1.0]
    """
    import pandas as pd

    words = enough_words(n_words, counts)
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
    counts = sparse.csr_array(counts)
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
