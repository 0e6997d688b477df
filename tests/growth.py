"""Growth without a stop-watch: a text so long that anything worse than linear time could not finish.

A million characters take a linear rule a second or so and a quadratic one hours, so the only figure here is a deadline
far from both, and the speed of the machine decides nothing. How time grows in figures: `python -m benchmarks growth`.
"""

import signal
from collections.abc import Callable
from types import FrameType

SIZE = 1_000_000
_DEADLINE = 120  # seconds; not a measurement


def finishes_on_a_million(work: Callable[[str], object], unit: str, *, size: int = SIZE) -> None:
    """Run `work` on `unit` repeated to `size` characters; fail where it does not come to an end."""

    def late(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"{size:,} characters of {unit!r} took longer than linear time can")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(_DEADLINE)
    try:
        work(unit * (size // len(unit)))
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
