"""VADER's scores by the reference package itself, given the text as tone reads it."""

from functools import cache

import numpy as np
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis.corpus.encoded import TokenBatch
from analysis.corpus.handle import Corpus
from analysis.sentiment.vader import Vader
from analysis.sentiment.vader_words import plain

_COLUMNS = (
    "title", "standfirst", "body", "type_ids", "space_before", "seg_part", "seg_voice", "seg_sentence",
    "seg_start", "seg_end", "seg_tokens",
)  # fmt: skip


@cache
def analyzer() -> SentimentIntensityAnalyzer:
    """The reference."""
    return SentimentIntensityAnalyzer()


def reference(text: str) -> float:
    """Score one text."""
    return float(analyzer().polarity_scores(plain(text))["compound"])


def segments_that_differ(corpus: Corpus) -> tuple[list[tuple[str, float, float]], int]:
    """Score every stored segment both ways: those that differ (text, reference, ours), and how many there are."""
    scorer = Vader().prepare(corpus)
    wrong, n = [], 0
    for batch in corpus.scan(*_COLUMNS):
        tokens = TokenBatch.of(batch)
        ours = scorer(batch, tokens).score
        texts = [batch.column(p).to_pylist() for p in _COLUMNS[:3]]
        docs = np.repeat(np.arange(len(tokens)), np.diff(tokens.doc_segments)).tolist()
        places = zip(
            docs, tokens.seg_part.tolist(), tokens.seg_start.tolist(), tokens.seg_end.tolist(), strict=True
        )
        for i, (doc, part, start, end) in enumerate(places):
            text = texts[part][doc][start:end]
            theirs = reference(text)
            n += 1
            if theirs != ours[i]:
                wrong.append((text, theirs, float(ours[i])))
    return wrong, n
