"""A topic as a measurement: the words it wrote in every article, by the article's words.

Not an estimate: lines, comparisons and intervals are those of every measurement.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from analysis.errors import SelectionError, choose, message
from analysis.result import Measurement

if TYPE_CHECKING:
    from analysis.topics.model import TopicModel

Floats = npt.NDArray[np.float64]


def topic_share(
    model: "TopicModel", topic: int | str, *, unstable: str = "refuse", draws: bool = False
) -> Measurement:
    """Measure a topic's share of every article's words.

    Parameters
    ----------
    model
        With its articles (`attach` after loading one).
    topic
        Its number or label.
    unstable
        `refuse` topics that do not hold still, or `allow` them; they are then marked in the notes.
    draws
        Whether to give the shares by the model's refits on resamples too: one fold of all articles more for each. The
        intervals of `trend` then hold them; `compare` and `breaks` say in a note what they give.

    Returns
    -------
    Measurement
        One row per article of the model: `doc_id`, `numerator` (float64: words that the topic is expected to have
        written), `denominator` (float64: its words among the model's terms). `draws`: the numerators by the topic's
        match in every refit, articles x refits, called *refit variability*; None where there are no refits. They say
        how far the choice of stories moves the topic itself: each refit saw 80 % of the stories, so they spread about
        half as much as refits on other stories of the same kind would.

    Raises
    ------
    UnknownNameError
        There is no such topic.
    SelectionError
        The topic does not hold still, or was not tested; or the model's articles are not at hand.

    Notes
    -----
    Articles without a known term have denominator 0 and add nothing; the notes count them. One fold of all articles,
    and one a refit.
    """
    choose("unstable", unstable, ("refuse", "allow"))
    number = model.topic(topic)
    name = model.names[number]
    said = how_stable(model, number)
    if said and unstable == "refuse":
        raise SelectionError(
            message(
                f"Topic {name!r} {said}: a line of it may be a line of something else",
                hint='Take another topic, or fewer of them; or ask for it all the same: `unstable="allow"`.',
            )
        )
    counts, shares = model.counted()
    n_words = shares.n_words.astype(np.float64)
    drawn = (
        _draws(model, counts.table, number) * n_words[:, None] if draws and model.refits is not None else None
    )
    unknown = shares.n_unknown
    return Measurement(
        kind="topic_share",
        label=name,
        unit="share of words",
        table=_table(counts.doc_ids, shares.shares[:, number] * n_words, n_words),
        draws=drawn,
        params={**model.params, "topic": number, "unstable": unstable},
        corpus_fingerprint=model.corpus_fingerprint,
        source=model.tokens.corpus if model.tokens is not None else None,
        notes=(
            *((f"Unstable: this topic {said}.",) if said else ()),
            *((f"{unknown:,} articles have no term of the model and add nothing.",) if unknown else ()),
        ),
    )


def how_stable(model: "TopicModel", number: int) -> str:
    """Say why a topic is not to be trusted; "" for a stable one."""
    row = model.stability.iloc[number]
    if row["stable"]:
        return ""
    if not row["of"]:
        return "was not tested on resamples"
    return f"does not hold still (found again in {row['found_in']} of {row['of']} resamples)"


def _draws(model: "TopicModel", table: Any, number: int) -> Floats:
    """Give the topic's shares by each refit, articles x refits."""
    n_refits = 0 if model.refits is None else len(model.refits)
    found = [model.fold_in(table, refit=i)[:, number] for i in range(n_refits)]
    return np.stack(found, axis=1)


def _table(doc_ids: tuple[str, ...], numerator: Floats, denominator: Floats) -> Any:
    import pandas as pd

    ids = pd.Series(doc_ids, dtype="str")
    return pd.DataFrame({"doc_id": ids, "numerator": numerator, "denominator": denominator})
