"""How much was published: articles, or stories, per collected outlet-day.

Not for corpora of hits or of chosen articles: what was not looked for cannot be missed there.
"""

import pandas as pd

from analysis.corpus.handle import Corpus
from analysis.errors import InputError, SelectionError, choose, message
from analysis.result import Measurement
from analysis.series.source import base_selection

COUNTS = ("articles", "stories")


def volume(corpus: Corpus, *, count: str = "articles") -> Measurement:
    """Measure how much was published: a 1 for every article; `trend` divides by the outlet-days collected.

    Parameters
    ----------
    corpus
        A Corpus; where it is filtered, volume is of the articles that meet the conditions, per day on which their
        outlets were collected.
    count
        `articles`, or `stories`: of copies in one period and group only the first counts.

    Returns
    -------
    Measurement
        kind `volume`, numerator 1, denominator 0: the denominator is no property of an article (a day without any
        has one too) but of the calendar, and `trend` takes it from there.

    Raises
    ------
    SelectionError
        The corpus is a `query` or `handpicked` selection: what it leaves out is unknown.
    """
    choose("count", count, COUNTS)
    if not isinstance(corpus, Corpus):
        raise InputError(
            message("This is no corpus", got=type(corpus).__name__, expected="an.open_corpus(...)")
        )
    check_selection(corpus)
    ids = corpus.articles([])["doc_id"]
    return Measurement(
        kind="volume",
        label=count,
        unit=f"{count} per collected outlet-day",
        table=pd.DataFrame({"doc_id": ids, "numerator": 1.0, "denominator": 0.0}),
        params={"count": count},
        corpus_fingerprint=corpus.fingerprint,
        source=corpus,
    )


def check_selection(corpus: Corpus) -> None:
    """Refuse volume for a corpus that is not everything its outlets published."""
    selection = base_selection(corpus)
    if selection == "census":
        return
    raise SelectionError(
        message(
            "Volume needs all articles of an outlet, and this corpus holds only some",
            got=f"selection = {selection!r} in corpus.toml",
            expected='selection = "census"',
            hint="Rates and shares within the articles at hand can be had.",
        )
    )
