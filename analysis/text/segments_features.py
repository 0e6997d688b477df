"""What a type can do in a sentence: one bit a feature, looked up once a type and not once a token.

Sentences, quotations and reported speech are decided from these bits alone. Not for the decisions (`segments_kernel`,
`voice_quotes`, `voice_kernel`), nor for the words (`segments_words`, `voice_words`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.text import segments_words as words
from analysis.text import voice_words
from analysis.text.tokenize import NUMBER, WORD, Bytes, Ints, Texts, type_classes

Bits = npt.NDArray[np.int64]

ENDER, FULL_STOP, CAPITAL, SMALL = 1 << 0, 1 << 1, 1 << 2, 1 << 3
IS_WORD, IS_NUMBER = 1 << 4, 1 << 5
NEVER_LAST, BEFORE_NUMBER, SOMETIMES_LAST, INITIAL, STOPPED = 1 << 6, 1 << 7, 1 << 8, 1 << 9, 1 << 10
OPENER, BRACKET_OPEN, BRACKET_CLOSE, COMMA, COLON, DASH = 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15, 1 << 16
DOUBLE_OPEN, DOUBLE_CLOSE, DOUBLE = 1 << 17, 1 << 18, 1 << 19
SINGLE_OPEN, SINGLE_CLOSE, SINGLE = 1 << 20, 1 << 21, 1 << 22
ANGLE_OPEN, ANGLE_CLOSE = 1 << 23, 1 << 24
CUT_SHORT, ENDS_IN_S, ELLIPSIS, BULLET, TAG = 1 << 25, 1 << 26, 1 << 27, 1 << 28, 1 << 29
QUOTE = DOUBLE_OPEN | DOUBLE_CLOSE | DOUBLE | SINGLE_OPEN | SINGLE_CLOSE | SINGLE | ANGLE_OPEN | ANGLE_CLOSE

_SIGNS: dict[str, int] = {
    **dict.fromkeys(
        ("!", "?", "؟", "۔", "।", "॥", "。", "！", "？", "‽", "⁇", "⁈", "⁉", "։", "።", "។", "။", "෴"), ENDER
    ),
    ".": ENDER | FULL_STOP,
    "．": ENDER | FULL_STOP,
    "…": ENDER | FULL_STOP | ELLIPSIS,
    **dict.fromkeys("([{（", BRACKET_OPEN),
    **dict.fromkeys(")]}）", BRACKET_CLOSE),
    **dict.fromkeys((",", "،", ";", "؛", "、", "，"), COMMA),
    **dict.fromkeys((":", "："), COLON),
    **dict.fromkeys(("—", "–", "-", "--", "―", "---"), DASH),
    **dict.fromkeys("•●▪■◆*·", BULLET),
    **dict.fromkeys(("“", "„", "‟", "❝", "「", "『", "‘‘", "``", "〝"), DOUBLE_OPEN),
    **dict.fromkeys(("”", "❞", "」", "』", "’’", "〞"), DOUBLE_CLOSE),
    **dict.fromkeys(('"', "''", "＂", "″"), DOUBLE),
    **dict.fromkeys("‘‚`", SINGLE_OPEN),
    "’": SINGLE_CLOSE,
    "'": SINGLE,
    **dict.fromkeys("«《", ANGLE_OPEN),
    **dict.fromkeys("»》", ANGLE_CLOSE),
}
_IN_SMALL = 1 << 30
_BY_CASE = r"^[\p{Lu}\p{Lt}]"
_NO_CASE_SINGLE = r"^[\p{Arabic}\p{Tamil}\p{Devanagari}]\pM*$"


@dataclass(frozen=True, slots=True, eq=False)
class TypeFeatures:
    """What types can do, one entry a type.

    Attributes
    ----------
    classes
        uint8: word, number, punctuation, something else (0 to 3).
    n_chars
        int32: length in code points.
    sentence
        int64, bits: the constants of this module (ENDER, CAPITAL, DOUBLE_OPEN ...).
    reporting
        int64, bits: the constants of `voice_words` (SAYS, THAT ...).
    """

    classes: Bytes
    n_chars: Ints
    sentence: Bits
    reporting: Bits


def type_features(types: Texts) -> TypeFeatures:
    """Look up what each type can do.

    Parameters
    ----------
    types
        Distinct surface forms, as `tokenize` gives them.

    Returns
    -------
    TypeFeatures
        In the order of `types`.

    Notes
    -----
    About half a microsecond a type.

    Examples
    --------
    >>> features = type_features(["Gen", "said", "۔"])
    >>> [bool(b & NEVER_LAST) for b in features.sentence], [bool(b & ENDER) for b in features.sentence]
    ([True, False, False], [False, False, True])
    """
    array = types if isinstance(types, pa.Array) else pa.array(types, type=pa.string())
    classes = type_classes(array)
    n_chars = _numpy(pc.utf8_length(array), np.int32)
    plain = pc.replace_substring(pc.utf8_lower(array), "’", "'")
    sentence = _looked_up(array, _sign_table()) | _looked_up(plain, _word_table())
    is_word = classes == WORD
    sentence[is_word] |= IS_WORD
    sentence[classes == NUMBER] |= IS_NUMBER
    capital = _matches(array, _BY_CASE)
    sentence[capital] |= CAPITAL
    small = _matches(array, r"^\p{Ll}")
    sentence[small] |= SMALL
    sentence[small & (sentence & _IN_SMALL == 0)] &= ~NEVER_LAST
    sentence[_matches(array, r"^(?:@|#|https?://.*|www\..*|pic\.twitter.*)$")] |= TAG
    sentence[is_word & _matches(array, r"[sS]$")] |= ENDS_IN_S
    sentence[is_word & _matches(array, r"\.$")] |= STOPPED
    sentence[_matches(array, r"^\.{2,}$")] |= ENDER | FULL_STOP | ELLIPSIS
    sentence[_matches(array, r"^[!?]{2,}$")] |= ENDER
    sentence[capital & (n_chars == 1) & _numpy(pc.not_equal(array, "I"), np.bool_)] |= INITIAL
    sentence[_matches(array, _NO_CASE_SINGLE)] |= INITIAL
    reporting = _looked_up(plain, _cue_table())
    reporting[_matches(array, "[a-z]{2}ing$")] |= voice_words.ING
    reporting[_matches(array, "^[a-z]{2,}ed$")] |= voice_words.ED
    reporting[_matches(array, "[a-z]{3}ly$")] |= voice_words.ADVERB
    return TypeFeatures(classes, n_chars, sentence, reporting)


@cache
def _sign_table() -> tuple[pa.Array, Bits]:
    return _table(_SIGNS)


@cache
def _word_table() -> tuple[pa.Array, Bits]:
    return _table(
        _joined(
            [
                (words.NEVER_LAST, NEVER_LAST),
                (words.EVEN_IN_SMALL, _IN_SMALL),
                (words.BEFORE_NUMBER, BEFORE_NUMBER),
                (words.SOMETIMES_LAST, SOMETIMES_LAST),
                (words.OPENERS, OPENER),
                (words.LETTER_NAMES, INITIAL),
                (words.CUT_SHORT, CUT_SHORT),
            ]
        )
    )


@cache
def _cue_table() -> tuple[pa.Array, Bits]:
    return _table(_joined(voice_words.LISTS))


def _joined(lists: Iterable[tuple[Iterable[str], int]]) -> dict[str, int]:
    bits: dict[str, int] = {}
    for members, bit in lists:
        for word in members:
            bits[word] = bits.get(word, 0) | bit
    return bits


def _table(bits: dict[str, int]) -> tuple[pa.Array, Bits]:
    # One entry more, at the end: index -1, for what is not found, reads it.
    return pa.array(list(bits), type=pa.string()), np.array([*bits.values(), 0], dtype=np.int64)


def _looked_up(types: pa.Array, table: tuple[pa.Array, Bits]) -> Bits:
    names, bits = table
    index = pc.index_in(types, value_set=names.cast(types.type))
    found: Bits = bits[_numpy(pc.fill_null(index, -1), np.int64)]
    return found


def _matches(types: pa.Array, pattern: str) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = _numpy(pc.match_substring_regex(types, pattern), np.bool_)
    return found


def _numpy(array: Any, kind: type) -> Any:
    return array.to_numpy(zero_copy_only=False).astype(kind)
