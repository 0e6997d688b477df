"""The page of an article: everything as it stood, everything removed marked, and all of it text."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as an
from analysis.corpus.page import ArticlePage, ArticlePages
from analysis.corpus.page_marks import Piece, folded, lines_of, pieces_of
from analysis.corpus.page_style import STYLES, css
from analysis.report.safe_html import sanitise
from analysis.text.base import Removal, rebuild
from tests.corpus.conftest import WORDS, article

Write = Callable[..., Path]
HOSTILE = (
    "<script>alert(1)</script>",
    "</details></div></article><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<a href='javascript:alert(1)'>x</a>",
    "<style>*{display:none}</style>",
    "&lt;b&gt; &amp;",
)


def page(body: str = "Kept.", removals: tuple[Removal, ...] = (), **changes: Any) -> ArticlePage:
    """Make a page around a body; `changes` overrule the fields."""
    names = ("title", "standfirst", "outlet", "agency", "author", "section", "dateline", "language", "link")
    more = ("published", "published_precision", "published_source", "source_file", "source_line", "n_words")
    fields = dict.fromkeys((*names, *more)) | {"doc_id": "0" * 20, "flags": [], "steps": [], "body": body}
    corrections = changes.pop("corrections", ())
    stored = changes.pop("stored", {})
    row = fields | changes
    return ArticlePage(row, removals, corrections, fields | stored if stored else {})


@st.composite
def cut_texts(draw: st.DrawFn) -> tuple[str, str, list[Removal]]:
    """Draw a text and pieces to cut out of it: the text, what is kept, the removals."""
    text = draw(st.text(alphabet="ab \n<&\u06d4", max_size=60))
    edges = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    removals, kept, done = [], "", 0
    for start, end in zip(edges[::2], edges[1::2], strict=False):
        if end > start:
            kept += text[done:start]
            removals.append(Removal("body", "learned", start, end, text[start:end]))
            done = end
    return text, kept + text[done:], removals


@given(cut_texts())
def test_the_pieces_of_a_page_joined_are_the_text_as_it_stood(drawn: tuple[str, str, list[Removal]]) -> None:
    text, kept, removals = drawn
    pieces = pieces_of(kept, removals)
    assert pieces is not None
    assert "".join(p.text for p in pieces) == text == rebuild(kept, tuple(removals))
    assert all(text[p.start : p.start + len(p.text)] == p.text for p in pieces)
    shown = [p for line in lines_of(pieces) for p in line.pieces]
    assert "".join("".join(p.text for p in shown).split()) == "".join(text.split())


def test_a_removal_stands_in_its_place_with_its_rule(tmp_path: Path, jsonl: Write) -> None:
    body = f"VESHIN: {WORDS}\nRead more: Tide tables\nThe end came."
    jsonl(tmp_path / "raw" / "a.jsonl", [article(1, content=body)])
    an.ingest(tmp_path / "raw", into=tmp_path / "c", workers=1)
    corpus = an.open_corpus(tmp_path / "c")
    made = corpus.read(corpus.articles(["doc_id"]).doc_id[0])
    assert made.body == f"{WORDS}\nThe end came."
    assert made.rules == ("dateline", "read_more")
    text = str(made)
    assert f"[dateline: VESHIN:] {WORDS}\n[read_more: Read more: Tide tables]\nThe end came." in text
    assert f"Cleaning took out 2 pieces: {len('VESHIN:Read more: Tide tables')} of " in text
    html = made._repr_html_()
    order = [
        html.index(x)
        for x in ("VESHIN:</del>", "The council", "Read more: Tide tables</del>", "The end came")
    ]
    assert order == sorted(order)
    assert 'title="read_more: a link to another article' in html


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_a_removal_or_field_is_text(text: str) -> None:
    body = f"{text} stays"
    removals = (Removal("body", "share", 0, 8 + len(text), f"{text} and it "),)
    correction = {"field": text, "old": text, "value": text, "who": text, "why": text}
    made = page(
        body, removals, title=text, outlet=text, link=f"javascript:{text}", flags=[text], steps=[text], author=text,
        standfirst=text, corrections=(correction,), stored={"body": body, "title": "old"},
    )  # fmt: skip
    for html in (made._repr_html_(), ArticlePages(((text, made),))._repr_html_()):
        for live in ("<script", "<img", "<style", 'href="', "<a "):
            assert live not in html
        tags = set(re.findall(r"</?([a-z]+)", html))
        assert tags <= {"div", "span", "del", "details", "summary", "ul", "li", "code", "br"}
        for tag in tags - {"br"}:
            assert html.count(f"<{tag}") == html.count(f"</{tag}>")
        assert sanitise(html).count("<") == html.count("<")  # a report takes nothing away but styles


def test_a_rule_with_a_hostile_name_stays_in_its_attribute() -> None:
    html = page("kept", (Removal("body", '"><b onclick="x', 4, 9, " gone"),))._repr_html_()
    assert "<b" not in html
    assert "onclick=&quot;x" in html


def test_a_report_keeps_classes_and_titles_and_the_sheet_knows_every_class() -> None:
    html = sanitise(page("kept", (Removal("body", "share", 4, 9, " gone"),))._repr_html_())
    assert '<del class="an-share"' not in html
    assert 'class="an-dropped"' in html
    assert "title=" in html
    assert "style=" not in html
    for name in re.findall(r'class="([^"]+)"', html):
        assert f".{name} {{" in css()
    assert not any("url(" in style or "http" in style for style in STYLES.values())


def test_a_long_removal_is_folded_away_whole() -> None:
    menu = "\n".join(f"Section {i}" for i in range(50)) + "\n"
    html = page("The text.", (Removal("body", "navigation", 0, len(menu), menu),))._repr_html_()
    assert f"navigation: {len(menu):,} characters, 50 lines" in html
    assert "Section 49" in html
    assert html.index("<details") < html.index("Section 0") < html.index("The text.")


def test_kept_paragraphs_far_from_any_removal_are_folded_and_counted() -> None:
    pieces = [
        Piece("a\nb\nc\nd\ne\nf\ng\n", None, 0),
        Piece("gone\n", "share", 14),
        Piece("h\ni\nj\nk", None, 19),
    ]
    shown = ["".join(p.text for p in x.pieces) or x.folded for x in folded(lines_of(pieces))]
    assert shown == ["a", "b", 4, "g", "gone", "h", 2, "k"]


def test_removals_that_do_not_fit_the_text_are_still_shown() -> None:
    made = page("short", (Removal("body", "share", 90, 95, "Share"),))
    assert "[share: Share]" in str(made)
    assert "short" in made._repr_html_()


def test_dates_are_as_exact_as_they_are_known() -> None:
    import datetime as dt

    day = dt.date(2025, 3, 1)
    made = page(published=day, published_precision="month", published_source="printed")
    assert "published: 2025-03 (as printed in the text)" in str(made)
    assert "published: no date" in str(page())


def test_flags_and_steps_are_in_words() -> None:
    made = page(flags=["nonarticle:paywall"], steps=["entities", "markup"])
    for shown in (str(made), made._repr_html_()):
        assert "reads like the stub in front of a paywall" in shown
        assert "HTML entities read, HTML tags unwrapped" in shown


def test_text_that_reads_from_right_to_left_sets_its_own_direction() -> None:
    assert page("یہ خبر ہے۔")._repr_html_().count('dir="auto"') >= 2


def test_an_empty_article_has_a_page() -> None:
    assert "(no text)" in page("", title=None)._repr_html_()
    assert "(no title)" in str(page(""))
