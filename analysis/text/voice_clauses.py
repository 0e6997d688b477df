"""Where the clause stands that a cue reports, where it begins and where it ends. Compiled: imports Numba.

The rules are stated in docs/methods.md ("Voices"). Not for what a cue is (`voice_cues`).
"""

# mypy: allow-untyped-defs

from analysis.jit import compiled
from analysis.text import voice_words as w
from analysis.text.segments_features import CAPITAL, COLON, COMMA, DASH, ENDER, IS_NUMBER, SMALL
from analysis.text.voice_cues import FAR, VERBS

BEFORE, AFTER, NOWHERE = 0, 1, 2
LONGEST = 200  # tokens of a clause: a text without a full stop is not one report, and stays linear
_AFTERTHOUGHT = 8  # tokens: “..., he said on Monday in the capital”
_MANY = 2  # commas: what stands before “..., he said” is then more than its clause


@compiled
def place(bits, cues, quoted, begin, k, last):
    """Say where the clause stands that the verb at `k` reports."""
    cue, after = cues[k], k + 1
    link = cues[after] if after < last else 0
    mark = bits[after] if after < last else 0
    weak = cue & w.WEAK != 0
    if weak and k > begin and cue & w.SHOWS and cue & w.BASE and cues[k - 1] & w.TEXTS:  # "polls show"
        weak = False
    if cue & w.SIGHTS and _seen_as(bits, cues, after, last):
        return AFTER
    if link & w.THAT or (link & w.WHETHER and (not weak or cue & w.THINKS)):
        return AFTER
    if not cue & (w.SAYS | w.THINKS | w.SHOWS):
        if weak and cue & w.TELLS:  # "directed the officials to"
            return AFTER if _any(cues, w.TO, after, last) else NOWHERE
        return NOWHERE if weak or mark & (COMMA | COLON) or link & w.WITHIN else AFTER
    wins = cue & w.CLAIMS and not (link & w.TO or mark & COMMA) and comma_before(bits, quoted, begin, k) < 0
    if wins and not _finite(bits, cues, quoted, after, last):  # "claimed a third crown"
        return NOWHERE
    if cue & w.GERUND:
        return NOWHERE if weak else AFTER
    that = _any(cues, w.THAT, after, last)
    if not cue & (w.THINKS | w.TELLS) and link & (w.PREPOSITION | w.LINK) and _passive(cues, begin, k):
        return AFTER if that else NOWHERE  # "was announced in the capital"
    return place_of_saying(bits, cues, quoted, begin, k, last, that, weak)


@compiled
def place_of_saying(bits, cues, quoted, begin, k, last, that, weak):
    """Say where the clause stands by the commas and quotations around the verb."""
    cue, after = cues[k], k + 1
    comma = comma_before(bits, quoted, begin, k)
    at_comma = cue & w.SAYS and comma == k - 1 and k - begin > 3 and has_verb(cues, begin, comma)
    if at_comma and not _finite(bits, cues, quoted, after, last):  # "..., said the minister"
        return BEFORE
    if _quotation_before(bits, quoted, begin, k):
        return AFTER if that or _any(bits, COLON, after, last) else BEFORE
    if after < last and bits[after] & COMMA:  # "The bridge, she said, ..."
        if comma > begin:
            return BEFORE
        return AFTER if cue & w.SAYS and (that or not weak) else NOWHERE
    if comma <= begin + 2 or cue & w.THINKS:
        return NOWHERE if weak else AFTER
    if after >= last:
        return BEFORE
    if quoted[after] or that:
        return AFTER
    if weak:
        return NOWHERE
    return BEFORE if cues[after] & w.ADJUNCT and last - after <= _AFTERTHOUGHT else AFTER


@compiled
def _any(features, bit, first, last):
    """Say whether one of the next tokens has this bit."""
    for t in range(first, min(last, first + FAR)):  # noqa: SIM110 (a generator does not compile)
        if features[t] & bit:
            return True
    return False


@compiled
def _passive(cues, begin, k):
    """Say whether a form of "be" stands before `k`."""
    if k > begin + 1 and cues[k - 1] & w.ADVERB:
        return cues[k - 2] & w.BE != 0
    return k > begin and cues[k - 1] & w.BE != 0


@compiled
def _seen_as(bits, cues, first, last):
    """Say whether "as" follows within the clause: "they see it as a threat"."""
    for t in range(first, min(last, first + FAR)):
        if cues[t] & w.AS:
            return True
        if bits[t] & COMMA or cues[t] & (w.FINITE | w.BE):
            return False
    return False


@compiled
def comma_before(bits, quoted, begin, k):
    """Find the comma or the quotation that ends what the verb at `k` reports; -1 where there is none."""
    for t in range(k - 1, max(begin, k - FAR) - 1, -1):
        if bits[t] & COMMA or quoted[t]:
            return t
    return -1


@compiled
def has_verb(cues, first, last):
    """Say whether these tokens may be a clause."""
    for t in range(max(first, last - LONGEST), last):  # noqa: SIM110 (a generator does not compile)
        if cues[t] & (w.FINITE | w.BE | w.ED | VERBS):
            return True
    return False


@compiled
def _finite(bits, cues, quoted, first, last):
    """Say whether a clause begins here: a verb comes before the next comma."""
    for t in range(first, min(last, first + LONGEST)):
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
    for t in range(k - 1, max(begin, k - FAR) - 1, -1):
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
def clause_end(bits, cues, begin, k, last):
    """Give the token where the clause under the cue at `k` ends."""
    cue, link = cues[k], cues[k + 1] if k + 1 < last else 0
    whole = cue & (w.SAYS | w.THINKS | w.SHOWS) != 0 and not (k - begin < 3 and cue & w.GERUND)
    if link & (w.TO | w.LINK) or (k > begin and cues[k - 1] & w.TO):
        whole = False
    if cue & w.POINTS and link & w.PARTICLE:
        whole = True
    last = min(last, k + LONGEST)
    for t in range(k + 2, last - 1):
        if bits[t] & (COMMA | DASH):
            beyond = cues[t + 1]
            listed = cue & w.ACTS and bits[t] & COMMA and bits[t + 1] & SMALL and beyond == 0
            if beyond & w.TURN or not (whole or listed):
                return t
            if beyond & (w.RELATIVE | w.ASIDE) and not _comma_after(bits, t + 1, last):
                return t
        elif not whole and cues[t] & (w.TURN | w.BREAK):
            return t
    return last


@compiled
def clause_start(bits, quoted, begin, stop, inserted):
    """Give the token where the clause begins that ends at `stop`; where there are many commas, it is the last part.

    Of what stands before an inserted "he said" and has a comma itself, nothing is surely his.
    """
    commas, nearest = 0, stop
    first = max(begin, stop - LONGEST)
    for t in range(stop - 1, first - 1, -1):
        if bits[t] & (COMMA | DASH | COLON) and not quoted[t]:
            commas += 1
            if commas == 1:
                nearest = t + 1
    if inserted and commas:
        return stop
    return nearest if commas > _MANY else first


@compiled
def content_start(bits, cues, quoted, k, last):
    """Skip who was told, and when or where it was said."""
    t = k + 1
    if t < last and cues[k] & w.TELLS and not cues[t] & (w.THAT | w.TO | w.WHETHER):
        t = _past_the_told(bits, cues, k, t, last)
    if t >= last or not (cues[t] & w.ADJUNCT and cues[k] & w.SAYS):
        return t
    for u in range(t, min(last, t + FAR)):
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
