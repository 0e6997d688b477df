"""Cutting spans out of a text so that what is kept and what was removed rebuild it exactly.

White space that a cut leaves behind is removed too, under the rule `space`. Not for deciding what is cut.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from analysis.text.base import Removal
from analysis.text.boilerplate import Span


def settled(spans: Iterable[Span]) -> list[Span]:
    """Order spans and take overlaps apart: of two, the one that starts first is whole, the other keeps its rest."""
    kept: list[Span] = []
    done = 0
    for start, end, rule in sorted(spans, key=lambda s: (s.start, -s.end)):
        if end > done:
            kept.append(Span(max(start, done), end, rule))
            done = end
    return kept


def over_half(text: str, spans: Iterable[Span], exempt: frozenset[str]) -> list[str]:
    """Name the rules that would take more than half of a text, white space not counted."""
    taken: Counter[str] = Counter()
    for start, end, rule in spans:
        taken[rule] += end - start
    limit = len(text.strip()) / 2
    return sorted(rule for rule, size in taken.items() if size > limit and rule not in exempt)


def cut(part: str, text: str, spans: Sequence[Span]) -> tuple[str, list[Removal]]:
    """Cut settled spans out of a text: what is kept, and the removals in order."""
    wide: list[Span] = []
    for i, (start, end, rule) in enumerate(spans):
        wide.append(Span(start, end, rule))
        done = end
        n = spans[i + 1].start if i + 1 < len(spans) else len(text)
        if start == 0 or text[start - 1].isspace() or (len(wide) > 1 and wide[-2].end == start):
            while done < n and text[done].isspace():
                done += 1
            if done > end:
                wide.append(Span(end, done, "space"))
    return _trimmed(part, text, wide)


def _trimmed(part: str, text: str, spans: list[Span]) -> tuple[str, list[Removal]]:
    """Add the white space at both ends of what is kept, and make the removals."""
    full: list[Span] = []
    gaps: list[tuple[int, int]] = []
    done = 0
    for span in [*spans, Span(len(text), len(text), "")]:
        gaps.append((done, span.start))
        done = span.end
    filled = [i for i, (a, b) in enumerate(gaps) if a < b and not text[a:b].isspace()]
    first, last = (filled[0], filled[-1]) if filled else (len(gaps), -1)
    kept: list[str] = []
    for i, (a, b) in enumerate(gaps):
        start, end = a, b
        if i <= first:
            start = end - len(text[a:b].lstrip()) if i == first else b
        if i >= last:
            end = start + len(text[start:b].rstrip()) if i == last else a
        if not first <= i <= last:
            if a < b:
                full.append(Span(a, b, "space"))
        else:
            if start > a:
                full.append(Span(a, start, "space"))
            kept.append(text[start:end])
            if end < b:
                full.append(Span(end, b, "space"))
        if i < len(spans):
            full.append(spans[i])
    return "".join(kept), [Removal(part, s.rule, s.start, s.end, text[s.start : s.end]) for s in full]
