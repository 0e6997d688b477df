"""Every page of a whole study opens in a browser, silent and alone, and its panels add up to its tables.

The study is small and its models are quick; `python -m benchmarks pages` does the same on any folder of reports.
"""

import json
import shutil
from pathlib import Path

import pytest

from analysis import cli
from analysis.corpus.demo import build_demo
from analysis.tracing.registry import CLOSED, TRACES
from benchmarks.pages import latest
from tests.browser import browser
from tests.report.opening import RULES, look

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]
QUICK = {"n_topics": 4, "grid": "[3, 4]", "n_resamples": 2, "by": "month", "n_codes": 20}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The pages of all notebooks on a demo corpus of 300 articles."""
    if shutil.which("chromium") is None and shutil.which("chromium-browser") is None:
        pytest.skip("no chromium here: what a browser shows is not checked")
    root = tmp_path_factory.mktemp("study")
    shutil.copytree(NOTEBOOKS, root / "notebooks")
    build_demo(root / "raw", articles=300, seed=3)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert cli.run(["ingest", "raw", "corpus/demo"]) == 0
        given = [word for name, value in QUICK.items() for word in ("-p", name, str(value))]
        assert cli.run(["report", "all", "-p", "corpus", "demo", *given]) == 0
    return latest(root / "reports")


def test_fifty_marks_and_ten_rows_of_every_page_sum_to_the_numbers_shown(pages: list[Path]) -> None:
    assert len(pages) == 6
    forms: set[str] = set()
    for page in pages:
        with browser() as opened:
            seen = look(opened, page)
        assert (seen.wrong, seen.said, seen.asked) == ([], [], []), page.parent.parent.name
        assert seen.opened >= 30
        forms |= seen.forms
    assert forms >= {"line", "bar", "heat map", "table"}


def test_a_table_opens_or_its_page_says_why_it_does_not(pages: list[Path]) -> None:
    for page in pages:
        held = {p.stem for p in (page.parent / "evidence").glob("*.json")}
        for path in (page.parent / "tables").glob("*.json"):
            kind = json.loads(path.read_text(encoding="utf-8"))["kind"]
            assert kind in TRACES or kind in CLOSED, kind
            if kind in CLOSED:
                assert path.stem not in held
        text = page.read_text(encoding="utf-8")
        assert ("do not open" in text) == any(k in text for k in CLOSED.values())


def test_every_kind_that_opens_says_what_its_articles_add_up_to() -> None:
    assert set(RULES) == set(TRACES)
    assert not set(TRACES) & set(CLOSED)
