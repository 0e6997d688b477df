"""The ledger of an ingest: counts per file and in all, and the list of what was refused.

Records in = kept + duplicates + rejected, always. Not for reading or settling records.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.corpus.scan import tombstones
from analysis.corpus.store import Snapshot, StoredFile, write_atomically, write_table
from analysis.errors import RejectedError, message
from analysis.escape import cell
from analysis.fingerprint import SetFingerprint, combine
from analysis.schema import REJECT

COUNTS = ("records", "kept", "duplicates", "rejected")
_ENOUGH = 20  # rejects below this number never stop a run


@dataclass(frozen=True)
class IngestReport:
    """What an ingest came to: `records == kept + duplicates + rejected`, per file and in all."""

    corpus: str
    snapshot: int
    records: int
    kept: int
    duplicates: int
    rejected: int
    files: tuple[dict[str, Any], ...]
    reasons: dict[str, int]
    notes: tuple[str, ...]

    def fields(self) -> dict[str, str]:
        """Say which raw fields filled which of ours, over all files; `[fields]` in corpus.toml overrules."""
        merged: dict[str, set[str]] = {}
        for file in self.files:
            for ours, raw in file.get("fields", {}).items():
                merged.setdefault(ours, set()).update(raw.split(", "))
        return {ours: ", ".join(sorted(raw)) for ours, raw in sorted(merged.items())}

    def __str__(self) -> str:
        width = max([len(f["source_file"]) for f in self.files] + [4])
        shown = self.files if len(self.files) <= 30 else self.files[:29]
        lines = [_line(width, "file", "records", "kept", "duplicates", "rejected")]
        lines += [
            _line(width, f["source_file"], *(f"{f[n]:,}" for n in COUNTS)) + ("  " + f["note"]).rstrip()
            for f in shown
        ]
        if len(shown) < len(self.files):
            lines.append(f"... and {len(self.files) - len(shown):,} more files")
        lines.append(_line(width, "in all", *(f"{getattr(self, n):,}" for n in COUNTS)))
        lines += [f"  {ours} is read from: {raw}" for ours, raw in self.fields().items()]
        lines += [f"  {reason}: {n:,}" for reason, n in sorted(self.reasons.items())]
        lines += [f"  note: {note}" for note in self.notes]
        return "\n".join(lines)


def _line(width: int, name: str, *cells: str) -> str:
    return f"{name:<{width}}  " + " ".join(f"{cell:>10}" for cell in cells)


def entry_of(source: str, kind: str, digest: str, size: int, note: str = "") -> dict[str, Any]:
    """Begin the ledger line of one source file."""
    return {"source_file": source, "format": kind, "sha256": digest, "size": size, "note": note}


def merge_inputs(
    before: Iterable[dict[str, Any]], entries: list[dict[str, Any]], counts: dict[str, Counter[str]]
) -> list[dict[str, Any]]:
    """Carry the ledger over: an article that was replaced moves from kept to duplicates in the file it came from."""
    merged = [dict(e) for e in before]
    now = {e["source_file"] for e in entries}
    for entry in reversed(merged):
        source = entry["source_file"]
        if source not in now and (counts["kept"].get(source) or counts["duplicates"].get(source)):
            entry["kept"] += counts["kept"].pop(source, 0)
            entry["duplicates"] += counts["duplicates"].pop(source, 0)
    return merged + entries


def fingerprint_of(folder: Path, snapshot: Snapshot) -> str:
    """Fingerprint the articles of a snapshot, whatever files they stand in."""
    gone = tombstones(folder, snapshot)
    total = SetFingerprint()
    for stored in snapshot.of("articles"):
        table = pq.read_table(folder / stored.name, columns=["doc_id", "content_hash"])
        dead = gone.get(stored.name)
        if dead:
            table = table.filter(
                pc.invert(pc.is_in(table["doc_id"], value_set=pa.array(sorted(dead), pa.string())))
            )
        total = total.merge(combine(table["doc_id"].to_pylist(), table["content_hash"].to_pylist()))
    return total.hexdigest(snapshot.coded_by)


def early_rejects(folder: Path, label: str, rows: Sequence[tuple[Any, ...]]) -> StoredFile | None:
    """Write the records that the readers could not read; nothing where there are none."""
    if not rows:
        return None
    columns = zip(*rows, strict=True)
    table = pa.Table.from_arrays(
        [pa.array(c, f.type) for c, f in zip(columns, REJECT, strict=True)], schema=REJECT
    )
    return write_table(folder, "rejects", label, [table])


def check_share(
    folder: Path,
    share: float,
    *,
    records: int,
    reasons: Counter[str],
    rejects: Iterable[tuple[Any, ...]],
    empty: bool = False,
) -> None:
    """Stop a run that meets too many bad records, or is left with an empty corpus, and list them in `refused.csv`."""
    rejected = sum(reasons.values())
    if not (empty and rejected) and (rejected < _ENOUGH or rejected <= share * records):
        return
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(REJECT.names)
    for row in rejects:
        raw = row[5].decode("utf-8", "replace")
        writer.writerow([cell(v) for v in (*row[:5], raw, row[6])])
    write_atomically(folder / "refused.csv", text.getvalue().encode("utf-8", "replace"))
    raise RejectedError(
        message(
            f"{rejected:,} of {records:,} records could not be read ({rejected / records:.1%}), "
            "and nothing was replaced",
            got=", ".join(f"{reason} {n:,}" for reason, n in reasons.most_common()),
            expected="at least one article" if empty else f"at most {share:.1%}",
            hint=f"Each is in {folder.name}/refused.csv with its reason and what to do"
            + ("." if empty else "; if it is as it should be, allow it with --max-reject-share."),
        )
    )
