"""Two sides of a measurement: by how much they differ, and whether by more than chance.

Groups of articles are compared by permuting stories; before and after by periods, because neighbouring days share their
events. Not for a date found by looking at the line (`breaks`), and no proof of a cause.
"""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.errors import InputError, choose, message
from analysis.fingerprint import derive_seed
from analysis.result import Measurement, Result
from analysis.series.before import before_and_after
from analysis.series.scale import in_unit
from analysis.series.sides import Side, Sides, check_side, is_in_time, sides_of
from analysis.series.split import split
from analysis.stats.checks import Bools, Floats, Ints, share, whole
from analysis.stats.contrast import contrast_cells

COLUMNS = (
    "contrast", "target", "reference", "difference", "low", "high", "ratio", "ratio_low", "ratio_high", "p", "method",
    "n_docs_target", "n_docs_reference", "n_stories_target", "n_stories_reference", "n_stories_both", "p_placebo",
    "n_placebo",
)  # fmt: skip
BY = ("day", "week", "month")
_FEWEST = 5  # stories of a side


class Compared(NamedTuple):
    """One contrast; NaN where there is none."""

    target: float
    reference: float
    difference: float
    low: float
    high: float
    ratio: float
    ratio_low: float
    ratio_high: float
    p: float
    method: str
    p_placebo: float = float("nan")
    n_placebo: int = 0


def compare(
    m: Measurement,
    *,
    target: Side,
    reference: Side,
    weight: str = "word",
    standardise: str | None = None,
    by: str = "week",
    level: float = 0.95,
    n_permutations: int = 1999,
    seed: int = 1,
) -> Result:
    """Compare two sides: groups at the same time, or before and after.

    Parameters
    ----------
    m
        A Measurement that carries its corpus. Not volume: its denominators are no property of articles (`trend`).
    target, reference
        Conditions as of `Corpus.where`: `{"outlet": "Dawn"}` and `{"outlet": "APP"}`, or `{"since": "2025-05-07"}` and
        `{"until": "2025-05-06"}`. Where `since` or `until` differ it is a comparison in time.
    weight
        `word`: ratio of sums; `article`: mean of the articles' ratios.
    standardise
        `outlet`, `section`, `agency` or `language`: a second row with the change within its values, at the mean of the
        two mixes (the `within` of `composition`).
    by
        In time: the length of the blocks that resemble their neighbours, counted from the event (`month`: 30 days).
    level, n_permutations, seed
        Of the intervals; permutations, or draws of the reference law (at least 99); any whole number.

    Returns
    -------
    Result
        kind `compare`, one row (two with `standardise`):

        contrast
            `pooled` or `standardised`.
        target, reference, difference, low, high
            float64, in the measurement's unit; null where a side has fewer than 5 stories or too few periods.
        ratio, ratio_low, ratio_high
            target / reference; null where the reference is not above 0.
        p
            two-sided; null as above.
        method
            `permutation` (groups), `before_after` (time), `linearised` (the standardised row: normal, by stories).
        n_docs_target, n_docs_reference, n_stories_target, n_stories_reference, n_stories_both
            int64; `both` counts stories with articles on both sides.
        p_placebo, n_placebo
            in time: the share of other dates, the event's among them, with a change as large, and how many there were.

    Raises
    ------
    InputError, SelectionError
        Conditions that say nothing, are unknown, or overlap; a side without articles; volume.

    Notes
    -----
    Groups: t = difference / linearised standard error over stories; labels are permuted among stories of one side,
    and a story on both sides exchanges its parts by a coin (`analysis.stats.contrast`). The interval inverts |t|.
    Exchangeable stories make the p exact; otherwise it is right for many.

    Time: sums by blocks of days; a HAC standard error and its reference law by autoregressive resampling
    (`analysis.stats.before_after`); placebo dates are all others whose windows fit.

    Cost: groups 1,999 permutations of 100,000 stories take a few seconds; memory for blocks of labels.

    References: Janssen (1997); Chung & Romano (2013), Annals of Statistics 41(2); Kiefer & Vogelsang (2005).
    """
    choose("weight", weight, ("word", "article"))
    choose("by", by, BY)
    share("level", level)
    whole("n_permutations", n_permutations, at_least=99)
    check_side("target", target)
    check_side("reference", reference)
    if standardise is not None:
        choose("standardise", standardise, ("outlet", "section", "agency", "language"))
    if isinstance(m, Measurement) and m.kind == "volume":
        raise InputError(
            message(
                "Volume has no denominator by article",
                got="volume",
                hint="Use `trend`, `breaks` or `composition`.",
            )
        )
    sides = sides_of(m, target, reference, fields=() if standardise is None else (standardise,))
    x, n = _weighed(sides, weight)
    notes = []
    if is_in_time(target, reference):
        pooled, said = before_and_after(
            m,
            sides,
            x,
            n,
            target=target,
            reference=reference,
            by=by,
            level=level,
            n_boot=n_permutations,
            seed=seed,
        )
        notes += said
    else:
        pooled = _groups(sides, x, n, level, n_permutations, seed)
        notes.append(
            "Groups: stories are permuted between the sides; the p is about these stories, not about outlets at large."
        )
        if np.isnan(pooled.p):
            notes.append(
                f"No test: a side has fewer than {_FEWEST} stories with a denominator, or nothing varies."
            )
    rows = [_row("pooled", pooled, sides)]
    if standardise is not None:
        fixed, said, factor = _standardised(sides, x, n, standardise, level)
        if is_in_time(target, reference) and factor is not None:
            fixed, _ = before_and_after(
                m,
                sides,
                x * factor,
                n * factor,
                target=target,
                reference=reference,
                by=by,
                level=level,
                n_boot=n_permutations,
                seed=seed,
            )
            fixed = fixed._replace(p_placebo=float("nan"), n_placebo=0)
        rows.append(_row("standardised", fixed, sides))
        notes += said
    if sides.n_uncollected:
        notes.append(f"{sides.n_uncollected:,} articles dated to days that were not collected are left out.")
    return Result(
        kind="compare",
        table=in_unit(
            pd.DataFrame(rows, columns=list(COLUMNS)), m, "target", "reference", "difference", "low", "high"
        ),
        unit=m.unit,
        params={
            "measure": m.signature, "label": m.label, "target": dict(target), "reference": dict(reference),
            "weight": weight, "standardise": standardise, "by": by if is_in_time(target, reference) else None,
            "level": level, "n_permutations": n_permutations, "seed": seed,
        },
        corpus_fingerprint=m.corpus_fingerprint,
        notes=tuple(notes),
        source=m.source,
    )  # fmt: skip


def _weighed(sides: Sides, weight: str) -> tuple[Floats, Floats]:
    if weight == "word":
        return sides.x, sides.n
    have = sides.n > 0
    return np.divide(sides.x, sides.n, out=np.zeros(sides.n.size), where=have), have.astype(np.float64)


def _groups(sides: Sides, x: Floats, n: Floats, level: float, n_permutations: int, seed: int) -> Compared:
    used = (sides.target | sides.reference) & (n > 0)
    is_target, story = sides.target[used], sides.story[used]
    x, n = x[used], n[used]
    top, bottom = (
        float(x[s].sum() / n[s].sum()) if n[s].sum() > 0 else np.nan for s in (is_target, ~is_target)
    )
    enough = all(np.unique(story[s]).size >= _FEWEST for s in (is_target, ~is_target))
    if not enough:
        return _untested(top, bottom, "permutation")
    # Scores may be negative; a constant added to every ratio leaves their difference as it is.
    shift = max(0.0, -float((x / n).min()))
    cells = contrast_cells(sparse.csr_array((x + shift * n)[:, None]), n, is_target, story)
    observed, error = (float(a[0, 0]) for a in cells.statistics(cells.observed_labels[:, None]))
    if error <= 0:
        return _untested(top, bottom, "permutation")
    rng = np.random.Generator(np.random.PCG64(derive_seed(seed, "compare")))
    size = max(1, 4_000_000 // cells.words.size)
    drawn = []
    for start in range(0, n_permutations, size):
        count = min(size, n_permutations - start)
        drawn.append(cells.statistics(np.stack([cells.relabelled(rng) for _ in range(count)], axis=1))[0][0])
    absolute = np.abs(np.concatenate(drawn))
    # Sums in another order differ in the last bits: a tie is a tie.
    p = (1 + int((absolute >= abs(observed) * (1 - 1e-9)).sum())) / (n_permutations + 1)
    critical = float(np.quantile(absolute, level, method="higher"))
    log_error = _log_error(x, n, is_target, story, top, bottom)
    return _with_ratio(top, bottom, error, critical, p, "permutation", log_error)


def _log_error(x: Floats, n: Floats, is_target: Bools, story: Ints, target: float, reference: float) -> float:
    """Standard error of log(target / reference) over stories; NaN where one is not above 0."""
    if not (target > 0 and reference > 0):
        return float("nan")
    influence = np.zeros(x.size)
    for side, ratio, sign in ((is_target, target, 1.0), (~is_target, reference, -1.0)):
        influence[side] = sign * (x[side] - ratio * n[side]) / n[side].sum() / ratio
    return float(
        np.sqrt((np.bincount(np.unique(story, return_inverse=True)[1], weights=influence) ** 2).sum())
    )


def _with_ratio(
    target: float, reference: float, error: float, critical: float, p: float, method: str, log_error: float
) -> Compared:
    difference = target - reference
    ratio = target / reference if reference > 0 else np.nan
    spread = np.exp(critical * log_error)
    return Compared(
        target, reference, difference, difference - critical * error, difference + critical * error, ratio,
        ratio / spread, ratio * spread, p, method,
    )  # fmt: skip


def _untested(target: float, reference: float, method: str) -> Compared:
    nan = float("nan")
    ratio = target / reference if reference > 0 else nan
    return Compared(target, reference, target - reference, nan, nan, ratio, nan, nan, nan, method)


def _standardised(
    sides: Sides, x: Floats, n: Floats, field: str, level: float
) -> tuple[Compared, list[str], Floats | None]:
    """The difference within strata at the mean of both mixes, with a normal interval by stories.

    The factors weigh the articles so that the ratio of sums of each side is the standardised one.
    """
    from scipy.special import ndtr, ndtri

    used = sides.target | sides.reference
    column = (
        sides.articles[field]
        .astype(object)
        .where(sides.articles[field].notna(), "")[used]
        .to_numpy(dtype=object)
    )
    _, code = np.unique(column.astype(str), return_inverse=True)
    k = int(code.max()) + 1
    side = sides.target[used]
    x, n, story = x[used], n[used], np.unique(sides.story[used], return_inverse=True)[1]
    x0, n0, x1, n1 = (
        np.bincount(code[s], weights=v[s], minlength=k).astype(np.float64)
        for s in (~side, side)
        for v in (x, n)
    )
    found = split(x0, n0, x1, n1)
    nan = float("nan")
    if np.isnan(found.within).all():
        return (
            Compared(nan, nan, nan, nan, nan, nan, nan, nan, nan, "linearised"),
            [f"No common support: no {field} is on both sides, so there is no standardised difference."],
            None,
        )
    common = (n0 > 0) & (n1 > 0)
    weight = (n0 * common / n0[common].sum() + n1 * common / n1[common].sum()) / 2
    r0, r1 = (np.divide(a, b, out=np.zeros(k), where=b > 0) for a, b in ((x0, n0), (x1, n1)))
    influence = np.zeros(x.size)
    for s, r, total, sign in ((side, r1, n1, 1.0), (~side, r0, n0, -1.0)):
        scale = np.divide(weight, total, out=np.zeros(k), where=total > 0)
        influence[s] = sign * scale[code[s]] * (x[s] - r[code[s]] * n[s])
    error = float(np.sqrt((np.bincount(story, weights=influence) ** 2).sum()))
    target, reference = float(weight @ r1), float(weight @ r0)
    p = float(2 * ndtr(-abs(target - reference) / error)) if error > 0 else nan
    left_out = int((~common & (n0 + n1 > 0)).sum())
    said = [
        f"Standardised over {int(common.sum())} {field}s; {left_out} on one side only, without common support."
    ]
    factor = np.zeros(used.size)
    shares = [np.divide(weight, t, out=np.zeros(k), where=t > 0) * t[common].sum() for t in (n0, n1)]
    factor[used] = np.where(side, shares[1][code], shares[0][code])
    z = float(ndtri((1 + level) / 2))
    return _with_ratio(target, reference, error, z, p, "linearised", nan), said, factor


def _row(contrast: str, c: Compared, sides: Sides) -> tuple[Any, ...]:
    stories = [set(sides.story[s].tolist()) for s in (sides.target, sides.reference)]
    return (
        contrast, c.target, c.reference, c.difference, c.low, c.high, c.ratio, c.ratio_low, c.ratio_high, c.p, c.method,
        int(sides.target.sum()), int(sides.reference.sum()), len(stories[0]), len(stories[1]),
        len(stories[0] & stories[1]), c.p_placebo, c.n_placebo,
    )  # fmt: skip
