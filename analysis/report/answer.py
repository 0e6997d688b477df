"""A question that a corpus may not be able to answer, put so that a report goes on and says why not.

Not for wrong calls: a slip of the pen in a notebook still stops it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from analysis.errors import CorpusError, SelectionError
from analysis.escape import text


@dataclass(frozen=True)
class NotAnswered:
    """What stands in the place of a result: the question, and why it has no answer here."""

    question: str
    reason: str

    def __str__(self) -> str:
        return f"Not answered ({self.question}): {self.reason}"

    def _repr_html_(self) -> str:
        said = f"<em>Not answered</em> ({text(self.question)}): {text(self.reason)}"
        return f'<p class="analysis-not-answered">{said}</p>'


def answer(function: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """Call a function, or say why this corpus does not allow it.

    Parameters
    ----------
    function
        Such as `an.coverage`.
    args, options
        What it is called with. Where one of them has no answer itself, nor has this; of a list, those without are left
        out, and the others go on; an option without one is left out too.

    Returns
    -------
    Whatever the function gives; or a NotAnswered, which `show` displays, where it raises SelectionError (no dates, one
    outlet, a handpicked corpus asked for volume) or CorpusError (no stories in this snapshot). Other errors are raised.

    Examples
    --------
    >>> def ask() -> None:
    ...     raise SelectionError("No article of this corpus has a date.")
    >>> print(answer(ask))
    Not answered (ask): No article of this corpus has a date.
    """
    ready: list[Any] = []
    for value in args:
        if isinstance(value, NotAnswered):
            return value
        if isinstance(value, list):
            kept = [v for v in value if not isinstance(v, NotAnswered)]
            if value and not kept:
                return value[0]
            ready.append(kept)
        else:
            ready.append(value)
    known = {name: value for name, value in options.items() if not isinstance(value, NotAnswered)}
    try:
        return function(*ready, **known)
    except (SelectionError, CorpusError) as error:
        return NotAnswered(function.__name__, str(error))
