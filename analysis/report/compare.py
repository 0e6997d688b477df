"""Two tables that should be the same, or have moved: which rows, which numbers, by how much.

Rows are matched by what names them (the first columns of text and dates that tell all rows apart), not by their place.
Not for judging why: see `diff`.
"""

import json
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

TOLERANCE = 1e-9
Cell = tuple[str, str, Any, Any]
"""The row (`outlet=Dawn, period=2025-03-01`), the column, the value before and after."""


@dataclass(frozen=True, slots=True)
class TableChange:
    """How one table became another. `largest` has the cells that moved most, numbers by their relative change."""

    name: str
    state: str  # same, equal (within 1e-9), moved, added, removed
    n_cells: int = 0
    n_moved: int = 0
    rows_added: int = 0
    rows_removed: int = 0
    columns: tuple[str, ...] = ()  # that are in one only
    largest: tuple[Cell, ...] = ()
    worst: float = 0.0  # the largest difference of two numbers that count as equal
    kind: str = field(default="")


def compare_tables(
    name: str, before: pd.DataFrame, after: pd.DataFrame, *, keep: int = 8, ignore: tuple[str, ...] = ()
) -> TableChange:
    """Compare two tables of one name; columns in `ignore` are not looked at.

    >>> one = pd.DataFrame({"outlet": ["A", "B"], "n": [1, 2]})
    >>> made = compare_tables("t", one, one.assign(n=[1, 3]))
    >>> made.state, made.n_moved, made.largest
    ('moved', 1, (('outlet=B', 'n', 2, 3),))
    """
    before, after = (t.drop(columns=[c for c in ignore if c in t]) for t in (before, after))
    shared = [c for c in before.columns if c in after.columns]
    only = tuple(
        c for c in (*before.columns, *after.columns) if (c in before.columns) != (c in after.columns)
    )
    keys = _keys(before[shared], after[shared])
    one, two = _by_row(before, keys), _by_row(after, keys)
    rows = [row for row in one if row in two]
    values = [c for c in shared if c not in keys]
    moved: list[tuple[float, Cell]] = []
    worst = 0.0
    a = {c: before[c].astype(object).tolist() for c in values}
    b = {c: after[c].astype(object).tolist() for c in values}
    for row in rows:
        i, j = one[row], two[row]
        for column in values:
            x, y = a[column][i], b[column][j]
            size = _difference(x, y)
            if size > TOLERANCE:
                moved.append((size, (row or f"row {i + 1}", column, _plain(x), _plain(y))))
            else:
                worst = max(worst, size)
    moved.sort(key=lambda item: -item[0])
    added, removed = len(two) - len(rows), len(one) - len(rows)
    if moved or added or removed or only:
        state = "moved"
    else:
        state = "equal" if worst > 0 or list(one) != list(two) else "same"
    return TableChange(
        name,
        state,
        len(rows) * len(values),
        len(moved),
        added,
        removed,
        only,
        tuple(c for _, c in moved[:keep]),
        worst,
    )


def compare_folders(before: Path, after: Path, *, ignore: tuple[str, ...] = ()) -> list[TableChange]:
    """Compare all tables of two runs, by name; what has the same bytes is not read."""
    names = sorted({p.stem for folder in (before, after) for p in (folder / "tables").glob("*.parquet")})
    found = []
    for name in names:
        one, two = (folder / "tables" / f"{name}.parquet" for folder in (before, after))
        if not one.is_file() or not two.is_file():
            found.append(TableChange(name, "removed" if one.is_file() else "added"))
            continue
        if one.read_bytes() == two.read_bytes():
            found.append(TableChange(name, "same"))
            continue
        found.append(compare_tables(name, read_table(one), read_table(two), ignore=ignore))
    return found


def read_table(path: Path) -> pd.DataFrame:
    """Read a saved table as it was."""
    frame: pd.DataFrame = pq.read_table(pa.BufferReader(path.read_bytes())).to_pandas()
    return frame


def _keys(before: pd.DataFrame, after: pd.DataFrame) -> list[str]:
    """The first columns that name something and tell all rows apart; all that name something where none do."""
    keys: list[str] = []
    for column in before.columns:
        if any(pd.api.types.is_numeric_dtype(t[column]) for t in (before, after)):
            continue
        if all(t[column].isna().all() for t in (before, after)):  # it names nothing here
            continue
        keys.append(column)
        if all(not _texts(t, keys).duplicated().any() for t in (before, after)):
            break
    return keys


def _texts(table: pd.DataFrame, keys: list[str]) -> pd.Series:
    parts = [f"{key}=" + table[key].astype(object).map(_text) for key in keys]
    joined: Any = parts[0]
    for part in parts[1:]:
        joined = joined + ", " + part
    return joined  # type: ignore[no-any-return]


def _by_row(table: pd.DataFrame, keys: list[str]) -> dict[str, int]:
    """The place of every row by its name; rows of one name are numbered."""
    if not len(table):
        return {}
    names = _texts(table, keys).tolist() if keys else [""] * len(table)
    found: dict[str, int] = {}
    seen: dict[str, int] = {}
    for place, name in enumerate(names):
        seen[name] = seen.get(name, 0) + 1
        found[name if seen[name] == 1 else f"{name} ({seen[name]})".strip()] = place
    return found


def _text(value: Any) -> str:
    value = _plain(value)
    if value is None:
        return "none"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 80 else text[:79] + "…"


def _plain(value: Any) -> Any:
    """A cell as JSON has it: nulls are None, dates text, arrays lists."""
    if isinstance(value, np.ndarray | list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.isoformat()[:10] if value == value.normalize() else value.isoformat()
    return value.item() if isinstance(value, np.generic) else value


def _difference(x: Any, y: Any) -> float:
    """How far two cells are apart: 0 for the same, a relative (or small absolute) distance for numbers, else 1."""
    x, y = _plain(x), _plain(y)
    if (
        isinstance(x, bool)
        or isinstance(y, bool)
        or not isinstance(x, int | float)
        or not isinstance(y, int | float)
    ):
        return 0.0 if x == y else 1.0
    if x == y:
        return 0.0
    if not (math.isfinite(x) and math.isfinite(y)):
        return 1.0
    gap = abs(x - y)
    return min(gap, gap / max(abs(x), abs(y)))
