"""Before and after an event named beforehand: blocks of days from the event on, handed to the period-level test.

Not for the test itself (`analysis.stats.before_after`, `analysis.stats.placebo`), and not for groups.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from analysis.errors import SelectionError, message
from analysis.periods import as_days, since_date, until_date
from analysis.result import Measurement
from analysis.series.calendar import COLLECTED, calendar_of
from analysis.series.groups import Compared
from analysis.series.sides import TIMES, Side, Sides
from analysis.series.source import day_index
from analysis.stats.checks import Bools, Floats, Ints

_DAYS = {"day": 1, "week": 7, "month": 30}


def before_and_after(
    m: Measurement, sides: Sides, x: Floats, n: Floats, *, target: Side, reference: Side, by: str, level: float,
    n_boot: int, seed: int,
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
    length = _DAYS[by]
    exact = (sides.articles["published_precision"] == "day").to_numpy(dtype=bool)
    at = np.where(exact, day_index(as_days(sides.articles["published"]), calendar), -1)
    offset = int((np.datetime64(event, "D") - calendar.first) / np.timedelta64(1, "D"))
    block_of_day = (np.arange(calendar.n_days) - offset) // length
    first = int(block_of_day.min())
    blocks = block_of_day - first
    n_blocks = int(blocks.max()) + 1
    collected = np.zeros(n_blocks, dtype=np.bool_)
    rows = [i for i, o in enumerate(calendar.outlets) if _has_outlet(target, o)]
    collected[blocks[(calendar.state[rows] == COLLECTED).any(axis=0)]] = True
    filtered = _without_time(sides, target, reference)
    usable = sides.placed & filtered & (at >= 0)
    numerator, denominator = (
        np.bincount(blocks[at[usable]], weights=v[usable], minlength=n_blocks).astype(np.float64)
        for v in (x, n)
    )
    denominator = np.where(collected & (denominator > 0), denominator, np.nan)
    own = usable & (
        sides.target | sides.reference
    )  # of a block that a side ends within, only its own articles
    own_top, own_bottom = (
        np.bincount(blocks[at[own]], weights=v[own], minlength=n_blocks).astype(np.float64) for v in (x, n)
    )
    chosen_bottom = np.where(collected & (own_bottom > 0), own_bottom, np.nan)
    position = -first
    members = [_blocks_of(s[usable], at[usable], blocks, n_blocks) for s in (sides.target, sides.reference)]
    after, before = members[later], members[1 - later]
    chosen = after | before
    coarse = int(((sides.target | sides.reference) & ~exact).sum())
    notes = [
        f"Before and after: {int((before & ~np.isnan(denominator)).sum())} and "
        f"{int((after & ~np.isnan(denominator)).sum())} observed blocks of {length} days. The p allows for neighbours "
        "that resemble each other; it does not say what made the change."
    ]
    if coarse:
        notes.append(f"{coarse:,} articles without a date to the day are left out.")
    if find_spec("analysis.stats.before_after") is None:
        raise SelectionError(message("Comparing in time needs the period-level test, which is not installed"))
    found: Any = import_module("analysis.stats.before_after").before_after(
        np.where(chosen, own_top, 0.0),
        np.where(chosen, chosen_bottom, np.nan),
        after,
        level=level,
        n_boot=n_boot,
        seed=seed,
    )
    if np.isnan(found.p):
        notes.append("No test: too few observed blocks, or nothing varies.")
    p_placebo, n_placebo = float("nan"), 0
    try:
        rank = import_module("analysis.stats.placebo").placebo(
            numerator, denominator, position, n_before=int(before.sum()), n_after=int(after.sum())
        )
        p_placebo, n_placebo = float(rank.p), int(rank.n_dates)
    except (ValueError, ModuleNotFoundError):  # the event's own windows do not lie side by side
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


def _blocks_of(members: Bools, at: Ints, blocks: Ints, n_blocks: int) -> Bools:
    """The blocks from the first to the last article of a side."""
    own = blocks[at[members]]
    out = np.zeros(n_blocks, dtype=np.bool_)
    if own.size:
        out[own.min() : own.max() + 1] = True
    return out
