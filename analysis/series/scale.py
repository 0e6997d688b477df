"""Ratios in the unit of their measurement: a rate of words is shown per 10,000, and so are its differences.

Not for numerators and denominators, which stay the sums they are.
"""

import pandas as pd

from analysis.result import Measurement


def in_unit(table: pd.DataFrame, m: Measurement, *columns: str) -> pd.DataFrame:
    """Multiply columns of ratios by the scale of the measurement they are of."""
    if m.scale == 1.0:
        return table
    return table.assign(**{name: table[name] * m.scale for name in columns})
