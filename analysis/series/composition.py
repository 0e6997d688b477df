"""The split of a change into within, mix, entry and exit, for a measurement and two sides.

Not a test: whether the change is more than chance is asked with `compare`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.errors import InputError, SelectionError, choose, message
from analysis.result import Measurement, Result
from analysis.series.calendar import calendar_of
from analysis.series.notes import split_notes
from analysis.series.scale import in_unit
from analysis.series.sides import Side, Sides, check_side, sides_of
from analysis.series.split import Split, split
from analysis.stats.bootstrap import poisson_weights, unit_keys
from analysis.stats.checks import Bools, Floats, Ints, share, whole

OVER = ("outlet", "section", "agency", "language", "author")
PARTS = ("within", "mix", "entry", "exit")
_BLOCK = 50  # draws held at a time


@dataclass(frozen=True, eq=False)
class _Sums:
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


def composition(
    m: Measurement | Mapping[str, Measurement],
    *,
    target: Side,
    reference: Side,
    over: str = "outlet",
    weight: str = "word",
    level: float = 0.95,
    n_boot: int = 500,
    seed: int = 1,
) -> Result:
    """Split the difference between two sides into change within strata, their mix, and strata that come and go.

    Parameters
    ----------
    m
        A Measurement; or several by name whose numerators and denominators add up, such as the tone of each voice
        `{"narration": ..., "quotation": ...}`: then the names are the strata.
    target, reference
        Conditions as of `Corpus.where`, such as `{"since": "2025-01-01"}` and `{"until": "2024-12-31"}`.
    over
        `outlet`, `section`, `agency`, `language` or `author`; `voice` (or any word) with several measurements.
    weight
        `word`: ratio of sums; `article`: mean of the articles' ratios.
    level, n_boot, seed
        Of the intervals about this period (stories resampled, normal); at least 99 draws.

    Returns
    -------
    Result
        kind `composition`; rows: first the whole, component by component, then every stratum.

        component
            `change`, `within`, `mix`, `entry`, `exit`.
        stratum
            text; null for the whole.
        effect, low, high
            float64, in the measurement's unit; the four components add up to the change, and the strata of a
            component to it, exactly. Null without common support. Intervals for the whole only.
        share_reference, share_target
            of the denominators, 0 to 1; null for the whole.
        ratio_reference, ratio_target
            of the stratum, or of the whole on the rows of `change`; null where it has no denominator.

    Raises
    ------
    InputError, SelectionError
        As for `compare`; parts that are not of one corpus; volume over anything but outlets.

    Notes
    -----
    Formulas and references: `analysis.series.split`. For volume the denominators are outlet-days.
    """
    choose("weight", weight, ("word", "article"))
    share("level", level)
    whole("n_boot", n_boot, at_least=99)
    check_side("target", target)
    check_side("reference", reference)
    parts = dict(sorted(m.items())) if isinstance(m, Mapping) else None
    over = "part" if parts and over == "outlet" else over
    sums = _of_parts(parts, target, reference) if parts else _of_field(m, target, reference, over, weight)
    if parts and weight != "word":
        raise InputError(
            message("Several measurements add up by words only", got=weight, expected="weight='word'")
        )
    first = sums.measurement
    found = _split(sums, sums.by_stratum(np.ones(len(sums.story_ids))))
    errors = _errors(sums, n_boot, seed)
    table = _table(found, sums, errors, level)
    return Result(
        kind="composition",
        table=in_unit(table, first, "effect", "low", "high", "ratio_reference", "ratio_target"),
        unit=first.unit,
        params={
            "measure": {k: v.signature for k, v in parts.items()} if parts else first.signature,
            "label": first.label,
            "target": dict(target),
            "reference": dict(reference),
            "over": over,
            "weight": weight,
            "level": level,
            "n_boot": n_boot,
            "seed": seed,
        },
        corpus_fingerprint=first.corpus_fingerprint,
        notes=(
            *split_notes(found, sums.names, sums.in_both(), sums.n_uncollected, over, first.scale),
            *dict.fromkeys(note for part in (parts or {"": first}).values() for note in part.notes),
        ),
        source=first.source,
    )


def _of_field(m: object, target: Side, reference: Side, over: str, weight: str) -> _Sums:
    """Sum one measurement by a field."""
    if not isinstance(m, Measurement):
        raise InputError(message("This is no measurement", got=type(m).__name__, expected="a Measurement"))
    choose("over", over, OVER)
    sides = sides_of(m, target, reference, fields=(over,))
    column = sides.articles[over].astype(object).where(sides.articles[over].notna(), None)
    used = sides.target | sides.reference
    names = _sorted_names(set(column[used]))
    code = np.array([names.index(v) if u else 0 for v, u in zip(column, used, strict=True)], dtype=np.int64)
    fixed = None
    if m.kind == "volume":
        if over != "outlet":
            raise SelectionError(
                message("Volume is split over outlets only", got=over, expected="over='outlet'")
            )
        fixed = np.stack([_outlet_days(sides, side, names) for side in (reference, target)])
    return _sums(m, sides, code, names, weight, fixed)


def _of_parts(parts: Mapping[str, Measurement], target: Side, reference: Side) -> _Sums:
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
    return _Sums(
        first, names, cell, x, n, story, tuple(story_ids.tolist()), None, every[0].n_uncollected,
    )  # fmt: skip


def _sums(
    m: Measurement, sides: Sides, code: Ints | None, names: tuple[str | None, ...], weight: str,
    fixed: Floats | None, *, number: int = 0,
) -> _Sums:  # fmt: skip
    used = np.flatnonzero(sides.target | sides.reference)
    stratum = np.full(used.size, number) if code is None else code[used]
    x, n = sides.x[used], sides.n[used]
    if weight == "article" and fixed is None:
        x, n = np.divide(x, n, out=np.zeros(n.size), where=n > 0), (n > 0).astype(np.float64)
    cell = sides.target[used].astype(np.int64) * len(names) + stratum
    return _Sums(m, names, cell, x, n, sides.story[used], sides.story_ids, fixed, sides.n_uncollected)


def _outlet_days(sides: Sides, side: Side, names: tuple[str | None, ...]) -> Floats:
    calendar = calendar_of(sides.corpus.where(**side))
    days = dict(zip(calendar.outlets, (calendar.state == 0).sum(axis=1).tolist(), strict=True))
    return np.array([float(days.get(name, 0)) for name in names])


def _sorted_names(values: set[Any]) -> tuple[str | None, ...]:
    return tuple(sorted(v for v in values if v is not None)) + ((None,) if None in values else ())


def _split(sums: _Sums, values: Floats) -> Split:
    k = len(sums.names)
    return split(values[0, :k], values[1, :k], values[0, k:], values[1, k:])


def _errors(sums: _Sums, n_boot: int, seed: int) -> dict[str, float]:
    """Standard errors of the five wholes, by resampling stories."""
    keys, k, rows = unit_keys(sums.story_ids), len(sums.names), []
    for first in range(0, n_boot, _BLOCK):
        n_draws = min(_BLOCK, n_boot - first)
        drawn = sums.by_stratum(poisson_weights(keys, n_draws, seed=seed, first=first))
        for d in range(n_draws):
            values = drawn[:, :, d]
            if values[1, :k].sum() > 0 and values[1, k:].sum() > 0:
                found = _split(sums, values)
                rows.append([found.change, *(float(np.sum(getattr(found, part))) for part in PARTS)])
    with np.errstate(invalid="ignore"):
        spread = np.std(np.array(rows), axis=0, ddof=1) if len(rows) > n_boot // 2 else np.full(5, np.nan)
    return dict(zip(("change", *PARTS), spread.tolist(), strict=True))


def _table(found: Split, sums: _Sums, errors: Mapping[str, float], level: float) -> pd.DataFrame:
    from scipy.special import ndtri

    z, k = float(ndtri((1 + level) / 2)), len(sums.names)
    values = sums.by_stratum(np.ones(len(sums.story_ids)))
    n0, n1 = values[1, :k], values[1, k:]
    none = np.full(k, np.nan)
    r0, r1 = (
        np.divide(x, n, out=none.copy(), where=n > 0) for x, n in ((values[0, :k], n0), (values[0, k:], n1))
    )
    rows: list[tuple[Any, ...]] = []
    for part in ("change", *PARTS):
        effect = found.change if part == "change" else float(np.sum(getattr(found, part)))
        half = z * errors[part] if np.isfinite(effect) else np.nan
        ratios = (found.reference, found.target) if part == "change" else (np.nan, np.nan)
        rows.append((part, None, effect, effect - half, effect + half, np.nan, np.nan, *ratios))
    both = (n0 > 0) & (n1 > 0)
    shown = {"within": both, "mix": both, "entry": (n1 > 0) & ~both, "exit": (n0 > 0) & ~both}
    for part in PARTS:
        effects = getattr(found, part)
        rows += [
            (
                part,
                sums.names[i],
                effects[i],
                np.nan,
                np.nan,
                n0[i] / n0.sum(),
                n1[i] / n1.sum(),
                r0[i],
                r1[i],
            )
            for i in np.flatnonzero(shown[part]).tolist()
        ]
    names = [
        "component", "stratum", "effect", "low", "high", "share_reference", "share_target", "ratio_reference",
        "ratio_target",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=names)
    return table.astype(dict.fromkeys(names[2:], np.float64))
