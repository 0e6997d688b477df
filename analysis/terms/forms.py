"""Forms made comparable: one apostrophe, one hyphen, lower case, and a wider folding for Arabic-script patterns.

Not for what is stored: nothing here changes a corpus.
"""

import unicodedata
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Bools = npt.NDArray[np.bool_]
_APOSTROPHES = str.maketrans("’‘＇", "'''")
_HYPHENS = str.maketrans("‐‑－", "---")
_SOFT = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")


def plain(word: str, *, lower: bool = True) -> str:
    """Give a word as terms are written: NFC, ' for ’, - for other hyphens, soft hyphens gone, lower case.

    >>> plain("Isn’t"), plain("Isn’t", lower=False)
    ("isn't", "Isn't")
    """
    text = unicodedata.normalize("NFC", word).translate(_APOSTROPHES).translate(_HYPHENS).translate(_SOFT)
    return text.lower() if lower else text


def plain_forms(forms: pa.Array, *, lower: bool = True) -> pa.Array:
    """Give `plain` of every form (no form holds white space)."""
    if not len(forms):
        return pa.array([], pa.string())
    return pa.array(plain("\n".join(forms.to_pylist()), lower=lower).split("\n"), pa.string())


def lowered(forms: pa.Array) -> pa.Array:
    """Give str.lower of every form and nothing else, as scikit-learn does."""
    if not len(forms):
        return pa.array([], pa.string())
    return pa.array("\n".join(forms.to_pylist()).lower().split("\n"), pa.string())


def among(values: pa.Array, words: Sequence[str]) -> Bools:
    """Say which values are one of these words."""
    found: Bools = numpy(pc.is_in(values, value_set=pa.array(list(words), pa.string())), np.bool_)
    return found


def matches(values: pa.Array, pattern: str) -> Bools:
    """Say which values match an expression of ours (RE2)."""
    found: Bools = numpy(pc.match_substring_regex(values, pattern), np.bool_)
    return found


def numpy(array: Any, kind: Any) -> Any:
    """Give an Arrow array as NumPy."""
    return np.asarray(array.to_numpy(zero_copy_only=False)).astype(kind, copy=False)
