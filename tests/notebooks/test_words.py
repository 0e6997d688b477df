"""Every kind of result that a notebook shows has its line in the words of a report."""

import ast
import json
from pathlib import Path

import pytest

from analysis.report.methods import fill, read_words

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
NO_RESULT = {
    "answer", "around", "codes_for", "coding_sheet", "explore", "fit_scaling", "keep", "open_corpus", "open_topics", "show", "tokens",
    "topic_to_show", "topics_for",
}  # fmt: skip
KIND = {
    "choose_topics": "topic_choice", "coded_scores": "segments", "outlet_keyness": "keyness",
    "scaling_scores": "scaling", "tone_voices": "tone", "towards_voices": "towards", "validate": "validation",
    "validated": "validation",
}  # fmt: skip


def asked(path: Path) -> set[str]:
    """The functions of the package that a notebook names."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    trees = [ast.parse("".join(c["source"])) for c in cells if c["cell_type"] == "code"]
    nodes = [n for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Attribute)]
    return {n.attr for n in nodes if isinstance(n.value, ast.Name) and n.value.id == "an"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_what_a_notebook_shows_can_be_put_into_words(path: Path) -> None:
    kinds = {KIND.get(name, name) for name in asked(path) - NO_RESULT}
    assert kinds <= set(read_words()["kinds"])


def test_every_table_has_a_title_for_its_caption() -> None:
    words = read_words()
    measures = {
        "corrected", "scaling", "speaker_share", "term_rate", "tone", "topic_share", "towards", "volume",
    }  # fmt: skip
    assert set(words["kinds"]) - measures == set(words["titles"])


def test_a_line_for_a_measurement_asks_for_no_parameter() -> None:
    """Inside a trend only its name is known."""
    for kind in (
        "corrected",
        "scaling",
        "speaker_share",
        "term_rate",
        "tone",
        "topic_share",
        "towards",
        "volume",
    ):
        line = read_words()["kinds"][kind]["does"]
        assert fill(line, {}) == line


def test_more_than_one_story_is_stories() -> None:
    assert fill("by permuting {units}s, {n}s", {"units": "story", "n": "day"}) == "by permuting stories, days"
