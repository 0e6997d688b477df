"""What the tables of description share: columns of a selection, and a Result built from rows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from analysis.corpus.handle import Corpus
from analysis.result import Result
from analysis.schema import ARTICLE

if TYPE_CHECKING:
    pass


def columns_of(corpus: Corpus, *names: str) -> pa.Table:
    """Read some columns of the selected articles into one table."""
    batches = list(corpus.scan(*names))
    if batches:
        return pa.Table.from_batches(batches)
    return pa.schema([ARTICLE.field(n) for n in names]).empty_table()


def as_result(
    kind: str,
    corpus: Corpus,
    names: list[str],
    rows: Sequence[tuple[Any, ...]],
    unit: str,
    notes: tuple[str, ...] = (),
) -> Result:
    """Build a Result; columns of places in files may be unknown, so they are nullable integers."""
    import pandas as pd

    frame: pd.DataFrame = pd.DataFrame(rows, columns=names)
    for name in ("line", "offset", "example_line"):
        if name in frame:
            frame[name] = frame[name].astype("Int64")
    return Result(
        kind=kind, table=frame, unit=unit, params={}, corpus_fingerprint=corpus.fingerprint, notes=notes,
        source=corpus,
    )  # fmt: skip
