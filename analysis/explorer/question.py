"""What is asked of the explorer, as a value that can be written down as code.

Not for answering (`answer`) nor for what is on the screen (`panel`).
"""

from dataclasses import dataclass
from typing import Any

from analysis.corpus.handle import Corpus
from analysis.errors import choose
from analysis.periods import PERIODS
from analysis.schema import VOICES
from analysis.terms.tokens import Tokens, tokens


@dataclass(frozen=True, kw_only=True)
class Question:
    """A pattern and where it is looked for.

    Parameters
    ----------
    pattern
        As for `term_rate`.
    outlet
        Outlets; none for all.
    since, until
        Inclusive ISO days or months; none for all articles, undated ones too.
    voice
        `narration`, `quotation`, `reported`; none for all.
    by
        The period of the line.
    """

    pattern: str = ""
    outlet: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    voice: str | None = None
    by: str = "month"

    def __post_init__(self) -> None:
        choose("by", self.by, PERIODS)
        if self.voice is not None:
            choose("voice", self.voice, VOICES)

    @property
    def filters(self) -> dict[str, Any]:
        """What `Corpus.where` is to be called with."""
        given = {"outlet": list(self.outlet), "since": self.since, "until": self.until}
        return {name: value for name, value in given.items() if value}

    def tokens(self, corpus: Corpus) -> Tokens:
        """Give the tokens asked about."""
        return tokens(corpus.where(**self.filters) if self.filters else corpus, voice=self.voice)

    def code(self, corpus: str) -> str:
        """Write the question as code for a cell: the same numbers, without the explorer.

        Parameters
        ----------
        corpus
            An expression for the corpus, such as the name of a variable.

        >>> print(Question(pattern="fog", outlet=("Echo",)).code("corpus"))
        import analysis as an
        <BLANKLINE>
        selection = corpus.where(outlet=['Echo'])
        words = an.tokens(selection)
        line = an.trend(an.term_rate(words, 'fog'), by='month')
        an.show(line, 'explored')
        an.show(an.concordance(words, 'fog', sort='date'), 'lines', table=False)
        """
        where = ", ".join(f"{name}={value!r}" for name, value in self.filters.items())
        voice = f", voice={self.voice!r}" if self.voice else ""
        return "\n".join(
            [
                "import analysis as an",
                "",
                f"selection = {corpus}" + (f".where({where})" if where else ""),
                f"words = an.tokens(selection{voice})",
                f"line = an.trend(an.term_rate(words, {self.pattern!r}), by={self.by!r})",
                "an.show(line, 'explored')",
                f"an.show(an.concordance(words, {self.pattern!r}, sort='date'), 'lines', table=False)",
            ]
        )
