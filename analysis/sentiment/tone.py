"""Tone as a measurement: the mean score of the segments of an article, and beside it what that mean is made of.

Not a verdict on an article or a person: it is the wording of segments, in a voice, by one instrument.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from analysis.corpus.handle import Corpus
from analysis.errors import InputError, choose, message
from analysis.result import Measurement
from analysis.schema import VOICES
from analysis.sentiment.instrument import Instrument
from analysis.sentiment.lexicon import Lexicon
from analysis.sentiment.news_words import neutral_words
from analysis.sentiment.score import SUMS, ArticleSums, article_sums
from analysis.sentiment.vader import Vader
from analysis.terms.recipe import make_recipe

if TYPE_CHECKING:
    from typing import TypeAlias

    LexiconLike: TypeAlias = "str | Path | Lexicon | Instrument"


@dataclass(frozen=True)
class _Kind:
    numerator: str
    denominator: str
    unit: str
    title: str


MEASURES = {
    "tone": _Kind("score", "segments", "", "tone"),
    "hit_share": _Kind("segments_hit", "segments", "share of segments with a hit", "segments hit"),
    "hit_mean": _Kind("score_hit", "segments_hit", "", "tone of segments hit"),
    "word_share": _Kind("hits", "words", "hits per word", "words hit"),
}


def tone(
    corpus: Corpus,
    *,
    lexicon: "LexiconLike" = "vader",
    voice: str | Sequence[str] | None = None,
    part: str | Sequence[str] | None = None,
    neutral: str | Sequence[str] | None = "news",
    measure: str = "tone",
    label: str | None = None,
) -> Measurement:
    """Measure the tone of every article: the sum of its segments' scores by the number of its segments.

    A segment is a sentence, cut where the voice changes, that holds a word. Scores of whole articles saturate with
    length; these do not.

    Parameters
    ----------
    corpus
        The articles.
    lexicon
        `vader`; a file or a `Lexicon` (see `read_lexicon`); or another instrument, such as a scaling model.
    voice
        `narration`, `quotation`, `reported`, or several; None for all. The tone of people quoted is not the paper's:
        look at narration first.
    part
        `title`, `standfirst`, `body`, or several; None for all.
    neutral
        Words and phrases whose valence is not counted: `news` for a short list of names and offices that mislead
        general lexicons (`news_words`), words of your own, or None for the lexicon as it is. With a list VADER also
        reads “ and ” as "; with None its scores are those of the reference package. Not for other instruments.
    measure
        `tone`; or one of what it is made of: `hit_share`, segments with a word of the lexicon by segments; `hit_mean`,
        the sum of scores by these segments; `word_share`, hits by words. Tone is `hit_share` times `hit_mean`: a line
        of tone that only follows `hit_share` says that more or fewer sentences have such words, not that their tone
        changed.
    label
        What legends call it.

    Returns
    -------
    Measurement
        `doc_id` (str, sorted), `numerator` (float64, sum of scores), `denominator` (float64, segments in scope; 0 where
        the article has none). Articles in a language the lexicon is not for have no row and are counted in the notes.

    Raises
    ------
    SelectionError
        No article is in a language of the lexicon.
    InputError
        There is no such lexicon, voice, part or measure; a line of the lexicon is broken.

    Notes
    -----
    One pass over the stored tokens (1.5 s a million segments; the next voice of the same corpus needs none).
    Formulas: docs/methods-tone.md. References: Hutto & Gilbert (2014); van Atteveldt, van der Velden & Boukes (2021),
    The validity of sentiment analysis, Communication Methods and Measures 15(2), for why to check it by hand.
    """
    choose("measure", measure, MEASURES)
    instrument = instrument_of(lexicon, neutral)
    recipe = make_recipe(voice=voice, part=part)
    found = article_sums(corpus_checked(corpus), instrument)
    params = {**instrument.params, **recipe.params}
    return _measurement(corpus, instrument, found, recipe.params, found.of(recipe), measure, label, params)


def tone_parts(
    corpus: Corpus,
    *,
    lexicon: "LexiconLike" = "vader",
    voice: str | Sequence[str] | None = None,
    part: str | Sequence[str] | None = None,
    neutral: str | Sequence[str] | None = "news",
) -> dict[str, Measurement]:
    """Give tone and what it is made of: `tone`, `hit_share`, `hit_mean`, `word_share`; see `tone`."""
    return {
        name: tone(corpus, lexicon=lexicon, voice=voice, part=part, neutral=neutral, measure=name)
        for name in MEASURES
    }


def tone_voices(
    corpus: Corpus,
    *,
    lexicon: "LexiconLike" = "vader",
    part: str | Sequence[str] | None = None,
    neutral: str | Sequence[str] | None = "news",
    measure: str = "tone",
) -> dict[str, Measurement]:
    """Give the tone of each voice: `narration`, `quotation`, `reported`; see `tone`.

    Their numerators and denominators add up to those of all voices, so `composition(tone_voices(corpus), over="voice",
    ...)` splits a change of tone into change within voices and change in how much each says.
    """
    return {
        name: tone(corpus, lexicon=lexicon, voice=name, part=part, neutral=neutral, measure=measure)
        for name in VOICES
    }


def instrument_of(lexicon: "LexiconLike", neutral: str | Sequence[str] | None = None) -> Instrument:
    """Make an instrument of what the user names."""
    from dataclasses import replace

    from analysis.sentiment.lexicon_read import KNOWN, read_lexicon

    off = neutral_words(neutral)
    if isinstance(lexicon, str) and lexicon == "vader":
        return Vader(off, straight=neutral is not None)
    if isinstance(lexicon, str | Path):
        if isinstance(lexicon, str) and "." not in lexicon and "/" not in lexicon:
            choose("lexicon", lexicon, ("vader", *KNOWN))
        lexicon = read_lexicon(lexicon)
    if isinstance(lexicon, Lexicon):
        own = "en" in lexicon.languages or neutral != "news"
        return replace(lexicon, neutral=off) if own and not lexicon.neutral else lexicon
    if not hasattr(lexicon, "prepare"):
        raise InputError(
            message("`lexicon`", got=type(lexicon).__name__, expected="'vader', a file, or an `an.Lexicon`")
        )
    return lexicon


def validation_note(corpus: Corpus, instrument: Instrument) -> str:
    """Say whether a hand-coded sample of the corpus stands behind an instrument; until there is one, that none does."""
    return (
        "Not validated on this corpus: no hand-coded sample says how well "
        f"{instrument.name} agrees with readers here."
    )


def _measurement(
    corpus: Corpus, instrument: Instrument, found: ArticleSums, scope: Mapping[str, object], sums: "np.ndarray",
    measure: str, label: str | None, params: Mapping[str, object],
) -> Measurement:  # fmt: skip
    import pandas as pd

    kind = MEASURES[measure]
    table = pd.DataFrame(
        {
            "doc_id": pd.Series(found.doc_ids, dtype="str"),
            "numerator": sums[:, SUMS.index(kind.numerator)],
            "denominator": sums[:, SUMS.index(kind.denominator)],
        }
    )
    total = dict(zip(SUMS, sums.sum(axis=0).tolist(), strict=True))
    voice = scope.get("voice")
    said = "" if voice is None else ", " + " and ".join(voice)  # type: ignore[arg-type]
    return Measurement(
        kind="tone",
        label=label or f"{kind.title} ({instrument.name}{said})",
        unit=kind.unit or instrument.unit,
        table=table,
        params={**params, "measure": measure},
        corpus_fingerprint=corpus.fingerprint,
        source=corpus,
        notes=(validation_note(corpus, instrument), *shares(total), *instrument.notes, *found.reading.notes),
    )


def shares(total: Mapping[str, float]) -> tuple[str, ...]:
    """Say how much of the text the instrument knows."""
    if not total["segments"]:
        return ("No segment is in scope.",)
    if not total["hits"]:
        return ("No word of the lexicon occurs in scope: every score is 0 for want of hits.",)
    return (
        f"{100 * total['segments_hit'] / total['segments']:.1f} % of {total['segments']:,.0f} segments and "
        f"{100 * total['hits'] / max(total['words'], 1):.1f} % of {total['words']:,.0f} words are hits; segments "
        f"without one score 0. The mean of segments hit is {total['score_hit'] / total['segments_hit']:.3f}, "
        f"of all {total['score'] / total['segments']:.3f}.",
    )


def corpus_checked(corpus: object) -> Corpus:
    """Return a corpus where it is one."""
    if not isinstance(corpus, Corpus):
        raise InputError(
            message("`corpus`", got=type(corpus).__name__, expected="a Corpus", hint="See `an.open_corpus`.")
        )
    return corpus
