"""Non-negative factors by coordinate descent (HALS), in the Gram form.

The articles are given by their coordinates in a small basis: X = A V, A articles x r, V r x terms. A round then costs
r (articles + terms) topics instead of a pass over all counts, and leaves out what no basis of that size can hold.
Not for choosing among solutions: see `consensus`.

Cichocki & Phan (2009), "Fast local algorithms for large scale nonnegative matrix and tensor factorizations".
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Small = npt.NDArray[Any]  # float32
Mask = npt.NDArray[np.bool_]

_TINY = np.float32(1e-9)


def basis(weights: Any, rank: int, seed: int) -> tuple[Small, Small]:
    """Give A and V of the best basis of this rank (truncated SVD, Halko, Martinsson & Tropp 2011)."""
    from sklearn.utils.extmath import randomized_svd

    rank = max(1, min(rank, min(weights.shape) - 1))
    u, s, v = randomized_svd(weights, rank, n_iter=4, random_state=seed)
    return np.ascontiguousarray(u * s, np.float32), np.ascontiguousarray(v, np.float32)


def start(a: Small, v: Small, n_topics: int, rng: np.random.Generator, near: int = 30) -> Small:
    """Give first topics: articles far from each other, each with its neighbours (k-means++, Arthur & Vassilvitskii)."""
    length = np.linalg.norm(a, axis=1, keepdims=True)
    unit = a / np.maximum(length, _TINY)
    chosen = [int(rng.integers(len(a)))]
    far = np.maximum(1 - unit @ unit[chosen[0]], 0).astype(np.float64)
    for _ in range(n_topics - 1):
        weight = far**2
        total = weight.sum()
        place = (
            np.searchsorted(np.cumsum(weight), rng.random() * total) if total > 0 else rng.integers(len(a))
        )
        chosen.append(int(min(place, len(a) - 1)))
        far = np.minimum(far, np.maximum(1 - unit @ unit[chosen[-1]], 0))
    like = unit @ unit[chosen].T
    middle = [a[np.argsort(-like[:, k], kind="stable")[:near]].mean(axis=0) for k in range(n_topics)]
    found: Small = np.maximum(np.array(middle, np.float32) @ v, np.float32(1e-6))
    return found


def loadings(product: Small, gram: Small, w: Small, rounds: int) -> Small:
    """Improve the articles' loadings for given topics; `product` is X H', `gram` H H'."""
    for _ in range(rounds):
        for k in range(w.shape[1]):
            w[:, k] = np.maximum(
                w[:, k] + (product[:, k] - w @ gram[:, k]) / max(gram[k, k], _TINY), np.float32(0)
            )
    return w


def topics(product: Small, gram: Small, h: Small, rounds: int, mask: Mask | None = None) -> Small:
    """Improve the topics for given loadings; `product` is W' X, `gram` W' W. Where the mask is False, 0 stays."""
    for _ in range(rounds):
        for k in range(len(h)):
            if gram[k, k] > _TINY:
                h[k] = np.maximum(h[k] + (product[k] - gram[k] @ h) / gram[k, k], np.float32(0))
                if mask is not None:
                    h[k] *= mask[k]
    return h


def factors(
    a: Small, v: Small, h: Small, *, iterations: int, tolerance: float = 1e-4, mask: Mask | None = None
) -> Small:
    """Find topics from a start, by turns with loadings; stops when a turn moves them by less than `tolerance`."""
    gram = h @ h.T
    w = np.maximum(a @ (v @ h.T), np.float32(0)) / np.maximum(np.diag(gram), _TINY)
    for _ in range(iterations):
        w = loadings(a @ (v @ h.T), h @ h.T, w, 2)
        before = h.copy()
        h = topics((w.T @ a) @ v, w.T @ w, h, 2, mask)
        if float(((h - before) ** 2).sum()) < tolerance * max(float((h**2).sum()), 1e-9):
            break
    return h
