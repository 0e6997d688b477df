"""Whose words: who speaks in quotations and reported speech, how much, where and when.

Not a list of people: names are taken as they are written, a country or an office that speaks is a speaker, and one
person under two names is two, until the user's aliases say otherwise. English only; the rules are in
docs/methods-speakers.md.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.corpus.handle import Corpus
from analysis.errors import InputError, message
from analysis.measures.speakers_passages import Aliases, named_notes, parameters, passages
from analysis.result import Result, Traced
from analysis.terms.dtm import article_groups
from analysis.terms.groups import grouping, undated_note
from analysis.terms.tokens import Tokens

COLUMNS = (
    "group", "period", "speaker", "kind", "n_passages", "n_words", "share", "n_docs", "n_outlets", "first", "last",
    "tone", "n_scored",
)  # fmt: skip


def speakers(
    selection: Corpus | Tokens,
    *,
    voice: str | Sequence[str] = "quotation",
    across: str | None = None,
    by: str | None = None,
    aliases: Aliases | None = None,
    top: int | None = None,
    scores: Result | None = None,
) -> Result:
    """Count who speaks: passages, words, articles, outlets, and when.

    Parameters
    ----------
    selection, voice, aliases
        As for `attributions`; here quotation alone unless asked otherwise.
    across
        A field to count by: outlet, agency, section, author, language, or a column of metadata.csv.
    by
        A period to count by: day, week, month, quarter, year; articles not dated so well are left out and counted.
    top
        The speakers with the most words of each group (1 or more); None for all. What is left open always stays.
    scores
        Scores of segments, columns `doc_id`, `segment` (from 0 in the article) and `score`, as `an.segments` gives
        them: then `tone` is the mean score of the speaker's segments: the tone of what they say, not towards them.

    Returns
    -------
    Result
        kind `speakers`, one row a group and speaker, most words first: `group`, `period` (text, null without),
        `speaker` (text; null for what is left open, one row for each kind), `kind` (`name`; `pronoun`, `role`, `none`
        where left open), `n_passages`, `n_words` (int64), `share` (of all words in these voices of the group, 0 to
        1), `n_docs`,
        `n_outlets` (int64), `first`, `last` (datetime64, days), `tone` (float64, null without scores), `n_scored`
        (int64, segments with a score).

    Raises
    ------
    InputError, UnknownNameError
        A wrong argument.
    """
    if top is not None and (isinstance(top, bool) or not isinstance(top, int) or top < 1):
        raise InputError(message("`top`", got=top, expected="a whole number of at least 1, or None"))
    corpus, table = passages(selection, voice, aliases)
    groups, undated = grouping(corpus, across=across, by=by)
    facts = corpus.articles(["outlet", "published"])
    at = np.searchsorted(facts["doc_id"].to_numpy(dtype=object), table["doc_id"].to_numpy(dtype=object))
    table = table.assign(
        place=article_groups(corpus, groups)[at],
        outlet=facts["outlet"].to_numpy(dtype=object)[at],
        published=facts["published"].to_numpy()[at],
        kind=np.where(table["speaker"].notna(), "name", table["kind"]),
    )
    table = _scored(table, scores)
    table = table[table["place"] >= 0]
    counted = _count(table, groups.labels(), top)
    return Result(
        kind="speakers",
        table=counted,
        unit="words in somebody's voice",
        params={**parameters(selection, voice, aliases), "across": across, "by": by, "top": top,
                "scores": None if scores is None else scores.signature},
        corpus_fingerprint=corpus.fingerprint,
        notes=(*named_notes(table), *undated_note(undated, by)),
        source=Traced(corpus, selection, {"voice": voice, "aliases": aliases}),
    )  # fmt: skip


def _scored(table: pd.DataFrame, scores: Result | None) -> pd.DataFrame:
    """Add to each passage the sum of its segments' scores, and how many have one."""
    if scores is None:
        return table.assign(total=0.0, scored=0)
    given = scores.table if isinstance(scores, Result) else None
    if given is None or not {"doc_id", "segment", "score"} <= set(given.columns):
        raise InputError(
            message("`scores` is no table of segments", expected="columns doc_id, segment, score")
        )
    by_segment = given.groupby(["doc_id", "segment"])["score"].sum()
    times = table["n_segments"].to_numpy(dtype=int)
    row = np.repeat(np.arange(len(table)), times)
    within = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    key = pd.MultiIndex.from_arrays(
        [table["doc_id"].to_numpy()[row], table["segment"].to_numpy(dtype=int)[row] + within]
    )
    found = by_segment.reindex(key).to_numpy(dtype=float)
    has = np.isfinite(found)
    total = np.bincount(row, weights=np.where(has, found, 0.0), minlength=len(table))
    return table.assign(total=total, scored=np.bincount(row, weights=has, minlength=len(table)).astype(int))


def _count(table: pd.DataFrame, labels: list[tuple[str | None, str | None]], top: int | None) -> pd.DataFrame:
    """Sum passages by group and speaker."""
    kind = np.where(table["speaker"].notna(), "name", table["kind"])
    summed = (
        table.assign(kind=kind)
        .groupby(["place", "speaker", "kind"], dropna=False, sort=True)
        .agg(
            n_passages=("n_words", "size"), n_words=("n_words", "sum"), n_docs=("doc_id", "nunique"),
            n_outlets=("outlet", "nunique"), first=("published", "min"), last=("published", "max"),
            total=("total", "sum"), n_scored=("scored", "sum"),
        )
        .reset_index()
    )  # fmt: skip
    whole = summed.groupby("place")["n_words"].transform("sum")
    summed["share"] = summed["n_words"] / whole
    summed["tone"] = (summed["total"] / summed["n_scored"].where(summed["n_scored"] > 0)).astype("float64")
    summed = summed.sort_values(["place", "n_words", "speaker"], ascending=[True, False, True], kind="stable")
    if top is not None:
        rank = summed["speaker"].notna().astype(int).groupby(summed["place"]).cumsum()
        summed = summed[summed["speaker"].isna() | (rank <= top)]
    place = summed["place"].to_numpy(dtype=int)
    summed["group"] = pd.array([labels[p][0] for p in place], dtype="str")
    summed["period"] = pd.array([labels[p][1] for p in place], dtype="str")
    for name in ("n_passages", "n_words", "n_docs", "n_outlets", "n_scored"):
        summed[name] = summed[name].astype("int64")
    for name in ("speaker", "kind"):
        summed[name] = summed[name].astype("str")
    return summed[list(COLUMNS)].reset_index(drop=True)
