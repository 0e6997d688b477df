"""What VADER knows of words: valences, boosters, negations and idioms, read from the package `vaderSentiment`.

Every distinct word the rules can tell apart has a number, so that text becomes numbers and no string is looked at
again. Not for the rules (`vader_kernel`) nor for scoring (`vader`).
"""

import string
import sys
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

NAMED = (
    "", "no", "or", "nor", "kind", "of", "least", "at", "very", "never", "so", "this", "without", "doubt", "but",
)  # fmt: skip
"""Words the rules ask for by name, in the order of the numbers in `vader_kernel`."""
OTHER, NEGATED = 0, 2
"""Numbers of words of no list: any other, and one with n't in it; one more for words in capitals."""
COMPENSATED = sys.version_info >= (3, 12)
"""Whether this Python's `sum` corrects its rounding, and so the reference's."""

_CORE, _PUNCTUATION, _PICTURE = 0, 1, 2
_IN_LEXICON, _CAPITALS, _NEGATES = 1, 2, 4
_SAME = str.maketrans({"’": "'", "‘": "'", "＇": "'"})
_STRAIGHT = str.maketrans(dict.fromkeys("“”„‟«»", '"'))


@dataclass(frozen=True, eq=False)
class Known:
    """Arrays by the number of a word: twice its place among all known words, and one more where it is in capitals."""

    number: dict[str, int]
    valence: npt.NDArray[np.float64]
    boost: npt.NDArray[np.float64]
    flags: npt.NDArray[np.uint8]
    code: npt.NDArray[np.uint8]
    pairs: npt.NDArray[np.float64]
    triples: npt.NDArray[np.float64]
    dampers: npt.NDArray[np.float64]
    pictures: dict[str, str]

    def word(self, word: str) -> int:
        """Give the number of a word as the reference cuts it."""
        low = word.lower()
        found = self.number.get(low)
        if found is None:
            found = NEGATED if "n't" in low else OTHER
        return found + word.isupper()


def lexicon() -> dict[str, float]:
    """Read the valences of the package, as the reference does: of two lines for one word the last."""
    found = {}
    for line in _text("vader_lexicon.txt").rstrip("\n").split("\n"):
        if line:
            word, valence = line.strip().split("\t")[:2]
            found[word] = float(valence)
    return found


def pictures() -> dict[str, str]:
    """Read the names of the emojis that are one character: the reference looks at no others."""
    lines = _text("emoji_utf8_lexicon.txt").rstrip("\n").split("\n")
    pairs = (line.strip().split("\t")[:2] for line in lines)
    return {sign: name for sign, name in pairs if len(sign) == 1}


@cache
def known() -> Known:
    """Number every word of the package's lists."""
    reference = import_module("vaderSentiment.vaderSentiment")  # its word lists; its code is not used

    valences = {w: v for w, v in lexicon().items() if w == w.lower()}
    boosters = {w: v for w, v in reference.BOOSTER_DICT.items() if " " not in w}
    idioms = {tuple(k.split()): v for k, v in reference.SPECIAL_CASES.items() if " " in k}
    dampers = {tuple(k.split()): v for k, v in reference.BOOSTER_DICT.items() if " " in k}
    in_phrases = sorted({w for phrase in (*idioms, *dampers) for w in phrase} - set(NAMED))
    codes = {w: i for i, w in enumerate((*NAMED, *in_phrases)) if w}
    negations = set(reference.NEGATE)
    words = sorted(valences.keys() | boosters.keys() | negations | codes.keys())
    number = {w: 2 * i + 4 for i, w in enumerate(words)}
    n = 2 * len(words) + 4
    valence, boost = np.zeros(n), np.zeros(n)
    flags, code = np.zeros(n, np.uint8), np.zeros(n, np.uint8)
    flags[[NEGATED, NEGATED + 1]] |= _NEGATES
    for w, i in number.items():
        both = slice(i, i + 2)
        valence[both], boost[both] = valences.get(w, 0.0), boosters.get(w, 0.0)
        code[both] = codes.get(w, 0)
        flags[both] |= _IN_LEXICON * (w in valences) | _NEGATES * (w in negations or "n't" in w)
    flags[1::2] |= _CAPITALS
    k = len(codes) + 1
    two, three, damp = np.full((k, k), np.nan), np.full((k, k, k), np.nan), np.zeros((k, k))
    for phrase, value in idioms.items():
        (two if len(phrase) == 2 else three)[tuple(codes[w] for w in phrase)] = value
    for phrase, value in dampers.items():
        damp[tuple(codes[w] for w in phrase)] = value
    return Known(number, valence, boost, flags, code, two, three, damp, pictures())


@dataclass(frozen=True, eq=False)
class TypeTable:
    """What the types of a corpus are to VADER, one entry a type: see `vader_kernel.words_of`."""

    forms: pa.Array
    straight: bool
    kind: npt.NDArray[np.uint8]
    short: npt.NDArray[np.bool_]
    alone: npt.NDArray[np.int32]
    excl: npt.NDArray[np.int32]
    quest: npt.NDArray[np.int32]


def type_table(forms: pa.Array, *, straight: bool = False) -> TypeTable:
    """Look up every type once; the loop is over distinct forms, about a microsecond each. `straight` as in `plain`."""
    words, n = known(), len(forms)
    kind, short = np.zeros(n, np.uint8), np.zeros(n, np.bool_)
    alone = np.zeros(n, np.int32)
    marks = [pc.count_substring(forms, sign).to_numpy(zero_copy_only=False) for sign in "!?"]
    strange = words.pictures.keys()
    for i, form in enumerate(forms.to_pylist()):
        spelled = form if form.isalpha() and form.isascii() else plain(form, straight=straight)
        bare = spelled.strip(string.punctuation)
        short[i] = len(bare) <= 2
        alone[i] = words.word(spelled if short[i] else bare)
        if not bare:
            kind[i] = _PUNCTUATION
        elif not form.isascii() and not strange.isdisjoint(spelled):
            kind[i] = _PICTURE
    return TypeTable(
        forms, straight, kind, short, alone, marks[0].astype(np.int32), marks[1].astype(np.int32)
    )


def plain(text: str, *, straight: bool = False) -> str:
    """Give a text as tone reads it: ' for ’ and ‘, and without format characters (zero-width, soft hyphens).

    Scores equal those of the reference for this text. `straight` reads “ and ” as " too: the reference leaves them on
    a word, and so misses the first and the last word of a quotation.

    >>> plain("It isn’t zero\u200d-width")
    "It isn't zero-width"
    """
    if text.isascii():
        return text
    if straight:
        text = text.translate(_STRAIGHT)
    return "".join(c for c in text.translate(_SAME) if c.isprintable() or not _is_format(c))


def spelled_out(text: str) -> tuple[list[int], int, int]:
    """Cut a spelling as the reference does: the numbers of its words, and the marks its emojis' names add."""
    words = known()
    if text.isascii():
        return [_cut(piece) for piece in text.split()], 0, 0
    pieces, space = [], True
    for c in text:
        name = words.pictures.get(c)
        if name is not None:
            pieces.append(name if space else " " + name)
            space = False
        else:
            pieces.append(c)
            space = c == " "
    whole = "".join(pieces)
    found = [_cut(piece) for piece in whole.split()]
    return found, whole.count("!") - text.count("!"), whole.count("?") - text.count("?")


def _cut(piece: str) -> int:
    """Number a piece between white space: without punctuation at its edges, where more than two characters stay."""
    bare = piece.strip(string.punctuation)
    return known().word(piece if len(bare) <= 2 else bare)


def _is_format(character: str) -> bool:
    import unicodedata

    return unicodedata.category(character) == "Cf"


def _text(name: str) -> str:
    """Read a file of the package as text: by a path, some readers refuse it where packages are linked."""
    found: Any = files("vaderSentiment").joinpath(name)
    return str(found.read_text(encoding="utf-8"))
