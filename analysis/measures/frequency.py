"""How often every term occurs, over all articles or by outlet and period, with intervals by stories.

Not for a comparison of two groups (keyness), nor for rates over time (`term_rate`, trends).
"""

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from analysis.errors import InputError, message
from analysis.measures.frequency_sums import (
    DOCS,
    FREQ,
    LARGEST,
    PRODUCTS,
    SQUARES,
    WITH,
    Sums,
    Table,
    counted,
)  # fmt: skip
from analysis.result import Result, Traced
from analysis.stats.story_rates import MIN_STORIES, StorySums, story_rate
from analysis.terms.dtm import check_trimming
from analysis.terms.groups import Grouping, grouping, undated_note
from analysis.terms.stream import Longs
from analysis.terms.tokens import Tokens

if TYPE_CHECKING:
    import pandas as pd

PER = 10_000


def term_frequency(
    tokens: Tokens,
    *,
    across: str | None = None,
    by: str | None = None,
    min_doc_freq: int = 1,
    top: int | None = None,
) -> Result:
    """Count every term: occurrences, articles, and their rates.

    Not for saying that two groups differ: words come in clusters, see keyness and its test.

    Parameters
    ----------
    tokens
        Articles and recipe.
    across
        A field to count by: outlet, agency, section, author, language, or a column of metadata.csv.
    by
        A period to count by: day, week, month, quarter, year. Articles whose date is not known so well are left out
        and counted in a note.
    min_doc_freq
        Leave out terms in fewer articles of the group (1 or more).
    top
        The most frequent terms of each group only (1 or more); None for all.

    Returns
    -------
    Result
        One row a group and term that occurs in it: `group` (str, null without `across` and where the field is
        empty), `period` (str, null without `by`), `term` (str), `term_freq` (int64, occurrences), `doc_freq` (int64,
        articles that have it), `rate` (float64, occurrences per 10,000 words of the group; null where it has no
        words), `rate_low`, `rate_high` (float64, its 95 % interval; null where the group has fewer than 5 stories with
        words), `doc_share` (float64, of the group's articles, 0 to 1), `n_words` (int64, words and numbers of the
        group in scope of voice and part, before anything is left out), `n_docs`, `n_stories` (int64, articles and
        stories of the group).
        By group, period, then the most frequent first, then by term.

    Raises
    ------
    InputError, UnknownNameError, SelectionError
        A parameter is not as said here; the recipe leaves no terms.

    Notes
    -----
    The interval takes stories for the units (copies of one report are one) and is for the rate of stories like these,
    whoever had happened to write; `analysis.stats.story_rates` has the formula. It is for one term that was chosen
    before looking: of the most frequent terms of a group some are there by luck. For a difference of groups: `keyness`.

    One pass; the state is five numbers a group and term, and the terms of articles that share a story. With n-grams or
    very many groups it goes through `dtm`.
    """
    check_trimming(min_doc_freq, 1, 1.0)
    if top is not None and (isinstance(top, bool) or not isinstance(top, int) or top < 1):
        raise InputError(message("`top`", got=top, expected="a whole number of at least 1, or None"))
    groups, undated = grouping(tokens.corpus, across=across, by=by)
    sums, found, terms = counted(tokens, groups)
    table = _table(sums, found, terms, groups, min_doc_freq, top)
    return Result(
        kind="term_frequency",
        table=table,
        unit="occurrences; rate per 10,000 words",
        params={**tokens.params, "across": across, "by": by, "min_doc_freq": min_doc_freq, "top": top},
        corpus_fingerprint=tokens.corpus_fingerprint,
        notes=(*undated_note(undated, by), *_notes(sums, table)),
        source=Traced(tokens.corpus, tokens),
    )


def _table(
    sums: Sums, table: Table, terms: pa.Array, groups: Grouping, min_doc_freq: int, top: int | None
) -> "pd.DataFrame":
    """Give the rows of all groups."""
    import pandas as pd

    chosen = []
    for a, b in pairwise(table.bounds.tolist()):
        at = a + np.flatnonzero(table.sums[a:b, DOCS] >= min_doc_freq)
        chosen.append(at[np.lexsort((table.term[at], -table.sums[at, FREQ]))][:top])
    rows = np.concatenate([np.empty(0, np.int64), *chosen])
    which = np.repeat(np.arange(len(chosen)), [len(c) for c in chosen])
    by_term, labels = table.sums[rows], groups.labels()
    n_words, n_docs = sums.n_words[which], sums.n_docs[which]
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = np.where(n_words > 0, PER * by_term[:, FREQ] / n_words, np.nan)
    low, high = story_rate(
        StorySums(
            by_term[:, FREQ],
            by_term[:, SQUARES],
            by_term[:, PRODUCTS],
            by_term[:, WITH],
            by_term[:, LARGEST],
            n_words,
            sums.words_squared[which],
            sums.n_units[which],
        )
    )
    return pd.DataFrame(
        {
            "group": pd.array(_taken([v for v, _ in labels], which), dtype="str"),
            "period": pd.array(_taken([p for _, p in labels], which), dtype="str"),
            "term": pd.Series(terms.take(pa.array(table.term[rows])).to_pandas(), dtype="str"),
            "term_freq": by_term[:, FREQ],
            "doc_freq": by_term[:, DOCS],
            "rate": rate,
            "rate_low": PER * low,
            "rate_high": PER * high,
            "doc_share": by_term[:, DOCS] / np.maximum(n_docs, 1),
            "n_words": n_words,
            "n_docs": n_docs,
            "n_stories": sums.n_stories[which],
        }
    )


def _taken(labels: list[str | None], which: Longs) -> Any:
    return np.array(labels or [None], dtype=object)[which]


def _notes(sums: Sums, table: "pd.DataFrame") -> tuple[str, ...]:
    if not sums.n_docs.sum():
        return ("The selection holds no articles.",)
    if not sums.n_words.sum():
        return ("The articles of the selection hold no words in scope.",)
    few = int((sums.n_units < MIN_STORIES).sum())
    without = f"{few:,} groups have fewer than {MIN_STORIES} stories with words, and no intervals."
    return (without,) if few and table["rate_low"].isna().any() else ()
