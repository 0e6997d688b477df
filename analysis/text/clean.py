"""One entry for an ingest: prepare every article, learn from all of them, clean each by what was learned.

Everything is pure and picklable; the same articles give the same knowledge in any order. Not for choosing between
records of one article: that is `analysis.corpus.settle`.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from analysis.text.base import Cleaned, DateCandidate, Raw, Removal
from analysis.text.dates import OrderEvidence, choose, find_printed_date, read_date
from analysis.text.normalize import normalize

_TEXT_FIELDS = ("title", "standfirst", "body", "outlet", "agency", "section", "author")
_SAMPLE = 1500
_SUFFIX_MIN = 10
_SEPARATOR = re.compile(r"\s+[-|–—]\s+")
_SCRIPTS = (
    re.compile(
        r"\(\s*adsbygoogle\s*=\s*window\.adsbygoogle\s*\|\|\s*\[\s*\]\s*\)\.push\(\{[^{}]{0,200}\}\);?"
    ),
    re.compile(r"\bgoogletag\.cmd\.push\(function\(\)\s*\{[^{}]{0,400}\}\);?"),
    re.compile(r"\bdocument\.write\([^()\n]{0,400}\);?"),
    re.compile(r"<!--[^<>]{0,400}-->"),
)


@dataclass(frozen=True)
class CleanSettings:
    """What the user set in corpus.toml, by outlet: rules switched off, zones, date orders ('*' is every outlet)."""

    switched_off: Mapping[str, frozenset[str]] = field(default_factory=dict)
    zones: Mapping[str, str] = field(default_factory=dict)
    date_orders: Mapping[str, str] = field(default_factory=dict)

    def off(self, outlet: str, rule: str) -> bool:
        """Say whether a rule is switched off for an outlet."""
        return any(rule in self.switched_off.get(k, ()) for k in (outlet, "*"))

    def zone(self, outlet: str) -> str | None:
        """Give the zone of an outlet."""
        return self.zones.get(outlet) or self.zones.get("default") or self.zones.get("*")


class Survey:
    """What can be learned from, in bounded memory: a bottom-k sample of titles and date orders by outlet."""

    def __init__(self) -> None:
        self.titles: dict[str, dict[int, str]] = {}
        self.orders: dict[str, OrderEvidence] = {}

    def add(self, raw: Raw, key: int) -> None:
        """Take note of one article; `key` is a uniform hash of its identity."""
        outlet = raw.outlet or ""
        sample = self.titles.setdefault(outlet, {})
        if raw.title and len(tail := _SEPARATOR.split(raw.title)) > 1:
            sample[key] = "\n".join(tail[-2:])
        else:
            sample[key] = ""
        if len(sample) > 2 * _SAMPLE:
            self.titles[outlet] = _smallest(sample)
        evidence = self.orders.setdefault(outlet, OrderEvidence())
        for candidate in raw.dates:
            if candidate.kind != "retrieved":
                evidence.add(candidate.text)

    def merge(self, other: "Survey") -> "Survey":
        """Give the survey of both; the order does not matter."""
        merged = Survey()
        for outlet in self.titles.keys() | other.titles.keys():
            merged.titles[outlet] = _smallest(self.titles.get(outlet, {}) | other.titles.get(outlet, {}))
        for outlet in self.orders.keys() | other.orders.keys():
            none = OrderEvidence()
            merged.orders[outlet] = self.orders.get(outlet, none).merge(other.orders.get(outlet, none))
        return merged


@dataclass(frozen=True)
class Knowledge:
    """What was learned, by outlet; frozen in the snapshot."""

    suffixes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date_orders: Mapping[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Give plain values for JSON."""
        return {
            "suffixes": {k: list(v) for k, v in sorted(self.suffixes.items())},
            "date_orders": dict(sorted(self.date_orders.items())),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Knowledge":
        """Rebuild from `to_dict`."""
        return cls({k: tuple(v) for k, v in data["suffixes"].items()}, dict(data["date_orders"]))

    def extend(self, other: "Knowledge") -> "Knowledge":
        """Add outlets not known yet; those known stay as they were."""
        return Knowledge({**other.suffixes, **self.suffixes}, {**other.date_orders, **self.date_orders})


def prepare(raw: Raw) -> Raw:
    """Normalise every part of an article as read."""
    steps = list(raw.steps)
    changed: dict[str, str | None] = {}
    for name in _TEXT_FIELDS:
        value = getattr(raw, name)
        if value is None:
            continue
        text, done = normalize(value)
        steps += done
        if name != "body":
            text = " ".join(text.split())
        changed[name] = text if text.strip() else None
    return replace(raw, **changed, steps=tuple(dict.fromkeys(steps)))  # type: ignore[arg-type]


def learn(survey: Survey, settings: CleanSettings) -> Knowledge:
    """Decide title suffixes and date orders by outlet."""
    suffixes: dict[str, tuple[str, ...]] = {}
    for outlet, sample in survey.titles.items():
        last: Counter[str] = Counter()
        for tail in sample.values():
            if tail:
                last[tail.rsplit("\n", 1)[-1]] += 1
        need = max(_SUFFIX_MIN, len(sample) // 50)
        suffixes[outlet] = tuple(sorted(s for s, n in last.items() if n >= need or _is_name(s, outlet)))
    orders = {o: d for o, e in survey.orders.items() if (d := e.decide())} | dict(settings.date_orders)
    return Knowledge(suffixes, orders)


def clean(raw: Raw, knowledge: Knowledge, settings: CleanSettings) -> Cleaned:
    """Clean one prepared article: body and title are the normalised text less the removals, exactly."""
    outlet = raw.outlet or ""
    removals: list[Removal] = []
    title, section = _title(raw, knowledge, settings, removals)
    body = raw.body or ""
    spans: list[tuple[int, int, str]] = []
    if not settings.off(outlet, "script"):
        spans += [(m.start(), m.end(), "script") for p in _SCRIPTS for m in p.finditer(body)]
    dates = list(raw.dates)
    printed = find_printed_date(body)
    if printed and not settings.off(outlet, "printed_date"):
        start, end, text = printed[-1]
        spans.append((start, end, "printed_date"))
        dates.insert(0, DateCandidate("printed", text))
    body = _cut(body, spans, removals)
    retrieved = _retrieved(raw, knowledge, settings)
    order = settings.date_orders.get(outlet) or knowledge.date_orders.get(outlet)
    chosen = choose(dates, order=order, zone=settings.zone(outlet), retrieved=retrieved)
    return Cleaned(
        title=title,
        standfirst=raw.standfirst,
        body=body or None,
        outlet=raw.outlet,
        agency=raw.agency,
        section=raw.section or section,
        author=raw.author,
        language=raw.language,
        language_declared=raw.language,
        published=chosen.reading.published,
        published_precision=chosen.reading.precision,
        published_at=chosen.reading.at,
        published_source=chosen.source,
        published_raw=chosen.raw,
        retrieved=retrieved,
        flags=chosen.flags,
        steps=raw.steps,
        removals=tuple(removals),
    )


def _title(
    raw: Raw, knowledge: Knowledge, settings: CleanSettings, removals: list[Removal]
) -> tuple[str | None, str | None]:
    """Take the outlet, and the section before it, off the end of a title."""
    title, outlet = raw.title, raw.outlet or ""
    if not title or settings.off(outlet, "title_suffix"):
        return title, None
    known = knowledge.suffixes.get(outlet, ())
    cuts = list(_SEPARATOR.finditer(title))
    if not cuts or (title[cuts[-1].end() :] not in known and not _is_name(title[cuts[-1].end() :], outlet)):
        return title, None
    section = None
    cut = cuts[-1].start()
    if len(cuts) > 1 and _is_name(title[cuts[-1].end() :], outlet):
        middle = title[cuts[-2].end() : cuts[-1].start()]
        if (
            len(middle.split()) <= 3
            and middle[:1].isupper()
            and middle.replace(" ", "").replace("&", "").isalpha()
        ):
            section, cut = middle, cuts[-2].start()
    removals.append(Removal("title", "title_suffix", cut, len(title), title[cut:]))
    return title[:cut] or None, section


def _is_name(suffix: str, outlet: str) -> bool:
    """Say whether a suffix is the outlet's name or its domain."""
    folded = suffix.casefold()
    if not outlet:
        return bool(re.fullmatch(r"[A-Z0-9-]{2,40}(?:\.[A-Z]{2,4}){1,2}", suffix))
    bare = folded.removeprefix("www.").split(".")[0]
    return folded == outlet.casefold() or bare == outlet.casefold().replace(" ", "").split(".")[0]


def _cut(text: str, spans: list[tuple[int, int, str]], removals: list[Removal]) -> str:
    """Cut spans out of a body, with the white space they leave at its ends and in rows of empty lines."""
    kept: list[str] = []
    done = 0
    merged: list[tuple[int, int, str]] = []
    for start, end, rule in sorted(spans):
        if start >= done:
            merged.append((start, end, rule))
            done = end
    with_space: list[tuple[int, int, str]] = []
    done = 0
    for start, end, rule in merged:
        wide = end
        before = start == 0 or text[start - 1].isspace()
        while before and wide < len(text) and text[wide].isspace():
            wide += 1
        with_space.append((start, end, rule))
        if wide > end:
            with_space.append((end, wide, "space"))
        done = wide
    first = len(text) - len(text.lstrip())
    last = len(text.rstrip())
    covered = {i for s, e, _ in with_space for i in (range(s, e) if e - s < 10_000 else ())}
    while last > first and last - 1 in covered:
        last -= 1
    while last > first and text[last - 1].isspace():
        last -= 1
    spans = [s for s in with_space if s[0] < last]
    if first:
        spans.insert(0, (0, first, "space"))
    tail = last
    for start, end, rule in (s for s in with_space if s[0] >= last):
        if start > tail:
            spans.append((tail, start, "space"))
        spans.append((start, end, rule))
        tail = end
    if tail < len(text):
        spans.append((tail, len(text), "space"))
    done = 0
    for start, end, rule in spans:
        kept.append(text[done:start])
        removals.append(Removal("body", rule, start, end, text[start:end]))
        done = end
    kept.append(text[done:])
    return "".join(kept)


def _retrieved(raw: Raw, knowledge: Knowledge, settings: CleanSettings) -> date | None:
    for candidate in raw.dates:
        if candidate.kind == "retrieved":
            return read_date(candidate.text, order=knowledge.date_orders.get(raw.outlet or "")).published
    return None


def _smallest(sample: dict[int, str]) -> dict[int, str]:
    return {k: sample[k] for k in sorted(sample)[:_SAMPLE]}
