"""Anchors: which terms they stand for."""

import pytest

from analysis.errors import InputError, UnknownNameError
from analysis.topics.anchors import anchors_in, as_written

TERMS = ("border", "border_post", "chaman", "fence", "fenced", "fencing", "foreign minister", "torkham")


def columns(anchors: dict[str, object]) -> list[list[int]]:
    return [c.tolist() for c in anchors_in(as_written(anchors), TERMS, lower=True).columns]  # type: ignore[arg-type]


def test_a_star_is_any_letters_and_a_phrase_is_a_term_where_there_is_one() -> None:
    assert columns({"a": ["Torkham", "fenc*"], "b": '"foreign minister" | border-post'}) == [
        [3, 4, 5, 7],
        [1, 6],
    ]


def test_an_anchor_is_never_an_expression() -> None:
    with pytest.raises(UnknownNameError):
        columns({"a": ["bo.der"]})


def test_anchors_that_do_not_occur_are_named_with_the_nearest() -> None:
    found = anchors_in(as_written({"b": ["border", "torkhan"]}), TERMS, lower=True)
    assert found.notes == ("Anchors of 'b' that do not occur: 'torkhan' (nearest: torkham).",)
    with pytest.raises(UnknownNameError, match="nearest: chaman"):
        columns({"b": ["chamam"]})


@pytest.mark.parametrize(
    "wrong", [["border"], {"": ["border"]}, {"a": []}, {"a": [""]}, {"unassigned": ["border"]}]
)
def test_what_are_no_anchors_is_said(wrong: object) -> None:
    with pytest.raises(InputError):
        as_written(wrong)  # type: ignore[arg-type]


def test_two_topics_of_the_same_terms_are_refused() -> None:
    with pytest.raises(InputError, match="another topic"):
        columns({"a": ["border"], "b": ["border"]})
