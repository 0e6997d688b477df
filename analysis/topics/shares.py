"""`TopicShares`: how much of an article each topic is expected to have written. Not for finding it (`fold`)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class TopicShares:
    """Shares of topics in articles; made by `TopicModel.shares`.

    Attributes
    ----------
    doc_ids
        Sorted.
    shares
        float64, articles x (topics + 1): the expected part of the article's words that each topic wrote. The last
        column is unassigned; rows sum to one.
    n_words
        int64 by article: its words among the model's terms, which the shares are parts of. 0 where it has none; it is
        then unassigned as a whole.
    labels
        Of the columns: those of the topics, and `unassigned`.
    """

    doc_ids: tuple[str, ...]
    shares: Floats
    n_words: Ints
    labels: tuple[str, ...]

    @property
    def n_unknown(self) -> int:
        """Articles without any term of the model."""
        return int((self.n_words == 0).sum())

    def frame(self) -> "pd.DataFrame":
        """Give a table: doc_id (str), n_words (int64), then one float64 column a topic, and unassigned."""
        import pandas as pd

        names = [label or f"topic {i}" for i, label in enumerate(self.labels[:-1])]
        table = pd.DataFrame(self.shares, columns=[*names, "unassigned"])
        table.insert(0, "n_words", self.n_words)
        table.insert(0, "doc_id", pd.Series(self.doc_ids, dtype="str"))
        return table
