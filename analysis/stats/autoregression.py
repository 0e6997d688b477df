"""Autoregressions given by their partial autocorrelations: fitted, whitened with, drawn from.

Rows are the observed periods in order; `run` counts the observed periods right before a row, so that after a gap the
autoregression starts anew by its own marginal law.

Numba kernels, not to be called directly: `analysis.stats.level_shifts` checks the arguments. Importing this file
imports Numba (0.8 s).
"""

from typing import Any

import numpy as np

from analysis.jit import compiled


@compiled
def dot(a: Any, b: Any) -> Any:
    """Return the sum of products. Not BLAS: its sums differ in the last bits between machines and threads."""
    total = 0.0
    for t in range(a.size):
        total += a[t] * b[t]
    return total


@compiled
def less(a: Any, factor: Any, b: Any) -> Any:
    """Take factor * b off a, in place."""
    for t in range(a.size):
        a[t] -= factor * b[t]


@compiled
def burg(u: Any, run: Any, p: Any) -> Any:
    """Return the partial autocorrelations of u to order p (Burg's method over all runs together)."""
    kappa = np.zeros(p)
    f = u.copy()
    b = u.copy()
    for i in range(p):
        up = 0.0
        down = 0.0
        for t in range(u.size):
            if run[t] > i:
                up += f[t] * b[t - 1]
                down += f[t] * f[t] + b[t - 1] * b[t - 1]
        if down <= 0.0:
            return kappa
        k = min(max(2.0 * up / down, -0.98), 0.98)
        kappa[i] = k
        for t in range(u.size - 1, 0, -1):
            if run[t] > i:
                old = f[t]
                f[t] = old - k * b[t - 1]
                b[t] = b[t - 1] - k * old
    return kappa


@compiled
def levinson(kappa: Any) -> Any:
    """Return the predictors of order 0 to p, (p + 1, p), and the scale of their errors, 1 for order p."""
    p = kappa.size
    phi = np.zeros((p + 1, p + 1))
    scale = np.ones(p + 1)
    for m in range(1, p + 1):
        k = kappa[m - 1]
        for j in range(1, m):
            phi[m, j] = phi[m - 1, j] - k * phi[m - 1, m - j]
        phi[m, m] = k
    for m in range(p - 1, -1, -1):
        scale[m] = scale[m + 1] * np.sqrt(1.0 - kappa[m] * kappa[m])
    return phi, scale


@compiled
def whiten(u: Any, run: Any, phi: Any, scale: Any) -> Any:
    """Return W u."""
    p = scale.size - 1
    e = np.empty(u.size)
    for t in range(u.size):
        m = min(run[t], p)
        s = u[t]
        for j in range(1, m + 1):
            s -= phi[m, j] * u[t - j]
        e[t] = scale[m] * s
    return e


@compiled
def colour(e: Any, run: Any, phi: Any, scale: Any) -> Any:
    """Return u with W u = e."""
    p = scale.size - 1
    u = np.empty(e.size)
    for t in range(e.size):
        m = min(run[t], p)
        s = e[t] / scale[m]
        for j in range(1, m + 1):
            s += phi[m, j] * u[t - j]
        u[t] = s
    return u


@compiled
def draw(fitted: Any, innovations: Any, kappa: Any, full_run: Any, rows: Any, g: Any) -> Any:
    """Return a series: an autoregression over all periods, of which the observed rows are kept."""
    phi, scale = levinson(kappa)
    u = colour(innovations, full_run, phi, scale)
    out = np.empty(fitted.size)
    for i in range(fitted.size):
        out[i] = fitted[i] + u[rows[i]] / g[i]
    return out
