"""Two articles side by side, what only one of them has marked in either. Everything is escaped.

Not for what cleaning took out of an article: see `page`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from analysis import escape
from analysis.corpus.page_style import tag

_CONTEXT = 12  # words shown on either side of a difference
_MOST = 1500  # words compared of either: the comparison takes the square of them


@dataclass(frozen=True)
class PairPage:
    """Two texts and what is said of them; shows itself in a notebook, prints as text."""

    heading: str
    heads: tuple[str, str]
    titles: tuple[str, str]
    bodies: tuple[str, str]

    def pieces(self) -> Iterator[tuple[str, str, str]]:
        """Give stretches of both texts in order: `same`, or `differs` with what each has in its place."""
        one, other = ((b or "").split()[:_MOST] for b in self.bodies)
        lower = [[w.casefold().strip(".,;:'\"“”‘’") for w in side] for side in (one, other)]
        for how, a, b, c, d in SequenceMatcher(None, lower[0], lower[1], autojunk=False).get_opcodes():
            yield "same" if how == "equal" else "differs", " ".join(one[a:b]), " ".join(other[c:d])

    def __str__(self) -> str:
        lines = [
            f"== {self.heading} ==",
            *(f"{h}: {t}" for h, t in zip(self.heads, self.titles, strict=True)),
        ]
        for how, one, other in self.pieces():
            lines.append(f"  {_short(one)}" if how == "same" else f"- {one}\n+ {other}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        sides: tuple[list[str], list[str]] = ([], [])
        for how, one, other in self.pieces():
            for side, text, kind in ((sides[0], one, "dropped"), (sides[1], other, "added")):
                if how == "same":
                    side.append(escape.text(_short(text)))
                elif text:
                    side.append(tag("del" if kind == "dropped" else "ins", f"an-{kind}", escape.text(text)))
        made = [
            tag(
                "div",
                "an-side",
                tag("div", "an-facts", escape.text(head))
                + tag("div", "an-standfirst", escape.text(title), dir="auto")
                + tag("div", "an-text", " ".join(words), dir="auto"),
            )
            for head, title, words in zip(self.heads, self.titles, sides, strict=True)
        ]
        return tag("div", "an-page", tag("div", "an-line", "".join(made)))


@dataclass(frozen=True)
class PairPages:
    """Several pairs, each folded away under its heading."""

    pages: tuple[PairPage, ...] = ()

    def __len__(self) -> int:
        return len(self.pages)

    def __str__(self) -> str:
        return "\n\n".join(map(str, self.pages))

    def _repr_html_(self) -> str:
        if not self.pages:
            return tag("div", "an-folded", "No pair is near the threshold.")
        return "\n".join(
            f"<details>{tag('summary', 'an-summary', escape.text(p.heading))}{p._repr_html_()}</details>"
            for p in self.pages
        )


def _short(text: str) -> str:
    """Leave out the middle of a long stretch that is the same."""
    words = text.split()
    if len(words) <= 3 * _CONTEXT:
        return text
    return (
        f"{' '.join(words[:_CONTEXT])} [… {len(words) - 2 * _CONTEXT} words …] {' '.join(words[-_CONTEXT:])}"
    )
