"""Lexical diversity of running text: MATTR and MTLD, which do not fall merely because a text is longer.

Tokens are whole numbers (ids), one text or many laid end to end. Not for comparing texts of different languages or
preprocessing, nor for texts of fewer than about 100 words (MTLD) or than the window (MATTR, null).
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.errors import InputError, message
from analysis.jit import compiled
from analysis.stats.checks import Floats, Ints, codes, share, whole


def mattr(tokens: npt.ArrayLike, offsets: npt.ArrayLike | None = None, *, window: int = 50) -> Floats:
    """Moving-average type-token ratio of each text.

    Parameters
    ----------
    tokens
        Ids of words in order, (n_tokens,) of integers.
    offsets
        Where texts begin and the last one ends, (n_texts + 1,); without it there is one text.
    window
        Words in a window, at least 1.

    Returns
    -------
    (n_texts,) float64 in (0, 1]: the mean over all windows of distinct words / window; NaN for a text shorter
    than the window.

    Notes
    -----
    A token adds one type to each window that holds it but not its previous occurrence; those windows are
    counted, so the cost does not depend on the window (one sort). Reference: Covington & McFall (2010), Journal
    of Quantitative Linguistics 17(2).

    >>> mattr([1, 2, 1, 3], window=2).tolist()
    [1.0]
    """
    ids, ends = _texts(tokens, offsets)
    size = whole("window", window)
    n_tokens, n_texts = ids.size, ends.size - 1
    text = np.repeat(np.arange(n_texts), np.diff(ends))
    place = np.arange(n_tokens) - ends[text]
    last_start = np.diff(ends)[text] - size
    previous = _previous(ids, text)
    previous = np.where(previous < 0, -1, previous - ends[text])
    first = np.maximum(np.maximum(place - size + 1, previous + 1), 0)
    windows = np.maximum(np.minimum(place, last_start) - first + 1, 0)
    types = np.bincount(text, weights=windows, minlength=n_texts)
    n_windows = np.diff(ends) - size + 1
    out = np.full(n_texts, np.nan)
    np.divide(types, n_windows * float(size), out=out, where=n_windows > 0)
    return out


def mtld(tokens: npt.ArrayLike, offsets: npt.ArrayLike | None = None, *, threshold: float = 0.72) -> Floats:
    """Measure of textual lexical diversity of each text: the mean length in words of runs that keep a type-token ratio.

    Parameters
    ----------
    tokens, offsets
        As for `mattr`.
    threshold
        The ratio below which a run (a factor) ends; 0.72 in the reference.

    Returns
    -------
    (n_texts,) float64: words / factors, the mean of reading forwards and backwards. What is left at the end
    counts as a part of a factor, (1 - ratio) / (1 - threshold). NaN for an empty text, and for one in which no
    word is repeated.

    Notes
    -----
    One pass each way, compiled on first use. Reference: McCarthy & Jarvis (2010), Behavior Research Methods 42(2).
    """
    ids, ends = _texts(tokens, offsets)
    limit = share("threshold", threshold)
    if not ids.size:
        return np.full(ends.size - 1, np.nan)
    dense = np.unique(ids, return_inverse=True)[1].astype(np.int64)
    factors = _kernel()(dense, ends, limit, int(dense.max()) + 1)
    forward, backward = (
        np.divide(np.diff(ends), f, out=np.full(f.shape, np.nan), where=f > 0)
        for f in (factors[0], factors[1])
    )
    mean: Floats = (forward + backward) / 2
    return mean


def _factors(ids: Ints, ends: Ints, threshold: float, n_types: int) -> Floats:
    """Count factors, (2, n_texts): forwards, backwards. Plain loops, for numba."""
    out = np.zeros((2, ends.size - 1))
    seen_in = np.zeros(
        n_types, dtype=np.int64
    )  # the last run in which a type was seen: no clearing between runs
    run = 0
    for way in range(2):
        for t in range(ends.size - 1):
            run += 1
            n = types = 0
            for k in range(ends[t + 1] - ends[t]):
                token = ids[ends[t] + k] if way == 0 else ids[ends[t + 1] - 1 - k]
                n += 1
                if seen_in[token] != run:
                    seen_in[token] = run
                    types += 1
                if types / n < threshold:
                    out[way, t] += 1
                    run += 1
                    n = types = 0
            if n:
                out[way, t] += (1 - types / n) / (1 - threshold)
    return out


@cache
def _kernel() -> Callable[..., Any]:
    kernel: Callable[..., Any] = compiled(_factors)  # heavy: only where diversity is asked for
    return kernel


def _previous(ids: Ints, text: Ints) -> Ints:
    """Where the same id stood last in the same text, -1 for nowhere."""
    previous = np.full(ids.size, -1, dtype=np.int64)
    order = np.lexsort((ids, text))  # stable: equal ids stay in the order of the text
    same = (ids[order[1:]] == ids[order[:-1]]) & (text[order[1:]] == text[order[:-1]])
    previous[order[1:][same]] = order[:-1][same]
    return previous


def _texts(tokens: npt.ArrayLike, offsets: npt.ArrayLike | None) -> tuple[Ints, Ints]:
    ids = codes("tokens", tokens)
    if offsets is None:
        return ids, np.array([0, ids.size], dtype=np.int64)
    ends = codes("offsets", offsets)
    if ends.size < 1 or ends[0] != 0 or ends[-1] != ids.size or (np.diff(ends) < 0).any():
        raise InputError(
            message("`offsets` do not divide the tokens", expected=f"from 0 up to {ids.size}, never falling")
        )
    return ids, ends
