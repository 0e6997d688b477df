"""Every notebook of the project is thin, without outputs, and a text that can be read."""

import ast
import json
from pathlib import Path

import pytest

import analysis
from analysis.report.notebook import broken_rules, parameters_of, read_notebook, source_of

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))


def test_there_are_notebooks() -> None:
    assert "01_corpus" in [p.stem for p in NOTEBOOKS]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_keeps_the_house_rules(path: Path) -> None:
    assert broken_rules(read_notebook(path)) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_every_parameter_has_help(path: Path) -> None:
    found = parameters_of(read_notebook(path))
    assert found
    assert all(p.help for p in found.values())


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_calls_only_what_the_package_offers(path: Path) -> None:
    for cell in read_notebook(path)["cells"]:
        if cell["cell_type"] == "code":
            for node in ast.walk(ast.parse(source_of(cell))):
                if (
                    isinstance(node, ast.Attribute)
                    and isinstance(node.value, ast.Name)
                    and node.value.id == "an"
                ):
                    assert node.attr in analysis.__all__


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_is_kept_as_jupyter_writes_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"
