"""Encoding: the text of articles as integers, with the sentence and the voice of every token.

Called once, at ingest; after that every question is arithmetic. Not for storing (that is the corpus), and not for
recipes. The rules are stated in docs/methods.md ("Tokens, sentences, voices").
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.errors import InputError, message
from analysis.text import voice_words
from analysis.text.segments_features import TypeFeatures, type_features
from analysis.text.tokenize import Bools, Bytes, Ints, Longs, Texts, Tokens, tokenize

NARRATION, QUOTATION, REPORTED = 0, 1, 2
"""The voices."""
VOICES = ("narration", "quotation", "reported")


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """A batch of texts as arrays. Each text is one part of an article: a title, a standfirst or a body.

    Attributes
    ----------
    tokens
        Forms, ids, places and white space (`analysis.text.tokenize.Tokens`); its arrays are also attributes here.
    type_class
        uint8, one a type: word 0, number 1, punctuation 2, something else 3.
    sentence
        int32, one a token: the number of its sentence within its text, from 0.
    voice
        uint8, one a token: narration 0, quotation 1, reported 2.
    """

    tokens: Tokens
    type_class: Bytes
    sentence: Ints
    voice: Bytes

    @property
    def types(self) -> pa.StringArray:
        """The distinct forms, in the order in which they are first seen."""
        return self.tokens.types

    @property
    def type_ids(self) -> Ints:
        """The type of each token (int32)."""
        return self.tokens.type_ids

    @property
    def starts(self) -> Ints:
        """The first code point of each token, from the beginning of its text (int32)."""
        return self.tokens.starts

    @property
    def ends(self) -> Ints:
        """The code point after each token (int32)."""
        return self.tokens.ends

    @property
    def space_before(self) -> Bools:
        """Whether white space stands before each token."""
        return self.tokens.space_before

    @property
    def text_offsets(self) -> Longs:
        """The tokens before each text, and all tokens (int64, n + 1)."""
        return self.tokens.text_offsets


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """Runs of tokens of one sentence and one voice, in order; all tokens are in one.

    Attributes
    ----------
    seg_text
        int32: the text it belongs to.
    seg_sentence
        int32: the number of its sentence within that text.
    seg_voice
        uint8: 0 narration, 1 quotation, 2 reported.
    seg_first_token
        int64: its first token, in the batch.
    seg_n_tokens
        int32.
    seg_start, seg_end
        int32: code points from the beginning of the text.
    """

    seg_text: Ints
    seg_sentence: Ints
    seg_voice: Bytes
    seg_first_token: Longs
    seg_n_tokens: Ints
    seg_start: Ints
    seg_end: Ints


def encode(
    texts: Texts,
    languages: Sequence[str | None] | None = None,
    *,
    titles: Sequence[bool] | npt.NDArray[np.bool_] | None = None,
) -> Encoded:
    """Encode a batch of texts.

    Parameters
    ----------
    texts
        Titles, standfirsts and bodies: an Arrow array or a sequence of strings; a missing one has no tokens.
    languages
        The language of each, as a code of two letters, or None where it is not known. Reported speech is looked for
        in English (`en`) and in what is not known to be something else.
    titles
        Which texts are one sentence whatever stands in them. None: none of them.

    Returns
    -------
    Encoded
        The voices partition the tokens; nothing of a text but white space and format characters is outside of tokens.

    Raises
    ------
    InputError
        `languages` or `titles` have another length than `texts`.

    Notes
    -----
    Never raises on text. Linear; about 0.1 ms an article of 3,000 characters, in batches of 256 or more.

    Examples
    --------
    >>> encoded = encode(['He said it would rain. “We shall see,” she said.'], ["en"])
    >>> encoded.sentence.max(), [VOICES[v] for v in sorted(set(encoded.voice))]
    (np.int32(1), ['narration', 'quotation', 'reported'])
    """
    from analysis.text import segments_kernel, voice_kernel, voice_quotes

    tokens = tokenize(texts)
    n_texts = tokens.text_offsets.size - 1
    whole = _flags("titles", titles, n_texts)
    english = _flags("languages", _english(languages), n_texts)
    features: TypeFeatures = type_features(tokens.types)
    bits = features.sentence[tokens.type_ids]
    cues = features.reporting[tokens.type_ids]
    spaced, newline, offsets = tokens.space_before, tokens.newline_before, tokens.text_offsets
    role, quoted = voice_quotes.pair(bits, spaced, newline, offsets)
    chars = tokens.ends - tokens.starts
    says = (cues & voice_words.SAYS) != 0
    sentence = segments_kernel.sentences(bits, chars, says, spaced, newline, role, offsets, whole)
    voice = voice_kernel.voices(bits, cues, quoted, sentence, offsets, english)
    return Encoded(tokens, features.classes, sentence, voice)


def segments(encoded: Encoded) -> Segments:
    """Cut encoded texts into runs of tokens of one sentence and one voice.

    Parameters
    ----------
    encoded
        What `encode` gives.

    Returns
    -------
    Segments
        Sorted by text and place. A text without tokens has none.

    Examples
    --------
    >>> cut = segments(encode(["He left. She stayed."]))
    >>> cut.seg_sentence.tolist(), cut.seg_n_tokens.tolist(), cut.seg_end.tolist()
    ([0, 1], [3, 3], [8, 20])
    """
    from analysis.text import segments_kernel

    text, first = segments_kernel.segments(encoded.sentence, encoded.voice, encoded.text_offsets)
    past = np.append(first, encoded.sentence.size)[1:]
    return Segments(
        seg_text=text,
        seg_sentence=encoded.sentence[first],
        seg_voice=encoded.voice[first],
        seg_first_token=first,
        seg_n_tokens=(past - first).astype(np.int32),
        seg_start=encoded.starts[first],
        seg_end=encoded.ends[past - 1],
    )


def _english(languages: Sequence[str | None] | None) -> list[bool] | None:
    return None if languages is None else [language in (None, "", "en") for language in languages]


def _flags(name: str, values: object, size: int) -> Bools:
    """One bool a text; what is not given is false for titles, and true for languages."""
    if values is None:
        return np.full(size, name == "languages", dtype=np.bool_)
    flags = np.asarray(values, dtype=np.bool_)
    if flags.shape != (size,):
        raise InputError(
            message(f"`{name}` and `texts` are not of one length", got=len(flags), expected=str(size))
        )
    return flags
