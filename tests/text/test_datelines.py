"""The place and agency before the first sentence are told from words that only look like them."""

import json
from pathlib import Path
from typing import Any

import pytest

from analysis.text.agencies import agency_of, is_desk
from analysis.text.layout_dateline import find_dateline
from tests.growth import finishes_on_a_million

CASES = json.loads((Path(__file__).parents[1] / "cases" / "datelines.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_a_dateline_gives_place_and_agency_and_leaves_the_sentence(case: dict[str, Any]) -> None:
    found = find_dateline(case["text"])
    if case.get("none"):
        assert found is None
        return
    assert found is not None
    assert (found.place, found.agency) == (case["place"], case["agency"])
    assert case["text"][found.end :] == case["rest"]


@pytest.mark.parametrize("name", ["Anadolu Agency", "AA", "anadolu agency", "الأناضول", "Anadolu"])
def test_an_agency_has_one_name_in_all_its_spellings(name: str) -> None:
    assert agency_of(name, bracketed=True) == "Anadolu Agency"


def test_words_that_are_agencies_only_in_brackets_stay_words() -> None:
    assert agency_of("online") is None
    assert agency_of("online", bracketed=True) == "Online"
    assert agency_of("Fars") is None


def test_a_desk_is_not_an_agency() -> None:
    assert is_desk("By Web Desk")
    assert agency_of("Web Desk", bracketed=True) is None


@pytest.mark.parametrize(
    "unit", ["A", "A ", "AB/", "(", "A (", "(AB) ", "A, ", "Jan 1 ", ": ", "لاہور ", "- "]
)
def test_made_up_starts_take_time_in_proportion(unit: str) -> None:
    finishes_on_a_million(find_dateline, unit)
