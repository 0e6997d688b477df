"""The two sides of a comparison: which articles are in the target and which in the reference.

Not for what is computed from them. A side is what `Corpus.where` would select.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.corpus.handle import Corpus
from analysis.errors import InputError, SelectionError, did_you_mean, message
from analysis.periods import as_days
from analysis.result import Measurement
from analysis.series.calendar import COLLECTED, Calendar, calendar_of
from analysis.series.source import corpus_of, day_index, fields_of, outlet_codes
from analysis.stats.checks import Bools, Floats, Ints

CONDITIONS = (
    "outlet", "agency", "section", "author", "language", "doc_id", "since", "until", "text", "metadata",
)  # fmt: skip
TIMES = ("since", "until")
Side = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Sides:
    """The articles of a measurement with their sides; arrays have one entry an article of the measurement.

    `placed` says whether an article may be used at all: not one that is dated to a day its outlet was not collected.
    """

    corpus: Corpus
    articles: pd.DataFrame
    x: Floats
    n: Floats
    story: Ints
    story_ids: tuple[str, ...]
    target: Bools
    reference: Bools
    placed: Bools
    n_uncollected: int


def sides_of(m: Measurement, target: Side, reference: Side, *, fields: tuple[str, ...] = ()) -> Sides:
    """Sort the articles of a measurement into two sides.

    Raises
    ------
    InputError
        A side is no mapping of conditions, knows an unknown condition, or nothing tells the sides apart.
    SelectionError
        A side has no article, or the same article is on both sides.
    """
    if not isinstance(m, Measurement):
        raise InputError(message("This is no measurement", got=type(m).__name__, expected="a Measurement"))
    corpus = corpus_of(m)
    articles = fields_of(corpus, [f for f in fields if f != "outlet"])
    ids = articles["doc_id"].to_numpy(dtype=object)
    measured = m.table["doc_id"].to_numpy(dtype=object)
    at = np.searchsorted(ids, measured)
    if ids.size == 0 or not (ids[np.minimum(at, ids.size - 1)] == measured).all():
        raise SelectionError(
            message("Some measured articles are not in the corpus", hint="Attach its own corpus.")
        )
    articles = articles.iloc[at].reset_index(drop=True)
    masks = [
        _members(corpus, measured, name, side)
        for name, side in (("target", target), ("reference", reference))
    ]
    both = int((masks[0] & masks[1]).sum())
    if both:
        raise SelectionError(
            message(
                f"{both:,} articles are on both sides",
                got=f"target {dict(target)}, reference {dict(reference)}",
                hint="Give the sides conditions that exclude each other.",
            )
        )
    placed = _placed(corpus, articles)
    for name, side, mask in zip(("target", "reference"), (target, reference), masks, strict=True):
        if not (mask & placed).any():
            what = "has no measured article" + (" on a day that was collected" if mask.any() else "")
            raise SelectionError(
                message(
                    f"The {name} {what}: there is no common support to compare on",
                    got=dict(side),
                    hint="See `coverage(corpus)` for what was collected when.",
                )
            )
    story_ids, story = np.unique(articles["story_id"].to_numpy(dtype=object).astype(str), return_inverse=True)
    lost = int(((masks[0] | masks[1]) & ~placed).sum())
    x, n = (m.table[c].to_numpy(dtype=np.float64) for c in ("numerator", "denominator"))
    return Sides(
        corpus, articles, x, n, story.astype(np.int64), tuple(story_ids.tolist()), masks[0] & placed,
        masks[1] & placed, placed, lost,
    )  # fmt: skip


def is_in_time(target: Side, reference: Side) -> bool:
    """Tell whether the sides differ in time: then stories are not exchangeable between them."""
    return any(target.get(t) != reference.get(t) for t in TIMES)


def check_side(name: str, side: object) -> None:
    """Refuse what is not a mapping of `Corpus.where`'s conditions."""
    if not isinstance(side, Mapping) or not side:
        raise InputError(
            message(
                f"`{name}` says nothing", got=side, expected='conditions, such as {"since": "2025-05-07"}'
            )
        )
    for key in side:
        if key not in CONDITIONS:
            raise InputError(
                message(
                    f"`{name}` has an unknown condition",
                    got=key,
                    expected="one of " + ", ".join(CONDITIONS),
                    hint=did_you_mean(key, CONDITIONS),
                )
            )


def _members(corpus: Corpus, measured: Any, name: str, side: Side) -> Bools:
    check_side(name, side)
    ids = corpus.where(**side).articles([])["doc_id"].to_numpy(dtype=object)
    if not ids.size:
        return np.zeros(measured.size, dtype=np.bool_)
    at = np.minimum(np.searchsorted(ids, measured), ids.size - 1)
    return np.asarray(ids[at] == measured)


def _placed(corpus: Corpus, articles: pd.DataFrame) -> Bools:
    """Say which articles are not dated to an uncollected day; undated ones stay, for groups need no date."""
    days = as_days(articles["published"])
    if np.isnat(days).all():
        return np.ones(days.size, dtype=np.bool_)
    calendar: Calendar = calendar_of(corpus)
    outlet, at = outlet_codes(articles["outlet"], calendar), day_index(days, calendar)
    exact = (articles["published_precision"] == "day").to_numpy(dtype=bool) & ~np.isnat(days)
    inside = (at >= 0) & (outlet >= 0)
    return np.asarray(~exact | (inside & (calendar.state[outlet, at] == COLLECTED)))
