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
    SMALL,
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
            if english[text] and seen & (
                _VERBS
                | w.ACCORDING
                | w.NOUN
                | w.SPEAKS
                | w.THAT
                | w.TOPIC
                | w.VOTES
                | w.HEARSAY
                | w.SEEMS
                | w.POLL
            ):
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
        elif cue & w.POLL:
            _in_poll(bits, cues, quoted, begin, k, last, voice)
        elif cue & _VERBS and _is_verb(bits, cues, begin, k):
            _passive(bits, cues, quoted, begin, k, voice)
            place = _place(bits, cues, quoted, begin, k, last)
            if place == _BEFORE:
                stop = _comma_before(bits, quoted, begin, k)
                inserted = k + 1 < last and bits[k + 1] & COMMA != 0
                _report(bits, voice, quoted, _clause_start(bits, quoted, begin, stop, inserted), stop)
                if (
                    k + 2 < last
                    and bits[k + 1] & COMMA
                    and not cues[k + 2] & (w.ING | w.TURN | w.ASIDE | w.RELATIVE | w.AND)
                ):
                    _report(bits, voice, quoted, k + 2, _clause_end(bits, cues, begin, k, last))
            elif place == _AFTER:
                start = _content_start(bits, cues, quoted, k, last)
                _report(bits, voice, quoted, start, _clause_end(bits, cues, begin, k, last))
        elif cue & w.NOUN and not cue & w.ADJECTIVE and _late_that(bits, cues, k, last) > 0:
            t = _late_that(bits, cues, k, last)
            _report(bits, voice, quoted, t, _clause_end(bits, cues, begin, t, last))
        elif _is_other_cue(bits, cues, begin, k, last):
            _report(bits, voice, quoted, k + 1, _clause_end(bits, cues, begin, k, last))


@compiled
def _passive(bits, cues, quoted, begin, k, voice):
    """Report the subject of a passive: "the bridge is expected to reopen", "the plan was criticised"."""
    p = k - 1
    while p > begin and cues[p] & w.ADVERB:
        p -= 1
    if not cues[p] & w.BE or not cues[k] & w.THINKS or cues[k] & w.GERUND or not cues[k + 1] & w.TO:
        return
    while p > begin and cues[p - 1] & (w.BE | w.FINITE | w.ADVERB):
        p -= 1
    first = p
    while (
        first > begin
        and p - first < _FAR
        and not (
            bits[first - 1] & (COMMA | DASH | COLON)
            or quoted[first - 1]
            or cues[first - 1] & (w.THAT | w.TURN | w.FINITE | w.BE | _VERBS | w.RELATIVE)
        )
    ):
        first -= 1
    if cues[first] & (w.AND | w.ADJUNCT):
        first += 1
    _report(bits, voice, quoted, first, p)


@compiled
def _late_that(bits, cues, k, last):
    """Find the "that" of a noun behind whose it is or when it was made: "the claim by the mayor on Monday that"; 0 if none."""
    if cues[k] & w.FACT or not (cues[k + 1] & (w.PREPOSITION | w.ADJUNCT)):
        return 0
    for t in range(k + 1, min(last - 2, k + _FAR)):
        if cues[t] & w.THAT:
            return t if cues[t + 1] & (w.FINITE | w.BE | w.ED | w.ADVERB) == 0 else 0
        if cues[t] & (w.FINITE | w.BE | w.RELATIVE | w.TO | w.TURN | w.AND | w.NOUN | w.ING) or (
            cues[t] & _VERBS and not bits[t] & CAPITAL
        ):
            return 0
    return 0


@compiled
def _is_other_cue(bits, cues, begin, k, last):
    """Say whether a noun, an adjective or an unlisted verb reports: by the word that follows it."""
    if k + 2 >= last:
        return False
    cue, link, beyond = cues[k], cues[k + 1], cues[k + 2]
    if cue & w.SPEAKS and link & (w.DEVELOPS | w.PARTICLE | w.THAT):
        return True
    if cue & w.TOPIC and link & w.WHETHER:  # "questions about whether the bridge is safe"
        return True
    if cue & w.SEEMS and link & w.TO:
        return True
    if cue & w.HEARSAY and not bits[k + 1] & COMMA:
        return True
    if cue & w.VOTES and link & (w.LINK | w.TO):
        return True
    if cue & w.POINTS and link & w.TO:
        return True
    if cue & w.ADJECTIVE and cues[k - 1] & (
        w.BE | w.ADVERB | w.PRONOUN
    ):  # "is sure the road is closed", "critical of the road"
        if (
            link & w.OF
            or (link & (w.PRONOUN | w.DETERMINER) or bits[k + 1] & CAPITAL)
            and cues[k - 1] & (w.BE | w.PRONOUN)
        ):
            return True
    if cue & w.NOUN and not (bits[k] & CAPITAL and k > begin):
        if link & w.BE and beyond & (w.THAT | w.WHETHER | w.TO):  # "the question is whether"
            return True
        if link & w.THAT:  # "the claim that it fell", not "a claim that fell"
            return beyond & (w.FINITE | w.BE | w.ED | w.ADVERB) == 0
        return cue & w.FACT == 0 and (link & w.LINK != 0 or (link & w.TO != 0 and cue & w.INTENT != 0))
    if cue & w.ED and link & w.THAT:
        return beyond & (w.PRONOUN | w.DETERMINER) != 0 or bits[k + 2] & CAPITAL != 0
    return False


@compiled
def _is_verb(bits, cues, begin, k):
    """Say whether the word at `k` is a verb here, and somebody's: many are nouns too, and "I" is the writer."""
    cue = cues[k]
    if k == begin:
        return cue & w.GERUND != 0 or (cue & w.ED != 0 and cues[k + 1] & (w.WHETHER | w.LINK | w.THAT) != 0)
    if cue & (w.AMBIGUOUS | w.BASE | w.GERUND) and bits[k] & CAPITAL:  # a name
        return False
    p = k - 2 if cues[k - 1] & w.ADVERB and k - 1 > begin else k - 1
    before = cues[p]
    if before & (w.DETERMINER | w.SELF):
        return False
    if cue & w.GERUND:
        if bits[p] & (COMMA | DASH) or before & (w.BE | w.TURN | w.PREPOSITION | w.AND):
            return True
        clause = k + 1 < bits.size and (
            cues[k + 1] & (w.THAT | w.WHETHER | w.DETERMINER | w.PRONOUN) or bits[k + 1] & CAPITAL
        )
        return not cue & (w.WEAK | w.THINKS) and (clause or cue & (w.ACTS | w.WANTS) != 0)
    after = cues[k + 1] if k + 1 < bits.size else 0
    if after & w.THAT:
        noun = cue & w.AMBIGUOUS and not (before & w.PRONOUN or bits[p] & CAPITAL)
        if noun and cue & w.BASE and not bits[p] & ENDS_IN_S:  # "the state that"
            return False
        return not noun or k + 2 >= bits.size or cues[k + 2] & (w.FINITE | w.BE | w.ED | w.ADVERB) == 0
    subject = before & w.PRONOUN != 0 or bits[p] & CAPITAL != 0
    if cue & w.SHOWS and not cue & w.SAYS and k + 1 < bits.size:
        if not after & (w.WHETHER | w.DETERMINER | w.PRONOUN) and not bits[k + 1] & (
            CAPITAL | IS_NUMBER | ENDER | COMMA | COLON
        ):
            return False
    if cue & w.WANTS and after & w.TO and not (cue & (w.AMBIGUOUS | w.WEAK)):
        return True
    if cue & w.AMBIGUOUS and not before & w.PRONOUN:
        named = k + 1 < bits.size and bits[k + 1] & (CAPITAL | IS_NUMBER | ENDER)
        if not (after & (w.TO | w.DETERMINER | w.WHETHER | w.PRONOUN) or named):
            return False
    if cue & w.BASE:
        if before & w.TO and not cue & w.AMBIGUOUS:
            return after & w.WHETHER != 0 or (
                not cue & w.WEAK
                and (
                    after & (w.DETERMINER | w.PRONOUN) != 0
                    or cue & w.ACTS != 0
                    or (k + 1 < bits.size and bits[k + 1] & CAPITAL != 0)
                )
            )
        if before & (w.TO | w.PREPOSITION | w.BE):
            return False
        return (
            cue & w.PLAIN != 0
            or subject
            or bits[p] & ENDS_IN_S != 0
            or (before & w.FINITE != 0 and not cue & w.AMBIGUOUS)
        )
    return not cue & w.AMBIGUOUS or (
        before & w.PREPOSITION == 0
        and (subject or cue & w.SHOWS != 0 or (after & w.DETERMINER != 0 and bits[k] & ENDS_IN_S != 0))
    )


@compiled
def _report(bits, voice, quoted, first, last):
    """Mark tokens as reported; a quotation within stays one, and what stands between dashes is the writer's."""
    while first < last and bits[first] & (COMMA | COLON | DASH):
        first += 1
    t = first
    while t < last:
        if bits[t] & DASH and not quoted[t]:
            t = max(t, _dash_after(bits, quoted, t + 1, last))
        if not quoted[t]:
            voice[t] = _REPORTED
        t += 1


@compiled
def _dash_after(bits, quoted, first, last):
    """Find the dash that closes an aside; -1 where there is none."""
    for t in range(first, last):
        if bits[t] & DASH and not quoted[t]:
            return t
    return -1


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
    weak = cue & w.WEAK != 0 and not (cue & w.BASE and cue & w.SHOWS and cues[k - 1] & w.TEXTS)
    if cue & w.SIGHTS:  # "they see it as a threat"
        for t in range(after, min(last, after + _FAR)):
            if cues[t] & w.AS:
                return _AFTER
            if bits[t] & COMMA or cues[t] & (w.FINITE | w.BE):
                break
    if after < last and (cues[after] & w.THAT or (cues[after] & w.WHETHER and (not weak or cue & w.THINKS))):
        return _AFTER
    if not cue & (w.SAYS | w.THINKS | w.SHOWS):
        idle = after < last and (bits[after] & (COMMA | COLON) or cues[after] & w.WITHIN)
        return _NOWHERE if weak or idle else _AFTER
    if cue & w.GERUND:
        return _NOWHERE if weak else _AFTER
    if (
        (cues[k - 1] & w.BE or (cues[k - 1] & w.ADVERB and cues[k - 2] & w.BE))
        and after < last
        and cues[after] & (w.PREPOSITION | w.LINK)
        and cue & (w.SAYS | w.SHOWS)
        and not cue & w.TELLS
    ):
        for t in range(after, min(last, after + _FAR)):
            if cues[t] & w.THAT:
                return _AFTER
        return _NOWHERE
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
        return _AFTER if cue & w.SAYS and (that or not weak) else _NOWHERE
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
    whole = cues[k] & (w.SAYS | w.THINKS | w.SHOWS) != 0 and not (k - begin < 3 and cues[k] & w.GERUND)
    whole = whole and not cues[k + 1] & (w.TO | w.LINK) and not (k > begin and cues[k - 1] & w.TO)
    whole = whole or (cues[k] & w.POINTS and cues[k + 1] & w.PARTICLE)
    last = min(last, k + _LONGEST)
    for t in range(k + 2, last - 1):
        if bits[t] & (COMMA | DASH):
            if cues[t + 1] & (w.RELATIVE | w.ASIDE) and not _comma_after(bits, t + 1, last):
                return t
            listed = cues[k] & w.ACTS and bits[t] & COMMA and bits[t + 1] & SMALL and cues[t + 1] == 0
            if (not whole and not listed) or cues[t + 1] & w.TURN:
                return t
        elif not whole and cues[t] & (w.TURN | w.BREAK):
            return t
    return last


@compiled
def _clause_start(bits, quoted, begin, stop, inserted):
    """Give the token where the clause begins that ends at `stop`: of a sentence with many commas, only the last part."""
    commas, nearest = 0, stop
    first = max(begin, stop - _LONGEST)
    for t in range(stop - 1, first - 1, -1):
        if bits[t] & (COMMA | DASH | COLON) and not quoted[t]:
            commas += 1
            if commas == 1:
                nearest = t + 1
    if inserted and commas:
        return stop
    return nearest if commas > 2 else first


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
def _in_poll(bits, cues, quoted, begin, k, last, voice):
    """Report what stands around "in a poll": it is as "according to"."""
    p = k
    while p > begin and k - p < _FAR and not cues[p] & w.WITHIN and not bits[p] & COMMA:
        p -= 1
    if not cues[p] & w.WITHIN:
        return
    if p == begin:
        for t in range(k, min(last, k + _FAR)):
            if bits[t] & COMMA:
                _report(bits, voice, quoted, t + 1, min(last, t + _LONGEST))
                return
    else:
        stop = p
        if _has_verb(cues, begin, stop):
            _report(bits, voice, quoted, _clause_start(bits, quoted, begin, stop, False), stop)


@compiled
def _according(bits, cues, quoted, begin, k, last, voice):
    """Report what stands around "according to X": before it, and after the comma that ends X."""
    if k > begin + 1:
        stop = k - 1 if bits[k - 1] & COMMA else k
        _report(bits, voice, quoted, _clause_start(bits, quoted, begin, stop, False), stop)
        return
    for t in range(k + 2, min(last, k + 2 * _FAR)):
        if bits[t] & COMMA:
            _report(bits, voice, quoted, t + 1, min(last, t + _LONGEST))
            return
