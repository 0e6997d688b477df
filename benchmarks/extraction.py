"""Main text from pasted pages: token F1 against the true text, for each way of finding it.

`python -m benchmarks.extraction` prints the mean over the pages of `extraction/` of the real corpora (NEWS_CORPORA or
../shared/corpora). Not for tuning: pages kept aside are measured too.
"""

import json
import os
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from analysis.text.base import Raw
from analysis.text.clean import CleanSettings, Knowledge, clean, prepare

_TOKEN = re.compile(r"\w+")


def f1(found: str, gold: str) -> float:
    """Token F1 of two texts, as multisets of lower-case words."""
    a, b = Counter(_TOKEN.findall(found.lower())), Counter(_TOKEN.findall(gold.lower()))
    shared = (a & b).total()
    return 2 * shared / (a.total() + b.total()) if shared else float(not a and not b)


def everything(text: str) -> str:
    """The page as it was pasted."""
    return text


def long_lines(text: str) -> str:
    """Lines of ten words or more."""
    return "\n".join(line for line in text.split("\n") if len(line.split()) >= 10)


def cleaned(text: str) -> str:
    """The body that cleaning keeps."""
    return clean(prepare(Raw(body=text, pasted=True)), Knowledge(), CleanSettings()).body or ""


METHODS: tuple[Callable[[str], str], ...] = (everything, long_lines, cleaned)


def main() -> int:
    """Print the table."""
    here = Path(__file__).resolve().parents[1]
    folder = Path(os.environ.get("NEWS_CORPORA", here.parent / "shared" / "corpora")) / "extraction"
    if not folder.is_dir():
        print(f"no pages in {folder}: set NEWS_CORPORA")
        return 1
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    pages = {p.stem: p.read_text(encoding="utf-8") for p in sorted((folder / "pasted").glob("*.txt"))}
    print(f"{'method':<12} {'mean':>6} {'median':>6} {'< .8':>5} {'ms/page':>8}")
    for method in METHODS:
        begin = time.process_time()
        found = {name: method(text) for name, text in pages.items()}
        cost = (time.process_time() - begin) / len(pages) * 1000
        scores = [f1(found[name], gold[name]) for name in pages]
        low = sum(s < 0.8 for s in scores)
        print(
            f"{method.__name__:<12} {statistics.mean(scores):6.3f} {statistics.median(scores):6.3f} {low:5} {cost:8.2f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
