"""An article as a page: the words behind its tone marked with what each adds, and voices told apart.

Everything of the article is escaped; nothing of it becomes markup. Not for scoring (`segments`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from analysis import escape
from analysis.corpus.page_style import tag
from analysis.schema import VOICES

MEANING = {
    "narration": "the paper's own words",
    "quotation": "in quotation marks",
    "reported": "what others are said to have said",
}


@dataclass(frozen=True)
class Span:
    """A segment: its place, voice and score, and its text in stretches with what each adds to the score."""

    part: str
    sentence: int
    voice: str
    score: float
    words: int
    hits: int
    apart: bool
    pieces: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True)
class MarkedArticle:
    """One article with its segments in reading order; shows itself in a notebook, prints as text."""

    doc_id: str
    facts: tuple[str, ...]
    instrument: str
    spans: tuple[Span, ...]

    def lines(self) -> Iterator[str]:
        """Say what the tone of each voice is."""
        for voice in VOICES:
            own = [s for s in self.spans if s.voice == voice and (s.words or s.hits)]
            if own:
                hit = sum(s.hits > 0 for s in own)
                mean = sum(s.score for s in own) / len(own)
                some = "1 segment" if len(own) == 1 else f"{len(own)} segments"
                yield f"{voice} ({MEANING[voice]}): mean {mean:+.3f} of {some}, {hit} with a hit"

    def __str__(self) -> str:
        text = [" · ".join(self.facts), *(f"{line}" for line in self.lines()), ""]
        for span in self.spans:
            words = "".join(t if v is None else f"[{t} {v:+.1f}]" for t, v in span.pieces)
            text.append(f"{span.voice[:4]} {span.score:+.2f}  {' '.join(words.split())}")
        return "\n".join(text) + "\n"

    def _repr_html_(self) -> str:
        made = []
        for part, spans in groupby(self.spans, key=lambda s: s.part):
            kind = {"title": "an-title", "standfirst": "an-standfirst"}.get(part, "an-text")
            if part != "body":
                made.append(tag("div", kind, _joined(spans), dir="auto"))
                continue
            for _, sentence in groupby(spans, key=lambda s: s.sentence):
                made.append(_sentence(list(sentence)))
        legend = " ".join(
            tag("span", f"an-voice-{voice}", escape.text(f"{voice}: {MEANING[voice]}")) for voice in VOICES
        )
        about = " · ".join(escape.text(f) for f in (*self.facts, f"scored by {self.instrument}"))
        sums = "<br>".join(escape.text(line) for line in self.lines())
        box = tag("div", "an-box", f"{legend}<br>{sums}")
        return tag("div", "an-page", tag("div", "an-facts", about) + box + "\n".join(made))


def _sentence(spans: list[Span]) -> str:
    """A sentence of the body, its score beside it."""
    hit = any(s.hits for s in spans)
    scores = " / ".join(f"{s.score:+.2f}" for s in spans if s.words or s.hits) if hit else ""
    text = tag("div", "an-text", _joined(spans), dir="auto")
    return tag("div", "an-line", text + tag("div", "an-rule", escape.text(scores)))


def _joined(spans: Iterable[Span]) -> str:
    """Put segments side by side as they stand in the text."""
    return "".join((" " if s.apart else "") + _span(s) for s in spans).strip()


def _span(span: Span) -> str:
    """A segment in the colour of its voice, the words behind its score marked."""
    inner = "".join(
        escape.text(text)
        if value is None
        else tag("mark", "an-good" if value > 0 else "an-bad", escape.text(text) + _worth(value))
        for text, value in span.pieces
    )
    return tag("span", f"an-voice-{span.voice}", inner, title=f"{span.voice}, {span.score:+.3f}")


def _worth(value: float) -> str:
    return tag("sup", "an-worth", escape.text(f"{value:+.1f}"))
