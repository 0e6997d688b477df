"""From many statistics and their permutations to p-values: raw, max-T, and the pooled false discovery rate.

Permutations come in blocks (terms x permutations) and are counted, not kept. What is permuted, and by which
statistic, is the caller's: `keyness_test` does it for terms. The observed labelling counts as one of the
labellings, so that no p is 0 and each test is exact where labels are exchangeable.
"""

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, message
from analysis.stats.checks import Floats, Ints, floats, vector

_TIE = 1e-9  # relative: equal statistics reached by another order of sums are equal
_STEP = 0.005  # width of a bin of |statistic| in the pooled distribution
_N_BINS = 4001  # the last one holds everything from 20 on


class Permutations:
    """Counts over permutations for one set of terms.

    Parameters
    ----------
    observed
        (n_terms,) the statistic of each term; its size is what counts (two-sided). Finite.

    Notes
    -----
    Memory: O(n_terms) and 4001 whole numbers a permutation. Time: a block is sorted into bins and swept once.
    """

    def __init__(self, observed: npt.ArrayLike) -> None:
        self._observed = np.abs(vector("observed", observed, at_least=None))
        n_terms = self._observed.size
        self._order = np.argsort(-self._observed, kind="stable")
        self._bar = self._observed * (1 - _TIE)
        self._n = 0
        self._raw: Ints = np.zeros(n_terms, dtype=np.int64)
        self._single: Ints = np.zeros(n_terms, dtype=np.int64)
        self._down: Ints = np.zeros(n_terms, dtype=np.int64)  # in the order of the observed sizes
        self._histograms: list[npt.NDArray[np.int32]] = []

    def add(self, block: npt.ArrayLike) -> None:
        """Count a block of permuted statistics, (n_terms, n of them); finite."""
        sizes = np.abs(floats("block", block, at_least=None))
        if sizes.ndim != 2 or sizes.shape[0] != self._observed.size:
            raise InputError(
                message(
                    "A block has the wrong shape", got=sizes.shape, expected=f"({self._observed.size}, any)"
                )
            )
        n_terms, n = sizes.shape
        self._n += n
        if not n_terms:
            return
        self._histograms.append(_histograms(sizes))
        self._raw += np.sum(sizes >= self._bar[:, None], axis=1)
        largest = np.sort(sizes.max(axis=0))
        self._single += n - np.searchsorted(largest, self._bar, side="left")
        # The maximum over terms no larger than this one, for every term at once.
        swept = np.maximum.accumulate(sizes[self._order[::-1]], axis=0)[::-1]
        self._down += np.sum(swept >= self._bar[self._order][:, None], axis=1)

    @property
    def n_permutations(self) -> int:
        """How many were counted, the observed labelling not among them."""
        return self._n

    def raw(self) -> Floats:
        """Return the p of each term by itself, (n_terms,): not adjusted for anything."""
        return (1 + self._raw) / (self._n + 1)

    def max_t(self) -> Floats:
        """Single-step max-T: the share of labellings whose largest statistic reaches this one, (n_terms,)."""
        return (1 + self._single) / (self._n + 1)

    def max_t_step_down(self) -> Floats:
        """Step-down max-T, (n_terms,), never above the single-step p.

        References: Westfall & Young (1993), algorithm 4.1; Ge, Dudoit & Speed (2003), Test 12(1).
        """
        out = np.empty(self._observed.size)
        out[self._order] = np.maximum.accumulate((1 + self._down) / (self._n + 1))
        return out

    def pooled_fdr(self, *, gated: bool = True) -> Floats:
        """False discovery rate from the statistics of all terms and labellings pooled, (n_terms,) in (0, 1].

        For a size t: the mean number over labellings of statistics of at least t, over the observed number; q is the
        smallest at sizes no larger than the term's own. Pooling lets q be small with few permutations.

        Words come in clusters: a handful of articles on one subject raise a hundred words together, and under no
        difference at all that ratio falls below .05 in more than 5 % of samples or fewer, as the clusters will. So q
        is never below the *gate*: the share of labellings whose own smallest ratio is as small as the observed
        one. The chance of any q <= .05 where nothing differs is then at most .05, exactly.

        References: Tusher, Tibshirani & Chu (2001), PNAS 98(9), without their estimate of the share of nulls
        (taken as 1); Storey & Tibshirani (2003). The gate is ours: the global test of the smallest q by the
        same permutations.
        """
        own = _histograms(self._observed[:, None])
        if not self._observed.size:
            return np.empty(0)
        above = np.cumsum(np.vstack([own, *self._histograms])[:, ::-1], axis=1)[:, ::-1]
        expected = above.sum(axis=0) / above.shape[0]
        smallest = np.array([np.min(expected[n > 0] / n[n > 0]) for n in above])
        gate = np.mean(smallest <= smallest[0] * (1 + _TIE))
        ratio = np.divide(expected, above[0], out=np.full(_N_BINS, np.inf), where=above[0] > 0)
        q = np.minimum.accumulate(ratio)[_bins(self._observed)]
        return np.clip(q, gate if gated else 0.0, 1.0)


def westfall_young(observed: npt.ArrayLike, permuted: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return single-step and step-down max-T p of statistics (n_terms,) with permutations (n_terms, n)."""
    counted = Permutations(observed)
    counted.add(permuted)
    return counted.max_t(), counted.max_t_step_down()


def _bins(sizes: Floats) -> npt.NDArray[np.intp]:
    return np.minimum(sizes * ((1 + _TIE) / _STEP), _N_BINS - 1).astype(np.intp)


def _histograms(sizes: Floats) -> npt.NDArray[np.int32]:
    """Count sizes by bin, one row a column of `sizes`: (n, bins)."""
    n = sizes.shape[1]
    flat = (_bins(sizes) + np.arange(n) * _N_BINS).ravel()
    return np.bincount(flat, minlength=n * _N_BINS).reshape(n, _N_BINS).astype(np.int32)
