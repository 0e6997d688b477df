"""What topics are called in tables and pictures, and whether they were found again. Not for finding either."""

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from analysis.topics.model import TopicModel

COLUMNS = ("topic", "label", "stable", "found_in", "of")
"""What every table of topics begins with."""


def head(model: "TopicModel", topics: Any = None) -> "pd.DataFrame":
    """Give the first columns of a table of topics, a row for each of `topics` (default: every topic once).

    `topic` (int64), `label` (str, the user's, else number and first terms), `stable` (boolean; null where it was not
    checked), `found_in`, `of` (Int64, null likewise): in how many of how many refits it was found again.
    """
    import pandas as pd

    n = model.n_topics
    table = pd.DataFrame(
        {"topic": np.arange(n, dtype=np.int64), "label": pd.array(list(model.names), dtype="str")}
    )
    known = model.stability.set_index("topic").reindex(range(n))
    unchecked = known["of"].fillna(0).to_numpy() == 0
    for column, kind in (("stable", "boolean"), ("found_in", "Int64"), ("of", "Int64")):
        values: Any = known[column].astype(kind)  # type: ignore[call-overload]
        table[column] = values.mask(unchecked).reset_index(drop=True)
    chosen = np.arange(n) if topics is None else np.asarray(topics, dtype=np.int64)
    return table.iloc[chosen].reset_index(drop=True)


def stability_note(model: "TopicModel") -> tuple[str, ...]:
    """Say which topics did not hold still, for the notes of a result."""
    table = head(model)
    if table["stable"].isna().all():
        return ("Stability was not checked: these topics may be others in the next fit.",)
    loose = table[~table["stable"].fillna(False).astype(bool)]
    if not len(loose):
        return (f"All {len(table)} topics were found again in refits on resamples of the articles.",)
    said = "; ".join(
        f"{row.label} ({row.found_in} of {row.of})" for row in loose.head(12).itertuples(index=False)
    )
    more = f" and {len(loose) - 12} more" if len(loose) > 12 else ""
    return (
        f"{len(loose)} of {len(table)} topics are unstable, found again in too few refits: {said}{more}. "
        "Do not build an argument on them.",
    )
