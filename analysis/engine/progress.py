"""How far a long piece of work has come: a bar on a terminal, or whatever function the caller gives.

Not for logging, and never part of a result.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeVar

Value = TypeVar("Value")

Report: TypeAlias = Callable[[int, int | None, str], None]
"""Called as `report(done, total, label)` after each piece of work; `total` is None where it is not known."""

Progress: TypeAlias = Report | bool | None
"""A function; True or False for a bar or none; None for a bar only where stderr is a terminal."""


def watch(
    values: Iterable[Value], progress: Progress, *, label: str | None, total: int | None
) -> Iterator[Value]:
    """Yield the values, telling `progress` about each. Work without a label is not worth a bar."""
    if callable(progress):
        yield from _told(values, progress, label=label or "", total=total)
    elif progress or (progress is None and label is not None and sys.stderr.isatty()):
        yield from _bar(values, label=label or "", total=total)
    else:
        yield from values


def _told(values: Iterable[Value], report: Report, *, label: str, total: int | None) -> Iterator[Value]:
    """Call the report before the value is handed on, so that the last call says all is done."""
    for done, value in enumerate(values, start=1):
        report(done, total, label)
        yield value


def _bar(values: Iterable[Value], *, label: str, total: int | None) -> Iterator[Value]:
    """Show tqdm's bar on stderr; it is removed when the work ends."""
    from tqdm import tqdm

    with tqdm(total=total, desc=label, file=sys.stderr, leave=False, dynamic_ncols=True) as bar:
        for value in values:
            bar.update()
            yield value
