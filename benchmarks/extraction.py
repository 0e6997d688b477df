"""Main text from pasted and from saved pages: token F1 against the true text, for each way of finding it.

`python -m benchmarks.extraction` prints the mean over the pages of `extraction/` of the real corpora (NEWS_CORPORA or
../shared/corpora). Not for tuning: pages kept aside are measured too.
"""

import json
import os
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from analysis.corpus.config import Config
from analysis.corpus.fields import FieldMap
from analysis.readers import Record, WebPage, read
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


def extractor_alone(page: str) -> str:
    """What trafilatura finds in the HTML."""
    import trafilatura

    return trafilatura.extract(page, output_format="txt", include_comments=False) or ""


def read_and_cleaned(page: str) -> str:
    """What the reader of saved pages hands over, cleaned with the fields the page declares."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(page, encoding="utf-8")
        (chunk,) = WebPage().plan(path, "page.html")
        records = [r for r in read(chunk) if isinstance(r, Record)]
    raw, _ = FieldMap(Config()).map(records[0].fields, "page.html")
    return clean(prepare(raw), Knowledge(), CleanSettings()).body or ""


METHODS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("pasted", everything),
    ("pasted", long_lines),
    ("pasted", cleaned),
    ("html", extractor_alone),
    ("html", read_and_cleaned),
)


def main() -> int:
    """Print the table."""
    here = Path(__file__).resolve().parents[1]
    folder = Path(os.environ.get("NEWS_CORPORA", here.parent / "shared" / "corpora")) / "extraction"
    if not folder.is_dir():
        print(f"no pages in {folder}: set NEWS_CORPORA")
        return 1
    # The gold texts in the same spelling: normalisation is not what is measured here.
    marked = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    gold = {name: prepare(Raw(body=text)).body or "" for name, text in marked.items()}
    inputs = {
        "pasted": {p.stem: p.read_text(encoding="utf-8") for p in sorted((folder / "pasted").glob("*.txt"))},
        "html": {p.stem: p.read_text(encoding="utf-8") for p in sorted((folder / "html").glob("*.html"))},
    }
    print(f"{'from':<7} {'method':<17} {'mean':>6} {'median':>6} {'< .8':>5} {'ms/page':>8}")
    for kind, method in METHODS:
        pages = inputs[kind]
        begin = time.process_time()
        found = {name: method(text) for name, text in pages.items()}
        cost = (time.process_time() - begin) / len(pages) * 1000
        scores = {name: f1(found[name], gold[name]) for name in pages}
        low = sum(s < 0.8 for s in scores.values())
        print(
            f"{kind:<7} {method.__name__:<17} {statistics.mean(scores.values()):6.3f} "
            f"{statistics.median(scores.values()):6.3f} {low:5} {cost:8.2f}"
        )
        if "-v" in sys.argv:
            for name, score in sorted(scores.items(), key=lambda x: x[1])[:12]:
                print(f"    {name} {score:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
