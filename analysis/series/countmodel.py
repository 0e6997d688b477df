"""Which silences of one outlet are too long to be chance: a model of its daily counts. Arrays in, spans out.

It never says that days were not collected, only that nobody would expect them empty. Not for outlets that declare their
windows, and not for a half-collected day: it looks for days without any article.

The model: counts are negative binomial around a level of the weeks before and after the silence (the lower of the two),
times a factor of the weekday and of holidays. Zero days that tend to follow each other make longer silences innocent.
The chance of a silence is multiplied by the number of days looked at (Bonferroni), so that `p` is that of any such
silence in the whole span of the outlet.
"""

from typing import NamedTuple

import numpy as np

from analysis.stats.checks import Bools, Floats, Ints

ALPHA = 0.001
_SIDE = 56  # days whose level a silence is held against, on either side
_ENOUGH = 14  # fewer days than this on one side say nothing about its level
_CANDIDATE = 8.0  # silences with more expected articles than this are kept out of the estimates
_PRIOR = 5.0  # how many days the model's own chance of a zero counts for, beside what was seen
_SHARE = 0.1  # a silence with a few stray articles: at most this share of what was expected
_SHIFT = 3  # days by which a periodical may come early or late


class Gap(NamedTuple):
    """A suspected gap: days `start` to before `stop`, articles seen and expected, and its p."""

    start: int
    stop: int
    observed: float
    expected: float
    p: float


class CountModel(NamedTuple):
    """What is expected of an outlet: factors by day, the days used for its level, dispersion, zeros after zeros."""

    counts: Floats
    season: Floats
    used: Bools
    dispersion: float
    n_zero: float
    n_zero_again: float
    periodical: bool

    @property
    def publishing(self) -> Bools:
        """The days on which the outlet publishes at all, by its weekdays."""
        return self.season > 0.05

    def level(self, start: int, stop: int) -> float:
        """Articles a day (of factor 1) around a silence: the lower of the levels before and after it."""
        used = np.flatnonzero(self.used)
        at, behind = np.searchsorted(used, [start, stop])
        sides = []
        for days in (used[max(0, at - _SIDE) : at], used[behind : behind + _SIDE]):
            weight = float(self.season[days].sum())
            if days.size >= _ENOUGH and weight > 0:
                sides.append(float(self.counts[days].sum()) / weight)
        if sides:
            return min(sides)
        weight = float(self.season[used].sum())
        return float(self.counts[used].sum()) / weight if weight > 0 else 0.0

    def silence(self, start: int, stop: int) -> tuple[float, float]:
        """Return how many articles were to be expected from `start` to `stop`, and the chance of none anywhere."""
        mean = self.level(start, stop) * self.season[start:stop]
        zero = (1 + mean / self.dispersion) ** -self.dispersion
        again = (self.n_zero_again + _PRIOR * zero) / (self.n_zero + _PRIOR)
        log_p = float(np.log(np.where(mean > 0, np.maximum(zero, again), 1.0)).sum())
        looked_at = max(float(self.publishing.sum()), 1.0)
        return float(mean.sum()), float(min(1.0, np.exp(log_p) * looked_at))


def fit(counts: Ints, weekday: Ints, holiday: Bools, usable: Bools) -> CountModel:
    """Fit the model to the daily counts of one outlet.

    Parameters
    ----------
    counts, weekday, holiday
        Of each day from the outlet's first to its last, (n_days,); weekdays 0 to 6.
    usable
        Days that are not known to be missing.
    """
    y = counts.astype(np.float64)
    runs = zero_runs(y)
    long = _mask(y.size, [(a, b) for a, b in runs if b - a >= 28])
    season = _season(y, weekday, holiday, usable & ~long)
    base = usable & ~long
    level = y[base].sum() / max(season[base].sum(), 1e-9)
    candidates = [(a, b) for a, b in runs if level * season[a:b].sum() > _CANDIDATE]
    used = usable & ~_mask(y.size, candidates)
    days = np.flatnonzero(used)
    mean = _local_mean(y[days], season[days])
    excess = float(((y[days] - mean) ** 2 - mean).sum())
    dispersion = float(np.clip((mean**2).sum() / max(excess, 1e-9), 0.05, 1e6)) if days.size else 1.0
    printing = days[season[days] > 0.05]
    zero = y[printing] == 0
    neighbours = np.diff(printing) <= 7
    n_zero = float((zero[:-1] & neighbours).sum())
    n_again = float((zero[:-1] & zero[1:] & neighbours).sum())
    periodical = bool(days.size) and float((y[days] == 0).mean()) >= 0.5
    return CountModel(y, season, used, dispersion, n_zero, n_again, periodical)


def suspected_gaps(model: CountModel) -> list[Gap]:
    """Find the silences whose chance is below .001; neighbours with hardly an article between them are one."""
    found: list[Gap] = []
    for start, stop in zero_runs(model.counts):
        expected, p = model.silence(start, stop)
        if p < ALPHA and not (model.periodical and _shifted(model, start, stop)):
            found.append(Gap(start, stop, 0.0, expected, p))
    joined: list[Gap] = []
    for gap in found:
        before = joined[-1] if joined else None
        if before is not None:
            observed = float(model.counts[before.start : gap.stop].sum())
            expected = model.level(before.start, gap.stop) * float(
                model.season[before.start : gap.stop].sum()
            )
            if observed <= _SHARE * expected and gap.start - before.stop <= _SIDE:
                p = min(before.p, gap.p)
                joined[-1] = Gap(before.start, gap.stop, observed, expected, p)
                continue
        joined.append(gap)
    return joined


def zero_runs(counts: Floats) -> list[tuple[int, int]]:
    """List the longest runs of days without an article: first day, and the day behind the last.

    >>> zero_runs(np.array([1.0, 0, 0, 2, 0]))
    [(1, 3), (4, 5)]
    """
    zero = np.concatenate([[False], counts == 0, [False]])
    edges = np.flatnonzero(zero[1:] != zero[:-1])
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _shifted(model: CountModel, start: int, stop: int) -> bool:
    """Tell whether an issue only came some days early or late."""
    days = np.arange(start, stop)[model.publishing[start:stop]]
    if not days.size:
        return True
    a, b = max(0, int(days[0]) - _SHIFT), min(model.counts.size, int(days[-1]) + 1 + _SHIFT)
    expected = model.level(start, stop) * float(model.season[a:b].sum())
    return bool(model.counts[a:b].sum() >= 0.5 * expected)


def _season(y: Floats, weekday: Ints, holiday: Bools, base: Bools) -> Floats:
    """Factors with mean 1 over the days: of the weekday, and one for all holidays (at most 1)."""
    ordinary = base & ~holiday
    if not ordinary.any() or not y[ordinary].sum():
        return np.ones(y.size)
    of_day = np.bincount(weekday[ordinary], minlength=7)
    sums = np.bincount(weekday[ordinary], weights=y[ordinary], minlength=7)
    overall = y[ordinary].mean()
    # A weekday seen hardly ever is taken for an ordinary one.
    factor = (sums + overall) / ((of_day + 1) * overall)
    factor = np.where((of_day >= 4) & (sums == 0), 0.0, factor)
    season = factor[weekday]
    feast = base & holiday
    if feast.any():
        expected = overall * season[feast].sum()
        season = np.where(holiday, season * min(1.0, (y[feast].sum() + 1) / (expected + 1)), season)
    return season


def _local_mean(y: Floats, season: Floats) -> Floats:
    """What is expected of each day from the eight weeks around it."""
    if not y.size:
        return y
    total, weight = (np.concatenate([[0.0], np.cumsum(v)]) for v in (y, season))
    half = _SIDE // 2
    low = np.maximum(np.arange(y.size) - half, 0)
    high = np.minimum(np.arange(y.size) + half + 1, y.size)
    return np.asarray(season * (total[high] - total[low]) / np.maximum(weight[high] - weight[low], 1e-9))


def _mask(n: int, spans: list[tuple[int, int]]) -> Bools:
    inside = np.zeros(n, dtype=np.bool_)
    for start, stop in spans:
        inside[start:stop] = True
    return inside
