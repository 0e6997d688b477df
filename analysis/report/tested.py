"""Everything a report tested, as one table of claims; and what its tables say against themselves.

The results are read back from what `show` saved, so that no notebook can forget one. Not for computing a test.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import InputError, message
from analysis.result import Result
from analysis.series.claims import claims

NAME = "claims-of-this-report"
SHOWN = 30


def claims_of(folders: Mapping[str, Path], confirmatory: Sequence[Mapping[str, Any]] = ()) -> Result | None:
    """Collect what was tested in one or several runs; None where nothing was.

    Parameters
    ----------
    folders
        Run folders by the name to call them by ("" for a single run).
    confirmatory
        What was announced beforehand: `table` (the name it is shown under, `02_terms/keyness` where there are several
        notebooks) and, for one row of it, `row` (column to value).

    Raises
    ------
    InputError
        An announced table or row is not there, or tests nothing.
    """
    families: dict[str, Result] = {}
    for run, folder in folders.items():
        for path in sorted((folder / "tables").glob("*.json")):
            result = Result.load(folder / "tables", name=path.stem)
            if result.kind != "claims" and "p" in result.table.columns and path.stem != NAME:
                families[f"{run}/{path.stem}" if run else path.stem] = result
    announced: dict[str, Result] = {}
    for claim in confirmatory:
        name, row = str(claim["table"]), dict(claim.get("row") or {})
        if name not in families:
            raise InputError(
                message(
                    "an announced claim names no table with a test",
                    got=name,
                    expected="one of " + (", ".join(families) or "none"),
                )
            )
        taken, rest = _split(families[name], row, name)
        announced[f"{name}: {', '.join(f'{k}={v}' for k, v in row.items())}" if row else name] = taken
        if rest is None:
            del families[name]
        else:
            families[name] = rest
    if not families and not announced:
        return None
    return claims({**announced, **families}, confirmatory=list(announced.values()))


def shown_of(result: Result) -> Result:
    """The rows a page shows: what was announced, then what was found, then the nearest to it."""
    table = result.table
    rank = table.assign(
        _role=(table["role"] != "confirmatory").astype(int),
        _q=table["p_holm"].fillna(table["q"]).fillna(2.0),
        _p=table["p"].fillna(2.0),
    )
    table = rank.sort_values(["_role", "_q", "_p"], kind="stable").head(SHOWN)[list(table.columns)]
    columns = ["role", "family", "label", "what", "effect", "low", "high", "p", "q", "p_holm", "found"]
    table = table[[c for c in columns if c in table and _tells(c, table)]]
    return replace(result, table=table)


def doubts_of(folder: Path) -> list[str]:
    """What the tables of a run say against themselves: unstable topics, thin lexicons, periods that are not whole."""
    found = []
    for path in sorted((folder / "tables").glob("*.json")):
        table = Result.load(folder / "tables", name=path.stem).table
        for column, unwanted, words in (
            ("stable", False, "unstable over resamples"),
            ("unstable", True, "unstable over resamples"),
        ):
            if column in table and pd.api.types.is_bool_dtype(table[column]):
                at = table[table[column] == unwanted]
                name = next((c for c in ("topic", "label", "term") if c in table), None)
                if len(at):
                    names = sorted({str(v) for v in at[name]}) if name else []
                    found.append(
                        f"{path.stem}: {len(names) or len(at):,} {words}{': ' + ', '.join(names[:8]) if names else ''}."
                    )
        if "status" in table and {"period"} <= set(table.columns) and path.stem != "coverage":
            partial = table["status"].isin(["partial", "incomplete", "suspected_gap"])
            if partial.any():
                found.append(
                    f"{path.stem}: {int(partial.sum()):,} of {len(table):,} points are of periods that are not whole."
                )
        for column in ("share_hit", "hit_share"):
            if (
                column in table
                and pd.api.types.is_numeric_dtype(table[column])
                and table[column].notna().any()
            ):
                low, high = table[column].min(), table[column].max()
                found.append(
                    f"{path.stem}: the lexicon is hit in {100 * low:.0f} to {100 * high:.0f} % of the segments."
                )
    return list(dict.fromkeys(found))


def _split(result: Result, row: Mapping[str, Any], name: str) -> tuple[Result, Result | None]:
    """Take the announced row out of a result."""
    if not row:
        return result, None
    table = result.table
    for column in row:
        if column not in table.columns:
            raise InputError(
                message(
                    f"an announced row of {name} names no column",
                    got=column,
                    expected="one of " + ", ".join(table.columns),
                )
            )
    mask = pd.Series(True, index=table.index)
    for column, value in row.items():
        mask &= table[column].astype(object).map(lambda v, w=value: str(v) == str(w) or str(v)[:10] == str(w))
    if not mask.any():
        raise InputError(
            message(f"an announced row is not in {name}", got=", ".join(f"{k}={v}" for k, v in row.items()))
        )
    taken = replace(result, table=table[mask], params={**result.params, "row": dict(row)})
    return taken, replace(result, table=table[~mask], params={**result.params, "without": dict(row)})


def _tells(column: str, table: pd.DataFrame) -> bool:
    """Whether a column of claims has anything to say here."""
    if column == "role":
        return bool((table[column] == "confirmatory").any())
    if column == "label":
        return bool((table[column] != table["kind"]).any())
    return column == "found" or bool(table[column].notna().any())
