"""The compiled loop that finds reported speech; imports Numba, so import it where it is used.

It sees bits of types, sentences and quotations, never text. The rules are stated in docs/methods.md ("Voices"), the
words are in `voice_words`, what a cue is in `voice_cues`, where a clause stands and ends in `voice_clauses`. Not for
quotation marks (`voice_quotes`).
"""

# mypy: allow-untyped-defs

import numpy as np

from analysis.jit import compiled
from analysis.text import voice_words as w
from analysis.text.segments_features import COLON, COMMA, DASH, IS_NUMBER, IS_WORD, QUOTE
from analysis.text.voice_clauses import (
    AFTER,
    BEFORE,
    LONGEST,
    clause_end,
    clause_start,
    comma_before,
    content_start,
    has_verb,
    place,
)
from analysis.text.voice_cues import FAR, VERBS, is_other_cue, is_verb, late_that

_QUOTATION, _REPORTED = 1, 2
_CUES = VERBS | w.NOUN | w.SPEAKS | w.THAT | w.ACCORDING | w.POLL | w.TOPIC | w.VOTES | w.HEARSAY | w.SEEMS


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
            if english[text] and seen & _CUES:
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
            _in_a_poll(bits, cues, quoted, begin, k, last, voice)
        elif cue & VERBS and is_verb(bits, cues, begin, k, end):
            _verb(bits, cues, quoted, begin, k, last, voice)
        else:
            that = late_that(bits, cues, k, last)
            if that:
                _report(bits, voice, quoted, that, clause_end(bits, cues, begin, that, last))
            elif is_other_cue(bits, cues, begin, k, last):
                _report(bits, voice, quoted, k + 1, clause_end(bits, cues, begin, k, last))


@compiled
def _verb(bits, cues, quoted, begin, k, last, voice):
    """Mark what the verb at `k` reports."""
    where = place(bits, cues, quoted, begin, k, last)
    if where == BEFORE:
        stop = comma_before(bits, quoted, begin, k)
        inserted = k + 1 < last and bits[k + 1] & COMMA != 0
        _report(bits, voice, quoted, clause_start(bits, quoted, begin, stop, inserted), stop)
        if inserted and k + 2 < last and not cues[k + 2] & (w.ING | w.TURN | w.ASIDE | w.RELATIVE | w.AND):
            _report(bits, voice, quoted, k + 2, clause_end(bits, cues, begin, k, last))
    elif where == AFTER:
        if (
            k > begin
            and k + 1 < last
            and cues[k] & w.THINKS
            and cues[k + 1] & w.TO
            and not cues[k] & w.GERUND
        ):
            _subject_of_passive(bits, cues, quoted, begin, k, voice)
        start = content_start(bits, cues, quoted, k, last)
        _report(bits, voice, quoted, start, clause_end(bits, cues, begin, k, last))


@compiled
def _subject_of_passive(bits, cues, quoted, begin, k, voice):
    """Report the subject too in "the bridge is expected to reopen"."""
    verb = k - 1
    while verb > begin and cues[verb] & w.ADVERB:
        verb -= 1
    if not cues[verb] & w.BE:
        return
    while verb > begin and cues[verb - 1] & (w.BE | w.FINITE | w.ADVERB):
        verb -= 1
    first = verb
    border = w.THAT | w.TURN | w.FINITE | w.BE | VERBS | w.RELATIVE
    while first > begin and verb - first < FAR and not cues[first - 1] & border:
        if bits[first - 1] & (COMMA | DASH | COLON) or quoted[first - 1]:
            break
        first -= 1
    if cues[first] & (w.AND | w.ADJUNCT):
        first += 1
    _report(bits, voice, quoted, first, verb)


@compiled
def _report(bits, voice, quoted, first, last):
    """Mark tokens as reported; a quotation within stays one, and what stands between dashes is the writer's."""
    while first < last and bits[first] & (COMMA | COLON | DASH):
        first += 1
    t = first
    while t < last:
        close = _dash_after(bits, quoted, t + 1, last) if bits[t] & DASH and not quoted[t] else -1
        if close > 0:
            t = close
        elif not quoted[t]:
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
def _according(bits, cues, quoted, begin, k, last, voice):
    """Report what stands around "according to X": before it, and after the comma that ends X."""
    if k > begin + 1:
        stop = k - 1 if bits[k - 1] & COMMA else k
        _report(bits, voice, quoted, clause_start(bits, quoted, begin, stop, False), stop)
        return
    for t in range(k + 2, min(last, k + 2 * FAR)):
        if bits[t] & COMMA:
            _report(bits, voice, quoted, t + 1, min(last, t + LONGEST))
            return


@compiled
def _in_a_poll(bits, cues, quoted, begin, k, last, voice):
    """Report what stands around "in a poll", as around "according to X"."""
    start = k
    while start > begin and k - start < FAR and not cues[start] & w.WITHIN and not bits[start] & COMMA:
        start -= 1
    if not cues[start] & w.WITHIN:
        return
    if start > begin:
        if has_verb(cues, begin, start):
            _report(bits, voice, quoted, clause_start(bits, quoted, begin, start, False), start)
        return
    for t in range(k, min(last, k + FAR)):
        if bits[t] & COMMA:
            _report(bits, voice, quoted, t + 1, min(last, t + LONGEST))
            return
