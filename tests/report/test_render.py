"""Whatever comes from a corpus is text on the page."""

import pandas as pd
import pytest

from analysis.report.safe_html import Heading, markdown, sanitise
from analysis.report.tables import number, table_html
from analysis.report.tidy import tidy

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "<a href=javascript:alert(1)>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "</td></table><script>alert(1)</script>",
    "<style>*{display:none}</style>",
    "<form action=https://example.org><input>",
    "<math><mtext></table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_a_table_is_shown_and_inert(payload: str) -> None:
    made = table_html(pd.DataFrame({payload: [payload]}))
    assert sanitise(made).count("<") == made.count("<")  # the allow-list had nothing to take away
    for live in ("<script", "<img", "<svg", "<iframe", "<style", "<form", "<a ", "<math"):
        assert live not in made


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_html_or_markdown_is_taken_out(payload: str) -> None:
    for made in (sanitise(payload), markdown(payload, []), markdown(f"## {payload}\n\n[x]({payload})", [])):
        for live in ("<script", "<img", "<svg", "<iframe", "<style", "<form", 'href="javascript', "<math"):
            assert live not in made


def test_headings_become_the_contents() -> None:
    found: list[Heading] = []
    made = markdown("## One *and* two\n\ntext\n\n## R&D", found)
    assert found == [Heading("s1", "One and two"), Heading("s2", "R&amp;D")]
    assert '<h2 id="s1">One <em>and</em> two</h2>' in made


def test_links_to_the_web_stay_and_others_go() -> None:
    made = markdown("[a](https://example.org/) [b](javascript:alert(1)) [c](data:text/html,x)", [])
    assert made.count("href=") - made.count('href="#') == 1 or 'href="https://example.org/"' in made
    assert "javascript:" not in made.replace("#harmful-link", "")
    assert "data:" not in made


def test_a_long_table_shows_its_first_rows_and_says_where_the_rest_is() -> None:
    made = table_html(pd.DataFrame({"n": range(30)}), name="all", max_rows=10)
    assert made.count("<tr") == 11
    assert "The first 10 of 30 rows; all of them are in tables/all.csv." in made


def test_a_missing_value_is_a_dash_and_never_zero() -> None:
    made = table_html(pd.DataFrame({"n": [1.5, None], "who": ["a", None]}))
    assert made.count('<td class="null" data-v="">–</td>') == 2


@pytest.mark.parametrize(
    ("value", "column", "shown"),
    [
        (1234567, "n", "1,234,567"),
        (0.1234, "share", "12.3 %"),
        (0.1234, "x", "0.123"),
        (1234.56, "x", "1,234.6"),
    ],
)
def test_numbers_are_as_exact_as_a_reader_can_use(value: float, column: str, shown: str) -> None:
    assert number(value, column) == shown


def test_tidying_drops_what_changes_from_run_to_run() -> None:
    cell = {
        "cell_type": "code",
        "id": "random",
        "metadata": {"papermill": {"start_time": "now"}, "tags": ["injected-parameters"]},
        "source": ["corpus = '/home/someone/c'"],
        "outputs": [
            {"output_type": "stream", "name": "stderr", "text": "warning"},
            {"output_type": "stream", "name": "stdout", "text": "a"},
            {"output_type": "stream", "name": "stdout", "text": "b at 0x7f0011223344"},
            {"output_type": "display_data", "data": {"application/vnd.jupyter.widget-view+json": {}}},
        ],
    }
    made = tidy(
        {"cells": [cell], "metadata": {"papermill": {}, "widgets": {}}}, hide={"/home/someone/c": "c"}
    )
    assert made["cells"][0] == {
        "cell_type": "code",
        "id": "injected-parameters",
        "metadata": {"tags": ["injected-parameters"]},
        "source": "corpus = 'c'",
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "ab at 0x0"}],
    }
    assert set(made["metadata"]) == {"kernelspec", "language_info"}
