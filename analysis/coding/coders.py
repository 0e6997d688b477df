"""What coders wrote: their codes by unit, what is wrong with a row, and one value a unit.

Nothing is guessed and nothing is lost: a row that cannot be counted is named, with what stands in it. Not for how
well a measure does (`validate`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.coding.files import read_table
from analysis.coding.sample import CodingSheet
from analysis.errors import InputError, SelectionError, choose, message
from analysis.result import Result
from analysis.stats.agreement import METRICS, krippendorff
from analysis.stats.checks import Floats

RESOLVE = ("mean", "majority")
_PROBLEMS = ("coder", "sheet_row", "id", "problem", "value", "said")


@dataclass(frozen=True, eq=False)
class CodedSheet:
    """A sheet with its codes; made by `read_codes`.

    Attributes
    ----------
    sheet
        The sample.
    coders
        Their names.
    codes
        float64, (n_units, n_coders): the number of each code, NaN where there is none.
    value
        float64, (n_units,): one value a unit, NaN where there is none (or coders tie).
    problems
        DataFrame of the rows that could not be counted: `coder`, `sheet_row` (as a spreadsheet numbers it), `id`,
        `problem` (`edited id`, `twice`, `missing code`, `invalid code`, `missing row`, `tie`), `value` (what stands
        there), `said` (in a sentence).
    resolve
        How several codes became one.
    """

    sheet: CodingSheet
    coders: tuple[str, ...]
    codes: Floats
    value: Floats
    problems: pd.DataFrame
    resolve: str

    @property
    def coded(self) -> Any:
        """Which units have a value."""
        return np.isfinite(self.value)

    @property
    def notes(self) -> tuple[str, ...]:
        """How much is coded, and how many rows could not be counted."""
        said = [
            f"{int(self.coded.sum()):,} of {len(self.sheet):,} units are coded, by {', '.join(self.coders)}."
        ]
        if len(self.problems):
            counts = self.problems["problem"].value_counts()
            named = ", ".join(f"{k} {v:,}" for k, v in sorted(counts.items()))
            said.append(f"Rows that could not be counted: {named}; see `problems`.")
        return tuple(said)

    def __repr__(self) -> str:
        return f"<CodedSheet {self.sheet.key}: {' '.join(self.notes)}>"


def read_codes(
    sheet: CodingSheet, files: Mapping[str, Any] | str | Path, *, resolve: str = "mean"
) -> CodedSheet:
    """Read what coders wrote.

    Parameters
    ----------
    sheet
        The sample they coded.
    files
        `{"ann": "ann.csv", "ben": "ben.xlsx"}`, or one file.
    resolve
        Several codes of a unit: their `mean`; or the `majority`, where a tie is no value, and named.

    Raises
    ------
    InputError
        A file cannot be read or lacks a column.
    SelectionError
        A file is of another sample, or holds no code that counts.
    """
    choose("resolve", resolve, RESOLVE)
    given = {"coder": files} if isinstance(files, str | Path) else files
    if not isinstance(given, Mapping) or not given:
        raise InputError(
            message("`files`", got=files, expected='such as {"ann": "ann.csv", "ben": "ben.xlsx"}')
        )
    problems: list[dict[str, Any]] = []
    columns = [_one(sheet, str(name), path, problems) for name, path in given.items()]
    codes = np.stack(columns, axis=1)
    value = _resolved(sheet, codes, resolve, problems)
    table = pd.DataFrame(problems, columns=list(_PROBLEMS))
    return CodedSheet(sheet, tuple(str(n) for n in given), codes, value, table, resolve)


def _one(sheet: CodingSheet, coder: str, path: Any, problems: list[dict[str, Any]]) -> Floats:
    """Read the codes of one coder."""
    rows = read_table(path)
    place = {i: k for k, i in enumerate(sheet.design["id"])}
    keys = {r["id"].split("-")[0] for _, r in rows}
    if rows and sheet.key not in keys:
        raise SelectionError(
            message(
                f"{Path(path).name} is of another sample", got=", ".join(sorted(keys)[:3]), expected=sheet.key,
                hint="Open the sheet it was written from.",
            )
        )  # fmt: skip
    found = np.full(len(sheet), np.nan)
    seen: dict[int, tuple[int, str]] = {}
    conflicts = set()

    def name(number: int | None, unit: str, problem: str, value: str, said: str) -> None:
        problems.append(dict(zip(_PROBLEMS, (coder, number, unit, problem, value, said), strict=True)))

    for number, row in rows:
        unit, written = row["id"], " ".join(row["code"].split())
        k = place.get(unit)
        if k is None:
            near = get_close_matches(unit, list(place), n=1, cutoff=0.6)
            nearest = f"; the nearest is {near[0]}" if near else ""
            name(number, unit, "edited id", written, f"Row {number}: no unit has the id {unit!r}{nearest}.")
            continue
        if k in seen:
            before, said = seen[k]
            name(number, unit, "twice", written, f"Row {number}: {unit} stands in row {before} already.")
            if written and _number(sheet.codes, written) != _number(sheet.codes, said):
                conflicts.add(k)
            continue
        seen[k] = (number, written)
        if not written:
            name(number, unit, "missing code", "", f"Row {number}: {unit} has no code.")
            continue
        code = _number(sheet.codes, written)
        if code is None:
            known = ", ".join(sheet.codes)
            name(
                number,
                unit,
                "invalid code",
                written,
                f"Row {number}: {written!r} is no code; there are {known}.",
            )
            continue
        found[k] = code
    for k, unit in enumerate(sheet.design["id"]):
        if k not in seen:
            name(None, unit, "missing row", "", f"The row of {unit} is not in the file.")
    found[sorted(conflicts)] = np.nan
    if not np.isfinite(found).any():
        raise SelectionError(
            message(
                f"{Path(path).name} holds no code that counts", expected="one of " + ", ".join(sheet.codes)
            )
        )
    return found


def _number(codes: Mapping[str, float], written: str) -> float | None:
    """The number of a code, written as its name; 1 and 1.0 are one."""
    plain = {name.casefold(): value for name, value in codes.items()}
    if written.casefold() in plain:
        return plain[written.casefold()]
    try:
        asked = float(written.replace(",", "."))
    except ValueError:
        return None
    for name, value in plain.items():
        try:
            if float(name) == asked:
                return value
        except ValueError:
            continue
    return None


def _resolved(sheet: CodingSheet, codes: Floats, resolve: str, problems: list[dict[str, Any]]) -> Floats:
    """One value a unit."""
    have = np.isfinite(codes).sum(axis=1)
    if resolve == "mean":
        mean: Floats = np.divide(
            np.nansum(codes, axis=1), have, out=np.full(len(codes), np.nan), where=have > 0
        )
        return mean
    values = np.unique(codes[np.isfinite(codes)])
    votes = np.stack([(codes == v).sum(axis=1) for v in values], axis=1)
    best = votes.max(axis=1)
    tied = (have > 0) & ((votes == best[:, None]).sum(axis=1) > 1)
    names = {v: n for n, v in sheet.codes.items()}
    for k in np.flatnonzero(tied):
        said = " / ".join(names.get(v, f"{v:g}") for v in values[votes[k] == best[k]])
        unit = str(sheet.design["id"].iloc[k])
        text = f"Coders tie on {unit}: {said}."
        problems.append(dict(zip(_PROBLEMS, ("all", None, unit, "tie", said, text), strict=True)))
    found: Floats = np.where((have > 0) & ~tied, values[votes.argmax(axis=1)], np.nan)
    return found


def coder_agreement(coded: CodedSheet, *, level: float = 0.95, n_boot: int = 2000, seed: int = 1) -> Result:
    """Say how far coders agree beyond chance: Krippendorff's alpha.

    Parameters
    ----------
    coded
        With two coders or more.
    level, n_boot, seed
        Of the bootstrap interval, over units.

    Returns
    -------
    Result
        kind `coder_agreement`, one row for all coders and one for each pair, by metric: `coders` (text), `metric`
        (`nominal`, `ordinal`, `interval`), `alpha`, `low`, `high`, `same` (share of pairs of codes alike), float64;
        `n_units`, `n_codes` (int64).

    Notes
    -----
    Take the metric of the codes: nominal for categories, ordinal for ranks, interval for numbers. .8 is usually asked
    for, .667 the least for tentative conclusions (Krippendorff 2004); the interval says whether the sample can tell.
    """
    if len(coded.coders) < 2:
        raise SelectionError(
            message("One coder cannot agree", got=coded.coders, expected="two coders or more")
        )
    sets: list[tuple[int, ...]] = [tuple(range(len(coded.coders)))]
    if len(coded.coders) > 2:
        sets += [(i, j) for i in range(len(coded.coders)) for j in range(i + 1, len(coded.coders))]
    rows = []
    for own in sets:
        for metric in METRICS:
            found = krippendorff(
                coded.codes[:, list(own)], metric=metric, level=level, n_boot=n_boot, seed=seed
            )
            rows.append(
                {"coders": ", ".join(coded.coders[i] for i in own), "metric": metric, **found._asdict()}
            )
    columns = ["coders", "metric", "alpha", "low", "high", "same", "n_units", "n_codes"]
    return Result(
        kind="coder_agreement",
        table=pd.DataFrame(rows)[columns],
        unit="Krippendorff's alpha",
        params={
            "sample": coded.sheet.key,
            "coders": list(coded.coders),
            "level": level,
            "n_boot": n_boot,
            "seed": seed,
        },
        corpus_fingerprint=coded.sheet.corpus_fingerprint,
        notes=coded.notes,
    )
