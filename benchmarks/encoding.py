"""Encoding against the tokenizers and counters of the peers: the same articles, the same run, CPU time of this process.

`python -m benchmarks.encoding` prints CPU milliseconds an article and the ratio to scikit-learn and gensim, after
checking that the counts are equal, cell by cell, to scikit-learn's. Least of several runs; kernels are compiled before.
"""

import gzip
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import scipy.sparse as sp

from analysis.terms.recipe import Recipe
from analysis.terms.texts import count_texts
from analysis.text.segments import encode, segments
from analysis.text.tokenize import count_types, tokenize

ARTICLES = 5000
_BATCH = 512
SKLEARN = Recipe(split=r"\w\w+")


def as_count_vectorizer(texts: Any) -> tuple[sp.csr_array, list[str]]:
    """Count as scikit-learn does: lower case, runs of two or more word characters, terms sorted."""
    counts, terms = count_texts(texts, SKLEARN)
    return counts, terms.to_pylist()


def least(work: Callable[[], Any], runs: int) -> tuple[float, Any]:
    """Give the least CPU seconds of several runs, and the last result."""
    best, result = float("inf"), None
    for _ in range(runs):
        begin = time.process_time()
        result = work()
        best = min(best, time.process_time() - begin)
    return best, result


def articles(folder: Path) -> list[str]:
    """Read the first articles of two outlets."""
    texts: list[str] = []
    for name in ("dawn", "app"):
        with gzip.open(folder / f"pakistan/{name}-2025.jsonl.gz", "rt", encoding="utf-8") as lines:
            found = (json.loads(line).get("content") for line in lines)
            texts += [t for t, _ in zip(filter(None, found), range(ARTICLES // 2), strict=False)]
    return texts


def main() -> int:
    """Print the table."""
    from gensim.corpora import Dictionary
    from gensim.utils import simple_preprocess
    from sklearn.feature_extraction.text import CountVectorizer

    here = Path(__file__).resolve().parents[1]
    folder = Path(os.environ.get("NEWS_CORPORA", here.parent / "shared" / "corpora"))
    if not folder.is_dir():
        print(f"no corpora in {folder}: set NEWS_CORPORA")
        return 1
    texts = articles(folder)
    size = sum(len(t.encode()) for t in texts) / 1e6
    print(f"{len(texts)} articles, {size:.1f} MB")
    encode(texts[:10]), count_types(texts[:10])

    def whole() -> None:
        for i in range(0, len(texts), _BATCH):
            segments(encode(texts[i : i + _BATCH], ["en"] * len(texts[i : i + _BATCH])))

    def with_gensim() -> Any:
        words = [simple_preprocess(t) for t in texts]
        dictionary = Dictionary(words)
        return [dictionary.doc2bow(w) for w in words]

    arrow = pa.array(texts, type=pa.large_string())
    counting, _ = least(lambda: count_types(texts), 5)
    terms, (matrix, names) = least(lambda: as_count_vectorizer(arrow), 3)
    vectorizer = CountVectorizer()
    sklearn, reference = least(lambda: vectorizer.fit_transform(texts), 3)
    gensim, _ = least(with_gensim, 2)
    tokenizing, _ = least(lambda: tokenize(texts), 3)
    encoding, _ = least(whole, 3)
    equal = names == sorted(vectorizer.vocabulary_) and (sp.csr_matrix(matrix) != reference).nnz == 0
    print(f"counts equal to CountVectorizer, cell by cell: {equal}")
    for name, seconds in (
        ("scikit-learn CountVectorizer", sklearn),
        ("gensim preprocess, doc2bow", gensim),
        ("count_types", counting),
        ("count_texts, CountVectorizer's terms", terms),
        ("tokenize", tokenizing),
        ("encode and segments", encoding),
    ):
        ratios = f"{sklearn / seconds:6.1f} x scikit-learn {gensim / seconds:6.1f} x gensim"
        print(f"{name:<38} {seconds / len(texts) * 1000:7.3f} ms/article {size / seconds:7.1f} MB/s {ratios}")
    return 0 if equal else 1


if __name__ == "__main__":
    sys.exit(main())
