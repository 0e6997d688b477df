"""How much was published: articles, or stories, per collected outlet-day; or as a share of all that was published.

Not for corpora of hits or of chosen articles, unless it is known how much there was in all: what was not looked for
cannot be missed there.
"""

import numpy as np
import pandas as pd

from analysis.corpus.denominators import NAME, Published
from analysis.corpus.handle import Corpus
from analysis.errors import InputError, SelectionError, choose, message
from analysis.periods import as_days
from analysis.result import Measurement
from analysis.series.published import published_of
from analysis.series.selection import base_selection

COUNTS = ("articles", "stories")
PER = ("outlet_day", "published")


def volume(corpus: Corpus, *, count: str = "articles", per: str | None = None) -> Measurement:
    """Measure how much was published: a 1 for every article; `trend` divides by outlet-days, or by all articles.

    Parameters
    ----------
    corpus
        A Corpus; where it is filtered, volume is of the articles that meet the conditions, per day on which their
        outlets were collected, or of all that their outlets published.
    count
        `articles`, or `stories`: of copies in one period and group only the first counts.
    per
        `outlet_day`: per collected outlet-day. `published`: as a share of all articles published, from the
        `denominators.csv` of the corpus folder (outlet, period, articles). By default outlet-days for a census, and
        what was published for other corpora.

    Returns
    -------
    Measurement
        kind `volume`, numerator 1, denominator 0: the denominator is no property of an article (a day without any
        has one too) but of the calendar or the file, and `trend` takes it from there. Notes say what the file lacks.

    Raises
    ------
    SelectionError
        The corpus is a `query` or `handpicked` selection without denominators: what it leaves out is unknown.
    """
    choose("count", count, COUNTS)
    if per is not None:
        choose("per", per, PER)
    if not isinstance(corpus, Corpus):
        raise InputError(
            message("This is no corpus", got=type(corpus).__name__, expected="an.open_corpus(...)")
        )
    selection, published = base_selection(corpus), published_of(corpus)
    per = per or ("outlet_day" if selection == "census" else "published")
    check_selection(selection, per, published)
    table = corpus.articles(["outlet", "published", "published_precision"])
    of_all = per == "published" and published is not None
    return Measurement(
        kind="volume",
        label=count,
        unit="share of all articles published" if of_all else f"{count} per collected outlet-day",
        table=pd.DataFrame({"doc_id": table["doc_id"], "numerator": 1.0, "denominator": 0.0}),
        params={
            "count": count,
            "per": per,
            "denominators": published.digest if of_all and published else None,
        },
        corpus_fingerprint=corpus.fingerprint,
        source=corpus,
        notes=_notes(table, published) if of_all and published else (),
    )


def check_selection(selection: str, per: str, published: Published | None) -> None:
    """Refuse volume for a corpus that is not everything its outlets published, unless it is known what was."""
    if per == "published" and published is None:
        what = (
            f"This corpus has no {NAME}"
            if selection == "census"
            else "Volume needs all articles of an outlet, and this corpus holds only some"
        )
        raise SelectionError(
            message(
                what,
                got=f"selection = {selection!r} in corpus.toml",
                expected='selection = "census"'
                if selection != "census"
                else "a file with outlet, period, articles",
                hint="Rates and shares within the articles at hand can be had. For a share of the press, put how much "
                f"each outlet published into {NAME} (docs/add-a-corpus.md).",
            )
        )
    if per == "outlet_day" and selection != "census":
        raise SelectionError(
            message(
                "Articles per collected day need all articles of an outlet",
                got=f"selection = {selection!r} in corpus.toml",
                expected="per='published'",
            )
        )


def _notes(table: pd.DataFrame, published: Published) -> tuple[str, ...]:
    """Say what the denominators leave out, and where they cannot be right."""
    here = set(table["outlet"].dropna())
    notes = [
        f"Denominators: {len(published.outlet):,} rows of {NAME}; articles are left out where it says nothing."
    ]
    without = sorted(here - set(published.outlet))
    if without or table["outlet"].isna().any():
        said = ", ".join(without[:12]) or "articles without an outlet"
        notes.append(f"No denominators, and so left out: {said}.")
    silent = sorted(set(published.outlet) - here)
    if silent:
        notes.append(
            f"Outlets of the file without an article here count with none: {', '.join(silent[:12])}."
        )
    over = _too_many(table, published)
    if over:
        notes.append(
            f"WARNING: in {over:,} rows of {NAME} there are more articles here than it says were published "
            f"(the first is line {_first_line(table, published)}): are they other days, or other outlets?"
        )
    return tuple(notes)


def _found(table: pd.DataFrame, published: Published) -> np.ndarray:
    """Articles at hand for each row of the file."""
    days = as_days(table["published"])
    outlet = table["outlet"].astype(object).where(table["outlet"].notna(), None).to_numpy()
    counts = np.zeros(len(published.outlet), dtype=np.int64)
    for name in sorted(set(published.outlet)):
        own = np.sort(days[(outlet == name) & ~np.isnat(days)])
        rows = np.flatnonzero(published.outlet == name)
        counts[rows] = np.searchsorted(own, published.until[rows], side="right") - np.searchsorted(
            own, published.since[rows], side="left"
        )
    return counts


def _too_many(table: pd.DataFrame, published: Published) -> int:
    return int((_found(table, published) > published.articles).sum())


def _first_line(table: pd.DataFrame, published: Published) -> int:
    return int(published.line[_found(table, published) > published.articles].min())
