"""Which kinds of result can be opened row by row, and how. Adding one: a function of `Asked`, and a line here."""

from collections.abc import Callable

from analysis.errors import InputError, message
from analysis.result import Measurement, Result
from analysis.tracing import (
    of_articles,
    of_corpus,
    of_hits,
    of_lines,
    of_sides,
    of_terms,
    of_topic_cards,
    of_topics,
    of_voices,
    of_words,
)
from analysis.tracing.behind import Asked, Trace, asked_of
from analysis.tracing.of_rows import of_article

TRACES: dict[str, Callable[[Asked], Trace]] = {
    "accounting": of_corpus.accounting,
    "breaks": of_lines.breaks,
    "cleaning": of_corpus.cleaning,
    "collocation": of_hits.collocation,
    "compare": of_sides.compare,
    "composition": of_sides.composition,
    "concordance": of_hits.concordance,
    "corrections": of_article(),
    "coverage": of_articles.coverage,
    "date_quality": of_corpus.date_quality,
    "dispersion": of_terms.dispersion,
    "dispersion_parts": of_terms.dispersion_parts,
    "diversity": of_words.diversity,
    "duplicates": of_corpus.duplicates,
    "event": of_lines.event,
    "field_coverage": of_corpus.field_coverage,
    "flags": of_corpus.flags,
    "keyness": of_terms.keyness,
    "languages": of_corpus.languages,
    "lengths": of_corpus.lengths,
    "near_copies": of_corpus.near_copies,
    "outlet_months": of_articles.outlet_months,
    "recheck": of_article(),
    "scaling_range": of_words.scaling_range,
    "scaling_terms": of_words.scaling_terms,
    "segments": of_article("score"),
    "speakers": of_voices.speakers,
    "stories": of_articles.stories,
    "story": of_articles.story,
    "term_frequency": of_terms.term_frequency,
    "tf_idf": of_words.tf_idf,
    "tone_by_voice": of_lines.several,
    "tone_groups": of_voices.tone_groups,
    "topic_articles": of_article("share", "n_words"),
    "topic_cards": of_topic_cards.topic_cards,
    "topic_correlation": of_topic_cards.topic_correlation,
    "topic_drift": of_topic_cards.topic_drift,
    "topic_outlets": of_topics.topic_outlets,
    "topic_passages": of_article("share", "n_terms"),
    "topic_periods": of_topics.topic_periods,
    "topic_stability": of_topic_cards.topic_stability,
    "topic_table": of_topics.topic_table,
    "topic_terms": of_topic_cards.topic_terms,
    "topic_words": of_topic_cards.topic_words,
    "towards_mentions": of_article("score"),
    "trend": of_lines.trend,
}

CLOSED: dict[str, str] = {
    "agreement": "a row compares two instruments over all segments, and is no sum over articles",
    "claims": "a row is a test; the articles are behind the picture and the table of its result",
    "coder_agreement": "a row compares coders over all coded units, and is no sum over articles",
    "coding_sheet": "a row is a unit to be coded, and names its article",
    "describe": "each line is about the whole corpus",
    "evidence": "the table is itself the articles behind a row",
    "fields_used": "a row is about the fields of a source file; `accounting` opens to its articles",
    "news_words": "a row is a word of the lexicon, whatever the articles say",
    "reject_reasons": "these records were not kept, so that there is no article; their file and line are given",
    "rejects": "these records were not kept, so that there is no article; their file and line are given",
    "rules": "a row is a rule of cleaning; the table of what was removed opens",
    "topic_choice": "a row is a number of topics, with models that were fitted and not kept",
    "validation": "a row compares the measure with hand codes over all coded units, and is no sum over articles",
}
"""Kinds whose rows are not made of articles, and why; a page says so below them."""


def trace_of(result: object, measurement: object = None) -> tuple[Result, Asked, Trace]:
    """Open a result.

    Raises
    ------
    InputError
        Not a result, or of a kind whose rows are not made of articles.
    SelectionError
        What is needed to open it is not known.
    """
    if isinstance(result, Measurement):
        raise InputError(
            message(
                "A measurement has no rows yet, only articles",
                got=f"{result.kind} of {len(result):,} articles",
                hint="Look at `m.table`; or ask for the evidence of its `trend`, `compare` or `breaks`.",
            )
        )
    if not isinstance(result, Result) or result.kind not in TRACES:
        got = result.kind if isinstance(result, Result) else type(result).__name__
        raise InputError(
            message(
                "There is no evidence for this",
                got=f"{got}: {CLOSED[got]}" if got in CLOSED else got,
                expected="a result of " + ", ".join(TRACES),
            )
        )
    asked = asked_of(result, measurement)
    return result, asked, TRACES[result.kind](asked)
