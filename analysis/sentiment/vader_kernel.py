"""VADER's rules over tokens, compiled; imports Numba, so import it where it is used.

Written anew from what the reference package does (Hutto & Gilbert 2014; vaderSentiment 3.3), its oddities included: the
order of every sum is the reference's, since a sum that is 0 but for rounding would get the sign of its punctuation.
Not for what a word is worth: that is in the tables of `vader_words`.
"""

# mypy: allow-untyped-defs

import numpy as np

from analysis.jit import compiled

CORE, PUNCTUATION, PICTURE = 0, 1, 2
"""Kinds of types: with other characters than ASCII punctuation; of it only; with an emoji, which becomes words."""
ODD, NEUTRAL = 1 << 30, 1 << 29
"""Bits of a word: it is spelled from several types and was looked up by itself; it is not to count as a valence."""
PLACE = NEUTRAL - 1
IN_LEXICON, CAPITALS, NEGATES = 1, 2, 4

# What the rules ask for by name; the numbers are places in `vader_words.NAMED`.
NO, OR, NOR, KIND, OF, LEAST, AT, VERY, NEVER, SO, THIS, WITHOUT, DOUBT, BUT = range(1, 15)

_CAPITALS, _NEGATED = 0.733, -0.74


@compiled
def words_of(type_ids, space_before, seg_first, kind, short, alone, excl, quest, neutral, out, first, seg_words,
             seg_excl, seg_quest, odd_first, odd_n, odd_key):  # fmt: skip
    """Put tokens together to what stands between white space; give how many words and how many odd ones there are.

    A word of one type, or of one type and ASCII punctuation, is known by that type (`alone`), where what is left
    without punctuation has more than two characters (not `short`). Any other is odd: `odd_key` is a hash of its types,
    and `out` its number.
    """
    n = n_odd = 0
    seg_words[0] = 0
    for segment in range(seg_first.size - 1):
        t, end = seg_first[segment], seg_first[segment + 1]
        n_excl = n_quest = 0
        for u in range(t, end):
            n_excl += excl[type_ids[u]]
            n_quest += quest[type_ids[u]]
        seg_excl[segment], seg_quest[segment] = n_excl, n_quest
        while t < end:
            core, cores, pictures = -1, 0, 0
            off = False
            u = t
            while True:
                of_type = kind[type_ids[u]]
                if of_type == CORE:
                    core = type_ids[u]
                    cores += 1
                elif of_type == PICTURE:
                    pictures += 1
                if neutral.size:
                    off |= neutral[u]
                u += 1
                if u >= end or space_before[u]:
                    break
            if pictures == 0 and u == t + 1:
                value = alone[type_ids[t]]
            elif pictures == 0 and cores == 1 and not short[core]:
                value = alone[core]
            else:
                key = np.uint64(0xCBF29CE484222325)  # not small: ids are, and would undo it
                for w in range(t, u):
                    key = (key ^ np.uint64(type_ids[w])) * np.uint64(0x9FB21C651E98DF25)
                    key ^= key >> np.uint64(29)
                odd_first[n_odd], odd_n[n_odd], odd_key[n_odd] = t, u - t, key
                value = n_odd | ODD
                n_odd += 1
            out[n] = value | NEUTRAL if off else value
            first[n] = t
            n += 1
            t = u
        seg_words[segment + 1] = n
    return n, n_odd


@compiled
def _negation(v, c, flags, code, i, back):
    """Turn or strengthen a valence by the word one, two or three places before it."""
    one = code[c[i - 1]]
    if back == 1:
        return v * _NEGATED if flags[c[i - 1]] & NEGATES else v
    two = code[c[i - 2]]
    if back == 2:
        if two == NEVER and one in (SO, THIS):
            return v * 1.25
        if two == WITHOUT and one == DOUBT:
            return v
        return v * _NEGATED if flags[c[i - 2]] & NEGATES else v
    three = code[c[i - 3]]
    if (three == NEVER and two in (SO, THIS)) or one in (SO, THIS):
        return v * 1.25
    if three == WITHOUT and DOUBT in (two, one):
        return v
    return v * _NEGATED if flags[c[i - 3]] & NEGATES else v


@compiled
def _idioms(v, c, code, i, n, pairs, triples, dampers):
    """Replace a valence by that of an idiom it stands in or behind; `kind of` and the like dampen it."""
    zero, one, two, three = code[c[i]], code[c[i - 1]], code[c[i - 2]], code[c[i - 3]]
    behind = (
        pairs[one, zero], triples[two, one, zero], pairs[two, one], triples[three, two, one], pairs[three, two]
    )  # fmt: skip
    for found in behind:
        if not np.isnan(found):
            v = found
            break
    if n - 1 > i:
        found = pairs[zero, code[c[i + 1]]]
        if not np.isnan(found):
            v = found
    if n - 1 > i + 1:
        found = triples[zero, code[c[i + 1]], code[c[i + 2]]]
        if not np.isnan(found):
            v = found
    v += dampers[three, two]
    v += dampers[two, one]
    return v


@compiled
def _valence(c, lex, i, n, mixed, valence, boost, flags, code, pairs, triples, dampers):
    """Give the valence of the word at `i`, changed by its neighbours."""
    v = base = valence[c[i]]
    if code[c[i]] == NO and i != n - 1 and lex[i + 1]:
        v = 0.0
    if (
        (i > 0 and code[c[i - 1]] == NO)
        or (i > 1 and code[c[i - 2]] == NO)
        or (i > 2 and code[c[i - 3]] == NO and code[c[i - 1]] in (OR, NOR))
    ):
        v = base * _NEGATED
    if mixed and flags[c[i]] & CAPITALS:
        v += _CAPITALS if v > 0 else -_CAPITALS
    for back in range(1, 4):
        if i < back or lex[i - back]:
            continue
        before = c[i - back]
        s = boost[before]
        if s != 0:
            if v < 0:
                s *= -1
            if mixed and flags[before] & CAPITALS:
                s += _CAPITALS if v > 0 else -_CAPITALS
            if back == 2 and s != 0:
                s *= 0.95
            if back == 3 and s != 0:
                s *= 0.9
            v += s
        v = _negation(v, c, flags, code, i, back)
        if back == 3:
            v = _idioms(v, c, code, i, n, pairs, triples, dampers)
    if i == 0 or code[c[i - 1]] != LEAST or lex[i - 1]:
        return v
    if i == 1 or (code[c[i - 2]] != AT and code[c[i - 2]] != VERY):
        v *= _NEGATED
    return v


@compiled
def _but(values, n, place):
    """Halve what comes before the first `but`, and raise by half what comes after it.

    As the reference does it: the place of a value is that of the first one equal to it.
    """
    for j in range(n):
        x = values[j]
        if x == 0:
            continue
        at = 0
        while values[at] != x:
            at += 1
        if at < place:
            values[at] = x * 0.5
        elif at > place:
            values[at] = x * 1.5


@compiled
def _total(values, n, compensated):
    """Add as the running Python does: from 3.12 on with Neumaier's correction."""
    total = lost = 0.0
    for j in range(n):
        x = values[j]
        t = total + x
        if compensated:
            if abs(total) >= abs(x):
                lost += (total - t) + x
            else:
                lost += (x - t) + total
        total = t
    return total + lost


@compiled
def _emphasis(excl, quest):
    """Give what exclamation and question marks add to a sum."""
    amplifier = min(excl, 4) * 0.292
    if quest > 3:
        return amplifier + 0.96
    return amplifier + quest * 0.18 if quest > 1 else amplifier + 0


@compiled
def scores(words, seg_words, seg_excl, seg_quest, odd_of, odd_first, odd_words, odd_excl, odd_quest, valence, boost,
           flags, code, pairs, triples, dampers, compensated, score, hits, values):  # fmt: skip
    """Score every segment: `score` from -1 to 1 to four decimals, `hits` words of the lexicon.

    `odd_of` says which spelling an odd word is; spelling s is the words `odd_words[odd_first[s]:odd_first[s + 1]]` and
    has so many more marks. `values`, where it has a place for every word, gets what each adds to the sum.
    """
    most = 1
    for segment in range(seg_words.size - 1):
        size = 0
        for w in range(seg_words[segment], seg_words[segment + 1]):
            if words[w] & ODD:
                s = odd_of[words[w] & PLACE]
                size += odd_first[s + 1] - odd_first[s]
            else:
                size += 1
        most = max(most, size)
    c, own = np.empty(most, np.int32), np.empty(most, np.int64)
    lex, x = np.empty(most, np.bool_), np.empty(most, np.float64)
    for segment in range(seg_words.size - 1):
        n = n_hits = n_upper = 0
        excl, quest = seg_excl[segment], seg_quest[segment]
        place = -1
        for w in range(seg_words[segment], seg_words[segment + 1]):
            on = not words[w] & NEUTRAL
            if words[w] & ODD:
                s = odd_of[words[w] & PLACE]
                for at in range(odd_first[s], odd_first[s + 1]):
                    c[n], own[n] = odd_words[at], w
                    lex[n] = on and flags[c[n]] & IN_LEXICON
                    n += 1
                excl += odd_excl[s]
                quest += odd_quest[s]
            else:
                c[n], own[n] = words[w] & PLACE, w
                lex[n] = on and flags[c[n]] & IN_LEXICON
                n += 1
        for i in range(n):
            n_upper += (flags[c[i]] & CAPITALS) >> 1
            if place < 0 and code[c[i]] == BUT:
                place = i
        mixed = 0 < n_upper < n
        for i in range(n):
            x[i] = 0.0
            if not lex[i] or boost[c[i]] != 0:
                continue
            if code[c[i]] == KIND and i < n - 1 and code[c[i + 1]] == OF:
                continue
            n_hits += 1
            x[i] = _valence(c, lex, i, n, mixed, valence, boost, flags, code, pairs, triples, dampers)
        if place >= 0 and n_hits:
            _but(x, n, place)
        total = _total(x, n, compensated) if n_hits else 0.0
        if total > 0:
            total += _emphasis(excl, quest)
        elif total < 0:
            total -= _emphasis(excl, quest)
        exact = total / np.sqrt(total * total + 15)
        score[segment] = np.rint(exact * 10_000) / 10_000
        hits[segment] = n_hits
        if values.size:
            for i in range(n):
                values[own[i]] += x[i]
