"""Tone against people's ratings: towards a target (NewsMTSC), and of sentences (the rated snippets of VADER's authors).

`python -m benchmarks towards`. Targets: 3,000 news sentences with a target and the tone towards it (negative, neutral,
positive); the score around the target becomes one of the three by VADER's own bounds, -.05 and .05, and by bounds
chosen
on four fifths for the other fifth (folds by a hash of the sentence). Compared with VADER's score of the segment the
target
stands in, and of the whole sentence, by the same rules. The difference is bootstrapped over sentences. How words are
weighed by
distance (10 words) was not tuned here beyond seeing that 5 to 20 all do. Snippets: correlation of each instrument
with the mean of 20 ratings.
"""

import gzip
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.corpus.encoded import TokenBatch
from analysis.sentiment.towards_read import WITHIN, Around
from analysis.sentiment.vader import Vader, VaderScorer
from analysis.sentiment.vader_words import type_table
from analysis.stats.weighted import correlation
from analysis.terms.matching import BatchHits
from analysis.text import voice_words
from analysis.text.segments import encode, segments
from analysis.text.segments_features import COLON, COMMA, DASH, ENDER, IS_NUMBER, IS_WORD, type_features

Floats = npt.NDArray[np.float64]
LABELS = {"negative": -1, "neutral": 0, "positive": 1}
# General words of two poles (Turney & Littman 2003), for a scaling fitted to the snippets themselves.
ANCHORS = {
    "bad": ["bad", "nasty", "poor", "negative", "unfortunate", "wrong", "inferior"],
    "good": ["good", "nice", "excellent", "positive", "fortunate", "correct", "superior"],
}


class Given(NamedTuple):
    """A finder that knows its hits."""

    hits: BatchHits
    columns: tuple[str, ...] = ()

    def __call__(self, batch: Any, tokens: Any) -> BatchHits:
        return self.hits


def batch_of(texts: list[str]) -> tuple[TokenBatch, Any]:
    """Encode sentences, each as an article of one part."""
    encoded = encode(texts, ["en"] * len(texts))
    cut = segments(encoded)
    of_text = np.searchsorted(cut.seg_text, np.arange(len(texts) + 1))
    made = TokenBatch(
        batch=pa.RecordBatch.from_pydict({"n": list(range(len(texts)))}), type_ids=encoded.type_ids,
        doc_tokens=encoded.text_offsets.astype(np.int64), doc_segments=of_text.astype(np.int64),
        seg_part=np.full(len(cut.seg_text), 2, np.int8), seg_sentence=cut.seg_sentence,
        seg_voice=cut.seg_voice.astype(np.int8), seg_start=cut.seg_start, seg_end=cut.seg_end,
        seg_tokens=cut.seg_n_tokens,
    )  # fmt: skip
    made.__dict__["spaces"] = encoded.space_before
    return made, encoded


def macro_f1(truth: Any, said: Any) -> float:
    """Mean over the three labels of 2 TP / (2 TP + FP + FN)."""
    return float(
        np.mean(
            [
                2 * ((said == k) & (truth == k)).sum() / ((said == k).sum() + (truth == k).sum())
                for k in (-1, 0, 1)
            ]
        )
    )


def labels(score: Floats, low: float = -0.05, high: float = 0.05) -> Any:
    """Cut scores into the three labels."""
    return np.where(score <= low, -1, np.where(score >= high, 1, 0))


def crossed(score: Floats, truth: Any, fold: Any) -> Any:
    """Cut the scores of each fold by bounds chosen on the others."""
    said = np.zeros(len(score), dtype=np.int64)
    for k in np.unique(fold):
        own, others = fold == k, fold != k
        grid = np.unique(np.quantile(score[others], np.linspace(0.02, 0.98, 33)).round(6))
        pairs = [(a, b) for a in grid for b in grid if a < b]
        best = max(pairs, key=lambda p: macro_f1(truth[others], labels(score[others], *p)))
        said[own] = labels(score[own], *best)
    return said


def targets(rows: list[dict[str, Any]]) -> None:
    """Print macro F1 towards targets."""
    texts = [r["text"] for r in rows]
    tokens, encoded = batch_of(texts)
    first, length = [], []
    for i, row in enumerate(rows):
        own = np.arange(encoded.text_offsets[i], encoded.text_offsets[i + 1])
        inside = own[(encoded.starts[own] < row["end"]) & (encoded.ends[own] > row["start"])]
        first.append(int(inside[0]))
        length.append(len(inside))
    hits = BatchHits(
        np.arange(len(rows), dtype=np.int32),
        np.array(first),
        np.array(length, np.int32),
        np.zeros(len(rows), np.int32),
    )
    features = type_features(encoded.types)
    is_word = (features.sentence & (IS_WORD | IS_NUMBER)) != 0
    scorer = VaderScorer(type_table(encoded.types), is_word)
    truth = np.array([LABELS[r["label"]] for r in rows])
    fold = np.array([int(hashlib.sha1(t.encode(), usedforsecurity=False).hexdigest(), 16) % 5 for t in texts])
    own = tokens.token_segment[np.array(first)]
    scores = {
        "whole sentence": np.asarray(Vader().scores(texts)),
        "its segment": scorer(tokens.batch, tokens).score[own],
    }
    for within in WITHIN:
        around = Around(
            finder=Given(hits), scorer=scorer, is_word=is_word,  # type: ignore[arg-type]
            ends_clause=((features.sentence & (COMMA | COLON | DASH | ENDER)) != 0)
            | ((features.reporting & voice_words.TURN) != 0),
            within=within, window=10.0, squashed=True,
        )  # fmt: skip
        scores[f"towards, {within}"] = around(tokens.batch, tokens)[1]
    said = {name: (labels(s), crossed(s, truth, fold)) for name, s in scores.items()}
    rng = np.random.default_rng(1)
    draws = rng.integers(0, len(rows), (1000, len(rows)))
    base = said["its segment"]
    for name, pair in said.items():
        shown = []
        for how, mine, plain in zip(("bounds .05", "bounds crossed"), pair, base, strict=True):
            gain = [macro_f1(truth[d], mine[d]) - macro_f1(truth[d], plain[d]) for d in draws]
            low, high = np.quantile(gain, [0.025, 0.975])
            shown.append(f"{how} {macro_f1(truth, mine):.3f} (over its segment {low:+.3f} to {high:+.3f})")
        print(f"  {name:<17} {'; '.join(shown)}")


def snippets(rows: list[dict[str, Any]]) -> None:
    """Print correlations with the ratings."""
    import tempfile

    import analysis as an

    human = np.array([r["mean_rating"] for r in rows])
    texts = [r["text"] for r in rows]
    found = correlation(np.asarray(Vader().scores(texts)), human)
    print(f"  vader             r {found.estimate:.3f} ({found.low:.3f} to {found.high:.3f})")
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        raw.mkdir()
        lines = [
            json.dumps(
                {
                    "title": f"Snippet {r['id']}",
                    "content": r["text"],
                    "source": "x",
                    "link": f"https://x.example/{r['id']}",
                }
            )
            for r in rows
        ]
        (raw / "a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        an.ingest(raw, into=Path(folder) / "made", workers=1)
        corpus = an.open_corpus(Path(folder) / "made")
        rating = {f"https://x.example/{r['id']}": r["mean_rating"] for r in rows}
        links = corpus.articles(["link"])
        truth = np.array([rating[link] for link in links["link"]])
        for name in ("vader", "vader-words"):
            told = an.tone(corpus, lexicon=name, part="body", neutral=None).table
            found = correlation(told["numerator"] / told["denominator"], truth)
            print(
                f"  {name:<17} r {found.estimate:.3f} ({found.low:.3f} to {found.high:.3f}), mean of its segments"
            )
        model = an.fit_scaling(
            an.tokens(corpus, stopwords="en", part="body"), anchors=ANCHORS, min_doc_freq=2, n_boot=0
        )
        table = an.scaling_scores(corpus, model).table
        known = table["denominator"].to_numpy() > 0
        score = (table["numerator"] / table["denominator"].where(table["denominator"] > 0)).to_numpy()
        found = correlation(score[known], truth[known])
        print(
            f"  scaling           r {found.estimate:.3f} ({found.low:.3f} to {found.high:.3f}), fitted to these "
            f"{len(rows):,} sentences with {sum(map(len, model.anchors.values()))} anchors: far too few for it"
        )


def main() -> int:
    """Print the figures."""
    here = Path(__file__).resolve().parents[1]
    folder = Path(os.environ.get("NEWS_CORPORA", here.parent / "shared" / "corpora")) / "sentiment"
    if not folder.is_dir():
        print("the rated sentences are not here: set NEWS_CORPORA")
        return 1
    for name, work in (("newsmtsc-targets-3000", targets), ("nyt-snippets-half", snippets)):
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        print(f"{name}: {len(rows):,}")
        work(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
