"""Behind rows about voices: who speaks (with the passages marked), and the tone of a group voice by voice.

Not for a line of tone over time, which is a trend of measurements (`of_lines`).
"""

from typing import Any

import numpy as np
import pyarrow as pa

from analysis.corpus.encoded import TokenBatch
from analysis.corpus.handle import Corpus
from analysis.errors import SelectionError, message
from analysis.measures.speakers_passages import SPOKEN, passages
from analysis.schema import VOICES
from analysis.sentiment.score import SUMS, article_sums
from analysis.sentiment.tables import ALL
from analysis.terms.dtm import article_groups
from analysis.terms.groups import grouping
from analysis.terms.recipe import make_recipe
from analysis.terms.tokens import Tokens
from analysis.tracing.behind import ALONE, Asked, Behind, Ints, Trace, by_row, grouped, ranges
from analysis.tracing.marks import Marker, Places

_SEGMENTS = ("doc_id", "type_ids", "seg_part", "seg_voice", "seg_tokens")


def speakers(asked: Asked) -> Trace:
    """The articles of the group with somebody's words: those of the speaker, and all of them in these voices."""
    selection = asked.measured if isinstance(asked.measured, Corpus | Tokens) else asked.corpus
    voice: Any = asked.given.get("voice", asked.params.get("voice") or SPOKEN)
    aliases: Any = asked.given.get("aliases")
    if aliases is None and asked.params.get("aliases"):
        raise SelectionError(
            message("The aliases of this result are not known", hint="Count the speakers again.")
        )
    corpus, table = passages(selection, voice, aliases)
    every = corpus.articles([])["doc_id"].to_numpy(dtype=object)
    doc = np.searchsorted(every, table["doc_id"].to_numpy(dtype=object)).astype(np.int64)
    groups, _ = grouping(corpus, across=asked.params["across"], by=asked.params["by"])
    code = article_groups(corpus, groups).astype(np.int64)
    words = table["n_words"].to_numpy(dtype=np.float64)
    said = np.bincount(doc, weights=words, minlength=every.size).astype(np.float64)
    there = np.flatnonzero(np.bincount(doc, minlength=every.size) > 0)
    order, first = grouped(code[there], max(len(groups), 1))
    number = {label: i for i, label in enumerate(groups.labels())}
    labels = zip(asked.column("group"), asked.column("period"), strict=True)
    wanted = np.array([number.get(label, -1) for label in labels], dtype=np.int64)
    who = table["speaker"].astype(object).where(table["speaker"].notna(), None).to_numpy(dtype=object)
    kind = np.where(table["speaker"].notna(), "name", table["kind"].astype(object))
    names, kinds = asked.column("speaker"), asked.column("kind")
    place = {key: i for i, key in enumerate(dict.fromkeys(zip(who, kind, strict=True)))}
    by_speaker, start = grouped(
        np.array([place[key] for key in zip(who, kind, strict=True)], dtype=np.int64), max(len(place), 1)
    )

    def own(row: int) -> Ints:
        at = np.array([place.get((names[row], kinds[row]), -1)], dtype=np.int64)
        return ranges(by_speaker, start, at)[0]

    def behind(rows: Ints) -> Behind:
        members = [there[m] for m in ranges(order, first, wanted[rows])]
        row, at = by_row(rows, members)
        tops = []
        for r, some in zip(rows.tolist(), members, strict=True):
            mine = own(r)
            tops.append(np.bincount(doc[mine], weights=words[mine], minlength=every.size)[some])
        top = np.concatenate([np.empty(0), *tops])
        return Behind(row, at, top, said[at], np.ones(row.size), np.full(row.size, ALONE))

    ids = table["doc_id"].to_numpy(dtype=object)
    segment, n_segments = (table[c].to_numpy(dtype=np.int64) for c in ("segment", "n_segments"))

    def marker(row: int) -> Marker:
        found: dict[str, list[tuple[int, int]]] = {}
        for i in own(row).tolist():
            found.setdefault(ids[i], []).append((int(segment[i]), int(n_segments[i])))
        return of_passages(found)

    return Trace(every, behind, marker)


def tone_groups(asked: Asked) -> Trace:
    """The articles of the group with a segment in the voice: their sums of scores, and their segments."""
    instrument: Any = asked.measured
    if not hasattr(instrument, "prepare"):
        raise SelectionError(
            message(
                "The lexicon of this result is not known", hint="Measure again: a loaded result has none."
            )
        )
    sums = article_sums(asked.corpus, instrument)
    part = make_recipe(part=asked.params.get("part"))
    values = {v: sums.of(make_recipe(voice=v, part=asked.params.get("part"))) for v in (*VOICES, None)}
    facts = asked.corpus.articles([str(asked.params["across"])])
    facts = facts.set_index("doc_id").loc[sums.doc_ids]
    column = facts[str(asked.params["across"])]
    groups, voices = asked.column("group"), asked.column("voice")
    place = {name: i for i, name in enumerate(dict.fromkeys(groups))}
    own = column.astype(object).where(column.notna(), None).tolist()
    order, first = grouped(np.array([place.get(v, -1) for v in own], dtype=np.int64), max(len(place), 1))
    n = SUMS.index("segments")

    def behind(rows: Ints) -> Behind:
        made = []
        for row in rows.tolist():
            mine = values[None if voices[row] == ALL else voices[row]]
            some = ranges(order, first, np.array([place[groups[row]]], dtype=np.int64))[0]
            some = some[mine[some, n] > 0]
            one = np.ones(some.size)
            made.append(
                (np.full(some.size, row), some, mine[some, 0], mine[some, n], one, np.full(some.size, ALONE))
            )
        none = Behind(*(np.empty(0, d) for d in (np.int64, np.int64, float, float, float, np.int64)))
        return Behind(*(np.concatenate(columns) for columns in zip(none, *made, strict=True)))

    scorer = instrument.prepare(asked.corpus)
    language = ("language",) if sums.reading.languages is not None else ()

    def marker(row: int) -> Marker:
        wanted = None if voices[row] == ALL else VOICES.index(voices[row])

        def find(batch: pa.RecordBatch, read: TokenBatch) -> Places:
            hit = np.asarray(scorer(batch, read).hits) > 0
            if wanted is not None:
                hit &= read.seg_voice == wanted
            if part.parts is not None:
                hit &= np.isin(read.seg_part, part.parts)
            return _whole(read, np.flatnonzero(hit))

        return Marker(tuple(dict.fromkeys((*_SEGMENTS, *language, *scorer.columns))), find)

    return Trace(
        np.array(sums.doc_ids, dtype=object), behind, marker,
        ("Marked: segments with a word of the lexicon; the other segments of the voice score 0.",),
    )  # fmt: skip


def of_passages(found: dict[str, list[tuple[int, int]]]) -> Marker:
    """Mark stretches of segments: by article, the first and how many."""

    def find(batch: pa.RecordBatch, read: TokenBatch) -> Places:
        some = [
            np.arange(read.doc_segments[i] + first, read.doc_segments[i] + first + n)
            for i, doc_id in enumerate(batch.column("doc_id").to_pylist())
            for first, n in found.get(doc_id, ())
        ]
        return _whole(read, np.concatenate([np.empty(0, np.int64), *some]).astype(np.int64))

    return Marker(_SEGMENTS, find)


def _whole(read: TokenBatch, segments: Ints) -> Places:
    """All tokens of some segments."""
    length = read.seg_tokens[segments].astype(np.int64)
    there = length > 0
    return Places(np.asarray(read.seg_first[segments][there], dtype=np.int64), length[there])
