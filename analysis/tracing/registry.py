"""Which kinds of result can be opened row by row, and how. Adding one: a function of `Asked`, and a line here."""

from collections.abc import Callable

from analysis.errors import InputError, message
from analysis.result import Measurement, Result
from analysis.tracing import of_articles, of_hits, of_lines, of_sides, of_terms, of_topics
from analysis.tracing.behind import Asked, Trace, asked_of

TRACES: dict[str, Callable[[Asked], Trace]] = {
    "breaks": of_lines.breaks,
    "collocation": of_hits.collocation,
    "compare": of_sides.compare,
    "composition": of_sides.composition,
    "concordance": of_hits.concordance,
    "coverage": of_articles.coverage,
    "dispersion": of_terms.dispersion,
    "dispersion_parts": of_terms.dispersion_parts,
    "event": of_lines.event,
    "keyness": of_terms.keyness,
    "outlet_months": of_articles.outlet_months,
    "stories": of_articles.stories,
    "story": of_articles.story,
    "term_frequency": of_terms.term_frequency,
    "tone_by_voice": of_lines.several,
    "topic_outlets": of_topics.topic_outlets,
    "topic_periods": of_topics.topic_periods,
    "topic_table": of_topics.topic_table,
    "trend": of_lines.trend,
}


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
            message("There is no evidence for this", got=got, expected="a result of " + ", ".join(TRACES))
        )
    asked = asked_of(result, measurement)
    return result, asked, TRACES[result.kind](asked)
