"""Anchors: the researcher's own concepts as seed terms of the first topics. Not for how an engine holds to them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, UnknownNameError, message
from analysis.terms.forms import plain
from analysis.terms.patterns import Phrase, parse

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Anchors:
    """Seed terms of topics.

    Attributes
    ----------
    labels
        Of the anchored topics, in the order given.
    columns
        int64, sorted, by topic: the columns of its terms.
    notes
        Patterns that found nothing, with the nearest terms there are.
    """

    labels: tuple[str, ...] = ()
    columns: tuple[Ints, ...] = ()
    notes: tuple[str, ...] = ()


def as_written(anchors: "Mapping[str, str | Sequence[str]] | None") -> dict[str, tuple[str, ...]]:
    """Check what a user gives as anchors, and give it as label and patterns.

    Raises
    ------
    InputError
        It is no mapping, or a label or its patterns are empty.
    """
    if anchors is None:
        return {}
    example = "such as {'border': ['torkham', 'chaman', 'fenc*']}"
    if not isinstance(anchors, Mapping):
        raise InputError(message("`anchors`", got=type(anchors).__name__, expected=f"a mapping {example}"))
    found = {}
    for label, value in anchors.items():
        patterns = (value,) if isinstance(value, str) else value
        if not isinstance(label, str) or not label.strip() or label == "unassigned":
            raise InputError(message("A label of `anchors`", got=label, expected=f"a name, {example}"))
        if (
            not isinstance(patterns, Sequence)
            or not patterns
            or not all(isinstance(p, str) and p.strip() for p in patterns)
        ):
            raise InputError(message(f"The anchors of {label!r}", got=value, expected=f"terms, {example}"))
        found[label.strip()] = tuple(patterns)
    return found


def anchors_in(written: Mapping[str, tuple[str, ...]], terms: tuple[str, ...], *, lower: bool) -> Anchors:
    """Find the terms of a vocabulary that anchors stand for.

    Parameters
    ----------
    written
        Label to patterns: a term, `fenc*`, alternatives joined by ` | `. Words that follow each other are a term only
        where the recipe makes one of them (`phrases=`, `ngrams=`).
    terms
        The vocabulary, sorted.
    lower
        Whether the recipe ignores case.

    Raises
    ------
    UnknownNameError
        None of a topic's anchors is a term; the nearest terms are named.
    InputError
        Two topics have the very same terms.
    """
    labels: list[str] = []
    columns: list[Ints] = []
    notes: list[str] = []
    for label, patterns in written.items():
        phrases = [(p, phrase) for p in patterns for phrase in parse(p).phrases]
        at = {phrase: _places(phrase, terms, lower) for _, phrase in phrases}
        # Spellings of one pattern stand for each other: tehreek-e-taliban need not occur as three words too.
        found = {p for p, phrase in phrases if len(at[phrase])}
        absent = [p for p in patterns if p not in found]
        said = "; ".join(_said(p, terms) for p in absent)
        if not found:
            raise UnknownNameError(
                message(
                    f"None of the anchors of {label!r} is a term of this corpus",
                    got=list(patterns),
                    expected="terms that are left after the recipe and `min_doc_freq`",
                    hint=f"{said}.",
                )
            )
        if absent:
            notes.append(f"Anchors of {label!r} that do not occur: {said}.")
        places = np.unique(np.concatenate(list(at.values())))
        if any(np.array_equal(places, other) for other in columns):
            raise InputError(message(f"The anchors of {label!r} are those of another topic", got=patterns))
        labels.append(label)
        columns.append(places)
    return Anchors(tuple(labels), tuple(columns), tuple(notes))


def _places(phrase: Phrase, terms: tuple[str, ...], lower: bool) -> Ints:
    """Find the columns of a word, or of words that are one term, joined by _ or by spaces."""
    words = [plain(w, lower=lower) for w in phrase]
    spelled = dict.fromkeys((" ".join(words), "_".join(words)))
    found: list[int] = []
    for text in spelled:
        # A star is any letters; everything else is itself, so that no pattern is an expression of its own.
        rule = re.compile("[^ ]*".join(re.escape(piece) for piece in re.split(r"\*+", text)))
        found += [i for i, term in enumerate(terms) if rule.fullmatch(term)]
    return np.array(sorted(set(found)), np.int64)


def _said(pattern: str, terms: tuple[str, ...]) -> str:
    """Name a pattern and the nearest terms."""
    near = get_close_matches(plain(pattern.replace("*", ""), lower=True), terms, n=3, cutoff=0.6)
    return f"{pattern!r}" + (f" (nearest: {', '.join(near)})" if near else "")
