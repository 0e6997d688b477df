"""A measurement laid on the calendar: each article with its period, group, outlet and story.

One place for everything a line over time must leave out and count: undated articles, dates too coarse for the period,
days that were not collected. Not for estimates.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.corpus.denominators import Published
from analysis.corpus.handle import Corpus
from analysis.errors import InputError, SelectionError, UnknownNameError, choose, did_you_mean, message
from analysis.periods import PERIODS, as_days, usable
from analysis.result import Measurement
from analysis.series.calendar import COLLECTED, Calendar, calendar_of
from analysis.series.published import by_day, by_period, known_days, published_of
from analysis.series.source import corpus_of, day_index, fields_of, outlet_codes
from analysis.series.status import Cells, Text, cells_of, period_index, periods_of, together
from analysis.stats.bootstrap import unit_keys
from analysis.stats.checks import Floats, Ints

FIELDS = ("outlet", "agency", "section", "author", "language")
MAX_GROUPS = 500
POOLED = "all"


@dataclass(frozen=True, eq=False)
class Frame:
    """The articles of a measurement that have a place in a period. Arrays have one entry an article, sorted by doc_id.

    Attributes
    ----------
    period, group, outlet, story
        int64 codes; outlets are rows of `calendar`. Stories are numbered in the order of their keys' first article.
    row
        The article's row in the measurement.
    x, n
        Numerator and denominator.
    keys
        uint64, one a story: what its bootstrap weights are hashed from.
    left_out
        Why articles have no place here, and how many.
    published
        Of a share of the press: what was published in all.
    """

    measurement: Measurement
    corpus: Corpus
    calendar: Calendar
    cells: Cells
    by: str
    across: str | None
    groups: tuple[str | None, ...]
    period: Ints
    group: Ints
    outlet: Ints
    story: Ints
    row: Ints
    day: Ints
    x: Floats
    n: Floats
    keys: npt.NDArray[np.uint64]
    left_out: dict[str, int]
    extra: dict[str, Any]
    published: Published | None = None

    @property
    def n_periods(self) -> int:
        """How many periods, those without articles too."""
        return int(self.cells.edges.starts.size)

    @property
    def n_groups(self) -> int:
        """How many groups."""
        return len(self.groups)

    @property
    def cell(self) -> Ints:
        """Number of the period and group of each article: group x n_periods + period."""
        return self.group * self.n_periods + self.period

    def count(self, values: npt.ArrayLike | None = None) -> Floats:
        """Sum values (1 without) over the articles of each group and period, (n_groups, n_periods)."""
        size = self.n_groups * self.n_periods
        weights = None if values is None else np.asarray(values, dtype=np.float64)
        return (
            np.bincount(self.cell, weights=weights, minlength=size)
            .reshape(self.n_groups, -1)
            .astype(np.float64)
        )

    def n_stories(self, used: npt.NDArray[np.bool_]) -> Ints:
        """Count the stories of each group and period among the articles used."""
        pairs = np.unique((self.cell * max(len(self.keys), 1) + self.story)[used]) // max(len(self.keys), 1)
        return np.bincount(pairs, minlength=self.n_groups * self.n_periods).reshape(self.n_groups, -1)

    def outlets_of(self, group: int) -> Ints:
        """Rows of the calendar that are pooled in a group: itself, or every outlet with an article of it."""
        if self.across == "outlet":
            return np.array([self.calendar.outlets.index(self.groups[group])], dtype=np.int64)
        if self.across is None:
            return np.arange(len(self.calendar.outlets), dtype=np.int64)
        return np.unique(self.outlet[self.group == group])

    def outlet_exposure(self) -> Floats:
        """What volume is divided by, (n_outlets, n_periods): days collected, or articles published."""
        if self.published is None:
            return self.cells.collected.astype(np.float64)
        index = period_index(self.calendar.days, self.cells.edges, self.by)
        return by_period(self.calendar, self.published, self.by, index, self.n_periods)

    def exposure(self) -> Floats:
        """The same by group, (n_groups, n_periods): an outlet's own, else that of all outlets."""
        return self._by_group(self.outlet_exposure())

    def daily_exposure(self) -> Floats:
        """The same by day, (n_groups, n_days)."""
        if self.published is None:
            return self._by_group((self.calendar.state == COLLECTED).astype(np.float64))
        return self._by_group(by_day(self.calendar, self.published))

    def _by_group(self, grid: Floats) -> Floats:
        if self.across == "outlet":
            return np.stack([grid[self.outlets_of(g)[0]] for g in range(self.n_groups)])
        return np.broadcast_to(grid.sum(axis=0), (self.n_groups, grid.shape[1])).copy()

    def status(self) -> Text:
        """Status of each group and period, (n_groups, n_periods)."""
        zero, n_docs = self.count(self.x) == 0, self.count()
        rows = []
        for g in range(self.n_groups):
            own = self.outlets_of(g)
            if not own.size:
                own = np.arange(len(self.calendar.outlets))
            rows.append(together(self.cells, own, zero[g], n_docs[g].astype(np.int64)))
        return np.stack(rows)


def frame_of(
    measurement: Measurement, *, by: str, across: str | None = None, fields: tuple[str, ...] = ()
) -> Frame:
    """Lay a measurement on the calendar of its corpus.

    Parameters
    ----------
    measurement
        With its corpus as `source`.
    by
        `day`, `week`, `month`, `quarter`, `year`.
    across
        `outlet`, `agency`, `section`, `author`, `language`, a column of metadata.csv, or None for one pooled group.
    fields
        More columns to carry along, in `extra`.

    Raises
    ------
    InputError, UnknownNameError, SelectionError
        Not a measurement, no such period or field, no corpus, no date, or articles the corpus does not have.
    """
    if not isinstance(measurement, Measurement):
        raise InputError(
            message("This is no measurement", got=type(measurement).__name__, expected="a Measurement such as "
                    "`an.term_rate(...)` or `an.volume(corpus)`")
        )  # fmt: skip
    choose("by", by, PERIODS)
    corpus = corpus_of(measurement)
    if across is not None:
        _check_field(corpus, across)
    own = [f for f in (across, *fields) if f is not None and f != "outlet"]
    articles = fields_of(corpus, own)
    ids = articles["doc_id"].to_numpy(dtype=object)
    measured = measurement.table["doc_id"].to_numpy(dtype=object)
    at = np.searchsorted(ids, measured) if ids.size else np.zeros(measured.size, dtype=np.int64)
    found = (
        (at < ids.size) & (ids[np.minimum(at, max(ids.size - 1, 0))] == measured)
        if ids.size
        else np.zeros(measured.size, bool)
    )
    if not found.all():
        raise SelectionError(
            message(
                f"{int((~found).sum()):,} measured articles are not in the corpus",
                got=str(measured[~found][0]),
                hint="Attach the corpus the measurement was made from.",
            )
        )
    articles = articles.iloc[at].reset_index(drop=True)
    calendar = calendar_of(corpus)
    published = published_of(corpus) if measurement.params.get("per") == "published" else None
    if published is not None:
        calendar = known_days(calendar, published)
    edges = periods_of(calendar, by)
    days = as_days(articles["published"])
    outlet = outlet_codes(articles["outlet"], calendar)
    period = period_index(days, edges, by)
    keep, left_out = _placed(articles, days, outlet, period, calendar, by)
    names, group = _groups(articles, across, calendar, keep)
    kept = np.flatnonzero(keep)
    story_names, story = np.unique(
        articles["story_id"].to_numpy(dtype=object)[kept].astype(str), return_inverse=True
    )
    x, n = (measurement.table[c].to_numpy(dtype=np.float64)[kept] for c in ("numerator", "denominator"))
    hits = np.zeros((len(calendar.outlets), edges.starts.size), dtype=np.int64)
    np.add.at(hits, (outlet[kept], period[kept]), (x != 0).astype(np.int64))
    return Frame(
        measurement=measurement,
        corpus=corpus,
        calendar=calendar,
        cells=cells_of(calendar, by, hits),
        by=by,
        across=across,
        groups=names,
        period=period[kept],
        group=group[kept],
        outlet=outlet[kept],
        story=story.astype(np.int64),
        row=kept.astype(np.int64),
        day=day_index(days[kept], calendar),
        x=x,
        n=n,
        keys=unit_keys(story_names.tolist()),
        left_out=left_out,
        extra={
            f: articles[f].astype(object).where(articles[f].notna(), None).to_numpy()[kept] for f in fields
        },
        published=published,
    )


def _check_field(corpus: Corpus, across: str) -> None:
    metadata = corpus.overlay.metadata.column_names if corpus.overlay.metadata is not None else []
    known = [*FIELDS, *(n for n in metadata if n != "doc_id")]
    if across not in known:
        raise UnknownNameError(
            message(
                "`across` is not a field to group by",
                got=across,
                expected="one of " + ", ".join(known) + ", or None for all together",
                hint=did_you_mean(across, known),
            )
        )


def _placed(
    articles: pd.DataFrame, days: Any, outlet: Ints, period: Ints, calendar: Calendar, by: str
) -> tuple[npt.NDArray[np.bool_], dict[str, int]]:
    """Say which articles have a place, and count the others by reason."""
    undated = np.isnat(days)
    precision = articles["published_precision"].astype(object).to_numpy()
    fits = {p: usable(p, by) for p in ("day", "month", "year")}
    coarse = ~undated & np.array([not fits.get(p, False) for p in precision], dtype=bool)
    outside = ~undated & ~coarse & ((period < 0) | (outlet < 0))
    at = day_index(days, calendar)
    exact = precision == "day"
    state = np.where((at >= 0) & (outlet >= 0), calendar.state[outlet, at], COLLECTED)
    uncollected = ~undated & ~coarse & ~outside & exact & (state != COLLECTED)
    left_out = {
        "undated": int(undated.sum()),
        "coarse": int(coarse.sum()),
        "outside": int(outside.sum()),
        "not_collected": int(uncollected.sum()),
    }
    return ~(undated | coarse | outside | uncollected), left_out


def _groups(
    articles: pd.DataFrame, across: str | None, calendar: Calendar, keep: Any
) -> tuple[tuple[str | None, ...], Ints]:
    """Name the groups (all outlets of the calendar; else what the kept articles have, null last) and number them."""
    if across is None:
        return (POOLED,), np.zeros(len(articles), dtype=np.int64)
    column = articles[across].astype(object).where(articles[across].notna(), None)
    values = set(calendar.outlets) if across == "outlet" else set(column[keep])
    names = tuple(sorted(v for v in values if v is not None)) + ((None,) if None in values else ())
    if len(names) > MAX_GROUPS:
        raise SelectionError(
            message(
                f"`across` makes too many lines: {across} has {len(names):,} values",
                expected=f"at most {MAX_GROUPS}",
                hint="Narrow the corpus with `where`, or group by something else.",
            )
        )
    place = {v: i for i, v in enumerate(names)}
    return names, np.array([place.get(v, -1) for v in column], dtype=np.int64)
