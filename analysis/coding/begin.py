"""What a report does with hand codes: read them where there are some, and say of a measure that it was checked.

Not for drawing a sample (`sample`), and not for how well a measure does (`validate`).
"""

import os
from dataclasses import replace
from pathlib import Path

from analysis.coding.coders import CodedSheet, read_codes
from analysis.coding.files import open_sheet
from analysis.coding.sample import CodingSheet
from analysis.errors import InputError, SelectionError, message
from analysis.result import Measurement, Result

UNCHECKED = "Not validated"


def codes_for(sheet: CodingSheet, file: str | os.PathLike[str] | None) -> CodedSheet:
    """Read a coded file, where there is one.

    Parameters
    ----------
    sheet
        The sample, drawn anew. Where the design of a sheet stands beside the file (`sheet.design.json`, as `save`
        writes it), that sheet is taken: a corpus that has grown would give another sample.
    file
        A sheet with codes, CSV or XLSX; None for none.

    Returns
    -------
    CodedSheet

    Raises
    ------
    SelectionError
        There is no file, so nothing is validated; or it is of another sample, or holds no code that counts.
    InputError
        It cannot be read.
    """
    if not isinstance(sheet, CodingSheet):
        raise InputError(message("This is no sheet", got=type(sheet).__name__, expected="a CodingSheet"))
    if file is None:
        raise SelectionError(
            message(
                "Not validated: no one has coded a sample of this corpus",
                hint="Code the sheet kept with this report, and name the coded file as `codes`.",
            )
        )
    place = Path(file)
    beside = place.parent / "sheet.design.json"
    return read_codes(open_sheet(place.parent) if beside.exists() else sheet, place)


def validated(m: Measurement, found: Result) -> Measurement:
    """Say in the notes of a measurement how it did against hand codes, in the place of "not validated".

    Parameters
    ----------
    m
        A measurement.
    found
        What `validate` said of it, for all of its articles.

    Returns
    -------
    Measurement
        The same numbers, under the same signature.

    Raises
    ------
    InputError
        The result is of another kind, or of another measurement.
    """
    if not isinstance(m, Measurement) or not isinstance(found, Result) or found.kind != "validation":
        raise InputError(
            message("`found` does not say how good `m` is", got=type(found).__name__, expected="a validation")
        )
    if found.params["measure"] != m.signature:
        raise InputError(message("The validation is of another measurement", got=found.params["measure"]))
    if found.params["across"] is not None:
        raise InputError(message("The validation is by group", got=found.params["across"], expected="None"))
    row = found.table.iloc[0]
    n = int(row["n_units"])
    said = (
        f"Checked against {n:,} units coded by hand: correlation {row['correlation']:.2f} "
        f"({row['correlation_low']:.2f} to {row['correlation_high']:.2f}). Its numbers are as the machine gave them."
    )
    return replace(m, notes=(said, *(note for note in m.notes if not note.startswith(UNCHECKED))))
