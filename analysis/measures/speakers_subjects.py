"""Noun phrases and subjects in the sentences of a part: who does what a verb says. Not for passages (`speakers_rules`).

By word order and commas, from features of types; there is no parser.
"""

from itertools import pairwise

from analysis.measures.speakers_mentions import NAME, PRONOUN, ROLE, Mention, Prose, mentions
from analysis.text import voice_words as w
from analysis.text.segments_features import CAPITAL, COLON, COMMA, DASH, IS_NUMBER, IS_WORD, QUOTE, SMALL
from analysis.text.voice_cues import VERBS

Found = dict[
    tuple[int, int], list[Mention]
]  # the mentions of sentences, by first token and the one behind the last
QUOTED = 1
FAR = 40  # tokens between a passage and its cue
_FUNCTION = (
    w.DETERMINER | w.PREPOSITION | w.BE | w.FINITE | w.AND | w.THAT | w.TO | w.ADVERB | w.PRONOUN | w.TURN | w.RELATIVE
    | w.LINK | w.WHETHER
)  # fmt: skip
_NO_ADJECTIVE = w.PREPOSITION | w.BE | w.FINITE | w.AND | w.TO | w.THAT | VERBS | w.PRONOUN | w.ADJUNCT


class Subjects:
    """The sentences of a part, with their mentions; read once, when first asked for."""

    def __init__(self, prose: Prose, known: frozenset[str], read: Found | None = None) -> None:
        self.p, self.known = prose, known
        self._mentions: Found = {} if read is None else read
        starts = prose.marks.sentences
        self._bounds = {prose.sentence[a]: (a, b) for a, b in pairwise((*starts, len(prose.sentence)))}

    def of(self, k: int) -> list[Mention]:
        """The mentions of the sentence of a token."""
        bounds = self._bounds[self.p.sentence[k]]
        if bounds not in self._mentions:
            self._mentions[bounds] = mentions(self.p, *bounds, self.known)
        return self._mentions[bounds]

    def bounds(self, k: int) -> tuple[int, int]:
        """The sentence of a token: its first token, and the one behind its last."""
        return self._bounds[self.p.sentence[k]]

    def speaks(self, t: int, said: bool) -> bool:
        """Say whether a token is a verb that reports; `said`: just behind a quotation."""
        p = self.p
        cue = p.cues[t]
        if not cue & VERBS or p.voice[t] == QUOTED:
            return False
        if (
            t
            and cue & w.AMBIGUOUS
            and (p.cues[t - 1] & w.DETERMINER or p.lower[t - 1].endswith(("'s", "s'")))
        ):
            return False
        if cue & (w.BASE | w.AMBIGUOUS) and p.bits[t] & CAPITAL:
            return False
        return not (said and not cue & (w.SAYS | w.THINKS | w.SHOWS | w.WANTS | w.ACTS))

    def outer(self, t: int, start: int) -> Mention | None:
        """The subject of the verb before a participle: “X said ..., adding that ...”."""
        for u in range(t - 1, start - 1, -1):
            if self.speaks(u, False) and not self.p.cues[u] & w.GERUND:
                source = self.subject_of(u, start)
                if source is None:
                    source = self.phrase_at(u + 1, t)
                return source
        free = self.free(start, t)
        return free[0] if free else None

    def free(self, low: int, high: int) -> list[Mention]:
        """Mentions that may be a subject: not somebody's, not behind a preposition."""
        return [
            m
            for m in self.of(max(high - 1, 0))
            if low <= m.first and m.past <= high and not m.of and not self.in_phrase(m, low)
        ]

    def _np_start(self, m: Mention, low: int) -> int:
        """The first token of the noun phrase: “the former campaign manager”."""
        p, t = self.p, m.first
        for _ in range(6):
            if t - 1 < low:
                break
            b, c = p.bits[t - 1], p.cues[t - 1]
            if p.voice[t - 1] == QUOTED or not b & (IS_WORD | IS_NUMBER):
                break
            if c & w.DETERMINER or p.lower[t - 1].endswith(("'s", "s'")):
                return self._owner(t - 1, low)
            participle = c & VERBS and c & w.ED and m.kind == ROLE  # “the expected candidate”
            if c & _NO_ADJECTIVE and not participle:
                break
            t -= 1
        return t

    def _owner(self, t: int, low: int) -> int:
        """Take the owner in: “the president’s” of “the president’s spokesman”."""
        for m in self.of(t):
            if m.first <= t < m.past and m.of:
                return self._np_start(m, low)
        return t

    def in_phrase(self, m: Mention, low: int) -> bool:
        t = self._np_start(m, low) - 1
        return (
            t >= low
            and bool(self.p.cues[t] & (w.PREPOSITION | w.TO | w.LINK))
            and self.p.lower[t] not in ("that", "while", "since", "after", "before")
        )

    def subject_of(self, verb: int, low: int) -> Mention | None:
        """The subject of the verb at `verb`, among tokens from `low` on."""
        p = self.p
        own = [m for m in self.of(verb) if low <= m.first and m.past <= verb]
        t = verb
        while (
            t - 1 >= low
            and p.voice[t - 1] != QUOTED
            and p.cues[t - 1] & (w.ADVERB | w.BE | w.FINITE)
            and not p.cues[t - 1] & w.PRONOUN
        ):
            t -= 1
        if t - 1 >= low and p.lower[t - 1] in ("who", "which", "that"):
            near = [m for m in own if m.past <= t - 1]
            return self._climb(near[-1], own, low) if near else None
        if t - 1 >= low and p.bits[t - 1] & COMMA:
            return self._apposed(t - 1, own, low)
        near = [m for m in own if m.past == t]
        if p.cues[verb] & w.GERUND:  # “with Smith noting”, but “emailed supporters saying”
            return near[0] if near and self.in_phrase(near[0], low) and t == verb else None
        if near:
            return self._climb(near[0], own, low)
        noun = self._noun_before(t, low)
        if noun:
            return self._climb(noun, own, low)
        free = self.free(low, t)
        return free[-1] if free else None

    def _noun_before(self, t: int, low: int) -> Mention | None:
        """A noun phrase without a known noun that ends before `t`: “the ad”, “a narrator”."""
        p = self.p
        if t - 1 < low or p.voice[t - 1] == QUOTED or not p.bits[t - 1] & SMALL or p.cues[t - 1] & _FUNCTION:
            return None
        for u in range(t - 2, max(low, t - 6) - 1, -1):
            if p.cues[u] & w.DETERMINER or p.lower[u].endswith(("'s", "s'")):
                return Mention(t - 1, t, t - 1, ROLE, False)
            if p.voice[u] == QUOTED or not p.bits[u] & IS_WORD or p.cues[u] & _FUNCTION:
                return None
        return None

    def _noun_after(self, t: int, high: int) -> Mention | None:
        """A noun phrase without a known noun that begins at `t`."""
        p = self.p
        if t + 1 >= high or not (p.cues[t] & w.DETERMINER or p.lower[t] in ("one", "another")):
            return None
        u = t + 1
        while (
            u + 1 < high
            and u < t + 4
            and p.bits[u + 1] & SMALL
            and not p.cues[u + 1] & (_FUNCTION | w.ADJUNCT)
        ):
            u += 1
        return Mention(u, u + 1, u, ROLE, False) if p.bits[u] & SMALL else None

    def _climb(self, m: Mention, own: list[Mention], low: int) -> Mention:
        """From “Ohio” in “officials in Ohio said” to “officials”."""
        for _ in range(6):
            start = self._np_start(m, low)
            t = start - 1
            if t < low:
                return m
            if self.p.cues[t] & (w.PREPOSITION | w.TO) or self.p.lower[t] in ("of", "and", "or", "on", "for"):
                before = [x for x in own if x.past <= t]
                if not before or t - before[-1].past > 3:
                    return m
                if self.p.lower[t] in ("and", "or") and before[-1].past != t:
                    return m
                m = before[-1]
            elif self.p.bits[t] & COMMA and m.kind != PRONOUN:
                before = [x for x in own if x.past == t]
                if not before or m.kind == NAME:
                    return m
                m = before[-1]
            else:
                return m
        return m

    def _apposed(self, comma: int, own: list[Mention], low: int) -> Mention | None:
        """The subject before an apposition or a relative clause that ends at a comma: “X, spokesman for Y, said”."""
        p = self.p
        opening = -1
        for t in range(comma - 1, max(low, comma - FAR) - 1, -1):
            if p.bits[t] & (COMMA | DASH):
                before = [m for m in own if m.past == t]
                if before and not before[-1].of:
                    m = self._climb(before[-1], own, low)
                    if m.kind == ROLE:
                        inside = [
                            x
                            for x in own
                            if t < x.first and x.past <= comma and x.kind == NAME and x.first == t + 1
                        ]
                        if inside:
                            return inside[0]
                    edge = self._np_start(m, low) - 1
                    inner = edge >= low and p.bits[edge] & COMMA  # itself between commas
                    if (opening < 0 or not self.in_phrase(m, low)) and not inner:
                        return m
                opening = t
        free = self.free(low, comma)
        return free[0] if free else None

    def phrase_at(self, low: int, high: int) -> Mention | None:
        """The noun phrase that begins at `low`: after “said” or “according to”."""
        p = self.p
        for m in self.of(min(low, len(p.form) - 1)) if low < len(p.form) else []:
            if m.first < low or m.past > high:
                continue
            if m.first - low > 6 or any(p.bits[t] & (COMMA | QUOTE | COLON) for t in range(low, m.first)):
                return self._noun_after(low, high)
            if m.of:
                continue
            if any(p.cues[t] & (w.PREPOSITION | w.TO) for t in range(low, m.first)):
                return self._noun_after(low, high)
            if m.kind == ROLE:  # “a spokesman, John Doe”
                t = m.past
                for x in self.of(low):
                    if x.kind == NAME and x.first == t + 1 and p.bits[t] & COMMA and x.past <= high:
                        return x
            return m
        return self._noun_after(low, high)
