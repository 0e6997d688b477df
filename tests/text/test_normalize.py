"""Encoding and white space are put right by named steps, once and for all, and style is left alone."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.markup import markup_to_text
from analysis.text.normalize import normalize
from tests.growth import finishes_on_a_million

CASES = json.loads((Path(__file__).parents[1] / "cases" / "normalize.json").read_text("utf-8"))
QUOTES = "\"'“”‘’«»„‹›`´"
DIRT = (
    "& &amp; amp; &#38; #38; ; &lt; &nbsp; &#146; \u200b \u200c \u200d \u00ad \r \n \x85 \x92 \x00 \u0301 \ufeff "
    "\u200f Ã© â€™ â€ Ã Â \u00a0 می ශ් 👩 a é “ ’ \ud83d \ude00 \u2028"
)
dirt = st.sampled_from(DIRT.split(" "))
anything = st.text(st.characters(exclude_categories=[]), max_size=60)
text_like = st.lists(dirt | anything, max_size=12).map("".join)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_a_text_becomes_what_the_case_says_by_the_steps_it_says(case: dict[str, object]) -> None:
    assert normalize(str(case["text"])) == (case["expected"], tuple(case["steps"]))  # type: ignore[arg-type]


def test_two_halves_of_a_character_are_joined() -> None:
    assert normalize("ok \ud83d\ude00") == ("ok 😀", ("surrogates",))


@given(text=text_like)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once, _ = normalize(text)
    assert normalize(once) == (once, ())


@given(text=text_like)
def test_a_normalised_text_can_be_stored_and_names_what_was_done(text: str) -> None:
    once, steps = normalize(text)
    once.encode("utf-8")
    assert bool(steps) == (once != text)
    assert not set(once) & set("\r\x00\u00a0\u200b\ufeff\u2028\u00ad\u200f")


@given(text=st.text(alphabet=QUOTES + "abc \n", max_size=60))
def test_quotation_marks_are_never_touched(text: str) -> None:
    assert normalize(text) == (text, ())


@pytest.mark.parametrize(
    "unit", ["&amp;", "&#38;", "&am\u200bp;", "\u200c", "\u00a0", "Ã©", "a\u0301", "\r\n", "\x92", "&"]
)
def test_made_up_text_takes_time_in_proportion(unit: str) -> None:
    finishes_on_a_million(normalize, unit)


def test_markup_becomes_paragraphs() -> None:
    page = "<div><p>First <b>bold</b>&nbsp;line\nof source.</p>\n<p>Second<br/>broken.</p></div>"
    assert markup_to_text(page) == ("First bold&nbsp;line of source.\n\nSecond\nbroken.", ("markup",))


def test_scripts_styles_and_comments_go_with_what_they_hold() -> None:
    assert (
        markup_to_text("<style>p{}</style><p>A</p><!-- x --><script>if(a<b){}</script><p>B</p>")[0]
        == "A\n\nB"
    )


def test_a_script_without_an_end_does_not_swallow_the_article() -> None:
    assert markup_to_text("<p>A</p><script async><p>B</p>")[0] == "A\n\nB"
    assert markup_to_text("A <!-- B")[0] == "A  B"


def test_line_ends_are_the_paragraphs_where_only_words_are_tagged() -> None:
    assert markup_to_text("One <i>word</i>.\n\nTwo.")[0] == "One word.\n\nTwo."


@pytest.mark.parametrize(
    "plain", ["a < b > c", "<3", "write to <a.b@example.org>", "x<y", "List<String>", ""]
)
def test_text_that_only_looks_like_markup_stays(plain: str) -> None:
    assert markup_to_text(plain) == (plain, ())


@given(
    text=st.lists(
        st.sampled_from(["<p>", "</p>", "<", ">", "p", "<br>", "<b>", "<!--", "-->", "a ", "\n"])
    ).map("".join)
)
def test_unwrapping_gives_no_error_and_no_longer_text(text: str) -> None:
    plain, steps = markup_to_text(text)
    assert bool(steps) == (plain != text)
    assert len(plain) <= 2 * len(text)


@pytest.mark.parametrize("unit", ["<", "<p", "<!--", "<script>", "</p>", "<<p>p>", "<p><", "<a href='"])
def test_made_up_markup_takes_time_in_proportion(unit: str) -> None:
    finishes_on_a_million(markup_to_text, unit)


@pytest.mark.corpora
@pytest.mark.parametrize(
    "name", ["pakistan/app-2025", "srilanka/english-three-outlets", "languages/ur-fa-ar-si-ta"]
)
def test_real_text_is_settled_after_one_pass_and_keeps_its_quotation_marks(corpora: Path, name: str) -> None:
    with gzip.open(corpora / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line, _ in zip(lines, range(1000), strict=False)]
    for record in records:
        text = record.get("content") or record.get("text") or ""
        once, _ = normalize(text)
        assert normalize(once) == (once, ())
        assert [c for c in once if c in "“”‘’«»"] == [c for c in text if c in "“”‘’«»"]
