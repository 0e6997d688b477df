"""What a doubtful measuring adds to an interval: the estimates by the other numerators that could have been measured.

Not for sampling, which is about other stories, days or outlets: `intervals`, `clusters`. Topics found again on
resamples of the articles are such other measurings (`topic_share(..., draws=True)`).
"""

from typing import NamedTuple, Self

import numpy as np

from analysis.series.draws import Entries, draw
from analysis.stats.checks import Floats


class Others(NamedTuple):
    """Estimate and standard error of each cell by each other measuring, (n_cells, n_others)."""

    estimate: Floats
    error: Floats

    @classmethod
    def none(cls, n_cells: int) -> Self:
        """Say that the measuring is not in doubt."""
        return cls(np.empty((n_cells, 0)), np.empty((n_cells, 0)))

    def of(self, start: int, stop: int) -> "Others":
        """Return those of some cells."""
        return Others(self.estimate[start:stop], self.error[start:stop])

    def spread(self, estimate: Floats) -> Floats:
        """Mean square of what the other measurings are away from the estimate; 0 where there are none."""
        return spread_of(self.estimate, estimate)


def measuring(entries: Entries, fixed: Floats | None) -> Others:
    """Estimate every cell by each of the other measurings, all stories once."""
    n_cells = entries.cell_start.size - 1
    none = entries._replace(drawn=np.empty((0, entries.x.size)))
    found = [draw(none._replace(x=x), n_draws=0, seed=0, fixed=fixed)[:2] for x in entries.drawn]
    if not found:
        return Others.none(n_cells)
    return Others(*(np.stack([f[i] for f in found], axis=-1) for i in range(2)))


def spread_of(others: Floats, estimate: Floats) -> Floats:
    """Mean square of others, (..., n_others), about the estimate, (...); 0 without others or estimate."""
    if not others.shape[-1]:
        return np.zeros(estimate.shape)
    away = np.mean((others - estimate[..., None]) ** 2, axis=-1)
    return np.where(np.isnan(away), 0.0, away)


def with_measuring(error: Floats, spread: Floats) -> Floats:
    """Standard error with the variance of the measuring added; to the bit as it was where there is none."""
    return np.where(spread > 0, np.sqrt(error**2 + spread), error)
