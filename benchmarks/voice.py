"""Voices against PolNeAR: of the tokens that people marked as content of attributions, how many have the right voice.

`python -m benchmarks.voice` prints the figures for the visible articles: both halves (the first rules were written
looking at `tune` only, articles whose id hashes to an even number), five folds, and all. Rules and lists of today were
chosen looking at all of them. Other articles are kept aside and measured too.
"""

import gzip
import hashlib
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.text.segments import NARRATION, QUOTATION, REPORTED, Encoded, encode

Mask = npt.NDArray[np.bool_]
# Independent of our own pairing: marks of one shape, within a line; a line that opens and does not close counts.
_QUOTED = re.compile(
    r"“[^”\n]*(?:”|$)"
    r"|\"[^\"\n]*(?:\"|$)"
    r"|''(?:(?!'')[^\n])*(?:''|$)",
    re.MULTILINE,
)


def gold(article: dict[str, Any]) -> tuple[Mask, Mask]:
    """Give, for each character, whether it is in a Content, and whether it is in any part of an attribution."""
    size = len(article["text"]) + 1
    content, attributed = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
    for line in article["brat"].split("\n"):
        fields = line.split("\t")
        if not fields[0].startswith("T"):
            continue
        kind, places = fields[1].split(" ", 1)
        if kind not in {"Content", "Source", "Cue", "Attribution"}:
            continue
        for place in places.split(";"):
            start, end = map(int, place.split())
            attributed[start:end] = True
            if kind == "Content":
                content[start:end] = True
    return content, attributed


def quoted(text: str) -> Mask:
    """Give, for each character, whether it stands inside quotation marks."""
    mask = np.zeros(len(text) + 1, dtype=np.bool_)
    for found in _QUOTED.finditer(text):
        mask[found.start() + 1 : found.end() - 1] = True
    return mask


def table(articles: list[dict[str, Any]], encoded: Encoded) -> npt.NDArray[np.int64]:
    """Count tokens (words and numbers): rows quoted content, indirect content, outside; columns the voices."""
    counts = np.zeros((3, 3), dtype=np.int64)
    countable = encoded.type_class[encoded.type_ids] <= 1
    for i, article in enumerate(articles):
        tokens = np.arange(encoded.text_offsets[i], encoded.text_offsets[i + 1])
        tokens = tokens[countable[tokens]]
        places, voices = encoded.starts[tokens], encoded.voice[tokens]
        content, attributed = gold(article)
        inside = quoted(article["text"])
        rows = np.where(content[places], np.where(inside[places], 0, 1), np.where(attributed[places], -1, 2))
        for row in range(3):
            counts[row] += np.bincount(voices[rows == row], minlength=3)
    return counts


def half(article: dict[str, Any]) -> str:
    """Say to which half an article belongs."""
    even = int(hashlib.sha1(article["id"].encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0
    return "tune" if even else "held-out"


def fold(article: dict[str, Any]) -> str:
    """Say to which of five parts an article belongs: how much the figures differ between so few articles."""
    digest = hashlib.sha1(("f" + article["id"]).encode(), usedforsecurity=False).hexdigest()
    return f"fold {int(digest, 16) % 5}"


def marked_articles() -> list[dict[str, Any]] | None:
    """Read the articles whose attributions were marked by hand; None, and a line that says so, where they are not."""
    here = Path(__file__).resolve().parents[1]
    folder = Path(os.environ.get("NEWS_CORPORA", here.parent / "shared" / "corpora"))
    file = folder / "quotes" / "polnear-visible.jsonl.gz"
    if not file.is_file():
        print(f"no {file.name}: set NEWS_CORPORA")
        return None
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def main() -> int:
    """Print the figures."""
    articles = marked_articles()
    if articles is None:
        return 1
    print(
        f"{'':<9} {'articles':>8} {'quoted -> quotation':>20} {'indirect -> reported':>21} {'outside -> either':>18}"
    )
    for name in ("tune", "held-out", *(f"fold {n}" for n in range(5)), "all"):
        chosen = [a for a in articles if name in (half(a), fold(a), "all")]
        counts = table(chosen, encode([a["text"] for a in chosen], ["en"] * len(chosen)))
        shares = counts / counts.sum(axis=1, keepdims=True)
        either = 1 - shares[2, NARRATION]
        figures = f"{shares[0, QUOTATION]:20.3f} {shares[1, REPORTED]:21.3f} {either:18.3f}"
        print(f"{name:<9} {len(chosen):8} {figures}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
