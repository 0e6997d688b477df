"""Two sides of a measurement: by how much they differ, and whether by more than chance.

Groups of articles are compared by permuting stories; before and after by periods, because neighbouring days share their
events. Not for a date found by looking at the line (`breaks`), and no proof of a cause.
"""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import InputError, choose, message
from analysis.result import Measurement, Result, Traced
from analysis.series.before import before_and_after
from analysis.series.groups import FEWEST, Compared, by_permutation, standardised_difference
from analysis.series.scale import in_unit
from analysis.series.sides import Side, Sides, check_side, is_in_time, sides_of
from analysis.stats.checks import Floats, share, whole

COLUMNS = (
    "contrast", "target", "reference", "difference", "low", "high", "ratio", "ratio_low", "ratio_high", "p", "method",
    "n_docs_target", "n_docs_reference", "n_stories_target", "n_stories_reference", "n_stories_both", "p_placebo",
    "n_placebo",
)  # fmt: skip
BY = ("day", "week", "month")


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
        Of the intervals; permutations of groups (at least 99); any whole number. In time nothing is drawn.

    Returns
    -------
    Result
        kind `compare`, one row (two with `standardise`):

        contrast
            `pooled` or `standardised`.
        target, reference, difference, low, high
            float64, in the measurement's unit; null where a side has fewer than 5 stories or too few periods.
        ratio, ratio_low, ratio_high
            target / reference; null where the reference is not above 0, and for what can be negative, such as tone.
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
    and a story on both sides exchanges its parts by a coin (`analysis.stats.contrast`). The interval inverts `|t|`.
    Exchangeable stories make the p exact; otherwise it is right for many.

    Time: sums by blocks of days; Student's law averaged over how long the shocks of a block may last and how much is
    sampling (`analysis.stats.before_after`): null below 3 blocks of a side or 12 in all. Placebo dates are all others
    whose windows fit.

    Cost: groups 1,999 permutations of 100,000 stories take a few seconds; memory for blocks of labels.

    References: Janssen (1997); Chung & Romano (2013), Annals of Statistics 41(2); Zellner & Tiao (1964), JASA 59.
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
    x, n = weighed(sides, weight)
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
        )
        notes += said
    else:
        pooled = by_permutation(sides, x, n, level, n_permutations, seed)
        notes.append(
            "Groups: stories are permuted between the sides; the p is about these stories, not about outlets at large."
        )
        if np.isnan(pooled.p):
            notes.append(
                f"No test: a side has fewer than {FEWEST} stories with a denominator, or nothing varies."
            )
    rows = [_row("pooled", pooled, sides)]
    if standardise is not None:
        fixed, said, factor = standardised_difference(sides, x, n, standardise, level)
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
            )
            fixed = fixed._replace(p_placebo=float("nan"), n_placebo=0)
        rows.append(_row("standardised", fixed, sides))
        notes += said
    if (sides.x < 0).any():  # a scale without a true zero: twice as friendly means nothing
        nothing = dict.fromkeys(("ratio", "ratio_low", "ratio_high"), float("nan"))
        rows = [tuple(nothing.get(n, v) for n, v in zip(COLUMNS, row, strict=True)) for row in rows]
    if m.draws is not None:
        notes.append(_by_other_measurings(m, sides, weight))
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
        notes=(*notes, *m.notes),
        source=Traced(sides.corpus, m),
    )  # fmt: skip


def weighed(sides: Sides, weight: str) -> tuple[Floats, Floats]:
    """Numerators and denominators of all articles, for the ratio of sums or the mean of ratios."""
    if weight == "word":
        return sides.x, sides.n
    have = sides.n > 0
    return np.divide(sides.x, sides.n, out=np.zeros(sides.n.size), where=have), have.astype(np.float64)


def _by_other_measurings(m: Measurement, sides: Sides, weight: str) -> str:
    """Say what the pooled difference is by each of the other numerators; p and intervals are about articles alone."""
    drawn = np.empty((0, 0)) if m.draws is None else m.draws.T
    found = []
    for numerator in drawn:
        x, n = weighed(replace(sides, x=numerator), weight)
        tops, bottoms = ([float(v[s].sum()) for s in (sides.target, sides.reference)] for v in (x, n))
        if min(bottoms) > 0:
            found.append(m.scale * (tops[0] / bottoms[0] - tops[1] / bottoms[1]))
    if not found:
        return "The other measurements of these articles have no difference to show."
    return (
        f"By {len(found):,} other measurements of the same articles the pooled difference is {min(found):.4g} to "
        f"{max(found):.4g}. p and intervals take the measurement as it is: they do not hold this."
    )


def _row(contrast: str, c: Compared, sides: Sides) -> tuple[Any, ...]:
    stories = [set(sides.story[s].tolist()) for s in (sides.target, sides.reference)]
    return (
        contrast, c.target, c.reference, c.difference, c.low, c.high, c.ratio, c.ratio_low, c.ratio_high, c.p, c.method,
        int(sides.target.sum()), int(sides.reference.sum()), len(stories[0]), len(stories[1]),
        len(stories[0] & stories[1]), c.p_placebo, c.n_placebo,
    )  # fmt: skip
