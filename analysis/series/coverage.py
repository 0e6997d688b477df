"""What was collected: a status for every outlet and period, and the evidence for it.

Not for what was found: a period without a hit is not a period without articles. Every trend lies on this grid.
"""

import numpy as np
import pandas as pd

from analysis.corpus.handle import Corpus
from analysis.result import Result
from analysis.series.calendar import Calendar, calendar_of
from analysis.series.selection import base_selection
from analysis.series.source import hits_by_day
from analysis.series.status import cells_of, period_index, periods_of

WORDS = {
    "declared": "windows declared in corpus.toml",
    "crawl": "dates of retrieval",
    "counts": "a model of the outlet's own counts, which only suspects",
    "joins": "silence before an outlet's first article",
    "leaves": "silence after its last",
    "none": "no dated article at all",
    "published": "denominators.csv: these days were searched",
    "selected": "none where nothing was found, for the articles were searched for or chosen",
}


def coverage(corpus: Corpus, *, by: str = "week") -> Result:
    """Say for every outlet and period whether it was collected, and how we know.

    Parameters
    ----------
    corpus
        A Corpus; its outlets and days are those shown. Other conditions (`text=`) only decide between `collected`
        and `no_hits`: what was collected is judged from all articles.
    by
        `day`, `week`, `month`, `quarter` or `year`.

    Returns
    -------
    Result
        One row per outlet and period, outlets in order of name, periods in order of time:

        outlet
            text; null for articles without one.
        period
            first day, datetime64[us].
        status
            `collected`; `no_hits` (articles, but none that meet the conditions); `no_articles` (collected, and there
            were none); `suspected_gap` (a silence that chance makes with P < .001); `missing` (declared not
            collected); `partial` (some days lacking, or the edge of the range cuts the period); `unknown` (before an
            outlet's first or after its last article, or never dated).
        n_docs
            articles dated to collected days of the period that meet the conditions, int64.
        n_days, n_collected, n_suspected, n_missing, n_unknown
            days of the period, and of those within the range how many are of each state, int64.
        evidence
            of its least collected days: `declared`, `crawl`, `counts`, `joins`, `leaves`, `none`, `published`
            (denominators.csv), `selected` (no sign either way).
        p_gap
            chance of a silence as long anywhere in the outlet's span, float64; null where none is suspected.

    Raises
    ------
    SelectionError
        No article has a date, or none in the range.

    Notes
    -----
    Evidence in this order: `[[windows]]` of `corpus.toml` (inside collected, outside missing); dates of retrieval;
    a negative binomial model of the outlet's weekdays and of the `holidays` of `corpus.toml`
    (`analysis.series.countmodel`). Days that are collected only in part are not found by it.

    Cost: one pass over four columns of all articles; memory 25 bytes an outlet and day.
    """
    calendar = calendar_of(corpus)
    edges = periods_of(calendar, by)
    hits = hits_by_day(corpus, calendar)
    index = period_index(calendar.days, edges, by)
    summed = np.stack([np.bincount(index, weights=row, minlength=edges.starts.size) for row in hits]).astype(
        np.int64
    )
    cells = cells_of(calendar, by, summed)
    n_outlets, n = cells.collected.shape
    table = pd.DataFrame(
        {
            "outlet": np.repeat(np.array(calendar.outlets, dtype=object), n),
            "period": np.tile(edges.starts, n_outlets).astype("datetime64[us]"),
            "status": cells.status.ravel(),
            "n_docs": summed.ravel(),
            "n_days": cells.n_days.ravel(),
            "n_collected": cells.collected.ravel(),
            "n_suspected": cells.suspected.ravel(),
            "n_missing": cells.missing.ravel(),
            "n_unknown": cells.unknown.ravel(),
            "evidence": cells.evidence.ravel(),
            "p_gap": cells.p.ravel(),
        }
    )
    return Result(
        kind="coverage",
        table=table,
        unit="articles",
        params={"by": by},
        corpus_fingerprint=corpus.fingerprint,
        notes=coverage_notes(calendar, corpus),
        source=corpus,
    )


def coverage_notes(calendar: Calendar, corpus: Corpus) -> tuple[str, ...]:
    """Say what a reader of the grid must know."""
    from analysis.series.calendar import EVIDENCE, SUSPECTED

    used = [name for name in WORDS if name in {EVIDENCE[e] for e in np.unique(calendar.evidence)}]
    notes = ["Evidence: " + "; ".join(WORDS[name] for name in used) + "."]
    if (calendar.state == SUSPECTED).any():
        notes.append(
            "A suspected gap is a silence that chance would make with P < .001. It is no proof: declare what was "
            "collected as [[windows]] in corpus.toml, and days of rest as `holidays`."
        )
    if calendar.n_strays:
        notes.append(
            f"{calendar.n_strays:,} articles are dated far from all others of their outlet and are left out; see "
            "`date_quality(corpus)`."
        )
    selection = base_selection(corpus)
    if selection != "census":
        notes.append(
            f"The corpus is a {selection} selection: a silence may be a lack of hits, not of collecting, and gaps "
            "cannot be told from it"
            + (", but on the days that denominators.csv speaks of." if corpus.overlay.published else ".")
        )
    return tuple(notes)
