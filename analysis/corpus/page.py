"""An article as a page to read in a notebook: its text, its fields, what was removed and what was corrected.

Everything on it is escaped; nothing of an article becomes markup. Not for lists of articles.
"""

from dataclasses import dataclass
from typing import Any

from analysis import escape

_FIELDS = (
    "outlet",
    "agency",
    "published",
    "published_precision",
    "published_source",
    "author",
    "section",
    "dateline",
    "language",
    "link",
    "n_words",
    "source_file",
    "source_line",
    "flags",
    "steps",
)


@dataclass(frozen=True)
class ArticlePage:
    """One article with its ledger; shows itself in a notebook, prints as text."""

    article: dict[str, Any]
    removals: tuple[dict[str, Any], ...] = ()
    corrections: tuple[dict[str, str], ...] = ()

    @property
    def body(self) -> str:
        """The cleaned text."""
        return self.article["body"] or ""

    def __str__(self) -> str:
        a = self.article
        head = [a["title"] or "(no title)", a["standfirst"] or ""]
        head += [f"{n}: {_plain(a[n])}" for n in _FIELDS if a[n] not in (None, [], "")]
        tail = [f"[removed: {r['rule']}] {r['text'].strip()}" for r in self.removals if r["text"].strip()]
        tail += [f"[corrected: {c['field']} = {c['value']} ({c.get('why', '')})]" for c in self.corrections]
        return "\n".join([*filter(None, head), "", self.body, "", *tail]).rstrip() + "\n"

    def _repr_html_(self) -> str:
        a, t = self.article, escape.text
        link = escape.link(a["link"]) if a["link"] else None
        shown = {n: _plain(a[n]) for n in _FIELDS if a[n] not in (None, [], "")}
        rows = "".join(
            f"<tr><th style='text-align:left'>{t(n)}</th><td style='text-align:left'>"
            + (f"<a href='{link}' rel='noreferrer'>{t(v)}</a>" if n == "link" and link else t(v))
            + "</td></tr>"
            for n, v in shown.items()
        )
        text = "".join(f"<p dir='auto'>{t(p)}</p>" for p in self.body.split("\n") if p.strip())
        removed = "".join(
            f"<li><code>{t(r['rule'])}</code> <span dir='auto'>{t(r['text'].strip())}</span></li>"
            for r in self.removals
            if r["text"].strip()
        )
        corrected = "".join(
            f"<li>{t(c['field'])} is now <b>{t(c['value'])}</b>: {t(c.get('why', ''))}"
            f"{' (' + t(c['who']) + ')' if c.get('who') else ''}</li>"
            for c in self.corrections
        )
        return (
            "<article style='max-width:46em;font-family:Georgia,serif;line-height:1.5'>"
            f"<h3 dir='auto'>{t(a['title'] or '(no title)')}</h3>"
            + (f"<p dir='auto'><i>{t(a['standfirst'])}</i></p>" if a["standfirst"] else "")
            + f"<table style='font-size:80%'>{rows}</table>{text}"
            + (
                f"<details><summary>Removed by cleaning ({len(self.removals)})</summary><ul>{removed}</ul></details>"
                if removed
                else ""
            )
            + (f"<p>Corrected:</p><ul>{corrected}</ul>" if corrected else "")
            + "</article>"
        )


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
