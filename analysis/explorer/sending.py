"""Putting code into the notebook that shows the explorer. Not for making the code (`question`)."""

import json
from typing import Any

from analysis.corpus.handle import Corpus

# JupyterLab lets a page's script reach its commands only where it was started with --expose-app-in-browser, as
# `analysis lab` does. Elsewhere the code stays in its box, to be copied.
_SCRIPT = """(async () => {
  const app = window.jupyterapp, code = %s;
  if (!app) { return; }
  const cells = app.shell.currentWidget && app.shell.currentWidget.content;
  await app.commands.execute('notebook:insert-cell-below');
  const cell = cells && cells.activeCell;
  if (cell && cell.model && cell.model.sharedModel) { cell.model.sharedModel.setSource(code); }
})();"""


def script(code: str) -> str:
    """Give the script that puts code into a new cell below the active one; the code is data in it.

    >>> script("1 < 2") == script("1 < 2") and "<" not in script("</x>").split("code = ")[1].split(";")[0]
    True
    """
    return _SCRIPT % json.dumps(code).replace("<", "\\u003c").replace("\u2028", "\\u2028")


def expression(corpus: Corpus) -> str:
    """Give an expression for a corpus: the variable of the notebook that holds it, else how it is opened."""
    names = [name for name, value in _names() if value is corpus and not name.startswith("_")]
    if names:
        return min(names)
    from analysis.corpus.store import resolve
    from analysis.errors import AnalysisError

    try:
        known = resolve(corpus.name).resolve() == corpus.path.resolve()
    except AnalysisError:
        known = False
    opened = f"an.open_corpus({corpus.name if known else str(corpus.path)!r})"
    return f"{opened}  # narrow it as you did for the explorer" if corpus.conditions else opened


def _names() -> list[tuple[str, Any]]:
    from IPython import get_ipython

    shell = get_ipython()
    return sorted(shell.user_ns.items(), key=lambda item: item[0]) if shell is not None else []
