"""One name for one person within an article: short names go to the full one, pronouns where only one person is meant.

Not for people across articles: the same name is taken for the same speaker, and a user's aliases say what is one.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from analysis.errors import InputError, message
from analysis.measures.speakers_mentions import NAME, PRONOUN, Mention, Prose
from analysis.measures.speakers_rules import Spoken
from analysis.measures.speakers_words import BODIES, PERSONS, TITLES

Words = tuple[str, ...]


class Voiced(NamedTuple):
    """Who speaks, by name; None where it is left open. `through` passed the words on."""

    speaker: str | None
    through: str | None
    kind: str


def words_of(prose: Prose, m: Mention) -> Words:
    """The words of a name, its titles and a final 's left out."""
    words = [prose.form[t] for t in range(m.head, m.past) if prose.form[t] != "."]
    if words:
        words[-1] = words[-1].replace("’", "'").removesuffix("'s").removesuffix("'")
    return tuple(words)


class Roster:
    """The names of one article, in the order of their first mention."""

    def __init__(self, names: Sequence[Words]) -> None:
        self._place: dict[Words, int] = {}
        for place, name in enumerate(names):
            self._place.setdefault(name, place)
        self._full = [(n, _folded(n), p) for n, p in self._place.items() if len(n) > 1]
        self._known: dict[Words, Words] = {}

    def full(self, name: Words) -> Words:
        """The fullest form of a name in the article before it; as written where there is none, or more than one.

        A short name that comes first is no short form: “Taliban” before “Afghan Taliban”.

        >>> Roster([("Amir", "Khan", "Muttaqi"), ("Asif", "Durrani")]).full(("Muttaqi",))
        ('Amir', 'Khan', 'Muttaqi')
        >>> Roster([("Ann", "Reed"), ("Bob", "Reed")]).full(("Reed",))
        ('Reed',)
        """
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def _find(self, name: Words) -> Words:
        plain, place = _folded(name), self._place.get(name, len(self._place))
        for fits in (_ends_alike, _holds):
            found = [f for f, folded, p in self._full if p <= place and fits(folded, plain)]
            longest = max(found, key=len, default=None)
            if longest is not None and all(_within(f, longest) for f in found):
                return longest if len(longest) > len(name) else name
            if found:
                return name
        return name


def _folded(name: Words) -> Words:
    return tuple(w.casefold() for w in name)


def _ends_alike(full: Words, name: Words) -> bool:
    """Say whether a name is the other, some of its first names left out: “A. Muttaqi”, “Muttaqi”."""
    return full[-1] == name[-1] and (len(name) == 1 or full[0] == name[0] or full[-len(name) :] == name)


def _holds(full: Words, name: Words) -> bool:
    """Say whether one word stands anywhere in the other: “Imran” for Imran Khan."""
    return len(name) == 1 and name[0] in full and name[0] not in TITLES


def _within(name: Words, longest: Words) -> bool:
    return {w.casefold() for w in name} <= {w.casefold() for w in longest}


def named(prose: Prose, spoken: Sequence[Spoken], names: Sequence[Mention], roster: Roster) -> list[Voiced]:
    """Name the speaker of each passage of a part.

    “He” and “she” get the name of the passage before, where no other name stands between the two; other pronouns and
    role words are left open.
    """
    found: list[Voiced] = []
    last: tuple[int, Words] | None = None  # where a named speaker was last mentioned
    for one in spoken:
        name: Words | None = None
        kind = one.source.kind if one.source else "none"
        if one.source and one.source.kind == NAME:
            name = roster.full(words_of(prose, one.source))
            last = (one.source.past, name) if last is None or one.source.past >= last[0] else last
        elif one.source and one.source.kind == PRONOUN and prose.lower[one.source.first] in PERSONS - {"i"}:
            name = _meant(prose, one.source, last, names, roster)
            if name and last:
                last = (max(last[0], one.source.past), name)
        through = None
        if one.inner:
            through, name, kind = name, roster.full(words_of(prose, one.inner)), NAME
        found.append(Voiced(" ".join(name) if name else None, " ".join(through) if through else None, kind))
    return found


def _meant(
    prose: Prose, pronoun: Mention, last: tuple[int, Words] | None, names: Sequence[Mention], roster: Roster
) -> Words | None:
    """The speaker before, unless somebody else was named since."""
    if last is None:
        return None
    place, name = last
    if pronoun.first < place:
        return name if place - pronoun.past < 0 else None
    for m in names:
        between = place <= m.first and m.past <= pronoun.first and _is_person(prose, m, roster)
        if between and not set(roster.full(words_of(prose, m))) <= set(name):
            return None
    return name


def _is_person(prose: Prose, m: Mention, roster: Roster) -> bool:
    """Say whether a name could be meant by "he": two words or more, of no body, not somebody's, and no place."""
    full = roster.full(words_of(prose, m))
    if m.of or len(full) < 2 or full[-1].casefold() in BODIES:
        return False
    before = m.first - 1 if m.first and prose.lower[m.first - 1] != "the" else m.first - 2
    return before < 0 or prose.lower[before] not in ("in", "at", "from", "near")


def read_aliases(aliases: Mapping[str, str | Sequence[str]] | None) -> dict[str, str]:
    """Turn `{"Amir Khan Muttaqi": ["Muttaqi", "Amir Muttaqi"]}` into name by spelling, case ignored.

    Raises
    ------
    InputError
        Not a mapping of names, or one spelling for two names.
    """
    found: dict[str, str] = {}
    if aliases is None:
        return found
    if not isinstance(aliases, Mapping):
        raise InputError(
            message(
                "`aliases`", got=type(aliases).__name__, expected='such as {"Amir Khan Muttaqi": ["Muttaqi"]}'
            )
        )
    for name, spellings in aliases.items():
        several = (spellings,) if isinstance(spellings, str) else tuple(spellings)
        if (
            not isinstance(name, str)
            or not name.strip()
            or not all(isinstance(s, str) and s.strip() for s in several)
        ):
            raise InputError(
                message("`aliases` holds what is no name", got={name: spellings}, expected="texts")
            )
        for spelling in (name, *several):
            key = " ".join(spelling.casefold().split())
            if found.get(key, name) != name:
                raise InputError(
                    message(f"The alias {spelling!r} stands for two names", got=[found[key], name])
                )
            found[key] = name
    return found
