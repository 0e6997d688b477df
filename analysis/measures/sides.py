"""The two sides of a comparison: which articles are the target, which the reference, and what to beware of.

Not for measuring; `keyness` does that. Nothing is guessed: an article on both sides, an empty side or the same side
twice is refused.
"""

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from analysis.corpus.handle import Corpus
from analysis.errors import InputError, SelectionError, UnknownNameError, did_you_mean, message
from analysis.periods import since_date, until_date

Bools = npt.NDArray[np.bool_]
Side: TypeAlias = Mapping[str, Any] | Corpus
"""Conditions as `Corpus.where` takes them, or a Corpus of the same snapshot."""

_CONDITIONS = tuple(n for n in inspect.signature(Corpus.where).parameters if n != "self")
_SOME = 50  # dated articles of a side from which its spread over the quarters says something
_APART = 0.5  # a side of which more than this is outside the other's time says so
TIME_NOTE = (
    "The sides are stretches of time. Neighbouring days share their events, so articles of before and after are not"
    " exchangeable and p is too small: exploratory. Use `compare` for a before and an after."
)


@dataclass(frozen=True)
class Sides:
    """Which articles stand on which side, (n_docs,) of bool each; what was asked, for a signature; and cautions."""

    target: Bools
    reference: Bools
    params: dict[str, Any]
    notes: tuple[str, ...]


def sides_of(corpus: Corpus, doc_ids: Sequence[str], target: Side, reference: Side | None) -> Sides:
    """Read the sides of a comparison within a selection.

    Parameters
    ----------
    corpus
        The selection that was counted.
    doc_ids
        Its articles, sorted.
    target, reference
        Conditions (`{"outlet": "Harbour Courier"}`) or a Corpus; without a reference it is all other articles.

    Raises
    ------
    InputError, UnknownNameError
        Something that is no side, or a condition that `Corpus.where` does not know.
    SelectionError
        A side is empty, or articles stand on both sides.
    """
    days = dict(_days(corpus))
    on_target, outside = _mask("target", corpus, doc_ids, target)
    if reference is None:
        on_reference, outside_too = ~on_target, 0
    else:
        on_reference, outside_too = _mask("reference", corpus, doc_ids, reference)
    _check(on_target, on_reference, reference)
    published = np.array([days.get(i, np.datetime64("NaT")) for i in doc_ids], dtype="datetime64[D]")
    notes = []
    if _span("target", target) != _span("reference", reference) or _disjoint(
        published[on_target], published[on_reference]
    ):
        notes.append(TIME_NOTE)
    elif caution := _mostly_apart(published[on_target], published[on_reference]):
        notes.append(caution)
    if outside + outside_too:
        notes.append(
            f"{outside + outside_too:,} articles of the sides are not among those counted, and left out"
        )
    left_out = int(np.sum(~on_target & ~on_reference))
    if left_out:
        notes.append(f"{left_out:,} articles stand on neither side, and are not compared")
    params = {
        "target": _said(target),
        "reference": "rest" if reference is None else _said(reference),
    }
    return Sides(on_target, on_reference, params, tuple(notes))


def _mask(name: str, corpus: Corpus, doc_ids: Sequence[str], side: Side) -> tuple[Bools, int]:
    """Mark the articles of one side, and count those of it that were not counted."""
    if isinstance(side, Corpus):
        if side.path != corpus.path or side.snapshot.number != corpus.snapshot.number:
            raise InputError(message(f"`{name}` is of another corpus or snapshot", got=repr(side.path.name)))
        chosen = side
    elif isinstance(side, Mapping):
        for key in side:
            if key not in _CONDITIONS:
                raise UnknownNameError(
                    message(
                        f"`{name}` has an unknown condition",
                        got=key,
                        expected="one of " + ", ".join(_CONDITIONS),
                        hint=did_you_mean(key, _CONDITIONS),
                    )
                )
        chosen = corpus.where(**side)
    else:
        raise InputError(
            message(f"`{name}` is no side", got=side, expected='conditions such as {"outlet": "Dawn"}')
        )
    ids = {i for batch in chosen.scan("doc_id") for i in batch.column(0).to_pylist()}
    mask = np.fromiter((i in ids for i in doc_ids), dtype=np.bool_, count=len(doc_ids))
    return mask, len(ids) - int(mask.sum())


def _check(target: Bools, reference: Bools, given: Side | None) -> None:
    both = int(np.sum(target & reference))
    if both and np.array_equal(target, reference):
        raise SelectionError(
            message("target and reference are the same articles", got=f"{both:,} articles on both sides")
        )
    if both:
        raise SelectionError(
            message(
                "Some articles stand on both sides",
                got=f"{both:,} of {int(target.sum()):,} and {int(reference.sum()):,}",
                expected="two sides that share no article",
                hint="Leave `reference` out to compare with all the others.",
            )
        )
    if not target.any():
        raise SelectionError(message("The target holds no articles", hint="Widen its conditions."))
    if not reference.any():
        hint = "The target is everything that was counted." if given is None else "Widen its conditions."
        raise SelectionError(message("The reference holds no articles", hint=hint))


def _days(corpus: Corpus) -> list[tuple[str, Any]]:
    """The day of each article that has one."""
    return [
        (doc_id, day)
        for batch in corpus.scan("doc_id", "published")
        for doc_id, day in zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True)
        if day is not None
    ]


def _span(name: str, side: Side | None) -> tuple[Any, Any]:
    """The first and last day a side names; a Corpus and the rest name none."""
    if not isinstance(side, Mapping):
        return None, None
    since, until = side.get("since"), side.get("until")
    return (
        None if since is None else since_date(since),
        None if until is None else until_date(until),
    )


def _disjoint(one: npt.NDArray[Any], other: npt.NDArray[Any]) -> bool:
    a, b = one[~np.isnat(one)], other[~np.isnat(other)]
    return bool(a.size and b.size and (a.max() < b.min() or b.max() < a.min()))


def _mostly_apart(one: npt.NDArray[Any], other: npt.NDArray[Any]) -> str:
    """Say when most of a side is from a time the other has no articles of."""
    a, b = one[~np.isnat(one)], other[~np.isnat(other)]
    if not a.size or not b.size:
        return ""
    alone = max(float(np.mean((x < y.min()) | (x > y.max()))) for x, y in ((a, b), (b, a)))
    if alone <= _APART:
        return _hardly_together(a, b)
    return (
        f"{100 * alone:.0f} % of the dated articles of one side are from a time of which the other has none"
        f" (target {a.min()} to {a.max()}, reference {b.min()} to {b.max()}): what is due to the side and what to"
        " the time cannot be told apart"
    )


def _hardly_together(a: npt.NDArray[Any], b: npt.NDArray[Any]) -> str:
    """Say when two sides of some size stand over each other in time by less than half, quarter by quarter.

    A few early articles of a side make its first and last day say little.
    """
    if min(a.size, b.size) < _SOME:
        return ""
    months = [x.astype("datetime64[M]").astype(np.int64) // 3 for x in (a, b)]
    first = min(int(m.min()) for m in months)
    size = max(int(m.max()) for m in months) - first + 1
    one, other = (np.bincount(m - first, minlength=size) / m.size for m in months)
    together = float(np.minimum(one, other).sum())
    if together >= _APART:
        return ""
    return (
        f"by quarters of the year only {100 * together:.0f} % of the articles of the two sides lie in the same time:"
        " what is due to the side and what to the time cannot be told apart"
    )


def _said(side: Side) -> Any:
    """A side as a parameter of a result."""
    if isinstance(side, Corpus):
        return {"selection": side.fingerprint[:12]}
    return {k: list(v) if isinstance(v, tuple | set | frozenset) else v for k, v in sorted(side.items())}
