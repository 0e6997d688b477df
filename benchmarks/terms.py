"""Counts, n-grams, frequencies and concordances side by side with the peers, on the Pakistan articles.

Each run has a process of its own: CPU seconds of the work alone (ours: the least of three, after one that loads the
kernels; the peers: one), and peak memory. scikit-learn's matrices are compared with ours cell by cell. NLTK and gensim
get one article in ten, and their CPU is multiplied. `$TERMS_CORPUS` may name an ingested corpus, else one is made (two
minutes). Not a test: the ratio depends little on the machine, the seconds do.
"""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

SPLIT = r"\w\w+"
PHRASE = "foreign minister"
_TENTH = 10


def ours(task: str, folder: Path, out: Path) -> Callable[[], Any]:
    """Give the work of this package; every call opens the corpus anew and makes its recipe anew."""
    import analysis as an

    def tokens(**recipe: Any) -> Any:
        return an.tokens(an.open_corpus(folder), **recipe)

    def table(ngrams: Any) -> Any:
        made = an.dtm(tokens(split=SPLIT, ngrams=ngrams))
        return made.counts, made.vocabulary

    works: dict[str, Callable[[], Any]] = {
        "dtm": lambda: table(1),
        "bigrams": lambda: table((1, 2)),
        "frequency": lambda: an.term_frequency(tokens(stopwords="en", min_length=3), top=100),
        "frequency by outlet": lambda: an.term_frequency(
            tokens(stopwords="en", numbers=False), across="outlet"
        ),
        "rate": lambda: an.term_rate(tokens(), PHRASE),
        "kwic": lambda: an.concordance(tokens(), PHRASE, sort="R1"),
        "kwic rare": lambda: an.concordance(tokens(), "torkham", sort="date"),
        "trigrams": lambda: table(3),
    }
    return works[task]


def sklearn(task: str, texts: list[str]) -> Callable[[], Any]:
    """Give the work of scikit-learn."""
    from sklearn.feature_extraction.text import CountVectorizer

    def work() -> Any:
        vectorizer = CountVectorizer(ngram_range=(1, 2) if task == "bigrams" else (1, 1))
        counts = vectorizer.fit_transform(texts)
        counts.sort_indices()
        return counts, pa.array(vectorizer.get_feature_names_out().tolist(), pa.large_string())

    return work


def polars(task: str, texts: list[str]) -> Callable[[], Any]:
    """Give the work of polars: occurrences by article and term, in long form."""
    import polars as pl

    frame = pl.DataFrame({"text": texts}).with_row_index("doc")

    def work() -> Any:
        words = pl.col("text").str.to_lowercase().str.extract_all(r"\w\w+").alias("term")
        return frame.select("doc", words).explode("term").drop_nulls().group_by("doc", "term").len()

    return work


def gensim(task: str, texts: list[str]) -> Callable[[], Any]:
    """Give the work of gensim: a dictionary and bags of words."""
    from gensim.corpora import Dictionary

    find = re.compile(r"\b\w\w+\b").findall

    def work() -> Any:
        words = [find(t.lower()) for t in texts]
        known = Dictionary(words)
        return [known.doc2bow(w) for w in words]

    return work


def nltk(task: str, texts: list[str]) -> Callable[[], Any]:
    """Give the work of NLTK: a frequency distribution, or lines of a concordance, from text."""
    from nltk import FreqDist
    from nltk.text import ConcordanceIndex
    from nltk.tokenize import NLTKWordTokenizer

    cut = NLTKWordTokenizer().tokenize

    def work() -> Any:
        words = [w for t in texts for w in cut(t)]
        if task == "kwic":
            index = ConcordanceIndex(words, key=str.lower)
            return [(words[i - 8 : i], words[i + 1 : i + 9]) for i in index.offsets("minister")]
        return FreqDist(w.lower() for w in words).most_common(100)

    return work


PEERS = {"sklearn": sklearn, "polars": polars, "gensim": gensim, "nltk": nltk}
RUNS = [
    ("dtm", "sklearn"), ("dtm", "polars"), ("dtm", "gensim"), ("bigrams", "sklearn"), ("frequency", "nltk"),
    ("frequency by outlet", None), ("rate", None), ("kwic", "nltk"), ("kwic rare", None), ("trigrams", None),
]  # fmt: skip


def peak_mb() -> float:
    """Give the peak memory of this program; the usual count would begin with what its parent held."""
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
        if found:
            return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def child(who: str, task: str, folder: str, texts: str, out: str) -> None:
    """Run one work and print what it cost."""
    if who == "ours":
        work = ours(task, Path(folder), Path(out))
        work()
        runs = 3
    else:
        column = pq.read_table(texts)["text"].to_pylist()
        work = PEERS[who](task, column[::_TENTH] if who in ("gensim", "nltk") else column)
        runs = 1
    times = []
    for _ in range(runs):
        start, wall = time.process_time(), time.monotonic()
        result = work()
        times.append((time.process_time() - start, time.monotonic() - wall))
    peak = peak_mb()
    if isinstance(result, tuple):
        counts, terms = result
        np.savez(out, indptr=counts.indptr, indices=counts.indices, data=counts.data)
        pq.write_table(pa.table({"term": terms.cast(pa.large_string())}), f"{out}.terms")
    cpu, wall = min(times)
    print(
        json.dumps({"cpu": cpu, "wall": wall, "peak": peak, "size": len(result) if who == "polars" else None})
    )


def measure(who: str, task: str, folder: Path, texts: Path, out: Path) -> dict[str, Any]:
    """Run one work in a process of its own."""
    code = "import sys; from benchmarks.terms import child; child(*sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", code, who, task, str(folder), str(texts), str(out)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    if who in ("gensim", "nltk"):
        found["cpu"] *= _TENTH
    return found


def same(one: Path, other: Path) -> str:
    """Compare two matrices and their terms, cell by cell."""
    a, b = np.load(one), np.load(other)
    cells = all(np.array_equal(a[n], b[n]) for n in ("indptr", "indices", "data"))
    terms = pq.read_table(f"{one}.terms").equals(pq.read_table(f"{other}.terms"))
    return f"{len(a['data']):,} cells and {pq.read_metadata(f'{one}.terms').num_rows:,} terms " + (
        "equal" if cells and terms else "DIFFER"
    )


def prepared(room: Path) -> tuple[Path, Path]:
    """Give the corpus, and a file with the text of each article in the order of doc_id."""
    import analysis as an

    given = os.environ.get("TERMS_CORPUS")
    folder = Path(given) if given else room / "corpus"
    if not given:
        here = Path(__file__).resolve().parents[1]
        corpora = Path(os.environ.get("NEWS_CORPORA", here.parent / "shared" / "corpora"))
        an.ingest(corpora / "pakistan", into=folder, max_reject_share=1.0)
    table = an.open_corpus(folder).articles(["title", "standfirst", "body"])
    texts = ["\n".join(_present(row)) for row in table.itertuples(index=False)]
    print(f"{len(texts):,} articles, {sum(map(len, texts)) / 1e6:.0f} million characters")
    pq.write_table(pa.table({"text": texts}), room / "texts.parquet")
    return folder, room / "texts.parquet"


def _present(row: tuple[Any, ...]) -> Iterator[str]:
    return (part for part in row[1:] if isinstance(part, str))


def main() -> int:
    """Print a line for each work."""
    with tempfile.TemporaryDirectory() as room:
        folder, texts = prepared(Path(room))
        print(f"{'work':22}{'ours CPU s':>11}{'wall':>7}{'MB':>7}   peer")
        for task, peer in RUNS:
            mine, theirs = Path(room) / "ours.npz", Path(room) / "peer.npz"
            own = measure("ours", task, folder, texts, mine)
            line = f"{task:22}{own['cpu']:11.2f}{own['wall']:7.2f}{own['peak']:7.0f}"
            if peer:
                found = measure(peer, task, folder, texts, theirs)
                line += f"   {peer} {found['cpu']:.1f} s, {found['peak']:.0f} MB: {found['cpu'] / own['cpu']:.1f} x"
                if peer == "sklearn":
                    line += f"; {same(mine, theirs)}"
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
