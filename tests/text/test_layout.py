"""A pasted page is taken apart into its fields and its text, and what is neither says by which rule it went."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analysis.text.base import Cleaned, Raw, rebuild
from analysis.text.clean import CleanSettings, Knowledge, clean, prepare
from tests.growth import finishes_on_a_million

CASES = json.loads((Path(__file__).parents[1] / "cases" / "pages.json").read_text("utf-8"))
BODY: str = CASES["body"]
FIELDS = ("title", "standfirst", "author", "agency", "dateline", "section")


def pasted(text: str) -> Cleaned:
    """Clean a text as if it had been pasted from a page."""
    cleaned = clean(prepare(Raw(body=text, pasted=True)), Knowledge(), CleanSettings())
    whole = prepare(Raw(body=text, pasted=True)).body or ""
    assert rebuild(cleaned.body or "", tuple(r for r in cleaned.removals if r.part == "body")) == whole
    return cleaned


@pytest.mark.parametrize("page", CASES["pages"], ids=lambda page: page["about"])
def test_a_pasted_page_gives_its_fields_and_its_whole_text(page: dict[str, Any]) -> None:
    found = pasted(page["text"].replace("{body}", BODY))
    assert found.body == page["body"].replace("{body}", BODY)
    expected = dict.fromkeys(FIELDS) | page["expected"]
    day = expected.pop("published", None)
    source = expected.pop("published_source", "page" if day else None)
    assert {name: getattr(found, name) for name in expected} == expected
    if day:
        assert (found.published, found.published_source) == (date.fromisoformat(day), source)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Families moved to schools as river rises in the valley", "headline_only"),
        ("The lower town under water on Tuesday night. PHOTO: VALLEY POST/FILE", "caption_only"),
        ("Karim says:\nEvery year again.\nReply\nTara says:\nThey should build a dam.\nReply\nNils says:\nNo.",
         "comments_only"),
        ("Home\nNews\nSport\nWeather\nLogin\nSearch", "only_navigation"),
    ],
)  # fmt: skip
def test_a_page_without_running_text_is_kept_and_says_what_it_is(text: str, flag: str) -> None:
    found = pasted(text)
    assert found.body == text
    assert flag in found.flags


def test_a_long_menu_does_not_hide_a_short_article() -> None:
    menu = "\n".join(f"Section {i} of the paper" for i in range(30_000))
    found = pasted(f"{menu}\n\nFamilies moved to schools\n\n{BODY}\n\n{menu}")
    assert found.body == BODY


def test_a_right_to_left_page_with_direction_marks_is_cleaned_alike() -> None:
    urdu = CASES["pages"][-1]
    marked = "\n".join(f"\u200f{line}\u200f" for line in urdu["text"].split("\n"))
    assert pasted(marked).body == pasted(urdu["text"]).body == urdu["body"]


@pytest.mark.parametrize(
    "unit",
    ["a", "a ", "Word ", "A. ", "By ", "12 May 2024 ", "Photo: ", "ISLAMABAD, ", "(APP) ", "- ", "| ", "\n", "سکھر: "],
)  # fmt: skip
def test_made_up_pages_take_time_in_proportion(unit: str) -> None:
    finishes_on_a_million(pasted, unit)


@pytest.mark.parametrize(
    "line",
    [
        "a",
        "Share",
        "Read more: x",
        "A sentence of the page that ends here.",
        "Karim says:",
        "x" * 390,
        "مزید پڑھیں",
    ],
)
def test_made_up_lines_take_time_in_proportion(line: str) -> None:
    finishes_on_a_million(pasted, line + "\n", size=200_000)
