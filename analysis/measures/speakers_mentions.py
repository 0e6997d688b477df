"""Who is mentioned in a sentence: names, pronouns and role words. Not for who speaks (`speakers_rules`).

Names are runs of capitals; no list of people and no model stands behind them, so that they work for names nobody has
listed, and take an office or a country for a name as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

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

NO_MARKS: Any = None
NAME, PRONOUN, ROLE = "name", "pronoun", "role"


class Marks(NamedTuple):
    """What is looked for token by token, found beforehand: one byte a token, 1 for yes.

    `may`: could begin a mention. `opening`: no word stands before it in its sentence. `voiced`: in somebody's voice.
    `sentences` has the first token of each sentence.
    """

    may: bytes
    opening: bytes
    voiced: bytes
    sentences: Sequence[int]


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
    marks
        Found from the others where they are not given.
    """

    form: Sequence[str]
    lower: Sequence[str]
    bits: Sequence[int]
    cues: Sequence[int]
    voice: Sequence[int]
    sentence: Sequence[int]
    paragraph: Sequence[int]
    marks: Marks = NO_MARKS

    def __post_init__(self) -> None:
        if self.marks is NO_MARKS:
            object.__setattr__(self, "marks", _marks(self))


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
    may = prose.marks.may
    k = may.find(1, first, past)
    while k >= 0:
        made = None
        if prose.lower[k] in PRONOUNS:
            made = Mention(k, k + 1, k, PRONOUN, False)
        elif prose.bits[k] & CAPITAL and prose.bits[k] & IS_WORD:
            made = _name(prose, k, past, known)
        if made is None and is_role(prose.lower[k]):
            made = Mention(k, k + 1, k, ROLE, prose.lower[k].endswith(("'s", "s'")))
        if made is not None:
            found.append(made)
        k = may.find(1, k + 1 if made is None else made.past, past)
    return _chained(prose, found)


def may_begin(lower: str, bits: int) -> bool:
    """Say whether a form can begin a mention outside quotations: a pronoun, a word with a capital, a role."""
    return bool(bits & CAPITAL and bits & IS_WORD) or lower in PRONOUNS or is_role(lower)


def is_role(lower: str) -> bool:
    """Say whether a form in small letters is a role word, possessives and compounds (“co-author”) too."""
    word = lower.removesuffix("'s").removesuffix("'")
    return word in ROLES or (("-" in word) and word.rsplit("-", 1)[1] in ROLES)


def starts_sentence(prose: Prose, k: int) -> bool:
    """Say whether a token is the first word of its sentence, marks before it not counted."""
    return prose.marks.opening[k] == 1


def _marks(prose: Prose) -> Marks:
    """Find the marks of one part by itself; of many at once, `speakers_read` does."""
    n = len(prose.form)
    sentences = [k for k in range(n) if k == 0 or prose.sentence[k] != prose.sentence[k - 1]]
    opening, word = bytearray(n), False
    for k in range(n):
        word = word and k > 0 and prose.sentence[k] == prose.sentence[k - 1]
        opening[k] = not word
        word = word or bool(prose.bits[k] & (IS_WORD | IS_NUMBER))
    may = bytes(
        v != 1 and may_begin(x, b) for v, x, b in zip(prose.voice, prose.lower, prose.bits, strict=True)
    )
    return Marks(may, bytes(opening), bytes(v > 0 for v in prose.voice), sentences)


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
