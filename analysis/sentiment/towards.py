"""Tone towards a target: how the words around its mentions are, by an instrument of tone.

Not the tone of articles that mention it, and not what it says itself: in a quotation, the tone is the speaker's. No
grammar is read: "A attacked B" is hostile around both.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.corpus.handle import Corpus
from analysis.errors import InputError, choose, message
from analysis.result import Measurement, Result
from analysis.schema import PARTS, VOICES
from analysis.sentiment.score import reading
from analysis.sentiment.tone import instrument_of, validation_note
from analysis.sentiment.towards_read import WITHIN, Mentions, mentions_of
from analysis.stats.checks import number
from analysis.terms.occurrences import no_hits
from analysis.terms.patterns import Pattern, pattern_of
from analysis.terms.recipe import make_recipe
from analysis.terms.tokens import tokens as tokens_of

if TYPE_CHECKING:
    from analysis.sentiment.tone import LexiconLike

WINDOW = 10.0


def towards(
    corpus: Corpus,
    target: str | Sequence[str] | Pattern,
    *,
    lexicon: "LexiconLike" = "vader",
    within: str = "clause",
    window: float = WINDOW,
    voice: str | Sequence[str] | None = None,
    part: str | Sequence[str] | None = None,
    neutral: str | Sequence[str] | None = "news",
    label: str | None = None,
) -> Measurement:
    """Measure the tone towards a target: the mean score around its mentions.

    Parameters
    ----------
    corpus
        The articles.
    target
        An actor, as a pattern: `taliban | "afghan government"`.
    lexicon, neutral
        As for `tone`.
    within
        What counts around a mention. `clause`: words of its sentence in its voice, by exp(-distance / window), and half
        behind each comma, colon, dash or "but". `window`: by distance alone. `segment`: all words of its segment alike.
    window
        In words, above 0: at this distance a word counts 37 %.
    voice, part
        Mentions in these voices and parts; None for all. Words of other voices never count: what somebody quoted says
        in the same sentence is not the writer's tone.
    label
        For legends.

    Returns
    -------
    Measurement
        `numerator` (float64, sum of the mentions' scores), `denominator` (float64, mentions). The words of the target
        itself do not count. A target that never occurs is said in `notes`, with the nearest words.

    Raises
    ------
    InputError, SelectionError
        A wrong argument; no article in a language of the lexicon.

    Notes
    -----
    Scores are on the instrument's scale: VADER's s / sqrt(s^2 + 15) of the weighed sum, else the weighed mean of the
    words' values. On 3,000 news sentences with a target rated by people (NewsMTSC), macro F1 is above that of the plain
    segment (benchmarks/RESULTS.md), and far from what readers see: code a sample.

    References: Hamborg & Donnay (2021), NewsMTSC, EACL; Ding, Liu & Yu (2008), WSDM, for weights by distance.
    """
    wanted, instrument, found, notes = _mentions(corpus, target, lexicon, within, window, neutral)
    recipe = make_recipe(voice=voice, part=part)
    keep = _in_scope(found, recipe.voices, recipe.parts)
    n = len(found.doc_ids)
    table = pd.DataFrame(
        {
            "doc_id": pd.Series(found.doc_ids, dtype="str"),
            "numerator": np.bincount(found.doc[keep], weights=found.score[keep], minlength=n),
            "denominator": np.bincount(found.doc[keep], minlength=n).astype(np.float64),
        }
    )
    said = "" if recipe.voice is None else ", " + " and ".join(recipe.voice)
    return Measurement(
        kind="towards",
        label=label or f"towards {wanted.text} ({instrument.name}{said})",
        unit=instrument.unit.replace("segment", "mention"),
        table=table,
        params={**instrument.params, **recipe.params, "target": wanted.text, "within": within,
                "window": None if within == "segment" else window},
        corpus_fingerprint=corpus.fingerprint,
        source=corpus,
        notes=(validation_note(corpus, instrument), *_counted(found, keep), *notes),
    )  # fmt: skip


def towards_voices(
    corpus: Corpus,
    target: str | Sequence[str] | Pattern,
    *,
    lexicon: "LexiconLike" = "vader",
    within: str = "clause",
    window: float = WINDOW,
    part: str | Sequence[str] | None = None,
    neutral: str | Sequence[str] | None = "news",
) -> dict[str, Measurement]:
    """Give the tone towards a target in each voice: `narration`, `quotation`, `reported`; see `towards`."""
    return {
        name: towards(
            corpus,
            target,
            lexicon=lexicon,
            within=within,
            window=window,
            voice=name,
            part=part,
            neutral=neutral,
        )
        for name in VOICES
    }


def towards_mentions(
    corpus: Corpus,
    target: str | Sequence[str] | Pattern,
    *,
    lexicon: "LexiconLike" = "vader",
    within: str = "clause",
    window: float = WINDOW,
    neutral: str | Sequence[str] | None = "news",
    top: int | None = 200,
) -> Result:
    """List mentions of a target with their scores, the strongest first: what stands behind `towards`.

    Parameters
    ----------
    corpus, target, lexicon, within, window, neutral
        As for `towards`.
    top
        How many (1 or more); None for all.

    Returns
    -------
    Result
        kind `towards_mentions`: `doc_id`, `part`, `voice` (text), `segment` (int64, from 0 in the article), `score`
        (float64), `hits` (int64, words behind it), `text` (the sentence). By size of the score, then by place.
    """
    if top is not None and (isinstance(top, bool) or not isinstance(top, int) or top < 1):
        raise InputError(message("`top`", got=top, expected="a whole number of at least 1, or None"))
    wanted, instrument, found, notes = _mentions(corpus, target, lexicon, within, window, neutral)
    order = np.lexsort((found.segment, found.doc, -np.abs(found.score)))[:top]
    ids = [found.doc_ids[d] for d in found.doc[order]]
    table = pd.DataFrame(
        {
            "doc_id": pd.array(ids, dtype="str"),
            "part": pd.array([PARTS[p] for p in found.part[order]], dtype="str"),
            "voice": pd.array([VOICES[v] for v in found.voice[order]], dtype="str"),
            "segment": found.segment[order],
            "score": found.score[order],
            "hits": found.hits[order],
            "text": pd.array(_texts(corpus, ids, found.segment[order].tolist()), dtype="str"),
        }
    )
    return Result(
        kind="towards_mentions",
        table=table,
        unit=instrument.unit.replace("segment", "mention"),
        params={**instrument.params, "target": wanted.text, "within": within, "window": window, "top": top},
        corpus_fingerprint=corpus.fingerprint,
        notes=(
            validation_note(corpus, instrument),
            *_counted(found, np.ones(len(found.doc), np.bool_)),
            *notes,
        ),
        source=corpus,
    )


def _mentions(
    corpus: object, target: Any, lexicon: Any, within: str, window: float, neutral: Any
) -> tuple[Pattern, Any, Mentions, tuple[str, ...]]:
    """Read the arguments, and the mentions."""
    if not isinstance(corpus, Corpus):
        raise InputError(message("`corpus`", got=type(corpus).__name__, expected="a Corpus"))
    choose("within", within, WITHIN)
    number("window", window)
    wanted = pattern_of(target)
    instrument = instrument_of(lexicon, neutral)
    read = reading(corpus, instrument)
    found = mentions_of(corpus, wanted, instrument, read.languages, within=within, window=float(window))
    absent = () if len(found.doc) else (no_hits(tokens_of(corpus), wanted),)
    return wanted, instrument, found, (*absent, *instrument.notes, *read.notes)


def _in_scope(found: Mentions, voices: Any, parts: Any) -> Any:
    keep = np.ones(len(found.doc), np.bool_)
    for values, wanted in ((found.voice, voices), (found.part, parts)):
        if wanted is not None:
            keep &= np.isin(values, wanted)
    return keep


def _counted(found: Mentions, keep: Any) -> tuple[str, ...]:
    """How many mentions there are, by voice, and how many have a word of the lexicon near."""
    n = int(keep.sum())
    if not n:
        return ()
    voices = ", ".join(f"{VOICES[v]} {int((found.voice[keep] == v).sum()):,}" for v in range(len(VOICES)))
    share = float((found.hits[keep] > 0).mean())
    return (f"{n:,} mentions ({voices}); {100 * share:.0f} % have a word of the lexicon near.",)


def _texts(corpus: Corpus, doc_ids: list[str], segments: list[int]) -> list[str]:
    """The sentence of each segment."""
    from analysis.corpus.encoded import TokenBatch

    if not doc_ids:
        return []
    wanted: dict[str, set[int]] = {}
    for doc_id, segment in zip(doc_ids, segments, strict=True):
        wanted.setdefault(doc_id, set()).add(segment)
    found: dict[tuple[str, int], str] = {}
    columns = ("doc_id", *PARTS, "seg_part", "seg_sentence", "seg_start", "seg_end", "seg_tokens")
    for batch in corpus.where(doc_id=sorted(wanted)).scan(*columns):
        tokens = TokenBatch.of(batch)
        texts = [batch.column(p).to_pylist() for p in PARTS]
        for i, doc_id in enumerate(batch.column("doc_id").to_pylist()):
            first, past = int(tokens.doc_segments[i]), int(tokens.doc_segments[i + 1])
            for segment in wanted[doc_id]:
                at = first + segment
                same = [
                    s
                    for s in range(first, past)
                    if tokens.seg_part[s] == tokens.seg_part[at]
                    and tokens.seg_sentence[s] == tokens.seg_sentence[at]
                ]
                text = texts[int(tokens.seg_part[at])][i] or ""
                found[doc_id, segment] = text[
                    int(tokens.seg_start[same[0]]) : int(tokens.seg_end[same[-1]])
                ].strip()
    return [found[pair] for pair in zip(doc_ids, segments, strict=True)]
