"""How often another date shows a change as large as the one in question: shifted placebo dates.

Not for a date in a series too short to hold other windows like it: with 12 placebo dates no p is below 1/13.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, message
from analysis.stats.checks import Bools, Floats, Ints, vector, whole

_MOST_MISSING = 0.5


class Placebo(NamedTuple):
    """The event's difference among those of other dates."""

    difference: float
    """After minus before, over the windows at the event."""
    p: float
    """Share of the dates, the event's among them, whose difference is at least as far from zero; NaN without any."""
    n_dates: int
    """Placebo dates, the event's own not counted."""
    dates: Ints
    """Their first periods after."""
    differences: Floats
    """Their differences, in the order of `dates`."""
    smallest_p: float
    """1 / (n_dates + 1): what p could be at best."""


def placebo(
    numerator: npt.ArrayLike,
    denominator: npt.ArrayLike,
    event: int,
    *,
    n_before: int,
    n_after: int,
    distance: int = 0,
) -> Placebo:
    """Compare the change at an event with that at every other admissible date.

    Parameters
    ----------
    numerator, denominator
        (n,) sums by period, in order; denominator NaN or 0 where a period was not observed.
    event
        First period after the event, counted from 0.
    n_before, n_after
        Lengths of the windows, in periods; at least 1.
    distance
        Fewest periods between the event and the nearest period of a placebo window, at least 0: with 0 a window
        may end right before the event or begin with it. No window ever lies across the event, whose effect
        would be in it; one wholly after it is compared within itself.

    Returns
    -------
    Placebo
        A date is admissible when its windows lie in the series, do not cross the event (widened by `distance`) and
        at least half the periods of each of its two sides are observed.

    Raises
    ------
    InputError
        The event's own windows do not lie in the series, or one of them has no observed period.

    Notes
    -----
    p is exact if the differences are exchangeable: a stationary series whose level has no other change. Windows of
    neighbouring dates overlap, so that 50 dates are far fewer independent looks; the rank stays right *on average*,
    but is coarse where few windows fit side by side. Reference: placebo studies in time, Abadie, Diamond & Hainmueller
    (2015); Hagemann (2019) on their limits.

    Examples
    --------
    >>> found = placebo([1, 1, 2, 1, 1, 2, 9, 9], np.ones(8), 6, n_before=2, n_after=2)
    >>> found.difference, found.n_dates, round(found.p, 3)
    (7.5, 3, 0.25)
    """
    x = vector("numerator", numerator, at_least=None, null=True)
    d = vector("denominator", denominator, x.size, null=True)
    whole("event", event, at_least=0)
    whole("n_before", n_before)
    whole("n_after", n_after)
    whole("distance", distance, at_least=0)
    if event - n_before < 0 or event + n_after > x.size:
        raise InputError(
            message(
                "The event's windows do not lie in the series",
                got=f"{event - n_before} to {event + n_after}",
                expected=f"between 0 and {x.size}",
            )
        )
    seen = ~np.isnan(x) & (np.nan_to_num(d) > 0)
    starts = np.arange(n_before, x.size - n_after + 1)
    differences, enough = _differences(x, d, seen, starts, n_before, n_after)
    own = float(differences[event - n_before])
    if np.isnan(own):
        raise InputError(message("One of the event's windows has no observed period"))
    clear = (starts + n_after <= event - distance) | (starts - n_before >= event + distance)
    chosen = clear & enough
    others = differences[chosen]
    n = int(chosen.sum())
    as_large = int(np.sum(np.abs(others) >= abs(own) * (1 - 1e-12)))
    p = (1 + as_large) / (n + 1) if n else np.nan
    return Placebo(own, p, n, starts[chosen], others, 1 / (n + 1))


def _differences(
    x: Floats, d: Floats, seen: Bools, starts: Ints, n_before: int, n_after: int
) -> tuple[Floats, Bools]:
    """Return after minus before at each start, NaN without a denominator, and whether enough is observed."""
    sums = np.zeros((3, x.size + 1))
    columns = np.stack([np.where(seen, x, 0.0), np.where(seen, d, 0.0), seen.astype(np.float64)])
    np.cumsum(columns, axis=1, out=sums[:, 1:])
    before = sums[:, starts] - sums[:, starts - n_before]
    after = sums[:, starts + n_after] - sums[:, starts]
    ratios = [
        np.divide(side[0], side[1], out=np.full(starts.size, np.nan), where=side[2] > 0.5)
        for side in (before, after)
    ]
    enough: Bools = (before[2] >= _MOST_MISSING * n_before) & (after[2] >= _MOST_MISSING * n_after)
    out: Floats = ratios[1] - ratios[0]
    return out, enough & ~np.isnan(out)
