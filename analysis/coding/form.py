"""Coding in the notebook: one unit after the other, a button a code, every code written to a file at once.

Stopped in the middle it goes on where it was, and any code can be changed. Not for reading codes (`coders`). Needs a
running kernel; a printed page shows nothing of it.
"""

from pathlib import Path
from typing import Any

from analysis.coding.files import csv_of, read_table, write_whole
from analysis.coding.sample import CodingSheet
from analysis.errors import InputError, SelectionError, message
from analysis.escape import text as escaped


class CodingForm:
    """What the form knows: which unit is shown, and what is written for each. The widgets only show it.

    Parameters
    ----------
    sheet
        The sample.
    path
        The coder's CSV; read where it is there, written after every code.
    """

    def __init__(self, sheet: CodingSheet, path: str | Path) -> None:
        self.sheet, self.path = sheet, Path(path)
        if self.path.suffix.lower() != ".csv":
            raise InputError(message("The coder's file", got=self.path.name, expected="such as ann.csv"))
        self.ids: list[str] = sheet.design["id"].tolist()
        self.filled: dict[str, dict[str, str]] = {}
        if self.path.exists():
            self._resume()
        open_ = [k for k, i in enumerate(self.ids) if not self.filled.get(i, {}).get("code")]
        self.at = open_[0] if open_ else 0

    def _resume(self) -> None:
        rows = [row for _, row in read_table(self.path)]
        strange = [row["id"] for row in rows if row["id"] not in set(self.ids)]
        if strange:  # writing would lose them
            raise SelectionError(
                message(
                    f"{self.path.name} has rows of another sample, or edited ids", got=strange[:3],
                    expected=f"ids of the sample {self.sheet.key}", hint="Give the form a file of its own.",
                )
            )  # fmt: skip
        for row in rows:
            self.filled[row["id"]] = {"id": row["id"], "code": row["code"], "note": row.get("note", "")}

    @property
    def done(self) -> int:
        """How many units have a code."""
        return sum(1 for row in self.filled.values() if row["code"])

    def code(self, name: str, note: str = "") -> None:
        """Write a code for the unit shown, save, and go to the next; the last stays."""
        if name not in self.sheet.codes:
            raise InputError(message("There is no such code", got=name, expected=", ".join(self.sheet.codes)))
        unit = self.ids[self.at]
        self.filled[unit] = {"id": unit, "code": name, "note": " ".join(note.split())}
        self._write()
        self.move(1)

    def clear(self) -> None:
        """Take the code of the unit shown away."""
        self.filled.pop(self.ids[self.at], None)
        self._write()

    def move(self, steps: int) -> None:
        """Go forwards or back."""
        self.at = min(max(self.at + steps, 0), len(self.ids) - 1)

    def _write(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self.path, csv_of(self.sheet, list(self.filled.values())).encode("utf-8-sig"))

    def page(self) -> str:
        """The unit shown, as HTML; everything in it escaped."""
        row = self.sheet.design.iloc[self.at]
        mine = self.filled.get(self.ids[self.at], {}).get("code", "")
        said = f" - coded <b>{escaped(mine)}</b>" if mine else ""
        before = (
            f'<p dir="auto" style="color:#5c6773">{escaped(row["context"])}</p>' if row["context"] else ""
        )
        body = escaped(row["text"]).replace("\n", "<br>")
        return (
            f"<p>{self.at + 1} of {len(self.ids)}, {self.done} coded{said}</p>{before}"
            f'<div dir="auto" style="max-width:46em;font-size:110%;line-height:1.5">{body}</div>'
        )


def coding_form(sheet: CodingSheet, path: str | Path) -> Any:
    """Show a sample in the notebook to be coded with the mouse.

    Parameters
    ----------
    sheet
        From `coding_sheet` or `open_sheet`.
    path
        The coder's own CSV (`ann.csv`). It is made, or read and gone on with: every code is written at once, and
        `read_codes` takes it as it takes a sheet coded elsewhere.

    Returns
    -------
    ipywidgets.Widget
        With the state as `form` (a `CodingForm`).

    Raises
    ------
    InputError, SelectionError
        The file is no CSV, or of another sample.
    """
    import ipywidgets as widgets

    form = CodingForm(sheet, path)
    shown = widgets.HTML()
    note = widgets.Text(placeholder="note (kept with the code)")
    codes = [widgets.Button(description=name, button_style="primary") for name in sheet.codes]
    back, on, clear = (widgets.Button(description=d) for d in ("back", "next", "clear"))

    def show() -> None:
        shown.value = form.page()
        note.value = form.filled.get(form.ids[form.at], {}).get("note", "")

    def on_code(button: Any) -> None:
        form.code(button.description, note.value)
        show()

    def on_move(button: Any) -> None:
        form.move(-1 if button is back else 1)
        show()

    def on_clear(_: Any) -> None:
        form.clear()
        show()

    for button in codes:
        button.on_click(on_code)
    back.on_click(on_move)
    on.on_click(on_move)
    clear.on_click(on_clear)
    show()
    box = widgets.VBox([shown, widgets.HBox(codes), note, widgets.HBox([back, on, clear])])
    box.form = form
    return box
