"""One entry for an ingest: prepare every article, learn from all of them, clean each by what was learned.

Everything is pure and picklable; the same articles give the same knowledge in any order. Not for choosing between
records of one article: that is `analysis.corpus.settle`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from analysis.text.agencies import agency_of
from analysis.text.articles import nonarticle
from analysis.text.base import PARTS, Cleaned, Raw, Removal
from analysis.text.body import Body, read_body
from analysis.text.dates import OrderEvidence, choose, read_date
from analysis.text.languages import article_language, language_flags
from analysis.text.layout_title import cut_title, learn_suffixes
from analysis.text.learned import Learned, LearnedLine, Sample, learn_lines
from analysis.text.markup import markup_to_text
from analysis.text.normalize import normalize
from analysis.text.scripts import language_of_letters, letters_step
from analysis.text.spans import cut, over_half, settled

_TEXT_FIELDS = ("title", "standfirst", "body", "outlet", "agency", "section", "author")
# What is never an article's own text, however much of it there is, or told from a main text that was found.
_CERTAIN = frozenset({"script", "navigation", "comment_form", "learned_everywhere"})
# What repeats a field is not lost with it, so these may take more than half as well; but not all.
_UNBOUNDED = _CERTAIN | {"repeated_title", "repeated_standfirst"}
_ALL_OF_IT = {"repeated_title": "headline_only", "caption": "caption_only"}


@dataclass(frozen=True)
class CleanSettings:
    """What the user set in corpus.toml, by outlet: rules switched off, zones, date orders ('*' is every outlet)."""

    switched_off: Mapping[str, frozenset[str]] = field(default_factory=dict)
    zones: Mapping[str, str] = field(default_factory=dict)
    date_orders: Mapping[str, str] = field(default_factory=dict)
    clean: bool = True

    def off(self, outlet: str, rule: str) -> bool:
        """Say whether a rule is switched off for an outlet."""
        return any(rule in self.switched_off.get(k, ()) for k in (outlet, "*"))

    def zone(self, outlet: str) -> str | None:
        """Give the zone of an outlet."""
        return self.zones.get(outlet) or self.zones.get("default") or self.zones.get("*")


class Survey:
    """What can be learned from, in bounded memory: a bottom-k sample of articles and date orders by outlet."""

    def __init__(self) -> None:
        self.samples: dict[str, Sample] = {}
        self.orders: dict[str, OrderEvidence] = {}

    def add(self, raw: Raw, key: int) -> None:
        """Take note of one article; `key` is a uniform hash of its identity."""
        outlet = raw.outlet or ""
        self.samples.setdefault(outlet, Sample()).add(
            key, raw.title or "", "" if raw.pasted else raw.body or ""
        )
        evidence = self.orders.setdefault(outlet, OrderEvidence())
        for candidate in raw.dates:
            if candidate.kind != "retrieved":
                evidence.add(candidate.text)

    def merge(self, other: "Survey") -> "Survey":
        """Give the survey of both; the order does not matter."""
        merged = Survey()
        for outlet in sorted(self.samples.keys() | other.samples.keys()):
            none = Sample()
            merged.samples[outlet] = self.samples.get(outlet, none).merge(other.samples.get(outlet, none))
        for outlet in sorted(self.orders.keys() | other.orders.keys()):
            nothing = OrderEvidence()
            merged.orders[outlet] = self.orders.get(outlet, nothing).merge(other.orders.get(outlet, nothing))
        return merged


@dataclass(frozen=True)
class Knowledge:
    """What was learned, by outlet; frozen in the snapshot. Lines are known by the hash of their folded text."""

    suffixes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date_orders: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, Learned] = field(default_factory=dict)
    outlets: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give plain values for JSON."""
        return {
            "suffixes": {k: list(v) for k, v in sorted(self.suffixes.items())},
            "date_orders": dict(sorted(self.date_orders.items())),
            "lines": {
                o: {h: list(x) for h, x in sorted(v.lines.items())} for o, v in sorted(self.lines.items())
            },
            "outlets": sorted(self.outlets),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Knowledge":
        """Rebuild from `to_dict`; what an earlier version did not know yet is empty."""
        suffixes = {k: tuple(v) for k, v in data.get("suffixes", {}).items()}
        lines = {
            o: Learned({h: LearnedLine(*x) for h, x in v.items()}) for o, v in data.get("lines", {}).items()
        }
        orders = dict(data.get("date_orders", {}))
        return cls(suffixes, orders, lines, tuple(data.get("outlets", sorted({*suffixes, *orders}))))

    def changes(self, other: "Knowledge") -> list[str]:
        """Say, outlet by outlet, what another knowledge knows otherwise."""
        found: list[str] = []
        for outlet in sorted({*self.outlets, *other.outlets}):
            mine, its = (set(k.lines[outlet].lines) if outlet in k.lines else set() for k in (self, other))
            said = [f"{len(its - mine)} lines more", f"{len(mine - its)} fewer"] if mine != its else []
            for name in ("suffixes", "date_orders"):
                old, new = getattr(self, name).get(outlet), getattr(other, name).get(outlet)
                said += [f"{name} {old or 'none'} -> {new or 'none'}"] if old != new else []
            if said:
                found.append(f"relearned {outlet or '(no outlet)'}: {', '.join(said)}")
        return found or ["relearned: nothing changed"]

    def extend(self, other: "Knowledge") -> "Knowledge":
        """Add outlets not known yet; those known stay as they were."""
        mine = frozenset(self.outlets)
        return Knowledge(
            {**{k: v for k, v in other.suffixes.items() if k not in mine}, **self.suffixes},
            {**{k: v for k, v in other.date_orders.items() if k not in mine}, **self.date_orders},
            {**{k: v for k, v in other.lines.items() if k not in mine}, **self.lines},
            tuple(sorted(mine | set(other.outlets))),
        )


def prepare(raw: Raw) -> Raw:
    """Normalise every part of an article as read."""
    steps = list(raw.steps)
    changed: dict[str, str | None] = {}
    for name in _TEXT_FIELDS:
        value = getattr(raw, name)
        if value is None:
            continue
        if "<" in value:
            value, done = markup_to_text(value)
            steps += done
        text, done = _normalize_short(value) if len(value) <= 40 else normalize(value)
        steps += done
        if name != "body":
            text = " ".join(text.split())
        changed[name] = text if text.strip() else None
    letters = language_of_letters(*(changed.get(name) for name in PARTS))
    for name, part in changed.items():
        if part is not None:
            # Names of outlets and people keep their letters: they are the same in articles of every language.
            changed[name], done = letters_step(part, letters if name in PARTS else None)
            steps += done
    return replace(raw, **changed, steps=tuple(dict.fromkeys(steps)))  # type: ignore[arg-type]


@lru_cache(maxsize=4096)
def _normalize_short(text: str) -> tuple[str, tuple[str, ...]]:
    """Outlets, sections and bylines recur: normalise each once."""
    return normalize(text)


def learn(survey: Survey, settings: CleanSettings) -> Knowledge:
    """Decide title suffixes, clutter lines and date orders by outlet."""
    titles = {o: [t for t, _ in s.entries()] for o, s in survey.samples.items()}
    lines = {o: Learned(found) for o, s in sorted(survey.samples.items()) if (found := learn_lines(s))}
    orders = {o: d for o, e in sorted(survey.orders.items()) if (d := e.decide())} | dict(
        settings.date_orders
    )
    return Knowledge(learn_suffixes(titles), orders, lines, tuple(sorted(survey.samples)))


def clean(raw: Raw, knowledge: Knowledge, settings: CleanSettings) -> Cleaned:
    """Clean one prepared article: title and body are the normalised text less the removals, exactly."""
    key = raw.outlet or ""
    removals: list[Removal] = []
    flags: list[str] = []
    title, section, outlet = raw.title, raw.section, raw.outlet
    if title and settings.clean and not settings.off(key, "title_suffix"):
        found = cut_title(title, key, knowledge.suffixes.get(key, ()))
        if found is not None:
            removals.append(Removal("title", "title_suffix", found.end, len(title), title[found.end :]))
            title = title[: found.end]
            section, outlet = section or found.section, outlet or found.outlet
    text = raw.body or ""
    body = Body()
    if text and settings.clean:
        body = read_body(replace(raw, title=title), knowledge.lines.get(key))
        if body.title is not None and title is None:
            found = cut_title(body.title, key, knowledge.suffixes.get(key, ()))
            title = body.title if found is None else body.title[: found.end]
    spans = [s for s in body.spans if not settings.off(key, s.rule)]
    greedy = over_half(text, spans, _UNBOUNDED)
    flags += [*body.flags, *(f"removal_over_half:{rule}" for rule in greedy)]
    kept, cuts = cut("body", text, settled(s for s in spans if s.rule not in greedy))
    if text.strip() and not kept:
        # Something must be left to look at, unless there was nothing but certain clutter.
        rules = {s.rule for s in spans} - _CERTAIN
        flags += [
            _ALL_OF_IT.get(rule, f"removal_over_half:{rule}") for rule in sorted(rules.difference(greedy))
        ]
        kept, cuts = cut("body", text, settled(s for s in spans if s.rule not in rules))
    removals += cuts
    dates = [*body.dates, *raw.dates]
    order = settings.date_orders.get(key) or knowledge.date_orders.get(key)
    retrieved = _retrieved(raw, order)
    chosen = choose(dates, order=order, zone=settings.zone(key), retrieved=retrieved)
    if settings.clean:
        flags += nonarticle(title or "", kept, body.flags)
    language = article_language(title, raw.standfirst or body.standfirst, kept)
    flags += language_flags(language, raw.language)
    return Cleaned(
        title=title or None,
        standfirst=raw.standfirst or body.standfirst,
        body=kept or None,
        outlet=outlet,
        agency=raw.agency or body.agency or (agency_of(key) if key else None),
        section=section or body.section,
        author=raw.author or body.author,
        dateline=body.dateline,
        language=language.code if language else None,
        language_declared=raw.language,
        published=chosen.reading.published,
        published_precision=chosen.reading.precision,
        published_at=chosen.reading.at,
        published_source=chosen.source,
        published_raw=chosen.raw,
        retrieved=retrieved,
        flags=tuple(dict.fromkeys((*chosen.flags, *flags))),
        steps=raw.steps,
        removals=tuple(removals),
    )


def _retrieved(raw: Raw, order: str | None) -> date | None:
    for candidate in raw.dates:
        if candidate.kind == "retrieved":
            return read_date(candidate.text, order=order).published
    return None
