"""From a folder of source files to a new snapshot: read, learn, settle, commit.

Nothing is lost silently: records in = kept + duplicates + rejected, per file and in all. Until the last step, the
commit, nothing of the corpus is changed. Not for the work on single records: see `spool` and `settle`.
"""

import logging
import os
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from analysis.corpus.config import Config, find_config, read_config
from analysis.corpus.encode import extend_vocabulary, store_range
from analysis.corpus.fields import FieldMap
from analysis.corpus.handle import Corpus
from analysis.corpus.ledger import IngestReport, check_share, early_rejects, fingerprint_of, merge_inputs
from analysis.corpus.outlets import choose_names
from analysis.corpus.overlay import user_files
from analysis.corpus.parameters import parameters_of, settings_of
from analysis.corpus.plan import check_places, plan_of
from analysis.corpus.scan import tombstones
from analysis.corpus.settle import SettleReport, ranges_of, settle_range
from analysis.corpus.spool import ChunkReport, spool_chunk
from analysis.corpus.store import Snapshot, StoredFile, commit, snapshots, writing
from analysis.corpus.storied import with_stories
from analysis.corpus.tally import tally_of
from analysis.engine import Engine, Serial, choose_engine
from analysis.errors import InputError, message
from analysis.text.clean import Knowledge, Survey, learn

_LOG = logging.getLogger("analysis")
_NOTHING = Survey()
_SMALL = 4 << 20  # bytes of source below which starting processes costs more than it gains


def ingest(
    source: str | os.PathLike[str],
    *,
    into: str | os.PathLike[str],
    config: str | os.PathLike[str] | None = None,
    max_reject_share: float | None = None,
    workers: int | None = None,
    relearn: bool = False,
) -> IngestReport:
    """Read every file under `source` into the corpus folder `into`, and commit a new snapshot.

    Parameters
    ----------
    source
        A folder (nested folders are read too) or one file: .txt, .html, .csv, .tsv, .xlsx, .json, .jsonl, .parquet,
        and .gz of the text formats.
    into
        The corpus folder; made where it does not exist. An existing corpus gains what is new.
    config
        A `corpus.toml`; default: the one in `into`, else the one in `source`.
    max_reject_share
        From 0 to 1. Past it (and at least 20 rejects) the run stops and nothing is replaced. Default: 0.01.
    workers
        Processes; default one a core. The bytes written do not depend on it.
    relearn
        Learn clutter and date orders anew for outlets already known.

    Returns
    -------
    IngestReport
        Print it: per file and in all, records = kept + duplicates + rejected.

    Raises
    ------
    InputError
        The source or the settings are not usable; nothing was started.
    RejectedError
        Too many bad records; the corpus is as it was, and `refused.csv` in it lists them.
    CorpusError
        Another process is writing this corpus.

    Notes
    -----
    Two passes over the records, the first onto disk beside the corpus; memory does not grow with their number.
    """
    root, folder = check_places(source, into)
    found = find_config(root, folder, Path(config) if config is not None else None)
    settings = read_config(found)
    share = settings.max_reject_share if max_reject_share is None else max_reject_share
    if not 0 <= share <= 1:
        raise InputError(message("`max_reject_share`", got=share, expected="a number from 0 to 1"))
    with writing(folder), choose_engine(workers) as engine:
        return _Run(root, folder, settings, share, engine, relearn=relearn, free=workers is None).run()


class _Run:
    """One ingest: holds what passes between its steps, so that each step reads as one."""

    def __init__(
        self,
        root: Path,
        folder: Path,
        config: Config,
        share: float,
        engine: Engine,
        *,
        relearn: bool,
        free: bool,
    ) -> None:
        self.root, self.folder, self.config, self.share, self.engine = root, folder, config, share, engine
        earlier = snapshots(folder)
        self.before = earlier[-1] if earlier else None
        self.number = self.before.number + 1 if self.before else 1
        self.base = self.before  # the snapshot whose articles are carried on
        self.relearn, self.free = relearn, free
        self.notes: list[str] = []

    def run(self) -> IngestReport:
        """Do the steps in order; the last one is the commit."""
        plan = plan_of(
            self.root,
            self.folder,
            self.before,
            parameters_of(self.config, as_before=self.before),
            relearn=self.relearn,
        )
        self.notes += plan.notes
        if plan.reads_all_again:
            self.base = None
        if self.free and plan.size < _SMALL:
            self.engine = Serial()
        spool = self.folder / f".spool-{os.getpid()}"
        spool.mkdir()
        try:
            work = partial(spool_chunk, config=self.config, folder=str(spool))
            survey = Survey()
            reports = []
            for report in self.engine.map(work, list(enumerate(plan.chunks)), label="reading"):
                survey = survey.merge(report.survey)
                reports.append(
                    replace(report, survey=_NOTHING)
                )  # merged: it must not pile up with the chunks
            self._refuse_early(reports)
            outlets = self._outlets(reports)
            knowledge = self._learn(survey)
            settled = self._settle(reports, knowledge, outlets, spool)
            encoded = self._encode(settled, spool)
        finally:
            for left in spool.iterdir():
                left.unlink()
            spool.rmdir()
        return self._commit(reports, settled, encoded, plan.inputs, knowledge, outlets)

    def _refuse_early(self, reports: list[ChunkReport]) -> None:
        """Stop before the second pass where the readers already met too much."""
        rejects = [(r.source, *x) for r in reports for x in r.rejects]
        reasons = Counter(str(x[3]) for x in rejects)
        records = sum(r.records for r in reports)
        check_share(self.folder, self.share, records=records, reasons=reasons, rejects=rejects)

    def _outlets(self, reports: list[ChunkReport]) -> dict[str, str]:
        """Choose one spelling for each outlet: the commonest, but one already in the corpus stays."""
        counts: Counter[str] = Counter()
        for report in reports:
            counts.update(report.outlets)
        known = self.before.knowledge.get("outlets", {}) if self.before else {}
        chosen, notes = choose_names(counts, known, self.config)
        self.notes += notes
        return chosen

    def _learn(self, survey: Survey) -> Knowledge:
        learned = learn(survey, settings_of(self.config))
        if self.before is None:
            return learned
        known = Knowledge.from_dict(self.before.knowledge["cleaning"])
        if not self.relearn:
            return known.extend(learned)
        self.notes += known.changes(learned)
        return learned

    def _settle(
        self, reports: list[ChunkReport], knowledge: Knowledge, outlets: dict[str, str], spool: Path
    ) -> list[SettleReport]:
        rows = sum(r.records - len(r.rejects) for r in reports)
        ranges = ranges_of(rows)
        stored = tuple(f for f in self.base.files if f.table in ("articles", "removals")) if self.base else ()
        gone = tombstones(self.folder, self.base) if self.base else {}
        work = partial(
            settle_range,
            folder=str(self.folder),
            spool=str(spool),
            label=f"{self.number:05d}",
            spooled=tuple(s for r in reports for s in r.spooled),
            stored=stored,
            gone=gone,
            config=self.config,
            knowledge=knowledge,
            settings=settings_of(self.config),
            outlets=outlets,
        )
        return list(self.engine.map(work, ranges, label="settling"))

    def _encode(self, settled: list[SettleReport], spool: Path) -> list[StoredFile]:
        """Number the encoded ranges by one vocabulary, and store them."""
        ranges = [done.encoded for done in settled if done.encoded]
        if not ranges:
            return []
        forms, types = extend_vocabulary(self.folder, spool, self.base, ranges, f"{self.number:05d}")
        work = partial(store_range, folder=str(self.folder), forms=str(forms))
        files = [types, *self.engine.map(work, ranges, label="encoding")]
        return [f for f in files if f]

    def _commit(
        self,
        reports: list[ChunkReport],
        settled: list[SettleReport],
        encoded: list[StoredFile],
        inputs: dict[str, dict[str, Any]],
        knowledge: Knowledge,
        outlets: dict[str, str],
    ) -> IngestReport:
        tally = tally_of(reports, settled, inputs, FieldMap(self.config))
        counts, entries = tally.counts, tally.entries
        late = [f for done in settled for f in done.files if f.table == "rejects"]
        check_share(
            self.folder,
            self.share,
            records=counts["records"].total(),
            reasons=tally.rejects,
            rejects=[
                *tally.early,
                *(tuple(r.values()) for f in late for r in pq.read_table(self.folder / f.name).to_pylist()),
            ],
            empty=self.before is None and not counts["kept"].total(),
        )
        files = [*encoded, *(f for done in settled for f in done.files)]
        early = early_rejects(self.folder, f"{self.number:05d}-read", tally.early)
        files += [early] if early else []
        merged = merge_inputs(self.base.inputs if self.base else (), entries, counts)
        everything = (
            *(f for f in (self.base.files if self.base else ()) if f.table != "stories"),
            *sorted(files, key=lambda f: (f.table, f.name)),
        )
        totals = {name: sum(e[name] for e in merged) for name in counts}
        totals["links"] = sum(d.links for d in settled) + (
            self.base.counts.get("links", 0) if self.base else 0
        )
        snapshot = Snapshot(
            number=self.number,
            fingerprint="",
            files=everything,
            counts=totals,
            inputs=tuple(merged),
            parameters=parameters_of(self.config),
            knowledge={"cleaning": knowledge.to_dict(), "outlets": dict(sorted(outlets.items()))},
            notes=tuple(self.notes),
        )
        snapshot = replace(snapshot, fingerprint=fingerprint_of(self.folder, snapshot))
        overlay = user_files(
            self.folder
        )  # the user's own tables must be readable before anything is committed
        changed = self.before is None or any(e["records"] for e in entries)
        if changed or (self.before and self.before.parameters != snapshot.parameters):
            changed = True
            new = Corpus(self.folder, snapshot, Serial(), overlay)
            made = with_stories(new, self.config.stories)
            self.notes = list(made.notes)
            commit(self.folder, made)
        else:
            self.notes.append("nothing new: the snapshot is as it was")
        total = {name: c.total() for name, c in counts.items()}
        if total["records"] != total["kept"] + total["duplicates"] + total["rejected"]:
            _LOG.warning("the ledger does not add up: %s", total)
        return IngestReport(
            corpus=self.folder.name,
            snapshot=self.number if changed else self.number - 1,
            records=total["records"],
            kept=total["kept"],
            duplicates=total["duplicates"],
            rejected=total["rejected"],
            files=tuple(entries),
            reasons=dict(tally.reasons),
            notes=tuple(self.notes),
        )
