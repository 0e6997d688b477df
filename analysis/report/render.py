"""One self-contained page from an executed notebook: prose, pictures, tables, with the code folded away.

The page loads nothing from outside and runs one script of ours, allowed by its hash. Markdown and HTML
outputs are rebuilt from an allow-list (nh3); everything else is escaped by the template. Not a general
converter: it knows the outputs that `analysis.report.output.show` makes, and shows any other as text.
"""

import base64
import binascii
import hashlib
import re
import struct
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import mistune
import nh3

from analysis.corpus.page_style import css as article_css
from analysis.report.notebook import source_of
from analysis.report.tables import number, text_of

_HERE = Path(__file__).parent / "page"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*\Z")
_ADDRESS = re.compile(r"at 0x[0-9a-f]+")
_PROSE = {
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h2", "h3", "h4",
    "hr", "i", "li", "mark", "ol", "p", "pre", "s", "small", "strong", "sub", "sup", "table", "tbody", "td",
    "th", "thead", "tr", "ul",
}  # fmt: skip
_OUTPUT = _PROSE | {"caption", "colgroup", "col", "span", "tfoot", "details", "summary", "bdi"}
_ATTRIBUTES = {
    "*": {"class", "dir", "lang"},
    "td": {"class", "dir", "lang", "data-v", "colspan", "rowspan"},
    "th": {"class", "dir", "lang", "scope", "colspan", "rowspan"},
    "a": {"href", "class"},
    "del": {"class", "dir", "lang", "title"},
}
_DOTS_PER_PIXEL = 200 / 96  # device dots a CSS pixel: figures have 200 dots an inch, a CSS inch 96


class Block(NamedTuple):
    """One piece of the page."""

    kind: str  # prose, code, figure, html, text
    body: str = ""
    name: str = ""
    alt: str = ""
    width: int = 0
    height: int = 0


class Heading(NamedTuple):
    """One line of the contents."""

    id: str
    text: str


def render_page(
    notebook: Mapping[str, Any], *, facts: Mapping[str, Any], tables: Mapping[str, Mapping[str, Any]]
) -> str:
    """Render the page of one run.

    Parameters
    ----------
    notebook : mapping
        The executed, tidied notebook.
    facts : mapping
        The manifest's facts: run_id, title, notebook, parameters, corpus, environment.
    tables : mapping
        The records that `show` wrote, by name; their fingerprints and notes are shown.
    """
    headings: list[Heading] = []
    blocks = _join_code([b for cell in notebook["cells"] for b in _blocks(cell, headings, facts["title"])])
    selections = sorted({t["corpus_fingerprint"] for t in tables.values() if t["corpus_fingerprint"]})
    script = _asset("page.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    policy = (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    parameters = [(k, _value(v)) for k, v in facts["parameters"].items() if k != "corpus" and v is not None]
    return _template().render(
        facts=facts,
        blocks=blocks,
        headings=headings,
        selections=selections,
        parameters=parameters,
        command=_command(facts),
        tables=sorted(tables.items()),
        policy=policy,
        style=_asset("page.css") + article_css(),
        script=script,
    )


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


def _join_code(blocks: list[Block]) -> list[Block]:
    """Fold code cells that follow each other behind one switch."""
    joined: list[Block] = []
    for block in blocks:
        if joined and block.kind == joined[-1].kind == "code":
            joined[-1] = Block("code", f"{joined[-1].body}\n\n{block.body}")
        else:
            joined.append(block)
    return joined


def _blocks(cell: Mapping[str, Any], headings: list[Heading], title: str) -> list[Block]:
    """The pieces one cell gives."""
    source = source_of(cell)
    if cell["cell_type"] == "markdown":
        lines = source.splitlines()
        if lines and lines[0].strip() == f"# {title}":
            source = "\n".join(lines[1:])
        return [Block("prose", markdown(source, headings))] if source.strip() else []
    if cell["cell_type"] != "code":
        return []
    found = [] if not source.strip() else [Block("code", source.strip())]
    for output in cell.get("outputs", []):
        found.extend(_output(output))
    return found


def _output(output: Mapping[str, Any]) -> list[Block]:
    """What one output gives: the richest of picture, HTML, text."""
    if output["output_type"] == "stream":
        return [Block("text", text_of(output["text"]))]
    if output["output_type"] == "error":
        return [Block("text", text_of(f"{output.get('ename')}: {output.get('evalue')}"))]
    data = output.get("data", {})
    meta = output.get("metadata", {})
    ours = meta.get("analysis", {}) if isinstance(meta.get("analysis", {}), dict) else {}
    if "image/png" in data:
        image = _png(data["image/png"])
        if image is not None:
            encoded, width, height = image
            alt = str(meta.get("image/png", {}).get("alt") or data.get("text/plain", ""))
            name = _safe_name(ours.get("figure"))
            return [Block("figure", encoded, name, text_of(alt), width, height)]
    if "text/html" in data:
        return [Block("html", sanitise(data["text/html"]), _safe_name(ours.get("table")))]
    if "text/markdown" in data:
        return [Block("prose", markdown(data["text/markdown"], []))]
    plain = _ADDRESS.sub("", data.get("text/plain", ""))
    return [Block("text", text_of(plain))] if plain else []


def _png(text: str) -> tuple[str, int, int] | None:
    """Re-encode a picture after checking that it is one; its width and height in CSS pixels."""
    try:
        raw = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    if raw[:8] != b"\x89PNG\r\n\x1a\n" or len(raw) < 24:
        return None
    width, height = struct.unpack(">II", raw[16:24])
    encoded = base64.b64encode(raw).decode("ascii")
    return encoded, round(width / _DOTS_PER_PIXEL), round(height / _DOTS_PER_PIXEL)


def _safe_name(name: Any) -> str:
    return name if isinstance(name, str) and _NAME.match(name) else ""


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else text_of(value)


def _command(facts: Mapping[str, Any]) -> str:
    """The command that makes this report again."""
    import shlex

    given = " ".join(
        f"-p {name} {shlex.quote(_value(value))}"
        for name, value in facts["parameters"].items()
        if value is not None
    )
    return text_of(f"analysis report {facts['notebook']['name']} {given}".strip())


@cache
def _asset(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


@cache
def _template() -> jinja2.Template:
    made = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True,
    )  # fmt: skip
    made.filters["thousands"] = number
    return made.from_string(_asset("page.html"))
