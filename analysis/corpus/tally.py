"""The sums of an ingest: what became of the records of each file, and why some were not kept.

Not for deciding: it only adds up what reading and settling reported.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.corpus.fields import FieldMap
from analysis.corpus.ledger import COUNTS
from analysis.corpus.settle import SettleReport
from analysis.corpus.spool import ChunkReport


@dataclass(frozen=True)
class Tally:
    """Counts by file, reasons in all, the rejects met while reading, and the ledger lines."""

    counts: dict[str, Counter[str]]
    reasons: Counter[str]
    early: list[tuple[Any, ...]]
    entries: list[dict[str, Any]]

    @property
    def rejects(self) -> Counter[str]:
        """The rejected records by reason."""
        prefix = "reject:"
        return Counter({k.removeprefix(prefix): v for k, v in self.reasons.items() if k.startswith(prefix)})


def tally_of(
    reports: Sequence[ChunkReport],
    settled: Sequence[SettleReport],
    inputs: Mapping[str, dict[str, Any]],
    fields: FieldMap,
) -> Tally:
    """Add up what reading and settling came to; the notices of readers become notes of their file."""
    counts = {name: Counter[str]() for name in COUNTS}
    reasons: Counter[str] = Counter()
    for report in reports:
        counts["records"][report.source] += report.records
        counts["rejected"][report.source] += len(report.rejects)
        reasons.update(f"reject:{x[2]}" for x in report.rejects)
        for code, text in report.notices:
            noted = inputs[report.source]["note"]
            inputs[report.source]["note"] = "; ".join(filter(None, (noted, f"{code}: {text}")))
    for done in settled:
        for name in ("kept", "duplicates", "rejected"):
            counts[name].update(getattr(done, name))
        reasons.update(done.reasons)
    early = [(r.source, *x) for r in reports for x in r.rejects]
    used = _fields_used(reports, fields)
    entries = [
        entry | {name: counts[name].get(source, 0) for name in counts} | {"fields": used.get(source, {})}
        for source, entry in inputs.items()
    ]
    return Tally(counts, reasons, early, entries)


def _fields_used(reports: Sequence[ChunkReport], fields: FieldMap) -> dict[str, dict[str, str]]:
    """Say which raw field filled which of ours, file by file."""
    shown: dict[str, dict[str, set[str]]] = {}
    for report in reports:
        for _, names in sorted(report.columns):
            for ours, raw in fields.columns(names).items():
                shown.setdefault(report.source, {}).setdefault(ours, set()).update(raw)
    return {
        source: {ours: ", ".join(sorted(raw)) for ours, raw in sorted(found.items())}
        for source, found in shown.items()
    }
