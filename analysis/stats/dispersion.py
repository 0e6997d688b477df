"""How evenly a term is spread over the parts of a corpus (articles, outlets, months), for all terms at once.

Parts may be of any sizes. Not for spread over time as such: parts have no order here.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from analysis.errors import InputError, message
from analysis.stats.checks import Floats, counts_matrix, vector


class Dispersion(NamedTuple):
    """Three measures of each term, (n_terms,) float64, NaN for a term that does not occur."""

    dp: Floats
    dp_norm: Floats
    juilland_d: Floats


def dispersion(counts: Any, sizes: npt.ArrayLike) -> Dispersion:
    """Deviation of proportions (raw and normalised) and Juilland's D.

    Parameters
    ----------
    counts
        Occurrences, parts x terms; sparse or dense. Never made dense.
    sizes
        Words in each part, (n_parts,), all words (before stop words). Parts of size 0 are left out.

    Returns
    -------
    Dispersion
        With s_i a part's share of all words and v_i its share of the term's occurrences:

        - dp = 1/2 sum |v_i - s_i|: 0 is spread as the words are, up to 1 - min s in the smallest part alone;
        - dp_norm = dp / (1 - min s), from 0 to 1; NaN with one part;
        - juilland_d = 1 - CV / sqrt(parts - 1), CV the coefficient of variation (over n) of the term's rates in the
          parts: 1 is even. NaN with one part. With many parts it is near 1 for nearly everything: prefer dp.

    Raises
    ------
    InputError
        Shapes that do not match, a part with fewer words than occurrences of one term, or no words at all.

    Notes
    -----
    Rare terms cannot be even: a term that occurs once has dp = 1 - s of its part. Compare terms of similar frequency.
    Cost O(nonzero cells). References: Gries (2008), International Journal of Corpus Linguistics 13(4); Lijffijt
    & Gries (2012), same journal 17(1); Juilland, Brodin & Davidovitch (1970).
    """
    matrix = counts_matrix("counts", counts)
    n_words = vector("sizes", sizes, matrix.shape[0])
    if matrix.nnz and (matrix.max(axis=1).toarray().ravel() > n_words).any():
        raise InputError(
            message("A part has fewer words than a term has occurrences in it", expected="all words")
        )
    kept = n_words > 0
    matrix, n_words = matrix[kept], n_words[kept]
    n_parts, n_terms = matrix.shape
    if not n_parts:
        raise InputError(message("`sizes` holds no words", expected="one part at least with words"))
    s = n_words / n_words.sum()
    entries = sparse.coo_array(matrix)
    rows, columns = entries.coords

    def total(values: Floats) -> Floats:
        summed: Floats = np.bincount(columns, weights=values, minlength=n_terms).astype(np.float64)
        return summed

    frequency = total(entries.data)
    occurs = frequency > 0
    share = entries.data / frequency[columns]
    # A part without the term deviates by its own s: together 1 less the s of the parts that have it.
    deviation = total(np.abs(share - s[rows])) + 1 - total(s[rows])
    dp = np.where(occurs, np.maximum(deviation / 2, 0.0), np.nan)
    if n_parts == 1:
        nothing = np.full(n_terms, np.nan)
        return Dispersion(np.where(occurs, 0.0, np.nan), nothing, nothing.copy())
    rate = entries.data / n_words[rows]
    mean = total(rate) / n_parts
    variance = np.maximum(total(rate**2) / n_parts - mean**2, 0.0)
    cv = np.divide(np.sqrt(variance), mean, out=np.full(n_terms, np.nan), where=occurs)
    return Dispersion(dp, dp / (1 - s.min()), 1 - cv / np.sqrt(n_parts - 1))
