"""Tone in tables of voices: over time, and by outlet. What a reader sees first; for one line use `trend`.

Not for tests: differences are tested with `compare` and `breaks`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.corpus.handle import Corpus
from analysis.errors import SelectionError, choose, message
from analysis.result import Result, Traced
from analysis.schema import VOICES
from analysis.sentiment.score import SUMS, article_sums
from analysis.sentiment.tone import corpus_checked, instrument_of, shares, tone, validation_note
from analysis.series.frame import FIELDS
from analysis.series.source import fields_of
from analysis.series.trend import trend
from analysis.stats.bootstrap import ratio_draws, ratio_interval, unit_keys
from analysis.stats.checks import share, whole
from analysis.terms.recipe import make_recipe

if TYPE_CHECKING:
    from analysis.sentiment.tone import LexiconLike

ALL = "all voices"


def tone_by_voice(
    corpus: Corpus,
    *,
    by: str,
    lexicon: "LexiconLike" = "vader",
    part: str | Sequence[str] | None = None,
    neutral: str | Sequence[str] | None = "news",
    level: float = 0.95,
    n_boot: int = 2000,
    seed: int = 1,
) -> Result:
    """Draw the tone of each voice over time, and of all together, with the share of segments hit beside it.

    Parameters
    ----------
    corpus, lexicon, part, neutral
        As for `tone`.
    by, level, n_boot, seed
        As for `trend`.

    Returns
    -------
    Result
        kind `tone_by_voice`; one row a voice and period, `all voices` first:

        voice
            str.
        period, numerator, denominator, n_docs, n_stories, estimate, low, high, status
            As of `trend`.
        hit_share, hit_mean
            float64: segments with a hit by segments, and the mean score of these; null without segments.

    Notes
    -----
    Cost: one pass, and a trend a voice.
    """
    tables = []
    lines: dict[str, Result] = {}
    notes: dict[str, None] = {}
    for voice in (None, *VOICES):
        parts = {
            name: tone(corpus, lexicon=lexicon, voice=voice, part=part, neutral=neutral, measure=name)
            for name in ("tone", "hit_share")
        }
        line = trend(parts["tone"], by=by, level=level, n_boot=n_boot, seed=seed)
        table = line.table.drop(columns=["group", "standardised"])
        table.insert(0, "voice", voice or ALL)
        lines[voice or ALL] = line
        hit_share = trend(parts["hit_share"], by=by, inference=None).table["estimate"].to_numpy(dtype=float)
        estimate = table["estimate"].to_numpy(dtype=float)
        table["hit_share"] = hit_share
        table["hit_mean"] = np.divide(
            estimate, hit_share, out=np.full(estimate.size, np.nan), where=hit_share > 0
        )
        tables.append(table)
        notes.update(dict.fromkeys(n for n in line.notes if " words are hits; " not in n or voice is None))
    instrument = instrument_of(lexicon, neutral)
    return Result(
        kind="tone_by_voice",
        table=pd.concat(tables, ignore_index=True),
        unit=instrument.unit,
        params={
            **instrument.params, **make_recipe(part=part).params, "by": by, "level": level, "n_boot": n_boot,
            "seed": seed, "label": f"tone ({instrument.name})",
        },
        corpus_fingerprint=corpus.fingerprint,
        notes=tuple(notes),
        source=Traced(corpus, lines),
    )  # fmt: skip


def tone_groups(
    corpus: Corpus,
    *,
    across: str = "outlet",
    lexicon: "LexiconLike" = "vader",
    part: str | Sequence[str] | None = None,
    neutral: str | Sequence[str] | None = "news",
    level: float = 0.95,
    n_boot: int = 999,
    seed: int = 1,
) -> Result:
    """Compare the tone of groups, voice by voice.

    Parameters
    ----------
    corpus, lexicon, part, neutral
        As for `tone`.
    across
        `outlet`, `agency`, `section`, `author`, `language` or a column of metadata.csv.
    level, n_boot, seed
        Of the intervals: stories are resampled (studentised bootstrap); null below five stories.

    Returns
    -------
    Result
        kind `tone_groups`; one row a group and voice, groups by name (null last), voices in the order narration,
        quotation, reported, all voices:

        group, voice
            str; null for articles without the field.
        n_docs, n_stories, n_segments
            int64: articles and stories with a segment in the voice, and their segments.
        share
            float64: of the group's segments.
        tone, low, high
            float64; null without segments.
        hit_share, hit_mean
            float64: segments with a hit by segments; the mean score of these.

    Raises
    ------
    InputError, UnknownNameError, SelectionError
        As for `tone` and `trend`.

    Notes
    -----
    Outlets write of different things: a difference in tone is not one in attitude.
    """
    share("level", level)
    whole("n_boot", n_boot, at_least=99)
    corpus = corpus_checked(corpus)
    metadata = corpus.overlay.metadata.column_names if corpus.overlay.metadata is not None else []
    choose("across", across, [*FIELDS, *(n for n in metadata if n != "doc_id")])
    instrument = instrument_of(lexicon, neutral)
    sums = article_sums(corpus, instrument)
    if not sums.doc_ids:
        raise SelectionError(message("there are no articles in this selection"))
    articles = fields_of(corpus, [across]).set_index("doc_id").loc[sums.doc_ids]
    column = articles[across].astype(object).where(articles[across].notna(), None)
    present = set(column)
    names = sorted(v for v in present if v is not None) + ([None] if None in present else [])
    group = np.array([names.index(v) for v in column], dtype=np.int64)
    stories, story = np.unique(articles["story_id"].to_numpy(dtype=object).astype(str), return_inverse=True)
    rows = []
    of_voice = {v: sums.of(make_recipe(voice=v, part=part)) for v in (*VOICES, None)}
    whole_segments = np.bincount(group, weights=of_voice[None][:, 1], minlength=len(names))
    for voice, values in of_voice.items():
        cell = group * len(stories) + story
        pairs, at = np.unique(cell, return_inverse=True)
        x, n = (np.bincount(at, weights=values[:, k], minlength=pairs.size) for k in (0, 1))
        some = n > 0
        keys = unit_keys(stories[pairs[some] % len(stories)].tolist())
        own = pairs[some] // len(stories)
        drawn = ratio_draws(
            x[some], n[some], keys, groups=own, n_groups=len(names), n_draws=n_boot, seed=seed
        )
        _, (low, high) = ratio_interval(drawn, level=level)
        enough = np.bincount(own, minlength=len(names)) >= 5
        for g, name in enumerate(names):
            mine = values[group == g]
            total = mine.sum(axis=0)
            segments, hit = total[SUMS.index("segments")], total[SUMS.index("segments_hit")]
            rows.append(
                {
                    "group": name,
                    "voice": voice or ALL,
                    "n_docs": int((mine[:, SUMS.index("segments")] > 0).sum()),
                    "n_stories": int((own == g).sum()),
                    "n_segments": int(segments),
                    "share": segments / whole_segments[g] if whole_segments[g] else np.nan,
                    "tone": total[0] / segments if segments else np.nan,
                    "low": low[g] if enough[g] else np.nan,
                    "high": high[g] if enough[g] else np.nan,
                    "hit_share": hit / segments if segments else np.nan,
                    "hit_mean": total[SUMS.index("score_hit")] / hit if hit else np.nan,
                }
            )
    rows.sort(key=lambda r: names.index(r["group"]))
    every = of_voice[None].sum(axis=0)
    return Result(
        kind="tone_groups",
        table=pd.DataFrame(rows),
        unit=instrument.unit,
        params={
            **instrument.params, **make_recipe(part=part).params, "across": across, "level": level, "n_boot": n_boot,
            "seed": seed, "label": f"tone ({instrument.name})",
        },
        corpus_fingerprint=corpus.fingerprint,
        notes=(
            validation_note(corpus, instrument),
            *shares(dict(zip(SUMS, every.tolist(), strict=True))),
            *instrument.notes,
            *sums.reading.notes,
            f"Intervals resample stories; level {level:g}. They do not cover what the groups write about.",
        ),
        source=Traced(corpus, instrument),
    )  # fmt: skip
