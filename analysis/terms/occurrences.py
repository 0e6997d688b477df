"""How often a pattern occurs in every article, beside its words: the stuff of rates.

Not for where the hits stand: that is `matching.find`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.corpus.encoded import TokenBatch
from analysis.corpus.scan import load
from analysis.schema import KINDS
from analysis.terms.atoms import distinct_words
from analysis.terms.matching import Finder, finder, lookup
from analysis.terms.patterns import Pattern, pattern_of
from analysis.terms.stream import Longs, scope_columns, words_in_scope
from analysis.terms.tokens import Tokens


@dataclass(frozen=True, eq=False)
class Occurrences:
    """Hits and words by article.

    Attributes
    ----------
    doc_ids
        list of str, sorted: every article of the selection.
    count
        int64: hits of the pattern.
    n_words
        int64: words and numbers in scope of voice and part, whatever the recipe leaves out.
    """

    doc_ids: list[str]
    count: Longs
    n_words: Longs


def count(tokens: Tokens, pattern: "str | Sequence[str] | Pattern") -> Occurrences:
    """Count the hits of a pattern in every article; hits as for `find`."""
    found = finder(tokens, pattern_of(pattern))
    columns = dict.fromkeys(("doc_id", *found.columns, *scope_columns(tokens.recipe)))
    word = np.isin(np.asarray(tokens.corpus.encoding.kinds), _WORDS).astype(np.uint8)
    work = partial(_count, finder=found, is_word=word, view=tokens.corpus.view(*columns))
    parts = tokens.corpus.engine.map(work, tokens.corpus.parts(), label="counting")
    every = [p for some in parts for p in some]
    ids = np.array([i for p in every for i in p[0].to_pylist()], dtype=object)
    order = np.argsort(ids, kind="stable")
    hits, words = (np.concatenate([np.empty(0, np.int64), *(p[k] for p in every)])[order] for k in (1, 2))
    return Occurrences(list(ids[order]), hits, words)


def no_hits(tokens: Tokens, pattern: Pattern) -> str:
    """Say why a pattern found nothing, and name the nearest words there are."""
    forms = lookup(tokens)
    absent = [
        w
        for w in distinct_words(pattern.phrases)
        if not any(len(forms.types(w, c)) for c in (None, "ur", "fa"))
    ]
    said = f"The pattern {pattern.text!r} matches nothing in the {len(tokens.corpus):,} articles selected"
    near = {w: forms.near(w) for w in absent[:5]}
    hints = [f"for {w!r} there are {', '.join(map(repr, found))}" for w, found in near.items() if found]
    if hints:
        return f"{said}; the nearest words: {'; '.join(hints)}."
    if not absent and pattern.longest > 1:
        return f"{said}: its words occur, but not side by side in one sentence, or not in this selection."
    return f"{said}."


_WORDS = (KINDS.index("word"), KINDS.index("number"))


def _count(
    part: Any, *, finder: Finder, is_word: npt.NDArray[np.uint8], view: Any
) -> list[tuple[pa.Array, Longs, Longs]]:
    """Count one part; a top-level function for a spawned process."""
    found = []
    for batch in load(part, view=view):
        tokens = TokenBatch.of(batch)
        hits = np.bincount(finder(batch, tokens).doc, minlength=len(tokens)).astype(np.int64)
        found.append((batch.column("doc_id"), hits, words_in_scope(tokens, finder.recipe, is_word)))
    return found
