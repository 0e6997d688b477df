"""Ten short made-up articles whose words can be counted by hand: three outlets, one in Urdu, one undated."""

import json
from pathlib import Path

from analysis.corpus.handle import Corpus, open_corpus
from analysis.corpus.ingest import ingest

COURIER, POST, HERALD = "The Veshin Courier", "Lowland Post", "Harbour Herald"
ARTICLES = [
    (COURIER, "2025-01-06", "Council meets on ferry",
     "The council met on Monday. The ferry isn’t ready, the foreign minister said."),
    (COURIER, "2025-01-07", "Ferry delayed again",
     "The ferry is late. “The ferry will sail,” the harbour master told Veshin’s council."),
    (COURIER, "2025-02-03", "Border post closed",
     "The border post closed. Guards closed the Border-Post road at noon."),
    (POST, "2025-01-08", "Raid denied in Veshin",
     "Tahrik-e-Halvan denied the raid. The Tahrik e Halvan office in Veshin is shut."),
    (POST, "2025-02-04", "Wheat at 1,000 crowns",
     "Wheat sold at 1,000 crowns. Wheat was 900 crowns in May."),
    (POST, None, "Ministers meet",
     "The foreign minister met the foreign ministers. A minister, foreign born, left."),
    (HERALD, "2025-01-09", "بندرگاہ پر کشتی",
     "کشتی بندرگاہ پر ہے۔ لوگ کشتی کا انتظار کر رہے ہیں اور ان کے پاس وقت نہیں ہے۔"),
    (HERALD, "2025-02-05", "Harbour strike",
     "It’s a strike. It's the harbour’s third strike, and the harbour waits."),
    (HERALD, "2025-02-06", "Ferry sails",
     "The ferry sails. Ferry, ferry, ferry!"),
    (HERALD, "2025-02-07", "Rain in the hills",
     "Rain fell in the hills. No ferry sailed, the harbour said, and the council waits."),
]  # fmt: skip
"""Outlet, day, headline, text."""


def build(folder: Path) -> Corpus:
    """Ingest the ten articles into `folder/toy`."""
    lines = [
        json.dumps(
            {
                "source": outlet,
                "date_published": day,
                "title": title,
                "content": text,
                "link": f"https://press.example/{number}/story",
            },
            ensure_ascii=False,
        )
        for number, (outlet, day, title, text) in enumerate(ARTICLES, start=1)
    ]
    raw = folder / "raw"
    raw.mkdir(parents=True)
    (raw / "toy.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    ingest(raw, into=folder / "toy", workers=1)
    return open_corpus(folder / "toy")
