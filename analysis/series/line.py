"""How the points of a line are estimated: options, sums and intervals of every group and period, laid out as rows.

Not for what a user calls, or what is said about a line: `trend`, `notes`.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.errors import InputError, choose, message
from analysis.series.clusters import by_days, by_outlets
from analysis.series.draws import entries_of
from analysis.series.frame import Frame
from analysis.series.intervals import Estimated, shape_of, this_period
from analysis.series.measuring import spread_of
from analysis.series.standard import Standardised, standardised
from analysis.series.status import Text
from analysis.series.strata import strata_of
from analysis.series.weights import STORIES, WEIGHTS, Weighted, weighted
from analysis.stats.checks import Bools, Floats, share, whole

INFERENCES = ("this_period", "process", "outlets")
NOT_THERE = ("missing", "suspected_gap", "unknown")


@dataclass(frozen=True)
class TrendOptions:
    """How a line is drawn; checks itself."""

    weight: str
    stories: str
    inference: str | None
    level: float
    n_boot: int
    seed: int
    standardise: str

    def __post_init__(self) -> None:
        choose("weight", self.weight, WEIGHTS)
        choose("stories", self.stories, STORIES)
        if self.inference is not None:
            choose("inference", self.inference, INFERENCES)
        share("level", self.level)
        whole("n_boot", self.n_boot, at_least=99)
        if isinstance(self.seed, bool) or not isinstance(self.seed, int):
            raise InputError(message("`seed` is not a whole number", got=self.seed, expected="an int"))
        if self.inference == "outlets" and self.weight != "outlet":
            raise InputError(
                message(
                    '`inference="outlets"` is about the mean of outlets',
                    got=f"weight={self.weight!r}",
                    expected='weight="outlet"',
                )
            )


@dataclass(frozen=True, eq=False)
class Line:
    """What `trend` puts into a table: everything (n_groups, n_periods)."""

    numerator: Floats
    denominator: Floats
    n_docs: Floats
    n_stories: Floats
    estimated: Estimated
    status: Text
    present: Bools
    standard: list[Standardised]


def line_of(frame: Frame, options: TrendOptions) -> Line:
    """Estimate every group and period of a frame."""
    w = weighted(frame, weight=options.weight, stories=options.stories)
    status = frame.status()
    present = ~np.isin(status, NOT_THERE)
    fixed = frame.exposure() if frame.measurement.kind == "volume" else None
    equal = options.weight == "outlet"
    numerator, denominator = sums_of(frame, w, fixed, equal=equal)
    estimated = _estimate(frame, w, options, fixed)
    n_docs = frame.count(np.where(w.used, 1.0, 0.0))
    return Line(
        _there(numerator, present),
        _there(denominator, present),
        _there(n_docs, present),
        _there(frame.n_stories(w.used).astype(np.float64), present),
        _shown(estimated, present),
        status,
        present,
        [
            standardised(*strata_of(frame, w, g, options.standardise, present[g]), equal=equal)
            for g in range(frame.n_groups)
        ],
    )


def sums_of(frame: Frame, w: Weighted, fixed: Floats | None, *, equal: bool) -> tuple[Floats, Floats]:
    """Numerator and denominator of each group and period; where outlets are equal, the sum of ratios and outlets."""
    if fixed is not None:
        return frame.count(w.x), fixed
    if not equal:
        return frame.count(w.x), frame.count(w.n)
    total, have = np.zeros((2, frame.n_groups, frame.n_periods))
    for outlet in range(len(frame.calendar.outlets)):
        own = w.stratum == outlet
        x, n = frame.count(w.x * own), frame.count(w.n * own)
        total += np.divide(x, n, out=np.zeros(n.shape), where=n > 0)
        have += n > 0
    return total, have


def _estimate(frame: Frame, w: Weighted, options: TrendOptions, fixed: Floats | None) -> Estimated:
    shape = (frame.n_groups, frame.n_periods)
    used = np.flatnonzero(w.used)
    flat = None if fixed is None else fixed.ravel()
    if options.inference in ("process", "outlets"):
        spread = _measuring(frame, w, fixed, equal=options.weight == "outlet")
        how = by_days if options.inference == "process" else by_outlets
        found = how(frame, w, options.level, fixed, spread)
    else:
        drawn = frame.measurement.draws
        entries = entries_of(
            frame.cell[used], frame.story[used], w.stratum[used], w.x[used], w.n[used], frame.keys, shape[0] * shape[1],
            None if drawn is None else drawn[frame.row[used]] * w.factor[used, None],
        )  # fmt: skip
        found = this_period(
            entries, shape_of(w.x[used], w.n[used]), level=options.level, seed=options.seed, fixed=flat,
            n_boot=options.n_boot if options.inference else 0,
        )  # fmt: skip
    return found.shaped(shape)


def _measuring(frame: Frame, w: Weighted, fixed: Floats | None, *, equal: bool) -> Floats:
    """Mean square of what other measurings of the numerators are away from the estimates, (n_groups, n_periods)."""
    drawn = frame.measurement.draws
    if drawn is None:
        return np.zeros((frame.n_groups, frame.n_periods))
    found = []
    for x in (w.x, *(drawn[frame.row].T * w.factor)):
        top, bottom = sums_of(frame, replace(w, x=x), fixed, equal=equal)
        found.append(np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom > 0))
    return spread_of(np.stack(found[1:], axis=-1), found[0])


def _shown(e: Estimated, present: Bools) -> Estimated:
    estimate, error, low, high = (_there(v, present) for v in e[:4])
    return Estimated(estimate, error, low, high, np.where(present, e.method, 0))


def _there(values: Floats, present: Bools) -> Floats:
    return np.where(present, values, np.nan)


def table_of(frame: Frame, line: Line) -> pd.DataFrame:
    """Lay a line out as rows."""
    counts = {
        name: pd.array(np.where(np.isnan(v.ravel()), 0, v.ravel()).astype(np.int64), dtype="Int64")
        for name, v in (("n_docs", line.n_docs), ("n_stories", line.n_stories))
    }
    for values in counts.values():
        values[~line.present.ravel()] = pd.NA
    return pd.DataFrame(
        {
            "period": np.tile(frame.cells.edges.starts, frame.n_groups).astype("datetime64[us]"),
            "group": np.repeat(np.array(frame.groups, dtype=object), frame.n_periods),
            "numerator": line.numerator.ravel(),
            "denominator": line.denominator.ravel(),
            "n_docs": counts["n_docs"],
            "n_stories": counts["n_stories"],
            "estimate": line.estimated.estimate.ravel(),
            "low": line.estimated.low.ravel(),
            "high": line.estimated.high.ravel(),
            "status": line.status.ravel(),
            "standardised": np.concatenate([s.line for s in line.standard]),
        }
    )
