"""Show a result in a notebook: its picture, its table, its notes - and keep them when a report is being made.

In JupyterLab `show` only displays. Under `run_report` the kernel finds a folder in the environment, and every
table (CSV and Parquet) and picture (PNG and SVG) is also written there for the manifest. The folder is not a
parameter, because it is not part of what the report is about.
"""

import base64
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from analysis import escape
from analysis.coding.sample import CodingSheet
from analysis.errors import InputError, message
from analysis.plots import alt_text, can_plot, plot
from analysis.plots.theme import save_png, save_svg
from analysis.report.answer import NotAnswered
from analysis.report.places import check_name
from analysis.report.tables import MAX_ROWS, table_html, text_of

if TYPE_CHECKING:
    from analysis.result import Exhibit, Result

RUN_FOLDER = "ANALYSIS_RUN_FOLDER"
NO_TEXT = "ANALYSIS_NO_TEXT"
"""Set where a report may show no words of articles, because they are other people's property."""


_TEXT_COLUMNS = frozenset(
    {
        "headline",
        "hit",
        "left",
        "right",
        "text",
        "title",
        "passage",
        "example",
        "examples",
        "old",
        "raw",
        "matched",
        "example_title",
    }
)
_OF_TEXT = frozenset({"concordance", "stories"})  # pictures that are made of words of articles


class Saved(Protocol):
    """What can be kept."""

    def save(self, folder: Path) -> object:
        """Write it into a folder."""


def show(
    result: "Result | Exhibit",
    name: str,
    *,
    shape: str | None = None,
    table: bool = True,
    max_rows: int = MAX_ROWS,
) -> None:
    """Display a result under a name, and save it when a report is running.

    Parameters
    ----------
    result : Result, ArticlePage or ArticlePages
        What to show. A result is drawn when `analysis.plots` knows its kind, and its exhibit stands below it.
    name : str
        The name of its files in the report: letters, digits, '_', '-' and '.'.
    shape : str, optional
        Another picture of the same table, where the kind has several (``"lines"`` of ``outlet_months``).
    table : bool
        False shows the picture alone; the table is saved all the same.
    max_rows : int
        Rows displayed; the saved table has all of them.

    Raises
    ------
    InputError
        If the name is not a plain file name or was used before in this report for another table.
    """
    from IPython.display import display

    from analysis.plots.hits import hits
    from analysis.report.evidence import keep_evidence
    from analysis.tracing.registry import CLOSED

    send: Callable[..., object] = display
    check_name("name", name)
    if not hasattr(result, "table"):
        if os.environ.get(NO_TEXT):
            send({"text/plain": "A page of articles was left out (`--no-text`)."}, raw=True)
        else:
            _show_exhibit(result, name)
        return
    result = cast("Result", result)
    run = os.environ.get(RUN_FOLDER)
    folder = Path(run) if run else None
    withheld = bool(os.environ.get(NO_TEXT))
    traced = result
    if withheld:
        result = without_text(result)
    if folder is not None:
        _save_table(result, name, folder / "tables")
    drawn: list[Any] = []
    if len(result.table) and can_plot(result) and not (withheld and result.kind in _OF_TEXT):
        figure = plot(result, shape=shape)
        drawn = hits(figure) if folder is not None else []
        alt = alt_text(result, shape=shape)
        png = io.BytesIO()
        save_png(figure, png)
        if folder is not None:
            (folder / "figures").mkdir(parents=True, exist_ok=True)
            (folder / "figures" / f"{name}.png").write_bytes(png.getvalue())
            save_svg(figure, folder / "figures" / f"{name}.svg")
        mark: dict[str, Any] = {"figure": name}
        if drawn:
            mark["hits"] = [[h.row, *(round(v, 4) for v in h[1:])] for h in drawn]
        data = {"image/png": base64.b64encode(png.getvalue()).decode("ascii"), "text/plain": alt}
        send(data, raw=True, metadata={"image/png": {"alt": alt}, "analysis": mark})
    pieces = [table_html(result.table, name=name, max_rows=max_rows)] if table else []
    said = list(result.notes)
    if folder is not None and result.kind in CLOSED and len(result.table):
        said.append(f"The rows of this table do not open: {CLOSED[result.kind]}.")
    if said:
        notes = "".join(f"<li>{escape.note(text_of(note))}</li>" for note in said)
        pieces.append(f'<ul class="notes">{notes}</ul>')
    if pieces:
        plain = f"{result.kind}: {len(result.table)} rows"
        data = {"text/html": "\n".join(pieces), "text/plain": plain}
        send(data, raw=True, metadata={"analysis": {"table": name}})
    if table and result.exhibit is not None and not withheld:
        _show_exhibit(result.exhibit, name)
    if folder is not None:
        listed = range(min(max_rows, len(result.table))) if table else range(0)
        rows = dict.fromkeys([*(h.row for h in drawn), *listed])
        keep_evidence(traced, name, folder, list(rows), text=not withheld, table=result.table)


def without_text(result: "Result") -> "Result":
    """Return a result whose table holds no words of an article: its columns of text are null."""
    from dataclasses import replace

    import pandas as pd

    table = result.table
    columns = [c for c in table.columns if c in _TEXT_COLUMNS]
    if result.kind == "topic_cards":  # its headlines stand among the names; rows keep their places
        table = table.assign(name=table["name"].where(table["part"] != "article", table["doc_id"]))
    elif not columns:
        return result
    empty = {c: pd.Series([None] * len(table), dtype="str") for c in columns}
    note = "Words of articles were left out (`--no-text`)."
    return replace(result, table=table.assign(**empty), notes=(*result.notes, note))


def keep(model: "Saved | NotAnswered", name: str) -> None:
    """Keep a fitted model with the report, so that the next run on a corpus that has grown measures with it.

    In JupyterLab it does nothing: save a model yourself with its own `save`.

    Parameters
    ----------
    model
        Anything with `save(folder)`, such as a topic model or a sheet to code. A question without an answer is not
        kept. A sheet holds words of articles, and is not kept where a report may show none.
    name : str
        The name of its folder in the report, under `models/`.

    Raises
    ------
    InputError
        If the name is not a plain file name, or the model cannot be saved.
    """
    check_name("name", name)
    if isinstance(model, NotAnswered) or (os.environ.get(NO_TEXT) and isinstance(model, CodingSheet)):
        return
    if not hasattr(model, "save"):
        raise InputError(
            message("this cannot be kept", got=type(model).__name__, expected="a model with `save`")
        )
    run = os.environ.get(RUN_FOLDER)
    if run:
        folder = Path(run) / "models" / name
        folder.mkdir(parents=True, exist_ok=True)
        model.save(folder)


def _show_exhibit(exhibit: "Exhibit", name: str) -> None:
    """Display what shows itself; it has no table to save."""
    from IPython.display import display

    if not hasattr(exhibit, "_repr_html_"):
        raise InputError(
            message("this cannot be shown", got=type(exhibit).__name__, expected="a Result or a page")
        )
    send: Callable[..., object] = display
    data = {"text/html": exhibit._repr_html_(), "text/plain": str(exhibit)}
    send(data, raw=True, metadata={"analysis": {"page": name}})


def _save_table(result: "Result", name: str, folder: Path) -> None:
    """Save the whole table; a name is used once, or again for the same table."""
    path = folder / f"{name}.json"
    before = path.read_bytes() if path.exists() else None
    result.save(folder, name=name)
    if before not in (None, path.read_bytes()):
        hint = "Give each table of a report its own name."
        raise InputError(message("this name is already used in the report", got=name, hint=hint))
