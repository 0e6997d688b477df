"""Which group an article belongs to: the value of a field, and the period it was published in.

Not for trends: it only sorts articles into groups, and says how many stay out.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.corpus.handle import Corpus
from analysis.errors import InputError, UnknownNameError, choose, did_you_mean, message
from analysis.periods import PERIODS, period_labels, period_start, usable
from analysis.schema import ARTICLE
from analysis.terms.forms import numpy

Ints = npt.NDArray[np.int32]
_FIELDS = ("outlet", "agency", "section", "author", "language", "dateline", "published_source", "story_id")
_DATES = ("published", "published_precision")


@dataclass(frozen=True, eq=False)
class Grouping:
    """Groups of articles; picklable, made by `grouping`.

    Attributes
    ----------
    across, by
        The field and the period asked for, or None.
    values
        The values of the field, sorted, None last where it occurs; `(None,)` without a field.
    periods
        The first days of the periods, sorted; empty without `by`.
    """

    across: str | None
    by: str | None
    values: tuple[str | None, ...]
    periods: npt.NDArray[np.datetime64]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns a batch must have."""
        return (*((self.across,) if self.across else ()), *(_DATES if self.by else ()))

    def __len__(self) -> int:
        return len(self.values) * max(len(self.periods), 0 if self.by else 1)

    def of(self, batch: Any) -> Ints:
        """Give the group of each article of a batch, -1 where it has no such date; by value, then period."""
        n = batch.num_rows
        value = np.zeros(n, np.int32)
        if self.across:
            known = pa.array([v for v in self.values if v is not None], pa.string())
            value = numpy(
                pc.fill_null(pc.index_in(_text(batch, self.across), value_set=known), len(known)), np.int32
            )
        if not self.by:
            return value
        start, ok = _periods(batch, self.by)
        place = np.searchsorted(
            self.periods, np.where(ok, start, self.periods[:1] if len(self.periods) else start)
        )
        found: Ints = np.where(ok, value * len(self.periods) + place, -1).astype(np.int32)
        return found

    def labels(self) -> list[tuple[str | None, str | None]]:
        """Give the value and the period of each group."""
        if not self.by:
            return [(v, None) for v in self.values]
        names = period_labels(self.periods, self.by)
        return [(v, p) for v in self.values for p in names]


def grouping(corpus: Corpus, *, across: str | None, by: str | None) -> tuple[Grouping, int]:
    """Find the groups of a corpus, and how many articles have no date for them.

    Raises
    ------
    InputError, UnknownNameError
        `across` is no field to group by, or `by` no period.
    """
    if by is not None:
        choose("by", by, PERIODS)
    if across is not None:
        _check_field(corpus, across)
    if across is None and by is None:
        return Grouping(None, None, (None,), np.empty(0, "datetime64[D]")), 0
    values: set[str | None] = set()
    starts: list[Any] = []
    undated = 0
    probe = Grouping(across, by, (None,), np.empty(0, "datetime64[D]"))
    for batch in corpus.scan(*probe.columns):
        if across:
            values.update(_text(batch, across).unique().to_pylist())
        if by:
            start, ok = _periods(batch, by)
            starts.append(np.unique(start[ok]))
            undated += int((~ok).sum())
    ordered = tuple(sorted(v for v in values if v is not None)) + ((None,) if None in values else ())
    days = np.unique(np.concatenate(starts)) if starts else np.empty(0, "datetime64[D]")
    return Grouping(across, by, ordered if across else (None,), days), undated


def undated_note(undated: int, by: str | None) -> tuple[str, ...]:
    """Say how many articles stay out of periods."""
    return (f"{undated:,} articles without a date known to the {by} are left out.",) if undated else ()


def _check_field(corpus: Corpus, name: str) -> None:
    own = corpus.overlay.metadata.column_names if corpus.overlay.metadata is not None else []
    have = [*_FIELDS, *(n for n in own if n != "doc_id")]
    if not isinstance(name, str):
        raise InputError(message("`across`", got=name, expected="the name of one field"))
    if name not in have:
        raise UnknownNameError(
            message(
                "articles cannot be grouped by this",
                got=name,
                expected="one of " + ", ".join(have),
                hint=did_you_mean(name, have) or ("For periods: by=." if name in PERIODS else ""),
            )
        )


def _text(batch: Any, name: str) -> pa.Array:
    column = batch.column(batch.schema.get_field_index(name))
    if name in ARTICLE.names:
        return column
    return column.cast(pa.string())


def _periods(batch: Any, by: str) -> tuple[Any, npt.NDArray[np.bool_]]:
    """Give the first day of each article's period, and whether its date is known well enough."""
    days = batch.column(batch.schema.get_field_index("published"))
    precision = batch.column(batch.schema.get_field_index("published_precision"))
    fine = pa.array([p for p in ("day", "month", "year") if usable(p, by)])
    ok = numpy(pc.and_(pc.is_valid(days), pc.is_in(precision, value_set=fine)), np.bool_)
    start = period_start(days.to_numpy(zero_copy_only=False).astype("datetime64[D]"), by)
    return start, ok
