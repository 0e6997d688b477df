"""What a split of a change is made from: the articles of two sides by stratum, of one measurement or several.

Not for the split itself: `split`, `composition`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from analysis.corpus.denominators import Published
from analysis.errors import InputError, SelectionError, choose, message
from analysis.result import Measurement
from analysis.series.calendar import calendar_of
from analysis.series.published import published_of, usable
from analysis.series.sides import Side, Sides, sides_of
from analysis.stats.checks import Bools, Floats, Ints

OVER = ("outlet", "section", "agency", "language", "author")


@dataclass(frozen=True, eq=False)
class Sums:
    """Articles by side (0 reference, 1 target) and stratum; `fixed` denominators (2, n_strata) for volume."""

    measurement: Measurement
    names: tuple[str | None, ...]
    cell: Ints
    x: Floats
    n: Floats
    story: Ints
    story_ids: tuple[str, ...]
    fixed: Floats | None
    n_uncollected: int

    def by_stratum(self, weights: Floats) -> Floats:
        """Sum with weights of stories, (n_stories,) or (n_stories, n_draws): x and n, (2, 2 n_strata, ...)."""
        shape = (2 * len(self.names), len(self.story_ids))
        found = [
            sparse.csr_array((v, (self.cell, self.story)), shape=shape) @ weights for v in (self.x, self.n)
        ]
        if self.fixed is not None:
            fixed = self.fixed.ravel()
            found[1] = np.broadcast_to(fixed[:, None], found[0].shape) if found[0].ndim == 2 else fixed
        return np.stack(found)

    def in_both(self) -> Bools:
        """Which strata have a denominator on both sides."""
        k = len(self.names)
        n = self.by_stratum(np.ones(len(self.story_ids)))[1]
        return np.asarray((n[:k] > 0) & (n[k:] > 0))


def of_field(m: object, target: Side, reference: Side, over: str, weight: str) -> Sums:
    """Sum one measurement by a field."""
    if not isinstance(m, Measurement):
        raise InputError(message("This is no measurement", got=type(m).__name__, expected="a Measurement"))
    choose("over", over, OVER)
    sides = sides_of(m, target, reference, fields=(over,))
    column = sides.articles[over].astype(object).where(sides.articles[over].notna(), None)
    used = sides.target | sides.reference
    names = _sorted_names(set(column[used]))
    place = {name: i for i, name in enumerate(names)}
    code = np.array([place.get(v, 0) for v in column], dtype=np.int64)  # 0 where it is not used
    fixed = None
    if m.kind == "volume":
        if over != "outlet":
            raise SelectionError(
                message("Volume is split over outlets only", got=over, expected="over='outlet'")
            )
        published = published_of(sides.corpus) if m.params.get("per") == "published" else None
        fixed = np.stack([_outlet_days(sides, side, names, published) for side in (reference, target)])
    return _sums(m, sides, code, names, weight, fixed)


def of_parts(parts: Mapping[str, Measurement], target: Side, reference: Side) -> Sums:
    """Put several measurements of one corpus side by side."""
    for name, part in parts.items():
        if not isinstance(name, str) or not isinstance(part, Measurement) or part.kind == "volume":
            raise InputError(
                message("A part is no measurement", got=name, expected="names of measurements of one kind")
            )
    first = next(iter(parts.values()))
    if any(p.corpus_fingerprint != first.corpus_fingerprint or p.unit != first.unit for p in parts.values()):
        raise SelectionError(message("The parts are not of one corpus and unit, so they do not add up"))
    names = tuple(parts)
    every = [_sums(p, sides_of(p, target, reference), None, names, "word", None, number=i)
             for i, p in enumerate(parts.values())]  # fmt: skip
    story_ids, flat = np.unique(
        np.concatenate([np.array(s.story_ids, dtype=str) for s in every]), return_inverse=True
    )
    starts = np.cumsum([0, *(len(s.story_ids) for s in every)])
    story = np.concatenate([flat[starts[i] + s.story] for i, s in enumerate(every)])
    cell, x, n = (np.concatenate([getattr(s, f) for s in every]) for f in ("cell", "x", "n"))
    return Sums(
        first, names, cell, x, n, story, tuple(story_ids.tolist()), None, every[0].n_uncollected,
    )  # fmt: skip


def _sums(
    m: Measurement, sides: Sides, code: Ints | None, names: tuple[str | None, ...], weight: str,
    fixed: Floats | None, *, number: int = 0,
) -> Sums:  # fmt: skip
    used = np.flatnonzero(sides.target | sides.reference)
    stratum = np.full(used.size, number) if code is None else code[used]
    x, n = sides.x[used], sides.n[used]
    if weight == "article" and fixed is None:
        x, n = np.divide(x, n, out=np.zeros(n.size), where=n > 0), (n > 0).astype(np.float64)
    cell = sides.target[used].astype(np.int64) * len(names) + stratum
    return Sums(m, names, cell, x, n, sides.story[used], sides.story_ids, fixed, sides.n_uncollected)


def _outlet_days(
    sides: Sides, side: Side, names: tuple[str | None, ...], published: Published | None
) -> Floats:
    """Days collected by outlet; of a share of the press, what was published within the side."""
    calendar = calendar_of(sides.corpus.where(**side))
    if published is not None:
        kept = usable(published, calendar)
        cut = ~kept & (published.since <= calendar.last) & (published.until >= calendar.first)
        if (cut & np.isin(published.outlet, [n for n in names if n is not None])).any():
            raise SelectionError(
                message(
                    "A side begins or ends within a row of denominators.csv",
                    got=dict(side),
                    hint="Let sides begin and end where its periods do.",
                )
            )
        whole = published.articles * kept
        return np.array([float(whole[published.outlet == name].sum()) for name in names])
    days = dict(zip(calendar.outlets, (calendar.state == 0).sum(axis=1).tolist(), strict=True))
    return np.array([float(days.get(name, 0)) for name in names])


def _sorted_names(values: set[Any]) -> tuple[str | None, ...]:
    return tuple(sorted(v for v in values if v is not None)) + ((None,) if None in values else ())
