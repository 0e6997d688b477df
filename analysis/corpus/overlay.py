"""The user's own tables, laid over the articles whenever they are read: corrections, metadata, denominators.

`corrections.csv` (doc_id, field, value, who, why) changes single values; `metadata.csv` (doc_id or link, and any
columns) adds columns; `denominators.csv` says how much was published in all (`denominators`). None changes a stored
file. Not for guessing: a row that does not fit is named and stops the work.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from analysis.corpus.denominators import Published, read_published, settled
from analysis.corpus.links import link_key
from analysis.corpus.outlets import outlet_key
from analysis.corpus.store import write_atomically
from analysis.corpus.userfile import rows_of
from analysis.errors import InputError, choose, message
from analysis.escape import cell
from analysis.fingerprint import doc_id as hash_id
from analysis.schema import ARTICLE, CORRECTABLE

CORRECTION_COLUMNS = ("doc_id", "field", "value", "who", "why")


@dataclass(frozen=True)
class Overlay:
    """What is laid over the stored articles."""

    corrections: dict[str, dict[str, Any]] = field(default_factory=dict)
    log: tuple[dict[str, str], ...] = ()
    metadata: pa.Table | None = None
    published: Published | None = None

    def published_here(self, spellings: Mapping[str, str]) -> Published:
        """Give the denominators with outlets named as in the corpus; `published` must be there."""
        if self.published is None:
            raise InputError(message("This corpus has no denominators.csv"))
        given = {
            outlet_key(v["outlet"]): str(v["outlet"]) for v in self.corrections.values() if v.get("outlet")
        }
        return settled(self.published, {**given, **spellings})


def user_files(folder: Path) -> Overlay:
    """Read the tables of a corpus folder; any may be absent.

    Raises
    ------
    InputError
        With the file and the line of a row that does not fit.
    """
    log = rows_of(folder / "corrections.csv", ("doc_id", "field", "value"))
    corrections: dict[str, dict[str, Any]] = {}
    for line, row in enumerate(log, 2):
        values = corrections.setdefault(row["doc_id"], {})
        values.update(_value(row["field"], row["value"], f"corrections.csv line {line}"))
    return Overlay(corrections, tuple(log), _metadata(folder / "metadata.csv"), read_published(folder))


def add_correction(folder: Path, *, doc_id: str, name: str, value: str | None, who: str, why: str) -> None:
    """Append one row to `corrections.csv`, checked, and in one step."""
    _value(name, value or "", "the correction")
    place = folder / "corrections.csv"
    old = rows_of(place, CORRECTION_COLUMNS[:3])
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, CORRECTION_COLUMNS, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    new = {"doc_id": doc_id, "field": name, "value": value or "", "who": who, "why": why}
    writer.writerows({k: cell(v) for k, v in row.items()} for row in (*old, new))
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
    rows = rows_of(place, ())
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
