"""What topics are called in tables and pictures, and whether they were found again. Not for finding either."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from analysis.topics.model import TopicModel

UNSTABLE = "unstable"
NOT_CHECKED = "not checked"


def names(model: "TopicModel") -> list[str]:
    """Give the label of each topic, or its number."""
    return [label or f"topic {k}" for k, label in enumerate(model.labels)]


def head(model: "TopicModel") -> "pd.DataFrame":
    """Give the columns every table of topics begins with, one row a topic.

    `topic` (int64), `label` (str, the user's, else `topic 3`), `stable` (boolean; null where it was not checked),
    `found_in`, `of` (Int64): in how many refits it was found again.
    """
    import pandas as pd

    n = len(model.labels)
    table = pd.DataFrame({"topic": np.arange(n, dtype=np.int64), "label": pd.array(names(model), dtype="str")})
    known = model.stability.set_index("topic").reindex(range(n))
    table["stable"] = known["stable"].astype("boolean").to_numpy()
    table["stable"] = table["stable"].astype("boolean")
    for column in ("found_in", "of"):
        table[column] = pd.array(known[column].astype("Int64"), dtype="Int64")
    return table


def stability_note(model: "TopicModel") -> tuple[str, ...]:
    """Say which topics did not hold still, for the notes of a result."""
    table = head(model)
    if table["stable"].isna().all():
        return ("Stability was not checked: these topics may be others in the next fit.",)
    loose = table[~table["stable"].fillna(False).astype(bool)]
    if not len(loose):
        return (f"All {len(table)} topics were found again in refits on resamples of the articles.",)
    said = ", ".join(
        f"{row.label} ({row.found_in} of {row.of})" for row in loose.head(12).itertuples(index=False)
    )
    more = f" and {len(loose) - 12} more" if len(loose) > 12 else ""
    return (
        f"{len(loose)} of {len(table)} topics are unstable, found again in too few refits: {said}{more}. "
        "Do not build an argument on them.",
    )
