"""Sentences of some articles: how many there are with a hit, and a random sample of them with the hits marked.

Not for choosing examples. All sentences are counted from integers; texts are read for the sample only.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.corpus.encoded import TokenBatch
from analysis.corpus.handle import Corpus
from analysis.escape import attribute
from analysis.escape import text as escaped
from analysis.fingerprint import derive_seed
from analysis.schema import PARTS, VOICES
from analysis.tracing.marks import Marker

_SEGMENTS = ("type_ids", "seg_part", "seg_sentence", "seg_voice", "seg_start", "seg_end", "seg_tokens")
Longs = npt.NDArray[np.int64]
_PART = 1 << 24  # more than an article has sentences
_DOC = _PART << 2
Key = tuple[str, int, int]
"""A sentence: doc_id, part, its number in the part."""


@dataclass(frozen=True, eq=False)
class Sentences:
    """A sample of sentences to look at, of `total`; hits are marked in HTML.

    `shown` has doc_id, outlet, published, part, sentence, voice, text, and spans (a list of first character and that
    behind the last of each hit).
    """

    shown: pd.DataFrame
    total: int
    hits: bool

    @property
    def heading(self) -> str:
        """How many of how many."""
        what = "sentences with a hit" if self.hits else "sentences"
        return f"{len(self.shown)} of {self.total:,} {what}"

    def __str__(self) -> str:
        lines = [f"{d}: {t}" for d, t in zip(self.shown["doc_id"], self.shown["text"], strict=True)]
        return "\n".join([self.heading, *lines])

    def _repr_html_(self) -> str:
        rows = [_line(row) for row in self.shown.to_dict("records")]
        return f'<div class="analysis-evidence"><p>{self.heading}</p><ul>{"".join(rows)}</ul></div>'


def sample(corpus: Corpus, doc_ids: list[str], marker: Marker | None, *, n: int, seed: int) -> Sentences:
    """Count the sentences of articles that have a hit (all sentences without a marker), and draw some.

    Parameters
    ----------
    corpus
        Where the articles are.
    doc_ids
        The articles.
    marker
        What is a hit.
    n
        How many sentences to draw.
    seed
        Any whole number.
    """
    ids, codes = _coded(corpus, doc_ids, marker)
    rng = np.random.Generator(np.random.PCG64(derive_seed(seed, "evidence")))
    drawn = codes[np.sort(rng.permutation(codes.size)[:n])].tolist()
    chosen = [(ids[c // _DOC], c % _DOC // _PART, c % _PART) for c in drawn]
    rows = _read(corpus, chosen, marker) if chosen else {}
    columns = ["doc_id", "outlet", "published", "part", "sentence", "voice", "text", "spans"]
    shown = pd.DataFrame([rows[k] for k in chosen if k in rows], columns=columns)
    return Sentences(shown, codes.size, marker is not None)


def _coded(corpus: Corpus, doc_ids: list[str], marker: Marker | None) -> tuple[list[str], Longs]:
    """The articles, sorted, and their sentences with a hit as numbers: by article, then in reading order."""
    columns = dict.fromkeys(("doc_id", *_SEGMENTS, *(marker.columns if marker else ())))
    ids: list[str] = []
    found = [np.empty(0, dtype=np.int64)]
    for batch in corpus.where(doc_id=doc_ids).scan(*columns) if doc_ids else ():
        read = TokenBatch.of(batch)
        if marker is None:
            segments = np.arange(read.seg_tokens.size)
        else:
            segments = np.unique(read.token_segment[marker.find(batch, read).token]).astype(np.int64)
        doc = np.searchsorted(read.doc_segments[1:], segments, side="right") + len(ids)
        place = read.seg_part[segments].astype(np.int64) * _PART + read.seg_sentence[segments]
        found.append(np.unique(doc * _DOC + place))
        ids += batch.column("doc_id").to_pylist()
    codes = np.concatenate(found)
    order = sorted(range(len(ids)), key=ids.__getitem__)
    rank = np.empty(len(ids), dtype=np.int64)
    rank[order] = np.arange(len(ids))
    return [ids[i] for i in order], np.sort(rank[codes // _DOC] * _DOC + codes % _DOC)


def _read(corpus: Corpus, keys: list[Key], marker: Marker | None) -> dict[Key, dict[str, Any]]:
    """Read the texts of some sentences and where the hits stand in them; a loop, because only a handful are shown."""
    wanted = {k[0] for k in keys}
    chosen = set(keys)
    forms = corpus.encoding.forms
    columns = dict.fromkeys(
        ("doc_id", "outlet", "published", *PARTS, *_SEGMENTS, *(marker.columns if marker else ()))
    )
    rows: dict[Key, dict[str, Any]] = {}
    for batch in corpus.where(doc_id=sorted(wanted)).scan(*columns):
        read = TokenBatch.of(batch)
        places = marker.find(batch, read) if marker else None
        hit = np.zeros(read.type_ids.size + 1, dtype=np.int64)
        if places is not None:
            np.add.at(hit, places.token, 1)
            np.add.at(hit, places.token + places.length, -1)
        inside = np.cumsum(hit[:-1]) > 0
        facts = batch.select(["doc_id", "outlet", "published", *PARTS]).to_pylist()
        for i, fact in enumerate(facts):
            for (part, sentence), segments in _by_sentence(read, i).items():
                key = (str(fact["doc_id"]), part, sentence)
                if key in chosen:
                    text = str(fact[PARTS[part]] or "")
                    rows[key] = _row(fact, key, read, segments, text, inside, forms)
    return rows


def _by_sentence(read: TokenBatch, doc: int) -> dict[tuple[int, int], list[int]]:
    found: dict[tuple[int, int], list[int]] = {}
    for s in range(int(read.doc_segments[doc]), int(read.doc_segments[doc + 1])):
        found.setdefault((int(read.seg_part[s]), int(read.seg_sentence[s])), []).append(s)
    return found


def _row(
    fact: dict[str, Any], key: Key, read: TokenBatch, segments: list[int], text: str, inside: Any, forms: Any
) -> dict[str, Any]:
    start, end = int(read.seg_start[segments[0]]), int(read.seg_end[segments[-1]])
    said = text[start:end]
    tokens = range(int(read.seg_first[segments[0]]), int(read.seg_first[segments[-1] + 1]))
    words = forms.take(read.type_ids[tokens.start : tokens.stop]).to_pylist()
    spans = _spans(said, words, inside[tokens.start : tokens.stop].tolist())
    lead = len(said) - len(said.lstrip())
    voices = {VOICES[int(read.seg_voice[s])] for s in segments}
    return {
        "doc_id": key[0], "outlet": fact["outlet"], "published": fact["published"], "part": PARTS[key[1]],
        "sentence": key[2], "voice": voices.pop() if len(voices) == 1 else "mixed", "text": said.strip(),
        "spans": [(a - lead, b - lead) for a, b in spans],
    }  # fmt: skip


def _spans(text: str, words: list[str], marked: list[bool]) -> list[tuple[int, int]]:
    """Find the marked words in a sentence: its tokens stand in it one after the other; neighbours are one span."""
    at, spans, before = 0, list[tuple[int, int]](), False
    for word, is_marked in zip(words, marked, strict=True):
        place = text.find(word, at)
        if place < 0:  # a corrected text whose tokens are others
            before = False
            continue
        at = place + len(word)
        if is_marked:
            spans.append((spans.pop()[0], at) if before else (place, at))
        before = is_marked
    return spans


def _line(row: dict[Any, Any]) -> str:
    """One sentence as a list item, its hits marked, with where it is from."""
    said, at, text = "", 0, str(row["text"])
    for first, end in row["spans"]:
        said += f"{escaped(text[at:first])}<mark>{escaped(text[first:end])}</mark>"
        at = end
    said += escaped(text[at:])
    day = "no date" if row["published"] is None or pd.isna(row["published"]) else str(row["published"])[:10]
    outlet = "" if row["outlet"] is None else f"{escaped(row['outlet'])}, "
    return (
        f'<li data-doc-id="{attribute(row["doc_id"])}"><span dir="auto">{said}</span> '
        f"<small>{outlet}{day}, {escaped(row['voice'])}, <code>{escaped(row['doc_id'])}</code></small></li>"
    )
