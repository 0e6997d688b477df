"""Reading who speaks out of a stored corpus: every passage of the selected articles as one table.

Not for the rules (`speakers_rules`) nor for sums (`speakers`). Computed when asked for, and kept with the handle: about
a millisecond an article of 400 words.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from analysis.corpus.encoded import TokenBatch
from analysis.corpus.handle import Corpus
from analysis.corpus.scan import View, load
from analysis.measures.speakers_mentions import NAME, Mention, Prose, mentions, starts_sentence
from analysis.measures.speakers_names import Roster, Voiced, named, words_of
from analysis.measures.speakers_rules import Spoken, attribute
from analysis.measures.speakers_subjects import QUOTED
from analysis.schema import PARTS, VOICES
from analysis.text.segments_features import CAPITAL, IS_NUMBER, IS_WORD, type_features

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
        listed = ids.tolist()
        texts = [batch.column(p).to_pylist() for p in PARTS]
        languages = batch.column("language").to_pylist()
        for i, doc_id in enumerate(batch.column("doc_id").to_pylist()):
            text = [t[i] or "" for t in texts]
            english = languages[i] in (None, "en")
            for row in article(tokens, listed, i, text, lists, english=english):
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


def article(
    tokens: TokenBatch, ids: list[int], i: int, texts: list[str], lists: tuple[Any, ...], *, english: bool
) -> Iterator[dict[str, Any]]:
    """Give the passages of one article of a batch."""
    first, past = int(tokens.doc_segments[i]), int(tokens.doc_segments[i + 1])
    if not (tokens.seg_voice[first:past] > 0).any():
        return
    parts = [_part(tokens, ids, first, past, p, texts[p], lists) for p in range(len(PARTS))]
    proses = [p[0] for p in parts]
    known = frozenset(
        prose.lower[k].removesuffix("'s")
        for prose in proses[1:]
        for k in range(len(prose.form))
        if prose.bits[k] & CAPITAL and prose.voice[k] != QUOTED and not starts_sentence(prose, k)
    )
    names = [_names(prose, known) if english else [] for prose in proses]
    order = (2, 1, 0)  # what stands in headlines is short, and comes before its full form
    roster = Roster([words_of(proses[p], m) for p in order for m in names[p]])
    for number, (prose, segments, place) in enumerate(parts):
        spoken = attribute(prose, known, english=english)
        for one, who in zip(spoken, named(prose, spoken, names[number], roster), strict=True):
            yield _row(tokens, prose, segments, place, texts[number], number, first, one, who)


def _part(
    tokens: TokenBatch, ids: list[int], first: int, past: int, part: int, text: str, lists: tuple[Any, ...]
) -> tuple[Prose, list[int], list[int]]:
    """Give one part as lists, the segment of each of its tokens, and the first tokens of segments in it."""
    forms, lower, bits, cues = lists
    own = [s for s in range(first, past) if tokens.seg_part[s] == part]
    type_ids: list[int] = []
    voice: list[int] = []
    sentence: list[int] = []
    paragraph: list[int] = []
    segment: list[int] = []
    number, end = 0, 0
    for s in own:
        start, n = int(tokens.seg_start[s]), int(tokens.seg_tokens[s])
        number += "\n" in text[end:start]
        end = int(tokens.seg_end[s])
        at = int(tokens.seg_first[s])
        type_ids += ids[at : at + n]
        voice += [int(tokens.seg_voice[s])] * n
        sentence += [int(tokens.seg_sentence[s])] * n
        paragraph += [number] * n
        segment += [s] * n
    prose = Prose(
        [forms[t] for t in type_ids], [lower[t] for t in type_ids], [bits[t] for t in type_ids],
        [cues[t] for t in type_ids], voice, sentence, paragraph,
    )  # fmt: skip
    starts = [k for k in range(len(segment)) if k == 0 or segment[k] != segment[k - 1]]
    return prose, segment, starts


def _names(prose: Prose, known: frozenset[str]) -> list[Mention]:
    """All names of a part."""
    found: list[Mention] = []
    begin = 0
    for k in range(1, len(prose.form) + 1):
        if k == len(prose.form) or prose.sentence[k] != prose.sentence[begin]:
            found += [m for m in mentions(prose, begin, k, known) if m.kind == NAME]
            begin = k
    return found


def _row(
    tokens: TokenBatch, prose: Prose, segments: list[int], starts: list[int], text: str, part: int, base: int,
    one: Spoken, who: Voiced,
) -> dict[str, Any]:  # fmt: skip
    a, b, voice = one.passage
    source = one.source
    span = _span(tokens, prose, segments, text, source) if source else (None, None)
    return {
        "part": PARTS[part],
        "sentence": prose.sentence[a],
        "segment": segments[a] - base,
        "n_segments": segments[b - 1] - segments[a] + 1,
        "voice": VOICES[voice],
        "start": int(tokens.seg_start[segments[a]]),
        "end": int(tokens.seg_end[segments[b - 1]]),
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
    tokens: TokenBatch, prose: Prose, segments: list[int], text: str, m: Mention
) -> tuple[int | None, int | None]:
    """Find the characters of a mention by walking its segment's tokens through the text."""
    s = segments[m.first]
    k = m.first
    while k > 0 and segments[k - 1] == s:
        k -= 1
    place, start = int(tokens.seg_start[s]), None
    for t in range(k, m.past):
        at = text.find(prose.form[t], place)
        if at < 0:
            return int(tokens.seg_start[s]), int(tokens.seg_end[s])
        start = at if t == m.first else start
        place = at + len(prose.form[t])
    return start, place
