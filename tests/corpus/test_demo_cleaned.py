"""The demo, dirt and pasted pages included, is cleaned to its truth: every word kept, every date and field found."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import analysis as an
from analysis.corpus.demo import build_demo


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory: pytest.TempPathFactory) -> tuple[pd.DataFrame, dict[str, dict[str, Any]]]:
    """The articles of a demo beside its truth, by link or by the file of the page."""
    folder = tmp_path_factory.mktemp("cleaned")
    build_demo(folder / "raw", articles=1200, seed=5)
    an.ingest(folder / "raw", into=folder / "demo", workers=1)
    fields = ["outlet", "title", "standfirst", "body", "link", "dateline", "language", "source_file"]
    articles = an.open_corpus(folder / "demo").articles([*fields, "published", "published_precision"])
    truth = json.loads((folder / "raw" / "truth.json").read_text("utf-8"))["articles"]
    return articles, {a["link"] or a["file"]: a for a in truth} | {a["file"]: a for a in truth}


def of(row: Any, truth: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return truth.get(row.link) or truth[row.source_file]


def test_cleaning_keeps_every_word_of_every_article_and_nothing_else(cleaned: Any) -> None:
    articles, truth = cleaned
    wrong = [
        row.source_file
        for row in articles.itertuples()
        if len(row.body.split()) != sum(of(row, truth)["voice_words"].values())
    ]
    assert wrong == []


def test_every_article_has_its_outlet_and_its_day(cleaned: Any) -> None:
    articles, truth = cleaned
    days = Counter(
        (row.published_precision, row.published.date() == date.fromisoformat(of(row, truth)["published"]))
        for row in articles.itertuples()
    )
    assert days["day", False] == 0
    assert days["month", False] + days["month", True] == sum(
        "month_precision" in a["flags"] for a in {id(a): a for a in truth.values()}.values()
    )
    assert all(row.outlet == of(row, truth)["outlet"] for row in articles.itertuples())
    assert set(articles["language"]) == {"en"}


def test_pasted_pages_give_headline_standfirst_and_dateline(cleaned: Any) -> None:
    articles, _ = cleaned
    pasted = articles[articles["source_file"].str.startswith("pasted/")]
    assert len(pasted) > 50
    assert pasted[["title", "standfirst", "dateline"]].notna().all(axis=None)


def test_no_clutter_of_the_demo_is_left_in_a_body(cleaned: Any) -> None:
    articles, _ = cleaned
    left = (
        "adsbygoogle",
        "Leave a Reply",
        "Read more:",
        "PHOTO:",
        "COMMENTS",
        "Published in",
        "\u00ad",
        "â€",
    )
    assert not [c for c in left if articles["body"].str.contains(c, regex=False).any()]


def test_nearly_every_article_is_settled_after_one_cleaning(tmp_path: Path) -> None:
    build_demo(tmp_path / "raw", articles=300, seed=6)
    an.ingest(tmp_path / "raw", into=tmp_path / "demo", workers=1)
    assert len(an.recheck(an.open_corpus(tmp_path / "demo")).table) == 0
