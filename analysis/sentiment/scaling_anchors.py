"""The anchors of a scaling: two poles of words, and the terms of a corpus that they are. Not for the fit."""

from collections.abc import Mapping
from fnmatch import fnmatchcase

import numpy as np

from analysis.errors import InputError, SelectionError, message
from analysis.sentiment.scaling_contexts import Contexts
from analysis.terms.matching import lookup
from analysis.terms.tokens import Tokens

Sides = list[tuple[int, list[int]]]
"""Of each anchor that occurs: its sign, and its terms."""


def poles_of(anchors: object) -> dict[str, tuple[str, ...]]:
    """Read the two poles."""
    if not isinstance(anchors, Mapping) or len(anchors) != 2:
        raise InputError(
            message("`anchors` are two poles, the negative one first", got=anchors,
                    expected='{"hostile": ["threat*"], "friendly": ["peace*"]}')
        )  # fmt: skip
    found = {}
    for name, words in anchors.items():
        own = (words,) if isinstance(words, str) else tuple(words)
        if not own or not all(isinstance(w, str) and w.strip("* ") and " " not in w.strip() for w in own):
            raise InputError(message(f"The pole {name!r} holds what is no single word", got=list(own)))
        found[str(name)] = tuple(dict.fromkeys(w.strip() for w in own))
    return found


def terms_of_anchors(
    tokens: Tokens, read: Contexts, vocabulary: list[str], poles: Mapping[str, tuple[str, ...]]
) -> tuple[dict[tuple[str, str], list[int]], list[str]]:
    """Find the terms of each anchor among those that occur; say which have none, with the nearest."""
    occurs = np.flatnonzero(np.asarray(read.counts.sum(axis=0)).ravel() > 0)
    lower = tokens.recipe.lower
    found: dict[tuple[str, str], list[int]] = {}
    absent = []
    for pole, words in poles.items():
        for word in words:
            wanted = (
                (word.lower() if lower else word).replace("’", "'").replace("[", "[[]").replace("?", "[?]")
            )
            if "*" in wanted:
                own = [int(k) for k in occurs if fnmatchcase(vocabulary[k], wanted)]
            else:
                own = [int(k) for k in occurs if vocabulary[k] == wanted]
            found[pole, word] = own
            if not own:
                near = [w for w in lookup(tokens).near(word) if w != word]
                absent.append(
                    f"{word!r} ({pole})" + (f", nearest {', '.join(map(repr, near))}" if near else "")
                )
    for pole, words in poles.items():
        if not any(found[pole, w] for w in words):
            raise SelectionError(
                message(f"No anchor of the pole {pole!r} occurs in these articles", got="; ".join(absent))
            )
    first, second = ({t for w in words for t in found[pole, w]} for pole, words in poles.items())
    both = sorted(vocabulary[t] for t in first & second)
    if both:
        raise InputError(message("Words stand for both poles", got=both[:5], expected="each for one"))
    return found, absent


def sides_of(
    found: Mapping[tuple[str, str], list[int]], poles: Mapping[str, tuple[str, ...]], place: Mapping[str, int],
    vocabulary: list[str],
) -> Sides:  # fmt: skip
    """The anchors that occur: the sign of each, and its terms in the model."""
    signs = dict(zip(poles, (-1, 1), strict=True))
    return [
        (signs[pole], [place[vocabulary[t]] for t in found[pole, word]])
        for pole, words in poles.items()
        for word in words
        if found[pole, word]
    ]


def leaving_out(sides: Sides) -> list[Sides]:
    """The anchors without one of them; the only one of a pole stays."""
    found = []
    for i, (sign, _) in enumerate(sides):
        alone = sum(s == sign for s, _ in sides) == 1
        found.append(sides if alone else [*sides[:i], *sides[i + 1 :]])
    return found
