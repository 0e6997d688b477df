"""The words of a report that are written from what ran: methods, data statement, limits, claims, references."""

from dataclasses import dataclass
from pathlib import Path

from analysis.report import manifest
from analysis.report.job import Job
from analysis.report.methods import Methods, methods_of
from analysis.report.notebook import shown_names
from analysis.report.statement import Statement, statement_of
from analysis.report.tested import NAME, claims_of, doubts_of, shown_of
from analysis.result import Result

_UNVALIDATED = {
    "tone": "Tone was not validated on this corpus.",
    "topic_share": "Topics are named by their words; no reader validated what they mean.",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What the end of a report says."""

    methods: Methods
    statement: Statement
    limits: tuple[str, ...]
    claims: Result | None  # the rows a page shows
    n_claims: int


def write_words(folder: Path, job: Job) -> Words:
    """Write them from the results in a run's folder; the whole table of claims is saved beside the others."""
    saved = manifest.read_tables(folder)
    order = [n for n in dict.fromkeys(shown_names(job.source)) if n in saved]
    tables = {name: saved[name] for name in (*order, *(n for n in saved if n not in order))}
    methods = methods_of(tables)
    statement = statement_of(job.subject, job.facts["parameters"])
    whole = claims_of({"": folder}, job.facts["confirmatory"])
    if whole is not None:
        whole.save(folder / "tables", name=NAME)
    kinds = {t["kind"] for t in tables.values()} | {
        str(t["params"].get("measure", "")).partition("|")[0] for t in tables.values()
    }
    checked = {
        str(t["params"].get("measure", "")).partition("|")[0]
        for t in tables.values()
        if t["kind"] == "validation"
    }
    limits = [
        *(words for kind, words in _UNVALIDATED.items() if kind in kinds and kind not in checked),
        *methods.limits,
        *statement.limits,
        *doubts_of(folder),
    ]
    return Words(
        methods, statement, tuple(dict.fromkeys(limits)), shown_of(whole) if whole is not None else None,
        len(whole.table) if whole is not None else 0,
    )  # fmt: skip
