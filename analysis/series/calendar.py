"""Which outlet was collected on which day, and how we know: the calendar that every line over time is laid on.

The evidence, in this order: windows declared in `corpus.toml`; crawl dates; a model of the outlet's own counts, which
only ever *suspects* a gap. Always from all articles of the corpus, whatever a filter keeps: a week without a hit is not
a week without articles. Not for periods: see `coverage` and `frame`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.corpus.denominators import Published
from analysis.corpus.handle import Corpus
from analysis.errors import SelectionError, message
from analysis.periods import Days, as_days
from analysis.series.countmodel import ALPHA, fit, suspected_gaps
from analysis.series.record import ends_of_record, live_days
from analysis.series.selection import base_selection
from analysis.stats.checks import Bools, Floats, Ints

COLLECTED, SUSPECTED, MISSING, UNKNOWN = 0, 1, 2, 3
EVIDENCE = ("declared", "crawl", "counts", "joins", "leaves", "none", "published", "selected")
DECLARED, CRAWL, COUNTS, JOINS, LEAVES, NONE, PUBLISHED, SELECTED = range(8)
_ONE = np.timedelta64(1, "D")
Small = npt.NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Calendar:
    """Outlets by days. `state`, `evidence`, `counts` (articles dated to that day) and `p` are (n_outlets, n_days).

    `quiet` marks days on which an outlet never publishes by its weekday: they tell nothing about a gap.
    """

    outlets: tuple[str | None, ...]
    first: np.datetime64
    state: Small
    evidence: Small
    counts: Ints
    p: Floats
    quiet: Bools
    n_strays: int = 0

    @property
    def n_days(self) -> int:
        """Days from the first to the last."""
        return int(self.state.shape[1])

    @property
    def days(self) -> Days:
        """Every day, first to last."""
        return np.asarray(self.first + np.arange(self.n_days) * _ONE)

    @property
    def last(self) -> np.datetime64:
        """The last day."""
        return np.datetime64(self.first + (self.n_days - 1) * _ONE)

    def narrowed(self, since: date | None, until: date | None, outlets: Iterable[str | None]) -> "Calendar":
        """Return the part of it from `since` to `until` and of these outlets."""
        start = 0 if since is None else max(0, int((np.datetime64(since, "D") - self.first).astype(int)))
        stop = (
            self.n_days
            if until is None
            else min(self.n_days, int((np.datetime64(until, "D") - self.first).astype(int)) + 1)
        )
        if start >= stop:
            raise SelectionError(
                message(
                    "No day of the corpus lies in this range",
                    got=f"{since or ''} .. {until or ''}",
                    expected=f"days from {self.first} to {self.last}",
                )
            )
        wanted = set(outlets)
        rows = [i for i, o in enumerate(self.outlets) if o in wanted]
        grids = {n: getattr(self, n)[rows, start:stop] for n in ("state", "evidence", "counts", "p", "quiet")}
        return replace(
            self, outlets=tuple(self.outlets[i] for i in rows), first=self.first + start * _ONE, **grids
        )


class _Span(NamedTuple):
    """The days of one outlet's articles, wrongly dated strays set apart."""

    first: int
    last: int
    n_strays: int


def calendar_of(corpus: Corpus) -> Calendar:
    """Build the calendar of a corpus, narrowed to the outlets and days its conditions ask for.

    Raises
    ------
    SelectionError
        No article has a date, or none lies in the range asked for.
    """
    whole = _whole(replace(corpus, conditions=()))
    since = [c.since for c in corpus.conditions if c.kind == "dates" and c.since]
    until = [c.until for c in corpus.conditions if c.kind == "dates" and c.until]
    outlets: set[str | None] = set(whole.outlets)
    for c in corpus.conditions:
        if c.kind == "among" and c.field == "outlet":
            outlets &= set(c.values)
    return whole.narrowed(max(since, default=None), min(until, default=None), outlets)


def _whole(corpus: Corpus) -> Calendar:
    table = corpus.articles(["outlet", "published", "published_precision", "retrieved"])
    names = table["outlet"].astype(object).where(table["outlet"].notna(), None)
    published = _searched(corpus)
    known = {o for o in names if o is not None} | ({*published.outlet} if published else set())
    outlets = tuple(sorted(known)) + ((None,) if names.isna().any() else ())
    code = pd.Categorical(names, categories=[o for o in outlets if o is not None]).codes.astype(np.int64)
    code = np.where(code < 0, len(outlets) - 1, code)
    day = as_days(table["published"])
    exact = ~np.isnat(day) & (table["published_precision"] == "day").to_numpy(dtype=bool)
    monthly = ~np.isnat(day) & (table["published_precision"] == "month").to_numpy(dtype=bool)
    config = corpus.snapshot.parameters.get("config", {})
    windows = [(w[0], np.datetime64(w[1]), np.datetime64(w[2])) for w in config.get("windows", [])]
    bounds = [day[exact | monthly], *(np.array([a, b]) for o, a, b in windows if o == "*" or o in outlets)]
    if published:
        bounds += [published.since, published.until]
    elif corpus.overlay.published is not None:
        bounds += _rows_that_reach_over(corpus.overlay.published, np.concatenate(bounds))
    everything = np.concatenate([b.astype("datetime64[D]") for b in bounds])
    if not everything.size:
        raise SelectionError(
            message(
                "No article of this corpus has a date",
                hint="Periods need dates: see `date_quality(corpus)` for what was found in their place.",
            )
        )
    first, n_days = everything.min(), int((everything.max() - everything.min()).astype(int)) + 1
    at = (day - first).astype(np.int64)
    counts = np.zeros((len(outlets), n_days), dtype=np.int64)
    np.add.at(counts, (code[exact], at[exact]), 1)
    shape = counts.shape
    calendar = Calendar(
        outlets, first, np.full(shape, UNKNOWN, np.int8), np.full(shape, NONE, np.int8), counts,
        np.full(shape, np.nan), np.zeros(shape, np.bool_),
    )  # fmt: skip
    retrieved = as_days(table["retrieved"])
    holidays = np.array(config.get("holidays", []), dtype="datetime64[D]")
    n_strays = 0
    spans: list[tuple[int, int]] = []
    selected = base_selection(corpus) != "census"
    for i, name in enumerate(outlets):
        own = [w for w in windows if w[0] == name] or [w for w in windows if w[0] == "*"]
        if own:
            _declared(calendar, i, own)
            spans += [_clip(calendar, a, b) for _, a, b in own]
            continue
        mine = code == i
        if not counts[i].any():
            months = np.unique(day[mine & monthly].astype("datetime64[M]"))
            _by_month(calendar, i, months)
            if months.size:
                spans.append(_clip(calendar, months[0], months[-1] + 1 - _ONE))
            continue
        live = live_days(day, retrieved, mine & exact, first, n_days)
        span = _modelled(calendar, i, holidays, live)
        spans.append((span.first, span.last))
        n_strays += span.n_strays
        if selected:
            _unsuspected(calendar, i)
    if corpus.overlay.published is not None and not published:
        reach = _rows_that_reach_over(
            corpus.overlay.published, first + np.flatnonzero(counts.sum(axis=0)) * _ONE
        )
        spans += [_clip(calendar, a, b) for a, b in zip(*reach, strict=True)]
    if published:
        for i, name in enumerate(outlets):
            if not any(w[0] in (name, "*") for w in windows):
                spans += _searched_days(calendar, i, published, name)
    if spans:  # strays must not stretch the calendar over years nobody collected
        start, stop = min(s[0] for s in spans), max(s[1] for s in spans) + 1
        until = (first + (stop - 1) * _ONE).astype(object)
        calendar = calendar.narrowed((first + start * _ONE).astype(object), until, outlets)
    return replace(calendar, n_strays=n_strays)


def _searched(corpus: Corpus) -> Published | None:
    """What outlets published where only some of it was wanted: then a day without a hit is one that was searched."""
    published = corpus.overlay.published
    if published is None or base_selection(corpus) == "census":
        return None
    return corpus.overlay.published_here(corpus.snapshot.knowledge.get("outlets", {}))


def _rows_that_reach_over(published: Published, days: Days) -> list[Days]:
    """First and last days of the rows that hold a first or last article, so that their periods are whole."""
    if not days.size:
        return []
    meets = (published.since <= days.max()) & (published.until >= days.min())
    return [published.since[meets], published.until[meets]]


def _searched_days(
    calendar: Calendar, i: int, published: Published, name: str | None
) -> list[tuple[int, int]]:
    """Days whose denominator is known were collected, whatever the hits."""
    spans = []
    for row in np.flatnonzero(published.outlet == name).tolist():
        a, b = _clip(calendar, published.since[row], published.until[row])
        calendar.state[i, a : b + 1], calendar.evidence[i, a : b + 1] = COLLECTED, PUBLISHED
        calendar.p[i, a : b + 1] = np.nan
        spans.append((a, b))
    return spans


def _unsuspected(calendar: Calendar, i: int) -> None:
    """Among articles that were searched for or chosen, a silence is no sign of a gap, nor of the opposite."""
    silent = calendar.state[i] == SUSPECTED
    calendar.state[i, silent], calendar.evidence[i, silent] = UNKNOWN, SELECTED
    calendar.p[i, silent] = np.nan


def _clip(calendar: Calendar, since: Any, until: Any) -> tuple[int, int]:
    days = (np.array([since, until], dtype="datetime64[D]") - calendar.first).astype(np.int64)
    low, high = np.clip(days, 0, calendar.n_days - 1).tolist()
    return int(low), int(high)


def _declared(calendar: Calendar, i: int, windows: list[tuple[str, Any, Any]]) -> None:
    """Inside its windows an outlet was collected, outside it was not: that is what was said."""
    calendar.state[i], calendar.evidence[i] = MISSING, DECLARED
    for _, since, until in windows:
        a, b = _clip(calendar, since, until)
        calendar.state[i, a : b + 1] = COLLECTED


def _by_month(calendar: Calendar, i: int, months: Days) -> None:
    """An outlet whose dates are known to the month only: a month with an article was collected."""
    inside = np.isin(calendar.days.astype("datetime64[M]"), months)
    calendar.state[i, inside], calendar.evidence[i, inside] = COLLECTED, COUNTS


def _modelled(calendar: Calendar, i: int, holidays: Days, live: Bools | None) -> _Span:
    """Judge the silences of an outlet that declares nothing."""
    counts = calendar.counts[i]
    seen = np.flatnonzero(counts)
    low, high = int(seen[0]), int(seen[-1])
    days = calendar.days
    weekday = ((days.astype(np.int64) + 3) % 7).astype(np.int64)
    feast = np.isin(days, holidays)
    usable = np.ones(counts.size, dtype=np.bool_)
    while True:  # a few articles far from all others are wrongly dated, not a beginning
        model = fit(
            counts[low : high + 1], weekday[low : high + 1], feast[low : high + 1], usable[low : high + 1]
        )
        gaps = suspected_gaps(model)
        head, tail = ends_of_record(counts, low, high, [(g.start + low, g.stop + low) for g in gaps])
        if head is None and tail is None:
            break
        low, high = head if head is not None else low, tail if tail is not None else high
    state, evidence = calendar.state[i], calendar.evidence[i]
    state[:low], evidence[:low] = UNKNOWN, JOINS
    state[high + 1 :], evidence[high + 1 :] = UNKNOWN, LEAVES
    state[low : high + 1], evidence[low : high + 1] = COLLECTED, COUNTS
    calendar.quiet[i, low : high + 1] = ~model.publishing
    for gap in gaps:
        span = slice(low + gap.start, low + gap.stop)
        state[span], calendar.p[i, span] = SUSPECTED, gap.p
    if live is not None:
        sure = live & (counts == 0)
        sure[:low], sure[high + 1 :] = False, False
        state[sure], evidence[sure], calendar.p[i, sure] = COLLECTED, CRAWL, np.nan
    _ends(calendar, i, low, high, model)
    strays = int(counts[:low].sum() + counts[high + 1 :].sum())
    return _Span(low, high, strays)


def _ends(calendar: Calendar, i: int, low: int, high: int, model: Any) -> None:
    """Silence before the first and after the last article that is no longer than chance belongs to the outlet."""
    factor = np.zeros(7)
    weekday = ((calendar.days.astype(np.int64) + 3) % 7).astype(np.int64)
    factor[weekday[low : high + 1]] = model.season
    for span, level in (
        (slice(0, low), model.level(0, 0)),
        (slice(high + 1, calendar.n_days), model.level(model.counts.size, model.counts.size)),
    ):
        mean = level * factor[weekday[span]]
        if not mean.size or mean.sum() > 60:
            continue
        zero = (1 + mean / model.dispersion) ** -model.dispersion
        again = (model.n_zero_again + 5 * zero) / (model.n_zero + 5)
        if np.prod(np.maximum(zero, again)) >= ALPHA:
            calendar.state[i, span], calendar.evidence[i, span] = COLLECTED, COUNTS
