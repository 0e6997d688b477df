"""Titles as web pages write them: headline, section and outlet in one line, taken apart.

Not for finding the headline of a pasted page: that is `layout`.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

SEPARATOR = re.compile(r"\s+[-|–—•·»]\s+")
_DOMAIN = re.compile(
    r"(?:www\.)?[A-Za-z0-9-]{2,40}(?:\.(?:com|org|net|info|news|tv|co|gov|edu|[a-z]{2})){1,2}", re.I
)
_SUFFIX_MIN = 10


class TitleCut(NamedTuple):
    """Where the headline ends, and what stood behind it."""

    end: int
    section: str | None
    outlet: str | None


def cut_title(title: str, outlet: str, known: Collection[str]) -> TitleCut | None:
    """Find the outlet, and the section before it, at the end of a title.

    >>> cut_title("Rain in the hills - Weather - EXAMPLE.COM", "", ())
    TitleCut(end=17, section='Weather', outlet='EXAMPLE.COM')
    >>> cut_title("Rain - and then snow", "The Example", ()) is None
    True
    """
    cuts = list(SEPARATOR.finditer(title))
    if not cuts or cuts[0].start() == 0:
        return None
    last = title[cuts[-1].end() :]
    named = is_name(last, outlet)
    if not named and last not in known:
        return None
    end, section = cuts[-1].start(), None
    if not named and _sectional(last):
        return TitleCut(end, last, None)
    if len(cuts) > 1 and named:
        middle = title[cuts[-2].end() : cuts[-1].start()]
        if _sectional(middle) and cuts[-2].start() > 0:
            section, end = middle, cuts[-2].start()
    return TitleCut(end, section, last if named else None)


def learn_suffixes(titles: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Give, by outlet, what ends so many of its titles that it is not part of them."""
    learned: dict[str, tuple[str, ...]] = {}
    for outlet, some in sorted(titles.items()):
        last: Counter[str] = Counter()
        n = 0
        for title in some:
            n += 1
            pieces = SEPARATOR.split(title)
            if len(pieces) > 1:
                last[pieces[-1]] += 1
        need = max(_SUFFIX_MIN, n // 50)
        found = sorted(s for s, times in last.items() if times >= need and len(s) <= 60)
        if found:
            learned[outlet] = tuple(found)
    return learned


def is_name(suffix: str, outlet: str) -> bool:
    """Say whether a suffix is the outlet's name or its domain."""
    folded = suffix.casefold()
    if not outlet:
        return bool(_DOMAIN.fullmatch(suffix)) and "." in suffix and (suffix.isupper() or suffix.islower())
    own = outlet.casefold()
    squeezed = own.replace(" ", "").removeprefix("the").split(".")[0]
    bare = folded.removeprefix("www.").removeprefix("the").split(".")[0].replace(" ", "")
    return (
        folded == own
        or bare == squeezed
        or (bool(_DOMAIN.fullmatch(suffix)) and bare in (squeezed, "the" + squeezed))
    )


def _sectional(words: str) -> bool:
    return (
        len(words.split()) <= 3 and words[:1].isupper() and words.replace(" ", "").replace("&", "").isalpha()
    )
