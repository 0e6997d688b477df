"""How strongly two words, or a word and a corpus, go together: measures of a two-by-two table.

`joint`, `first`, `second` and `total` are the counts of the pair, of either word, and of everything. The
measures rank; they are not tests, for words of one article are not independent: `keyness_test` counts articles.
How one corpus differs from another is `keyness`.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, message
from analysis.stats.checks import Floats, floats


class Cells(NamedTuple):
    """The four cells of a table, each of the same shape: both, first alone, second alone, neither."""

    both: Floats
    first_only: Floats
    second_only: Floats
    neither: Floats

    @property
    def expected(self) -> "Cells":
        """The cells as they would be were the two independent: row sum x column sum / total."""
        row, other_row = self.both + self.first_only, self.second_only + self.neither
        column, other_column = self.both + self.second_only, self.first_only + self.neither
        total = row + other_row
        return Cells(*(_divide(r * c, total) for r in (row, other_row) for c in (column, other_column)))


def cells(joint: npt.ArrayLike, first: npt.ArrayLike, second: npt.ArrayLike, total: npt.ArrayLike) -> Cells:
    """Return the four cells from the counts of a pair (any shapes that broadcast).

    Raises
    ------
    InputError
        The counts contradict each other (a pair more often than one of its words, say).
    """
    both, a, b, n = np.broadcast_arrays(
        floats("joint", joint), floats("first", first), floats("second", second), floats("total", total)
    )
    found = Cells(both, a - both, b - both, n - a - b + both)
    for name, cell in zip(found._fields, found, strict=True):
        if (cell < 0).any():
            raise InputError(
                message(
                    "The counts contradict each other",
                    got=f"{name} = {float(cell.min()):g}",
                    expected="joint <= first, second and first + second - joint <= total",
                )
            )
    return found


def g2_collocation(
    joint: npt.ArrayLike, first: npt.ArrayLike, second: npt.ArrayLike, total: npt.ArrayLike
) -> Floats:
    """Log-likelihood ratio G2 over all four cells, negative where the pair is rarer than by chance.

    G2 = 2 sum O ln(O / E), an empty cell adding nothing. Reference: Dunning (1993), Computational Linguistics 19(1).

    >>> float(g2_collocation(110, 2552, 221, 31777).round(2))  # "the swiss" in Dunning's table
    270.72
    """
    observed = cells(joint, first, second, total)
    expected = observed.expected
    size = 2 * sum(_o_log_o_over_e(o, e) for o, e in zip(observed, expected, strict=True))
    return np.copysign(np.maximum(size, 0.0), observed.both - expected.both)


def chi2(joint: npt.ArrayLike, first: npt.ArrayLike, second: npt.ArrayLike, total: npt.ArrayLike) -> Floats:
    """Pearson's chi-squared without correction, negative below chance; NaN for an empty margin.

    Overstates rare pairs (expected count below 5): prefer G2 (Dunning 1993).
    """
    o = cells(joint, first, second, total)
    difference = o.both * o.neither - o.first_only * o.second_only
    n = o.both + o.first_only + o.second_only + o.neither
    margins = (
        (o.both + o.first_only)
        * (o.both + o.second_only)
        * (o.second_only + o.neither)
        * (o.first_only + o.neither)
    )
    return np.copysign(_divide(n * difference**2, margins), difference)


def pmi(joint: npt.ArrayLike, first: npt.ArrayLike, second: npt.ArrayLike, total: npt.ArrayLike) -> Floats:
    """Pointwise mutual information in bits: log2(O / E); NaN for a pair that does not occur.

    Favours rare pairs; give a minimum count. Reference: Church & Hanks (1990), Computational Linguistics 16(1).
    """
    return mi_k(joint, first, second, total, power=1)


def mi3(joint: npt.ArrayLike, first: npt.ArrayLike, second: npt.ArrayLike, total: npt.ArrayLike) -> Floats:
    """Cubed mutual information: log2(O^3 / E), which favours frequent pairs. Reference: Daille (1994)."""
    return mi_k(joint, first, second, total, power=3)


def mi_k(
    joint: npt.ArrayLike, first: npt.ArrayLike, second: npt.ArrayLike, total: npt.ArrayLike, *, power: float
) -> Floats:
    """Mutual information with the joint count raised to a power: log2(O^power / E); NaN where O is 0."""
    observed = cells(joint, first, second, total)
    return power * _log2(observed.both) - _log2(observed.expected.both)


def t_score(
    joint: npt.ArrayLike, first: npt.ArrayLike, second: npt.ArrayLike, total: npt.ArrayLike
) -> Floats:
    """Return (O - E) / sqrt(O), NaN for a pair that does not occur; favours frequent pairs.

    Reference: Church, Gale, Hanks & Hindle (1991). Its variance is a rough one: never read it as Student's t.
    """
    observed = cells(joint, first, second, total)
    return _divide(observed.both - observed.expected.both, np.sqrt(observed.both))


def log_dice(joint: npt.ArrayLike, first: npt.ArrayLike, second: npt.ArrayLike) -> Floats:
    """Return 14 + log2(2 O / (first + second)): at most 14, and the same in corpora of any size; NaN where O is 0.

    One point more is twice as often together. Reference: Rychlý (2008), RASLAN.

    >>> float(log_dice(5, 5, 5))
    14.0
    """
    a, b = floats("first", first), floats("second", second)
    both = cells(joint, a, b, a + b).both
    return 14 + _log2(_divide(2 * both, a + b))


def delta_p(
    joint: npt.ArrayLike, first: npt.ArrayLike, second: npt.ArrayLike, total: npt.ArrayLike
) -> tuple[Floats, Floats]:
    """How much one word tells of the other, both ways: P(second | first) - P(second | not first), and the reverse.

    Both lie between -1 and 1; NaN where a condition never holds. References: Ellis (2006), Applied Linguistics 27(1);
    Gries (2013), International Journal of Corpus Linguistics 18(1).
    """
    o = cells(joint, first, second, total)
    forward = _divide(o.both, o.both + o.first_only) - _divide(o.second_only, o.second_only + o.neither)
    backward = _divide(o.both, o.both + o.second_only) - _divide(o.first_only, o.first_only + o.neither)
    return forward, backward


def _o_log_o_over_e(observed: Floats, expected: Floats) -> Floats:
    """O ln(O / E), 0 where O is 0."""
    ratio = np.divide(observed, expected, out=np.ones_like(expected), where=observed > 0)
    return observed * np.log(ratio)


def _divide(upper: Floats, lower: Floats) -> Floats:
    """Divide; NaN, and no warning, over 0."""
    out = np.full(np.broadcast_shapes(np.shape(upper), np.shape(lower)), np.nan)
    np.divide(upper, lower, out=out, where=np.asarray(lower) != 0)
    return out


def _log2(values: Floats) -> Floats:
    return np.log2(values, out=np.full(np.shape(values), np.nan), where=np.asarray(values) > 0)
