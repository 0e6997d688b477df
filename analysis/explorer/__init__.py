"""The explorer in JupyterLab: look a pattern up, read its lines, open an article, send the question to the notebook.

For a first look and for reading. Not for numbers in a paper: those are of the code it sends.
"""

from typing import TYPE_CHECKING

from analysis.explorer.answer import Answer, answer
from analysis.explorer.question import Question

if TYPE_CHECKING:
    from analysis.corpus.handle import Corpus
    from analysis.explorer.panel import Explorer

__all__ = ["Answer", "Question", "answer", "explore"]


def explore(corpus: "Corpus", *, pattern: str = "", by: str = "month") -> "Explorer":
    """Explore a corpus in JupyterLab: search, filter, read, and send the question to the notebook as code.

    Parameters
    ----------
    corpus
        The articles, already narrowed if you like.
    pattern
        What to look for first; as for `term_rate`. Empty for nothing.
    by
        The period of the line: `day`, `week`, `month`, `quarter`, `year`.

    Returns
    -------
    Explorer
        Shows itself when it is the last line of a cell. `explorer.answer` has the results of the last search,
        `explorer.code` the cell that makes them again.

    Notes
    -----
    Needs a running kernel: in an exported page there is nothing to explore. Intervals are of 199 draws, for speed.
    """
    from analysis.explorer.panel import Explorer

    return Explorer(corpus, Question(pattern=pattern, by=by))
