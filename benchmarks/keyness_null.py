"""How often keywords are found where there are none, and planted ones where they are.

`python -m benchmarks keyness_null`.

Two groups are drawn from one made-up corpus, again and again; whatever is found is false. The corpus has what
makes words of one article hang together: Zipf's law, clumping, subjects, uneven lengths, and stories printed
several times. The same on random halves of a real corpus (BBC, 2,225 articles) where it is at hand.
REPEATS=1000 by default.
"""

import gzip
import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse, stats

from analysis.stats.checks import Bools, Floats, Ints
from analysis.stats.keyness import g2_corpora
from analysis.stats.keyness_test import keyness_test
from analysis.stats.multiple import benjamini_hochberg

LEVEL = 0.05


class Corpus(NamedTuple):
    """Articles x terms, words by article, story by article."""

    counts: sparse.csr_array
    lengths: Floats
    story: Ints


class Language(NamedTuple):
    """Rates of terms by Zipf's law, the shape of the gamma by which they clump, twelve subjects that lift some."""

    rate: Floats
    shape: Floats
    lift: Floats


def made_up_language(rng: np.random.Generator, n_terms: int = 2000) -> Language:
    """Draw a language: sixty even function words, the rest clumped; a subject lifts a tenth of these sixfold."""
    rate = 1 / np.arange(2, n_terms + 2)
    function_words = np.arange(n_terms) < 60
    shape = np.where(function_words, 30.0, np.exp(rng.normal(np.log(0.25), 0.6, n_terms)))
    raised = (rng.random((12, n_terms)) < 0.1) & ~function_words
    return Language(0.9 * rate / rate.sum(), shape, np.where(raised, 6.0, np.where(function_words, 1.0, 0.5)))


def made_up_corpus(
    language: Language,
    rng: np.random.Generator,
    *,
    n_stories: int = 300,
    length: float = 250,
    clumping: float = 1,
) -> Corpus:
    """Draw stories of uneven length, each on one subject; one in six is carried two to eight times, cut a little."""
    words = np.maximum(30, rng.lognormal(np.log(length), 0.7, n_stories)).astype(int)
    mean = words[:, None] * language.rate * language.lift[rng.integers(0, 12, n_stories)]
    shape = language.shape / clumping
    first = rng.poisson(rng.gamma(shape, size=mean.shape) / shape * mean)
    copies = np.where(rng.random(n_stories) < 1 / 6, rng.integers(2, 9, n_stories), 1)
    story = np.repeat(np.arange(n_stories), copies)
    kept = np.where(copies[story] > 1, rng.uniform(0.5, 1.0, story.size), 1.0)
    counts = np.where(kept[:, None] < 1, rng.binomial(first[story], kept[:, None]), first[story])
    lengths = np.maximum(counts.sum(axis=1), 1).astype(np.float64)
    return Corpus(sparse.csr_array(counts.astype(np.float64)), lengths, story)


def split(corpus: Corpus, how: str, rng: np.random.Generator) -> Bools:
    """Divide into two groups between which nothing differs but chance."""
    n = corpus.lengths.size
    if how == "articles":  # copies of one story on both sides
        return rng.permutation(n) < n // 2
    n_stories = int(corpus.story.max()) + 1
    share = {"stories": 0.5, "unequal": 0.1}[how]
    return (rng.permutation(n_stories) < share * n_stories)[corpus.story]


def null_comparison(how: str, rng: np.random.Generator) -> tuple[Corpus, Bools]:
    """Draw a corpus in two groups with equal rates.

    "stories", "articles", "unequal" divide one corpus. "small clumped" and "large clumped" are two kinds of
    outlet: a fifth (or four fifths) of the stories are twice as long and clump three times as much, so that the
    groups are not exchangeable.
    """
    language = made_up_language(rng)
    if "clumped" not in how:
        corpus = made_up_corpus(language, rng)
        return corpus, split(corpus, how, rng)
    n_clumped = {"small clumped": 80, "large clumped": 320}[how]
    a = made_up_corpus(language, rng, n_stories=n_clumped, length=500, clumping=3)
    b = made_up_corpus(language, rng, n_stories=400 - n_clumped)
    counts = sparse.vstack([a.counts, b.counts], format="csr")
    joined = Corpus(
        counts, np.concatenate([a.lengths, b.lengths]), np.concatenate([a.story, b.story + n_clumped])
    )
    return joined, np.arange(joined.lengths.size) < a.lengths.size


def token_level(corpus: Corpus, target: Bools) -> int:
    """How many keywords G2 over words with Benjamini-Hochberg finds, as concordancers report it."""
    a, b = (np.asarray(corpus.counts[np.flatnonzero(g)].sum(axis=0)).ravel() for g in (target, ~target))
    g2 = g2_corpora(a, b, corpus.lengths[target].sum(), corpus.lengths[~target].sum())
    common = a + b >= 5
    return int(np.sum(benjamini_hochberg(stats.chi2.sf(np.abs(g2[common]), 1)) <= LEVEL))


def plant(corpus: Corpus, target: Bools, terms: npt.NDArray[np.intp], rng: np.random.Generator) -> Corpus:
    """Make some terms three times as frequent in the target: each of its stories is given those of two others too.

    They take the place of words that are not counted, so that no other rate changes.
    """
    dense = corpus.counts.toarray()
    of_story = np.full(int(corpus.story.max()) + 1, -1)  # one article of each of the target's stories
    of_story[corpus.story[target]] = np.flatnonzero(target)
    theirs = np.flatnonzero(of_story >= 0)
    more = np.zeros((target.sum(), terms.size))
    for _ in range(2):
        other = of_story.copy()
        other[theirs] = of_story[rng.permutation(theirs)]
        more += dense[np.ix_(other[corpus.story[target]], terms)]
    dense[np.ix_(target, terms)] += more
    return Corpus(sparse.csr_array(dense), np.maximum(corpus.lengths, dense.max(axis=1)), corpus.story)


def null_rates(
    how: str, repeats: int, *, n_permutations: int = 199, real: Corpus | None = None
) -> dict[str, float]:
    """Give the share of comparisons with any false keyword, by method; and the mean number at word level."""
    found: Counter[str] = Counter()
    for i in range(repeats):
        rng = np.random.default_rng([20, i])
        corpus, target = null_comparison(how, rng) if real is None else (real, split(real, how, rng))
        arguments: dict[str, Any] = {"n_permutations": n_permutations, "seed": i}
        by_story = keyness_test(corpus.counts, corpus.lengths, target, units=corpus.story, **arguments)
        words = token_level(corpus, target)
        found["max-T"] += bool((by_story.p_adjusted <= LEVEL).any())
        found["FDR"] += bool((by_story.q <= LEVEL).any())
        if real is None:
            by_article = keyness_test(corpus.counts, corpus.lengths, target, **arguments)
            found["max-T, articles for stories"] += bool((by_article.p_adjusted <= LEVEL).any())
        found["words: G2 + BH"] += words > 0
        found["false keywords of G2 + BH (mean)"] += words
    return {k: v / repeats for k, v in found.items()}


def power(
    repeats: int, *, how: str, between: tuple[int, int], n_stories: int = 600, n_permutations: int = 199
) -> dict[str, float]:
    """Give the share found of 20 planted terms that stand in so many stories, and the false among the found."""
    hits: Counter[str] = Counter()
    for i in range(repeats):
        rng = np.random.default_rng([21, i])
        corpus = made_up_corpus(made_up_language(rng), rng, n_stories=n_stories)
        target = split(corpus, how, rng)
        _, one = np.unique(corpus.story, return_index=True)
        in_stories = np.bincount(corpus.counts[one].indices, minlength=corpus.counts.shape[1])
        choice = np.flatnonzero((in_stories >= between[0]) & (in_stories <= between[1]))
        terms = rng.choice(choice, 20, replace=False)
        planted = plant(corpus, target, terms, rng)
        result = keyness_test(
            planted.counts,
            planted.lengths,
            target,
            units=planted.story,
            n_permutations=n_permutations,
            seed=i,
        )
        for name, p in (("max-T", result.p_adjusted), ("FDR", result.q)):
            chosen = np.flatnonzero(p <= LEVEL)
            true = int(np.isin(chosen, terms).sum())
            hits[f"{name}: found"] += true / terms.size
            hits[f"{name}: false"] += (chosen.size - true) / max(chosen.size, 1)
    return {k: v / repeats for k, v in hits.items()}


def bbc(folder: Path) -> Corpus | None:
    """Count the words of the BBC articles, one story each; None where they are not at hand."""
    path = folder / "topics" / "bbc-2225.jsonl.gz"
    if not path.is_file():
        return None
    rows, columns, vocabulary = [], [], {}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        texts = sorted({json.loads(line)["text"] for line in file})
    for row, text in enumerate(texts):
        words = re.findall(r"[^\W_]+", text.lower())
        columns += [vocabulary.setdefault(w, len(vocabulary)) for w in words]
        rows += [row] * len(words)
    counts = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(texts), len(vocabulary)))
    return Corpus(counts, np.asarray(counts.sum(axis=1)).ravel(), np.arange(len(texts)))


def main() -> None:
    """Print the tables."""
    repeats = int(os.environ.get("REPEATS", "1000"))
    limit = LEVEL + 1.96 * np.sqrt(LEVEL * (1 - LEVEL) / repeats)
    print(f"{repeats} null comparisons each, share with any finding at .05 (up to {limit:.3f} by chance)")
    for how in ("stories", "articles", "unequal", "small clumped", "large clumped"):
        print(f"  {how:<13}", _rounded(null_rates(how, repeats)), flush=True)
    for how, n_stories, repeated in (
        ("stories", 600, 50),
        ("unequal", 600, 50),
        ("stories", 3000, 10),
        ("unequal", 3000, 10),
    ):
        for low, high in ((15, 30), (30, 60), (60, 200)) if n_stories == 600 else ((150, 300), (300, 900)):
            figures = power(repeated, how=how, between=(low, high), n_stories=n_stories)
            print(f"  threefold, {how}, in {low} to {high} of {n_stories}:", _rounded(figures), flush=True)
    here = Path(__file__).resolve().parents[1]
    real = bbc(Path(os.environ.get("NEWS_CORPORA", here.parent / "shared" / "corpora")))
    if real is not None:
        print("  halves of BBC, 200 times", _rounded(null_rates("articles", 200, real=real)))


def _rounded(figures: dict[str, float]) -> dict[str, float]:
    return {k: round(float(v), 3) for k, v in figures.items()}


if __name__ == "__main__":
    main()
