"""A table that says what it is: its unit, its parameters, the corpus it is from and what to beware of.

Not for drawing and not for looking anything up: `plot(result)` and `evidence(result, row)` do that from
above.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self

from analysis._version import __version__
from analysis.errors import InputError, message
from analysis.result.params import plain, signature
from analysis.result.source import EvidenceSource, Exhibit, check_source

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, kw_only=True)
class Result:
    """The answer to one question, as a table.

    Parameters
    ----------
    kind
        What was measured: the name of the function that did (`keyness`, `trend`).
    table
        One row per thing; column names are text and do not depend on options. A copy is kept, its rows
        numbered anew.
    unit
        What the estimates count, in words (`per 10,000 words`).
    params
        Every parameter that changes a number: text, numbers, dates, None, and lists or mappings of these.
    corpus_fingerprint
        Fingerprint of the articles it was made from.
    notes
        What a reader must know to read the numbers rightly, in full sentences.
    version
        Version of this package that made it.
    source
        Where the articles behind it can be opened; see `attach`.
    exhibit
        Something to look at beside the table, such as marked-up articles. It is shown, neither saved nor compared.

    Raises
    ------
    InputError
        The table is not a DataFrame, has columns that are not text or not unique, or a parameter is not a
        value.

    Two results are equal when everything but their source and exhibit is.
    """

    kind: str
    table: "pd.DataFrame"
    unit: str
    params: Mapping[str, Any]
    corpus_fingerprint: str
    notes: tuple[str, ...] = ()
    version: str = __version__
    source: EvidenceSource | None = field(default=None, repr=False)
    exhibit: Exhibit | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if not self.kind.isidentifier():
            raise InputError(message("`kind` is not a name", got=self.kind, expected="letters, digits and _"))
        notes: object = self.notes
        if isinstance(notes, str):
            raise InputError(message("`notes` is one text", got=self.notes, expected="a tuple of sentences"))
        object.__setattr__(self, "table", _checked(self.table))
        object.__setattr__(self, "params", plain(self.params))
        object.__setattr__(self, "notes", tuple(self.notes))

    @property
    def signature(self) -> str:
        """One line for a paper: kind, parameters, corpus and version."""
        return signature(
            self.kind, self.params, corpus_fingerprint=self.corpus_fingerprint, version=self.version
        )

    def attach(self, source: EvidenceSource) -> Self:
        """Return this result with the corpus it was made from; SelectionError for any other corpus."""
        return replace(self, source=check_source(source, self.corpus_fingerprint))

    def save(self, folder: str | os.PathLike[str], *, name: str | None = None) -> None:
        """Write `<name>.csv`, `<name>.parquet` and `<name>.json` (by default the kind) into a folder.

        The same result gives the same bytes. In the CSV, text that a spreadsheet would compute gets an
        apostrophe; Parquet and JSON hold everything as it is. Whatever interrupts it, no half-written file is
        left.
        """
        from analysis.result.files import save

        save(self, folder, name=name)

    @classmethod
    def load(cls, folder: str | os.PathLike[str], *, name: str | None = None) -> "Result":
        """Return a saved result, equal to the one saved; `name` may be left out where the folder holds one.

        Raises
        ------
        InputError
            There is no such result, or there are several and no name was given.
        CorpusError
            The files were changed or damaged since.
        """
        from analysis.result.files import load

        return load(folder, name=name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Result):
            return NotImplemented
        return self._facts() == other._facts() and _same(self.table, other.table)

    def __hash__(self) -> int:
        return hash(self.signature)

    def __len__(self) -> int:
        return len(self.table)

    def __repr__(self) -> str:
        return f"<Result {self.signature}: {len(self.table):,} rows, {self.unit}>"

    def _repr_html_(self) -> str:
        from analysis.result.page import html

        return html(self)

    def _facts(self) -> tuple[object, ...]:
        """Everything but the table, the source and the exhibit."""
        return self.kind, self.unit, self.params, self.corpus_fingerprint, self.notes, self.version


def _same(one: "pd.DataFrame", other: "pd.DataFrame") -> bool:
    """Compare tables by what they hold: null equals null, and a list the array Parquet makes of it."""
    import pyarrow as pa

    try:
        pair = [
            pa.Table.from_pandas(t, preserve_index=False).replace_schema_metadata(None) for t in (one, other)
        ]
    except pa.ArrowException:
        return one.equals(other)
    return bool(pair[0].equals(pair[1]))


def _checked(table: object) -> "pd.DataFrame":
    """Return a copy of the table with a plain index; raise where it is not one that can be saved."""
    import pandas as pd

    if not isinstance(table, pd.DataFrame):
        raise InputError(message("`table` is not a table", got=type(table).__name__, expected="a DataFrame"))
    names = list(table.columns)
    if not all(isinstance(name, str) for name in names) or len(set(names)) < len(names):
        raise InputError(message("The columns are not named by distinct texts", got=names))
    if any(level is not None for level in table.index.names):
        raise InputError(
            message(
                "The table has a named index, which would be lost",
                got=list(table.index.names),
                hint="Make it a column with `.reset_index()`.",
            )
        )
    kept = table.reset_index(drop=True)
    for name in names:
        if str(kept[name].dtype).startswith("datetime64[s"):  # Parquet has no seconds
            kept[name] = kept[name].dt.as_unit("us")
    return kept
