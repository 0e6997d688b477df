"""Who is mentioned in a sentence: names, pronouns and role words. Not for who speaks (`speakers_rules`).

Names are runs of capitals; no list of people and no model stands behind them, so that they work for names nobody has
listed, and take an office or a country for a name as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analysis.measures.speakers_words import (
    BODIES,
    KEPT,
    NOT_NAMES,
    PARTICLES,
    PRONOUNS,
    ROLES,
    TITLES,
)
from analysis.text import voice_words as w
from analysis.text.segments_features import CAPITAL, COMMA, INITIAL, IS_NUMBER, IS_WORD, OPENER

NAME, PRONOUN, ROLE = "name", "pronoun", "role"


@dataclass(frozen=True, slots=True)
class Prose:
    """The tokens of one part of an article as lists, one entry a token.

    Attributes
    ----------
    form, lower
        As written; in small letters, ’ as '.
    bits, cues
        The features of `segments_features` and of `voice_words`.
    voice, sentence, paragraph
        Numbers as in the corpus; paragraphs from 0.
    """

    form: Sequence[str]
    lower: Sequence[str]
    bits: Sequence[int]
    cues: Sequence[int]
    voice: Sequence[int]
    sentence: Sequence[int]
    paragraph: Sequence[int]


class Mention(NamedTuple):
    """A mention: its tokens `first` to before `past`; `head` is the first token of the name itself."""

    first: int
    past: int
    head: int
    kind: str
    of: bool  # somebody's: “Trump’s”


def mentions(prose: Prose, first: int, past: int, known: frozenset[str] = frozenset()) -> list[Mention]:
    """List the mentions in tokens `first` to before `past`, in order, none overlapping.

    Parameters
    ----------
    prose
        The part of the article.
    first, past
        Tokens of one sentence; quotations in it are passed over.
    known
        Words that stand with a capital within sentences of the article: the first word of a sentence is a name only if
        it is one of them, or another capital follows.
    """
    found: list[Mention] = []
    k = first
    while k < past:
        made = None
        if prose.voice[k] != 1:
            if prose.lower[k] in PRONOUNS and prose.lower[k] != "us":
                made = Mention(k, k + 1, k, PRONOUN, False)
            elif prose.bits[k] & CAPITAL and prose.bits[k] & IS_WORD:
                made = _name(prose, k, past, known)
            if made is None and is_role(prose, k):
                made = Mention(k, k + 1, k, ROLE, prose.lower[k].endswith(("'s", "s'")))
        if made is None:
            k += 1
        else:
            found.append(made)
            k = made.past
    return _chained(prose, found)


def is_role(prose: Prose, k: int) -> bool:
    """Say whether the token is a role word, possessives and compounds (“co-author”) too."""
    word = prose.lower[k].removesuffix("'s").removesuffix("'")
    return word in ROLES or (("-" in word) and word.rsplit("-", 1)[1] in ROLES)


def starts_sentence(prose: Prose, k: int) -> bool:
    """Say whether a token is the first word of its sentence, marks before it not counted."""
    j = k - 1
    while j >= 0 and prose.sentence[j] == prose.sentence[k]:
        if prose.bits[j] & (IS_WORD | IS_NUMBER):
            return False
        j -= 1
    return True


def _name(prose: Prose, k: int, past: int, known: frozenset[str]) -> Mention | None:
    """Read the name that begins at `k`, None where there is none."""
    lower = prose.lower
    begins = starts_sentence(prose, k)
    if lower[k] in NOT_NAMES and lower[k] not in ("mr", "ms", "mrs", "dr"):
        return None
    end = k
    while end < past and prose.voice[end] != 1:
        if prose.bits[end] & CAPITAL and prose.bits[end] & IS_WORD:
            if (
                end > k
                and lower[end] in NOT_NAMES
                and lower[end] not in ("may", "june", "april", "march", "august")
            ):
                break
            end += 1
            if lower[end - 1].endswith(("'s", "s'")):
                break
        elif (
            prose.form[end] == "."
            and end > k
            and (prose.bits[end - 1] & INITIAL or lower[end - 1] in TITLES)
            and end + 1 < past
            and prose.bits[end + 1] & CAPITAL
        ):
            end += 1  # “Mr. Trump”, “J. Smith”
        elif (
            (lower[end] in PARTICLES or prose.form[end] == "&")
            and end > k
            and end + 1 < past
            and prose.bits[end + 1] & CAPITAL
        ):
            end += 1
        else:
            break
    while end > k and not prose.bits[end - 1] & IS_WORD:
        end -= 1
    if begins and end == k + 1:
        plain = lower[k].removesuffix("'s")
        common = prose.bits[k] & OPENER or prose.cues[k] or plain in ROLES
        if plain not in known and (common or not _said_next(prose, k, past)):
            return None
    words = [x.removesuffix("'s").removesuffix("'") for x in lower[k:end]]
    only_title = words[-1] in TITLES - KEPT or all(x in TITLES or x in ROLES or x == "." for x in words)
    of = lower[end - 1].endswith(("'s", "s'"))
    head = k if words[-1] in BODIES else k + _past_titles(words)
    if only_title:
        return Mention(k, end, k, ROLE, of)
    return Mention(k, end, head, NAME, of)


def _past_titles(words: list[str]) -> int:
    """Count what stands before the name itself: “US President” of “US President Jane Doe”."""
    after = [
        i
        for i, x in enumerate(words[:-1])
        if x in TITLES - KEPT or x in ROLES or (x == "." and words[i - 1] in TITLES)
    ]
    head = after[-1] + 1 if after else 0
    if head == 0 and words[0] in KEPT and len(words) > 2:  # “Justice Isa Khan”
        head = 1
    return head


def _said_next(prose: Prose, k: int, past: int) -> bool:
    """Say whether a verb of saying, a comma or another name's word follows: what opens a sentence is then a name."""
    return k + 1 < past and (
        prose.cues[k + 1] & (w.SAYS | w.BE | w.FINITE | w.ED) != 0 or prose.bits[k + 1] & COMMA != 0
    )


def _chained(prose: Prose, found: list[Mention]) -> list[Mention]:
    """Join “State Department” + “spokesperson” + “Matthew Miller”: the last name is the head."""
    joined: list[Mention] = []
    for m in found:
        if (
            joined
            and joined[-1].past == m.first
            and not joined[-1].of
            and joined[-1].kind != PRONOUN != m.kind
            and not joined[-1].kind == NAME == m.kind
        ):
            before = joined.pop()
            head = m.head if m.kind == NAME else before.first
            joined.append(Mention(before.first, m.past, head, m.kind, m.of))
        else:
            joined.append(m)
    return joined
