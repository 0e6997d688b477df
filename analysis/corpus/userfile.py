"""Reading a CSV of the user's own: every value stays the text it was, and a row that does not fit is named.

Not for source files: those have readers, and rejects.
"""

import csv
import io
from pathlib import Path

from analysis.errors import InputError, message
from analysis.escape import unformula


def rows_of(place: Path, needed: tuple[str, ...]) -> list[dict[str, str]]:
    """Read the rows of a file with a header; none where there is no file. What `escape.formula` added is taken off.

    Raises
    ------
    InputError
        It is not UTF-8, lacks a column, or a line has another number of fields than the header.
    """
    if not place.is_file():
        return []
    try:
        text = place.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            message(f"{place.name} is not UTF-8 ({error})", hint="Save it as 'CSV UTF-8'.")
        ) from error
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    missing = [n for n in needed if n not in (reader.fieldnames or ())]
    if missing:
        raise InputError(
            message(
                f"{place.name} lacks a column", got=list(reader.fieldnames or ()), expected=", ".join(needed)
            )
        )
    rows = []
    try:
        for row in reader:
            if None in row or None in row.values():
                raise InputError(
                    message(
                        f"{place.name} line {reader.line_num} has another number of fields than its header"
                    )
                )
            rows.append({str(k): unformula(str(v)) for k, v in row.items()})
    except csv.Error as error:
        raise InputError(
            message(f"{place.name} line {reader.line_num} cannot be read", hint=f"{error}.")
        ) from error
    return rows
