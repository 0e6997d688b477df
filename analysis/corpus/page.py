"""An article as a page to read in a notebook: as it stood, with what was removed and corrected marked in its place.

Everything on it is escaped; nothing of an article becomes markup. Not for lists of articles.
"""

import html
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from analysis import escape
from analysis.corpus.glossary import RULES, meaning_of_flag, meaning_of_rule, meaning_of_step
from analysis.corpus.page_marks import Line, Piece, folded, lines_of, pieces_of
from analysis.corpus.page_style import tag
from analysis.text.base import Removal

_FACTS = ("outlet", "published", "author", "agency", "section", "dateline", "language", "n_words", "link")
_LEGEND = {"field": "kept in a field", "repeat": "stands elsewhere in the article", "dropped": "dropped"}
_LONG_LINK = 90
_SOURCES = {
    "printed": "as printed in the text",
    "published": "as the source says",
    "listing": "from a list of articles",
    "page": "as found on the page",
    "correction": "corrected",
}


@dataclass(frozen=True)
class ArticlePage:
    """One article with its ledger; shows itself in a notebook, prints as text.

    `article` has the fields with corrections laid over, `stored` as cleaning gave them; `corrections` are rows of
    `corrections.csv` with the value before (`old`).
    """

    article: dict[str, Any]
    removals: tuple[Removal, ...] = ()
    corrections: tuple[dict[str, Any], ...] = ()
    stored: Mapping[str, Any] = field(default_factory=dict)

    @property
    def body(self) -> str:
        """The cleaned text."""
        return self.article["body"] or ""

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that took something out, white space not counted."""
        return tuple(sorted({r.rule for r in self.removals} - {"space"}))

    def lines(self, part: str) -> list[Line]:
        """Give the lines of a part as it stood before cleaning, what was removed marked."""
        kept = (self.stored or self.article).get(part) or ""
        removals = [r for r in self.removals if r.part == part]
        pieces = pieces_of(kept, removals)
        if pieces is None:  # files of another hand: show what was removed behind the text, never nothing
            pieces = [Piece(kept + "\n", None, 0)]
            pieces += [Piece(f"{r.text}\n", r.rule, r.start) for r in removals]
        return lines_of(pieces)

    def __str__(self) -> str:
        a = self.article
        head = [a["title"] or "(no title)", a["standfirst"] or ""]
        head += [f"{name}: {value}" for name, value in self._facts()]
        head += [f"flag: {f} ({meaning_of_flag(f)})" for f in a["flags"] or ()]
        if a["steps"]:
            head.append(f"normalised: {', '.join(meaning_of_step(s) for s in a['steps'])}")
        head += [
            f"[corrected: {c['field']} was {_shown(c.get('old'))}, is {_shown(c['value'])}{_because(c)}]"
            for c in self.corrections
        ]
        text = [_plain(line) for line in self.lines("body")]
        if self._corrected("body"):
            text = [self.body, "", "[before the correction:]", *text]
        suffix = [
            f"[{r.part}, {r.rule}: {r.text.strip()}]"
            for r in self.removals
            if r.part != "body" and r.text.strip()
        ]
        return "\n".join([*filter(None, head), "", *suffix, *text, "", self.ledger()]).rstrip() + "\n"

    def ledger(self) -> str:
        """Say in a sentence how much cleaning took out."""
        seen = [r for r in self.removals if r.rule != "space"]
        if not seen:
            return "Cleaning took nothing out."
        chars = sum(len(r.text) for r in seen)
        stored = self.stored or self.article
        # The title of a pasted page came out of its body, and is counted there.
        parts = ("body",) if "headline" in self.rules else ("title", "body")
        whole = sum(len(r.text) for r in self.removals) + sum(len(stored.get(p) or "") for p in parts)
        pieces = "1 piece" if len(seen) == 1 else f"{len(seen):,} pieces"
        return f"Cleaning took out {pieces}: {chars:,} of {whole:,} characters ({100 * chars / whole:.1f} %)."

    def html(self, *, fold: bool = False) -> str:
        """Give the page as HTML; `fold` leaves out kept paragraphs far from any removal."""
        a, t = self.article, escape.text
        title = t(a["title"] or "(no title)") if self._corrected("title") else self._title()
        made = [tag("div", "an-title", title, dir="auto")]
        if a["standfirst"]:
            made.append(tag("div", "an-standfirst", t(a["standfirst"]), dir="auto"))
        made.append(tag("div", "an-facts", " · ".join(self._fact(n, v) for n, v in self._facts())))
        made += self._boxes()
        lines = self.lines("body")
        marked = "".join(_html_line(x) for x in (folded(lines) if fold else lines))
        if self._corrected("body"):
            made += [_html_line(x) for x in lines_of([Piece(self.body, None, 0)])]
            made.append(f"<details>{tag('summary', 'an-summary', 'Before the correction')}{marked}</details>")
        else:
            made.append(marked or tag("div", "an-folded", "(no text)"))
        made.append(self._ledger_box())
        return tag("div", "an-page", "\n".join(made))

    def _repr_html_(self) -> str:
        return self.html()

    def _corrected(self, name: str) -> bool:
        return bool(self.stored) and self.stored.get(name) != self.article.get(name)

    def _title(self) -> str:
        return "".join(_html_piece(p) for line in self.lines("title") for p in line.pieces) or "(no title)"

    def _facts(self) -> list[tuple[str, str]]:
        a = self.article
        found: list[tuple[str, str]] = []
        for name in _FACTS:
            value = a.get(name)
            if value in (None, "", []):
                continue
            if name == "published":
                value = str(value)[:10]
                if a["published_precision"] in ("month", "year"):
                    value = value[: 7 if a["published_precision"] == "month" else 4]
                source = _SOURCES.get(a["published_source"] or "", "")
                value += f" ({source})" if source else ""
            found.append((name.removeprefix("n_"), f"{value:,}" if name == "n_words" else str(value)))
        if not a.get("published"):
            found.insert(1 if a.get("outlet") else 0, ("published", "no date"))
        place = a.get("source_file")
        if place:
            line = f", line {a['source_line']}" if a.get("source_line") else ""
            found.append(("read from", f"{place}{line}"))
        return [*found, ("doc_id", a["doc_id"])]

    def _fact(self, name: str, value: str) -> str:
        t = escape.text
        link = escape.link(value) if name == "link" else None
        text = t(value if len(value) <= _LONG_LINK else value[: _LONG_LINK - 1] + "…")
        shown = tag("a", "an-link", text, href=html.unescape(link), rel="noreferrer") if link else t(value)
        shown = f'<span dir="auto">{shown}</span>'
        return shown if name == "outlet" else f"{t(name)} {shown}"

    def _boxes(self) -> list[str]:
        t, boxes = escape.text, []
        items = "".join(
            f"<li>{t(c['field'])}: {tag('span', 'an-old', t(_shown(c.get('old'))), dir='auto')} → "
            f"{tag('span', 'an-new', t(_shown(c['value'])), dir='auto')}{t(_because(c))}</li>"
            for c in self.corrections
        )
        if items:
            boxes.append(tag("div", "an-corrected", f"Corrected by hand{_ul(items)}"))
        items = "".join(
            f"<li>{t(meaning_of_flag(f))} (<code>{t(f)}</code>)</li>" for f in self.article["flags"] or ()
        )
        if items:
            boxes.append(tag("div", "an-box", f"Doubtful{_ul(items)}"))
        return boxes

    def _ledger_box(self) -> str:
        t = escape.text
        steps = self.article["steps"] or ()
        said = t(self.ledger())
        if steps:
            said += f" Before that: {t(', '.join(meaning_of_step(s) for s in steps))}."
        chars: Counter[str] = Counter()
        for r in self.removals:
            chars[r.rule] += len(r.text) * (r.rule != "space")
        items = "".join(
            f"<li>{_chip(rule)} {t(meaning_of_rule(rule))}: {n:,} characters</li>"
            for rule, n in sorted(chars.items(), key=lambda kv: (-kv[1], kv[0]))
            if n
        )
        seen = {_kind(r) for r in chars if chars[r]}
        legend = " ".join(tag("span", f"an-chip-{k}", v) for k, v in _LEGEND.items() if k in seen)
        return tag("div", "an-box", said + (f" {legend}{_ul(items)}" if items else ""))


@dataclass(frozen=True)
class ArticlePages:
    """Several articles, each folded away under its heading."""

    pages: tuple[tuple[str, ArticlePage], ...] = ()

    def __str__(self) -> str:
        return "\n".join(f"== {heading} ==\n{page}" for heading, page in self.pages)

    def __len__(self) -> int:
        return len(self.pages)

    def _repr_html_(self) -> str:
        if not self.pages:
            return tag("div", "an-folded", "No article to show.")
        return "\n".join(
            f"<details>{tag('summary', 'an-summary', escape.text(heading), dir='auto')}{page.html(fold=True)}</details>"
            for heading, page in self.pages
        )


def _kind(rule: str) -> str:
    return RULES[rule].becomes if rule in RULES else "dropped"


def _chip(rule: str) -> str:
    return tag("span", f"an-chip-{_kind(rule)}", escape.text(rule))


def _html_line(line: Line) -> str:
    if line.folded:
        n = "1 paragraph" if line.folded == 1 else f"{line.folded:,} paragraphs"
        return tag("div", "an-folded", f"… {n} that stay as they are …")
    rules = dict.fromkeys(p.rule for p in line.pieces if p.rule not in (None, "space") and p.text.strip())
    names = ", ".join(str(r) for r in rules)
    if line.block:
        text = line.pieces[0].text
        size = f"{names}: {len(text):,} characters, {len(text.strip().splitlines()):,} lines"
        inner = "<br>".join(
            _html_piece(line.pieces[0]._replace(text=x)) for x in text.split("\n") if x.strip()
        )
        shown = tag(
            "details",
            "an-more",
            tag("summary", "an-summary", tag("span", f"an-chip-{_kind(names)}", escape.text(size))) + inner,
        )
    else:
        shown = tag("div", "an-text", "".join(_html_piece(p) for p in line.pieces), dir="auto")
    margin = " ".join(_chip(str(r)) for r in rules)
    return tag("div", "an-line", shown + tag("div", "an-rule", margin))


def _html_piece(piece: Piece) -> str:
    if piece.rule is None or not piece.text.strip():
        return escape.text(piece.text)
    place = f"characters {piece.start:,} to {piece.start + len(piece.text):,}"
    said = f"{piece.rule}: {meaning_of_rule(piece.rule)} ({place})"
    return tag("del", f"an-{_kind(piece.rule)}", escape.text(piece.text), title=said)


def _plain(line: Line) -> str:
    return "".join(p.text if _kept(p) else f"[{p.rule}: {p.text.strip()}]" for p in line.pieces)


def _kept(piece: Piece) -> bool:
    return piece.rule in (None, "space") or not piece.text.strip()


def _ul(items: str) -> str:
    return tag("ul", "an-list", items)


def _shown(value: Any) -> str:
    if value in (None, ""):
        return "(empty)"
    text = str(value)
    return text if len(text) <= 200 else text[:199] + "…"


def _because(correction: Mapping[str, Any]) -> str:
    who = f" ({correction['who']})" if correction.get("who") else ""
    why = correction.get("why") or "no reason given"
    return f": {why}{who}"
