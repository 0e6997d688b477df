"""Reading who speaks out of a stored corpus: every passage of the selected articles as one table.

Not for the rules (`speakers_rules`) nor for sums (`speakers`). Computed when asked for, and kept with the handle: about
a millisecond an article of 400 words.
"""

from bisect import bisect_left
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from analysis.corpus.encoded import TokenBatch
from analysis.corpus.handle import Corpus
from analysis.corpus.scan import View, load
from analysis.measures.speakers_lines import Lines, lines_of
from analysis.measures.speakers_mentions import NAME, Marks, Mention, Prose, mentions
from analysis.measures.speakers_names import Roster, Voiced, named, words_of
from analysis.measures.speakers_rules import Spoken, attribute
from analysis.measures.speakers_subjects import Found
from analysis.schema import PARTS, VOICES
from analysis.text.segments_features import IS_NUMBER, IS_WORD, type_features

PASSAGES = pa.schema(
    [
        ("doc_id", pa.string()),
        ("part", pa.string()),
        ("sentence", pa.int32()),
        ("segment", pa.int32()),
        ("n_segments", pa.int32()),
        ("voice", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("n_words", pa.int32()),
        ("speaker", pa.string()),
        ("through", pa.string()),
        ("kind", pa.string()),
        ("source", pa.string()),
        ("source_start", pa.int32()),
        ("source_end", pa.int32()),
        ("cue", pa.string()),
        ("rule", pa.string()),
    ]
)
_SLOTS = len(PARTS) * len(VOICES)
WORDS = pa.schema([("doc_id", pa.string()), ("n_words", pa.list_(pa.int32(), _SLOTS))])
_NEEDED = ("doc_id", "language", *PARTS, "type_ids", "seg_part", "seg_sentence", "seg_voice", "seg_start", "seg_end",
           "seg_tokens")  # fmt: skip


class Read(NamedTuple):
    """What was read: passages, and the words of each article by part and voice.

    `words` has doc_id and `n_words`, a list of 9: three voices of the title, then of the standfirst, then of the body.
    """

    passages: pa.Table
    words: pa.Table


def read(corpus: Corpus) -> Read:
    """Give every passage of the selected articles with who speaks in it, by `doc_id`, then in reading order."""
    kept: Read | None = corpus.__dict__.get("_speakers")
    if kept is None:
        work = partial(_read, forms=corpus.encoding.forms, view=corpus.view(*_NEEDED))
        parts = list(corpus.engine.map(work, corpus.parts(), label="finding speakers"))
        kept = Read(_sorted([p.passages for p in parts], PASSAGES), _sorted([p.words for p in parts], WORDS))
        corpus.__dict__["_speakers"] = kept
    return kept


def _sorted(tables: list[pa.Table], schema: pa.Schema) -> pa.Table:
    """Put tables together, by doc_id; rows of an article stay in order."""
    joined = pa.concat_tables([schema.empty_table(), *tables]).combine_chunks()
    order = np.argsort(np.asarray(joined["doc_id"].to_pylist(), dtype=object), kind="stable")
    return joined.take(pa.array(order, pa.int64()))


def _read(part: Any, *, forms: pa.Array, view: View) -> Read:
    """Read one part of the corpus; a top-level function for a spawned process."""
    columns: dict[str, list[Any]] = {name: [] for name in PASSAGES.names}
    words: list[pa.Table] = []
    for batch in load(part, view=view):
        tokens = TokenBatch.of(batch)
        own, ids = np.unique(tokens.type_ids, return_inverse=True)
        lists = _lists(forms.take(pa.array(own)))
        words.append(_words(tokens, ids, lists))
        lines = lines_of(tokens, ids, *lists)
        texts = [batch.column(p).to_pylist() for p in PARTS]
        languages = batch.column("language").to_pylist()
        for i, doc_id in enumerate(batch.column("doc_id").to_pylist()):
            text = [t[i] or "" for t in texts]
            english = languages[i] in (None, "en")
            for row in article(lines, i, text, english=english):
                columns["doc_id"].append(doc_id)
                for name, value in row.items():
                    columns[name].append(value)
    return Read(pa.table(columns, schema=PASSAGES), pa.concat_tables([WORDS.empty_table(), *words]))


def _lists(forms: pa.Array) -> tuple[list[str], list[str], list[int], list[int]]:
    """Give forms, forms in small letters, and the two sets of features."""
    features = type_features(forms)
    written = forms.to_pylist()
    lower = [f.lower().replace("’", "'") for f in written]
    return written, lower, features.sentence.tolist(), features.reporting.tolist()


def _words(tokens: TokenBatch, ids: Any, lists: tuple[Any, ...]) -> pa.Table:
    """Count the words of each article by part and voice."""
    word = (np.asarray(lists[2], dtype=np.int64) & (IS_WORD | IS_NUMBER)) != 0
    slot = np.repeat(tokens.seg_part.astype(np.int64) * len(VOICES) + tokens.seg_voice, tokens.seg_tokens)
    place = tokens.token_doc.astype(np.int64) * _SLOTS + slot
    counts = np.bincount(place[word[ids]], minlength=len(tokens) * _SLOTS).astype(np.int32)
    return pa.table(
        {
            "doc_id": tokens.batch.column("doc_id"),
            "n_words": pa.FixedSizeListArray.from_arrays(pa.array(counts), _SLOTS),
        },
        schema=WORDS,
    )


def article(lines: Lines, i: int, texts: list[str], *, english: bool) -> Iterator[dict[str, Any]]:
    """Give the passages of one article of a batch."""
    first, past = lines.doc_segments[i], lines.doc_segments[i + 1]
    if not any(lines.seg_voice[first:past]):
        return
    parts = [_part(lines, first, past, p, texts[p]) for p in range(len(PARTS))]
    proses = [p[0] for p in parts]
    known = frozenset(w for prose, _, inner in parts[1:] for w in _known(prose, inner))
    read = [_mentions(prose, known) if english else {} for prose in proses]
    names = [[m for found in r.values() for m in found if m.kind == NAME] for r in read]
    order = (2, 1, 0)  # what stands in headlines is short, and comes before its full form
    roster = Roster([words_of(proses[p], m) for p in order for m in names[p]])
    for number, (prose, segments, _) in enumerate(parts):
        spoken = attribute(prose, known, english=english, read=read[number])
        for one, who in zip(spoken, named(prose, spoken, names[number], roster), strict=True):
            yield _row(lines, prose, segments, texts[number], number, first, one, who)


def _part(lines: Lines, first: int, past: int, part: int, text: str) -> tuple[Prose, list[int], bytes]:
    """Give one part as lists, the segment of each of its tokens, and which of them are capitals within sentences."""
    a = bisect_left(lines.seg_part, part, first, past)
    b = bisect_left(lines.seg_part, part + 1, a, past)
    paragraph: list[int] = []
    number, end = 0, 0
    for s in range(a, b):
        number += "\n" in text[end : lines.seg_start[s]]
        end = lines.seg_end[s]
        paragraph += [number] * lines.seg_tokens[s]
    own = slice(lines.seg_first[a], lines.seg_first[b])
    sentences = lines.sentences[
        bisect_left(lines.sentences, own.start) : bisect_left(lines.sentences, own.stop)
    ]
    marks = Marks(lines.may[own], lines.opening[own], lines.voiced[own], [k - own.start for k in sentences])
    prose = Prose(
        lines.form[own], lines.lower[own], lines.bits[own], lines.cues[own], lines.voice[own], lines.sentence[own],
        paragraph, marks,
    )  # fmt: skip
    return prose, lines.segment[own], lines.inner[own]


def _known(prose: Prose, inner: bytes) -> Iterator[str]:
    """Words with a capital within sentences, in small letters."""
    k = inner.find(1)
    while k >= 0:
        yield prose.lower[k].removesuffix("'s")
        k = inner.find(1, k + 1)


def _mentions(prose: Prose, known: frozenset[str]) -> Found:
    """All mentions of a part, by sentence."""
    bounds = pairwise((*prose.marks.sentences, len(prose.form)))
    return {(a, b): mentions(prose, a, b, known) for a, b in bounds}


def _row(
    lines: Lines, prose: Prose, segments: list[int], text: str, part: int, base: int, one: Spoken, who: Voiced
) -> dict[str, Any]:
    a, b, voice = one.passage
    source = one.source
    span = _span(lines, prose, segments, text, source) if source else (None, None)
    return {
        "part": PARTS[part],
        "sentence": prose.sentence[a],
        "segment": segments[a] - base,
        "n_segments": segments[b - 1] - segments[a] + 1,
        "voice": VOICES[voice],
        "start": lines.seg_start[segments[a]],
        "end": lines.seg_end[segments[b - 1]],
        "n_words": sum(1 for t in range(a, b) if prose.bits[t] & (IS_WORD | IS_NUMBER)),
        "speaker": who.speaker,
        "through": who.through,
        "kind": who.kind,
        "source": None if source is None else text[span[0] : span[1]],
        "source_start": span[0],
        "source_end": span[1],
        "cue": prose.form[one.cue] if one.cue >= 0 else None,
        "rule": one.rule,
    }


def _span(
    lines: Lines, prose: Prose, segments: list[int], text: str, m: Mention
) -> tuple[int | None, int | None]:
    """Find the characters of a mention by walking its segment's tokens through the text."""
    s = segments[m.first]
    k = m.first
    while k > 0 and segments[k - 1] == s:
        k -= 1
    place, start = lines.seg_start[s], None
    for t in range(k, m.past):
        at = text.find(prose.form[t], place)
        if at < 0:
            return lines.seg_start[s], lines.seg_end[s]
        start = at if t == m.first else start
        place = at + len(prose.form[t])
    return start, place
