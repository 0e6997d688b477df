"""Which words report something, by the words around them: many are nouns too. Compiled: imports Numba.

The rules are stated in docs/methods.md ("Voices"), the words are in `voice_words`. Not for what is reported
(`voice_clauses`).
"""

# mypy: allow-untyped-defs

from analysis.jit import compiled
from analysis.text import voice_words as w
from analysis.text.segments_features import CAPITAL, COLON, COMMA, DASH, ENDER, ENDS_IN_S, IS_NUMBER, SMALL

VERBS = w.SAYS | w.THINKS | w.SHOWS | w.ACTS | w.WANTS
FAR = 14  # tokens: a subject, or an adjunct, is seldom longer
_NO_SUBJECT = w.FINITE | w.BE | w.ED | w.ADVERB  # after a "that" they make it a pronoun: "a claim that fell"


@compiled
def is_verb(bits, cues, begin, k, end):
    """Say whether the word at `k` is a verb here, and somebody's: many are nouns too, and "I" is the writer."""
    cue = cues[k]
    after = cues[k + 1] if k + 1 < end else 0
    if k == begin:
        if cue & w.GERUND and cue & (w.ACTS | w.WANTS) and k + 1 < end and bits[k + 1] & SMALL and not after:
            return False  # "Defending champions won"
        return cue & w.GERUND != 0 or (cue & w.ED != 0 and after & (w.WHETHER | w.LINK | w.THAT) != 0)
    if cue & (w.AMBIGUOUS | w.BASE | w.GERUND) and bits[k] & CAPITAL:  # a name
        return False
    p = k - 2 if cues[k - 1] & w.ADVERB and k - 1 > begin else k - 1
    before = cues[p]
    if before & (w.DETERMINER | w.SELF | w.NEVER):
        return False
    mark = bits[k + 1] if k + 1 < end else 0
    if cue & w.GERUND:
        if cue & w.WANTS and not cue & w.SAYS and mark & SMALL and not after:
            return False  # "for aspiring writers"
        return _is_gerund(cue, before, bits[p], after, mark)
    if after & w.THAT:
        return _has_that_clause(cues, cue, before, bits[p], k, end)
    phrase = after & (w.WHETHER | w.DETERMINER | w.PRONOUN) != 0
    bare = k + 1 < end and not phrase and not mark & (CAPITAL | IS_NUMBER | ENDER | COMMA | COLON)
    if cue & w.SHOWS and not cue & w.SAYS and bare:  # "found work", not "found the bridge unsafe"
        return False
    if cue & w.WANTS and after & w.TO and not cue & (w.AMBIGUOUS | w.WEAK):
        return True
    if cue & w.ACTS and not cue & (w.SAYS | w.WANTS) and after & w.TO and cue & w.AMBIGUOUS:
        return False  # "support to the farmers" is a noun
    taken = phrase or after & w.TO or mark & (CAPITAL | IS_NUMBER | ENDER)
    if cue & w.AMBIGUOUS and not before & w.PRONOUN and not taken:
        return False
    subject = before & w.PRONOUN != 0 or bits[p] & CAPITAL != 0
    if cue & w.BASE:
        return _is_base_form(cue, before, bits[p], after, mark, subject)
    if not cue & w.AMBIGUOUS:
        return True
    objective = after & w.DETERMINER != 0 and bits[k] & ENDS_IN_S != 0
    return before & w.PREPOSITION == 0 and (subject or objective or cue & w.SHOWS != 0)


@compiled
def _is_gerund(cue, before, mark_before, after, mark):
    """Say whether an -ing reports: by what it hangs on, or by what it takes: "a letter urging the council"."""
    if mark_before & (COMMA | DASH) or before & (w.BE | w.TURN | w.PREPOSITION | w.AND):
        return True
    if cue & (w.WEAK | w.THINKS):
        return False
    clause = after & (w.THAT | w.WHETHER | w.DETERMINER | w.PRONOUN) or mark & CAPITAL
    return clause != 0 or cue & (w.ACTS | w.WANTS) != 0


@compiled
def _has_that_clause(cues, cue, before, mark_before, k, end):
    """Say whether a word before "that" is a verb, or a noun with a relative clause: "the state that fell"."""
    if not cue & w.AMBIGUOUS or before & w.PRONOUN or mark_before & CAPITAL:
        return True
    if cue & w.BASE and not mark_before & ENDS_IN_S:
        return False
    return k + 2 >= end or cues[k + 2] & _NO_SUBJECT == 0


@compiled
def _is_base_form(cue, before, mark_before, after, mark, subject):
    """Say whether a base form is a verb that somebody does: "to say whether", "they say", "voters fear"."""
    if before & w.TO and not cue & w.AMBIGUOUS:
        taken = after & (w.DETERMINER | w.PRONOUN) or mark & CAPITAL or cue & w.ACTS
        return after & w.WHETHER != 0 or (not cue & w.WEAK and taken != 0)
    if before & (w.TO | w.PREPOSITION | w.BE):
        return False
    if cue & w.PLAIN or subject or mark_before & ENDS_IN_S:
        return True
    return before & w.FINITE != 0 and not cue & w.AMBIGUOUS


@compiled
def is_other_cue(bits, cues, begin, k, last):
    """Say whether a noun, an adjective or another word reports: by the word that follows it."""
    if k + 2 >= last:
        return False
    cue, link, beyond = cues[k], cues[k + 1], cues[k + 2]
    if cue & w.SPEAKS and link & (w.DEVELOPS | w.PARTICLE | w.THAT):
        return True
    if cue & w.POINTS and link & w.TO:
        return True
    if cue & w.TOPIC and link & w.WHETHER:  # "questions about whether the bridge is safe"
        return True
    if cue & w.SEEMS and link & w.TO:
        return True
    if cue & w.VOTES and link & (w.LINK | w.TO):
        return True
    if cue & w.HEARSAY and not bits[k + 1] & COMMA:
        return True
    if cue & w.ADJECTIVE and k > begin and _is_predicate(cues[k - 1], link, bits[k + 1]):
        return True
    if cue & w.NOUN and not (bits[k] & CAPITAL and k > begin):
        return _is_noun(cue, link, beyond)
    if cue & w.ED and link & w.THAT:
        return beyond & (w.PRONOUN | w.DETERMINER) != 0 or bits[k + 2] & CAPITAL != 0
    return False


@compiled
def _is_predicate(before, link, mark):
    """Say whether an adjective reports without "that": "is sure the bridge is safe", "is proud of the bridge"."""
    if link & w.OF:
        return before & (w.BE | w.ADVERB | w.PRONOUN) != 0
    clause = link & (w.PRONOUN | w.DETERMINER) or mark & CAPITAL
    return clause != 0 and before & (w.BE | w.PRONOUN) != 0


@compiled
def _is_noun(cue, link, beyond):
    """Say whether a noun reports: "the claim that it fell", "the plan to", "the question is whether"."""
    if link & w.BE and beyond & (w.THAT | w.WHETHER | w.TO):
        return True
    if link & w.THAT:
        return beyond & _NO_SUBJECT == 0
    if cue & w.FACT:
        return False
    # "a commitment to building" and "an attack to the north" are no infinitives.
    return link & w.LINK != 0 or (
        link & w.TO != 0 and cue & w.INTENT != 0 and not beyond & (w.ING | w.DETERMINER)
    )


@compiled
def late_that(bits, cues, k, last):
    """Find the "that" of a noun behind whose it is, or when: "the claim by the mayor on Monday that"; 0 if none."""
    if not cues[k] & w.NOUN or cues[k] & (w.ADJECTIVE | w.FACT) or k + 1 >= last:
        return 0
    if not cues[k + 1] & (w.PREPOSITION | w.ADJUNCT):
        return 0
    for t in range(k + 1, min(last - 2, k + FAR)):
        if cues[t] & w.THAT:
            return t if cues[t + 1] & _NO_SUBJECT == 0 else 0
        if cues[t] & (w.FINITE | w.BE | w.RELATIVE | w.TO | w.TURN | w.AND | w.NOUN | w.ING):
            return 0
        if cues[t] & VERBS and not bits[t] & CAPITAL:
            return 0
    return 0
