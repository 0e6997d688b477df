"""The user's own two tables, laid over the articles whenever they are read: corrections and metadata.

`corrections.csv` (doc_id, field, value, who, why) changes single values; `metadata.csv` (doc_id or link, and any
columns) adds columns. Neither changes a stored file. Not for guessing: a row that does not fit is
named and stops the work.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from analysis.corpus.links import link_key
from analysis.corpus.store import write_atomically
from analysis.errors import InputError, choose, message
from analysis.fingerprint import doc_id as hash_id
from analysis.schema import ARTICLE, CORRECTABLE

CORRECTION_COLUMNS = ("doc_id", "field", "value", "who", "why")


@dataclass(frozen=True)
class Overlay:
    """What is laid over the stored articles."""

    corrections: dict[str, dict[str, Any]] = field(default_factory=dict)
    log: tuple[dict[str, str], ...] = ()
    metadata: pa.Table | None = None


def user_files(folder: Path) -> Overlay:
    """Read both tables of a corpus folder; either may be absent.

    Raises
    ------
    InputError
        With the file and the line of a row that does not fit.
    """
    log = _rows(folder / "corrections.csv", ("doc_id", "field", "value"))
    corrections: dict[str, dict[str, Any]] = {}
    for line, row in enumerate(log, 2):
        values = corrections.setdefault(row["doc_id"], {})
        values.update(_value(row["field"], row["value"], f"corrections.csv line {line}"))
    return Overlay(corrections, tuple(log), _metadata(folder / "metadata.csv"))


def add_correction(folder: Path, *, doc_id: str, name: str, value: str | None, who: str, why: str) -> None:
    """Append one row to `corrections.csv`, checked, and in one step."""
    _value(name, value or "", "the correction")
    place = folder / "corrections.csv"
    old = _rows(place, CORRECTION_COLUMNS[:3])
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, CORRECTION_COLUMNS, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows([*old, {"doc_id": doc_id, "field": name, "value": value or "", "who": who, "why": why}])
    write_atomically(place, text.getvalue().encode("utf-8"))


def with_old(
    log: Iterable[Mapping[str, str]], stored: Mapping[str, Mapping[str, Any]]
) -> tuple[dict[str, Any], ...]:
    """Give the corrections of the articles in `stored`, each with the value it replaced (`old`), in their order."""
    current = {doc_id: dict(row) for doc_id, row in stored.items()}
    rows: list[dict[str, Any]] = []
    for row in log:
        now = current.get(row["doc_id"])
        if now is None:
            continue
        old = now.get(row["field"])
        rows.append(
            {"doc_id": row["doc_id"], "field": row["field"], "old": None if old is None else str(old)}
            | {"value": row["value"] or None, "who": row.get("who", ""), "why": row.get("why", "")}
        )
        now[row["field"]] = row["value"] or None
    return tuple(rows)


def _value(name: str, value: str, where: str) -> dict[str, Any]:
    try:
        choose("field", name, CORRECTABLE)
        if name != "published":
            return {name: value or None}
        if not value:
            return {
                "published": None,
                "published_precision": None,
                "published_at": None,
                "published_source": "correction",
            }
        day = date.fromisoformat(value)
    except ValueError as error:
        raise InputError(f"{where}: {error}") from error
    return {
        "published": day,
        "published_precision": "day",
        "published_at": None,
        "published_source": "correction",
        "published_raw": value,
    }


def _metadata(place: Path) -> pa.Table | None:
    rows = _rows(place, ())
    if not rows:
        return None
    names = [n for n in rows[0] if n not in ("doc_id", "link")]
    if "doc_id" not in rows[0] and "link" not in rows[0]:
        raise InputError(message("metadata.csv", got=", ".join(rows[0]), expected="a column doc_id or link"))
    clash = [n for n in names if n in (*ARTICLE.names, "story_id")]
    if clash:
        raise InputError(
            message(
                "metadata.csv names a column of ours", got=clash, hint="Rename it, or use corrections.csv."
            )
        )
    ids = [r.get("doc_id") or hash_id("link", link_key(r.get("link", ""))) for r in rows]
    twice = {i for i in ids if ids.count(i) > 1} if len(ids) != len(set(ids)) else set()
    if twice:
        raise InputError(
            message("metadata.csv has an article twice", got=sorted(twice)[0], hint="Keep one row for it.")
        )
    return pa.table({"doc_id": ids} | {n: pa.array([r[n] or None for r in rows], pa.string()) for n in names})


def _rows(place: Path, needed: tuple[str, ...]) -> list[dict[str, str]]:
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
    for row in reader:
        if None in row or None in row.values():
            raise InputError(
                message(f"{place.name} line {reader.line_num} has another number of fields than its header")
            )
        rows.append({str(k): str(v) for k, v in row.items()})
    return rows
