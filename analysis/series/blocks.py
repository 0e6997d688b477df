"""Blocks of days counted from a date, forwards and backwards, so that none lies across it.

Not for calendar weeks and months (`frame`): an event on a Wednesday is in the middle of one.
"""

from typing import Any, NamedTuple

import numpy as np

from analysis.periods import Days
from analysis.series.calendar import COLLECTED, MISSING, SUSPECTED, UNKNOWN, Calendar
from analysis.series.status import Text
from analysis.stats.checks import Bools, Floats, Ints

DAYS = {"day": 1, "week": 7, "month": 30}
"""Days of a block."""


class Blocks(NamedTuple):
    """The days of a calendar in blocks. The date itself begins block `event`."""

    of_day: Ints
    """Block of each day, from 0."""
    event: int
    """May be 0 or `n` where the date lies at or behind an end of the calendar."""
    n: int
    length: int
    first: np.datetime64
    """First day of block 0; may lie before the calendar."""

    @property
    def starts(self) -> Days:
        """First day of each block."""
        step = np.timedelta64(self.length, "D")
        return np.asarray(self.first + np.arange(self.n) * step)

    def sums(self, day: Ints, values: Floats) -> Floats:
        """Sum values by the block of their day."""
        found = np.bincount(self.of_day[day], weights=values, minlength=self.n)
        return found.astype(np.float64)


def blocks_from(calendar: Calendar, date: Any, by: str) -> Blocks:
    """Lay the days of a calendar in blocks that are counted from a date."""
    length = DAYS[by]
    event = np.datetime64(date, "D")
    offset = int((event - calendar.first) / np.timedelta64(1, "D"))
    numbers = (np.arange(calendar.n_days) - offset) // length
    first = int(numbers[0])
    n = int(numbers[-1]) - first + 1
    start = np.datetime64(event + np.timedelta64(first * length, "D"))
    return Blocks(numbers - first, -first, n, length, start)


def collected(calendar: Calendar, blocks: Blocks, rows: Ints) -> Bools:
    """Say in which blocks any of these outlets was collected on any day."""
    out = np.zeros(blocks.n, dtype=np.bool_)
    out[blocks.of_day[(calendar.state[rows] == COLLECTED).any(axis=0)]] = True
    return out


def statuses(calendar: Calendar, blocks: Blocks, n_docs: Ints, no_hits: Bools) -> Text:
    """Say of each block whether its number may be read as it stands; the words are those of `coverage`."""
    there = np.bincount(blocks.of_day, minlength=blocks.n)
    days = {
        state: np.bincount(blocks.of_day, weights=(calendar.state == state).sum(axis=0), minlength=blocks.n)
        for state in (COLLECTED, SUSPECTED, MISSING, UNKNOWN)
    }
    out = np.where(n_docs == 0, "no_articles", np.where(no_hits, "no_hits", "collected")).astype(object)
    out[there < blocks.length] = "partial"
    lacking = days[SUSPECTED] + days[MISSING] + days[UNKNOWN] > 0
    out[lacking] = "incomplete" if len(calendar.outlets) > 1 else "partial"
    silent = days[COLLECTED] == 0
    # What was declared goes before what is suspected, as in `status`.
    worst = np.stack([days[SUSPECTED], days[MISSING] + 0.5 * (days[MISSING] > 0), days[UNKNOWN] - 0.5])
    names = np.array(["suspected_gap", "missing", "unknown"], dtype=object)[worst.argmax(axis=0)]
    return np.where(silent, names, out).astype(object)
