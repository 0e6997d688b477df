"""The Numba kernel that counts in how many sliding windows terms stand, alone and in pairs. Not to be called directly.

`analysis.stats.coherence` checks the arguments. Importing this file imports Numba (0.8 s).

Windows are never written out. While a window slides, a term is on from the step it enters to the step it leaves, so a
document is a list of intervals of window numbers, and what is counted is how long intervals are and how long they
overlap. The cost is one visit an occurrence of a chosen term, times the terms that are on at that moment: it does not
grow with the length of the window.
"""

from typing import Any

import numpy as np

from analysis.jit import compiled


@compiled
def windows(
    stream: Any, offsets: Any, column: Any, window: int, forgetful: bool, occurrences: Any, pairs: Any
) -> Any:
    """Add the windows of some documents to `occurrences` and `pairs` (its part above the diagonal); give their number.

    `column` is the number of each term of the vocabulary among the chosen, -1 for others. `forgetful`: a term goes off
    when any of its occurrences leaves the window, although another may still be in it (see `window_counts`).
    """
    n = occurrences.size
    inside = np.zeros(n, np.int64)  # occurrences in the window
    since = np.zeros(n, np.int64)
    place = np.full(n, -1, np.int64)
    on = np.empty(n, np.int64)
    longest = np.int64(0)
    for doc in range(offsets.size - 1):
        longest = max(longest, offsets[doc + 1] - offsets[doc])
    at = np.empty(longest, np.int64)
    what = np.empty(longest, np.int64)
    total = np.int64(0)
    for doc in range(offsets.size - 1):
        first = offsets[doc]
        length = offsets[doc + 1] - first
        n_windows = max(length - window + 1, 1)
        total += n_windows
        found = 0
        for i in range(length):
            c = column[stream[first + i]]
            at[found] = i
            what[found] = c  # overwritten by the next one where it was not chosen
            found += 1 if c >= 0 else 0
        n_on = 0
        leaving = 0
        for entering in range(found + 1):
            now = n_windows if entering == found else max(at[entering] - window + 1, 0)
            # What leaves before, or in the same step, goes first.
            while leaving < entering and at[leaving] + 1 <= now and at[leaving] + 1 < n_windows:
                w = what[leaving]
                inside[w] -= 1
                if place[w] >= 0 and (forgetful or inside[w] == 0):
                    n_on = _off(w, at[leaving] + 1, n_on, on, place, since, occurrences, pairs)
                leaving += 1
            if entering < found:
                w = what[entering]
                inside[w] += 1
                if place[w] < 0:
                    place[w] = n_on
                    since[w] = now
                    on[n_on] = w
                    n_on += 1
        while n_on:
            n_on = _off(on[n_on - 1], n_windows, n_on, on, place, since, occurrences, pairs)
        for i in range(found):
            inside[what[i]] = 0
    return total


@compiled
def _off(w: Any, now: Any, n_on: Any, on: Any, place: Any, since: Any, occurrences: Any, pairs: Any) -> Any:
    """Take a term out of those that are on, and add its interval and overlaps; give how many are still on."""
    last = n_on - 1
    moved = on[last]
    on[place[w]] = moved
    place[moved] = place[w]
    place[w] = -1
    occurrences[w] += now - since[w]
    for i in range(last):
        v = on[i]
        pairs[min(v, w), max(v, w)] += now - max(since[v], since[w])
    return last
