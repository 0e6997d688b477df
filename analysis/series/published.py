"""How much was published in all, from `denominators.csv`, laid on the calendar: what a share of the press is of.

Not for what was collected (`calendar`), and nothing is spread or guessed: a row counts for the period it lies in.
"""

from dataclasses import replace

import numpy as np

from analysis.corpus.denominators import NAME, Published
from analysis.corpus.handle import Corpus
from analysis.errors import InputError, message
from analysis.series.calendar import NONE, UNKNOWN, Calendar
from analysis.stats.checks import Bools, Floats, Ints

_ONE = np.timedelta64(1, "D")


def published_of(corpus: Corpus) -> Published | None:
    """Return the denominators of a corpus, outlets named as in it; None where there are none."""
    if corpus.overlay.published is None:
        return None
    return corpus.overlay.published_here(corpus.snapshot.knowledge.get("outlets", {}))


def usable(published: Published, calendar: Calendar) -> Bools:
    """Say which rows lie wholly within a calendar and are of an outlet of it."""
    ours = np.isin(published.outlet.astype(str), [str(o) for o in calendar.outlets if o is not None])
    return np.asarray(ours & (published.since >= calendar.first) & (published.until <= calendar.last))


def known_days(calendar: Calendar, published: Published) -> Calendar:
    """Return the calendar with every day unknown that no usable row speaks of: its articles have no denominator."""
    inside = np.zeros(calendar.state.shape, dtype=np.bool_)
    rows, first, stop = _places(published, calendar)
    for row, a, b in zip(rows.tolist(), first.tolist(), stop.tolist(), strict=True):
        inside[row, a:b] = True
    return replace(
        calendar,
        state=np.where(inside, calendar.state, UNKNOWN).astype(np.int8),
        evidence=np.where(inside, calendar.evidence, NONE).astype(np.int8),
        p=np.where(inside, calendar.p, np.nan),
    )


def by_period(calendar: Calendar, published: Published, by: str, index: Ints, n: int) -> Floats:
    """Sum articles published into periods, (n_outlets, n_periods).

    Parameters
    ----------
    calendar, published
        Rows that are not wholly within the calendar are left out.
    by
        The period.
    index
        Number of the period of each day of the calendar.
    n
        How many periods.

    Raises
    ------
    InputError
        A row is longer than a period: what was published within it is not known.
    """
    rows, first, stop = _places(published, calendar)
    days = calendar.days
    long = np.flatnonzero(index[first] != index[stop - 1])
    if long.size:
        since = days[first[long[0]]]
        raise InputError(
            message(
                f"{NAME} speaks of longer periods than a {by}",
                got=f"{calendar.outlets[rows[long[0]]]}, {since} to {days[stop[long[0]] - 1]}",
                expected=f"rows that lie within one {by} each",
                hint="Ask for longer periods, or give shorter ones.",
            )
        )
    out = np.zeros((len(calendar.outlets), n))
    np.add.at(out, (rows, index[first]), published.articles[usable(published, calendar)].astype(np.float64))
    return out


def by_day(calendar: Calendar, published: Published) -> Floats:
    """Spread each row evenly over its days, (n_outlets, n_days); only for how days hang together, never for a total."""
    rows, first, stop = _places(published, calendar)
    out = np.zeros(calendar.state.shape)
    articles = published.articles[usable(published, calendar)]
    for row, a, b, n in zip(rows.tolist(), first.tolist(), stop.tolist(), articles.tolist(), strict=True):
        out[row, a:b] = n / (b - a)
    return out


def _places(published: Published, calendar: Calendar) -> tuple[Ints, Ints, Ints]:
    """Row of the calendar, first day and the day behind the last of each usable row."""
    kept = usable(published, calendar)
    place = {o: i for i, o in enumerate(calendar.outlets)}
    rows = np.array([place[o] for o in published.outlet[kept]], dtype=np.int64)
    first = ((published.since[kept] - calendar.first) / _ONE).astype(np.int64)
    stop = ((published.until[kept] - calendar.first) / _ONE).astype(np.int64) + 1
    return rows, first, stop
