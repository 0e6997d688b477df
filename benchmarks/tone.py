"""VADER over stored tokens against the reference package: equal scores, segments a CPU second, and the rated snippets.

`python -m benchmarks tone`. `$TERMS_CORPUS` may name an ingested corpus of the Pakistan articles, else one is made (two
minutes). The reference scores the same segments of a sample, given as strings that are ready; ours starts from the
stored corpus, with kernels loaded once before. CPU seconds, the least of three runs. Equality is of every segment of
5,000 articles. The ratio depends little on the machine, the seconds do.
"""

import gzip
import json
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import pearsonr, spearmanr
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import analysis as an
from analysis.corpus.encoded import TokenBatch
from analysis.sentiment.score import article_sums
from analysis.sentiment.vader_words import plain

CORPORA = Path(os.environ.get("NEWS_CORPORA", "../shared/corpora"))
PARTS = ("title", "standfirst", "body")
SEGMENTS = ("seg_part", "seg_sentence", "seg_voice", "seg_start", "seg_end", "seg_tokens")


def least(work: Callable[[], Any], times: int = 3) -> float:
    """CPU seconds of the quickest run."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def segments_of(corpus: an.Corpus) -> tuple[list[str], np.ndarray]:
    """Give the text of every segment as tone reads it, and our score."""
    scorer = an.Vader().prepare(corpus)
    texts: list[str] = []
    scores = []
    for batch in corpus.scan(*PARTS, "type_ids", "space_before", *SEGMENTS):
        tokens = TokenBatch.of(batch)
        whole = [batch.column(p).to_pylist() for p in PARTS]
        docs = np.repeat(np.arange(len(tokens)), np.diff(tokens.doc_segments)).tolist()
        places = zip(
            docs, tokens.seg_part.tolist(), tokens.seg_start.tolist(), tokens.seg_end.tolist(), strict=True
        )
        texts += [plain(whole[part][doc][start:end]) for doc, part, start, end in places]
        scores.append(scorer(batch, tokens).score)
    return texts, np.concatenate(scores)


def speed(folder: Path) -> None:
    """Equality on 5,000 articles, and segments a CPU second."""
    analyzer = SentimentIntensityAnalyzer()
    texts, ours = segments_of(an.open_corpus(folder).sample(5_000))
    theirs = np.array([analyzer.polarity_scores(t)["compound"] for t in texts])
    print(f"segments {len(texts):,}; not equal to the reference {int((ours != theirs).sum())}")
    some = texts[:100_000]
    reference = len(some) / least(lambda: [analyzer.polarity_scores(t) for t in some])

    def work(instrument: Any) -> Callable[[], Any]:
        return lambda: article_sums(an.open_corpus(folder), instrument)  # opened anew: nothing is kept

    n = article_sums(an.open_corpus(folder), an.Vader()).sums[..., 1].sum()
    mine = n / least(work(an.Vader()))
    print(
        f"segments a CPU second: ours {mine:,.0f}, reference {reference:,.0f}: {mine / reference:.1f} times"
    )
    corpus = an.open_corpus(folder)
    start, wall = time.process_time(), time.perf_counter()
    for m in an.tone_voices(corpus).values():
        an.trend(m, by="week", across="outlet")
    print(
        f"tone by week, voice and outlet: {time.process_time() - start:.1f} CPU s, {time.perf_counter() - wall:.1f} s"
    )


def rated() -> None:
    """Correlation with human ratings: ours and the reference's."""
    with gzip.open(CORPORA / "sentiment" / "nyt-snippets-half.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    texts = [row["text"] for row in rows]
    human = np.array([row["mean_rating"] for row in rows])
    analyzer = SentimentIntensityAnalyzer()
    scores = {
        "vader": an.Vader().scores(texts),
        'vader, “ read as "': an.Vader(straight=True).scores(texts),
        "reference": np.array([analyzer.polarity_scores(plain(t))["compound"] for t in texts]),
        "reference, text as it is": np.array([analyzer.polarity_scores(t)["compound"] for t in texts]),
    }
    for name, values in scores.items():
        found = pearsonr(values, human)
        low, high = found.confidence_interval()
        print(
            f"{name}: r {found.statistic:.4f} ({low:.3f} to {high:.3f}), rho {spearmanr(values, human).statistic:.4f}, "
            f"not equal {int((values != scores['reference']).sum())} of {len(texts)}"
        )


def main() -> None:
    """Print the lines for RESULTS.md."""
    rated()
    named = os.environ.get("TERMS_CORPUS")
    if named:
        speed(Path(named))
        return
    with tempfile.TemporaryDirectory() as folder:
        an.ingest(CORPORA / "pakistan", into=Path(folder) / "pk", max_reject_share=1.0)
        speed(Path(folder) / "pk")


if __name__ == "__main__":
    main()
