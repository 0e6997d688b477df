"""Which script each letter of a text belongs to, in a few passes over an array.

Not for languages: several share a script (`languages` tells them apart). Marks, digits and punctuation are no letters
here, so that a share of letters means the same in every script.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

_RANGES = {
    "Latin": "41-24f 250-2af 1d00-1dbf 1e00-1eff 2c60-2c7f a720-a7ff ab30-ab6f fb00-fb06 ff21-ff5a 1d400-1d6a3",
    "Arabic": "600-6ff 750-77f 870-8ff fb50-fdff fe70-fefc",
    "Devanagari": "900-97f a8e0-a8ff",
    "Bengali": "980-9ff",
    "Gurmukhi": "a00-a7f",
    "Gujarati": "a80-aff",
    "Oriya": "b00-b7f",
    "Tamil": "b80-bff",
    "Telugu": "c00-c7f",
    "Kannada": "c80-cff",
    "Malayalam": "d00-d7f",
    "Sinhala": "d80-dff",
    "Thaana": "780-7bf",
    "Cyrillic": "400-52f 1c80-1c8f 2de0-2dff a640-a69f",
    "Greek": "370-3ff 1f00-1fff",
    "Armenian": "530-58f",
    "Hebrew": "590-5ff fb1d-fb4f",
    "Georgian": "10a0-10ff 1c90-1cbf 2d00-2d2f",
    "Ethiopic": "1200-139f 2d80-2ddf",
    "Thai": "e00-e7f",
    "Lao": "e80-eff",
    "Tibetan": "f00-fff",
    "Myanmar": "1000-109f a9e0-a9ff aa60-aa7f",
    "Khmer": "1780-17ff",
    "Hangul": "1100-11ff 3130-318f ac00-d7ff",
    "Kana": "3040-30ff 31f0-31ff ff66-ff9f",
    "Han": "3005-3007 3400-4dbf 4e00-9fff f900-faff 20000-323af",
}
SCRIPTS = (None, "Other", *_RANGES)
"""Names by number; 0 is no letter."""
_END = 0x32400
_ASCII = bytes(range(0x80))
# What is left of UTF-8 without ASCII, where the only letters are Latin: trail bytes, the lead bytes of U+0080 to
# U+02FF, and that of U+2000 to U+2FFF (quotation marks, dashes).
_LATIN_BYTES = bytes([*range(0x80, 0xC0), *range(0xC2, 0xCC), 0xE2])


class Runs(NamedTuple):
    """Stretches of letters of one script, in order: from `start` to `end` (characters), with `letters` letters."""

    script: npt.NDArray[np.uint8]
    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    letters: npt.NDArray[np.int64]


def surely_latin(text: str) -> bool:
    """Say in microseconds that every letter is Latin; False means it has to be looked at.

    >>> surely_latin("\u201cnaïve\u201d \u2013 she said"), surely_latin("ἀρχή")
    (True, False)
    """
    return text.isascii() or not text.encode("utf-8", "replace").translate(None, _ASCII + _LATIN_BYTES)


def runs_of(text: str) -> Runs:
    """Cut a text into stretches of one script; what is no letter belongs to none and ends none.

    >>> runs = runs_of("Radio پاکستان 1")
    >>> [SCRIPTS[s] for s in runs.script], runs.letters.tolist()
    (['Latin', 'Arabic'], [5, 7])
    """
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    scripts = _numbers()[np.minimum(points, _END - 1)]
    at = np.flatnonzero(scripts)
    if not len(at):
        none = np.zeros(0, np.int64)
        return Runs(none.astype(np.uint8), none, none, none)
    found = scripts[at]
    first = np.concatenate(([0], np.flatnonzero(np.diff(found)) + 1))
    last = np.append(first[1:], len(found)) - 1
    return Runs(found[first], at[first], at[last] + 1, last - first + 1)


def letters_by_script(text: str) -> dict[str, int]:
    """Count the letters of each script, in falling order.

    >>> letters_by_script("Colombo කොළඹ 2025!")
    {'Latin': 7, 'Sinhala': 3}
    """
    runs = runs_of(text)
    counts = np.bincount(runs.script, weights=runs.letters, minlength=len(SCRIPTS)).astype(int)
    order = np.argsort(-counts, kind="stable")
    return {str(SCRIPTS[i]): int(counts[i]) for i in order if counts[i]}


@lru_cache(maxsize=1)
def _numbers() -> npt.NDArray[np.uint8]:
    """Give the number of the script of every code point; made when first needed, in some 10 ms."""
    letters = np.fromiter((c.isalpha() for c in map(chr, range(_END))), dtype=bool, count=_END)
    numbers = np.ones(_END, np.uint8)
    for number, name in enumerate(SCRIPTS):
        for bounds in _RANGES.get(name or "", "").split():
            start, end = (int(x, 16) for x in bounds.split("-"))
            numbers[start : end + 1] = number
    numbers[~letters] = 0
    numbers[-1] = 0
    numbers.flags.writeable = False
    return numbers
