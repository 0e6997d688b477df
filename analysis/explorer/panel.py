"""The explorer's widgets: what is typed and clicked becomes a `Question`, an `Answer` becomes what is seen.

No number is made here, and no text of an article becomes markup that was not escaped.
"""

import os
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from analysis.corpus.handle import Corpus
from analysis.errors import AnalysisError
from analysis.escape import text
from analysis.explorer.answer import Answer, answer
from analysis.explorer.question import Question
from analysis.explorer.sending import expression, script
from analysis.periods import PERIODS
from analysis.schema import VOICES

if TYPE_CHECKING:
    from collections.abc import Sequence

_STYLE = "<style>.an-lines select{font-family:monospace;font-size:12px}</style>"
_ONLY_IN_LAB = "The search box works in JupyterLab only: `analysis lab`, and open this notebook there."
_HELP = 'words, fenc*, "foreign minister", alternatives joined by |'


class Explorer:
    """The explorer of one corpus; made by `explore`. Shows itself in JupyterLab.

    Attributes
    ----------
    question
        What was asked last.
    answer
        What was found, or None before the first search and after one that failed.
    """

    def __init__(self, corpus: Corpus, question: Question) -> None:
        self.corpus = corpus
        self.question = question
        self.answer: Answer | None = None
        self._pattern = w.Text(
            value=question.pattern, placeholder=_HELP, description="Look for", layout={"width": "34em"}
        )
        self._search = w.Button(description="Search", button_style="primary")
        self._outlets = w.SelectMultiple(options=_outlets(corpus), rows=4, description="Outlets")
        self._since = w.Text(
            placeholder="2025-01-31 or 2025-01", description="Since", layout={"width": "18em"}
        )
        self._until = w.Text(placeholder="inclusive", description="Until", layout={"width": "18em"})
        self._voice = w.Dropdown(options=[("all voices", ""), *((v, v) for v in VOICES)], description="Voice")
        self._by = w.Dropdown(options=PERIODS, value=question.by, description="Line by")
        self._said = w.HTML()
        self._picture = w.Image(format="png", layout={"max_width": "100%", "display": "none"})
        self._lines = w.Select(options=[], rows=14, layout={"width": "100%", "display": "none"})
        self._lines.add_class("an-lines")
        self._article = w.HTML()
        self._send = w.Button(description="Send to notebook", disabled=True, tooltip="as code, in a new cell")
        self._code = w.Textarea(rows=8, disabled=True, layout={"width": "100%", "display": "none"})
        self._out = w.Output()
        self._wire()
        self.widget = w.VBox(
            [
                w.HTML(_STYLE),
                w.HBox([self._pattern, self._search]),
                w.HBox([self._outlets, w.VBox([self._since, self._until]), w.VBox([self._voice, self._by])]),
                self._said,
                self._picture,
                self._lines,
                self._article,
                w.HBox([self._send]),
                self._code,
                self._out,
            ]
        )
        if question.pattern:
            self.search()

    @property
    def code(self) -> str:
        """The question as code for a cell."""
        return self.question.code(expression(self.corpus))

    def search(self) -> None:
        """Answer what is typed and chosen, and show it; what is wrong is said, and nothing old stays on the screen."""
        self._clear("Searching …")
        try:
            self.question = Question(
                pattern=self._pattern.value.strip(),
                outlet=tuple(self._outlets.value),
                since=self._since.value.strip() or None,
                until=self._until.value.strip() or None,
                voice=self._voice.value or None,
                by=self._by.value,
            )
            self.answer = answer(self.corpus, self.question)
        except AnalysisError as error:
            self._said.value = f"<p><strong>Not done:</strong> {text(error)}</p>"
            return
        self._show(self.answer)

    def open(self, line: int) -> None:
        """Show the article of a line of the list (from 0)."""
        if self.answer is not None:
            self._article.value = self.answer.article(line).html()

    def send(self) -> None:
        """Put the code of the question into a new cell below, and into a box to copy from."""
        self._code.value = self.code
        self._code.layout.display = ""
        self._out.outputs = (
            {
                "output_type": "display_data",
                "data": {"application/javascript": script(self.code)},
                "metadata": {},
            },
        )

    def _ipython_display_(self) -> None:
        from IPython.display import Markdown, display

        # A report is a page without a kernel: nothing could be typed there.
        in_report = "ANALYSIS_RUN_FOLDER" in os.environ
        shown = Markdown(_ONLY_IN_LAB) if in_report else self.widget  # type: ignore[no-untyped-call]
        display(shown)  # type: ignore[no-untyped-call]

    def _wire(self) -> None:
        self._search.on_click(lambda _: self.search())
        self._pattern.continuous_update = False
        self._pattern.observe(lambda _: self.search(), names="value")  # Return, or leaving the field
        self._send.on_click(lambda _: self.send())
        self._lines.observe(self._picked, names="index")

    def _picked(self, change: dict[str, Any]) -> None:
        if change["new"] is not None:
            self.open(int(change["new"]))

    def _clear(self, said: str) -> None:
        self.answer = None
        self._said.value = f"<p>{text(said)}</p>"
        self._picture.value, self._picture.layout.display = b"", "none"
        self._lines.options, self._lines.layout.display = [], "none"
        self._article.value, self._code.value, self._code.layout.display = "", "", "none"
        self._send.disabled = True
        self._out.outputs = ()

    def _show(self, found: Answer) -> None:
        first, *rest = found.notes
        more = "".join(f"<li>{text(note)}</li>" for note in rest)
        self._said.value = f"<p><strong>{text(first)}</strong></p>" + (
            f"<details><summary>What to know about the line</summary><ul>{more}</ul></details>"
            if more
            else ""
        )
        self._picture.value = found.picture()
        self._picture.layout.display = "" if self._picture.value else "none"
        labels = found.labels()
        self._lines.options = list(zip(labels, range(len(labels)), strict=True))
        self._lines.index = None
        self._lines.layout.display = "" if labels else "none"
        self._send.disabled = not labels


def _outlets(corpus: Corpus) -> "Sequence[str]":
    """List the outlets of the corpus, those with most articles first."""
    import pyarrow as pa
    import pyarrow.compute as pc

    batches = list(corpus.scan("outlet"))
    if not batches:
        return []
    counted = pc.value_counts(pa.chunked_array([b.column(0) for b in batches]).combine_chunks()).to_pylist()
    counted = [c for c in counted if c["values"] is not None]
    return [c["values"] for c in sorted(counted, key=lambda c: (-c["counts"], c["values"]))]
