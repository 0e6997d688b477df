"""What a level shift or a pulse gains, in a series and in series drawn without one.

The model is that of `step_kernels`.

Numba kernels, not to be called directly: `analysis.stats.level_shifts` checks the arguments. Importing this file
imports Numba (0.8 s).
"""

from typing import Any

import numpy as np

from analysis.jit import compiled
from analysis.stats.autoregression import dot, draw, levinson
from analysis.stats.step_kernels import best_one, fit, fit_one, fit_two, steps, without

_FAR = 30.0  # twice the log-likelihood: more than any limit of the test of a place
_PRIOR = 60.0  # periods' worth of the common variance in that of a level, where its ends are what is asked


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
def _by_level(left: Any, level: Any, n_levels: Any) -> Any:
    """Twice the log-likelihood of whitened residuals, up to a constant, each level with its own variance."""
    squares = np.zeros(n_levels)
    number = np.zeros(n_levels)
    for t in range(left.size):
        squares[level[t]] += left[t] * left[t]
        number[level[t]] += 1.0
    common = max(squares.sum() / left.size, 1e-300)
    value = 0.0
    scaled = 0.0
    for j in range(n_levels):
        variance = (squares[j] + _PRIOR * common) / (number[j] + _PRIOR)
        value -= number[j] * np.log(variance)
        scaled += squares[j] / variance
    return value - left.size * np.log(max(scaled, 1e-300) / left.size)


@compiled
def profile(y: Any, x: Any, g: Any, run: Any, allowed: Any, kappa: Any, level: Any, always: Any) -> Any:
    """Return twice the log-likelihood with a step at each row, up to a constant; -inf where there can be none.

    `level` numbers the levels that there are without it. Rows that with one variance for all lack far too much are
    passed over, which makes the cost that of a few rows, except the row `always`.
    """
    e, q, c, s, a, _, _ = steps(y, x, g, run, kappa)
    phi, scale = levinson(kappa)
    rss = dot(e, e)
    _, most = best_one(c, s, allowed)
    enough = rss - (rss - most) * np.exp(_FAR / y.size)
    out = np.full(y.size, -np.inf)
    past = level[-1] + 1
    for k in range(y.size):
        if allowed[k] and s[k] > 0.0 and (k == always or c[k] * c[k] / s[k] >= enough):
            split = level.copy()
            for t in range(k, y.size):
                if level[t] == level[k]:
                    split[t] = past
            out[k] = _by_level(without(e, q, a, k, c[k] / s[k], g, run, phi, scale), split, past + 1)
    return out


@compiled
def lacks_many(
    fitted: Any,
    sizes: Any,
    at: Any,
    innovations: Any,
    drawn_g: Any,
    x: Any,
    fewer: Any,
    price: Any,
    g: Any,
    run: Any,
    full_run: Any,
    rows: Any,
    kappa: Any,
    allowed: Any,
    level: Any,
    n_rounds: Any,
) -> Any:
    """Return what the true row lacks to the best, in series with a step at `at`, each of its own size.

    Where there is a price, each row is judged with the columns x at that price or with `fewer` of them.
    """
    out = np.empty(innovations.shape[0])
    for i in range(out.size):
        shifted = fitted.copy()
        shifted[at:] += sizes[i]
        y = draw(shifted, innovations[i], kappa, full_run, rows, drawn_g)
        _, again, _ = fit_one(y, x, g, run, allowed, kappa, n_rounds)
        values = profile(y, x, g, run, allowed, again, level, at) - price
        if price > 0.0:
            values = np.maximum(values, profile(y, fewer, g, run, allowed, again, level, at))
        out[i] = values.max() - values[at]
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
            left = own - dot(with_q, with_q)
            if left > 1e-6 * own and with_e * with_e / left > best:
                best = with_e * with_e / left
                at, length = k, size
    return at, length, best, dot(e, e)
