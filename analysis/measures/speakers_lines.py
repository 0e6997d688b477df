"""The tokens of a batch of articles as flat lists, made at once, from which parts of articles are slices.

What is looked for token by token (`Marks`) is found here for all tokens with arrays. Not for rules.
"""

from typing import Any, NamedTuple

import numpy as np

from analysis.corpus.encoded import TokenBatch
from analysis.measures.speakers_mentions import may_begin
from analysis.text.segments_features import CAPITAL, IS_NUMBER, IS_WORD

_QUOTED = 1


class Lines(NamedTuple):
    """One entry a token, a segment or an article.

    `inner` marks capitals within sentences and outside quotations; `sentences` has the first tokens of sentences of
    parts; `seg_first` one entry more than there are segments.
    """

    form: list[str]
    lower: list[str]
    bits: list[int]
    cues: list[int]
    voice: list[int]
    sentence: list[int]
    segment: list[int]
    may: bytes
    opening: bytes
    voiced: bytes
    inner: bytes
    sentences: list[int]
    seg_part: list[int]
    seg_voice: list[int]
    seg_start: list[int]
    seg_end: list[int]
    seg_tokens: list[int]
    seg_first: list[int]
    doc_segments: list[int]


def lines_of(
    tokens: TokenBatch, ids: Any, written: list[str], lower: list[str], bits: list[int], cues: list[int]
) -> Lines:
    """Lay the tokens of a batch out.

    Parameters
    ----------
    tokens
        The batch; of an article the parts stand in their order.
    ids
        (n_tokens,): which of the forms each token is.
    written, lower, bits, cues
        By form: as written, in small letters, and the two sets of features.
    """
    times = np.asarray(tokens.seg_tokens)
    segment = np.repeat(np.arange(times.size), times)
    voice = np.asarray(tokens.seg_voice)[segment]
    sentence = np.asarray(tokens.seg_sentence)[segment]
    part = np.asarray(tokens.seg_part)[segment]
    kind = np.array(bits, dtype=np.int64)[ids]
    new = np.ones(ids.size, dtype=bool)  # the first token of a sentence of a part
    for column in (tokens.token_doc, part, sentence):
        new[1:] &= np.asarray(column)[1:] == np.asarray(column)[:-1]
    new[1:] = ~new[1:]
    starts = np.flatnonzero(new)
    words = np.concatenate([[0], np.cumsum((kind & (IS_WORD | IS_NUMBER)) != 0)])[:-1]  # before each token
    opening = words == words[starts][np.cumsum(new) - 1] if ids.size else np.ones(0, dtype=bool)
    begins = np.array([may_begin(x, b) for x, b in zip(lower, bits, strict=True)], dtype=bool)[ids]
    outside = voice != _QUOTED
    listed = ids.tolist()
    return Lines(
        [written[t] for t in listed], [lower[t] for t in listed], kind.tolist(), [cues[t] for t in listed],
        voice.tolist(), sentence.tolist(), segment.tolist(),
        _bytes(begins & outside), _bytes(opening), _bytes(voice > 0),
        _bytes((kind & CAPITAL != 0) & outside & ~opening), starts.tolist(),
        tokens.seg_part.tolist(), tokens.seg_voice.tolist(), tokens.seg_start.tolist(), tokens.seg_end.tolist(),
        times.tolist(), np.concatenate([[0], np.cumsum(times)]).tolist(), tokens.doc_segments.tolist(),
    )  # fmt: skip


def _bytes(marks: Any) -> bytes:
    return bytes(marks.astype(np.uint8).tobytes())
