"""The order of day and month of an outlet, learned from the numeric dates that can only be read in one way.

Not for reading: one row never decides its own date.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d|[./-]\d)")
_LONGEST = 500
_ONE_SIDED = 20


@dataclass
class OrderEvidence:
    """How many numeric dates of an outlet can only be day first, only month first, or either.

    Of dates with two digits for the year (25/12/31) also the first and last numbers are kept: the one that
    hardly varies is the year.
    """

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, text: str) -> None:
        """Count one string."""
        found = _NUMERIC.search(text, 0, _LONGEST)
        if found is None:
            return
        a, b = int(found[1]), int(found[3])
        kind = "dmy" if 31 >= a > 12 >= b > 0 else "mdy" if 31 >= b > 12 >= a > 0 else "either"
        if len(found[4]) == 2:
            self.counts[f"first {a}"] += 1
            self.counts[f"last {int(found[4])}"] += 1
            kind = f"short {kind}"
        self.counts[kind] += 1

    def merge(self, other: "OrderEvidence") -> "OrderEvidence":
        """Add two counts."""
        return OrderEvidence(self.counts + other.counts)

    def decide(self) -> str | None:
        """Give the order where the evidence is one-sided (twenty to one), else None."""
        counts = self.counts
        day, month = counts["dmy"], counts["mdy"]
        firsts = sum(k.startswith("first ") for k in counts)
        lasts = sum(k.startswith("last ") for k in counts)
        if not day and not month and lasts >= 5 and lasts > 2 * firsts:
            return "ymd"
        if firsts > lasts or counts["short mdy"]:
            day, month = day + counts["short dmy"], month + counts["short mdy"]
        if day > _ONE_SIDED * month:
            return "dmy"
        return "mdy" if month > _ONE_SIDED * day else None
