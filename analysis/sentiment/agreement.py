"""Do instruments of tone agree on the same segments? Where they do not, none is to be believed unchecked.

Agreement of instruments with each other, which is not agreement with people: that takes a hand-coded sample.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from analysis.corpus.handle import Corpus
from analysis.errors import InputError, SelectionError, message
from analysis.result import Result
from analysis.sentiment.instrument import Floats, Instrument, Longs
from analysis.sentiment.score import ScoredSegments, segment_scores
from analysis.sentiment.tone import corpus_checked, instrument_of, validation_note
from analysis.series.source import fields_of
from analysis.stats.bootstrap import poisson_weights, unit_keys
from analysis.stats.checks import share, whole
from analysis.terms.recipe import make_recipe

if TYPE_CHECKING:
    from analysis.sentiment.tone import LexiconLike

_BLOCK = 50  # draws held at a time


def agreement(
    corpus: Corpus,
    instruments: "Sequence[LexiconLike] | Mapping[str, LexiconLike]",
    *,
    voice: str | Sequence[str] | None = None,
    part: str | Sequence[str] | None = None,
    neutral: str | Sequence[str] | None = "news",
    level: float = 0.95,
    n_boot: int = 499,
    seed: int = 1,
) -> Result:
    """Compare instruments of tone pair by pair on the same segments.

    Parameters
    ----------
    corpus
        The articles.
    instruments
        Two or more, as `lexicon` of `tone`: `["vader", "vader-words", "mine.csv"]`, or by name in a mapping.
    voice, part, neutral
        As for `tone`.
    level, n_boot, seed
        Of the intervals of `pearson`, `alpha` and `opposed`: stories are resampled (percentiles).

    Returns
    -------
    Result
        kind `agreement`; one row a pair, in the order given:

        first, second
            str.
        n_segments, n_both
            int64: segments both read; those in which both have a hit.
        pearson, spearman
            float64, -1 to 1, over all segments (those without a hit score 0); null where one never varies.
        alpha
            float64, at most 1: Krippendorff's for interval data, scores divided by their root mean square, since each
            instrument has its own scale. 0 is what chance gives.
        opposed
            float64, 0 to 1: of the segments in which both have a hit and neither scores 0, those with opposite signs.
        one_silent
            float64, 0 to 1: of the segments with a hit of either, those in which the other has none.
        pearson_low, pearson_high, alpha_low, alpha_high, opposed_low, opposed_high
            float64.

    Raises
    ------
    InputError
        Fewer than two instruments, or two of one name.
    SelectionError
        No segment is read by both.

    Notes
    -----
    A pass an instrument. References: Krippendorff (2004), Content analysis, ch. 11; van Atteveldt, van der Velden &
    Boukes (2021) for how little lexicons agree with people, and with each other.
    """
    share("level", level)
    whole("n_boot", n_boot, at_least=99)
    named = _named(instruments, neutral)
    corpus = corpus_checked(corpus)
    made = {name: segment_scores(corpus, i, voice=voice, part=part) for name, i in named.items()}
    table = fields_of(corpus, [])
    story_of = dict(zip(table["doc_id"], table["story_id"], strict=True))
    rows = [
        {"first": a, "second": b, **_pair(made[a], made[b], story_of, level, n_boot, seed)}
        for a, b in combinations(named, 2)
    ]
    return Result(
        kind="agreement",
        table=pd.DataFrame(rows),
        unit="agreement on segments",
        params={
            "instruments": {name: dict(i.params) for name, i in named.items()},
            **make_recipe(voice=voice, part=part).params, "level": level, "n_boot": n_boot, "seed": seed,
        },
        corpus_fingerprint=corpus.fingerprint,
        notes=(
            "Instruments that agree may be wrong together: agreement with each other is not validity.",
            *dict.fromkeys(validation_note(corpus, i) for i in named.values()),
            *dict.fromkeys(n for s in made.values() for n in s.reading.notes),
        ),
        source=corpus,
    )  # fmt: skip


def alpha_interval(x: Floats, y: Floats) -> float:
    """Krippendorff's alpha of two raters for interval data, without missing values; NaN where nothing varies.

    >>> round(alpha_interval(np.array([1.0, 2, 3, 3]), np.array([1.0, 2, 3, 4])), 4)
    0.8889
    """
    both = np.concatenate([x, y])
    expected = 2 * float(((both - both.mean()) ** 2).sum()) / (both.size - 1)
    observed = float(((x - y) ** 2).mean())
    return 1 - observed / expected if expected > 0 else float("nan")


def _named(
    instruments: "Sequence[LexiconLike] | Mapping[str, LexiconLike]", neutral: str | Sequence[str] | None
) -> dict[str, Instrument]:
    if isinstance(instruments, Mapping):
        named = {str(name): instrument_of(i, neutral) for name, i in instruments.items()}
    elif isinstance(instruments, str) or not isinstance(instruments, Sequence):
        raise InputError(message("`instruments`", got=instruments, expected="a list of two or more"))
    else:
        every = [instrument_of(i, neutral) for i in instruments]
        named = {i.name: i for i in every}
        if len(named) < len(every):
            raise InputError(
                message("two instruments have one name", got=[i.name for i in every],
                        hint="Name them: {'mine': ..., 'theirs': ...}.")
            )  # fmt: skip
    if len(named) < 2:
        raise InputError(message("`instruments`", got=list(named), expected="two or more"))
    return named


def _pair(
    one: ScoredSegments,
    two: ScoredSegments,
    story_of: Mapping[str, str],
    level: float,
    n_boot: int,
    seed: int,
) -> dict[str, float]:
    """Everything of one pair."""
    a, b, docs = _aligned(one, two)
    if not a.size:
        raise SelectionError(message("no segment is read by both instruments"))
    x, y = one.score[a], two.score[b]
    hit_x, hit_y = one.hits[a] > 0, two.hits[b] > 0
    u, v = _scaled(x), _scaled(y)
    signed = hit_x & hit_y & (x != 0) & (y != 0)
    opposite = signed & ((x > 0) != (y > 0))
    stories, story = np.unique([story_of[d] for d in docs], return_inverse=True)
    parts = np.stack([np.ones(u.size), u, v, u * u, v * v, u * v, opposite, signed])
    by_story = np.stack([np.bincount(story, weights=p, minlength=stories.size) for p in parts])
    pearson, alpha, opposed = _from_sums(by_story.sum(axis=1)[:, None])
    from threadpoolctl import threadpool_limits

    keys, drawn = unit_keys(stories.tolist()), []
    for first in range(0, n_boot, _BLOCK):
        weights = poisson_weights(keys, min(_BLOCK, n_boot - first), seed=seed, first=first)
        with threadpool_limits(limits=1):  # with more, BLAS adds in another order, and the last digit differs
            sums = by_story @ weights
        drawn.append(np.stack(_from_sums(sums)))
    ends = _ends(np.concatenate(drawn, axis=1), level)
    either = hit_x | hit_y
    found = {
        "n_segments": int(a.size),
        "n_both": int((hit_x & hit_y).sum()),
        "pearson": float(pearson[0]),
        "spearman": float(_from_sums(_moments(rankdata(x), rankdata(y)))[0][0]),
        "alpha": float(alpha[0]),
        "opposed": float(opposed[0]),
        "one_silent": float((either & ~(hit_x & hit_y)).sum() / either.sum()) if either.any() else np.nan,
    }
    for name, (low, high) in zip(("pearson", "alpha", "opposed"), ends, strict=True):
        found |= {f"{name}_low": low, f"{name}_high": high}
    return found


def _aligned(one: ScoredSegments, two: ScoredSegments) -> tuple[Longs, Longs, list[str]]:
    """Give the places of the segments both read, and the article of each."""
    keys = []
    for scored in (one, two):
        ids = np.array(scored.doc_ids, dtype=object)[scored.doc] if scored.doc.size else np.empty(0, object)
        keys.append(pd.MultiIndex.from_arrays([ids, scored.segment]))
    if keys[0].equals(keys[1]):
        a = b = np.arange(len(keys[0]))
    else:
        at = keys[1].get_indexer(keys[0])
        a = np.flatnonzero(at >= 0)
        b = at[a]
    return a, b, keys[0].get_level_values(0).to_numpy()[a].tolist()


def _scaled(values: Floats) -> Floats:
    size = float(np.sqrt((values**2).mean()))
    return values / size if size > 0 else values


def _moments(x: Floats, y: Floats) -> Floats:
    zero = np.zeros(x.size)
    x, y = x - x.mean(), y - y.mean()
    found: Floats = np.stack([np.ones(x.size), x, y, x * x, y * y, x * y, zero, zero]).sum(axis=1)[:, None]
    return found


def _from_sums(sums: Floats) -> tuple[Floats, Floats, Floats]:
    """Pearson's r, alpha and the share opposed from sums of 1, u, v, uu, vv, uv, opposed and signed."""
    n, u, v, uu, vv, uv, opposite, signed = sums
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = np.sqrt(np.maximum(uu - u * u / n, 0) * np.maximum(vv - v * v / n, 0))
        pearson = np.where(spread > 0, (uv - u * v / n) / spread, np.nan)
        expected = 2 * (uu + vv - (u + v) ** 2 / (2 * n)) / (2 * n - 1)
        alpha = np.where(expected > 0, 1 - (uu + vv - 2 * uv) / n / expected, np.nan)
        return pearson, alpha, np.where(signed > 0, opposite / signed, np.nan)


def _ends(drawn: Floats, level: float) -> list[tuple[float, float]]:
    found = []
    for row in drawn:
        known = row[np.isfinite(row)]
        if known.size < drawn.shape[1] // 2:
            found.append((np.nan, np.nan))
            continue
        low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
        found.append((float(low), float(high)))
    return found
