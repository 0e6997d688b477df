"""Topics against known classes, beside the peers on the same matrix; and planted topics.

`python -m benchmarks topics`; FITS=40 resamples a method (every pair of them is compared), PLANTED=20 corpora, METHODS
to choose among. Stability: the whole method on independent 80 % resamples of the articles, matched by the Hungarian
method, mean Jaccard of the ten top terms; its error by leaving out one resample after the other. NMI: largest share
against the classes. NPMI: of the ten top terms, by articles. Both of the fit to all articles, and their means over it
and the resamples. CPU seconds of one fit, all in this run.
"""

import gzip
import json
import os
import tempfile
import time
import warnings
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_array
from threadpoolctl import threadpool_limits

from analysis.corpus.handle import open_corpus
from analysis.corpus.ingest import ingest
from analysis.terms.tokens import tokens
from analysis.topics.engines import engine_of
from analysis.topics.engines.base import Problem
from analysis.topics.engines.weighting import idf_of, tf_idf
from analysis.topics.fold import fold
from analysis.topics.matrix import Counts, counts_to_fit
from analysis.topics.order import distinctive, first
from analysis.topics.parsimony import own_words
from analysis.topics.stability import matched

Fit = Callable[[Any, int], tuple[Any, Any]]  # counts, topics -> P(term | topic), scores of terms


def ours(method: str) -> Fit:
    """What `fit_topics` does between the counts and the model."""

    def fit(counts: Any, n_topics: int) -> tuple[Any, Any]:
        some, there = _present(counts)
        found = engine_of(method).fit(Problem(some, n_topics, 1, (), np.arange(some.shape[0])))
        total = np.asarray(some.sum(axis=0), float).ravel()
        own = own_words(found.topic_word, total / total.sum())
        doc_freq = np.bincount(some.indices, minlength=some.shape[1])
        return _spread(own, there, counts), _spread(distinctive(own, doc_freq, some.shape[0]), there, counts)

    return fit


def sklearn_nmf(counts: Any, n_topics: int) -> tuple[Any, Any]:
    """scikit-learn's NMF on its usual tf-idf, NNDSVD start."""
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfTransformer

    weights = TfidfTransformer().fit_transform(counts)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = NMF(n_topics, init="nndsvd", max_iter=200, random_state=1).fit(weights).components_
    return _rows(
        found / idf_of(np.bincount(counts.indices, minlength=counts.shape[1]), counts.shape[0])
    ), found


def svd_kmeans(counts: Any, n_topics: int) -> tuple[Any, Any]:
    """tf-idf, SVD, k-means, class tf-idf."""
    from sklearn.cluster import KMeans
    from sklearn.preprocessing import normalize
    from sklearn.utils.extmath import randomized_svd

    idf = idf_of(np.bincount(counts.indices, minlength=counts.shape[1]), counts.shape[0])
    u, s, _ = randomized_svd(tf_idf(counts, idf), 100, random_state=1)
    label = KMeans(n_topics, n_init=3, random_state=1).fit(normalize(u * s)).labels_
    members = csr_array((np.ones(len(label)), (label, np.arange(len(label)))), shape=(n_topics, len(label)))
    word = _rows((members @ counts).toarray() + 1e-12)
    return word, word * idf


def tomotopy_lda(counts: Any, n_topics: int) -> tuple[Any, Any]:
    """Tomotopy's LDA, 400 rounds, one worker; terms in the order of their probability."""
    some, there = _present(counts)
    word = engine_of("lda-gibbs").fit(Problem(some, n_topics, 1)).topic_word
    return (_spread(word, there, counts),) * 2


def gensim_lda(counts: Any, n_topics: int) -> tuple[Any, Any]:
    """Gensim's LdaModel until it settles; terms in the order of their probability."""
    some, there = _present(counts)
    word = engine_of("lda").fit(Problem(some, n_topics, 1)).topic_word
    return (_spread(word, there, counts),) * 2


def gensim_nmf(counts: Any, n_topics: int) -> tuple[Any, Any]:
    """Gensim's Nmf on tf-idf, five passes."""
    from gensim.matutils import Sparse2Corpus
    from gensim.models.nmf import Nmf

    idf = idf_of(np.bincount(counts.indices, minlength=counts.shape[1]), counts.shape[0])
    bags = Sparse2Corpus(tf_idf(counts, idf).T.tocsc())
    names = {i: str(i) for i in range(counts.shape[1])}
    word = Nmf(bags, num_topics=n_topics, id2word=names, passes=5, random_state=1).get_topics()
    return _rows(word / idf + 1e-12), word


METHODS: dict[str, Fit] = {
    "nmf (default)": ours("nmf"),
    "scikit-learn NMF": sklearn_nmf,
    "tf-idf + SVD + k-means": svd_kmeans,
    "tomotopy LDA": tomotopy_lda,
    "gensim NMF": gensim_nmf,
    "gensim LDA": gensim_lda,
}


class Row(NamedTuple):
    """What a method reached: of the fit to all articles, and means over it and the fits to resamples."""

    nmi: float
    nmi_mean: float
    npmi: float
    npmi_mean: float
    stable: float
    error: float
    cpu: float


def compared(counts: Any, classes: Any, n_topics: int, fit: Fit, fits: int) -> Row:
    """Fit a method to all articles and to resamples."""
    from sklearn.metrics import normalized_mutual_info_score

    start = time.process_time()
    found = [fit(counts, n_topics)]
    cpu = time.process_time() - start
    total = np.asarray(counts.sum(axis=0), float).ravel()
    rng = np.random.default_rng(0)
    n = counts.shape[0]
    rows = [np.sort(rng.choice(n, int(0.8 * n), replace=False)) for _ in range(fits)]
    found += [fit(counts[r], n_topics) for r in rows]
    shares = [fold(counts, word, total / total.sum()) for word, _ in found]
    nmi = [float(normalized_mutual_info_score(classes, s[:, :-1].argmax(axis=1))) for s in shares]
    coherent = [npmi(counts, first(scores, 10)) for _, scores in found]
    same = np.full((fits, fits), np.nan)
    for a, b in combinations(range(fits), 2):
        same[a, b] = same[b, a] = matched(found[1 + a][1], found[1 + b][1])[1].mean()
    without = [np.nanmean(np.delete(np.delete(same, i, 0), i, 1)) for i in range(fits)]
    error = np.sqrt((fits - 1) / fits * np.sum((without - np.mean(without)) ** 2))
    return Row(
        nmi[0],
        float(np.mean(nmi)),
        coherent[0],
        float(np.mean(coherent)),
        float(np.nanmean(same)),
        float(error),
        cpu,
    )


def npmi(counts: Any, top: Any) -> float:
    """Mean NPMI of the pairs of top terms, by articles."""
    there = (counts > 0).astype(float)
    values = []
    for columns in top:
        some = there[:, columns].toarray()
        both = some.T @ some / len(some)
        one = np.diag(both)
        with np.errstate(divide="ignore", invalid="ignore"):
            value = np.where(both > 0, np.log(both / np.outer(one, one)) / -np.log(both), -1.0)
        values.append(value[np.triu_indices(len(columns), 1)].mean())
    return float(np.mean(values))


def planted(seed: int) -> tuple[float, float, int]:
    """A corpus of K topics in bursts, each outlet with topics of its own: Jaccard, correlation of shares, K.

    Terms have Zipf's frequencies; half of each article is common language. Articles are of 40 to 400 words, 80 % of one
    topic and 20 % of another; a topic is written about in bursts, mostly by one half of the outlets.
    """
    rng = np.random.default_rng(seed)
    n_topics, n_docs, n_terms = int(rng.integers(5, 21)), 2500, 3000
    common = rng.permutation(1 / np.arange(5, n_terms + 5))
    own = np.zeros((n_topics, n_terms))
    for k in range(n_topics):
        own[k, rng.choice(n_terms, 80, replace=False)] = 1 / np.arange(3, 83)
    own, common = _rows(own), common / common.sum()
    day, outlet = rng.integers(0, 365, n_docs), rng.integers(0, 8, n_docs)
    peak, width = rng.integers(0, 365, n_topics), rng.uniform(10, 120, n_topics)
    burst = 0.15 + np.exp(-(((day[:, None] - peak) / width) ** 2))
    burst *= np.where((outlet[:, None] < 4) == (np.arange(n_topics) % 2 == 0), 1.0, 0.15)
    chance = _rows(burst)
    main = np.array([rng.choice(n_topics, p=p) for p in chance])
    other = rng.integers(0, n_topics, n_docs)
    truth = np.zeros((n_docs, n_topics))
    np.add.at(truth, (np.arange(n_docs), main), 0.4)
    np.add.at(truth, (np.arange(n_docs), other), 0.1)
    length = np.exp(rng.uniform(np.log(40), np.log(400), n_docs)).astype(int)
    mixed = truth @ own + 0.5 * common
    counts = csr_array(np.array([rng.multinomial(m, p) for m, p in zip(length, _rows(mixed), strict=True)]))
    doc_freq = np.bincount(counts.indices, minlength=n_terms)
    keep = np.flatnonzero(doc_freq >= 12)
    counts = csr_array(counts[:, keep])
    word, scores = METHODS["nmf (default)"](counts, n_topics)
    best = distinctive(own[:, keep], doc_freq[keep], n_docs)
    which, same = matched(best, scores)
    total = np.asarray(counts.sum(axis=0), float).ravel()
    shares = fold(counts, word, total / total.sum())
    like = [np.corrcoef(truth[:, k], shares[:, which[k]])[0, 1] for k in range(n_topics)]
    return float(same.mean()), float(np.mean(like)), n_topics


def source_of() -> Path:
    """Give the file of BBC news."""
    here = Path(__file__).resolve().parents[1].parent
    return Path(os.environ.get("NEWS_CORPORA", here / "shared" / "corpora")) / "topics" / "bbc-2225.jsonl.gz"


def bbc(folder: Path) -> tuple[Counts, Any]:
    """Ingest BBC news and give its counts and classes."""
    source = source_of()
    ingest(source, into=folder / "bbc", workers=1)
    corpus = open_corpus(folder / "bbc")
    with gzip.open(source, "rt", encoding="utf-8") as file:
        classes = {r["title"].strip(): r["id"].split("-")[1] for r in map(json.loads, file)}
    titles = corpus.articles(["title"])["title"]
    counts = counts_to_fit(tokens(corpus, stopwords="en"), min_doc_freq=None, max_doc_share=0.3)
    return counts, np.array([classes.get(str(t).strip(), "?") for t in titles])


def _present(counts: Any) -> tuple[Any, Any]:
    there = np.flatnonzero(np.bincount(counts.indices, minlength=counts.shape[1]))
    return csr_array(counts[:, there]), there


def _spread(values: Any, there: Any, counts: Any) -> Any:
    found = np.zeros((len(values), counts.shape[1]))
    found[:, there] = values
    return found


def _rows(values: Any) -> Any:
    return values / np.maximum(values.sum(axis=1, keepdims=True), 1e-300)


def main() -> None:
    """Print the tables."""
    fits, n_planted = int(os.environ.get("FITS", "40")), int(os.environ.get("PLANTED", "20"))
    chosen = os.environ.get("METHODS", "").split(",") if os.environ.get("METHODS") else list(METHODS)
    with threadpool_limits(1), tempfile.TemporaryDirectory() as folder:
        if n_planted:
            found = [planted(seed) for seed in range(n_planted)]
            same, like, sizes = (np.array(v) for v in zip(*found, strict=True))
            print(f"{n_planted} planted corpora, K {sizes.min()} to {sizes.max()}, default method:")
            print(
                f"  Jaccard of top ten {same.mean():.3f} (least {same.min():.3f}), shares r {like.mean():.3f}",
                flush=True,
            )
        counts, classes = bbc(Path(folder))
        print(f"BBC, {counts.table.shape[0]:,} articles x {counts.table.shape[1]:,} terms")
        print(
            f"{'method':26} {'K':>3} {'NMI':>5}/{'mean':5} {'NPMI':>5}/{'mean':5} {'stable':>6} (error) {'CPU s':>6}"
        )
        for name in chosen:
            for n_topics in (5, 20):
                r = compared(counts.table, classes, n_topics, METHODS[name], fits)
                print(
                    f"{name:26} {n_topics:3} {r.nmi:.3f}/{r.nmi_mean:.3f} {r.npmi:.3f}/{r.npmi_mean:.3f} "
                    f"{r.stable:6.3f} ({r.error:.3f}) {r.cpu:6.1f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
