"""What happened around a date that was named beforehand: period by period, beside other dates.

Not for a date found by looking at the line (`breaks`), not for one answer to "did it change" (`compare` gives it, with
a p), and no proof of a cause.
"""

import datetime as dt

import numpy as np
import pandas as pd

from analysis.errors import InputError, SelectionError, choose, message
from analysis.periods import since_date
from analysis.result import Measurement, Result, Traced
from analysis.series.blocks import DAYS, Blocks, blocks_from, statuses
from analysis.series.frame import Frame, frame_of
from analysis.series.notes import left_out
from analysis.series.scale import in_unit
from analysis.series.weights import weighted
from analysis.stats.checks import Floats, share, whole
from analysis.stats.lags import FEWEST_BEFORE, FEWEST_DATES, Lags, lags


def event(
    m: Measurement,
    *,
    date: str | dt.date,
    by: str = "week",
    before: int = 12,
    after: int = 12,
    weight: str = "word",
    stories: str = "all",
    level: float = 0.95,
) -> Result:
    """Show a measurement period by period around a date, against its mean before, with placebo dates beside it.

    Parameters
    ----------
    m
        A Measurement that carries its corpus. Not volume.
    date
        First day of period 0, an ISO date.
    by
        Length of a period, counted from the date: `day`, `week` (7 days), `month` (30 days).
    before, after
        How many periods on each side, at least 1.
    weight, stories
        As for `trend` (`word` or `article`).
    level
        Of the intervals and the band, between 0 and 1.

    Returns
    -------
    Result
        kind `event`, one row a period, in order:

        period
            first day, datetime64[us].
        lag
            periods after the date, int64: 0 begins with it, -1 ends the day before.
        numerator, denominator
            weighted sums, float64; null where the period is not there.
        n_docs, n_stories
            Int64; null where the period is not there.
        value
            numerator / denominator, float64, in the measurement's unit.
        estimate, low, high
            value less the ratio of sums over the periods before, and its interval; null where there is none.
        placebo_low, placebo_high
            the same difference at other dates: null where there are fewer than five.
        status
            as in `coverage`.

    Raises
    ------
    InputError, UnknownNameError, SelectionError
        A wrong argument; volume; a date with nothing on one side.

    Notes
    -----
    Intervals: `analysis.stats.lags`; null below 8 observed periods before. Each is about its own period: of 20 of
    them one misses by chance. A period of which no day was collected is null. Cost: O(articles), then some 0.1 s.

    References: Zellner & Tiao (1964), JASA 59; Abadie, Diamond & Hainmueller (2015), AJPS 59(2), for placebo dates.
    """
    choose("by", by, tuple(DAYS))
    choose("weight", weight, ("word", "article"))
    share("level", level)
    whole("before", before)
    whole("after", after)
    if isinstance(m, Measurement) and m.kind == "volume":
        raise InputError(message("Volume has no denominator by article", got="volume", hint="Use `trend`."))
    day = since_date(date)
    frame = frame_of(m, by="day")
    blocks = blocks_from(frame.calendar, day, by)
    first, stop = max(0, blocks.event - before), min(blocks.n, blocks.event + after)
    if not 0 < blocks.event < blocks.n:
        raise SelectionError(
            message(
                "There is nothing on one side of the date",
                got=str(day),
                expected=f"a day after {frame.calendar.first}, at most {frame.calendar.last}",
            )
        )
    table, x, n = _table(frame, blocks, weight, stories)
    found = lags(x, n, blocks.event, n_before=blocks.event - first, n_after=stop - blocks.event, level=level)
    table = table.iloc[first:stop].reset_index(drop=True)
    for name, values in (
        ("value", found.value), ("estimate", found.difference), ("low", found.low), ("high", found.high),
        ("placebo_low", found.placebo_low), ("placebo_high", found.placebo_high),
    ):  # fmt: skip
        table[name] = values
    table["status"] = table.pop("status")
    return Result(
        kind="event",
        table=in_unit(table, m, "value", "estimate", "low", "high", "placebo_low", "placebo_high"),
        unit=m.unit,
        params={
            "measure": m.signature, "label": m.label, "date": day.isoformat(), "by": by, "before": before,
            "after": after, "weight": weight, "stories": stories, "level": level,
        },
        corpus_fingerprint=m.corpus_fingerprint,
        notes=(*left_out(frame), *_said(found, by), *_shortened(table, before, after)),
        source=Traced(frame.corpus, m),
    )  # fmt: skip


def _table(frame: Frame, blocks: Blocks, weight: str, stories: str) -> tuple[pd.DataFrame, Floats, Floats]:
    """Return every block with what was counted in it, numerators, and denominators that are NaN where there is none."""
    w = weighted(frame, weight=weight, stories=stories)
    x, n = blocks.sums(frame.day, w.x), blocks.sums(frame.day, w.n)
    n_docs = blocks.sums(frame.day, w.used.astype(np.float64)).astype(np.int64)
    pairs = np.unique((blocks.of_day[frame.day] * max(len(frame.keys), 1) + frame.story)[w.used])
    n_stories = np.bincount(pairs // max(len(frame.keys), 1), minlength=blocks.n)
    status = statuses(frame.calendar, blocks, n_docs, x == 0)
    there = ~np.isin(status, ["missing", "suspected_gap", "unknown"])
    counts = {
        name: pd.array(values, dtype="Int64")
        for name, values in (("n_docs", n_docs), ("n_stories", n_stories))
    }
    for column in counts.values():
        column[~there] = pd.NA
    table = pd.DataFrame(
        {
            "period": blocks.starts.astype("datetime64[us]"),
            "lag": np.arange(blocks.n, dtype=np.int64) - blocks.event,
            "numerator": np.where(there, x, np.nan),
            "denominator": np.where(there, n, np.nan),
            **counts,
            "status": status,
        }
    )
    return table, np.where(there, x, np.nan), np.where(there & (n > 0), n, np.nan)


def _said(found: Lags, by: str) -> list[str]:
    notes = [
        "Exploratory: each interval is about one period and the events it shares with its neighbours. `compare` says "
        "whether the two sides differ."
    ]
    if np.isnan(found.low).all():
        notes.append(
            f"No intervals: fewer than {FEWEST_BEFORE} observed {by}s before the date, or they do not vary."
        )
    if np.isnan(found.placebo_level):
        notes.append(f"Placebo dates: {found.n_dates:,}, too few for a band ({FEWEST_DATES} are needed).")
    else:
        notes.append(
            f"Placebo dates: {found.n_dates:,}, all whose {by}s do not cross this one; the band should cover "
            f"{found.placebo_level:.3g} of such dates. Their windows overlap, so that it is coarse."
        )
    return notes


def _shortened(table: pd.DataFrame, before: int, after: int) -> list[str]:
    there = int((table["lag"] < 0).sum()), int((table["lag"] >= 0).sum())
    if there == (before, after):
        return []
    return [f"The corpus has {there[0]} periods before and {there[1]} after, not {before} and {after}."]
