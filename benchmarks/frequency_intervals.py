"""How often the intervals of `term_frequency` cover the rate they are for, by how many stories have the term.

`python -m benchmarks frequency_intervals`. Made-up corpora as in `keyness_null`: Zipf's law, clumping, subjects, uneven
lengths, stories printed several times. Terms are sorted by the stories that have them on average, not in the corpus at
hand, which would choose by the outcome. A corpus in which a term is missing has no row for it, and is not counted.
"""

import os
from collections import defaultdict
from itertools import pairwise

import numpy as np
from scipy import sparse

from analysis.stats.story_rates import StorySums, story_rate
from benchmarks.keyness_null import Corpus, made_up_corpus, made_up_language

BINS = (3, 5, 10, 20, 50, 100, 10**9)


def sums_of(corpus: Corpus, *, articles: bool = False) -> StorySums:
    """Add up stories; with `articles`, as if every article were one."""
    story = np.arange(len(corpus.story)) if articles else corpus.story
    ones = np.ones(len(story))
    by_story = sparse.csr_array(
        (ones, (story, np.arange(len(story)))), shape=(int(story.max()) + 1, len(story))
    )
    x, n = (by_story @ corpus.counts).toarray(), by_story @ corpus.lengths
    return StorySums(
        x.sum(0), (x * x).sum(0), n @ x, (x > 0).sum(0), x.max(0), n.sum(), (n * n).sum(), (n > 0).sum()
    )


def coverage(
    n_stories: int, repeats: int, *, articles: bool = False, seed: int = 3
) -> dict[int, tuple[float, int]]:
    """Give the share of intervals that cover, and how many there were, by the mean number of stories with the term."""
    rng = np.random.default_rng([seed, n_stories])
    language = made_up_language(rng)
    lifted = language.rate * language.lift.mean(axis=0)
    truth = lifted / lifted.sum()
    covered, met, stories = (np.zeros(truth.size) for _ in range(3))
    for _ in range(repeats):
        sums = sums_of(made_up_corpus(language, rng, n_stories=n_stories), articles=articles)
        low, high = story_rate(sums)
        there = np.asarray(sums.total) > 0
        met += there
        covered += there & (low <= truth) & (truth <= high)
        stories += np.asarray(sums.n_with)
    found: dict[int, tuple[float, int]] = defaultdict(lambda: (np.nan, 0))
    for low_bound, high_bound in pairwise(BINS):
        chosen = (stories / repeats >= low_bound) & (stories / repeats < high_bound)
        n = int(met[chosen].sum())
        if n:
            found[low_bound] = (float(covered[chosen].sum() / n), n)
    return dict(found)


def main() -> None:
    """Print the table."""
    repeats = int(os.environ.get("REPEATS", "200"))
    for articles in (False, True):
        for n_stories in (60, 300, 1500):
            rows = coverage(n_stories, repeats if n_stories < 1000 else repeats // 4, articles=articles)
            said = "  ".join(f"{low}+: {share:.3f} ({n:,})" for low, (share, n) in rows.items())
            print(f"{n_stories} stories{', articles for stories' if articles else ''}: {said}", flush=True)
