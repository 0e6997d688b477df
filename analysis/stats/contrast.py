"""The statistic behind `keyness_test`: a studentised difference of ratio-of-sums rates, for many labellings at once.

Articles are summed into *cells*, the part of a story in one group. With x_c the occurrences of a term and n_c
the words of a cell, X_g, N_g their sums over group g and r_g = X_g / N_g, the difference is D = r_T - r_R. Its
linearised (Taylor) variance is a sum over stories s,

    V_welch = sum_s d_s^2,   d_s = (x_sT - r_T n_sT) / N_T - (x_sR - r_R n_sR) / N_R,

as for a ratio estimator under cluster sampling: Welch's form, each group by its own variance, with the
covariance of the two parts of a story that is in both. Multiplied out it consists of sums over the cells of one
group of x, x^2, x n and n^2, and over the stories in both of x_T x_R, n_T n_R (which no exchange of parts
changes) and x n' with n' the words of the other part: so that a block of labellings costs one pass over
the counts (`contrast_kernel`).

V_welch is worth little where a group can be expected to have the term in few stories only: with none at all its
variance is 0, and a group with little text would make the rarest words the largest findings. So it is drawn to
V_null, the variance if stories were of one population: the squared residuals of all cells, pooled and shared
out as a negative binomial has them, one part in proportion to words (as far as a Poisson count goes), the rest
to squared words (clumping):

    V = w V_welch + (1 - w) V_null,   w = m / (m + 5),   m = stories with the term x share of the smaller group.

w does not depend on which labels are where, so permutation stays exact; and it goes to 1 as stories grow, so
the robustness of Welch's form to groups of different kind stays. The 5 was chosen by simulation, over groups
unequal in number, length and clumping (`benchmarks/keyness_null.py`): the Welch form alone, or V_null alone, is
far off in one or the other of them. Not for anything but two groups.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from analysis.errors import InputError, message
from analysis.stats.checks import Bools, Floats, Ints

_PRIOR_UNITS = 5.0


class _Sums(NamedTuple):
    """Sums over the target's cells, (n_terms, n_labellings)."""

    x: Floats
    xx: Floats
    xn: Floats
    x_other: Floats | None  # x times the words of the story's other part; None if no story is in both groups


@dataclass(frozen=True)
class Contrast:
    """Cells of two groups, ready to be labelled in many ways.

    `counts` is terms x cells (CSR), `words` (n_cells,), `observed_labels` (n_cells,) 1.0 for the target. Cells
    of stories in both groups come last, in pairs (target's part, reference's part); the first `n_pure` are
    stories in one group.
    """

    counts: sparse.csr_array
    words: Floats
    observed_labels: Floats
    n_pure: int
    n_units_with: Ints

    @property
    def shape(self) -> tuple[int, int]:
        """Terms, cells."""
        terms, n_cells = self.counts.shape
        return int(terms), int(n_cells)

    def restricted(self, terms: Bools) -> "Contrast":
        """Keep some terms only."""
        return Contrast(
            self.counts[np.flatnonzero(terms)],
            self.words,
            self.observed_labels,
            self.n_pure,
            self.n_units_with[terms],
        )

    def rates(self, labels: Floats) -> tuple[Floats, Floats]:
        """Return the rates of target and reference under one labelling, (n_terms,) each."""
        return self.counts @ labels / (self.words @ labels), self.counts @ (1 - labels) / (
            self.words @ (1 - labels)
        )

    def relabelled(self, rng: np.random.Generator) -> Floats:
        """Return a random labelling, (n_cells,): labels permuted over stories in one group, pairs exchanged by coin."""
        labels = self.observed_labels.copy()
        rng.shuffle(labels[: self.n_pure])
        exchanged = rng.random((labels.size - self.n_pure) // 2) < 0.5
        labels[self.n_pure :: 2] = 1.0 - exchanged
        labels[self.n_pure + 1 :: 2] = exchanged
        return labels

    def statistics(self, labels: Floats) -> tuple[Floats, Floats]:
        """Return the statistic and the standard error of the difference under each labelling, (n_terms, n) each.

        `labels` is (n_cells, n) of 0.0 and 1.0. Where there is no variance at all both rates are equal, and the
        statistic 0.
        """
        n_t, nn_t = self.words @ labels, self.words**2 @ labels
        n_r, nn_r = self.words.sum() - n_t, (self.words**2).sum() - nn_t
        with np.errstate(divide="ignore", invalid="ignore"):  # a labelling may leave a group without words
            sums = self._sums(labels)
            r_t = sums.x / n_t
            r_r = (self._x[:, None] - sums.x) / n_r
            own_t = sums.xx - r_t * (2 * sums.xn - r_t * nn_t)
            own_r = (self._xx[:, None] - sums.xx) - r_r * (2 * (self._xn[:, None] - sums.xn) - r_r * nn_r)
            variance = own_t / n_t**2 + own_r / n_r**2
            if sums.x_other is not None:
                crossed = (
                    self._both_x[:, None] - r_t * (self._both_xn[:, None] - sums.x_other) - r_r * sums.x_other
                )
                variance -= 2 * (crossed + r_t * r_r * self._both_n) / (n_t * n_r)
            weight = self._weight[:, None]
            variance = weight * variance + (1 - weight) * self._null_variance(labels, n_t, n_r)
            difference = r_t - r_r
            # A rest of rounding is no variance.
            error = np.sqrt(np.where(variance > 1e-12 * (r_t**2 + r_r**2) / self.shape[1], variance, 0.0))
            statistic = np.where(error > 0, difference / error, 0.0)
        return np.nan_to_num(statistic), error

    def _sums(self, labels: Floats) -> _Sums:
        from analysis.stats.contrast_kernel import labelled_sums

        paired = self.n_pure < self.words.size
        x, xx, xn, other = labelled_sums(
            self.counts, self.words, self._other_words if paired else None, labels
        )
        return _Sums(x, xx, xn, other if paired else None)

    def _null_variance(self, labels: Floats, n_t: Floats, n_r: Floats) -> Floats:
        """V_null: residuals e = x - r n with the pooled rate r, shared out; pairs by the mean over exchange."""
        pure, paired, crossed = self._residuals
        n = self.words[: self.n_pure]
        rate = self._x / self.words.sum()
        poisson = np.minimum(pure, rate * n.sum()) / max(n.sum(), 1.0)
        clumped = np.maximum(pure - rate * n.sum(), 0.0) / max(n @ n, 1.0)
        of_t, of_t_squared = n @ labels[: self.n_pure], n**2 @ labels[: self.n_pure]
        by_words = of_t / n_t**2 + (n.sum() - of_t) / n_r**2
        by_squares = of_t_squared / n_t**2 + (n @ n - of_t_squared) / n_r**2
        spread = poisson[:, None] * by_words + clumped[:, None] * by_squares
        both = paired[:, None] / 2 * (1 / n_t**2 + 1 / n_r**2) - 2 * crossed[:, None] / (n_t * n_r)
        total: Floats = spread + both
        return total

    @cached_property
    def _residuals(self) -> tuple[Floats, Floats, Floats]:
        """Sums of e^2 over cells of one group, over paired cells, and of e_T e_R, each (n_terms,)."""
        r = self._x / self.words.sum()
        pure = np.zeros(self.words.size)
        pure[: self.n_pure] = 1.0

        def squares(chosen: Floats) -> Floats:
            n = self.words * chosen
            total: Floats = self._squared @ chosen - r * (2 * (self._with_words @ chosen) - r * (n @ n))
            return np.maximum(total, 0.0)

        crossed = self._both_x - r * self._both_xn + r**2 * self._both_n
        return squares(pure), squares(1 - pure), crossed

    @cached_property
    def _weight(self) -> Floats:
        n_t = self.observed_labels.sum()
        smaller = min(n_t, self.words.size - n_t) / self.words.size
        m = self.n_units_with * smaller
        weight: Floats = m / (m + _PRIOR_UNITS)
        return weight

    @cached_property
    def _squared(self) -> sparse.csr_array:
        return self._like(self.counts.data**2)

    @cached_property
    def _with_words(self) -> sparse.csr_array:
        return self._like(self.counts.data * self.words[self.counts.indices])

    @cached_property
    def _with_other(self) -> sparse.csr_array:
        return self._like(self.counts.data * self._other_words[self.counts.indices])

    @cached_property
    def _other_words(self) -> Floats:
        """Words of the other part of a cell's story, 0 where there is none."""
        other = np.zeros_like(self.words)
        other[self.n_pure :: 2] = self.words[self.n_pure + 1 :: 2]
        other[self.n_pure + 1 :: 2] = self.words[self.n_pure :: 2]
        return other

    @cached_property
    def _x(self) -> Floats:
        return _row_sums(self.counts)

    @cached_property
    def _xx(self) -> Floats:
        return _row_sums(self._squared)

    @cached_property
    def _xn(self) -> Floats:
        return _row_sums(self._with_words)

    @cached_property
    def _both_xn(self) -> Floats:
        return _row_sums(self._with_other)

    @cached_property
    def _both_x(self) -> Floats:
        columns = self.counts.tocsc()
        first, second = columns[:, self.n_pure :: 2], columns[:, self.n_pure + 1 :: 2]
        return _row_sums(first * second)

    @cached_property
    def _both_n(self) -> float:
        return float(self.words[self.n_pure :: 2] @ self.words[self.n_pure + 1 :: 2])

    def _like(self, data: Floats) -> sparse.csr_array:
        return sparse.csr_array((data, self.counts.indices, self.counts.indptr), shape=self.counts.shape)


def contrast_cells(counts: sparse.csr_array, words: Floats, is_target: Bools, story: Ints) -> Contrast:
    """Sum articles (counts: articles x terms) into cells and put the stories of both groups in pairs at the end."""
    _, story = np.unique(story, return_inverse=True)
    n_stories = int(story.max()) + 1 if story.size else 0
    in_target = np.bincount(story, weights=is_target, minlength=n_stories) > 0
    in_reference = np.bincount(story, weights=~is_target, minlength=n_stories) > 0
    for name, n, total in (
        ("target", int(in_target.sum()), words[is_target].sum()),
        ("reference", int(in_reference.sum()), words[~is_target].sum()),
    ):
        if n < 2 or total <= 0:
            raise InputError(
                message(
                    f"The {name} is too small to compare",
                    got=f"{n} stories, {total:g} words",
                    expected="two stories at least, with words",
                )
            )
    both = in_target & in_reference
    # Stories in one group first, then pairs; within either, by the story's number.
    place = np.where(both, 2 * (np.cumsum(both) - 1), np.cumsum(~both) - 1)
    n_pure = int(np.sum(~both))
    cell = np.where(both[story], n_pure + place[story] + ~is_target, place[story])
    n_cells = n_pure + 2 * int(both.sum())
    gather = sparse.csr_array((np.ones(cell.size), (cell, np.arange(cell.size))), shape=(n_cells, cell.size))
    summed: Any = (gather @ counts).tocsr()
    labels = np.zeros(n_cells)
    labels[cell[is_target]] = 1.0
    by_story = sparse.csr_array(
        (np.ones(story.size), (story, np.arange(story.size))), shape=(n_stories, story.size)
    )
    n_units_with = np.bincount((by_story @ counts).tocsr().indices, minlength=counts.shape[1])
    terms = summed.T.tocsr()
    terms.sort_indices()
    return Contrast(terms, gather @ words, labels, n_pure, n_units_with)


def _row_sums(matrix: Any) -> Floats:
    return np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()
