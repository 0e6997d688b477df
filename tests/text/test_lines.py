"""Lines that are known for what they say go; sentences that begin alike stay."""

import json
from pathlib import Path

import pytest

from analysis.text.lines import LONGEST_LINE, known_line

CASES = json.loads((Path(__file__).parents[1] / "cases" / "lines.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["line"][:50])
def test_a_line_falls_under_the_rule_the_case_names(case: dict[str, str | None]) -> None:
    assert known_line(str(case["line"]), pasted=False) == case["rule"]


@pytest.mark.parametrize("line", ["Name *", "Leave a Reply", "Reply", "View all comments"])
def test_lines_of_comment_forms_are_known_on_pasted_pages_only(line: str) -> None:
    assert known_line(line, pasted=True) == "comment_form"
    assert known_line(line) is None


def test_a_line_too_long_to_be_clutter_is_none() -> None:
    assert known_line("Read more: " + "x" * LONGEST_LINE) is None
