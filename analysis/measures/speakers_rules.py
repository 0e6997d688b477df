"""Who speaks in each passage of an article, from its tokens alone. Not for names across articles (`speakers_names`).

A passage is a quotation (from mark to mark, over sentences) or a reported clause. Rules, in order: a cue behind it
(“..., said X”), a cue before it (X said: “...”), the passage before it. The page docs/methods-speakers.md states them.
"""

from typing import NamedTuple

from analysis.measures.speakers_mentions import NAME, Mention, Prose
from analysis.measures.speakers_subjects import FAR, QUOTED, Found, Subjects
from analysis.text import voice_words as w
from analysis.text.segments_features import (
    BRACKET_CLOSE,
    BRACKET_OPEN,
    CAPITAL,
    COLON,
    COMMA,
    DASH,
    ENDER,
    IS_NUMBER,
    IS_WORD,
    QUOTE,
)

INDIRECT = 2
_CLAUSE = frozenset(
    [
        *("when", "after", "as", "while", "because", "since", "if", "before"),
        *("although", "though", "and", "but", "where", "which", "who"),
    ]
)


class Passage(NamedTuple):
    """A passage: tokens `first` to before `past`."""

    first: int
    past: int
    voice: int


class Spoken(NamedTuple):
    """A passage with who speaks in it, None where nobody was found.

    `source` is the mention in the text, `cue` the token that says so (-1 without), `rule` how it was found, `inner` the
    mention in brackets whose words a quotation gives (“[Muttaqi] said ...”), `same` the passage whose speaker goes on.
    """

    passage: Passage
    source: Mention | None
    cue: int
    rule: str
    inner: Mention | None = None


def passages(prose: Prose) -> list[Passage]:
    """List the passages: runs of quotation within a paragraph, and of reported speech within a sentence."""
    found: list[Passage] = []
    n, k = len(prose.form), 0
    while k < n:
        k = prose.marks.voiced.find(1, k)
        if k < 0:
            break
        voice = prose.voice[k]
        end = k + 1
        if voice == QUOTED:
            while end < n and prose.voice[end] == QUOTED and prose.paragraph[end] == prose.paragraph[k]:
                if prose.bits[end - 1] & QUOTE and end - 1 > k and _opens(prose, end):
                    break
                end += 1
        else:
            while end < n and prose.voice[end] == voice and prose.sentence[end] == prose.sentence[k]:
                end += 1
        if any(prose.bits[t] & (IS_WORD | IS_NUMBER) for t in range(k, end)):
            found.append(Passage(k, end, voice))
        k = end
    return found


def _opens(prose: Prose, k: int) -> bool:
    return bool(prose.bits[k] & QUOTE)


def attribute(
    prose: Prose, known: frozenset[str] = frozenset(), *, english: bool = True, read: Found | None = None
) -> list[Spoken]:
    """Say who speaks in each passage of a part.

    Parameters
    ----------
    prose
        The tokens.
    known
        As for `mentions`.
    english
        Whether the rules may look: elsewhere passages are listed, and nobody is found.
    read
        The mentions of its sentences, where they are known already.
    """
    if not english:
        return [Spoken(passage, None, -1, "none") for passage in passages(prose)]
    return _Reading(prose, known, read).spoken()


class _Reading(Subjects):
    """One pass over the passages of a part."""

    def spoken(self) -> list[Spoken]:
        found: list[Spoken] = []
        for passage in passages(self.p):
            one = self._behind(passage) or self._before(passage)
            if one is None or one.source is None:
                one = self._going_on(passage, found) or one
            if one is None or one.source is None:
                one = self._subject(passage) or Spoken(passage, None, -1, "none")
            found.append(one._replace(inner=self._bracket(passage)))
        return found

    def _behind(self, passage: Passage) -> Spoken | None:
        p = self.p
        last = passage.past - 1
        _, stop = self.bounds(last)
        k = passage.past
        if k >= stop:
            return self._signed(passage)
        end = k
        while end < stop and end < k + FAR and p.voice[end] != QUOTED:
            end += 1
        comma = self._ends_open(passage) or (passage.voice == INDIRECT and bool(p.bits[k] & COMMA))
        if p.lower[k] in _CLAUSE and not comma:
            return None
        for t in range(k, end):
            if p.lower[t] in ("when", "because", "although", "after"):
                break
            if p.lower[t] == "according" and t + 1 < end and p.cues[t + 1] & w.TO:
                if t - k > 2:
                    break
                source = self.phrase_at(t + 2, end)
                return Spoken(passage, source, t, "according") if source else None
            if not self.speaks(t, passage.voice == QUOTED and comma):
                if p.bits[t] & COLON and t > k:
                    break
                continue
            between = [m for m in self.of(t) if k <= m.first and m.past <= t]
            source = self.subject_of(t, k) if between else None
            if source is None and t - k <= 2:
                source = self.phrase_at(t + 1, end)
            if source is None or not (comma or (between and between[0].first - k <= 2)):
                break
            return Spoken(passage, source, t, "behind")
        if comma and passage.voice == QUOTED and end - k <= FAR and p.bits[k] & DASH:  # “...” — X
            source = self.phrase_at(k + 1, min(end, k + 4))
            if source:
                return Spoken(passage, source, k, "behind")
        return None

    def _signed(self, passage: Passage) -> Spoken | None:
        """A name behind a dash, after the full stop: “...” — Jane Doe."""
        p, k = self.p, passage.past
        if (
            passage.voice != QUOTED
            or k + 1 >= len(p.form)
            or not p.bits[k] & DASH
            or not p.bits[k - 1] & QUOTE
        ):
            return None
        source = self.phrase_at(k + 1, self.bounds(k)[1])
        return Spoken(passage, source, k, "behind") if source and source.first == k + 1 else None

    def _ends_open(self, passage: Passage) -> bool:
        """Say whether a quotation ends with a comma, or ? or !: then its cue follows."""
        p, t = self.p, passage.past - 1
        while t > passage.first and p.bits[t] & QUOTE:
            t -= 1
        after = passage.past < len(p.form) and p.bits[passage.past] & COMMA
        return bool(p.bits[t] & (COMMA | DASH) or p.form[t] in "?!…" or p.bits[t] & ENDER or after)

    def _before(self, passage: Passage) -> Spoken | None:
        p = self.p
        start, _ = self.bounds(passage.first)
        low = start
        for t in range(passage.first - 1, max(start, passage.first - FAR) - 1, -1):
            if p.voice[t] == QUOTED and passage.first - t > 25:
                break
            if p.lower[t] == "according" and t + 1 < passage.first and p.cues[t + 1] & w.TO:
                source = self.phrase_at(t + 2, passage.first)
                if source:
                    return Spoken(passage, source, t, "according")
            if self.speaks(t, False):
                if t > start and p.cues[t - 1] & w.TO and not p.cues[t] & w.GERUND:
                    continue  # “too early to tell”: the verb above it has the subject
                source = self.subject_of(t, low)
                if source is None and p.cues[t] & w.GERUND:
                    source = self.outer(t, start)
                if source is None and t + 1 < passage.first and self._inverted(t, start):
                    source = self.phrase_at(t + 1, passage.first)
                if source is not None:
                    return Spoken(passage, source, t, "before")
        if passage.first > start and p.bits[passage.first - 1] & COLON:
            free = self.free(start, passage.first)
            if free:
                return Spoken(passage, free[0], passage.first - 1, "colon")
        return None

    def _inverted(self, t: int, start: int) -> bool:
        return t > start and self.p.voice[t - 1] == QUOTED

    def _going_on(self, passage: Passage, found: list[Spoken]) -> Spoken | None:
        """The speaker of the passage before, where a quotation without a cue follows it."""
        p = self.p
        start, _ = self.bounds(passage.first)
        if passage.voice != QUOTED or not found:
            return None
        whole = all(not p.bits[t] & (IS_WORD | IS_NUMBER) for t in range(start, passage.first))
        near = [
            s for s in found if p.paragraph[passage.first] - p.paragraph[s.passage.past - 1] <= 1 and s.source
        ]
        before = near[-1] if near else found[-1]
        if not whole or before.source is None:
            if whole and passage.first > 0 and p.bits[passage.first - 1] & COLON:
                return self._introduced(passage)
            return None
        if passage.first > 0 and p.bits[passage.first - 1] & COLON:
            return self._introduced(passage) or Spoken(passage, before.source, before.cue, "goes on")
        gap = p.paragraph[passage.first] - p.paragraph[before.passage.past - 1]
        if gap <= 1:
            return Spoken(passage, before.source, before.cue, "goes on")
        return None

    def _introduced(self, passage: Passage) -> Spoken | None:
        """The sentence before ends in a colon: its subject speaks."""
        start, _ = self.bounds(passage.first - 1)
        for t in range(passage.first - 1, start - 1, -1):
            if self.speaks(t, False):
                source = self.subject_of(t, start)
                if source:
                    return Spoken(passage, source, t, "colon")
        free = self.free(start, passage.first)
        return Spoken(passage, free[0], passage.first - 1, "colon") if free else None

    def _subject(self, passage: Passage) -> Spoken | None:
        """A fragment in the writer's sentence: its subject, where there is one before it."""
        if passage.voice != QUOTED:
            return None
        start, _ = self.bounds(passage.first)
        free = self.free(start, passage.first) if passage.first > start else []
        return Spoken(passage, free[0], -1, "subject") if free else None

    def _bracket(self, passage: Passage) -> Mention | None:
        """“[Muttaqi] said that ...”: the name in brackets that opens a quotation and speaks in it."""
        p = self.p
        if passage.voice != QUOTED:
            return None
        t = passage.first
        while t < passage.past and p.bits[t] & QUOTE:
            t += 1
        if t >= passage.past or not p.bits[t] & BRACKET_OPEN:
            return None
        end = t + 1
        while end < passage.past and end < t + 8 and not p.bits[end] & BRACKET_CLOSE:
            end += 1
        if end + 1 >= passage.past or not p.bits[end] & BRACKET_CLOSE:
            return None
        k = end + 1
        while k < passage.past and p.cues[k] & (w.ADVERB | w.FINITE | w.BE):
            k += 1
        if k < passage.past and p.cues[k] & w.SAYS and p.bits[t + 1] & CAPITAL:
            return Mention(t + 1, end, t + 1, NAME, False)
        return None
