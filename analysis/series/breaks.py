"""When the level of a measurement changed, if it did: breaks with an interval for each date.

Not for an event whose date is known beforehand (`compare`), and no explanation: a break says when, not why.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.periods import Days
from analysis.result import Measurement, Result, Traced
from analysis.series.calendar import calendar_of
from analysis.series.period_breaks import Options, period_breaks
from analysis.series.scale import in_unit
from analysis.series.source import corpus_of
from analysis.series.status import periods_of
from analysis.series.trend import trend

IN_UNIT = ("estimate", "low", "high", "standardised")


def breaks(
    m: Measurement,
    *,
    by: str = "week",
    across: str | None = None,
    weight: str = "word",
    stories: str = "all",
    min_length: int | None = None,
    max_breaks: int = 3,
    alpha: float = 0.05,
    n_boot: int = 499,
    seed: int = 1,
) -> Result:
    """Look for lasting changes of level in a line over time. "None" is an answer, with its p.

    Parameters
    ----------
    m
        A Measurement that carries its corpus.
    by
        `day`, `week`, `month`, `quarter`, `year`. Days have their weekday season taken out.
    across
        As for `trend`: one line for each value of this field; without it one.
    weight, stories
        As for `trend`.
    min_length
        Fewest periods of a level, at least 3; by default a twentieth of the line, and 14 days, 4 weeks, or 3 of the
        others. What is shorter is an event: one or two periods that stand apart are reported as a pulse.
    max_breaks
        Most breaks of a line, 1 to 10.
    alpha
        A break is one where p is at most this. Of one line: for many lines use `claims`.
    n_boot
        Draws, at least 99.
    seed
        Any whole number.

    Returns
    -------
    Result
        kind `breaks`; at least one row a group, groups in the order of the trend, rows in order of time:

        group
            text; null for articles without the field.
        kind
            `break`; `pulse` (one or two periods, the level then as before; at .005 where there is no break, beside one
            at .05, as its date rests on them); `none` (no break; p is of "none at all").
        break
            first period of the new level, or of the pulse, datetime64[us]; null for `none`.
        low, high
            first and last period of the 95 % interval of that date, datetime64[us]. Of a pulse: its periods.
        before, after
            ratios of sums of the levels on both sides, in the measurement's unit, float64; of a pulse: of the level
            around it and of itself.
        difference
            after - before.
        p
            of a break: that the line would show as much without it; of a pulse: that any of the periods would.
        n_periods
            periods used, int64: those not collected are no zeros and are left out.
        autocorrelation
            of neighbouring periods about their level, float64.
        note
            text: what to beware of in this row.

    Raises
    ------
    InputError, UnknownNameError, SelectionError
        As `trend`.

    Notes
    -----
    Ratios of periods are weighted by shock and sampling (`analysis.stats.period_weights`); the test is that of
    `analysis.stats.level_shifts`. Where fewer than a quarter of the periods lack days or an outlet (`partial`,
    `incomplete`), they are left out; where there are more, they stay, and the note says so. The first and the last
    period are left out where the range cuts them: two days are no week. A line with breaks
    is looked at again with the mix of outlets held fixed, and beside a straight line (BIC); the notes of its rows say
    what came of it.

    Where the measurement has `draws`, other numerators that could have been measured, breaks are looked for in the line
    of each; the notes of a break say in how many there is one whose interval overlaps its own. p and the interval
    themselves take the measurement as it is.

    Cost: that of a trend without intervals, then about 0.1 s a line without a break and 0.25 s with one (104 periods);
    two years of days take 1.6 and 3.2 s.
    """
    plain = replace(m, scale=1.0)  # ratios as they are, until the table is made
    line = trend(plain, by=by, across=across, weight=weight, stories=stories, inference=None, seed=seed)
    options = Options(by, min_length, max_breaks, alpha, n_boot, seed)
    cut = cut_periods(m, by)
    line = replace(line, table=without_periods(line.table, cut))
    table = period_breaks(line.table, options)
    if m.draws is not None:
        others = [
            trend(
                replace(plain, table=m.table.assign(numerator=x), draws=None), by=by, across=across, weight=weight,
                stories=stories, inference=None, seed=seed,
            )
            for x in m.draws.T
        ]  # fmt: skip
        table = _found_again(table, [period_breaks(without_periods(o.table, cut), options) for o in others])
    kept = [n for n in line.notes if not n.startswith("No intervals")]
    if cut.size:
        kept.append(
            f"Left out: {' and '.join(map(str, cut))}, a {by} of which the range holds only some days."
        )
    return Result(
        kind="breaks",
        table=in_unit(table, m, "before", "after", "difference"),
        unit=m.unit,
        params={
            "measure": m.signature,
            "label": m.label,
            "by": by,
            "across": across,
            "weight": weight,
            "stories": line.params["stories"],
            "min_length": min_length,
            "max_breaks": max_breaks,
            "alpha": alpha,
            "n_boot": n_boot,
            "seed": seed,
        },
        corpus_fingerprint=m.corpus_fingerprint,
        notes=(
            *kept,
            "Dates have 95 % intervals by test inversion; p is calibrated under autocorrelation (sieve bootstrap). "
            "Exploratory: the dates were found by looking at the same line.",
        ),
        source=Traced(
            corpus_of(m), m, {"line": replace(line, table=in_unit(line.table, m, *IN_UNIT), unit=m.unit)}
        ),
    )


def cut_periods(m: Measurement, by: str) -> Days:
    """Return the first days of the periods of which the range holds only some days: no breaks are looked for there."""
    edges = periods_of(calendar_of(corpus_of(m)), by)
    out: Days = edges.starts[~edges.complete]
    return out


def without_periods(table: pd.DataFrame, cut: Days) -> pd.DataFrame:
    """Empty the sums of some periods; the line stays as long as it was."""
    gone = np.isin(table["period"].to_numpy().astype("datetime64[D]"), cut)
    return table.assign(**{c: table[c].mask(gone) for c in ("numerator", "denominator", "standardised")})


def _found_again(table: pd.DataFrame, others: list[pd.DataFrame]) -> pd.DataFrame:
    """Say of each break in how many other measurements of the same articles there is one at about that time."""
    said = []
    for row in table.itertuples():
        if row.kind != "break":
            said.append(str(row.note))
            continue
        again = sum(
            bool((_breaks_of(o, row.group) & (o["low"] <= row.high) & (o["high"] >= row.low)).any())
            for o in others
        )
        said.append(
            f"{row.note} Found in {again} of {len(others)} other measurements of the articles.".strip()
        )
    return table.assign(note=pd.Series(said, dtype="str"))


def _breaks_of(table: pd.DataFrame, group: object) -> "pd.Series[bool]":
    own = table["group"] == group if isinstance(group, str) else table["group"].isna()
    return own & (table["kind"] == "break")
