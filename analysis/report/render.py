"""One self-contained page from an executed notebook: prose, pictures, tables, with the code folded away.

The page loads nothing from outside and runs one script of ours, allowed by its hash. Markdown and HTML
outputs are rebuilt from an allow-list (nh3); everything else is escaped by the template. Not a general
converter: it knows the outputs that `analysis.report.output.show` makes, and shows any other as text.
"""

import base64
import binascii
import json
import re
import shlex
import struct
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from analysis.corpus.page_style import css as article_css
from analysis.report import cite
from analysis.report.methods import read_words
from analysis.report.notebook import source_of
from analysis.report.opened import as_script
from analysis.report.pages import SCRIPTS, page
from analysis.report.safe_html import Heading, markdown, safe, sanitise
from analysis.report.tables import table_html, text_of
from analysis.report.tested import NAME as CLAIMS
from analysis.report.words import Words

if TYPE_CHECKING:
    import pandas as pd

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*\Z")
_ADDRESS = re.compile(r"at 0x[0-9a-f]+")
_DOTS_PER_PIXEL = 200 / 96  # device dots a CSS pixel: figures have 200 dots an inch, a CSS inch 96


class Block(NamedTuple):
    """One piece of the page. Figures and tables carry a number, an id that stays, and a caption."""

    kind: str  # prose, code, figure, html, text
    body: str | Markup = ""
    name: str = ""
    alt: str = ""
    width: int = 0
    height: int = 0
    number: int = 0
    id: str = ""
    caption: str = ""
    hits: str = ""  # of a figure: where its marks stand, as JSON


def render_page(
    notebook: Mapping[str, Any],
    *,
    facts: Mapping[str, Any],
    tables: Mapping[str, Mapping[str, Any]],
    words: Words | None = None,
    broken: str = "",
    evidence: Mapping[str, Any] | None = None,
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
    words : Words, optional
        Methods, data statement, limits, claims and references; left out where there are none.
    broken : str
        Why the run did not end: the page then says at its head that it is not complete.
    evidence : mapping, optional
        What opens behind marks and rows, by the name of the result (`report.evidence`).
    """
    headings: list[Heading] = []
    blocks = _join_code([b for cell in notebook["cells"] for b in _blocks(cell, headings, facts["title"])])
    asked = facts.get("asked") or {}
    shown = [
        (k, _value(v), asked.get(k))
        for k, v in facts["parameters"].items()
        if k != "corpus" and v is not None
    ]
    corpus = facts["corpus"]
    return page(
        "report.html",
        title=facts["title"] + (f" – {corpus['name']}" if corpus else ""),
        scripts=SCRIPTS,
        style=article_css(),
        facts=facts,
        corpus=corpus,
        blocks=_numbered(blocks, tables),
        headings=headings,
        words=words,
        claims=_claims(words),
        broken=text_of(broken),
        evidence=Markup(as_script(dict(evidence))) if evidence else "",  # noqa: S704 - cannot end its element
        selections=sorted({t["corpus_fingerprint"] for t in tables.values() if t["corpus_fingerprint"]}),
        parameters=shown,
        command=_command(facts),
        signatures=[t["signature"] for n, t in sorted(tables.items()) if n != CLAIMS and t.get("signature")],
        cite_corpus=cite.corpus(corpus),
        cite_software=cite.software(facts["environment"]["analysis"]),
        cite_run=cite.run(facts),
    )


def _claims(words: Words | None) -> Markup | None:
    """The table of claims as HTML."""
    if words is None or words.claims is None:
        return None
    return sanitised_table(words.claims.table, CLAIMS)


def sanitised_table(table: "pd.DataFrame", name: str) -> Markup:
    """A table as HTML that a template may put in as it is."""
    return safe(sanitise(table_html(table, name=name)))


def _numbered(blocks: list[Block], tables: Mapping[str, Mapping[str, Any]]) -> list[Block]:
    """Give figures and tables numbers, ids and captions."""
    counts = {"figure": 0, "html": 0}
    used: dict[str, int] = {}
    made = []
    for block in blocks:
        if block.kind not in counts or (block.kind == "html" and not block.name):
            made.append(block)
            continue
        word = "figure" if block.kind == "figure" else "table"
        if word == "table" and "<table" not in block.body:
            made.append(block._replace(name=""))  # notes of a picture without its table
            continue
        counts[block.kind] += 1
        identity = f"{word}-{block.name or counts[block.kind]}"
        used[identity] = used.get(identity, 0) + 1
        if used[identity] > 1:
            identity += f"-{used[identity]}"
        caption = _first_sentence(block.alt) if word == "figure" else _table_caption(tables.get(block.name))
        made.append(block._replace(number=counts[block.kind], id=identity, caption=caption))
    return made


def _first_sentence(text: str) -> str:
    """What is short enough for a caption; the whole of it is the picture's alternative text."""
    first = re.split(r"(?<=[.:;]) ", text, maxsplit=1)[0].rstrip(" ;:")
    first = first if len(first) <= 160 else first[:159] + "…"
    return first if first.endswith((".", "…")) else first + "."


def _table_caption(record: Mapping[str, Any] | None) -> str:
    if record is None:
        return ""
    kind = text_of(record["kind"])
    kind = str(read_words()["titles"].get(kind, kind.replace("_", " ").capitalize()))
    unit = text_of(record.get("unit") or "").strip()
    return f"{kind}: {unit}." if unit not in {"", "as named", "names"} else f"{kind}."


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
        return [Block("prose", safe(markdown(source, headings)))] if source.strip() else []
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
            return [Block("figure", encoded, name, text_of(alt), width, height, hits=_hits(ours.get("hits")))]
    if "text/html" in data:
        return [Block("html", safe(sanitise(data["text/html"])), _safe_name(ours.get("table")))]
    if "text/markdown" in data:
        return [Block("prose", safe(markdown(data["text/markdown"], [])))]
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


def _hits(found: Any) -> str:
    """Read the marks of a figure, row and box; anything but numbers is none."""
    if not isinstance(found, list) or not all(
        isinstance(h, list) and len(h) == 5 and all(isinstance(v, int | float) for v in h) for h in found
    ):
        return ""
    return json.dumps([[int(h[0]), *map(float, h[1:])] for h in found], separators=(",", ":"))


def _safe_name(name: Any) -> str:
    return name if isinstance(name, str) and _NAME.match(name) else ""


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else text_of(value)


def _command(facts: Mapping[str, Any]) -> str:
    """The command that makes this report again."""
    given = " ".join(
        f"-p {name} {shlex.quote(_value(value))}"
        for name, value in facts["parameters"].items()
        if value is not None
    )
    more = " --no-text" if facts.get("no_text") else ""
    return text_of(f"analysis report {facts['notebook']['name']} {given}".strip() + more)
