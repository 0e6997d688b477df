"""What a recipe makes of every type: a map from type ids to terms, one for each language where that matters.

Not for counting (`dtm`), nor for phrases and n-grams, which are of several tokens.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.corpus.encoded import Encoding
from analysis.schema import KINDS
from analysis.terms import lemmas, stopwords
from analysis.terms.forms import Bools, among, lowered, matches, numpy, plain_forms
from analysis.terms.recipe import Recipe
from analysis.text.scripts import fold_script
from analysis.text.tokenize import NUMBER, type_classes

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
NONE, SKIP = -1, -(2**30)  # as in `kernel`
_WORD, _NUMBER = KINDS.index("word"), KINDS.index("number")
_PIECE = re.compile(r"(?u)\b\w\w+\b")


@dataclass(frozen=True, eq=False)
class TermMap:
    """The terms of a recipe and what each type becomes.

    Attributes
    ----------
    terms
        Arrow array of str, sorted by code point; more than what occurs in a selection.
    of_type
        int32, n_maps x n_types: the term of each type, -1 where it is none. In split recipes a type may become
        several terms: then -2 - k, and they are `more[more_first[k]:more_first[k + 1]]`. With phrases, a column for
        each follows the types, and one for the words that are part of one already (`SKIP`).
    languages
        The language of each map; empty where one map serves all, else the last map is for all other languages.
    is_word
        uint8 by type: 1 where it is a word or number, and so counts in denominators.
    """

    terms: pa.Array
    of_type: Ints
    languages: tuple[str, ...]
    is_word: npt.NDArray[np.uint8]
    more_first: Longs = field(default_factory=lambda: np.zeros(1, np.int64))
    more: Ints = field(default_factory=lambda: np.empty(0, np.int32))

    def __len__(self) -> int:
        return len(self.terms)

    @cached_property
    def packed(self) -> Ints:
        """What each type becomes, and whether it is a word, in one number (as `kernel.term_stream` reads it)."""
        packed: Ints = 2 * self.of_type + self.is_word
        return packed

    @property
    def most_pieces(self) -> int:
        """How many terms one token can become."""
        return int(np.diff(self.more_first).max(initial=1))

    def map_of(self, codes: pa.Array | None, n: int) -> Ints:
        """Say which map serves each of n articles."""
        if codes is None or not self.languages:
            return np.zeros(n, np.int32)
        at = pc.fill_null(pc.index_in(codes, value_set=pa.array(self.languages)), len(self.languages))
        found: Ints = numpy(at, np.int32)
        return found


def term_map(recipe: Recipe, encoding: Encoding, languages: Sequence[str | None]) -> TermMap:
    """Make the map of a recipe; `languages` are those of the articles, where the recipe asks."""
    codes = tuple(sorted({c for c in languages if c})) if recipe.by_language else ()
    codes = tuple(c for c in codes if c in (*stopwords.languages(), *lemmas.languages()))
    kinds = np.asarray(encoding.kinds)
    if recipe.split == "word":
        pieces, owner = _tokens(recipe, encoding.forms, kinds)
    else:
        pieces, owner = _pieces(recipe, encoding.forms)
    coded = pieces.dictionary_encode()
    of_piece = numpy(coded.indices, np.int64)
    phrases = pa.array([phrase_term(p) for p in recipe.phrases], pa.string())
    found = [_terms(recipe, coded.dictionary, code) for code in (*codes, None)]
    every, numbers = _numbered([pa.chunked_array([f, phrases]).combine_chunks() for f in found])
    maps = [m[of_piece] for m in numbers]
    is_word = np.isin(kinds, (_WORD, _NUMBER)).astype(np.uint8)
    if recipe.split == "word":
        of_type = np.full((len(maps), len(kinds)), NONE, np.int32)
        of_type[:, owner] = np.array(maps).reshape(len(maps), -1)
        if len(phrases):
            last = [[*m[len(coded.dictionary) :].tolist(), SKIP] for m in numbers]
            of_type = np.concatenate([of_type, np.array(last, np.int32)], axis=1)
            is_word = np.concatenate([is_word, np.ones(len(phrases) + 1, np.uint8)])
        return TermMap(every, of_type, codes, is_word)
    return TermMap(every, *_several(maps, owner, len(kinds), codes, is_word))


def phrase_term(phrase: str) -> str:
    """Name the term of a phrase.

    >>> phrase_term("foreign  minister")
    'foreign_minister'
    """
    return "_".join(phrase.replace('"', " ").split())


def _numbered(maps: list[pa.Array]) -> tuple[pa.Array, list[Ints]]:
    """Give the terms of all maps, sorted, and each map as places among them, -1 for null."""
    coded = pa.chunked_array(maps, pa.string()).combine_chunks().dictionary_encode()
    order = pc.sort_indices(coded.dictionary.cast(pa.binary()))
    rank = np.empty(len(order) + 1, np.int32)
    rank[order.to_numpy()] = np.arange(len(order), dtype=np.int32)
    rank[-1] = NONE
    places = rank[numpy(pc.fill_null(coded.indices, len(order)), np.int64)]
    return coded.dictionary.take(order), list(places.reshape(len(maps), -1))


def _tokens(recipe: Recipe, forms: pa.Array, kinds: npt.NDArray[np.int8]) -> tuple[pa.Array, Longs]:
    """Give one piece for every type the recipe may keep, and the types."""
    keep = kinds == _WORD
    if recipe.numbers:
        keep |= kinds == _NUMBER
    if recipe.punctuation:
        keep |= ~np.isin(kinds, (_WORD, _NUMBER))
    owner = np.flatnonzero(keep)
    pieces = plain_forms(forms.take(pa.array(owner)), lower=recipe.lower)
    if recipe.possessives == "strip":
        pieces = pc.replace_substring_regex(pieces, r"(.)'[sS]$", r"\1")
    return pieces, owner


def _pieces(recipe: Recipe, forms: pa.Array) -> tuple[pa.Array, Longs]:
    r"""Give the pieces of every type that `\b\w\w+\b` finds, and the type of each."""
    low = lowered(forms) if recipe.lower else forms
    low = pc.replace_substring(
        low, "’", "'"
    )  # no part of a word; without it most are ASCII, which Arrow can cut
    simple = numpy(pc.string_is_ascii(low), np.bool_)
    cut = pc.split_pattern_regex(low.filter(pa.array(simple)), "[^0-9A-Za-z_]+")
    other = [_PIECE.findall(form) for form in low.filter(pa.array(~simple)).to_pylist()]
    owner = np.concatenate(
        [
            np.flatnonzero(simple)[numpy(pc.list_parent_indices(cut), np.int64)],
            np.repeat(np.flatnonzero(~simple), [len(f) for f in other]),
        ]
    ).astype(np.int64)
    rest = pa.array([p for f in other for p in f], pa.string())
    pieces = pa.chunked_array([cut.flatten(), rest], pa.string()).combine_chunks()
    keep = numpy(pc.utf8_length(pieces), np.int64) > 1
    order = np.flatnonzero(keep)[np.argsort(owner[keep], kind="stable")]
    pieces, owner = pieces.take(pa.array(order)), owner[order]
    if not recipe.numbers:
        keep = np.asarray(type_classes(pieces)) != NUMBER
        return pieces.filter(pa.array(keep)), owner[keep]
    return pieces, owner


def _terms(recipe: Recipe, pieces: pa.Array, code: str | None) -> pa.Array:
    """Give the term of each piece in articles of one language, null where it is none."""
    stop = _stop_set(recipe, code)
    out = _stopped(recipe, pieces, stop, code) | (numpy(pc.utf8_length(pieces), np.int64) < recipe.min_length)
    tongue = _lemma_language(recipe, code)
    if tongue is not None:
        pieces = pa.array(np.where(out, None, pieces.to_numpy(zero_copy_only=False)), pa.string())
        pieces = lemmas.lemmatized(pieces, tongue)
        if recipe.lower:
            pieces = _lower_again(pieces)
        out = out | _stopped(recipe, pieces, stop, code) | _too_short(pieces, recipe.min_length)
    return pc.if_else(pa.array(out), pa.scalar(None, pa.string()), pieces)


def _stop_set(recipe: Recipe, code: str | None) -> frozenset[str]:
    words = set(recipe.drop)
    for name in recipe.stopwords:
        if name != stopwords.AUTO:
            words.update(stopwords.stop_words(name))
        elif code in stopwords.languages():
            words.update(stopwords.stop_words(str(code)))
    return frozenset(words)


def _stopped(recipe: Recipe, pieces: pa.Array, stop: frozenset[str], code: str | None) -> Bools:
    """Say which pieces are stop words; those outside Latin are compared in their folded spelling too."""
    if not stop:
        return np.zeros(len(pieces), np.bool_)
    low = pc.fill_null(pieces, "")
    if not recipe.lower or recipe.split != "word":
        low = plain_forms(low)
    found = among(low, sorted(stop))
    folded = {fold_script(w, code) for w in stop if not w.isascii()}
    at = np.flatnonzero(matches(low, r"\p{Arabic}") & ~found) if folded else ()
    if len(at):
        found[at] = [fold_script(w, code) in folded for w in low.take(pa.array(at)).to_pylist()]
    return found


def _lemma_language(recipe: Recipe, code: str | None) -> str | None:
    """Say by which language's dictionary words are looked up; a single one serves every article."""
    if len(recipe.lemmas) == 1 and recipe.lemmas[0] != lemmas.AUTO:
        return recipe.lemmas[0]
    if lemmas.AUTO in recipe.lemmas:
        return code if code in lemmas.languages() else None
    return code if code in recipe.lemmas else None


def _too_short(pieces: pa.Array, least: int) -> Bools:
    short: Bools = numpy(pc.fill_null(pc.utf8_length(pieces), 0), np.int64) < least
    return short


def _lower_again(pieces: pa.Array) -> pa.Array:
    """Lower-case lemmas (dictionaries write names with a capital); nulls stay."""
    low = lowered(pc.fill_null(pieces, ""))
    return pc.if_else(pc.is_valid(pieces), low, pa.scalar(None, pa.string()))


def _several(
    maps: list[Ints], owner: Longs, n_types: int, codes: tuple[str, ...], is_word: npt.NDArray[np.uint8]
) -> tuple[Any, ...]:
    """Put types with one term directly into the map, and those with several into `more`."""
    of_type = np.full((len(maps), n_types), NONE, np.int32)
    first, more = [np.zeros(1, np.int64)], []
    entries = 0
    for row, terms in zip(of_type, maps, strict=True):
        kept, by = terms[terms >= 0], owner[terms >= 0]
        n = np.bincount(by, minlength=n_types)
        single = n[by] == 1
        row[by[single]] = kept[single]
        many = np.flatnonzero(n > 1)
        row[many] = -2 - entries - np.arange(len(many), dtype=np.int32)
        first.append(first[-1][-1] + np.cumsum(n[many]))
        more.append(kept[~single])
        entries += len(many)
    return of_type, codes, is_word, np.concatenate(first), np.concatenate(more).astype(np.int32)
