"""Keyness from articles to verdict on the demo: random halves of one outlet, and the topic that is planted.

`keyness_null` asks the same of made-up counts, a thousand times; here it is asked of the whole path, from encoded text
over documents x terms to the table a reader sees.
"""

import os
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats

from analysis.corpus.demo import build_demo
from analysis.corpus.demo.bank import banks
from analysis.corpus.handle import Corpus, open_corpus
from analysis.corpus.ingest import ingest
from analysis.measures.keyness import keyness
from analysis.stats.multiple import benjamini_hochberg
from analysis.terms.tokens import Tokens, tokens

LEVEL = 0.05
OUTLET, TOPIC = "Tolmark Courier", "mining"


def demo(folder: Path, *, articles: int = 3000) -> Corpus:
    """Build and ingest the demo."""
    build_demo(folder / "raw", articles=articles)
    ingest(folder / "raw", into=folder / "demo")
    return open_corpus(folder / "demo")


def halves(words: Tokens, repeats: int, *, n_permutations: int = 199) -> dict[str, float]:
    """Split one outlet at random; give the share of splits with any finding, by the test and by words."""
    corpus = words.corpus
    n = len(corpus) // 2
    found = {"q": 0, "max-T": 0, "words: G2 + BH": 0, "terms by G2 + BH (mean)": 0}
    for i in range(repeats):
        target = corpus.sample(n, seed=1000 + i)
        table = keyness(words, target=target, n_permutations=n_permutations, seed=i).table
        q = benjamini_hochberg(stats.chi2.sf(table["g2"].abs().to_numpy(), 1))
        found["q"] += bool((table["q"] <= LEVEL).any())
        found["max-T"] += bool((table["p_adjusted"] <= LEVEL).any())
        found["words: G2 + BH"] += bool((q <= LEVEL).any())
        found["terms by G2 + BH (mean)"] += int((q <= LEVEL).sum())
    return {name: n / repeats for name, n in found.items()}


def story_halves(words: Tokens, repeats: int, *, n_permutations: int = 199) -> dict[str, float]:
    """Split all outlets by stories, so that copies stay together; by stories, by articles, and by words."""
    corpus = words.corpus
    articles = corpus.articles(["story_id"])
    stories = np.unique(articles["story_id"].to_numpy(dtype=str))
    found = {"q": 0, "max-T": 0, "q, articles for stories": 0, "words: G2 + BH": 0}
    for i in range(repeats):
        drawn = np.random.default_rng([22, i]).permutation(stories)[: len(stories) // 2]
        side = {"doc_id": articles.loc[articles["story_id"].isin(drawn), "doc_id"].tolist()}
        arguments: dict[str, Any] = {"target": side, "n_permutations": n_permutations, "seed": i}
        table = keyness(words, **arguments).table
        by_article = keyness(words, units="article", **arguments).table
        q = benjamini_hochberg(stats.chi2.sf(table["g2"].abs().to_numpy(), 1))
        found["q"] += bool((table["q"] <= LEVEL).any())
        found["max-T"] += bool((table["p_adjusted"] <= LEVEL).any())
        found["q, articles for stories"] += bool((by_article["q"] <= LEVEL).any())
        found["words: G2 + BH"] += bool((q <= LEVEL).any())
    return {name: n / repeats for name, n in found.items()}


def topic_words(topic: str) -> set[str]:
    """The words that stand in the sentences of one topic of the demo, and of no other."""
    own, other = set[str](), set[str]()
    for name, bank in banks().items():
        for frame in (*bank.narration, *bank.claims, *bank.headlines):
            slots = [v for values in frame.values for v in values] if len(frame.values) < 40 else []
            text = " ".join((*frame.literals, *slots)).lower()
            (own if name == topic else other).update("".join(c if c.isalnum() else " " for c in text).split())
    return own - other


def main() -> None:
    """Print the lines for RESULTS.md."""
    repeats = int(os.environ.get("REPEATS", "60"))
    with tempfile.TemporaryDirectory() as folder:
        corpus = demo(Path(folder))
        start = time.process_time()
        figures = halves(tokens(corpus.where(outlet=OUTLET), stopwords="en"), repeats)
        print(f"  {repeats} random halves of one outlet, share with any finding at {LEVEL}:", figures)
        print(f"  {(time.process_time() - start) / repeats:.2f} CPU s a comparison of 199 permutations")
        figures = story_halves(tokens(corpus, stopwords="en"), repeats)
        print(f"  {repeats} halves of the stories of all outlets, share with any finding:", figures)
        table = keyness(tokens(corpus, stopwords="en"), target={"outlet": OUTLET}).table
        sure = table[table["significant"] & (table["g2"] > 0)]
        planted = topic_words(TOPIC)
        print(
            f"  {OUTLET} and the rest: {len(sure)} confirmed keywords, {sure['term'].isin(planted).mean():.2f} of"
            f" them only in sentences of {TOPIC} ({', '.join(sure['term'].head(8))})"
        )


if __name__ == "__main__":
    main()
