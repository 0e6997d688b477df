"""Window NPMI and C_V beside gensim's CoherenceModel, on the same tokens and topics.

`python -m benchmarks coherence`. $TOPICS_CORPUS names an ingested corpus, else the demo is built. Topics are the
heaviest terms of scikit-learn's NMF on tf-idf. CPU seconds of this process: ours the least of five after one that loads
the kernel, from the stored corpus (reading included); gensim's once, from lists of words in memory, on one process.
"""

import os
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

TOP = 10


def topics_of(table: Any, n_topics: int) -> list[list[str]]:
    """Give the first terms of each topic of a plain NMF."""
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfTransformer

    weights = TfidfTransformer(sublinear_tf=True).fit_transform(table.counts.tocsr())
    fitted = NMF(n_topics, init="nndsvda", random_state=1, max_iter=200).fit(weights)
    return [[table.terms[i] for i in np.argsort(-row, kind="stable")[:TOP]] for row in fitted.components_]


def timed(work: Callable[[], Any], times: int = 1) -> tuple[Any, float]:
    """Give the result, and the least CPU seconds of some runs."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        made = work()
        best = min(best, time.process_time() - start)
    return made, best


def main() -> None:
    """Print the largest difference and the ratio for both measures."""
    import analysis as an
    from analysis.stats import coherence as co
    from analysis.terms.stream import streamer
    from analysis.topics.coherence import columns_of, windows_of

    warnings.simplefilter("ignore")
    folder = os.environ.get("TOPICS_CORPUS")
    if folder is None:
        made = Path(tempfile.mkdtemp())
        an.build_demo(made / "raw", n_articles=3000, seed=1)
        an.ingest(made / "raw", into=made / "demo")
        folder = str(made / "demo")
    tokens = an.tokens(an.open_corpus(folder), stopwords="en", min_length=3, numbers=False)
    table = an.dtm(tokens, min_doc_freq=5, max_doc_share=0.5)
    n_topics = int(os.environ.get("N_TOPICS", "20"))
    topics = topics_of(table, n_topics)
    terms, rows = columns_of(topics)
    streams = streamer(tokens)
    names = tokens.vocabulary.terms.to_pylist()
    texts = []
    for batch in tokens.corpus.scan(*streams.columns):
        stream = streams(batch)
        texts += [[names[t] for t in part] for part in np.split(stream.terms, stream.offsets[1:-1])]
    print(f"{len(texts):,} articles, {sum(map(len, texts)):,} tokens, {n_topics} topics of {TOP} terms")

    from gensim.corpora import Dictionary
    from gensim.models import CoherenceModel

    dictionary = Dictionary(texts)
    for name, window, score in (
        ("c_npmi", co.NPMI_WINDOW, co.topic_npmi),
        ("c_v", co.CV_WINDOW, co.topic_cv),
    ):

        def ours(window: int = window, score: Any = score) -> Any:
            return score(co.npmi_matrix(windows_of(tokens, terms, sizes=[window])[0]), rows)

        def gensims(measure: str = name) -> Any:
            return CoherenceModel(
                topics=topics, texts=texts, dictionary=dictionary, coherence=measure, topn=TOP, processes=1
            ).get_coherence_per_topic()

        ours()
        mine, fast = timed(ours, 5)
        theirs, slow = timed(gensims)
        gap = float(np.abs(mine - np.array(theirs)).max())
        print(
            f"{name}: largest difference {gap:.1e}; gensim {slow:.2f} s, ours {fast:.3f} s: {slow / fast:.0f}x"
        )


if __name__ == "__main__":
    main()
