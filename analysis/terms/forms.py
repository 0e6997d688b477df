"""Forms made comparable: one apostrophe, one hyphen, lower case, and a wider folding for Arabic-script patterns.

Not for what is stored: nothing here changes a corpus.
"""

import unicodedata
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Bools = npt.NDArray[np.bool_]
_SAME = {"’": "'", "‘": "'", "＇": "'", "‐": "-", "‑": "-", "－": "-"}
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"


def plain(word: str, *, lower: bool = True) -> str:
    """Give a word as terms are written: NFC, ' for ’, - for other hyphens, soft hyphens gone, lower case.

    >>> plain("Isn’t"), plain("Isn’t", lower=False)
    ("isn't", "Isn't")
    """
    text = word
    if not text.isascii():
        text = unicodedata.normalize("NFC", word)
        for sign, same in _SAME.items():
            text = text.replace(sign, same)
        for sign in _INVISIBLE:
            text = text.replace(sign, "")
    return text.lower() if lower else text


def plain_forms(forms: pa.Array, *, lower: bool = True) -> pa.Array:
    """Give `plain` of every form (no form holds white space)."""
    return _changed(forms, partial(plain, lower=lower), lower=lower)


def lowered(forms: pa.Array) -> pa.Array:
    """Give str.lower of every form and nothing else, as scikit-learn does."""
    return _changed(forms, str.lower, lower=True)


def _changed(forms: pa.Array, change: Callable[[str], str], *, lower: bool) -> pa.Array:
    """Change all forms: those in ASCII by Arrow, the others by a function, all at once."""
    if isinstance(forms, pa.ChunkedArray):
        forms = forms.combine_chunks()
    done = pc.ascii_lower(forms) if lower else forms
    other = pc.invert(pc.string_is_ascii(forms))
    some = forms.filter(other).to_pylist()
    if not some:
        return done
    return pc.replace_with_mask(done, other, pa.array(change("\n".join(some)).split("\n"), pa.string()))


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
