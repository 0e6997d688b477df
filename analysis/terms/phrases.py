"""Phrases found in a corpus: neighbouring terms that stand together far more often than apart.

Not for measuring collocations around a word (the measure `collocates` does), nor for counting phrases already known.
"""

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from analysis.corpus.scan import load
from analysis.errors import InputError, message
from analysis.terms.grams import Codes, bits_of, coded, spelled
from analysis.terms.stream import Longs, Streamer, streamer
from analysis.terms.tokens import Tokens


def find_phrases(tokens: Tokens, *, min_freq: int = 20, min_npmi: float = 0.5) -> tuple[str, ...]:
    """Find pairs of neighbouring terms that belong together, to be given as `phrases=` of a recipe.

    For phrases of three words, find them again with the pairs as phrases. Give stop words, or pairs of them are found.

    Parameters
    ----------
    tokens
        Articles and recipe; with `split="word"`. Neighbours are as for its n-grams.
    min_freq
        Fewest occurrences of the pair (2 or more). NPMI overrates pairs seen a few times.
    min_npmi
        Smallest normalised pointwise mutual information (-1 to 1; 1: never apart).

    Returns
    -------
    tuple of str
        The pairs, sorted, their words with a space between.

    Raises
    ------
    InputError
        A bound is none, or the recipe splits as scikit-learn does.

    Notes
    -----
    NPMI = ln(f12 N / (f1 f2)) / -ln(f12 / N), N all words in scope. Bouma (2009). One pass; memory grows with the
    different pairs (16 bytes each).
    """
    if isinstance(min_freq, bool) or not isinstance(min_freq, int) or min_freq < 2:
        raise InputError(message("`min_freq`", got=min_freq, expected="a whole number of at least 2"))
    if isinstance(min_npmi, bool) or not isinstance(min_npmi, int | float) or not -1 <= min_npmi <= 1:
        raise InputError(message("`min_npmi`", got=min_npmi, expected="-1 to 1"))
    if tokens.recipe.split != "word":
        raise InputError(
            message("phrases need our own tokens", got=tokens.recipe.split, expected="split='word'")
        )
    pairs = replace(tokens, recipe=replace(tokens.recipe, ngrams=(1, 2)))
    terms = pairs.vocabulary.terms
    bits = bits_of(len(terms), (1, 2))
    streams = streamer(pairs)
    work = partial(_count, streams=streams, bits=bits, view=tokens.corpus.view(*streams.columns))
    parts = tokens.corpus.engine.map(work, tokens.corpus.parts(), label="counting pairs")
    every = [found for some in parts for found in some]
    codes, freq = _summed(every)
    n_words = sum(n for _, _, n in every)
    second = (codes & np.uint64((1 << bits) - 1)).astype(np.int64)
    first = (codes >> np.uint64(bits)).astype(np.int64)
    single = np.zeros(len(terms) + 1, np.int64)
    single[first[second == 0]] = freq[second == 0]
    keep = (second > 0) & (freq >= min_freq)
    codes, f12, f1, f2 = codes[keep], freq[keep], single[first[keep]], single[second[keep]]
    with np.errstate(divide="ignore", invalid="ignore"):
        npmi = np.log(f12 / f1 * (n_words / f2)) / -np.log(f12 / n_words)
    good = codes[npmi >= min_npmi]
    words = spelled(good, terms, bits, 2).to_pylist()
    joined = "_" if tokens.recipe.phrases else ""
    return tuple(sorted({w.replace(joined, " ") if joined else w for w in words}))


def _count(part: Any, *, streams: Streamer, bits: int, view: Any) -> list[tuple[Codes, Longs, int]]:
    """Count terms and pairs of one part; a top-level function for a spawned process."""
    found = []
    for batch in load(part, view=view):
        stream, codes = coded(streams(batch), (1, 2), bits)
        count = np.bincount(stream.terms, minlength=len(codes)).astype(np.int64)
        found.append((codes, count, int(stream.n_words.sum())))
    return found


def _summed(every: list[tuple[Codes, Longs, int]]) -> tuple[Codes, Longs]:
    """Add up the counts of all parts."""
    codes = np.concatenate([np.empty(0, np.uint64), *(c for c, _, _ in every)])
    freq = np.concatenate([np.empty(0, np.int64), *(n for _, n, _ in every)])
    order = np.argsort(codes, kind="stable")
    codes, freq = codes[order], freq[order]
    new = (
        np.flatnonzero(np.concatenate([[True], codes[1:] != codes[:-1]])) if len(codes) else np.empty(0, int)
    )
    return codes[new], np.add.reduceat(freq, new) if len(new) else freq
