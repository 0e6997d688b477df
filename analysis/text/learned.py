"""Clutter learned from repetition: lines that stand in many articles of one outlet, whatever they say.

A survey keeps, by outlet, the articles with the smallest hashes of their identity (a bottom-k sample: the same in any
order of reading) as hashes of their lines. Not for clutter that is known for what it says: that is `boilerplate`.
"""

import heapq
import re
from base64 import b85decode, b85encode
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Any, NamedTuple

SAMPLE = 2000
_EDGE = 40  # lines looked at from either end of an article
_LONGEST = 400
_ENDS = (".", "!", "?", "…", "۔", "؟", "।", "”", '"', "’")
_DIGITS = re.compile(r"\d+")
_PROSE, _SHORT = 1, 2
_LONG = bytes(8)  # stands for a line too long to be clutter
_LEAST, _SHARE, _PROSE_SHARE, _EVERYWHERE = 10, 0.004, 0.05, 0.3


class LearnedLine(NamedTuple):
    """A line that is not part of the articles: in what share of them it stands, and as what."""

    share: float
    kind: str  # "clutter" or "section"

    @property
    def rule(self) -> str:
        """Name the rule: a line in a third of an outlet's articles is certain, whatever share of one it is."""
        if self.kind == "section":
            return "learned_section"
        return "learned_everywhere" if self.share >= _EVERYWHERE else "learned"


def fold(text: str) -> str:
    """Fold what differs between repetitions of one line: case and digits."""
    return _DIGITS.sub("0", text.casefold())


def line_hash(folded: str) -> bytes:
    """Hash a folded line; one byte is its length, two bits say whether it is a sentence, and short."""
    words = folded.count(" ") + 1
    bits = _PROSE * (words >= 8 and folded.endswith(_ENDS)) | _SHORT * (words <= 6)
    digest = blake2b(folded.encode("utf-8", "replace"), digest_size=8).digest()
    return digest[:6] + bytes((len(folded) & 0xFF, digest[7] & 0xFC | bits))


def folded_lines(text: str) -> Iterator[str | None]:
    """Give the lines of a text that are not blank, folded, white space collapsed; None for what is too long."""
    for raw, line in _pairs(text):
        if len(raw) > _LONGEST:
            yield None
        elif folded := " ".join(line.split()):
            yield folded


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Give each line as it is and folded; the whole text is folded at once, which is many times faster."""
    return zip(text.split("\n"), fold(text).split("\n"), strict=True)


class Sample:
    """A bottom-k sample of the articles of one outlet: title and line hashes by the hash of their identity."""

    def __init__(self, articles: dict[int, tuple[str, bytes]] | None = None) -> None:
        self.articles = articles if articles is not None else {}
        self._bound: int | None = None  # keys above cannot enter any more

    def add(self, key: int, title: str, body: str) -> None:
        """Take note of one article, if its key is small enough."""
        if self._bound is not None and key > self._bound:
            return
        lines = list(folded_lines(body))
        if len(lines) > 2 * _EDGE:
            lines = lines[:_EDGE] + lines[-_EDGE:]
        hashes = b"".join([_LONG if x is None else line_hash(x) for x in lines])
        self._put(key, (title[-160:], hashes))
        if len(self.articles) >= SAMPLE + SAMPLE // 4:
            self._prune()

    def _put(self, key: int, entry: tuple[str, bytes]) -> None:
        # Records of one article share a key: the same one must win in any order.
        known = self.articles.get(key)
        self.articles[key] = entry if known is None else min(entry, known)

    def merge(self, other: "Sample") -> "Sample":
        """Give the sample of both."""
        merged = Sample(dict(self.articles))
        for key, entry in other.articles.items():
            merged._put(key, entry)
        merged._prune()
        return merged

    def _prune(self) -> None:
        if len(self.articles) > SAMPLE:
            keep = heapq.nsmallest(SAMPLE, self.articles)
            self.articles = {key: self.articles[key] for key in keep}
            self._bound = keep[-1]

    def entries(self) -> list[tuple[str, bytes]]:
        """Give the articles in the order of their keys."""
        return [self.articles[k] for k in heapq.nsmallest(SAMPLE, self.articles)]

    def to_dict(self) -> dict[str, Any]:
        """Give plain values for JSON."""
        return {str(k): [t, b85encode(h).decode()] for k, (t, h) in sorted(self.articles.items())}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Sample":
        """Rebuild from `to_dict`."""
        return cls({int(k): (t, b85decode(h)) for k, (t, h) in data.items()})


@dataclass
class _Seen:
    """Where one line stood in the sample."""

    titles: list[str] = field(default_factory=list)
    with_text: int = 0  # articles that have text of their own beside what recurs
    from_start: Counter[int] = field(default_factory=Counter)
    from_end: Counter[int] = field(default_factory=Counter)
    before: Counter[bytes] = field(default_factory=Counter)
    behind: Counter[bytes] = field(default_factory=Counter)


def learn_lines(sample: Sample) -> dict[str, LearnedLine]:
    """Decide which lines of an outlet are clutter, and which are headings that name a column."""
    entries = list({(t or str(i)): (t, h) for i, (t, h) in enumerate(sample.entries())}.values())
    n = len(entries)
    need = max(_LEAST, _SHARE * n)
    times = Counter(line for _, hashes in entries for line in set(_split(hashes)))
    often = {line for line, count in times.items() if count >= need and line != _LONG}
    if not often:
        return {}
    seen: dict[bytes, _Seen] = defaultdict(_Seen)
    words: Counter[str] = Counter()
    for title, hashes in entries:
        words.update(_words(title))
        lines = _split(hashes)
        noted: set[bytes] = set()
        own = any(line not in often and not line[7] & _SHORT for line in lines)
        for i, line in enumerate(lines):
            if line in often and line not in noted:
                noted.add(line)
                s = seen[line]
                s.titles.append(title)
                s.with_text += own
                s.from_start[i] += 1
                s.from_end[len(lines) - i] += 1
                s.before[lines[i - 1] if i else b""] += 1
                s.behind[lines[i + 1] if i + 1 < len(lines) else b""] += 1
    learned: dict[str, LearnedLine] = {}
    for line in sorted(often):
        kind = _kind(line, seen[line], n, words)
        if kind:
            learned[line.hex()] = LearnedLine(round(times[line] / n, 4), kind)
    return learned


def _kind(line: bytes, seen: _Seen, n: int, words: Counter[str]) -> str | None:
    """Judge one line by where it stands and by what the articles around it are about."""
    count = len(seen.titles)
    share = count / n
    prose, short = line[7] & _PROSE, line[7] & _SHORT
    if seen.with_text < 0.7 * count:
        return None  # a bulletin, the same but for its figures
    if share >= _EVERYWHERE:
        return "clutter"
    start = _near(seen.from_start, (0, 1)) / count
    # Clutter always stands in one place or next to the same lines; formulas of a bulletin come with their subject.
    stable = max(
        start,
        max(_near(seen.from_start, (i, i + 1)) for i in seen.from_start) / count,
        max(_near(seen.from_end, (i, i + 1)) for i in seen.from_end) / count,
        max(seen.before.values()) / count,
        max(seen.behind.values()) / count,
    )
    if short and not prose and start >= 0.8:
        return "section"
    topical = _topical(seen.titles, n, words)
    if prose:
        return "clutter" if share >= _PROSE_SHARE and stable >= 0.7 and not topical else None
    return "clutter" if stable >= 0.7 and not topical else None


def _topical(titles: list[str], n: int, words: Counter[str]) -> bool:
    """Say whether the articles around a line share a subject: a word of their titles, far above its usual share."""
    own = Counter(w for title in titles for w in _words(title))
    return any(
        count / len(titles) >= 0.25 and count / len(titles) >= 4 * words[word] / n
        for word, count in own.items()
    )


def _near(counts: Counter[int], places: Iterable[int]) -> int:
    return sum(counts[p] for p in places)


def _split(hashes: bytes) -> list[bytes]:
    return [hashes[i : i + 8] for i in range(0, len(hashes), 8)]


def _words(title: str) -> set[str]:
    return {w for w in (w.strip(".,:;!?'\"‘’“”()") for w in title.casefold().split()) if len(w) >= 4}


@dataclass(frozen=True)
class Learned:
    """The learned lines of one outlet, ready to be looked up."""

    lines: Mapping[str, LearnedLine] = field(default_factory=dict)

    @cached_property
    def _lengths(self) -> frozenset[int]:
        return frozenset(bytes.fromhex(h)[6] for h in self.lines)

    @cached_property
    def _hashes(self) -> dict[bytes, LearnedLine]:
        return {bytes.fromhex(h): known for h, known in self.lines.items()}

    def find(self, text: str) -> Iterator[tuple[int, str, LearnedLine]]:
        """Give the learned lines of a text: where each starts, the line, and what is known of it."""
        lengths, hashes = self._lengths, self._hashes
        position = 0
        for line, folded in _pairs(text):
            if line and len(line) <= _LONGEST:
                plain = " ".join(folded.split())
                if len(plain) & 0xFF in lengths and (known := hashes.get(line_hash(plain))) is not None:
                    stripped = line.strip()
                    if stripped:
                        yield position + line.index(stripped), stripped, known
            position += len(line) + 1
