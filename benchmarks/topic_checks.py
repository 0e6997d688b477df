"""What topics are worth where nothing is to be found, where articles stand in another order, and on a large corpus.

`python -m benchmarks topic_checks`. Shuffled words: how many of 5 and of 20 topics are called stable. Another order:
Jaccard of the ten top terms with those of the usual one. `$TERMS_CORPUS` may name an ingested corpus of the Pakistan
articles: 60 topics with refits and every description, and one fit beside scikit-learn's NMF on the same matrix.
"""

import gzip
import json
import os
import resource
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array
from threadpoolctl import threadpool_limits

import analysis as an
from analysis.topics.engines import engine_of
from analysis.topics.engines.base import Problem
from analysis.topics.matrix import counts_to_fit
from analysis.topics.stability import matched
from benchmarks.topics import METHODS, bbc, source_of

DESCRIPTIONS = (
    an.topic_table,
    an.topic_cards,
    an.topic_articles,
    an.topic_passages,
    an.topic_periods,
    an.topic_outlets,
    an.topic_correlation,
    an.topic_stability,
    an.topic_terms,
)


def shuffled_words(folder: Path) -> None:
    """Put every word of BBC at another place of the corpus; articles keep their lengths."""
    with gzip.open(source_of(), "rt", encoding="utf-8") as file:
        articles = [json.loads(line)["text"].split() for line in file]
    flat = np.array([word for words in articles for word in words], dtype=object)
    np.random.default_rng(4).shuffle(flat)
    parts = np.split(flat, np.cumsum([len(words) for words in articles])[:-1])
    (folder / "raw").mkdir()
    lines = [
        json.dumps({"title": f"Item {i}", "text": " ".join(p), "link": f"https://toy.example/{i}"}) + "\n"
        for i, p in enumerate(parts)
    ]
    (folder / "raw" / "shuffled.jsonl").write_text("".join(lines), encoding="utf-8")
    an.ingest(folder / "raw", into=folder / "shuffled", workers=1)
    words = an.tokens(an.open_corpus(folder / "shuffled"), stopwords="en")
    for n_topics in (5, 20):
        table = an.topic_table(an.fit_topics(words, n_topics=n_topics)).table
        print(
            f"shuffled words: {int(table['stable'].sum())} of {n_topics} topics stable, "
            f"similarity {table['similarity'].mean():.2f}",
            flush=True,
        )


def another_order(folder: Path) -> None:
    """Number the articles of BBC anew, so that the runs draw other halves."""
    counts, fit = bbc(folder)[0].table, METHODS["nmf (default)"]
    usual = fit(counts, 20)[1]
    same = []
    for seed in range(4):
        rows = np.random.default_rng(seed).permutation(counts.shape[0])
        same.append(matched(usual, fit(csr_array(counts[rows]), 20)[1])[1].mean())
    print(f"articles numbered anew: {np.round(same, 3).tolist()}, mean {np.mean(same):.3f}", flush=True)


def large(corpus: str) -> None:
    """Sixty topics of a large corpus from its tokens to the last table; then one fit beside scikit-learn's."""
    start, before = time.time(), time.process_time()
    words = an.tokens(an.open_corpus(corpus), stopwords="en")
    model = an.fit_topics(words, n_topics=60)
    fitted = time.time() - start
    for describe in DESCRIPTIONS:
        describe(model)
    cpu, peak = time.process_time() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"60 topics: fitted with refits in {fitted:.0f} s, described in {time.time() - start:.0f} s, "
        f"{cpu:.0f} CPU s, peak {peak:.2f} GiB of the whole process; "
        f"{int(an.topic_table(model).table['stable'].sum())} stable",
        flush=True,
    )
    counts = counts_to_fit(words, min_doc_freq=None, max_doc_share=0.3).table
    counts = csr_array(counts[np.flatnonzero(np.diff(counts.indptr))])
    with threadpool_limits(1):
        start = time.process_time()
        engine_of("nmf").fit(Problem(counts, 60, 1, (), np.arange(counts.shape[0])))
        ours = time.process_time() - start
        start = time.process_time()
        rounds = _sklearn(counts)
        theirs = time.process_time() - start
    print(
        f"one fit: {ours:.1f} CPU s, scikit-learn {theirs:.1f} ({rounds} rounds): {ours / theirs:.2f} times"
    )


def _sklearn(counts: csr_array) -> int:
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfTransformer

    weights = TfidfTransformer(sublinear_tf=True).fit_transform(counts).astype(np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return int(NMF(60, init="nndsvd", max_iter=200, random_state=1).fit(weights).n_iter_)


def main() -> None:
    """Print a line a check."""
    with tempfile.TemporaryDirectory() as name:
        shuffled_words(Path(name))
        with threadpool_limits(1):
            another_order(Path(name))
    corpus = os.environ.get("TERMS_CORPUS")
    if corpus:
        large(corpus)
    else:
        print("$TERMS_CORPUS names no corpus: the large one is left out")


if __name__ == "__main__":
    main()
