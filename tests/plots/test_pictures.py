"""Every kind of result is drawn: small, large, single, awkward; to the same bytes; with words beside it."""

import io
from collections.abc import Callable

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.plots import alt_text, can_plot, plot
from analysis.plots.theme import compact, label, month_name, month_number, save_png, save_svg
from analysis.result import Result

Kinds = Callable[..., dict[str, Result]]
KINDS = (
    "accounting",
    "cleaning",
    "date_quality",
    "duplicates",
    "field_coverage",
    "flags",
    "languages",
    "lengths",
    "outlet_months",
    "reject_reasons",
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_the_corpus_report_is_drawn_and_described(kind: str, kinds: Kinds) -> None:
    result = kinds()[kind]
    figure = plot(result)
    save_png(figure, io.BytesIO())
    assert figure.alt == alt_text(result)
    assert len(figure.alt) > 20


@pytest.mark.parametrize("kind", KINDS)
def test_one_outlet_in_one_month_is_drawn(kind: str, kinds: Kinds) -> None:
    save_png(plot(kinds(("Only One",), n_months=1)[kind]), io.BytesIO())


def test_outlets_beyond_the_limit_are_added_up_and_the_picture_says_so(kinds: Kinds) -> None:
    many = kinds(tuple(f"Outlet {i}" for i in range(30)), n_months=8)["outlet_months"]
    figure = plot(many)
    assert figure.axes[0].get_yticklabels()[-1].get_text() == "6 others"
    assert "30 outlets" in figure.alt


def test_a_month_without_articles_is_empty_and_counted_as_such(kinds: Kinds) -> None:
    table = pd.DataFrame(
        {"outlet": ["Post"] * 2, "month": ["2025-01", "2025-03"], "n_docs": [4, 7], "n_words": [1, 1]}
    )
    result = Result(
        kind="outlet_months", table=table, unit="articles", params={}, corpus_fingerprint="f", notes=()
    )
    figure = plot(result)
    assert [t.get_text() for t in figure.axes[0].texts] == ["4", "7"]  # no 0 between them
    assert "1 of 3 cells are empty" in figure.alt
    line = plot(result, shape="lines").axes[0].lines[0].get_ydata()
    assert [str(v) for v in line] == ["4.0", "nan", "7.0"]


def test_a_century_of_months_is_drawn_by_year(kinds: Kinds) -> None:
    assert "by outlet and year" in plot(kinds(("Post",), n_months=1200)["outlet_months"]).alt


def test_a_rule_that_took_nothing_in_an_outlet_is_empty_and_a_small_share_is_not_zero(kinds: Kinds) -> None:
    figure = plot(kinds(("A", "B", "C"))["cleaning"])
    docs, chars = ([t.get_text() for t in axes.texts] for axes in figure.axes)
    assert docs == ["100", "100", "100", "<1", "2"]  # bylines: none in C, 2 of 400 in B, 1 of 50 in A
    assert chars == ["4.0", "4.0", "4.0", "<.01", "0"]


def test_more_outlets_than_fit_are_said_and_not_drawn(kinds: Kinds) -> None:
    figure = plot(kinds(tuple(f"Outlet {i}" for i in range(14)))["cleaning"])
    assert len(figure.axes[0].get_xticklabels()) == 10
    assert "10 largest outlets of 14" in figure.get_supxlabel()


def test_pictures_have_the_same_bytes_twice(kinds: Kinds) -> None:
    result = kinds()["outlet_months"]
    for save in (save_png, save_svg):
        one, two = io.BytesIO(), io.BytesIO()
        save(plot(result), one)
        save(plot(result), two)
        assert one.getvalue() == two.getvalue()


def test_a_name_in_a_script_the_font_lacks_is_no_failure(kinds: Kinds) -> None:
    for name in ("हिमाचल टाइम्स", "காலை முரசு", "\x00\x07", "名古屋日報"):
        save_png(plot(kinds((name,))["lengths"]), io.BytesIO())


def test_a_name_with_dollars_is_a_name_and_not_mathematics(kinds: Kinds) -> None:
    save_png(plot(kinds((r"$\frac$", "$$", "a_b^c"))["lengths"]), io.BytesIO())


def test_a_result_without_a_picture_is_refused_with_the_kinds_that_have_one() -> None:
    result = Result(
        kind="describe", table=pd.DataFrame({"a": [1]}), unit="", params={}, corpus_fingerprint="f", notes=()
    )
    assert not can_plot(result)
    with pytest.raises(InputError, match="outlet_months"):
        plot(result)


def test_an_unknown_shape_is_refused(kinds: Kinds) -> None:
    with pytest.raises(InputError, match="Did you mean 'lines'"):
        plot(kinds()["outlet_months"], shape="line")


def test_numbers_are_short_and_months_keep_their_distance() -> None:
    assert [compact(v) for v in (7, 950, 1200, 9960, 12999, 1_000_000)] == [
        "7",
        "950",
        "1.2k",
        "10k",
        "13k",
        "1.0M",
    ]
    assert month_number("2025-01") - month_number("2024-11") == 2
    assert month_name(month_number("2024-12")) == "2024-12"
    assert label("\x00\ud800") == "(no name)"
    assert label("a\nb" + "x" * 50, 10) == "a bxxxxxx…"
