"""Which terms differ between two groups of articles by more than which articles were written would explain.

The unit is the story (or the article), not the word: words of one article come together, and copies of one
report are one report. For two *groups* at the same time; before and after are not exchangeable (neighbouring
days share their events), so not for comparing periods. Effect sizes are in `keyness`.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, message
from analysis.fingerprint import derive_seed
from analysis.stats.checks import Bools, Floats, Ints, codes, counts_matrix, labels, vector, whole
from analysis.stats.contrast import Contrast, contrast_cells
from analysis.stats.permutation import Permutations

_FEWEST = 32  # permutations at a time
_BLOCK_CELLS = 1 << 20  # terms x permutations at a time: some 100 MB with everything around it


class KeynessTest(NamedTuple):
    """The terms of a comparison, each array (n_terms,); float64 but where said. Rates are per word."""

    rate_target: Floats
    rate_reference: Floats
    difference: Floats
    """rate_target - rate_reference."""
    standard_error: Floats
    statistic: Floats
    """difference / standard_error."""
    n_units: Ints
    """Units (stories, else articles) with the term, int64."""
    tested: Bools
    """n_units reaches `min_units`; where not, statistic, p and q are NaN."""
    p: Floats
    """By permutation, this term alone: not adjusted for the number of terms."""
    p_adjusted: Floats
    """Step-down max-T: the chance of any false finding is held."""
    p_single_step: Floats
    """Single-step max-T, from which simultaneous statements may be made; never below `p_adjusted`."""
    q: Floats
    """Pooled permutation false discovery rate, gated."""
    n_permutations: int


def keyness_test(
    counts: Any,
    lengths: npt.ArrayLike,
    is_target: npt.ArrayLike,
    *,
    units: npt.ArrayLike | None = None,
    min_units: int = 5,
    n_permutations: int = 999,
    seed: int,
) -> KeynessTest:
    """Test every term's rate between two groups by permuting the groups' labels over stories.

    Parameters
    ----------
    counts
        Occurrences, articles x terms; sparse (CSR) or dense. Whole numbers.
    lengths
        Words of each article, (n_articles,), all words (before stop words).
    is_target
        The group of each article, (n_articles,) of bool.
    units
        Which story each article belongs to, (n_articles,) of integers; articles of one story move together.
        Without it every article is its own: with wire copy or reprints among them, that finds too much.
    min_units
        Terms in fewer units are not tested: they could not be found and would only dilute the others. The rule
        does not look at the groups, so it costs no validity.
    n_permutations
        At least 19. The smallest p is 1 / (n_permutations + 1).
    seed
        Any whole number; the same seed gives the same bytes.

    Returns
    -------
    KeynessTest

    Raises
    ------
    InputError
        Shapes that do not match, a group with fewer than two units, or without words.

    Notes
    -----
    The statistic is a studentised difference of two ratios of sums; its variance and the shrinkage of it are
    derived in `contrast`. What is permuted: stories of one group only exchange labels among each other; a story
    with articles in both groups exchanges its two parts, or not, by a fair coin. Size and length of the groups
    may therefore differ, in number and in variance (Janssen 1997; Chung & Romano 2013): the test is exact where
    stories are exchangeable, and right for many stories where only the rates are equal.

    Cost: one pass over (terms x cells) for each block of labels; memory bounded by the counts and some 100 MB. The
    result does not depend on the size of blocks, for every sum is of whole numbers.

    References: Westfall & Young (1993); Lijffijt et al. (2016), Digital Scholarship in the Humanities 31(2),
    who show what counting words for articles does.
    """
    matrix = counts_matrix("counts", counts)
    n_words = vector("lengths", lengths, matrix.shape[0])
    target = labels("is_target", is_target, matrix.shape[0])
    story = np.arange(target.size) if units is None else codes("units", units, target.size)
    whole("min_units", min_units)
    whole("n_permutations", n_permutations, at_least=19)
    _check_lengths(matrix, n_words)
    contrast = contrast_cells(matrix, n_words, target, story)
    n_units = contrast.n_units_with
    tested = n_units >= min_units
    rate_target, rate_reference = contrast.rates(contrast.observed_labels)
    part = contrast.restricted(tested)
    observed, error = (a[:, 0] for a in part.statistics(part.observed_labels[:, None]))
    counted = Permutations(observed)
    for block in _labellings(part, n_permutations, derive_seed(seed, "keyness_test")):
        counted.add(part.statistics(block)[0])

    def every(values: Floats) -> Floats:
        out = np.full(tested.size, np.nan)
        out[tested] = values
        return out

    return KeynessTest(
        rate_target=rate_target,
        rate_reference=rate_reference,
        difference=rate_target - rate_reference,
        standard_error=every(error),
        statistic=every(observed),
        n_units=n_units,
        tested=tested,
        p=every(counted.raw()),
        p_adjusted=every(counted.max_t_step_down()),
        p_single_step=every(counted.max_t()),
        q=every(counted.pooled_fdr()),
        n_permutations=n_permutations,
    )


def _labellings(contrast: Contrast, n: int, seed: int) -> Iterator[Floats]:
    """Give labels of cells in blocks, (n_cells, size of block); drawn one by one, so that blocks do not matter."""
    rng = np.random.Generator(np.random.PCG64(seed))
    size = max(_FEWEST, min(n, _BLOCK_CELLS // max(1, *contrast.shape)))
    for start in range(0, n, size):
        yield np.stack([contrast.relabelled(rng) for _ in range(min(size, n - start))], axis=1)


def _check_lengths(matrix: Any, n_words: Floats) -> None:
    if matrix.nnz and (matrix.max(axis=1).toarray().ravel() > n_words).any():
        raise InputError(
            message(
                "An article has fewer words than occurrences of one term",
                expected="`lengths` to count all words, stop words too",
            )
        )
