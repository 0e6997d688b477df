"""The pictures of term measures: one term and sixty, long ones, and letters the house font lacks."""

import importlib.util
import io
from pathlib import Path
from types import ModuleType

import pytest

from analysis.errors import InputError
from analysis.plots import alt_text, plot
from analysis.plots.fonts import dress
from analysis.plots.theme import figure, save_png

KINDS = (
    "keyness",
    "collocation",
    "dispersion",
    "dispersion_parts",
    "diversity",
    "term_frequency",
    "tf_idf",
    "concordance",
)


@pytest.fixture(scope="module")
def made() -> ModuleType:
    """The made-up results beside this file."""
    spec = importlib.util.spec_from_file_location("term_results", Path(__file__).with_name("term_results.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("n", [1, 14, 60])
@pytest.mark.parametrize("kind", KINDS)
def test_one_term_and_sixty_are_drawn_and_described(kind: str, n: int, made: ModuleType) -> None:
    result = made.MAKERS[kind](n)
    picture = plot(result)
    save_png(picture, io.BytesIO())
    assert picture.alt == alt_text(result)
    assert "border" in picture.alt or kind in {"dispersion", "diversity"}
    assert picture.get_size_inches()[1] < 14  # sixty terms are not a picture a metre long


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_without_rows_is_refused(kind: str, made: ModuleType) -> None:
    result = made.MAKERS[kind](3)
    with pytest.raises(InputError, match="no rows"):
        plot(made.of(kind, result.table.head(0), **result.params))


def test_keyness_where_one_side_has_nothing_of_its_own(made: ModuleType) -> None:
    picture = plot(made.keyness(5, both=False))
    assert "no term" in [t.get_text() for axes in picture.axes for t in axes.texts]
    assert "all the others: no term" in picture.alt


def test_by_log_ratio_confirmed_terms_come_first(made: ModuleType) -> None:
    result = made.keyness(60)
    table = result.table.assign(significant=result.table["term"] == "word10")
    picture = plot(made.of("keyness", table, **result.params), shape="log_ratio")
    assert "Log Ratio" in picture.alt
    assert picture.axes[1].texts[0].get_text() == "word10"


def test_intervals_are_drawn_where_the_table_has_them(made: ModuleType) -> None:
    plain, lined = plot(made.term_frequency(5)), plot(made.term_frequency(5, intervals=True))
    assert not plain.axes[0].collections
    assert len(lined.axes[0].collections) == 1


def test_more_groups_than_fit_are_said(made: ModuleType) -> None:
    picture = plot(made.term_frequency(5, groups=12))
    assert sum(axes.get_visible() for axes in picture.axes) == 9
    assert "The first 9 groups of 12" in picture.get_supxlabel()


def test_parts_that_are_no_periods_and_a_term_that_never_occurs(made: ModuleType) -> None:
    result = made.dispersion_parts(3, over="outlet")
    table = result.table.assign(rate=result.table["rate"].where(result.table["term"] != "border", 0.0))
    save_png(plot(made.of("dispersion_parts", table)), io.BytesIO())


def test_a_week_without_words_is_grey_and_not_left_out(made: ModuleType) -> None:
    assert "over 39 weeks" in plot(made.dispersion_parts(2)).alt  # 37 of them have words


def test_a_text_in_the_house_font_is_left_alone_and_another_gets_one_font() -> None:
    picture = figure(height=1.0)
    latin, urdu, arabic = (picture.text(0, 0, t) for t in ("border", "خارجہ", "سرحد"))
    before = latin.get_fontfamily()
    lacking = dress(picture)
    assert latin.get_fontfamily() == before
    assert lacking in {0, 1}  # as the fonts of this machine are
    if not lacking:
        assert urdu.get_fontfamily() == arabic.get_fontfamily() != before


def test_letters_no_font_has_are_counted() -> None:
    picture = figure(height=1.0)
    picture.text(0, 0, "\U000e0fff\U000e0ffe")
    assert dress(picture) == 1


def test_what_precedes_a_hit_stands_on_its_right_where_the_text_runs_from_right_to_left(
    made: ModuleType,
) -> None:
    texts = list(plot(made.concordance(4)).axes[0].texts)
    by_line = {t.get_text(): t for t in texts}
    hit, before = by_line["سرحد"], by_line["وزیر نے کہا کہ"]
    assert before.get_position()[0] > hit.get_position()[0]
    latin = by_line["The guard stood at the"]
    assert latin.get_position()[0] < by_line["border"].get_position()[0]
