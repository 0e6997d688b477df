"""Small corpora with known days, and a measurement made by hand."""

import datetime as dt
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import analysis as an

Row = tuple[str, str | None, float, float]
"""Outlet, day, numerator, denominator."""

WORDS = "The council of Veshin met on the bank of the river and heard about ferry number"


class Made:
    """A corpus and its measurement."""

    def __init__(self, corpus: an.Corpus, values: dict[str, tuple[float, float]]) -> None:
        self.corpus, self.values = corpus, values

    def measurement(self, corpus: an.Corpus | None = None) -> an.Measurement:
        """The numerators and denominators given, of a corpus or a selection of it."""
        source = corpus if corpus is not None else self.corpus
        table = source.articles(["link"])
        pairs = [self.values[link] for link in table["link"]]
        return an.Measurement(
            kind="by_hand",
            label="ferry",
            unit="per word",
            table=pd.DataFrame(
                {
                    "doc_id": table["doc_id"],
                    "numerator": [p[0] for p in pairs],
                    "denominator": [p[1] for p in pairs],
                }
            ),
            params={},
            corpus_fingerprint=source.fingerprint,
            source=source,
        )


Make = Callable[..., Made]


def build(folder: Path, rows: Iterable[Row], toml: str = "", **fields: Any) -> Made:
    """Ingest rows as articles, each with a text of its own."""
    raw = folder / "raw"
    raw.mkdir(parents=True)
    values, lines = {}, []
    for i, (outlet, day, x, n) in enumerate(rows):
        link = f"https://courier.example/news/{i}/ferry"
        record = {
            "title": f"Ferry plan {i} is heard",
            "content": f"{WORDS} {i}, line {i * 7919 % 1009}, at hour {i * 31 % 997}. A clerk wrote note {i} down.",
            "source": outlet,
            "link": link,
            **({"date_published": day} if day else {}),
            **{k: v(i) for k, v in fields.items()},
        }
        lines.append(json.dumps(record))
        values[link] = (x, n)
    (raw / "a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if toml:
        (raw / "corpus.toml").write_text(toml, encoding="utf-8")
    an.ingest(raw, into=folder / "corpus" / "made", workers=1)
    return Made(an.open_corpus(folder / "corpus" / "made"), values)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Give a function that builds a corpus from rows."""
    return lambda rows, toml="", **fields: build(tmp_path, rows, toml, **fields)


def days(first: str, n: int) -> list[str]:
    """Consecutive days as text."""
    start = dt.date.fromisoformat(first)
    return [(start + dt.timedelta(days=i)).isoformat() for i in range(n)]


def window(outlet: str, since: str, until: str) -> str:
    """A declared window for corpus.toml."""
    return f'[[windows]]\noutlet = "{outlet}"\nsince = {since}\nuntil = {until}\n'


def rng(seed: int = 1) -> np.random.Generator:
    """A generator."""
    return np.random.default_rng(seed)
