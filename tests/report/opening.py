"""Open a page of a report in a browser as a reader would, and hold what its panels add up to against the tables.

Used by the tests on small corpora and by `python -m benchmarks pages` on any folder of reports. Not for what the
articles behind a row are (`tests/tracing`).
"""

import json
import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

Rule = tuple[str | None, str, str | float | Callable[["pd.Series[Any]"], Any]]
"""The side, what the panel says of it (numerator, denominator, ratio), and what must be the same."""


def _both(top: str, bottom: str | None = None, ratio: str | None = None) -> tuple[Rule, ...]:
    names = (("numerator", top), ("denominator", bottom), ("ratio", ratio))
    return tuple((None, what, column) for what, column in names if column is not None)


def _sides(target: str, reference: str) -> tuple[Rule, ...]:
    return (("target", "ratio", target), ("reference", "ratio", reference))


_ONE: tuple[Rule, ...] = ((None, "numerator", 1.0),)
RULES: dict[str, tuple[Rule, ...]] = {
    "accounting": _both("kept"),
    "breaks": _sides("after", "before"),
    "cleaning": _both("n_removals"),
    "collocation": _both("joint", "n_near"),
    "compare": _sides("target", "reference"),
    "composition": _sides("ratio_target", "ratio_reference"),
    "concordance": _ONE,
    "corrections": _ONE,
    "coverage": _both("n_docs"),
    "date_quality": _both("n_docs"),
    "dispersion": _both("freq"),
    "dispersion_parts": _both("freq", "n_words", "rate"),
    "diversity": ((None, "ratio", "mattr"),),
    "duplicates": _both("n"),
    "event": _both("numerator", "denominator", "value"),
    "field_coverage": _both("filled", "n_docs", "share"),
    "flags": _both("n_docs"),
    "keyness": (
        *_sides("target_rate", "reference_rate"),
        ("target", "numerator", "target_freq"),
        ("reference", "numerator", "reference_freq"),
    ),
    "languages": _both("n_docs"),
    "lengths": ((None, "denominator", "n_docs"), (None, "ratio", "words_mean")),
    "near_copies": ((None, "numerator", 2.0),),
    "outlet_months": _both("n_docs"),
    "recheck": _ONE,
    "scaling_range": ((None, "denominator", "n_words"), (None, "ratio", "estimate")),
    "scaling_terms": _both("term_freq"),
    "segments": _both("score"),
    "speakers": _both("n_words", None, "share"),
    "stories": _both("n_docs"),
    "story": _ONE,
    "term_frequency": _both("term_freq", "n_words", "rate"),
    "tf_idf": _both("term_freq", "n_words", "tf"),
    "tone_by_voice": _both("numerator", "denominator", "estimate"),
    "tone_groups": ((None, "denominator", "n_segments"), (None, "ratio", "tone")),
    "topic_articles": ((None, "denominator", "n_words"), (None, "ratio", "share")),
    "topic_cards": ((None, "ratio", lambda row: None if row["part"] == "term" else row["value"]),),
    "topic_correlation": _both("n_both"),
    "topic_drift": ((None, "denominator", "n_words"), (None, "ratio", "unassigned")),
    "topic_outlets": _both("n_words", None, "share"),
    "topic_passages": ((None, "denominator", "n_terms"), (None, "ratio", "share")),
    "topic_periods": _both("n_words", None, "share"),
    "topic_stability": (),  # a likeness of terms: what opens is the articles of the topic, and no sum
    "topic_table": ((None, "ratio", "share"),),
    "topic_terms": (),  # a probability of the model: what opens is the articles that have the term from the topic
    "topic_words": _both("count"),
    "towards_mentions": _both("score"),
    "trend": _both("numerator", "denominator", "estimate"),
}
GRIDS = frozenset(
    {
        "coverage",
        "dispersion_parts",
        "field_coverage",
        "flags",
        "cleaning",
        "outlet_months",
        "topic_drift",
        "topic_periods",
    }
)
LINES = frozenset({"breaks", "event", "outlet_months", "tone_by_voice", "trend"})
_SIDE = "s => [s.dataset.numerator, s.dataset.denominator, s.querySelector('h3')?.textContent ?? null]"
_MARKS = (
    "[...document.querySelectorAll('figure[data-hits]')].filter(f => f.querySelector('.marks')).flatMap("
    "f => { const rows = JSON.parse(document.getElementById('evidence').textContent)[f.dataset.result].rows; "
    "return JSON.parse(f.dataset.hits).map(h => [f.dataset.result, ...h, h[0] in rows]); })"
)
_FIGURES = (
    "[...document.querySelectorAll('figure[data-result]')].map("
    "f => [f.dataset.result, !!f.querySelector('.marks')])"
)
_TABLES = (
    "[...document.querySelectorAll('section.result[data-result]')].filter(s => s.querySelector('table.data')).map("
    "s => [s.dataset.result, [...s.querySelectorAll('tr.opens')].map(r => Number(r.dataset.row))])"
)
_READY = (
    "document.readyState === 'complete' && (!document.querySelector('dialog') || !!window.HTMLDialogElement)"
)


class Mark(NamedTuple):
    """A mark of a picture, as its page has it."""

    name: str
    row: int
    left: float
    top: float
    right: float
    bottom: float
    opens: bool


@dataclass
class Looked:
    """What was seen on one page."""

    page: Path
    seconds: float = 0.0
    megabytes: float = 0.0
    marks: int = 0
    opened: int = 0
    sums: int = 0
    wrong: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    forms: set[str] = field(default_factory=set)
    figures: dict[str, bool] = field(default_factory=dict)
    tables: dict[str, bool] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        """Nothing said, nothing asked of the outside, no sum that differs."""
        return not (self.wrong or self.said or self.asked)


def look(browser: Any, page: Path, *, marks: int = 50, rows: int = 10, seed: int = 1) -> Looked:
    """Open a page from its file, then `marks` random marks of its pictures and `rows` random rows of its tables.

    Parameters
    ----------
    browser
        Of playwright.
    page
        The `index.html` of a run; its tables lie beside it.
    marks, rows
        How many at most. Every picture and every table that opens has its turn before any has a second.
    seed
        Which.
    """
    seen = Looked(page, megabytes=page.stat().st_size / 1e6)
    view: Any = browser.new_page(viewport={"width": 1280, "height": 900})
    view.on("console", lambda m: seen.said.append(m.text))
    view.on("pageerror", lambda e: seen.said.append(str(e)))
    view.on("request", lambda r: None if _inside(r.url) else seen.asked.append(r.url))
    start = time.perf_counter()
    view.goto(page.resolve().as_uri(), wait_until="load")
    view.wait_for_function(_READY)
    seen.seconds = time.perf_counter() - start
    seen.figures = dict(view.evaluate(_FIGURES))
    listed = dict(view.evaluate(_TABLES))
    seen.tables = {name: bool(own) for name, own in listed.items()}
    kinds = view.evaluate(
        "Object.fromEntries(Object.entries(JSON.parse(document.getElementById('evidence')?.textContent ?? '{}'))"
        ".map(([name, r]) => [name, [r.kind, r.scale]]))"
    )
    drawn = [Mark(*m) for m in view.evaluate(_MARKS)]
    seen.marks = sum(m.opens for m in drawn)
    rng = random.Random(seed)
    full = [m for m in drawn if m.opens]
    for mark in _in_turn(full, [m.name for m in full], marks, rng):
        if _click(view, mark):
            seen.forms.add(_form(kinds[mark.name][0], mark))
            near = [m.row for m in drawn if m.name == mark.name and _touches(m, mark)]
            _compare(view, seen, mark.name, near, *kinds[mark.name])
        else:
            seen.wrong.append(f"{mark.name} row {mark.row}: no panel")
    empty = [m for m in drawn if not m.opens]
    for mark in _in_turn(empty, [m.name for m in empty], rows, rng):
        alone = not any(_touches(m, mark) for m in full if m.name == mark.name)
        if _click(view, mark):
            view.keyboard.press("Escape")
            if alone:
                seen.wrong.append(f"{mark.name} row {mark.row}: it is empty, and another one opened")
    places = [(name, row) for name, own in listed.items() for row in own]
    for name, row in _in_turn(places, [p[0] for p in places], rows, rng):
        view.locator(f"section[data-result='{name}'] tr.opens[data-row='{row}']").first.focus()
        view.keyboard.press("Enter")
        seen.forms.add("table")
        _compare(view, seen, name, [row], *kinds[name])
    view.close()
    return seen


def _inside(url: str) -> bool:
    return url.startswith(("file:", "data:"))


def _in_turn(things: list[Any], names: list[str], n: int, rng: random.Random) -> list[Any]:
    """Draw n things, one of every name before a second of any."""
    order = rng.sample(range(len(things)), len(things))
    seen: dict[str, int] = {}
    turn = []
    for place in order:
        seen[names[place]] = seen.get(names[place], 0) + 1
        turn.append((seen[names[place]], place))
    return [things[place] for _, place in sorted(turn, key=lambda t: t[0])[:n]]


def _click(view: Any, mark: Mark) -> bool:
    """Click the middle of a mark; tell whether a panel opened."""
    image = view.locator(f"figure[data-result='{mark.name}'] .marks img").first
    image.evaluate(
        "(e, y) => { const b = e.getBoundingClientRect(); "
        "window.scrollBy({top: b.top + y * b.height - 450, behavior: 'instant'}); }",
        (mark.top + mark.bottom) / 2,
    )
    box = image.bounding_box()
    x = min(max((mark.left + mark.right) / 2, 0.0), 1.0)
    y = min(max((mark.top + mark.bottom) / 2, 0.0), 1.0)
    view.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
    return bool(view.evaluate("document.getElementById('panel').open"))


def _touches(mark: Mark, other: Mark, slack: float = 0.02) -> bool:
    """Whether two marks are so close that a click on one may open the other."""
    x, y = (other.left + other.right) / 2, (other.top + other.bottom) / 2
    return mark.left - slack <= x <= mark.right + slack and mark.top - slack <= y <= mark.bottom + slack


def _form(kind: str, mark: Mark) -> str:
    point = mark.left == mark.right and mark.top == mark.bottom
    if point:
        return "line" if kind in LINES else "dots"
    return "heat map" if kind in GRIDS else "bar"


def _compare(view: Any, seen: Looked, name: str, near: list[int], kind: str, scale: float) -> None:
    """Hold the open panel against the table, and close it."""
    data = view.evaluate("({...document.getElementById('panel').dataset})")
    sides = view.evaluate(f"[...document.querySelectorAll('#panel section.side')].map({_SIDE})")
    view.keyboard.press("Escape")
    seen.opened += 1
    row = int(data["row"])
    if data["result"] != name or row not in near:
        seen.wrong.append(f"{name} rows {near}: opened {data['result']} row {row}")
        return
    if kind not in RULES:
        seen.wrong.append(f"{name}: no rule for {kind}")
        return
    table = pd.read_parquet(seen.page.parent / "tables" / f"{name}.parquet")
    told = {side: _told(top, bottom, scale) for top, bottom, side in sides}
    for side, what, column in RULES[kind]:
        here = table.iloc[row]
        value = here[column] if isinstance(column, str) else column(here) if callable(column) else column
        shown = told.get(side, {}).get(what)
        if value is None or pd.isna(value) or (shown is None and what != "numerator"):
            continue
        seen.sums += 1
        if shown is None or not math.isclose(shown, float(value), rel_tol=1e-9, abs_tol=1e-9):
            seen.wrong.append(f"{name} row {row} {side or ''} {what}: {shown}, the table says {value}")


def _told(top: str, bottom: str, scale: float) -> dict[str, float]:
    told = {what: json.loads(v) for what, v in (("numerator", top), ("denominator", bottom))}
    made = {what: float(v) for what, v in told.items() if v is not None}
    if made.get("denominator") and "numerator" in made:
        made["ratio"] = scale * made["numerator"] / made["denominator"]
    return made
