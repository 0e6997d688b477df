"""Which types a word of a pattern stands for: case, apostrophes, possessives, stars, letters of the Arabic script.

Not for phrases: their words are looked up here one by one, and set beside each other in `matching`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.schema import KINDS
from analysis.terms.forms import matches, numpy, plain, plain_forms
from analysis.text.scripts import fold_script

Longs = npt.NDArray[np.int64]
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
FOLDED = ("ar", "fa", "ps", "ur")
"""Languages whose letters are folded in their own way."""
_COUNTED = (KINDS.index("word"), KINDS.index("number"))
_NEAR = 4


@dataclass(frozen=True, eq=False)
class Lookup:
    """The forms of a corpus as patterns see them; made once a recipe.

    Parameters
    ----------
    forms, kinds
        Of the encoding.
    lower, strip
        Whether case is ignored, and whether a word also stands for its possessive.
    """

    forms: pa.Array
    kinds: npt.NDArray[np.int8]
    lower: bool
    strip: bool

    @cached_property
    def plain(self) -> pa.DictionaryArray:
        """Every form in one spelling."""
        return plain_forms(self.forms, lower=self.lower).dictionary_encode()

    @cached_property
    def bare(self) -> pa.DictionaryArray:
        """Every form in one spelling, without a possessive 's."""
        if not self.strip:
            return self.plain
        forms = self.plain.dictionary
        own = pc.or_(
            pc.ends_with(forms, "'s"), pc.ends_with(forms, "'S")
        )  # an expression on all forms is slow
        some = pc.replace_substring_regex(forms.filter(own), "(.)'[sS]$", r"\1")
        stripped = pc.replace_with_mask(forms, own, some)
        again = stripped.dictionary_encode()
        return pa.DictionaryArray.from_arrays(again.indices.take(self.plain.indices), again.dictionary)

    def types(self, word: str, language: str | None) -> Longs:
        """Give the types a word stands for in articles of a language, sorted."""
        wanted = plain(word, lower=self.lower)
        own = re.search(r"'[sS]$", wanted) is not None
        if _ARABIC.search(wanted):
            return self._folded(wanted, language)
        coded = self.plain if own else self.bare
        hit = _matching(coded.dictionary, wanted)
        chosen = hit[numpy(coded.indices, np.int64)]
        if "*" in wanted:
            chosen &= np.isin(self.kinds, _COUNTED)
        found: Longs = np.flatnonzero(chosen)
        return found

    def near(self, word: str) -> list[str]:
        """Give the words of the corpus that look most like one."""
        wanted = plain(word.replace("*", ""), lower=self.lower)
        if not wanted:
            return []
        known = self.bare.dictionary
        length = numpy(pc.utf8_length(known), np.int64)
        around = np.abs(length - len(wanted)) <= max(1, len(wanted) // 4)
        for prefix in (wanted[:2], wanted[:1]):
            some = known.filter(pc.and_(pa.array(around), pc.starts_with(known, prefix))).to_pylist()
            found = get_close_matches(wanted, sorted(some)[:20_000], n=_NEAR, cutoff=0.7)
            if found:
                return found
        return []

    @cached_property
    def _arabic(self) -> Longs:
        found: Longs = np.flatnonzero(matches(self.forms, r"\p{Arabic}"))
        return found

    def _folded(self, wanted: str, language: str | None) -> Longs:
        """Compare in the wider folding of the language; only forms with such letters can match."""
        if not len(self._arabic):
            return self._arabic
        low = plain_forms(self.forms.take(pa.array(self._arabic)), lower=self.lower)
        spelled = pa.array(fold_script("\n".join(low.to_pylist()), language).split("\n"), pa.string())
        found: Longs = self._arabic[_matching(spelled, fold_script(wanted, language))]
        return found


def _matching(values: pa.Array, wanted: str) -> npt.NDArray[np.bool_]:
    """Say which values a word with or without stars matches as a whole."""
    if "*" not in wanted:
        hit = pc.equal(values, wanted)
    elif wanted.endswith("*") and "*" not in wanted[:-1]:
        hit = pc.starts_with(values, wanted[:-1])
    else:
        hit = pc.match_substring_regex(values, "^" + ".*".join(map(_literal, wanted.split("*"))) + "$")
    found: npt.NDArray[np.bool_] = numpy(hit, np.bool_)
    return found


def _literal(text: str) -> str:
    """Write text for RE2 so that nothing in it is a sign."""
    return "".join(c if c.isalnum() or ord(c) > 127 else "\\" + c for c in text)


def distinct_words(phrases: Sequence[tuple[str, ...]]) -> list[str]:
    """List the words of phrases, each once."""
    return list(dict.fromkeys(w for phrase in phrases for w in phrase))
