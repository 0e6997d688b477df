"""Proof that cleaning comes to rest: every cleaned article is cleaned once more, and what would still change is listed.

Not for changing anything: what it finds is a fault of the rules, or a line that only counts as clutter once another
is gone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from typing import Any

import pyarrow as pa

from analysis.corpus.handle import Corpus
from analysis.corpus.outlets import outlet_key
from analysis.corpus.store import Snapshot
from analysis.corpus.tables import as_result
from analysis.result import Result
from analysis.text.base import Raw
from analysis.text.clean import CleanSettings, Knowledge, clean, prepare

_MOST = 2000  # exceptions listed; all are counted
_SHOWN = 240
_TEXT = ("outlet", "title", "standfirst", "body")
_Row = tuple[str, str, str, str, str]


def recheck(corpus: Corpus) -> Result:
    """Clean every selected article again, by the snapshot's own knowledge and settings; list what would still change.

    Returns
    -------
    Result
        `doc_id`, `outlet`, `part` (str: title or body), `rule` (str; `normalisation` where the characters would
        change), `text` (str, what would go; its first 240 characters); by `doc_id`, at most 2,000 rows. The first note
        says in how many articles nothing changes.

    Notes
    -----
    One pass on the corpus's engine; costs about as much as cleaning did, and holds one row group and the exceptions.
    Articles whose text or outlet was corrected by hand are left out and counted in a note.
    """
    overlay = corpus.overlay.corrections
    by_hand = frozenset(i for i, values in overlay.items() if any(n in values for n in _TEXT))
    work = _Again(*_knowledge(corpus.snapshot), by_hand)
    state = corpus.fold(work, "doc_id", *_TEXT, label="cleaning again")
    same = state.seen - state.changed
    notes = ["There was no article to clean again."]
    if state.seen:
        share = _percent(100 * same / state.seen)
        notes = [f"Cleaned again, {same:,} of {state.seen:,} articles ({share} %) stay exactly as they are."]
    listed = len({r[0] for r in state.rows})
    if listed < state.changed:
        notes.append(f"The first {listed:,} of {state.changed:,} articles that would change are listed.")
    if state.left:
        notes.append(f"Left out because their text or outlet was corrected by hand: {state.left:,} articles.")
    names = ["doc_id", "outlet", "part", "rule", "text"]
    return as_result("recheck", corpus, names, state.rows, "articles", tuple(notes))


@dataclass
class _State:
    seen: int = 0
    changed: int = 0
    left: int = 0
    rows: list[_Row] = field(default_factory=list)


@dataclass(frozen=True)
class _Again:
    """The fold: cleans each article once more and keeps what would change."""

    knowledge: Knowledge
    settings: CleanSettings
    by_hand: frozenset[str]

    def zero(self) -> _State:
        return _State()

    def add(self, state: _State, batch: pa.RecordBatch) -> _State:
        known = frozenset(self.knowledge.outlets)
        for row in batch.to_pylist():  # rules look at one article at a time
            if row["doc_id"] in self.by_hand:
                state.left += 1
                continue
            state.seen += 1
            key = outlet_key(row["outlet"])
            changes = list(self._changes(row, key if key in known else ""))
            state.changed += bool(changes)
            outlet = row["outlet"] or "(no outlet)"
            state.rows += [(row["doc_id"], outlet, part, rule, text[:_SHOWN]) for part, rule, text in changes]
        return state

    def merge(self, left: _State, right: _State) -> _State:
        rows = nsmallest(_MOST, left.rows + right.rows)
        return _State(left.seen + right.seen, left.changed + right.changed, left.left + right.left, rows)

    def finish(self, state: _State) -> _State:
        return replace(state, rows=nsmallest(_MOST, state.rows))

    def _changes(self, row: dict[str, Any], key: str) -> Iterator[tuple[str, str, str]]:
        raw = Raw(title=row["title"], standfirst=row["standfirst"], body=row["body"], outlet=key or None)
        prepared = prepare(raw)
        for part in ("title", "body"):
            before, after = row[part], getattr(prepared, part)
            if before != after:
                yield part, "normalisation", before or ""
        again = clean(replace(prepared, outlet=key or None), self.knowledge, self.settings)
        if (again.title, again.body) == (prepared.title, prepared.body):
            return
        pieces = [r for r in again.removals if r.rule != "space"] or list(again.removals)
        for removal in pieces:
            yield removal.part, removal.rule, removal.text


def _knowledge(snapshot: Snapshot) -> tuple[Knowledge, CleanSettings]:
    """Rebuild what the snapshot was cleaned with."""
    config = snapshot.parameters["config"]
    settings = CleanSettings(
        switched_off={outlet_key(k): frozenset(v) for k, v in config["cleaning_off"].items()},
        zones={outlet_key(k): v for k, v in config["zones"].items()},
        date_orders={outlet_key(k): v for k, v in config["date_order"].items()},
    )
    return Knowledge.from_dict(snapshot.knowledge["cleaning"]), settings


def _percent(share: float) -> str:
    """Write a share so that 99.996 does not read as 100."""
    return "100" if share == 100 else f"{min(share, 99.999):.3f}"
