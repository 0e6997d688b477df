"""The second half of an ingest: all records of one range of ids, cleaned, settled into articles, and written.

Not for choosing between the records of one article (`candidates`), nor for near-copies under different links: those
are stories.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from analysis.corpus.candidates import Candidate, Made
from analysis.corpus.config import Config
from analysis.corpus.encode import EncodedRange, encode_range
from analysis.corpus.outlets import outlet_key
from analysis.corpus.scan import stored_rows
from analysis.corpus.spool import Spooled, read_range, to_raw
from analysis.corpus.store import StoredFile, write_table
from analysis.text.base import Cleaned, Raw, Removal
from analysis.text.clean import CleanSettings, Knowledge, clean

_RANGE = 4096
_SPACE = 1 << 80


class Range(NamedTuple):
    """One unit of settling: the ids from `low` up to but not including `high`."""

    number: int
    low: str
    high: str


@dataclass(frozen=True)
class SettleReport:
    """What settling one range came to."""

    files: tuple[StoredFile, ...]
    kept: Counter[str]
    duplicates: Counter[str]
    rejected: Counter[str]
    reasons: Counter[str]
    links: int
    encoded: EncodedRange | None


def ranges_of(n: int) -> list[Range]:
    """Divide the space of ids so that n articles are a few thousand a range: what one worker holds at once."""
    parts = max(1, ceil(n / _RANGE))
    edges = [f"{_SPACE * i // parts:020x}" for i in range(parts)] + [
        "g"
    ]  # sorts after every hexadecimal digit
    return [Range(i, edges[i], edges[i + 1]) for i in range(parts)]


def settle_range(
    task: Range,
    *,
    folder: str,
    spool: str,
    label: str,
    spooled: Sequence[Spooled],
    stored: Sequence[StoredFile],
    gone: Mapping[str, frozenset[str]],
    config: Config,
    knowledge: Knowledge,
    settings: CleanSettings,
    outlets: Mapping[str, str],
) -> SettleReport:
    """Settle one range and write its files; a top-level function, so that a spawned process can run it."""
    place = Path(folder)
    made = Made()
    rows = [
        row
        for batch in read_range(spooled, task.low, task.high)
        for row in batch.to_pylist(maps_as_pydicts="lossy")
    ]
    rows.sort(key=itemgetter("doc_id", "source_file"))
    ids = {row["doc_id"] for row in rows}
    earlier = (
        {r["doc_id"]: r for r in stored_rows(place, stored, gone, ids, task.low, task.high)} if stored else {}
    )
    for doc_id, group in groupby(rows, key=itemgetter("doc_id")):
        candidates = [Candidate(r, _clean(to_raw(r), knowledge, settings, outlets)) for r in group]
        links = {c.row["link"] for c in candidates if c.row["link"]}
        if doc_id in earlier:
            old = earlier[doc_id]
            links.discard(old["link"])
            candidates.append(Candidate(old, _as_cleaned(old), stored_in=old["file"]))
        made.links += len(links)
        made.add(doc_id, candidates, config)
    name = f"{label}-{task.number:04d}"
    files = [write_table(place, table, name, made.batches(table)) for table in made.rows]
    encoded = encode_range(made.texts(), Path(spool), name)
    return SettleReport(
        tuple(f for f in files if f),
        made.kept,
        made.duplicates,
        made.rejected,
        made.reasons,
        made.links,
        encoded,
    )


def _clean(raw: Raw, knowledge: Knowledge, settings: CleanSettings, outlets: Mapping[str, str]) -> Cleaned:
    """Clean under the folded name of the outlet, and give it back its canonical one."""
    key = outlet_key(raw.outlet)
    cleaned = clean(replace(raw, outlet=key or None), knowledge, settings)
    found = outlets.get(outlet_key(cleaned.outlet), cleaned.outlet) if cleaned.outlet else None
    return replace(cleaned, outlet=found)


def _as_cleaned(row: dict[str, Any]) -> Cleaned:
    """See a stored article as cleaning gave it."""
    names = [n for n in Cleaned.__slots__ if n not in ("flags", "steps", "removals")]
    removals = tuple(Removal(r["part"], r["rule"], r["start"], r["end"], r["text"]) for r in row["removals"])
    return Cleaned(
        **{n: row[n] for n in names}, flags=tuple(row["flags"]), steps=tuple(row["steps"]), removals=removals
    )
