"""One number for every article, as numerator and denominator: what trends and comparisons are made of.

Not an estimate: sums over articles, intervals and periods come later, and are written once for all
measurements.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from analysis._version import __version__
from analysis.errors import InputError, message
from analysis.result.params import plain, signature
from analysis.result.source import EvidenceSource, check_source

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("doc_id", "numerator", "denominator")


@dataclass(frozen=True, eq=False, kw_only=True)
class Measurement:
    """A ratio per article; over any group it is the sum of the numerators by the sum of the denominators.

    Parameters
    ----------
    kind
        The name of the function that measured (`term_rate`, `tone`).
    label
        What was measured, for a legend (`ttp | tehreek-e-taliban pakistan`).
    unit
        What the ratio means, in words (`per word`).
    table
        One row per article: doc_id (text, each once), numerator and denominator (finite; denominator 0 or
        more). Kept sorted by doc_id.
    draws
        Where the measuring itself is uncertain: other numerators that could have been measured, as an array
        of n_docs x n_draws, rows as in `table`.
    params, corpus_fingerprint, version, source, notes
        As for `Result`.
    scale
        What the ratio is multiplied by to be in `unit` (10,000 for `per 10,000 words`; the table holds plain words).

    Raises
    ------
    InputError
        The table or the draws are not as said here.
    """

    kind: str
    label: str
    unit: str
    table: "pd.DataFrame"
    params: Mapping[str, Any]
    corpus_fingerprint: str
    draws: npt.NDArray[np.float64] | None = None
    version: str = __version__
    source: EvidenceSource | None = field(default=None, repr=False)
    scale: float = 1.0
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        table, order = _checked(self.table)
        object.__setattr__(self, "table", table)
        object.__setattr__(self, "params", plain(self.params))
        if self.draws is not None:
            object.__setattr__(self, "draws", _checked_draws(self.draws, order))

    @property
    def signature(self) -> str:
        """One line for a paper: kind, label, parameters, corpus and version."""
        return signature(
            self.kind,
            {**self.params, "label": self.label},
            corpus_fingerprint=self.corpus_fingerprint,
            version=self.version,
        )

    def attach(self, source: EvidenceSource) -> Self:
        """Return this measurement with the corpus it was made from; SelectionError for any other corpus."""
        return replace(self, source=check_source(source, self.corpus_fingerprint))

    def __len__(self) -> int:
        return len(self.table)

    def __repr__(self) -> str:
        return f"<Measurement {self.signature}: {len(self.table):,} articles, {self.unit}>"


def _checked(table: object) -> tuple["pd.DataFrame", npt.NDArray[np.intp]]:
    """Return the three columns sorted by doc_id, and the order that sorted them."""
    import pandas as pd

    if not isinstance(table, pd.DataFrame) or any(name not in table.columns for name in COLUMNS):
        got = list(table.columns) if isinstance(table, pd.DataFrame) else type(table).__name__
        raise InputError(
            message("`table` is not one of articles", got=got, expected="columns " + ", ".join(COLUMNS))
        )
    ids = table["doc_id"].astype(object).to_numpy()
    if not all(isinstance(doc_id, str) for doc_id in ids):
        raise InputError(
            message("A `doc_id` is not text", got=[i for i in ids if not isinstance(i, str)][:3])
        )
    order = np.argsort(ids, kind="stable")
    ids = ids[order]
    twice = ids[1:][ids[1:] == ids[:-1]]
    if len(twice):
        raise InputError(message("An article has more than one row", got=list(twice[:3])))
    numbers = {name: _finite(name, table[name])[order] for name in COLUMNS[1:]}
    if (numbers["denominator"] < 0).any():
        raise InputError(message("A denominator is below 0", got=float(numbers["denominator"].min())))
    return pd.DataFrame({"doc_id": pd.Series(ids, dtype="str"), **numbers}), order


def _finite(name: str, column: "pd.Series[Any]") -> npt.NDArray[np.float64]:
    """Return a column as float64, without nulls and infinities."""
    try:
        values = column.to_numpy(dtype=np.float64, na_value=np.nan)
    except (TypeError, ValueError) as error:
        raise InputError(message(f"`{name}` holds what is not a number", got=str(column.dtype))) from error
    wrong = ~np.isfinite(values)
    if wrong.any():
        raise InputError(
            message(
                f"`{name}` is not finite in {int(wrong.sum()):,} rows",
                hint="An article that was not measured has no row; one without words has denominator 0.",
            )
        )
    return values


def _checked_draws(draws: object, order: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
    """Return the draws in the order of the table, read-only."""
    values = np.array(draws, dtype=np.float64)
    if values.ndim != 2 or len(values) != len(order):
        raise InputError(
            message(
                "`draws` has another shape", got=values.shape, expected=f"({len(order)} articles, n_draws)"
            )
        )
    if not np.isfinite(values).all():
        raise InputError(message("`draws` holds what is not a finite number"))
    values = values[order]
    values.flags.writeable = False
    return values
