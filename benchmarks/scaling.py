"""Does a scaling find the poles that were planted in the demo, and the same twice?

`python -m benchmarks scaling`. Eight words a pole; the truth of an article is its planted positive words less its
negative.
"""

import json
import tempfile
import time
from pathlib import Path

import analysis as an
from analysis.stats.weighted import correlation

ANCHORS = {
    "hostile": ["crisis", "violence", "threat", "failure", "fear", "anger", "hostile", "angry"],
    "friendly": ["agreement", "support", "success", "hope", "peace", "trust", "friendly", "peaceful"],
}


def main() -> None:
    """Print the correlation for several numbers of dimensions and anchors."""
    with tempfile.TemporaryDirectory() as folder:
        raw, made = Path(folder) / "raw", Path(folder) / "demo"
        an.build_demo(raw)
        an.ingest(raw, into=made)
        corpus = an.open_corpus(made)
        facts = json.loads((raw / "truth.json").read_text(encoding="utf-8"))["articles"]
        tone = {a["link"]: sum(v if k.endswith("pos") else -v for k, v in a["tone"].items()) for a in facts}
        links = corpus.articles(["link"])["link"]
        known = links.isin(tone).to_numpy()
        truth = [tone[link] for link in links[known]]
        words = an.tokens(corpus, stopwords="en")
        for n_anchors in (8, 3):
            for n_dimensions in (100, 200, 300, 400):
                own = {pole: terms[:n_anchors] for pole, terms in ANCHORS.items()}
                start = time.process_time()
                models = [
                    an.fit_scaling(words, anchors=own, n_dimensions=n_dimensions, n_boot=0) for _ in range(2)
                ]
                spent = (time.process_time() - start) / 2
                table = an.scaling_scores(corpus, models[0]).table[known]
                r = correlation(table["numerator"] / table["denominator"], truth)
                print(
                    f"{n_anchors} anchors a pole, {n_dimensions} dimensions: r {r.estimate:.3f} "
                    f"({r.low:.3f} to {r.high:.3f}), "
                    f"{spent:.1f} s CPU, twice the same: {models[0].digest == models[1].digest}"
                )


if __name__ == "__main__":
    main()
