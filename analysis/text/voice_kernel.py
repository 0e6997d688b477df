"""The compiled loop that finds reported speech; imports Numba, so import it where it is used.

It sees bits of types, sentences and quotations, never text. The rules are stated in docs/methods.md ("Voices"), the
words are in `voice_words`. Not for quotation marks (`voice_quotes`).
"""

import numpy as np

from analysis.text.jit import compiled
from analysis.text.segments_features import CAPITAL, COLON, COMMA, DASH, ENDER, ENDS_IN_S, IS_NUMBER, IS_WORD
from analysis.text.voice_words import (
    ACCORDING,
    ACTS,
    ADJUNCT,
    AMBIGUOUS,
    ADVERB,
    AND,
    ASIDE,
    BASE,
    BE,
    BREAK,
    DETERMINER,
    DEVELOPS,
    ED,
    FINITE,
    GERUND,
    ING,
    LINK,
    NOUN,
    PLAIN,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SAYS,
    SHOWS,
    SPEAKS,
    PARTICLE,
    THAT,
    THINKS,
    TELLS,
    TO,
    TURN,
    WANTS,
    WHETHER,
    WEAK,
)

_VERBS = SAYS | THINKS | SHOWS | ACTS | WANTS
_WORD = IS_WORD | IS_NUMBER
_BEFORE, _AFTER, _NOWHERE = 0, 1, 2
_FAR = 14  # tokens: a subject, or an adjunct, is seldom longer


@compiled
def voices(bits, cues, quoted, sentence, offsets, english):  # type: ignore[no-untyped-def]
    """Give the voice of each token: 0 narration, 1 quotation, 2 reported."""
    voice = np.zeros(bits.size, dtype=np.uint8)
    why = np.full(bits.size, -1, dtype=np.int64)
    for text in range(offsets.size - 1):
        begin = offsets[text]
        while begin < offsets[text + 1]:
            end = begin + 1
            seen = cues[begin]
            while end < offsets[text + 1] and sentence[end] == sentence[begin]:
                seen |= cues[end]
                end += 1
            if english[text] and seen & (_VERBS | ACCORDING | NOUN | SPEAKS | THAT):
                _sentence(bits, cues, quoted, begin, end, voice, why)
            begin = end
    for k in range(bits.size):
        if quoted[k]:
            voice[k] = 1
    return voice, why


@compiled
def _sentence(bits, cues, quoted, begin, end, voice, why):  # type: ignore[no-untyped-def]
    last = end
    while last > begin and not bits[last - 1] & _WORD:
        last -= 1
    k = begin
    while k < end:
        cue = cues[k]
        if quoted[k] or not cue & (_VERBS | ACCORDING | NOUN | SPEAKS):
            if cue & ED and k + 2 < last and cues[k + 1] & THAT and (cues[k + 2] & (PRONOUN | DETERMINER) or bits[k + 2] & CAPITAL):
                _report(voice, why, quoted, k + 1, _clause_end(bits, cues, begin, k, last), k)
            k += 1
            continue
        if cue & ACCORDING:
            if k + 1 < end and cues[k + 1] & TO:
                _according(bits, cues, quoted, begin, k, last, voice, why)
            k += 1
            continue
        verb = cue & _VERBS != 0 and _is_verb(bits, cues, k, begin)
        if verb:
            place = _place(bits, cues, quoted, begin, k, last)
            if place == _BEFORE:
                comma = _comma_before(bits, quoted, begin, k)
                _report(voice, why, quoted, begin, comma, k)
                if k + 2 < last and bits[k + 1] & COMMA and not cues[k + 2] & (ING | TURN):
                    _report(voice, why, quoted, k + 2, _clause_end(bits, cues, begin, k, last), k)
            elif place == _AFTER:
                _report(voice, why, quoted, _content_start(bits, cues, quoted, k, last), _clause_end(bits, cues, begin, k, last), k)
        elif cue & SPEAKS and k + 1 < end and cues[k + 1] & (DEVELOPS | PARTICLE):
            _report(voice, why, quoted, k + 1, _clause_end(bits, cues, begin, k, last), k)
        elif cue & NOUN and k + 2 < last and not (bits[k] & CAPITAL and k > begin) and cues[k + 1] & (THAT if cue & WEAK else THAT | TO | LINK) and not (cues[k + 1] & THAT and cues[k + 2] & (FINITE | BE | ED | ADVERB)):
            _report(voice, why, quoted, k + 1, _clause_end(bits, cues, begin, k, last), k)
        k += 1


@compiled
def _subject(bits, cues, k, begin):  # type: ignore[no-untyped-def]
    return k > begin and (cues[k - 1] & PRONOUN != 0 or bits[k - 1] & CAPITAL != 0)


@compiled
def _is_verb(bits, cues, k, begin):  # type: ignore[no-untyped-def]
    cue = cues[k]
    if k == begin:
        return cue & GERUND != 0
    if cue & (AMBIGUOUS | BASE) and bits[k] & CAPITAL:  # a name
        return False
    p = k - 1
    if cues[p] & ADVERB and p > begin:
        p -= 1
    before = cues[p]
    subject = cues[p] & PRONOUN != 0 or bits[p] & CAPITAL != 0
    if before & DETERMINER:
        return False
    if cue & GERUND:
        return bits[p] & COMMA != 0 or before & (BE | TURN | PREPOSITION | AND) != 0
    if k + 1 < bits.size and cues[k + 1] & THAT:
        return before & TO == 0
    if cue & AMBIGUOUS and not before & PRONOUN:
        if k + 1 >= bits.size or not (cues[k + 1] & (TO | DETERMINER | WHETHER | PRONOUN) or bits[k + 1] & (CAPITAL | IS_NUMBER)):
            return False
    if cue & BASE:
        if before & (TO | PREPOSITION | BE):
            return False
        return cue & PLAIN != 0 or subject or bits[p] & ENDS_IN_S != 0
    if cue & AMBIGUOUS:
        return before & PREPOSITION == 0 and (subject or cue & SHOWS != 0)
    return True


@compiled
def _report(voice, why, quoted, first, last, k):  # type: ignore[no-untyped-def]
    for t in range(first, last):
        if not quoted[t] and voice[t] == 0:
            voice[t] = 2
            why[t] = k


@compiled
def _comma_before(bits, quoted, begin, k):  # type: ignore[no-untyped-def]
    for t in range(k - 1, max(begin, k - _FAR) - 1, -1):
        if bits[t] & COMMA or quoted[t]:
            return t
    return -1


@compiled
def _place(bits, cues, quoted, begin, k, last):  # type: ignore[no-untyped-def]
    """Say where the clause stands that the verb at `k` reports."""
    after = k + 1
    if after < last and (cues[after] & THAT or (cues[after] & WHETHER and not cues[k] & WEAK)):
        return _AFTER
    if not cues[k] & (SAYS | THINKS | SHOWS):
        return _NOWHERE if cues[k] & WEAK or (after < last and bits[after] & (COMMA | COLON)) else _AFTER
    quote = _quotation_before(bits, quoted, begin, k)
    comma = _comma_before(bits, quoted, begin, k)
    if cues[k] & SAYS and not cues[k] & GERUND and comma == k - 1 and k - begin > 3 and not _finite(bits, cues, quoted, after, last):
        return _BEFORE  # "..., said the minister"
    if quote:
        for t in range(after, min(last, after + _FAR)):
            if cues[t] & THAT or bits[t] & COLON:
                return _AFTER
        return _BEFORE
    if comma <= begin + 2 or cues[k] & THINKS:
        return _NOWHERE if cues[k] & WEAK else _AFTER
    if after >= last or bits[after] & COMMA:
        return _BEFORE
    if quoted[after]:
        return _AFTER
    for t in range(after, min(last, after + _FAR)):
        if cues[t] & THAT:
            return _AFTER
    if cues[k] & WEAK:
        return _NOWHERE
    return _BEFORE if cues[after] & ADJUNCT and last - after <= 8 else _AFTER


@compiled
def _finite(bits, cues, quoted, first, last):  # type: ignore[no-untyped-def]
    """Say whether a clause begins here: a verb comes before the next comma."""
    for t in range(first, last):
        if bits[t] & COMMA:
            return False
        if cues[t] & (FINITE | BE | THAT | PRONOUN) or (cues[t] & ED and not cues[t - 1] & DETERMINER) or quoted[t]:
            return True
    return False


@compiled
def _quotation_before(bits, quoted, begin, k):  # type: ignore[no-untyped-def]
    """Say whether a quotation ends before the verb at `k` and its subject, with a comma: “...,” he said."""
    for t in range(k - 1, max(begin, k - _FAR) - 1, -1):
        if quoted[t]:
            return t > begin and (bits[t - 1] & (COMMA | ENDER)) != 0
    return False


@compiled
def _comma_after(bits, first, last):  # type: ignore[no-untyped-def]
    for t in range(first, last):
        if bits[t] & (COMMA | DASH):
            return True
    return False


@compiled
def _clause_end(bits, cues, begin, k, last):  # type: ignore[no-untyped-def]
    """Give the token where the clause under the cue at `k` ends."""
    whole = cues[k] & (SAYS | THINKS | SHOWS) != 0 and not (k == begin and cues[k] & GERUND)
    for t in range(k + 2, last - 1):
        if bits[t] & (COMMA | DASH):
            if cues[t + 1] & (RELATIVE | ASIDE) and not _comma_after(bits, t + 1, last):
                return t
            if not whole or cues[t + 1] & TURN:
                return t
        elif not whole and cues[t] & (TURN | BREAK):
            return t
    return last


@compiled
def _content_start(bits, cues, quoted, k, last):  # type: ignore[no-untyped-def]
    """Skip who was told, and when or where it was said."""
    t = k + 1
    if t >= last:
        return t
    if cues[k] & TELLS and not cues[t] & (THAT | TO | WHETHER):
        if cues[t] & DETERMINER:
            t += 1
            while t < last and t < k + 5 and not (bits[t] & (CAPITAL | COMMA) or cues[t] & (THAT | TO | PRONOUN | DETERMINER)):
                t += 1
        elif bits[t] & CAPITAL:
            while t < last and bits[t] & CAPITAL:
                t += 1
        else:
            t += 1
    if t < last and cues[t] & ADJUNCT and cues[k] & SAYS:
        for u in range(t, min(last, t + 12)):
            if cues[u] & THAT and not quoted[u]:
                return u
        if cues[t] & PREPOSITION or cues[t] & LINK:
            u = t + 1
            if u < last and cues[u] & DETERMINER:
                u += 1
            while u < last and bits[u] & (CAPITAL | IS_NUMBER):
                u += 1
            return max(u, min(t + 2, last))
        return t + 1
    return t


@compiled
def _according(bits, cues, quoted, begin, k, last, voice, why):  # type: ignore[no-untyped-def]
    """Report what stands around "according to X": before it, and after the comma that ends X."""
    if k > begin + 1:
        stop = k - 1 if bits[k - 1] & COMMA else k
        _report(voice, why, quoted, begin, stop, k)
        return
    for t in range(k + 2, min(last, k + 2 * _FAR)):
        if bits[t] & COMMA:
            _report(voice, why, quoted, t + 1, last, k)
            return
