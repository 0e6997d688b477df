"""Level shifts in autocorrelated series: fit and search.

One model everywhere: g (y - X b - steps) = u, u an autoregression of order p given by its partial
autocorrelations (each between -1 and 1: always stationary), see `autoregression`. Whitening is linear, W u = e. A
step at k is 1 from row k on, so products of W with all steps are sums from the end, and searching every k costs
n (p + q) and not n^2.

Numba kernels, not to be called directly: `analysis.stats.level_shifts` checks the arguments. Importing this file
imports Numba (0.8 s).
"""

from typing import Any

import numpy as np

from analysis.jit import compiled
from analysis.stats.autoregression import burg, colour, dot, less, levinson, whiten

_EMPTY = -1e300
_FLAT = 1e-9


@compiled
def _from_end(v: Any, g: Any, run: Any, phi: Any, scale: Any, out: Any) -> Any:
    """Put into `out` <W (g step_k), v> for every k: the sum from k on of g W'v."""
    p = scale.size - 1
    n = v.size
    total = 0.0
    for t in range(n - 1, -1, -1):
        s = scale[min(run[t], p)] * v[t]
        for j in range(1, p + 1):
            if t + j < n:
                m = min(run[t + j], p)
                if m >= j:
                    s -= scale[m] * phi[m, j] * v[t + j]
        total += g[t] * s
        out[t] = total


@compiled
def _step_row(r: Any, k: Any, g: Any, run: Any, phi: Any, scale: Any) -> Any:
    """Return row r of W (g step_k)."""
    m = min(run[r], scale.size - 1)
    s = g[r]
    for j in range(1, min(m, r - k) + 1):
        s -= phi[m, j] * g[r - j]
    return scale[m] * s


@compiled
def _basis(x: Any, g: Any, run: Any, phi: Any, scale: Any) -> Any:
    """Return an orthonormal basis of W (g X), (q, n); columns that add nothing are zero."""
    q = np.empty((x.shape[1], x.shape[0]))
    for i in range(x.shape[1]):
        v = whiten(g * x[:, i], run, phi, scale)
        size = np.sqrt(dot(v, v))
        for _ in range(2):
            for j in range(i):
                less(v, dot(v, q[j]), q[j])
        left = np.sqrt(dot(v, v))
        factor = 1.0 / left if left > _FLAT * size else 0.0
        for t in range(v.size):
            q[i, t] = factor * v[t]
    return q


@compiled
def steps(y: Any, x: Any, g: Any, run: Any, kappa: Any) -> Any:
    """Return what every search needs at these autocorrelations.

    e: whitened y without X; q: the basis; c, s: <step_k, e> and |step_k|^2 without X; a: <step_k, q>, (q, n);
    h: <step_j, step_k> for j well before k; constant: the part of the log-likelihood that the starts of runs add.
    """
    phi, scale = levinson(kappa)
    n, p = y.size, kappa.size
    q = _basis(x, g, run, phi, scale)
    e = whiten(g * y, run, phi, scale)
    constant = 0.0
    for _ in range(2):
        for i in range(q.shape[0]):
            less(e, dot(e, q[i]), q[i])
    for t in range(n):
        constant += np.log(scale[min(run[t], p)]) + np.log(g[t])
    c = np.empty(n)
    _from_end(e, g, run, phi, scale, c)
    a = np.empty((q.shape[0], n))
    for i in range(q.shape[0]):
        _from_end(q[i], g, run, phi, scale, a[i])
    full = np.empty(n)
    for t in range(n):
        full[t] = _step_row(t, t - p, g, run, phi, scale)
    s = np.empty(n)
    h = np.empty(n)
    tail = 0.0
    for k in range(n - 1, -1, -1):
        if k + p < n:
            tail += full[k + p] * full[k + p]
        own = tail
        across = tail
        for r in range(k, min(k + p, n)):
            part = _step_row(r, k, g, run, phi, scale)
            own += part * part
            across += part * full[r]
        for i in range(q.shape[0]):
            own -= a[i, k] * a[i, k]
        s[k] = own if own > _FLAT * tail else 0.0
        h[k] = across
    return e, q, c, s, a, h, constant


@compiled
def log_likelihood(rss: Any, n: Any, constant: Any) -> Any:
    return constant - 0.5 * n * np.log(max(rss, 1e-300) / n)


@compiled
def without(e: Any, q: Any, a: Any, k: Any, size: Any, g: Any, run: Any, phi: Any, scale: Any) -> Any:
    """Return e without `size` times step k (itself without X)."""
    out = e.copy()
    for r in range(k, e.size):
        out[r] -= size * _step_row(r, k, g, run, phi, scale)
    for i in range(q.shape[0]):
        less(out, -size * a[i, k], q[i])
    return out


@compiled
def best_one(c: Any, s: Any, allowed: Any) -> Any:
    """Return the row of the best single step and what it takes off the sum of squares."""
    best, at = 0.0, -1
    for k in range(c.size):
        if allowed[k] and s[k] > 0.0 and c[k] * c[k] / s[k] > best:
            best, at = c[k] * c[k] / s[k], k
    return at, best


@compiled
def best_two(c: Any, s: Any, a: Any, h: Any, allowed: Any, place: Any, min_length: Any) -> Any:
    """Return the rows of the best pair of steps and what it takes off the sum of squares."""
    best, first, second = 0.0, -1, -1
    for j in range(c.size):
        if not allowed[j] or s[j] <= 0.0:
            continue
        for k in range(j + 1, c.size):
            if not allowed[k] or s[k] <= 0.0 or place[k] - place[j] < min_length:
                continue
            cross = h[k]
            for i in range(a.shape[0]):
                cross -= a[i, j] * a[i, k]
            det = s[j] * s[k] - cross * cross
            if det <= _FLAT * s[j] * s[k]:
                continue
            gain = (c[j] * c[j] * s[k] - 2.0 * c[j] * c[k] * cross + c[k] * c[k] * s[j]) / det
            if gain > best:
                best, first, second = gain, j, k
    return first, second, best


@compiled
def fit(y: Any, x: Any, g: Any, run: Any, start: Any, n_rounds: Any) -> Any:
    """Fit X alone, autocorrelations by Burg on the residuals, in rounds; return log-likelihood, kappa, u."""
    kappa = start.copy()
    value = _EMPTY
    best = kappa
    kept = y
    for _ in range(n_rounds):
        e, _, _, _, _, _, constant = steps(y, x, g, run, kappa)
        now = log_likelihood(dot(e, e), y.size, constant)
        phi, scale = levinson(kappa)
        u = colour(e, run, phi, scale)
        if now > value:
            value, best, kept = now, kappa, u
        kappa = burg(u, run, kappa.size)
    return value, best, kept


@compiled
def fit_one(y: Any, x: Any, g: Any, run: Any, allowed: Any, start: Any, n_rounds: Any) -> Any:
    """Fit X and the best step; return log-likelihood, kappa and row."""
    kappa = start.copy()
    value = _EMPTY
    best = kappa
    at = -1
    for _ in range(n_rounds):
        e, q, c, s, a, _, constant = steps(y, x, g, run, kappa)
        k, gain = best_one(c, s, allowed)
        if k < 0:
            return value, best, at
        now = log_likelihood(dot(e, e) - gain, y.size, constant)
        if now > value:
            value, best, at = now, kappa, k
        phi, scale = levinson(kappa)
        left = without(e, q, a, k, c[k] / s[k], g, run, phi, scale)
        kappa = burg(colour(left, run, phi, scale), run, kappa.size)
    return value, best, at


@compiled
def fit_two(
    y: Any, x: Any, g: Any, run: Any, allowed: Any, place: Any, min_length: Any, start: Any, n_rounds: Any
) -> Any:
    """Fit X and the best pair of steps; return log-likelihood, kappa and rows."""
    kappa = start.copy()
    value = _EMPTY
    best = kappa
    first, second = -1, -1
    for _ in range(n_rounds):
        e, q, c, s, a, h, constant = steps(y, x, g, run, kappa)
        j, k, gain = best_two(c, s, a, h, allowed, place, min_length)
        if j < 0:
            return value, best, first, second
        now = log_likelihood(dot(e, e) - gain, y.size, constant)
        if now > value:
            value, best, first, second = now, kappa, j, k
        cross = h[k]
        for i in range(a.shape[0]):
            cross -= a[i, j] * a[i, k]
        det = s[j] * s[k] - cross * cross
        phi, scale = levinson(kappa)
        left = without(e, q, a, j, (c[j] * s[k] - c[k] * cross) / det, g, run, phi, scale)
        left = without(left, q, a, k, (c[k] * s[j] - c[j] * cross) / det, g, run, phi, scale)
        kappa = burg(colour(left, run, phi, scale), run, kappa.size)
    return value, best, first, second
