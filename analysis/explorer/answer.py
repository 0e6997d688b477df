"""The numbers, the picture and the lines that answer a question of the explorer. Not for widgets (`panel`)."""

import io
from dataclasses import dataclass

from analysis.corpus.handle import Corpus
from analysis.explorer.question import Question
from analysis.result import Result
from analysis.terms.marked import MarkedArticle, marked
from analysis.terms.tokens import Tokens

MOST_LINES = 500
_DRAWS = 199  # a look, not a result: the code sent to the notebook draws as many as `trend` does by itself


@dataclass(frozen=True, eq=False)
class Answer:
    """What was found.

    Attributes
    ----------
    question, tokens
        What was asked, of what.
    line
        The rate over time (`trend`), or None where no article has a date.
    lines
        The hits in their contexts (`concordance`), by date.
    notes
        What a reader must know.
    """

    question: Question
    tokens: Tokens
    line: Result | None
    lines: Result
    notes: tuple[str, ...]

    def picture(self) -> bytes:
        """Draw the line as a PNG; empty bytes where there is none."""
        if self.line is None:
            return b""
        from analysis.plots import plot
        from analysis.plots.theme import save_png

        held = io.BytesIO()
        save_png(plot(self.line), held)
        return held.getvalue()

    def labels(self) -> list[str]:
        """Give one line of text for each hit, the hits below each other."""
        return [
            f"{_day(day)}  {_cut(outlet, 14)} {left[-46:]:>46} ⟦{hit}⟧ {right[:46]}"
            for day, outlet, left, hit, right in self.lines.table[
                ["published", "outlet", "left", "hit", "right"]
            ].itertuples(index=False)
        ]

    def article(self, line: int) -> MarkedArticle:
        """Open the article of a line, all its hits marked."""
        return marked(self.tokens, str(self.lines.table["doc_id"].iloc[line]), self.question.pattern)


def answer(corpus: Corpus, question: Question) -> Answer:
    """Look a pattern up: its rate over time and its lines.

    Raises
    ------
    InputError
        The pattern is empty or wrong; a date is.
    UnknownNameError
        There is no such outlet.
    """
    from analysis.errors import AnalysisError
    from analysis.measures.concordance import concordance
    from analysis.measures.rate import term_rate
    from analysis.series.trend import trend

    tokens = question.tokens(corpus)
    lines = concordance(tokens, question.pattern, sort="date", max_rows=MOST_LINES)
    measured = term_rate(tokens, question.pattern)
    notes = list(lines.notes)
    line = None
    if len(lines.table):
        try:
            line = trend(measured, by=question.by, n_boot=_DRAWS)
        except AnalysisError as error:  # such as articles without dates: the lines can be read all the same
            notes.append(f"No line over time: {error}")
        else:
            notes += line.notes
            if not line.table["n_docs"].sum():
                line = None
    return Answer(question, tokens, line, lines, tuple(dict.fromkeys(notes)))


def _day(value: object) -> str:
    from pandas import isna

    return "no date   " if isna(value) else str(value)[:10]  # type: ignore[call-overload]


def _cut(value: object, width: int) -> str:
    shown = "" if value is None else str(value)
    return f"{shown[: width - 1]}…" if len(shown) > width else f"{shown:<{width}}"
