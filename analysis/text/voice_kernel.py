"""The compiled loop that finds reported speech; imports Numba, so import it where it is used.

It sees bits of types, sentences and quotations, never text. The rules are stated in docs/methods.md ("Voices"), the
words are in `voice_words`. Not for quotation marks (`voice_quotes`).
"""

# mypy: allow-untyped-defs

import numpy as np

from analysis.text import voice_words as w
from analysis.text.jit import compiled
from analysis.text.segments_features import (
    CAPITAL,
    COLON,
    COMMA,
    DASH,
    ENDER,
    ENDS_IN_S,
    IS_NUMBER,
    IS_WORD,
    QUOTE,
)

_VERBS = w.SAYS | w.THINKS | w.SHOWS | w.ACTS | w.WANTS
_QUOTATION, _REPORTED = 1, 2
_BEFORE, _AFTER, _NOWHERE = 0, 1, 2
_LONGEST = 200  # tokens of a clause: a text without a full stop is not one report, and stays linear
_FAR = 14  # tokens: a subject, or an adjunct, is seldom longer
_AFTERTHOUGHT = 8  # tokens: “..., he said on Monday in the capital”


@compiled
def voices(bits, cues, quoted, sentence, offsets, english):
    """Give the voice of each token: 0 narration, 1 quotation, 2 reported."""
    voice = np.zeros(bits.size, dtype=np.uint8)
    for text in range(offsets.size - 1):
        begin = offsets[text]
        while begin < offsets[text + 1]:
            end = begin + 1
            seen = cues[begin]
            while end < offsets[text + 1] and sentence[end] == sentence[begin]:
                seen |= cues[end]
                end += 1
            if english[text] and seen & (_VERBS | w.ACCORDING | w.NOUN | w.SPEAKS | w.THAT):
                _sentence(bits, cues, quoted, begin, end, voice)
            begin = end
    for k in range(bits.size):
        if quoted[k]:
            voice[k] = _QUOTATION
    return voice


@compiled
def _sentence(bits, cues, quoted, begin, end, voice):
    """Mark what the cues of one sentence report; what two of them report is marked once."""
    last = end
    while last > begin and not bits[last - 1] & (IS_WORD | IS_NUMBER | QUOTE):
        last -= 1
    for k in range(begin, last):
        cue = cues[k]
        if quoted[k]:
            continue
        if cue & w.ACCORDING:
            if k + 1 < last and cues[k + 1] & w.TO:
                _according(bits, cues, quoted, begin, k, last, voice)
        elif cue & _VERBS and _is_verb(bits, cues, begin, k):
            place = _place(bits, cues, quoted, begin, k, last)
            if place == _BEFORE:
                _report(bits, voice, quoted, max(begin, k - _LONGEST), _comma_before(bits, quoted, begin, k))
                if (
                    k + 2 < last
                    and bits[k + 1] & COMMA
                    and not cues[k + 2] & (w.ING | w.TURN | w.ASIDE | w.RELATIVE)
                ):
                    _report(bits, voice, quoted, k + 2, _clause_end(bits, cues, begin, k, last))
            elif place == _AFTER:
                start = _content_start(bits, cues, quoted, k, last)
                _report(bits, voice, quoted, start, _clause_end(bits, cues, begin, k, last))
        elif _is_other_cue(bits, cues, begin, k, last):
            _report(bits, voice, quoted, k + 1, _clause_end(bits, cues, begin, k, last))


@compiled
def _is_other_cue(bits, cues, begin, k, last):
    """Say whether a noun, an adjective or an unlisted verb reports: by the word that follows it."""
    if k + 2 >= last:
        return False
    cue, link, beyond = cues[k], cues[k + 1], cues[k + 2]
    if cue & w.SPEAKS and link & (w.DEVELOPS | w.PARTICLE):
        return True
    if cue & w.NOUN and not (bits[k] & CAPITAL and k > begin):
        if link & w.THAT:  # "the claim that it fell", not "a claim that fell"
            return beyond & (w.FINITE | w.BE | w.ED | w.ADVERB) == 0
        return cue & w.WEAK == 0 and link & (w.TO | w.LINK) != 0
    if cue & w.ED and link & w.THAT:
        return beyond & (w.PRONOUN | w.DETERMINER) != 0 or bits[k + 2] & CAPITAL != 0
    return False


@compiled
def _is_verb(bits, cues, begin, k):
    """Say whether the word at `k` is a verb here, and somebody's: many are nouns too, and "I" is the writer."""
    cue = cues[k]
    if k == begin:
        return cue & w.GERUND != 0
    if cue & (w.AMBIGUOUS | w.BASE) and bits[k] & CAPITAL:  # a name
        return False
    p = k - 2 if cues[k - 1] & w.ADVERB and k - 1 > begin else k - 1
    before = cues[p]
    if before & (w.DETERMINER | w.SELF):
        return False
    if cue & w.GERUND:
        return bits[p] & (COMMA | DASH) != 0 or before & (w.BE | w.TURN | w.PREPOSITION | w.AND) != 0
    after = cues[k + 1] if k + 1 < bits.size else 0
    if after & w.THAT:
        return True
    subject = before & w.PRONOUN != 0 or bits[p] & CAPITAL != 0
    if cue & w.AMBIGUOUS and not before & w.PRONOUN:
        named = k + 1 < bits.size and bits[k + 1] & (CAPITAL | IS_NUMBER)
        if not (after & (w.TO | w.DETERMINER | w.WHETHER | w.PRONOUN) or named):
            return False
    if cue & w.BASE:
        if before & w.TO and cue & w.PLAIN and cue & w.SAYS:
            return after & (w.DETERMINER | w.PRONOUN | w.WHETHER) != 0
        if before & (w.TO | w.PREPOSITION | w.BE):
            return False
        return cue & w.PLAIN != 0 or subject or bits[p] & ENDS_IN_S != 0
    return not cue & w.AMBIGUOUS or (before & w.PREPOSITION == 0 and (subject or cue & w.SHOWS != 0))


@compiled
def _report(bits, voice, quoted, first, last):
    """Mark tokens as reported; a quotation within stays one."""
    while first < last and bits[first] & (COMMA | COLON | DASH):
        first += 1
    for t in range(first, last):
        if not quoted[t]:
            voice[t] = _REPORTED


@compiled
def _comma_before(bits, quoted, begin, k):
    """Find the comma or the quotation that ends what the verb at `k` reports; -1 where there is none."""
    for t in range(k - 1, max(begin, k - _FAR) - 1, -1):
        if bits[t] & COMMA or quoted[t]:
            return t
    return -1


@compiled
def _place(bits, cues, quoted, begin, k, last):
    """Say where the clause stands that the verb at `k` reports."""
    cue, after = cues[k], k + 1
    weak = cue & w.WEAK != 0
    if after < last and (cues[after] & w.THAT or (cues[after] & w.WHETHER and not weak)):
        return _AFTER
    if not cue & (w.SAYS | w.THINKS | w.SHOWS):
        idle = after < last and (bits[after] & (COMMA | COLON) or cues[after] & w.WITHIN)
        return _NOWHERE if weak or idle else _AFTER
    if cue & w.GERUND:
        return _NOWHERE if weak else _AFTER
    comma = _comma_before(bits, quoted, begin, k)
    at_comma = cue & w.SAYS and comma == k - 1 and k - begin > 3 and _has_verb(cues, begin, comma)
    if at_comma and not _finite(bits, cues, quoted, after, last):  # "..., said the minister"
        return _BEFORE
    that = False
    for t in range(after, min(last, after + _FAR)):
        that = that or cues[t] & w.THAT != 0
    if _quotation_before(bits, quoted, begin, k):
        for t in range(after, min(last, after + _FAR)):
            that = that or bits[t] & COLON != 0
        return _AFTER if that else _BEFORE
    inserted = after < last and bits[after] & COMMA != 0  # "The bridge, she said, ..."
    if inserted:
        if comma > begin:
            return _BEFORE
        return _AFTER if that and cue & w.SAYS else _NOWHERE
    if comma <= begin + 2 or cue & w.THINKS:
        return _NOWHERE if weak else _AFTER
    if after >= last:
        return _BEFORE
    if quoted[after] or that:
        return _AFTER
    if weak:
        return _NOWHERE
    return _BEFORE if cues[after] & w.ADJUNCT and last - after <= _AFTERTHOUGHT else _AFTER


@compiled
def _has_verb(cues, first, last):
    """Say whether these tokens may be a clause."""
    for t in range(max(first, last - _LONGEST), last):  # noqa: SIM110 (a generator does not compile)
        if cues[t] & (w.FINITE | w.BE | w.ED | _VERBS):
            return True
    return False


@compiled
def _finite(bits, cues, quoted, first, last):
    """Say whether a clause begins here: a verb comes before the next comma."""
    for t in range(first, min(last, first + _LONGEST)):
        if bits[t] & COMMA:
            return False
        if (
            cues[t] & (w.FINITE | w.BE | w.THAT | w.PRONOUN)
            or (cues[t] & w.ED and not cues[t - 1] & w.DETERMINER)
            or quoted[t]
        ):
            return True
    return False


@compiled
def _quotation_before(bits, quoted, begin, k):
    """Say whether a quotation ends before the verb at `k` and its subject, with a comma: “...,” he said."""
    for t in range(k - 1, max(begin, k - _FAR) - 1, -1):
        if quoted[t]:
            return t > begin and (bits[t - 1] & (COMMA | ENDER)) != 0
    return False


@compiled
def _comma_after(bits, first, last):
    """Say whether an inserted clause is closed again."""
    for t in range(first, last):  # noqa: SIM110 (a generator does not compile)
        if bits[t] & (COMMA | DASH):
            return True
    return False


@compiled
def _clause_end(bits, cues, begin, k, last):
    """Give the token where the clause under the cue at `k` ends."""
    whole = cues[k] & (w.SAYS | w.THINKS | w.SHOWS) != 0 and not (k == begin and cues[k] & w.GERUND)
    last = min(last, k + _LONGEST)
    for t in range(k + 2, last - 1):
        if bits[t] & (COMMA | DASH):
            if cues[t + 1] & (w.RELATIVE | w.ASIDE) and not _comma_after(bits, t + 1, last):
                return t
            if not whole or cues[t + 1] & w.TURN:
                return t
        elif not whole and cues[t] & (w.TURN | w.BREAK):
            return t
    return last


@compiled
def _content_start(bits, cues, quoted, k, last):
    """Skip who was told, and when or where it was said."""
    t = k + 1
    if t < last and cues[k] & w.TELLS and not cues[t] & (w.THAT | w.TO | w.WHETHER):
        t = _past_the_told(bits, cues, k, t, last)
    if t >= last or not (cues[t] & w.ADJUNCT and cues[k] & w.SAYS):
        return t
    for u in range(t, min(last, t + _FAR)):
        if cues[u] & w.THAT and not quoted[u]:
            return u
    if not cues[t] & (w.PREPOSITION | w.LINK):
        return t + 1
    u = t + 1
    if u < last and cues[u] & w.DETERMINER:
        u += 1
    while u < last and bits[u] & (CAPITAL | IS_NUMBER):
        u += 1
    return max(u, min(t + 2, last))


@compiled
def _past_the_told(bits, cues, k, t, last):
    """Skip "reporters", "CNN" or "the local paper" after "told"."""
    if bits[t] & CAPITAL:
        while t < last and bits[t] & CAPITAL:
            t += 1
        return t
    few = min(last, k + 5) if cues[t] & w.DETERMINER else t + 1
    t += 1
    while t < few and not (
        bits[t] & (CAPITAL | COMMA) or cues[t] & (w.THAT | w.TO | w.PRONOUN | w.DETERMINER)
    ):
        t += 1
    return t


@compiled
def _according(bits, cues, quoted, begin, k, last, voice):
    """Report what stands around "according to X": before it, and after the comma that ends X."""
    if k > begin + 1:
        for t in range(max(begin, k - _LONGEST), k):
            if voice[t] == _REPORTED:  # under another cue: its source stands before it
                return
        stop = k - 1 if bits[k - 1] & COMMA else k
        _report(bits, voice, quoted, max(begin, k - _LONGEST), stop)
        return
    for t in range(k + 2, min(last, k + 2 * _FAR)):
        if bits[t] & COMMA:
            _report(bits, voice, quoted, t + 1, min(last, t + _LONGEST))
            return
