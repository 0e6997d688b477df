"""The parameters cell is a typed form, and a notebook that breaks the rules is told where."""

from typing import Any

import pytest

from analysis.errors import InputError
from analysis.report.notebook import broken_rules, check_values, parameters_of


def form(source: str) -> dict[str, Any]:
    """Parameters of a notebook with this one cell."""
    cell = {"cell_type": "code", "id": "p", "metadata": {"tags": ["parameters"]}, "source": source}
    return parameters_of({"cells": [cell]})


def test_types_defaults_and_help_come_from_the_cell(tiny: dict[str, Any]) -> None:
    found = parameters_of(tiny)
    assert [(p.name, p.type_text, p.default, p.help) for p in found.values()] == [
        ("corpus", "str", "tiny", "the corpus"),
        ("n", "int", 3, "how many"),
        ("since", "date | None", None, "first day"),
        ("names", "list[str]", [], "which"),
    ]


@pytest.mark.parametrize(
    ("name", "given", "gives"),
    [
        ("n", "5", 5),
        ("n", 5, 5),
        ("since", "2025-02-28", "2025-02-28"),
        ("since", "none", None),
        ("since", None, None),
        ("names", "a, b", ["a", "b"]),
        ("names", '["a, b"]', ["a, b"]),
        ("names", ["a"], ["a"]),
        ("corpus", "borderlands", "borderlands"),
    ],
)
def test_a_text_is_read_as_the_declared_type(name: str, given: Any, gives: Any, tiny: dict[str, Any]) -> None:
    assert check_values(parameters_of(tiny), {name: given}) == {name: gives}


@pytest.mark.parametrize(
    ("name", "given"),
    [("n", True), ("n", "5.5"), ("n", None), ("since", "2025-02-30"), ("since", 20250228), ("corpus", 7)],
)
def test_a_value_of_another_type_is_refused(name: str, given: Any, tiny: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="wrong type"):
        check_values(parameters_of(tiny), {name: given})


def test_a_choice_is_one_of_its_words() -> None:
    declared = form("by: \"Literal['week', 'month']\" = 'week'")
    assert check_values(declared, {"by": "month"}) == {"by": "month"}
    with pytest.raises(InputError):
        check_values(declared, {"by": "weekly"})


@pytest.mark.parametrize("source", ["n = len('abc')", "import os", "n: os.system = 3", "a = b = 1"])
def test_only_literals_with_known_types_are_parameters(source: str) -> None:
    with pytest.raises(InputError):
        form(source)


def test_the_tiny_notebook_keeps_the_rules_and_a_thick_one_does_not(tiny: dict[str, Any]) -> None:
    assert broken_rules(tiny) == []
    tiny["cells"][3]["source"] = "def f():\n    for i in []:\n        pass"
    tiny["cells"][4]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x"}]
    assert broken_rules(tiny) == [
        "cell 4 has `def`; move it into the package",
        "cell 4 has `for`; move it into the package",
        "cell 5 is committed with outputs",
    ]
