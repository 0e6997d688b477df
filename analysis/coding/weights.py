"""The chances with which coded units came into the sample, missing codes reckoned with. Not for drawing (`sample`)."""

import numpy as np
import pandas as pd

from analysis.coding.coders import CodedSheet
from analysis.stats.checks import Floats


def probabilities(coded: CodedSheet) -> tuple[Floats, tuple[str, ...]]:
    """Give the probability of each unit, (n_units,), and what a reader must know of it.

    Where all units are coded it is the one of the design. Missing codes are taken to be missing at random within the
    stratum; a stratum without any code is taken together with its period, or with everything.
    """
    design = coded.sheet.design
    p = design["probability"].to_numpy(dtype=np.float64)
    have = coded.coded
    if have.all():
        return p, ()
    count = pd.Series(have).groupby(design["stratum"].to_numpy()).transform("sum").to_numpy()
    empty_in_period = pd.Series(count == 0).groupby(design["period"].to_numpy()).transform("any").to_numpy()
    coded_in_period = pd.Series(have).groupby(design["period"].to_numpy()).transform("any").to_numpy()
    group = np.where(
        ~empty_in_period, "s " + design["stratum"].astype(str), "p " + design["period"].astype(str)
    ).astype(object)
    if not coded_in_period.all():
        group[:] = "all"
    whole = pd.Series(1 / p).groupby(group).transform("sum").to_numpy()
    there = pd.Series(np.where(have, 1 / p, 0.0)).groupby(group).transform("sum").to_numpy()
    said = [
        f"{int((~have).sum()):,} units have no code; they are taken to be missing at random within their stratum."
    ]
    if (count == 0).any():
        n = design.loc[count == 0, "stratum"].nunique()
        said.append(
            f"{n:,} strata have no code at all and are taken together with the others of their period."
        )
    return np.minimum(p * there / whole, 1.0), tuple(said)
