"""Segments one by one: their text, voice and score, and the words behind it; an article as a page with these marked.

For reading and checking; not for measuring: for that see `tone`, and `segment_scores` for the scores alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.coding.coders import CodedSheet
from analysis.corpus.handle import Corpus
from analysis.errors import InputError, SelectionError, UnknownNameError, message
from analysis.result import Result
from analysis.schema import PARTS, VOICES
from analysis.sentiment.instrument import Instrument
from analysis.sentiment.page import MarkedArticle, Span
from analysis.sentiment.score import reading
from analysis.sentiment.segments_text import Row, rows_of
from analysis.sentiment.tone import instrument_of, validation_note
from analysis.terms.recipe import Recipe, make_recipe

if TYPE_CHECKING:
    from analysis.sentiment.tone import LexiconLike

MOST_ARTICLES = 20_000


def segments(
    corpus: Corpus,
    *,
    lexicon: "LexiconLike" = "vader",
    voice: str | Sequence[str] | None = None,
    part: str | Sequence[str] | None = None,
    neutral: str | Sequence[str] | None = "news",
) -> Result:
    """List the segments of a selection with their scores and the words behind them.

    Parameters
    ----------
    corpus
        At most 20,000 articles: narrow with `where` or `sample`.
    lexicon, voice, part, neutral
        As for `tone`.

    Returns
    -------
    Result
        kind `segments`; one row a segment that holds a word, by article in the order of their ids, then as they are
        read:

        doc_id
            str.
        segment
            int64: its number in the article (title, standfirst and body one after the other), from 0.
        part, voice
            str.
        sentence
            int64: its sentence within the part; a sentence in two voices is two segments.
        score
            float64, on the scale of the lexicon; 0 without a hit.
        hits, words
            int64: words of the lexicon, and all words and numbers.
        matched
            str: the words behind the score with what each added, in reading order (`not good -1.4, killed -3.1`);
            empty without.
        text
            str, as it is written.

        Of three articles or fewer, the exhibit shows each as a page, words marked and voices told apart.

    Raises
    ------
    SelectionError
        More articles than that, or none in a language of the lexicon.

    Notes
    -----
    One pass, text included: about 1 ms an article.
    """
    import pandas as pd

    instrument = instrument_of(lexicon, neutral)
    recipe = make_recipe(voice=voice, part=part)
    n = len(corpus)
    if n > MOST_ARTICLES:
        raise SelectionError(
            message(
                "too many articles for a table of their segments",
                got=f"{n:,}",
                expected=f"at most {MOST_ARTICLES:,}",
                hint="Narrow the corpus with `where` or `sample`; `segment_scores` gives the scores alone.",
            )
        )
    read = reading(corpus, instrument)
    every = sorted(rows_of(corpus, instrument, read), key=lambda r: (r.doc_id, r.segment))
    rows = [row for row in every if _in_scope(row, recipe)]
    table = pd.DataFrame(
        {
            "doc_id": pd.Series([r.doc_id for r in rows], dtype="str"),
            "segment": pd.Series([r.segment for r in rows], dtype="int64"),
            "part": pd.Series([PARTS[r.part] for r in rows], dtype="str"),
            "sentence": pd.Series([r.sentence for r in rows], dtype="int64"),
            "voice": pd.Series([VOICES[r.voice] for r in rows], dtype="str"),
            "score": pd.Series([r.score for r in rows], dtype="float64"),
            "hits": pd.Series([r.hits for r in rows], dtype="int64"),
            "words": pd.Series([r.words for r in rows], dtype="int64"),
            "matched": pd.Series([_matched(r) for r in rows], dtype="str"),
            "text": pd.Series([r.text for r in rows], dtype="str"),
        }
    )
    shown = sorted({r.doc_id for r in rows})
    return Result(
        kind="segments",
        table=table,
        unit=instrument.unit.replace("mean segment score", "segment score"),
        params={**instrument.params, **recipe.params},
        corpus_fingerprint=corpus.fingerprint,
        notes=(validation_note(corpus, instrument), *instrument.notes, *read.notes),
        source=corpus,
        exhibit=_pages(corpus, shown, every, instrument) if 0 < len(shown) <= 3 else None,
    )


def marked_article(
    corpus: Corpus,
    doc_id: str,
    *,
    lexicon: "LexiconLike" = "vader",
    neutral: str | Sequence[str] | None = "news",
) -> MarkedArticle:
    """Show an article as a page: the words behind its tone marked with what they add, and voices told apart.

    Parameters
    ----------
    corpus
        Where it is.
    doc_id
        The article.
    lexicon, neutral
        As for `tone`.

    Returns
    -------
    MarkedArticle
        Shows itself in a notebook and prints as text; everything of the article is escaped.

    Raises
    ------
    UnknownNameError
        There is no such article.
    """
    one = corpus.where(doc_id=doc_id)
    if not len(one):
        raise UnknownNameError(
            message("there is no such article in this selection", got=doc_id, expected="a doc_id")
        )
    instrument = instrument_of(lexicon, neutral)
    rows = list(rows_of(one, instrument, reading(one, instrument)))
    return _pages(one, [doc_id], rows, instrument).articles[0]


def _in_scope(row: Row, recipe: Recipe) -> bool:
    return (
        (row.words > 0 or row.hits > 0)
        and (recipe.voices is None or row.voice in recipe.voices)
        and (recipe.parts is None or row.part in recipe.parts)
    )


def _matched(row: Row) -> str:
    return ", ".join(
        f"{' '.join(text.split())} {value:+.1f}" for text, value in row.pieces if value is not None
    )


def _pages(
    corpus: Corpus, doc_ids: Sequence[str], rows: Sequence[Row], instrument: Instrument
) -> "MarkedArticles":
    """Put the segments of articles together again."""
    about = corpus.where(doc_id=list(doc_ids)).articles(("outlet", "published"))
    facts = {
        row["doc_id"]: (row["outlet"], row["published"] and f"{row['published']:%Y-%m-%d}")
        for row in about.astype(object).where(about.notna(), None).to_dict("records")
    }
    pages = []
    for doc_id in doc_ids:
        spans = tuple(
            Span(PARTS[r.part], r.sentence, VOICES[r.voice], r.score, r.words, r.hits, r.apart, r.pieces)
            for r in rows
            if r.doc_id == doc_id
        )
        pages.append(MarkedArticle(doc_id, tuple(f for f in facts[doc_id] if f), instrument.name, spans))
    return MarkedArticles(tuple(pages))


@dataclass(frozen=True)
class MarkedArticles:
    """Some marked articles, one below the other."""

    articles: tuple[MarkedArticle, ...]

    def __str__(self) -> str:
        return "\n\n".join(map(str, self.articles))

    def _repr_html_(self) -> str:
        return "\n".join(a._repr_html_() for a in self.articles)


def coded_scores(
    corpus: Corpus,
    coded: CodedSheet,
    *,
    lexicon: "LexiconLike" = "vader",
    neutral: str | Sequence[str] | None = "news",
) -> Result:
    """Give the scores of the segments in the articles of a coded sheet, for `validate(..., scores=)`.

    Parameters
    ----------
    corpus
        The articles the sheet was drawn from.
    coded
        Codes of segments.
    lexicon, neutral
        As for `tone`.

    Returns
    -------
    Result
        As of `segments`.
    """
    if not isinstance(coded, CodedSheet):
        raise InputError(message("This is no coded sheet", got=type(coded).__name__, expected="a CodedSheet"))
    ids = sorted(set(coded.sheet.design["doc_id"]))
    return segments(corpus.where(doc_id=ids), lexicon=lexicon, neutral=neutral)
