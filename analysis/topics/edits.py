"""The researcher's own names for topics, and topics laid together: a log beside the saved model, replayed on opening.

The model's files never change: `edits.csv` (action, topics, label, who, why) is laid over them, so that every name and
every merge can be traced and undone by taking out its row. Topics are written by their numbers in the saved model,
which no later edit moves. Not for new articles (`TopicModel.transform`).
"""

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import InputError, choose, message
from analysis.escape import cell, unformula
from analysis.result import Result
from analysis.result.files import write_whole
from analysis.topics.merge import merged, plus
from analysis.topics.model import TopicModel

if TYPE_CHECKING:
    from analysis.corpus.handle import Corpus

COLUMNS = ("action", "topics", "label", "who", "why")
ACTIONS = ("name", "merge")
FILE = "edits.csv"
_LONGEST = 80


@dataclass(frozen=True)
class Edit:
    """One row of the log."""

    action: str
    topics: tuple[int, ...]
    label: str
    who: str = ""
    why: str = ""


def open_topics(folder: str | os.PathLike[str], corpus: "Corpus | None" = None) -> TopicModel:
    """Open a saved model with its names and merges, and with its articles where a corpus is given.

    Parameters
    ----------
    folder
        Where `TopicModel.save` wrote it.
    corpus
        The corpus it was fitted to. For other articles leave it out and give them to `transform` or `topic_drift`.

    Returns
    -------
    TopicModel
        The saved one with the rows of `edits.csv` laid over, in their order.

    Raises
    ------
    InputError, CorpusError
        No such folder; a damaged model; a row of the log that does not fit.
    SelectionError
        Another corpus: the message names both fingerprints.
    """
    model = laid_over(TopicModel.load(folder), read_log(folder))
    return model if corpus is None else model.attach(corpus)


def name_topic(
    folder: str | os.PathLike[str], topic: int | str, label: str, *, who: str = "", why: str = ""
) -> TopicModel:
    """Give a topic of a saved model a name.

    Parameters
    ----------
    folder
        The model's.
    topic
        Its number or label in `open_topics(folder)`.
    label
        The name, at most 80 characters, not that of another topic.
    who, why
        For the log.

    Returns
    -------
    TopicModel
        With all edits; without articles (`attach`).

    Raises
    ------
    InputError, UnknownNameError, CorpusError
        A label that is none, no such topic, no such model. Nothing is written.

    Notes
    -----
    Appends a row to `edits.csv` in the folder.
    """
    return _add(folder, "name", [topic], label, who, why)


def merge_topics(
    folder: str | os.PathLike[str], topics: Sequence[int | str], label: str, *, why: str, who: str = ""
) -> TopicModel:
    """Lay two or more topics of a saved model together under one name.

    Parameters
    ----------
    folder, label, who
        As for `name_topic`.
    topics
        Numbers or labels in `open_topics(folder)`.
    why
        The reason; it must not be empty.

    Returns
    -------
    TopicModel
        With the merged topic in the place of the first; those behind it move up. Its terms are the mean of theirs,
        weighted by how much of the corpus each explains; refits are merged likewise and its stability counted anew.

    Raises
    ------
    InputError, UnknownNameError, CorpusError
        As for `name_topic`; fewer than two topics; no reason.
    """
    if isinstance(topics, str) or not isinstance(topics, Sequence) or len(topics) < 2:
        raise InputError(message("`topics`", got=topics, expected="two topics or more"))
    if not isinstance(why, str) or not why.strip():
        raise InputError(message("`why` is empty", expected="the reason for the merge"))
    return _add(folder, "merge", list(topics), label, who, why)


def topic_edits(folder: str | os.PathLike[str]) -> Result:
    """List the names and merges of a saved model.

    Returns
    -------
    Result
        Kind `topic_edits`, in their order: step (int64, from 1), action (`name` or `merge`), topics (str, numbers in
        the saved model), label, who, why (str).
    """
    import pandas as pd

    model, log = TopicModel.load(folder), read_log(folder)
    rows = [(i, e.action, plus(e.topics), e.label, e.who, e.why) for i, e in enumerate(log, 1)]
    return Result(
        kind="topic_edits",
        table=pd.DataFrame(rows, columns=["step", *COLUMNS]).astype({"step": "int64"}),
        unit="edits",
        params=dict(model.params),
        corpus_fingerprint=model.corpus_fingerprint,
        notes=() if rows else ("No topic was named or merged.",),
    )


def read_log(folder: str | os.PathLike[str]) -> list[Edit]:
    """Read the log of a model folder; empty where there is none."""
    place = Path(folder) / FILE
    if not place.exists():
        return []
    try:
        found = list(
            csv.DictReader(io.StringIO(place.read_text(encoding="utf-8-sig"), newline=""), strict=True)
        )
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(message(f"{FILE} cannot be read", hint=f"{error}.")) from error
    log = []
    for line, row in enumerate(found, 2):
        try:
            choose("action", row.get("action"), ACTIONS)
            topics = tuple(int(t) for t in (row.get("topics") or "").split("+"))
            log.append(
                Edit(
                    str(row["action"]),
                    topics,
                    _label(unformula(row.get("label") or "")),
                    unformula(row.get("who") or ""),
                    unformula(row.get("why") or ""),
                )
            )
        except (ValueError, KeyError) as error:
            raise InputError(message(f"{FILE} line {line} does not fit", got=row, hint=f"{error}")) from error
    return log


def laid_over(model: TopicModel, log: Sequence[Edit]) -> TopicModel:
    """Give the model with the edits, in their order."""
    groups: list[tuple[int, ...]] = [(k,) for k in range(model.n_topics)]
    labels = list(model.labels)
    for edit in log:
        inside = [i for i, g in enumerate(groups) if set(g) & set(edit.topics)]
        held = {k for i in inside for k in groups[i]}
        if held != set(edit.topics) or (edit.action == "name" and len(inside) != 1):
            raise InputError(
                message(
                    f"{FILE} does not fit this model",
                    got=f"{edit.action} {plus(edit.topics)}",
                    expected="topics of the saved model, those merged before together",
                )
            )
        if edit.label in (label for i, label in enumerate(labels) if i not in inside):
            raise InputError(message("Two topics have the same label", got=edit.label))
        groups[inside[0]] = tuple(sorted(held))
        labels[inside[0]] = edit.label
        for i in reversed(inside[1:]):
            del groups[i], labels[i]
    if len(groups) < 2 <= model.n_topics:
        raise InputError(message("A model of one topic says nothing", got=f"{len(groups)} topic is left"))
    return merged(replace(model, labels=("",) * model.n_topics), groups, tuple(labels))


def _add(
    folder: str | os.PathLike[str], action: str, topics: Sequence[int | str], label: str, who: str, why: str
) -> TopicModel:
    saved, log = TopicModel.load(folder), read_log(folder)
    now = laid_over(saved, log)
    numbers = _numbers(saved, log)
    chosen = sorted({k for t in topics for k in numbers[now.topic(t)]})
    for name, text in (("who", who), ("why", why)):
        if not isinstance(text, str):
            raise InputError(message(f"`{name}`", got=text, expected="text"))
    new = [*log, Edit(action, tuple(chosen), _label(label), who.strip(), why.strip())]
    model = laid_over(saved, new)  # raises before anything is written
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(cell, (e.action, plus(e.topics), e.label, e.who, e.why)) for e in new)
    write_whole(Path(folder) / FILE, out.getvalue().encode())
    return model


def _numbers(model: TopicModel, log: Sequence[Edit]) -> list[tuple[int, ...]]:
    """Give the numbers in the saved model of each topic as it is now."""
    groups: list[tuple[int, ...]] = [(k,) for k in range(model.n_topics)]
    for edit in log:
        if edit.action == "merge":
            inside = [i for i, g in enumerate(groups) if set(g) <= set(edit.topics)]
            groups[inside[0]] = edit.topics
            for i in reversed(inside[1:]):
                del groups[i]
    return groups


def _label(label: object) -> str:
    if (
        not isinstance(label, str)
        or not label.strip()
        or len(label.strip()) > _LONGEST
        or not label.isprintable()
    ):
        raise InputError(
            message("`label`", got=label, expected=f"a name of at most {_LONGEST} characters, in one line")
        )
    return label.strip()
