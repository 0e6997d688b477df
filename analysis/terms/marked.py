"""One article as a page to read: the hits of a pattern marked where they stand, the voices told apart by colour.

Not for what cleaning took out of an article (`Corpus.read` shows that), nor for lists of articles.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from analysis.corpus.encoded import TokenBatch
from analysis.errors import UnknownNameError, message
from analysis.escape import attribute, link, text
from analysis.schema import PARTS, VOICES
from analysis.terms.matching import finder
from analysis.terms.patterns import Pattern, pattern_of

if TYPE_CHECKING:
    from analysis.terms.tokens import Tokens

_NEEDED = ("type_ids", "seg_part", "seg_sentence", "seg_voice", "seg_start", "seg_end", "seg_tokens")
_FIELDS = ("doc_id", "outlet", "published", "author", "link", "language", *PARTS)
_STYLE = """<style>
.an-marked{max-width:44em;line-height:1.5}.an-marked p{margin:.6em 0}.an-marked h3{margin:.2em 0}
.an-marked mark{background:#ffe08a;color:#1a1a1a;padding:0 .1em}
.an-marked .quotation{color:#1f5fa8}.an-marked .reported{color:#8a4f00}
.an-marked .an-key{font-size:85%;color:#555}
</style>"""


class Span(NamedTuple):
    """A stretch of the text of a part: its first character, and the one behind its last."""

    part: str
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class MarkedArticle:
    """An article with its marks; shows itself in a notebook, prints as text. Made by `marked`.

    Attributes
    ----------
    article
        Its fields and texts by name.
    voices
        Every segment as (span, voice), in reading order.
    marks
        Spans to be marked, in reading order, none overlapping.
    """

    article: dict[str, Any]
    voices: tuple[tuple[Span, str], ...]
    marks: tuple[Span, ...]

    def _repr_html_(self) -> str:
        return self.html()

    def html(self) -> str:
        """Give the page as HTML; everything of the article is escaped."""
        head = [text(self.article["outlet"] or "outlet unknown"), text(_day(self.article["published"]))]
        head += [text(self.article["author"])] if self.article["author"] else []
        url = link(self.article["link"])
        if url:
            head.append(f'<a href="{url}" rel="noopener noreferrer" target="_blank">link</a>')
        made = [f"<h3>{self._part('title') or '(no title)'}</h3>", f"<p>{' · '.join(head)}</p>"]
        if self.article["standfirst"]:
            made.append(f"<p><strong>{self._part('standfirst')}</strong></p>")
        made += [f"<p>{piece}</p>" for piece in self._part("body").split("\n") if piece.strip()]
        key = 'narration, <span class="quotation">quotation</span>, <span class="reported">reported</span>'
        made.append(f'<p class="an-key">{len(self.marks):,} marked. Voices: {key}</p>')
        doc_id = attribute(self.article["doc_id"])
        return (
            f'{_STYLE}<div class="an-marked" dir="auto" data-doc-id="{doc_id}">' + "\n".join(made) + "</div>"
        )

    def __str__(self) -> str:
        made = [f"{self.article['outlet'] or 'outlet unknown'}, {_day(self.article['published'])}"]
        for part in PARTS:
            raw, at = self.article[part] or "", 0
            pieces = []
            for mark in (m for m in self.marks if m.part == part):
                pieces += [raw[at : mark.start], f"[{raw[mark.start : mark.end]}]"]
                at = mark.end
            made.append("".join([*pieces, raw[at:]]))
        return "\n\n".join(filter(None, made))

    def _part(self, part: str) -> str:
        """Give the HTML of a part; a line end closes what is open, so that paragraphs can be cut at it."""
        raw = self.article[part] or ""
        styles: list[tuple[int, int, str, str]] = [
            (s.start, s.end, f'<span class="{voice}">', "</span>")
            for s, voice in self.voices
            if s.part == part and voice != "narration"
        ]
        marks = [(s.start, s.end, "<mark>", "</mark>") for s in self.marks if s.part == part]
        cuts = sorted({0, len(raw), *(c for a, b, _, _ in styles + marks for c in (a, b))})
        made = []
        for a, b in pairwise(cuts):
            over = [w for w in (*styles, *marks) if w[0] <= a and b <= w[1]]
            before, after = "".join(w[2] for w in over), "".join(w[3] for w in reversed(over))
            lines = raw[a:b].split("\n")
            made.append("\n".join(f"{before}{text(line)}{after}" if line else "" for line in lines))
        return "".join(made)


def marked(tokens: "Tokens", doc_id: str, pattern: "str | Pattern | None" = None) -> MarkedArticle:
    """Open one article with the hits of a pattern marked.

    Parameters
    ----------
    tokens
        The corpus, and the recipe whose voices, parts and case hold for the pattern.
    doc_id
        The article.
    pattern
        As for `term_rate`; None marks nothing.

    Returns
    -------
    MarkedArticle

    Raises
    ------
    UnknownNameError
        No such article in the selection.
    """
    corpus = tokens.corpus.where(doc_id=[doc_id])
    found = finder(tokens, pattern_of(pattern)) if pattern is not None else None
    columns = dict.fromkeys((*_FIELDS, *_NEEDED, *(found.columns if found else ())))
    for batch in corpus.scan(*columns):
        if not batch.num_rows:
            continue
        stream = TokenBatch.of(batch)
        article = {name: batch.column(name).to_pylist()[0] for name in _FIELDS}
        segments = list(
            zip(
                *(getattr(stream, f"seg_{n}").tolist() for n in ("part", "start", "end", "voice")),
                strict=True,
            )
        )
        voices = tuple((Span(PARTS[p], a, b), VOICES[v]) for p, a, b, v in segments)
        marks: tuple[Span, ...] = ()
        if found is not None:
            hits = found(batch, stream)
            spans = token_spans(stream, tokens.corpus.encoding.forms, article)
            marks = tuple(
                Span(spans[a].part, spans[a].start, spans[a + n - 1].end)
                for a, n in zip(hits.token.tolist(), hits.length.tolist(), strict=True)
            )
        return MarkedArticle(article, voices, marks)
    raise UnknownNameError(
        message("there is no such article in this selection", got=doc_id, expected="a doc_id of it")
    )


def token_spans(stream: TokenBatch, forms: Any, article: dict[str, Any]) -> list[Span]:
    """Give the place of every token of a batch of one article; a loop, because one article is read at a time."""
    words = forms.take(np.asarray(stream.type_ids)).to_pylist()
    made, k = [], 0
    for s, count in enumerate(stream.seg_tokens.tolist()):
        part = PARTS[int(stream.seg_part[s])]
        raw, at = article[part] or "", int(stream.seg_start[s])
        for word in words[k : k + count]:
            place = raw.find(word, at)
            at = place if place >= 0 else at
            made.append(Span(part, at, at + len(word)))
            at += len(word)
        k += count
    return made


def _day(value: Any) -> str:
    return str(value)[:10] if value is not None else "no date"
