"""Markdown and HTML from a notebook, rebuilt from an allow-list: what is not named here does not reach a page.

Not for text, which templates escape, and not for pages (`render`).
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import mistune
import nh3
from markupsafe import Markup

_PROSE = {
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h2", "h3", "h4",
    "hr", "i", "li", "mark", "ol", "p", "pre", "s", "small", "strong", "sub", "sup", "table", "tbody", "td",
    "th", "thead", "tr", "ul",
}  # fmt: skip
_OUTPUT = _PROSE | {"caption", "colgroup", "col", "span", "tfoot", "details", "summary", "bdi"}
_ATTRIBUTES = {
    "*": {"class", "dir", "lang"},
    "tr": {"class", "data-row"},
    "td": {"class", "dir", "lang", "data-v", "colspan", "rowspan"},
    "th": {"class", "dir", "lang", "scope", "colspan", "rowspan"},
    "a": {"href", "class"},
    "del": {"class", "dir", "lang", "title"},
}


class Heading(NamedTuple):
    """One line of the contents."""

    id: str
    text: str


def markdown(text: str, headings: list[Heading]) -> str:
    """Render markdown without raw HTML, give level-two headings ids, and rebuild it from the allow-list."""
    renderer = _Renderer(headings)
    made = mistune.create_markdown(renderer=renderer, plugins=["table", "strikethrough"])(text)
    return sanitise(str(made), _PROSE, {**_ATTRIBUTES, "h2": {"id"}})


def sanitise(text: str, tags: set[str] = _OUTPUT, attributes: Mapping[str, set[str]] = _ATTRIBUTES) -> str:
    """Rebuild HTML from an allow-list: no script, style, event, form, frame, image; links to the web."""
    return nh3.clean(
        text, tags=set(tags), attributes={k: set(v) for k, v in attributes.items()},
        url_schemes={"http", "https", "mailto"}, link_rel="noopener noreferrer",
    )  # fmt: skip


class _Renderer(mistune.HTMLRenderer):
    """Markdown to HTML with escaped raw HTML, and headings collected for the contents."""

    def __init__(self, headings: list[Heading]) -> None:
        super().__init__(escape=True)
        self._found = headings

    def heading(self, text: str, level: int, **_attrs: Any) -> str:
        if level > 2:
            return f"<h{min(level, 4)}>{text}</h{min(level, 4)}>\n"
        identity = f"s{len(self._found) + 1}"
        # Text only: the contents list escapes it again.
        self._found.append(Heading(identity, nh3.clean(text, tags=set())))
        return f'<h2 id="{identity}">{text}</h2>\n'

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Pictures come from results; a linked one would be a request to the outside."""
        del url, title
        return text


def safe(rebuilt: str) -> Markup:
    """Mark what the allow-list has rebuilt; nothing else may pass here."""
    return Markup(rebuilt)  # noqa: S704
