"""Before and after an event named beforehand: blocks of days from the event on, handed to the period-level test.

Not for the test itself (`analysis.stats.before_after`, `analysis.stats.placebo`), and not for groups.
"""

from typing import Any

import numpy as np

from analysis.errors import InputError, SelectionError, message
from analysis.periods import as_days, since_date, until_date
from analysis.result import Measurement
from analysis.series.blocks import Blocks, blocks_from, collected
from analysis.series.calendar import calendar_of
from analysis.series.groups import Compared
from analysis.series.sides import TIMES, Side, Sides
from analysis.series.source import day_index
from analysis.stats.before_after import FEWEST, FEWEST_IN_ALL, before_after
from analysis.stats.checks import Bools, Floats, Ints
from analysis.stats.placebo import placebo


def before_and_after(
    m: Measurement, sides: Sides, x: Floats, n: Floats, *, target: Side, reference: Side, by: str, level: float,
) -> tuple[Compared, list[str]]:  # fmt: skip
    """Test the difference of two spans of time.

    Parameters
    ----------
    m, sides, x, n
        The measurement, its sides, and weighed numerators and denominators of its articles.
    target, reference
        The sides as asked for; one must end before the other begins.
    by
        Length of a block.

    Notes
    -----
    Blocks are counted from the first day of the later side, forwards and backwards, so that none lies across the
    event. A block of which no day was collected is not observed. Placebo dates use every block of the corpus.
    """
    spans = spans_of(target, reference)
    later = 0 if spans[0][0] > spans[1][0] else 1
    event, end = spans[later][0], spans[1 - later][1]
    if end >= event:
        raise SelectionError(
            message(
                "The sides overlap in time",
                got=f"{dict(target)}, {dict(reference)}",
                expected="one before the other",
            )
        )
    calendar = calendar_of(sides.corpus)
    exact = (sides.articles["published_precision"] == "day").to_numpy(dtype=bool)
    at = np.where(exact, day_index(as_days(sides.articles["published"]), calendar), -1)
    blocks = blocks_from(calendar, event, by)
    rows = np.array([i for i, o in enumerate(calendar.outlets) if _has_outlet(target, o)], dtype=np.int64)
    filtered = _without_time(sides, target, reference)
    usable = sides.placed & filtered & (at >= 0)
    numerator, denominator = (blocks.sums(at[usable], v[usable]) for v in (x, n))
    observed = collected(calendar, blocks, rows)
    denominator = np.where(observed & (denominator > 0), denominator, np.nan)
    # Of a block that a side ends within, only its own articles are in its ratio.
    own = usable & (sides.target | sides.reference)
    own_top, own_bottom = (blocks.sums(at[own], v[own]) for v in (x, n))
    own_bottom = np.where(observed & (own_bottom > 0), own_bottom, np.nan)
    members = [_members(s[usable], at[usable], blocks) for s in (sides.target, sides.reference)]
    after, before = members[later], members[1 - later]
    chosen = after | before
    coarse = int(((sides.target | sides.reference) & ~exact).sum())
    n_before, n_after = (int((s & ~np.isnan(denominator)).sum()) for s in (before, after))
    notes = [
        f"Before and after: {n_before} and {n_after} observed blocks of {blocks.length} days. The p allows for "
        "neighbours that resemble each other; it does not say what made the change."
    ]
    if coarse:
        notes.append(f"{coarse:,} articles without a date to the day are left out.")
    found = before_after(
        np.where(chosen, own_top, 0.0), np.where(chosen, own_bottom, np.nan), after, level=level
    )
    if np.isnan(found.p):
        notes.append(
            f"No test: fewer than {FEWEST} observed blocks on a side or {FEWEST_IN_ALL} in all, or nothing varies."
        )
    p_placebo, n_placebo = float("nan"), 0
    try:
        rank = placebo(
            numerator, denominator, blocks.event, n_before=int(before.sum()), n_after=int(after.sum())
        )
        p_placebo, n_placebo = float(rank.p), int(rank.n_dates)
    except InputError:  # the event's own windows do not lie side by side
        n_placebo = 0
    notes.append(
        f"Placebo dates: {n_placebo:,}"
        + (
            f"; at best p_placebo could be {1 / (n_placebo + 1):.3g}."
            if n_placebo
            else ", so there is no p_placebo."
        )
    )
    sign = 1.0 if later == 0 else -1.0
    low, high = (found.low, found.high) if sign > 0 else (-found.high, -found.low)
    ratio, ratio_low, ratio_high = found.ratio, found.ratio_low, found.ratio_high
    top, bottom = found.after, found.before
    if sign < 0:
        top, bottom = bottom, top
        ratio, ratio_low, ratio_high = (
            1 / v if v > 0 else float("nan") for v in (ratio, ratio_high, ratio_low)
        )
    return Compared(
        top, bottom, sign * found.difference, low, high, ratio, ratio_low, ratio_high, found.p, "before_after",
        p_placebo, n_placebo,
    ), notes  # fmt: skip


def spans_of(target: Side, reference: Side) -> list[tuple[Any, Any]]:
    """First and last day of each side, open ends far away."""
    return [_span(s) for s in (target, reference)]


def _span(side: Side) -> tuple[Any, Any]:
    low = since_date(side["since"]) if side.get("since") else since_date("0001-01-01")
    high = until_date(side["until"]) if side.get("until") else until_date("9999-12-31")
    return low, high


def _has_outlet(side: Side, outlet: str | None) -> bool:
    wanted = side.get("outlet")
    return wanted is None or outlet in ([wanted] if isinstance(wanted, str) else list(wanted))


def _without_time(sides: Sides, target: Side, reference: Side) -> Bools:
    """Articles that meet the conditions of the sides other than their time, for the placebo dates."""
    mask = sides.target | sides.reference
    for side in (target, reference):
        plain = {k: v for k, v in side.items() if k not in TIMES}
        found = sides.corpus.where(**plain).articles([])["doc_id"] if plain else sides.articles["doc_id"]
        mask = mask | sides.articles["doc_id"].isin(found).to_numpy()
    return np.asarray(mask)


def _members(members: Bools, at: Ints, blocks: Blocks) -> Bools:
    """The blocks from the first to the last article of a side."""
    own = blocks.of_day[at[members]]
    out = np.zeros(blocks.n, dtype=np.bool_)
    if own.size:
        out[own.min() : own.max() + 1] = True
    return out
