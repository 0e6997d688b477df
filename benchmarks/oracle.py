"""Every text of the real corpora cut twice: by the package and by the plain Python oracle of the tests.

`python -m benchmarks oracle` prints, for each file, texts, tokens and how many of them differ in form, place or space
before; then the cells of scikit-learn's CountVectorizer and how many of ours differ. Half an hour for all of them;
EVERY=20 takes every twentieth text. Not a test of the rules themselves: those are stated in docs/methods.md.
"""

import gzip
import json
import os
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq
from scipy import sparse

from analysis.terms.texts import count_texts
from analysis.text.tokenize import tokenize
from benchmarks.encoding import SKLEARN
from tests.text.oracle import tokens

_AT_ONCE = 2000


class Compared(NamedTuple):
    """Texts, tokens and cells compared, and how many of them differ."""

    texts: int = 0
    tokens: int = 0
    token_differences: int = 0
    cells: int = 0
    cell_differences: int = 0

    def plus(self, other: "Compared") -> "Compared":
        """Add up two."""
        return Compared(*(a + b for a, b in zip(self, other, strict=True)))


def sources(folder: Path) -> Iterator[tuple[str, Iterator[str]]]:
    """Give the name of each file of the corpora, and its texts."""
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.name.endswith(".jsonl.gz"):
            yield name, _lines(path)
        elif path.suffix == ".parquet":
            yield name, _rows(path)
        elif path.name == "gold.json":
            yield name, iter(json.loads(path.read_text(encoding="utf-8")).values())
    for name, pattern in (("extraction/pasted", "extraction/pasted/*.txt"), ("seed", "seed/*.txt")):
        yield name, (p.read_text(encoding="utf-8") for p in sorted(folder.glob(pattern)))
    yield (
        "extraction/html",
        (p.read_text(encoding="utf-8", errors="replace") for p in sorted(folder.glob("extraction/html/*"))),
    )


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield from (row[k] for k in ("title", "text", "content") if row.get(k))


def _rows(path: Path) -> Iterator[str]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(columns=["title", "content"]):
            for column in batch.columns:
                yield from (text for text in column.to_pylist() if text)


def compare(batch: list[str]) -> Compared:
    """Cut and count some texts both ways."""
    ours = tokenize(batch)
    forms = ours.types.to_pylist()
    columns = (ours.type_ids, ours.starts, ours.ends, ours.space_before, ours.newline_before)
    rows = list(zip(*(c.tolist() for c in columns), strict=True))
    bounds = ours.text_offsets.tolist()
    wrong = 0
    for i, text in enumerate(batch):
        found = [(forms[t], *rest) for t, *rest in rows[bounds[i] : bounds[i + 1]]]
        wanted = [tuple(token) for token in tokens(text)]
        if found != wanted:
            wrong += len(set(found) ^ set(wanted))
    return Compared(len(batch), len(rows), wrong, *_cells(batch))


def _cells(batch: list[str]) -> tuple[int, int]:
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer()
    wanted = vectorizer.fit_transform(batch)
    counts, terms = count_texts(batch, SKLEARN)
    names = terms.to_pylist()
    if names != sorted(vectorizer.vocabulary_):
        return wanted.nnz, len(set(names) ^ vectorizer.vocabulary_.keys())
    return wanted.nnz, int((sparse.csr_matrix(counts) != wanted).nnz)


def main() -> int:
    """Print a line for each file, and all together."""
    here = Path(__file__).resolve().parents[1]
    folder = Path(os.environ.get("NEWS_CORPORA", here.parent / "shared" / "corpora"))
    every = int(os.environ.get("EVERY", "1"))
    total = Compared()
    for name, texts in sources(folder):
        some, one = islice(texts, 0, None, every), Compared()
        while batch := list(islice(some, _AT_ONCE)):
            one = one.plus(compare(batch))
        total = total.plus(one)
        print(f"{name:<42}{_said(one)}", flush=True)
    print(f"{'all':<42}{_said(total)}")
    return int(total.token_differences + total.cell_differences > 0)


def _said(c: Compared) -> str:
    return (
        f"{c.texts:>8,} texts {c.tokens:>11,} tokens, {c.token_differences} differ;"
        f" {c.cells:>11,} cells, {c.cell_differences} differ"
    )


if __name__ == "__main__":
    sys.exit(main())
