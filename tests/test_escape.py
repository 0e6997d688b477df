"""Corpus text never becomes markup, a link, a formula or a path."""

import pytest

from analysis import escape


def test_markup_and_entities_are_shown_as_they_are() -> None:
    assert escape.text("<script>'&amp;\"") == "&lt;script&gt;&#x27;&amp;amp;&quot;"
    assert escape.text(None) == ""
    assert escape.text(3) == "3"


def test_what_html_may_not_hold_becomes_the_replacement_character() -> None:
    assert escape.text("a\x00b\x1b\ud800c\n") == "a\ufffdb\ufffd\ufffdc\n"
    escape.text("\udfff").encode()


def test_an_attribute_cannot_be_left() -> None:
    assert escape.attribute("\" onload='x'\n`") == "&quot; onload=&#x27;x&#x27;&#10;&#96;"


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("https://example.org", "https://example.org"),
        (" http://example.org/a?b=1&c=2#d ", "http://example.org/a?b=1&amp;c=2#d"),
        ("HTTPS://example.org/a b", "HTTPS://example.org/a%20b"),
        ('https://example.org/"><b>', "https://example.org/%22%3E%3Cb%3E"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
    ],
)
def test_web_addresses_are_kept(url: str, href: str) -> None:
    assert escape.link(url) == href


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)",
        "data:text/html,x", "vbscript:x", "file:///etc/passwd", "ftp://example.org", "//example.org", "",
        "https://", "https:example.org", "https://news.example@evil.example/", "https:\\\\example.org",
        "https://[::1", "https://example.org:x/", "https://exa mple.org/", "https://ex\u202eample.org", None,
    ],
)  # fmt: skip
def test_anything_else_is_no_link(url: object) -> None:
    assert escape.link(url) is None


FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "＋1", "－1", "＠A", "﹦1", "\tplain",
    "\u00a0=1", "\u3000＝1", "\u200b=1", "\ufeff=1", "'=1", '"=1', "' \"=1", "\x00=1", "\x0b-1", "-",
]  # fmt: skip


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_of_text_is_a_formula_and_the_text_can_be_had_again(cell: str) -> None:
    assert escape.formula(cell) == "'" + cell
    assert escape.unformula("'" + cell) == cell


@pytest.mark.parametrize("cell", ["", " ", "'", "a=1", "1-2", "— said", "'tis", "“=1”", "''", '"so"'])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert escape.formula(cell) == cell
    assert escape.unformula(cell) == cell


def test_numbers_stay_numbers_and_a_lone_carriage_return_begins_no_row() -> None:
    assert [escape.cell(v) for v in (-1, -0.5, None, True)] == [-1, -0.5, None, True]
    assert escape.cell("a\r=1\r\n=2") == "a\n=1\n=2"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Floods in Sindh: 1,000 homes", "floods-in-sindh-1-000-homes"),
        ("../../etc/passwd", "etc-passwd"),
        ("..\\..\\x", "x"),
        ("...", "untitled"),
        ("", "untitled"),
        ("a\x00b\n", "a-b"),
        ("CON.txt", "_con.txt"),
        ("खबर আজ", "खबर-আজ"),
    ],
)
def test_a_file_name_stays_in_its_folder(name: str, slug: str) -> None:
    assert escape.filename(name) == slug


def test_a_long_name_is_cut_between_letters() -> None:
    cut = escape.filename("ж" * 100, longest=81)
    assert cut == "ж" * 40
