"""The texts of a sample: whole articles, or one segment of each drawn at random. Not for choosing the articles."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np

from analysis.corpus.encoded import TokenBatch
from analysis.corpus.handle import Corpus
from analysis.errors import choose
from analysis.schema import KINDS, PARTS, VOICES

_COLUMNS = (
    "doc_id",
    "seg_part",
    "seg_sentence",
    "seg_voice",
    "seg_start",
    "seg_end",
    "seg_tokens",
    "type_ids",
)
_WORDS = (KINDS.index("word"), KINDS.index("number"))


class Texts(NamedTuple):
    """One entry a unit: its segment (None for articles), what stands before it, its text, and the segments in scope."""

    segment: list[int | None]
    context: list[str]
    text: list[str]
    n_in_scope: list[int]


def scope_sizes(corpus: Corpus, voice: object, part: object) -> dict[str, int]:
    """Count the segments of each article in these voices and parts that hold a word, as measures of tone do."""
    found: dict[str, int] = {}
    is_word = _word_types(corpus)
    for batch in corpus.scan("doc_id", "seg_part", "seg_voice", "seg_tokens", "type_ids"):
        tokens = TokenBatch.of(batch)
        inside = np.concatenate([[0], np.cumsum(_inside(tokens, voice, part, is_word))])
        sizes = np.diff(inside[tokens.doc_segments])
        found.update(zip(batch.column("doc_id").to_pylist(), sizes.tolist(), strict=True))
    return found


def texts_of(
    corpus: Corpus, doc_ids: Sequence[str], *, unit: str, voice: object, part: object, seed: int
) -> Texts:
    """Give the text of each unit, in the order of the ids."""
    rows: dict[str, tuple[int | None, str, str, int]] = {}
    is_word = _word_types(corpus)
    for batch in corpus.where(doc_id=list(doc_ids)).scan(*PARTS, *_COLUMNS):
        tokens = TokenBatch.of(batch)
        texts = [batch.column(p).to_pylist() for p in PARTS]
        inside = _inside(tokens, voice, part, is_word)
        for i, doc_id in enumerate(batch.column("doc_id").to_pylist()):
            own = [t[i] or "" for t in texts]
            if unit == "article":
                rows[doc_id] = (None, "", "\n\n".join(t.strip() for t in own if t.strip()), 1)
                continue
            first, past = int(tokens.doc_segments[i]), int(tokens.doc_segments[i + 1])
            eligible = np.flatnonzero(inside[first:past])
            number = int.from_bytes(
                blake2b(f"{seed}|segment|{doc_id}".encode(), digest_size=8).digest(), "big"
            )
            chosen = int(eligible[number % len(eligible)])
            rows[doc_id] = (chosen, *_segment(tokens, own, first, first + chosen), len(eligible))
    units = [rows[d] for d in doc_ids]
    return Texts([u[0] for u in units], [u[1] for u in units], [u[2] for u in units], [u[3] for u in units])


def _segment(tokens: TokenBatch, texts: list[str], first: int, at: int) -> tuple[str, str]:
    """The sentence before with the start of its own, and the segment."""
    part, sentence = int(tokens.seg_part[at]), int(tokens.seg_sentence[at])
    s = at
    while s > first and tokens.seg_part[s - 1] == part and tokens.seg_sentence[s - 1] >= sentence - 1:
        s -= 1
    start = int(tokens.seg_start[at])
    return texts[part][int(tokens.seg_start[s]) : start].strip(), texts[part][
        start : int(tokens.seg_end[at])
    ].strip()


def _word_types(corpus: Corpus) -> Any:
    """Say which types of a corpus are words or numbers."""
    return np.isin(np.asarray(corpus.encoding.kinds), _WORDS)


def _inside(tokens: TokenBatch, voice: object, part: object, is_word: Any) -> Any:
    """Say which segments are in scope; a full stop left alone between two voices is none."""
    before = np.concatenate([[0], np.cumsum(is_word[tokens.type_ids], dtype=np.int64)])
    inside = np.diff(before[tokens.seg_first]) > 0
    for name, value, known, values in (
        ("voice", voice, VOICES, tokens.seg_voice),
        ("part", part, PARTS, tokens.seg_part),
    ):
        if value is not None:
            wanted = [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]
            inside &= np.isin(values, [known.index(choose(name, v, known)) for v in wanted])
    return inside
