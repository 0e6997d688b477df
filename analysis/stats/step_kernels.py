"""Numba kernels for level shifts in autocorrelated series: fit, search, draw. Not to be called directly.

`analysis.stats.level_shifts` checks the arguments. Importing this file imports Numba (0.8 s).

One model everywhere: g (y - X b - steps) = u, u an autoregression of order p given by its partial
autocorrelations (each between -1 and 1: always stationary). Rows are the observed periods in order; `run`
counts the observed periods right before a row, so that after a gap the autoregression starts anew by its own
marginal law. Whitening is linear, W u = e. A step at k is 1 from row k on, so products of W with all steps
are sums from the end, and searching every k costs n (p + q) and not n^2.
"""

from typing import Any

import numpy as np

from analysis.jit import compiled

_EMPTY = -1e300
_FLAT = 1e-9


@compiled
def _dot(a: Any, b: Any) -> Any:
    """Return the sum of products. Not BLAS: its sums differ in the last bits between machines and threads."""
    total = 0.0
    for t in range(a.size):
        total += a[t] * b[t]
    return total


@compiled
def _less(a: Any, factor: Any, b: Any) -> Any:
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
        size = np.sqrt(_dot(v, v))
        for _ in range(2):
            for j in range(i):
                _less(v, _dot(v, q[j]), q[j])
        left = np.sqrt(_dot(v, v))
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
            _less(e, _dot(e, q[i]), q[i])
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
def _log_likelihood(rss: Any, n: Any, constant: Any) -> Any:
    return constant - 0.5 * n * np.log(max(rss, 1e-300) / n)


@compiled
def _without(e: Any, q: Any, a: Any, k: Any, size: Any, g: Any, run: Any, phi: Any, scale: Any) -> Any:
    """Return e without `size` times step k (itself without X)."""
    out = e.copy()
    for r in range(k, e.size):
        out[r] -= size * _step_row(r, k, g, run, phi, scale)
    for i in range(q.shape[0]):
        _less(out, -size * a[i, k], q[i])
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
        now = _log_likelihood(_dot(e, e), y.size, constant)
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
        now = _log_likelihood(_dot(e, e) - gain, y.size, constant)
        if now > value:
            value, best, at = now, kappa, k
        phi, scale = levinson(kappa)
        left = _without(e, q, a, k, c[k] / s[k], g, run, phi, scale)
        kappa = burg(colour(left, run, phi, scale), run, kappa.size)
    return value, best, at


@compiled
def draw(fitted: Any, innovations: Any, kappa: Any, full_run: Any, rows: Any, g: Any) -> Any:
    """Return a series: an autoregression over all periods, of which the observed rows are kept."""
    phi, scale = levinson(kappa)
    u = colour(innovations, full_run, phi, scale)
    out = np.empty(fitted.size)
    for i in range(fitted.size):
        out[i] = fitted[i] + u[rows[i]] / g[i]
    return out


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
        now = _log_likelihood(_dot(e, e) - gain, y.size, constant)
        if now > value:
            value, best, first, second = now, kappa, j, k
        cross = h[k]
        for i in range(a.shape[0]):
            cross -= a[i, j] * a[i, k]
        det = s[j] * s[k] - cross * cross
        phi, scale = levinson(kappa)
        left = _without(e, q, a, j, (c[j] * s[k] - c[k] * cross) / det, g, run, phi, scale)
        left = _without(left, q, a, k, (c[k] * s[j] - c[j] * cross) / det, g, run, phi, scale)
        kappa = burg(colour(left, run, phi, scale), run, kappa.size)
    return value, best, first, second


@compiled
def compare(
    y: Any,
    x: Any,
    g: Any,
    run: Any,
    allowed: Any,
    place: Any,
    min_length: Any,
    p: Any,
    n_rounds: Any,
    pairs: Any,
) -> Any:
    """Return twice the log-likelihood gained by one step and by two, the autocorrelations under none, the rows."""
    zero = np.zeros(p)
    none, under_none, _ = fit(y, x, g, run, zero, n_rounds)
    one, under_one, at = fit_one(y, x, g, run, allowed, zero, n_rounds)
    again, kappa, k = fit_one(y, x, g, run, allowed, under_none, n_rounds)
    if again > one:
        one, under_one, at = again, kappa, k
    first, second = -1, -1
    two = one
    if pairs:
        two, _, first, second = fit_two(y, x, g, run, allowed, place, min_length, zero, n_rounds)
    return 2.0 * max(one - none, 0.0), 2.0 * max(two - none, 0.0), under_none, under_one, at, first, second


@compiled
def compare_many(
    innovations: Any,
    x: Any,
    g: Any,
    run: Any,
    full_run: Any,
    rows: Any,
    kappa: Any,
    allowed: Any,
    place: Any,
    min_length: Any,
    n_rounds: Any,
    pairs: Any,
) -> Any:
    """Return the statistics of series without a step, drawn from these innovations (n_draws, n_periods)."""
    n_draws = innovations.shape[0]
    one = np.empty(n_draws)
    two = np.empty(n_draws)
    under_none = np.empty((n_draws, kappa.size))
    under_one = np.empty((n_draws, kappa.size))
    nothing = np.zeros(rows.size)
    for i in range(n_draws):
        y = draw(nothing, innovations[i], kappa, full_run, rows, g)
        one[i], two[i], under_none[i], under_one[i], _, _, _ = compare(
            y, x, g, run, allowed, place, min_length, kappa.size, n_rounds, pairs
        )
    return one, two, under_none, under_one


@compiled
def profile(y: Any, x: Any, g: Any, run: Any, allowed: Any, kappa: Any) -> Any:
    """Return twice what the log-likelihood with a step at each row lacks to the best one; inf where not allowed."""
    e, _, c, s, _, _, _ = steps(y, x, g, run, kappa)
    rss = _dot(e, e)
    out = np.full(y.size, np.inf)
    _, gain = best_one(c, s, allowed)
    for k in range(y.size):
        if allowed[k] and s[k] > 0.0:
            out[k] = y.size * np.log(max(rss - c[k] * c[k] / s[k], 1e-300) / max(rss - gain, 1e-300))
    return out


@compiled
def profile_many(
    sizes: Any,
    at: Any,
    innovations: Any,
    x: Any,
    g: Any,
    run: Any,
    full_run: Any,
    rows: Any,
    kappa: Any,
    allowed: Any,
    n_rounds: Any,
) -> Any:
    """Return what the true row lacks, in series with a step at `at`, each of its own size."""
    out = np.empty(innovations.shape[0])
    fitted = np.zeros(rows.size)
    for i in range(out.size):
        fitted[at:] = sizes[i]
        y = draw(fitted, innovations[i], kappa, full_run, rows, g)
        _, again, _ = fit_one(y, x, g, run, allowed, kappa, n_rounds)
        out[i] = profile(y, x, g, run, allowed, again)[at]
    return out


@compiled
def best_pulse(y: Any, x: Any, g: Any, run: Any, place: Any, kappa: Any, longest: Any) -> Any:
    """Return row, length, gain, sum of squares left: the best pulse of 1 to `longest` neighbouring periods."""
    phi, scale = levinson(kappa)
    p = kappa.size
    e, q, _, _, _, _, _ = steps(y, x, g, run, kappa)
    best = 0.0
    at, length = -1, 0
    for k in range(y.size):
        for size in range(1, longest + 1):
            if k + size > y.size or place[k + size - 1] - place[k] != size - 1:
                break
            own = 0.0
            with_e = 0.0
            with_q = np.zeros(q.shape[0])
            for r in range(k, min(k + size + p, y.size)):
                m = min(run[r], p)
                v = g[r] if r < k + size else 0.0
                for j in range(1, min(m, r - k) + 1):
                    if r - j < k + size:
                        v -= phi[m, j] * g[r - j]
                v *= scale[m]
                own += v * v
                with_e += v * e[r]
                for i in range(q.shape[0]):
                    with_q[i] += v * q[i, r]
            left = own - _dot(with_q, with_q)
            if left > 1e-6 * own and with_e * with_e / left > best:
                best = with_e * with_e / left
                at, length = k, size
    return at, length, best, _dot(e, e)
