"""What a series needs of the corpus a measurement was made from. Not for anything that is computed."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.corpus.handle import Corpus
from analysis.errors import SelectionError, UnknownNameError, message
from analysis.periods import as_days
from analysis.result import Measurement, Result, Traced
from analysis.series.calendar import COLLECTED, Calendar
from analysis.stats.checks import Ints


def corpus_of(made: Measurement | Result) -> Corpus:
    """Return the corpus a measurement was made from; SelectionError where it does not carry one."""
    source = made.source.corpus if isinstance(made.source, Traced) else made.source
    if isinstance(source, Corpus):
        return source
    raise SelectionError(
        message(
            f"The {made.kind} does not know its corpus: dates, outlets and stories are there",
            got=None if source is None else type(source).__name__,
            expected="a Corpus",
            hint="Give it one: `.attach(corpus)`.",
        )
    )


def fields_of(corpus: Corpus, fields: list[str]) -> pd.DataFrame:
    """Return columns of the selected articles by doc_id; `story_id` is the doc_id where there are no stories."""
    wanted = list(dict.fromkeys(["outlet", "published", "published_precision", "story_id", *fields]))
    try:
        corpus.view("story_id")
    except UnknownNameError:
        wanted.remove("story_id")
    table = corpus.articles(wanted)
    if "story_id" not in table.columns:
        table["story_id"] = table["doc_id"]
    else:
        table["story_id"] = table["story_id"].fillna(table["doc_id"])
    return table


def outlet_codes(column: "pd.Series[str]", calendar: Calendar) -> Ints:
    """Return the row of each article's outlet in the calendar; -1 for an outlet that is not in it."""
    place = {o: i for i, o in enumerate(calendar.outlets)}
    names = column.astype(object).where(column.notna(), None)
    found: Ints = np.array([place.get(o, -1) for o in names], dtype=np.int64)
    return found


def day_index(days: npt.ArrayLike, calendar: Calendar) -> Ints:
    """Return the place of each day in the calendar; -1 for no date and for days outside."""
    values = np.asarray(days, dtype="datetime64[D]")
    at = (values - calendar.first).astype(np.int64)
    return np.where(~np.isnat(values) & (at >= 0) & (at < calendar.n_days), at, -1)


def hits_by_day(corpus: Corpus, calendar: Calendar) -> Ints:
    """Count the selected articles by outlet and collected day."""
    if not any(c.kind not in ("dates",) and c.field != "outlet" for c in corpus.conditions):
        return np.asarray(calendar.counts * (calendar.state == COLLECTED))
    table = replace(corpus).articles(["outlet", "published", "published_precision"])
    at = day_index(as_days(table["published"]), calendar)
    code = outlet_codes(table["outlet"], calendar)
    known = (at >= 0) & (code >= 0) & (table["published_precision"] == "day").to_numpy(dtype=bool)
    out = np.zeros_like(calendar.counts)
    np.add.at(out, (code[known], at[known]), 1)
    return np.asarray(out * (calendar.state == COLLECTED))
