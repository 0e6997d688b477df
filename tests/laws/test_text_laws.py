"""Fingerprints know no order, and nothing that leaves through `escape` is markup."""

import csv
import html
import io
import random
from html.parser import HTMLParser
from pathlib import PurePosixPath, PureWindowsPath

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis import escape
from analysis.fingerprint import SetFingerprint, combine, content_hash
from analysis.result.files import csv_text

anything = st.text(st.characters(exclude_categories=[]), max_size=40)
encodable = st.text(max_size=40)
articles = st.dictionaries(
    st.text("0123456789abcdef", min_size=1, max_size=20), st.binary(max_size=16), max_size=20
)


@given(articles=articles, seed=st.integers(0, 99), cut=st.integers(0, 20))
def test_a_fingerprint_knows_neither_order_nor_files(articles: dict[str, bytes], seed: int, cut: int) -> None:
    shuffled = list(articles.items())
    random.Random(seed).shuffle(shuffled)
    halves = dict(shuffled[:cut]), dict(shuffled[cut:])
    parts = [combine(half, half.values()) for half in halves]
    assert parts[0].merge(parts[1]) == combine(articles, articles.values())
    assert parts[0].merge(parts[1]).without(parts[1]) == SetFingerprint().merge(parts[0])


@given(one=st.lists(st.none() | anything, max_size=4), other=st.lists(st.none() | anything, max_size=4))
def test_different_fields_have_different_hashes(one: list[str | None], other: list[str | None]) -> None:
    assert (content_hash(*one) == content_hash(*other)) == (one == other)


@given(value=anything)
def test_escaped_text_holds_no_markup_and_reads_back(value: str) -> None:
    for escaped in (escape.text(value), escape.attribute(value)):
        assert not set(escaped) & set("<>\"'")
        escaped.encode("utf-8")
    if value.isprintable():
        assert html.unescape(escape.text(value)) == value


@given(value=anything)
def test_an_attribute_stays_one_attribute(value: str) -> None:
    seen: list[tuple[str, list[str]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.append((tag, [name for name, _ in attrs]))

    Reader().feed(f'<a title="{escape.attribute(value)}">{escape.text(value)}</a>')
    assert seen == [("a", ["title"])]


@given(value=anything, scheme=st.sampled_from(["", "http:", "https://", "javascript:", "data:", " http://a"]))
def test_a_link_is_a_web_address_or_nothing(value: str, scheme: str) -> None:
    href = escape.link(scheme + value)
    if href is not None:
        assert href.lower().startswith(("http://", "https://"))
        assert not set(href) & set("<>\"'\\ ")


@given(value=encodable)
def test_a_cell_of_a_csv_comes_back_and_computes_nothing(value: str) -> None:
    (_, (cell,)) = csv.reader(io.StringIO(csv_text(pd.DataFrame({"x": [value + "."]})), newline=""))
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))
    assert cell.removeprefix("'") == (value + ".").replace("\r\n", "\n").replace("\r", "\n").removeprefix("'")


@given(value=anything)
def test_a_file_name_is_one_plain_name(value: str) -> None:
    name = escape.filename(value)
    assert 0 < len(name.encode()) <= 81
    assert not name.startswith((".", "-"))
    for path in (PurePosixPath(name), PureWindowsPath(name)):
        assert path.name == name
        assert path.parts == (name,)
