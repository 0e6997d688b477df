"""What stands behind rows of a result, as arrays: one entry for every row and article. Not for sentences and pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.corpus.handle import Corpus
from analysis.errors import SelectionError, message
from analysis.result import Measurement, Result, Traced
from analysis.terms.recipe import make_recipe
from analysis.terms.tokens import Tokens
from analysis.tracing.marks import Marker

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
SIDES = (None, "target", "reference")
"""What `Behind.side` counts. Of a break, the target is the level after it."""
ALONE, TARGET, REFERENCE = range(3)


class Behind(NamedTuple):
    """Articles of rows; arrays have one entry a row, side and article.

    Attributes
    ----------
    row
        int64: the row of the result's table.
    doc
        int64: the place of the article among the trace's `doc_ids`.
    numerator, denominator, weight
        float64; NaN where a row has no denominator (a count). Sums of weight x numerator are those of the row.
    side
        int64: place in `SIDES`.
    """

    row: Ints
    doc: Ints
    numerator: Floats
    denominator: Floats
    weight: Floats
    side: Ints

    def at(self, own: "Ints | Bools") -> "Behind":
        """Give some of the entries."""
        return Behind(
            self.row[own],
            self.doc[own],
            self.numerator[own],
            self.denominator[own],
            self.weight[own],
            self.side[own],
        )


@dataclass(frozen=True, eq=False)
class Trace:
    """What can be asked of one result: its articles, those behind some rows, and what to mark in their sentences."""

    doc_ids: npt.NDArray[np.object_]
    behind: Callable[[Ints], Behind]
    marker: Callable[[int], Marker | None] = field(default=lambda row: None)
    notes: tuple[str, ...] = ()


class Asked(NamedTuple):
    """A result with its corpus and what was measured on it, as far as that is known."""

    result: Result
    corpus: Corpus
    measured: object
    given: Mapping[str, object]

    @property
    def params(self) -> Mapping[str, Any]:
        """The parameters of the result."""
        return self.result.params

    def column(self, name: str) -> npt.NDArray[Any]:
        """A column of the table as objects, None where it is null."""
        column = self.result.table[name]
        values: npt.NDArray[Any] = column.astype(object).where(column.notna(), None).to_numpy()
        return values

    def tokens(self) -> Tokens:
        """The tokens that were counted; of a loaded result, made again from its recipe."""
        if isinstance(self.measured, Tokens):
            return self.measured
        recipe = dict(self.params.get("recipe", {}))
        if any(isinstance(recipe.get(n), str) and "#" in recipe[n] for n in ("drop", "phrases")):
            raise SelectionError(
                message(
                    "This result was loaded, and its recipe has a list too long to be saved in it",
                    hint="Measure again, and ask the new result.",
                )
            )
        return Tokens(self.corpus, make_recipe(**recipe))

    def measurement(self) -> Measurement:
        """The measurement that was summed."""
        if not isinstance(self.measured, Measurement):
            raise _unknown(self.result)
        self._check(self.measured, self.params["measure"])
        return self.measured

    def measurements(self) -> Mapping[str, Measurement] | Measurement:
        """The measurement, or several by name."""
        if not isinstance(self.measured, Mapping):
            return self.measurement()
        wanted = self.params["measure"]
        if not isinstance(wanted, Mapping) or set(wanted) != set(self.measured):
            raise _unknown(self.result)
        for name, part in self.measured.items():
            self._check(part, wanted[name])
        return self.measured

    def _check(self, measured: Measurement, wanted: str) -> None:
        if measured.signature != wanted:
            raise SelectionError(
                message("This is not the measurement of the result", got=measured.signature, expected=wanted)
            )


def asked_of(result: Result, measurement: object = None) -> Asked:
    """Find the corpus of a result and what was measured.

    Raises
    ------
    SelectionError
        The result does not carry its corpus.
    """
    source = result.source
    traced = source if isinstance(source, Traced) else None
    measured = measurement if measurement is not None else (traced.measured if traced else None)
    corpus = traced.corpus if traced else source
    if corpus is None and isinstance(measured, Measurement):
        corpus = measured.source
    if not isinstance(corpus, Corpus) or corpus.fingerprint != result.corpus_fingerprint:
        raise SelectionError(
            message(
                f"The {result.kind} does not know its corpus",
                got=None if corpus is None else type(corpus).__name__,
                expected=f"a Corpus with the fingerprint {result.corpus_fingerprint!r}",
                hint="A result that was loaded from a file needs `.attach(corpus)`.",
            )
        )
    return Asked(result, corpus, measured, traced.given if traced else {})


def _unknown(result: Result) -> SelectionError:
    return SelectionError(
        message(
            f"The measurement of this {result.kind} is not known",
            hint="Give it: `evidence(result, row, measurement=m)`.",
        )
    )


def by_row(rows: Ints, groups: list[Ints]) -> tuple[Ints, Ints]:
    """Repeat each row for its articles: the rows, and all articles one after the other."""
    none = np.empty(0, dtype=np.int64)
    return np.repeat(rows, [g.size for g in groups]).astype(np.int64), np.concatenate([none, *groups])


def joined(made: list[Behind]) -> Behind:
    """Put entries one after the other."""
    none = Behind(*(np.empty(0, dtype=d) for d in (np.int64, np.int64, float, float, float, np.int64)))
    return Behind(*(np.concatenate(columns) for columns in zip(none, *made, strict=True)))


def ranges(order: Ints, first: Ints, wanted: Ints) -> list[Ints]:
    """The entries of some groups: `order[first[g]:first[g + 1]]` for each wanted g, none for -1."""
    none = np.empty(0, dtype=np.int64)
    return [order[first[g] : first[g + 1]] if g >= 0 else none for g in wanted.tolist()]


def grouped(code: Ints, n: int) -> tuple[Ints, Ints]:
    """Sort entries by their group (0 .. n - 1; below 0 in none): the order, and where each group begins in it."""
    order = np.argsort(code, kind="stable").astype(np.int64)
    return order, np.searchsorted(code[order], np.arange(n + 1)).astype(np.int64)
