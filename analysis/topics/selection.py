"""How many topics? A grid of answers, five criteria that disagree, and a recommendation that says what it trades.

Not an oracle: there is no true number of topics in news. Coherence alone prefers few topics or odd ones (Hoyle et al.
2021), likelihood alone prefers ever more; a number is chosen for a purpose, and defended by what it costs.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import InputError, SelectionError, choose, message
from analysis.fingerprint import derive_seed
from analysis.result import Result
from analysis.stats import topic_terms as scores
from analysis.stats.checks import Ints, whole
from analysis.stats.mixture import completion, halves
from analysis.terms.tokens import Tokens
from analysis.topics.coherence import coherences
from analysis.topics.engines import METHODS
from analysis.topics.few import STORIES_A_TOPIC, too_many
from analysis.topics.fit import fit_topics
from analysis.topics.fold import fold
from analysis.topics.matrix import Counts, counts_to_fit, stories_of
from analysis.topics.model import TopicModel
from analysis.topics.stability import resamples
from analysis.topics.terms import first_terms

STEPS = (5, 10, 15, 20, 30, 40, 60, 80)
STABLE, NEAR = 0.7, 0.05
"""A number is firm when so many of its topics are stable; coherent when its NPMI is this near the best."""


def choose_topics(
    tokens: Tokens,
    *,
    grid: Sequence[int] | None = None,
    method: str = "nmf",
    seed: int = 1,
    n_resamples: int = 5,
    min_doc_freq: int | None = None,
    max_doc_share: float = 0.3,
) -> Result:
    """Fit topics for several numbers of them, and compare the fits.

    Parameters
    ----------
    tokens
        Articles and recipe.
    grid
        Numbers of topics, each at least 2; None for those of 5, 10, 15, 20, 30, 40, 60, 80 with 30 stories a topic, at
        most six of them.
    method, seed, min_doc_freq, max_doc_share
        As for `fit_topics`.
    n_resamples
        Refits for each number, at least 2: for stability, and for the likelihood of what each refit has not seen.

    Returns
    -------
    Result
        Kind `topic_choice`, one row a number, rising:

        n_topics
            int64.
        held_out, held_out_se
            float64: mean log-probability (natural, below 0; higher is better) of a word in the second halves of
            articles that a refit has not seen, topics mixed as in their first halves; its standard error over refits.
        npmi, npmi_window, c_v
            float64: mean coherence of the ten first terms, as in `topic_table`.
        exclusivity
            float64, 0 to 1: how much of these terms' probability is their topic's own.
        stability, stable
            float64: mean Jaccard of the ten first terms with those of the match in the refits; share of topics that are
            stable.
        redundancy
            float64: share of the first terms that an earlier topic has named.
        stories_a_topic
            float64.
        recommended
            bool: the largest number at which at least 70 % of the topics are stable and NPMI is within .05 of the best;
            else the most stable one.

        The notes say in words what the recommendation trades.

    Raises
    ------
    InputError
        A grid that is none.
    SelectionError
        Nothing to find topics in, or fewer articles than topics.

    Notes
    -----
    Costs (n_resamples + 1) fits for each number; one pass over the token ids for all coherences. References:
    docs/methods-topics-choice.md.
    """
    if not isinstance(tokens, Tokens):
        raise InputError(
            message("`tokens`", got=type(tokens).__name__, expected="tokens", hint="See `an.tokens`.")
        )
    choose("method", method, METHODS)
    whole("n_resamples", n_resamples, at_least=2)
    counts = counts_to_fit(tokens, min_doc_freq=min_doc_freq, max_doc_share=max_doc_share)
    story = stories_of(tokens)
    used = np.flatnonzero(np.diff(counts.table.indptr))
    n_stories = len(np.unique(story[used]))
    numbers = _grid(grid, n_stories, len(used))
    rows: list[dict[str, Any]] = []
    first: list[Ints] = []
    for k in numbers:
        model = fit_topics(
            tokens,
            n_topics=k,
            method=method,
            seed=seed,
            n_resamples=n_resamples,
            min_doc_freq=min_doc_freq,
            max_doc_share=max_doc_share,
        )
        first.append(first_terms(model))
        rows.append(
            {"n_topics": k, **_of_model(model, first[-1]), **_held_out(model, counts, story, used, seed)}
        )
    npmi = coherences(tokens, counts, np.vstack(first))
    ends = np.cumsum([len(f) for f in first])[:-1]
    table = pd.DataFrame(rows)
    for name, values in zip(("npmi", "npmi_window", "c_v"), npmi, strict=True):
        table[name] = [_mean(part) for part in np.split(values, ends)]
    table["stories_a_topic"] = n_stories / table["n_topics"]
    table["recommended"] = table.index == recommended(table)
    return Result(
        kind="topic_choice",
        table=table[list(COLUMNS)],
        unit="see the columns",
        params={
            **tokens.params,
            "grid": list(numbers),
            "method": method,
            "seed": seed,
            "n_resamples": n_resamples,
            "min_doc_freq": min_doc_freq,
            "max_doc_share": max_doc_share,
        },
        corpus_fingerprint=tokens.corpus_fingerprint,
        notes=said(table),
    )


COLUMNS = (
    "n_topics", "held_out", "held_out_se", "npmi", "npmi_window", "c_v", "exclusivity", "stability", "stable",
    "redundancy", "stories_a_topic", "recommended",
)  # fmt: skip


def recommended(table: pd.DataFrame) -> int:
    """Give the row recommended: see `choose_topics`."""
    firm = (table["stable"] >= STABLE) & ~(table["npmi"] < table["npmi"].max() - NEAR)
    if firm.any():
        return int(table.index[firm][-1])
    return int(table["stability"].fillna(-1).to_numpy().argmax())


def said(table: pd.DataFrame) -> tuple[str, ...]:
    """Say in words what is recommended, and what its neighbours would gain and lose."""
    at = int(np.flatnonzero(table["recommended"])[0])
    row = table.iloc[at]
    k = int(row["n_topics"])
    why = (
        f"the largest number here at which {STABLE:.0%} of the topics or more are stable ({row['stable']:.0%} are) and "
        f"coherence is near the best (NPMI {row['npmi']:.2f})"
        if row["stable"] >= STABLE
        else f"at no number here {STABLE:.0%} of the topics are stable; this one is the most stable (mean similarity "
        f"{row['stability']:.2f})"
    )
    notes = [f"Recommended: {k} topics - {why}."]
    for step, word in ((-1, "fewer"), (1, "more")):
        if 0 <= at + step < len(table):
            notes.append(_trade(row, table.iloc[at + step], word))
    if at == len(table) - 1 and len(table) > 1:
        notes.append("It is the largest number tried: try larger ones too.")
    notes += [
        warning
        for n, each in zip(table["n_topics"], table["stories_a_topic"], strict=True)
        if (warning := too_many(round(each * n), int(n)))
    ]
    notes.append(
        "No number is the true one: take the one whose topics answer your question, and say what it costs."
    )
    return tuple(notes)


def _trade(row: "pd.Series[Any]", other: "pd.Series[Any]", word: str) -> str:
    gains: list[str] = []
    losses: list[str] = []
    for name, title, better in CRITERIA:
        change = better * (other[name] - row[name])
        ends = (1 - row[name], 1 - other[name]) if better < 0 else (row[name], other[name])
        shown = f"{title} ({ends[0]:.2f} to {ends[1]:.2f})"
        if abs(change) >= 0.01:
            (gains if change > 0 else losses).append(shown)
    return (
        f"{int(other['n_topics'])} topics, {word}, would gain {', '.join(gains) or 'nothing'} and lose "
        f"{', '.join(losses) or 'nothing'}."
    )


CRITERIA = (
    ("held_out", "likelihood of unseen words", 1),
    ("npmi", "coherence", 1),
    ("exclusivity", "exclusivity", 1),
    ("stability", "stability", 1),
    ("redundancy", "freedom from repeated terms", -1),
)


def _of_model(model: TopicModel, first: Ints) -> dict[str, float]:
    return {
        "exclusivity": _mean(scores.topic_exclusivity(model.topic_word, first)),
        "stability": _mean(model.stability["similarity"].to_numpy(dtype=float)),
        "stable": float(model.stability["stable"].mean()),
        "redundancy": scores.redundancy(first),
    }


def _held_out(model: TopicModel, counts: Counts, story: Ints, used: Ints, seed: int) -> dict[str, float]:
    """Score what each refit has not seen: a refit is a fit on most of the stories, and the others are held out."""
    first, second = halves(counts.table[used], seed=derive_seed(seed, "halves"))
    found = []
    for refit, rows in zip(_refits(model), resamples(story[used], len(_refits(model)), seed), strict=True):
        seen = np.zeros(len(used), np.bool_)
        seen[rows] = True
        total = np.asarray(counts.table[used[seen]].sum(axis=0), np.float64).ravel()
        # Add one: a term that only unseen articles have is not impossible.
        background = (total + 1) / (total.sum() + len(total))
        parts = np.asarray(refit, np.float64)
        shares = fold(first[~seen], parts, background)
        value, n = completion(second[~seen], shares, np.vstack([parts, background]), background)
        if n:
            found.append(value)
    values = np.array(found)
    spread = values.std(ddof=1) / np.sqrt(len(values)) if len(values) > 1 else float("nan")
    return {"held_out": _mean(values), "held_out_se": float(spread)}


def _refits(model: TopicModel) -> Any:
    return model.refits if model.refits is not None else ()


def _mean(values: Any) -> float:
    known = np.asarray(values, dtype=np.float64)
    known = known[~np.isnan(known)]
    return float(known.mean()) if len(known) else float("nan")


def _grid(grid: Sequence[int] | None, n_stories: int, n_docs: int) -> tuple[int, ...]:
    if grid is None:
        fit = [k for k in STEPS if k * STORIES_A_TOPIC <= n_stories] or [k for k in (2, 5) if k <= n_docs]
        grid = fit[-6:]
    if not isinstance(grid, list | tuple | range) or not len(grid):
        raise InputError(message("`grid`", got=grid, expected="numbers of topics, such as (10, 20, 40)"))
    for k in grid:
        whole("grid", k, at_least=2)
    numbers = tuple(sorted({int(k) for k in grid}))
    if numbers[-1] > n_docs:
        raise SelectionError(
            message(
                "There are fewer articles than topics",
                got=f"{numbers[-1]} topics, {n_docs:,} articles with terms",
                expected=f"at least {STORIES_A_TOPIC} stories a topic",
            )
        )
    return numbers
