"""Series with one shift: found, dated, covered. The simulations of `breaks` that know a date."""

import numpy as np
import numpy.typing as npt

from analysis.stats.changepoints import segmentations
from analysis.stats.level_shifts import level_shifts

Floats = npt.NDArray[np.float64]
N = 104
SHIFT = 3.0


def gaussian(rng: np.random.Generator, rho: float, n: int = N) -> Floats:
    """AR(1) with variance 1."""
    return coloured(rng.normal(size=n), rho)


def coloured(e: Floats, rho: float) -> Floats:
    """Make an AR(1) of innovations with variance 1, of variance 1 itself."""
    u = e.copy()
    for t in range(1, e.size):
        u[t] = rho * u[t - 1] + np.sqrt(1 - rho**2) * e[t]
    return u


class Tally:
    """What was said of series with one shift each, of which the nearest break found counts."""

    def __init__(self) -> None:
        self.n = self.single = 0
        self.offsets: list[int] = []
        self.early: list[bool] = []
        self.late: list[bool] = []
        self.widths: list[int] = []

    def add(self, y: Floats, at: int, seed: int) -> None:
        """Look for breaks in a series with a shift at `at`."""
        found = level_shifts(y, n_boot=199, seed=seed).breaks
        self.n += 1
        self.single += len(found) == 1
        if found:
            nearest = min(found, key=lambda b: abs(b.at - at))
            self.offsets.append(nearest.at - at)
            self.early.append(nearest.high < at)
            self.late.append(nearest.low > at)
            self.widths.append(nearest.high - nearest.low + 1)

    def __add__(self, other: "Tally") -> "Tally":
        both = Tally()
        both.n, both.single = self.n + other.n, self.single + other.single
        both.offsets, both.widths = self.offsets + other.offsets, self.widths + other.widths
        both.early, both.late = self.early + other.early, self.late + other.late
        return both

    def __str__(self) -> str:
        of, off = max(len(self.offsets), 1), np.array(self.offsets)
        return (
            f"found {rate(len(off), self.n)}, exactly one {rate(self.single, self.n)}, "
            f"within a period {rate(int(np.sum(abs(off) <= 1)), self.n)}, periods off {off.mean():+.2f}, "
            f"interval covers {rate(of - sum(self.early) - sum(self.late), of)}, ends too early in {sum(self.early)}, "
            f"begins too late in {sum(self.late)}, {np.mean(self.widths):.1f} periods wide (median "
            f"{np.median(self.widths):g})"
        )


def one_break(rho: float, repeats: int, size: float = SHIFT) -> str:
    """Found, placed, covered, how many; the oracle knows means, rho and that there is one break."""
    tally, oracle, cut = Tally(), 0, 0
    for i in range(repeats):
        rng = np.random.default_rng([31, i])
        y, at = gaussian(rng, rho), int(rng.integers(16, 89))
        y[at:] += size
        tally.add(y, at, i)
        oracle += abs(oracle_place(y, rho, size) - at) <= 1
        cut += abs(segmentations(y, 1, min_length=6)[1].breaks[0] - at) <= 1
    return (
        f"{tally}; within a period: oracle {rate(oracle, repeats)}, "
        f"least squares told that there is one {rate(cut, repeats)}"
    )


def pulse_before(rho: float, repeats: int) -> str:
    """A shift, and shortly before it two periods that by chance are as high or higher (3 to 5 sd).

    By how many periods lie between: at one, the low period between the two is as likely the odd one out.
    """
    tallies = {between: Tally() for between in range(1, 7)}
    for i in range(repeats):
        rng = np.random.default_rng([32, i])
        y, at, between = gaussian(rng, rho), int(rng.integers(26, 89)), int(rng.integers(1, 7))
        y[at:] += SHIFT
        y[at - between - 2 : at - between] += rng.uniform(3, 5, 2)
        tallies[between].add(y, at, i)
    lines = [f"{between} between: {tally}" for between, tally in tallies.items()]
    return "\n    ".join([str(sum(tallies.values(), Tally())), *lines])


def louder_after(rho: float, ratio: float, repeats: int) -> str:
    """A shift after which the series varies more, as counts do whose level is higher; in sd of before."""
    tally = Tally()
    for i in range(repeats):
        rng = np.random.default_rng([33, i])
        y, at = gaussian(rng, rho), int(rng.integers(16, 89))
        y[at:] = SHIFT + ratio * y[at:]
        tally.add(y, at, i)
    return str(tally)


def oracle_place(y: Floats, rho: float, size: float) -> int:
    """Return the place of the largest likelihood, means 0 and `size` and rho known."""
    best, at = np.inf, -1
    for k in range(1, y.size):
        u = y - size * (np.arange(y.size) >= k)
        total = (1 - rho**2) * u[0] ** 2 + np.sum((u[1:] - rho * u[:-1]) ** 2)
        if total < best:
            best, at = total, k
    return at


def rate(n: int, of: int) -> str:
    """Return a share with its Monte Carlo standard error."""
    p = n / of
    return f"{p:.3f} ({np.sqrt(p * (1 - p) / of):.3f})"
