"""On the page of a report every mark and row opens: what the panel adds up to is the number that was drawn."""

import json
import math
import random
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis import cli
from analysis.report.run import RunPaths, run_report
from tests.browser import browser
from tests.report.projects import FORM, SETUP, build, notebook

LINES = (
    ("markdown", "title", "# Lines"),
    ("code", "parameters", FORM),
    ("code", "setup", SETUP),
    ("markdown", "line", "## A line"),
    ("code", "trend", 'an.show(an.trend(an.term_rate(words, "ferry"), by="week", across="outlet"), "trend")'),
    ("markdown", "bars", "## Bars"),
    ("code", "bar", 'an.show(an.term_frequency(words, top=top), "frequency")'),
    ("markdown", "map", "## A heat map"),
    ("code", "months", 'an.show(an.outlet_months(selection), "months")'),
    ("markdown", "lines", "## Lines of text"),
    ("code", "kwic", 'an.show(an.concordance(words, "ferry", max_rows=12), "kwic")'),
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = build(tmp_path_factory.mktemp("panel"))
    (root / "notebooks" / "lines.ipynb").write_text(json.dumps(notebook(LINES)), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def run(project: Path) -> RunPaths:
    return run_report("lines", {}, root=project)


def test_the_articles_behind_every_row_add_up_to_it(run: RunPaths) -> None:
    held = json.loads((run.folder / "evidence" / "trend.json").read_text(encoding="utf-8"))
    table = pd.read_parquet(run.folder / "tables" / "trend.parquet")
    every = pd.read_parquet(run.folder / "evidence" / "trend.parquet")
    assert len(held["rows"]) == table["numerator"].notna().sum()
    for row, entry in held["rows"].items():
        side = entry["sides"][0]
        assert side["numerator"] == table["numerator"].iloc[int(row)]
        assert side["denominator"] == table["denominator"].iloc[int(row)]
        own = every[every["row"] == int(row)]
        assert (own["weight"] * own["numerator"]).sum() == side["numerator"]


def test_sentences_are_cut_at_voices_and_marks_and_lose_no_letter(run: RunPaths) -> None:
    held = json.loads((run.folder / "evidence" / "trend.json").read_text(encoding="utf-8"))
    quotes = [q for entry in held["rows"].values() for q in entry.get("quotes", {}).values()]
    assert quotes
    assert all(
        "".join(p[0] for p in q).startswith("It spoke of the harbour and of the ferry, as ") for q in quotes
    )
    assert all([p[0] for p in q if p[2]] == ["ferry"] for q in quotes)


@pytest.mark.browser
def test_fifty_random_marks_open_and_sum_to_the_number_shown(run: RunPaths) -> None:
    with browser() as opened:
        page: Any = opened.new_page(viewport={"width": 1280, "height": 900})
        said: list[str] = []
        asked: list[str] = []
        page.on("console", lambda m: said.append(m.text))
        page.on("pageerror", lambda e: said.append(str(e)))
        page.on("request", lambda r: asked.append(r.url))
        page.goto(run.html.as_uri())
        places = page.evaluate(
            "[...document.querySelectorAll('figure[data-hits]')].flatMap("
            "f => JSON.parse(f.dataset.hits).map(h => [f.dataset.result, ...h]))"
        )
        rng = random.Random(1)
        for name, row, left, top, right, bottom in rng.sample(places, min(50, len(places))):
            image = page.locator(f"figure[data-result='{name}'] img")
            image.scroll_into_view_if_needed()
            box = image.bounding_box()
            x, y = (left + right) / 2 * box["width"], (top + bottom) / 2 * box["height"]
            image.click(position={"x": x, "y": y}, force=True)
            page.wait_for_selector("dialog[open]")
            opened_row = int(page.evaluate("document.getElementById('panel').dataset.row"))
            table = pd.read_parquet(run.folder / "tables" / f"{name}.parquet")
            if opened_row != row:  # two marks in one place: the panel opened the nearest
                assert table.drop(columns=["group"], errors="ignore").iloc[opened_row].notna().any()
            shown = page.locator("#panel section.side").first
            numerator = float(shown.get_attribute("data-numerator"))
            number = {"trend": "numerator", "frequency": "term_freq", "months": "n_docs"}.get(name)
            assert math.isclose(numerator, float(table[number].iloc[opened_row]) if number else 1.0)
            page.keyboard.press("Escape")
        assert said == []
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


@pytest.mark.browser
def test_marks_and_rows_open_from_the_keyboard_and_focus_comes_back(run: RunPaths) -> None:
    with browser() as opened:
        page: Any = opened.new_page()
        page.goto(run.html.as_uri())
        page.locator("figure[data-result='frequency'] .marks").focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_selector("dialog[open]")
        assert page.locator("#panel tbody tr").count() > 0
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.classList.contains('marks')")
        page.locator("section[data-result='trend'] tr.opens").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("dialog[open]")
        assert page.evaluate("document.getElementById('panel').dataset.result") == "trend"


def test_without_text_no_word_of_an_article_is_in_the_report(
    project: Path, run: RunPaths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    assert cli.run(["report", "lines", "--no-text"]) == 0
    made = Path(capsys.readouterr().out.split(": ", 1)[1].splitlines()[0]).parent
    assert made.name != run.run_id
    words = (b"It spoke of", b"Nobody objected", b"Meeting 0 of", b"bell rang")
    files = [p for p in made.rglob("*") if p.is_file()]
    assert not [p.name for p in files for w in words if w in p.read_bytes()]
    kwic = pd.read_parquet(made / "tables" / "kwic.parquet")
    assert kwic["left"].isna().all()
    assert kwic["link"].notna().all()
