"""Topics that many runs agree on: pooled from half samples, clustered, and the large and recurrent taken.

After consensus NMF (Kotliar et al. 2019, eLife 8:e43803), with three changes that were measured to hold topics stiller
(docs/methods-topics.md): runs on halves of the stories, more topics in each run than are wanted, and the large
topics that recur in most runs instead of a cut through all of them. A topic that comes and goes is then left out, and
not averaged with its neighbours. Not for the factors of one run: see `hals`.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.fingerprint import derive_seed
from analysis.jit import side_by_side
from analysis.topics.engines.hals import Mask, Small, factors, loadings, start

Ints = npt.NDArray[np.int64]
MOST = 12_000  # articles in a run


class Pool(NamedTuple):
    """Topics of all runs, rows of length one, and the run of each."""

    rows: Small
    run: Ints


def halves(units: Ints, share: float, rng: np.random.Generator) -> Ints:
    """Draw articles by their stories: this share of the stories, and at most 12,000 articles or so."""
    n_units = int(units.max()) + 1
    size = max(1, round(n_units * min(share, MOST / max(len(units), 1))))
    chosen = np.zeros(n_units, np.bool_)
    chosen[rng.permutation(n_units)[:size]] = True
    return np.flatnonzero(chosen[units]).astype(np.int64)


def pooled(
    a: Small,
    v: Small,
    units: Ints,
    *,
    n_topics: int,
    runs: int,
    share: float,
    iterations: int,
    seed: int,
    guides: Small | None = None,
    mask: Mask | None = None,
    alone: bool = True,
) -> Pool:
    """Run on halves of the stories; with `guides` (the first topics, anchored), each run starts them there.

    Each run has its own seed, so that it does not matter which is done first: `alone`, runs are spread over the cores.
    """
    rows = np.empty((runs, n_topics, v.shape[1]), np.float32)

    def run(number: int) -> None:
        rng = np.random.Generator(np.random.PCG64(derive_seed(seed, f"consensus, run {number}")))
        chosen = halves(units, share, rng)
        if len(chosen) < n_topics:
            chosen = np.arange(len(a), dtype=np.int64)
        part = a[chosen]
        h = start(part, v, n_topics, rng)
        if guides is not None and mask is not None:
            h[: len(guides)] = guides
            h *= mask
        h = factors(part, v, h, iterations=iterations, mask=mask)
        rows[number] = h / np.maximum(np.linalg.norm(h, axis=1, keepdims=True), np.float32(1e-9))

    def work(first: int, past: int) -> None:
        for number in range(first, past):
            run(number)

    if alone:
        side_by_side(work, range(runs + 1))
    else:
        work(0, runs)
    return Pool(rows.reshape(-1, v.shape[1]), np.repeat(np.arange(runs, dtype=np.int64), n_topics))


def agreed(
    pool: Pool, n_topics: int, n_clusters: int, articles: Any, beside: Small | None = None
) -> tuple[Small, npt.NDArray[np.float64]]:
    """Cluster the pool and give the medians of the best clusters, and in what share of runs they stand.

    Average linkage on cosines. Clusters in the order of (share of runs they occur in) x (mean cosine within)^3 x
    (length of their loadings in `articles`, all clusters and the topics `beside` them competing): of topics that recur
    in nearly all runs, which have the most recurrent places is chance, and which are large is not.
    """
    from scipy.cluster.hierarchy import fcluster, linkage

    n_runs = int(pool.run.max()) + 1
    like = np.clip(pool.rows @ pool.rows.T, -1, 1).astype(np.float64)
    tree = linkage((1 - like)[np.triu_indices(len(like), 1)], "average")
    label = fcluster(tree, max(n_clusters, n_topics), "maxclust")
    members = [np.flatnonzero(label == c) for c in np.unique(label)]
    recurs = np.array([len(np.unique(pool.run[m])) / n_runs for m in members])
    tight = np.array([like[np.ix_(m, m)].mean() for m in members])
    middle: Small = np.stack([np.median(pool.rows[m], axis=0) for m in members]).astype(np.float32)
    given = middle[:0] if beside is None else beside
    large = np.linalg.norm(loaded(articles, np.concatenate([given, middle])), axis=0)[len(given) :]
    worth = recurs * tight**3 * large.astype(np.float64)
    best = np.lexsort((np.arange(len(members)), -np.round(worth / max(worth.max(), 1e-300), 6)))[:n_topics]
    return middle[best], recurs[best]


def loaded(articles: Any, rows: Small, rounds: int = 20) -> Small:
    """Give the articles' loadings by topics, whose rows are taken at length one; both over the same terms."""
    unit = np.maximum(rows, np.float32(1e-9))
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    product = np.asarray(articles @ unit.T, np.float32)
    return loadings(product, unit @ unit.T, np.maximum(product, np.float32(0)), rounds)
