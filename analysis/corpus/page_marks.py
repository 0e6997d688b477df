"""An article as it stood before cleaning, line by line, with every removal in its place.

Kept text and removals are put together in the order of `analysis.text.base.rebuild`; the pieces joined are the
normalised text, exactly. Not for markup: `page` writes it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from analysis.text.base import Removal

_BLOCK_LINES, _BLOCK_CHARS = 8, 700  # a removal longer than this stands by itself, folded
_ENDS = 300  # characters shown of either end of a long kept line where the rest is folded
_CONTEXT = 1  # kept lines shown on either side of a removal where the rest is folded


class Piece(NamedTuple):
    """A stretch of the normalised text of one part; `rule` is None where it was kept."""

    text: str
    rule: str | None
    start: int


class Line(NamedTuple):
    """A line of pieces; or one long removal (`block`); or lines left out (`folded`, their number)."""

    pieces: tuple[Piece, ...]
    block: bool = False
    folded: int = 0

    @property
    def marked(self) -> bool:
        """True where something was removed from the line."""
        return any(p.rule not in (None, "space") for p in self.pieces)


def pieces_of(kept: str, removals: Sequence[Removal]) -> list[Piece] | None:
    """Cut the normalised text of a part into kept and removed pieces; None where they do not belong together.

    >>> [p.text for p in pieces_of("body", [Removal("body", "byline", 4, 7, " by")])]
    ['body', ' by']
    """
    pieces: list[Piece] = []
    done = taken = 0
    for removal in removals:
        keep = removal.start - done
        if keep < 0 or taken + keep > len(kept):
            return None
        if keep:
            pieces.append(Piece(kept[taken : taken + keep], None, done))
        pieces.append(Piece(removal.text, removal.rule, removal.start))
        taken += keep
        done = removal.end
    if taken < len(kept):
        pieces.append(Piece(kept[taken:], None, done))
    return pieces


def lines_of(pieces: Iterable[Piece]) -> list[Line]:
    """Break pieces into lines; blank ones are left out, long removals stand by themselves."""
    lines: list[Line] = []
    current: list[Piece] = []

    def close() -> None:
        if any(p.text.strip() for p in current):
            lines.append(Line(tuple(current)))
        current.clear()

    for piece in pieces:
        long = len(piece.text) > _BLOCK_CHARS or piece.text.count("\n") >= _BLOCK_LINES
        if piece.rule not in (None, "space") and long:
            close()
            lines.append(Line((piece,), block=True))
            continue
        at = piece.start
        for i, text in enumerate(piece.text.split("\n")):
            if i:
                close()
            if text:
                current.append(Piece(text, piece.rule, at))
            at += len(text) + 1
    close()
    return lines


def folded(lines: Sequence[Line]) -> list[Line]:
    """Leave out kept lines far from any removal, as a comparison of two files does, and the middle of long ones."""
    return [x._replace(pieces=tuple(map(_short, x.pieces))) for x in _folded(lines)]


def _short(piece: Piece) -> Piece:
    if piece.rule is not None or len(piece.text) <= 2 * _ENDS:
        return piece
    return piece._replace(text=f"{piece.text[:_ENDS]} […] {piece.text[-_ENDS:]}")


def _folded(lines: Sequence[Line]) -> Iterator[Line]:
    marks = [i for i, line in enumerate(lines) if line.marked]
    near = {j for i in marks for j in range(i - _CONTEXT, i + _CONTEXT + 1)} | {0, 1, len(lines) - 1}
    hidden = 0
    for i, line in enumerate(lines):
        if i in near:
            if hidden:
                yield Line((), folded=hidden)
            hidden = 0
            yield line
        else:
            hidden += 1
