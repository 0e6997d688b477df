"""How much of a change is within outlets, how much is their mix, and how much is outlets that come and go.

Arrays in, arrays out, exact to rounding. Not a test and not a cause: a split is arithmetic.
"""

from typing import NamedTuple

import numpy as np

from analysis.errors import InputError, message
from analysis.stats.checks import Floats, vector


class Split(NamedTuple):
    """Effects by stratum, (n_strata,), which add up to `change`; within and mix are NaN without a common stratum.

    `mix` of a stratum is read with the others': it says how far its growing or shrinking moved the whole.
    """

    within: Floats
    mix: Floats
    entry: Floats
    exit: Floats
    reference: float
    target: float

    @property
    def change(self) -> float:
        """Target less reference."""
        return self.target - self.reference


def split(x_reference: Floats, n_reference: Floats, x_target: Floats, n_target: Floats) -> Split:
    """Split the difference of two ratios of sums over strata.

    Parameters
    ----------
    x_reference, n_reference, x_target, n_target
        Numerators and denominators by stratum, (n_strata,); a stratum with denominator 0 on a side is not there.

    Returns
    -------
    Split
        Among strata on both sides (their shares q add up to 1 on each side, R_C is their ratio): within = mean q x
        difference of ratios; mix = difference of q x (mean ratio - mean R_C). Entry = share among all of the target x
        (ratio - R_C of the target); exit = - share of the reference x (ratio - R_C of the reference). Without a
        common stratum nothing can be split: within, mix, entry and exit are NaN.

    Raises
    ------
    InputError
        A side has no denominator.

    References
    ----------
    Kitagawa (1955), JASA 50; Das Gupta (1993) for the symmetric form; Melitz & Polanec (2015), RAND Journal of
    Economics 46(2), for entry and exit against those who stay.

    Examples
    --------
    Two outlets at 5 % and 25 %, the mix moves from .8/.2 to .2/.8:

    >>> s = split(np.array([4.0, 5]), np.array([80.0, 20]), np.array([1.0, 20]), np.array([20.0, 80]))
    >>> round(s.change, 12), float(s.within.sum()), round(float(s.mix.sum()), 12)
    (0.12, 0.0, 0.12)
    """
    x0 = vector("x_reference", x_reference, at_least=None)
    n0 = vector("n_reference", n_reference, x0.size)
    x1 = vector("x_target", x_target, x0.size, at_least=None)
    n1 = vector("n_target", n_target, x0.size)
    x0, x1 = x0 * (n0 > 0), x1 * (n1 > 0)
    for name, n in (("reference", n0), ("target", n1)):
        if n.sum() <= 0:
            raise InputError(message(f"The {name} has no denominator", expected="a sum above 0"))
    r0, r1 = (np.divide(x, n, out=np.zeros(x.size), where=n > 0) for x, n in ((x0, n0), (x1, n1)))
    whole0, whole1 = float(x0.sum() / n0.sum()), float(x1.sum() / n1.sum())
    common = (n0 > 0) & (n1 > 0)
    if not common.any():
        nothing = np.full(x0.size, np.nan)
        return Split(nothing, nothing, nothing, nothing, whole0, whole1)
    q0, q1 = (n * common / n[common].sum() for n in (n0, n1))
    c0, c1 = (float(x[common].sum() / n[common].sum()) for x, n in ((x0, n0), (x1, n1)))
    within = (q0 + q1) / 2 * (r1 - r0)
    mix = (q1 - q0) * ((r0 + r1) / 2 - (c0 + c1) / 2)
    entry = np.where((n1 > 0) & ~common, n1 / n1.sum() * (r1 - c1), 0.0)
    leaving = np.where((n0 > 0) & ~common, -n0 / n0.sum() * (r0 - c0), 0.0)
    return Split(within, mix, entry, leaving, whole0, whole1)
