"""The real pages beside the project: the seed article field by field, and main texts against those marked by hand."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from statistics import mean

import pytest

from analysis.corpus.config import Config
from analysis.corpus.fields import FieldMap
from analysis.readers import Record, WebPage, read
from analysis.text.base import Cleaned, Raw
from analysis.text.clean import CleanSettings, Knowledge, clean, prepare
from analysis.text.normalize import normalize

pytestmark = pytest.mark.corpora


def cleaned(raw: Raw) -> Cleaned:
    return clean(prepare(raw), Knowledge(), CleanSettings())


def f1(found: str, gold: str) -> float:
    """Token F1 of two texts, as multisets of lower-case words."""
    a, b = (Counter(re.findall(r"\w+", text.lower())) for text in (found, gold))
    return 2 * (a & b).total() / max(1, a.total() + b.total())


def marked_by_hand(corpora: Path) -> dict[str, str]:
    """Give the true texts, in the spelling that normalising gives them."""
    marked = json.loads((corpora / "extraction" / "gold.json").read_text("utf-8"))
    return {name: prepare(Raw(body=text)).body or "" for name, text in marked.items()}


def test_the_seed_article_has_all_its_fields_and_all_its_paragraphs(corpora: Path) -> None:
    text = next((corpora / "seed").glob("*.txt")).read_text("utf-8")
    found = cleaned(Raw(body=text, pasted=True))
    lines = [line for line in text.split("\n") if line.strip()]
    assert (found.title, found.standfirst) == (lines[0], lines[1])
    assert (found.agency, found.dateline) == ("Anadolu Agency", "ISLAMABAD")
    assert (found.published, found.published_source) == (date(2023, 7, 20), "page")
    paragraphs = (found.body or "").split("\n\n")
    assert len(paragraphs) == 11
    assert all(p in normalize(text)[0] for p in paragraphs)
    assert paragraphs[0].startswith("Taliban on Wednesday told Pakistan")
    removed = {r.rule: r.text for r in found.removals}
    assert "PHOTO:" in removed["caption"]
    assert removed["read_more"].startswith("Read more:")
    footer = lines[lines.index("COMMENTS") :]
    assert len(footer) == 4
    assert all(any(line in r.text for r in found.removals) for line in footer)


def test_pasted_pages_give_their_main_text(corpora: Path) -> None:
    gold = marked_by_hand(corpora)
    scores = [
        f1(cleaned(Raw(body=path.read_text("utf-8"), pasted=True)).body or "", gold[path.stem])
        for path in sorted((corpora / "extraction" / "pasted").glob("*.txt"))
    ]
    assert len(scores) == 91
    assert mean(scores) >= 0.90


def test_saved_pages_give_their_main_text(corpora: Path) -> None:
    gold = marked_by_hand(corpora)
    fields = FieldMap(Config())
    scores = []
    for path in sorted((corpora / "extraction" / "html").glob("*.html")):
        records = [
            r for chunk in WebPage().plan(path, path.name) for r in read(chunk) if isinstance(r, Record)
        ]
        raw, _ = fields.map(records[0].fields, path.name)
        scores.append(f1(cleaned(raw).body or "", gold[path.stem]))
    assert len(scores) == 91
    assert mean(scores) >= 0.96
