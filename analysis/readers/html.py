"""Saved web pages (.html, .htm, also .gz): the main text, and the fields the page declares about itself.

Not for cleaning the text. Declared fields are handed over as they were written; dates are not read here.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.readers import encodings
from analysis.readers.base import RECORD_CAP, Chunk, Item, Notice, Record, RefusedError, reject, whole
from analysis.readers.declared import declared
from analysis.readers.streams import head, whole_file

_NEVER = (
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "head",
    "nav",
    "footer",
    "form",
    "button",
    "select",
)
_BLOCKS = (
    "p",
    "div",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "br",
    "tr",
    "td",
    "blockquote",
    "section",
    "article",
    "figcaption",
)


class WebPage:
    """A file that is one page with one article."""

    name = "html"
    suffixes = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz")

    def plan(self, path: Path, source: str) -> list[Chunk]:
        """One chunk."""
        if encodings.sniff(head(path)) is None:
            raise RefusedError(
                "binary_file",
                "This is not a web page although its name says so. Save the page again as HTML.",
            )
        return whole(path, source, self.name)

    def read(self, chunk: Chunk) -> Iterator[Item]:
        """Give the article of the page."""
        raw, size, error = whole_file(chunk.path, RECORD_CAP)
        if error is not None:
            yield reject(error.reason, str(error), raw=raw, size=size, line=1, offset=0)
            return
        if size > RECORD_CAP:
            text = (
                f"The page is {size:,} bytes long (limit {RECORD_CAP:,}). Save it without embedded pictures."
            )
            yield reject("file_too_large", text, raw=raw, size=size, line=1, offset=0)
            return
        if not raw.strip():
            yield reject(
                "empty_file",
                "There is nothing in the file. Save the page again or delete it.",
                raw=raw,
                line=1,
            )
            return
        page, note = _decoded(raw)
        if page is None:
            message = (
                "The encoding of the page is neither declared nor UTF-8 nor Windows-1252. Save it as UTF-8."
            )
            yield reject("bad_encoding", message, raw=raw, line=1, offset=0)
            return
        tree = _tree(page)
        if tree is None:
            yield reject(
                "no_text",
                "There is no page in the file. Save it again from the browser.",
                raw=raw,
                line=1,
                offset=0,
            )
            return
        fields = declared(tree)
        content = _main_text(page)
        if not content:
            content = visible(tree)
            fields["extraction"] = "fallback"
        if not content:
            yield reject(
                "no_text",
                "The page shows no text. Save it after it has loaded, or paste the text.",
                raw=raw,
                line=1,
                offset=0,
            )
            return
        fields["content"] = content
        if note:
            fields["_encoding"] = note
        yield Record(fields, 1, 0)
        if "extraction" in fields:
            yield Notice("no_main_text", "No main text was found on the page; all visible text was taken.", 1)
        if note:
            yield Notice(*encodings.remark(note), 1)


def visible(tree: Any) -> str:
    """All text a reader of the page would see, a paragraph for every block."""
    parts: list[str] = []
    _collect(tree, parts)
    paragraphs = (" ".join(p.split()) for p in "".join(parts).split("\0"))
    return "\n\n".join(p for p in paragraphs if p)


def _collect(tree: Any, parts: list[str]) -> None:
    """Walk the tree without recursion (pages nest deeply), marking the edges of blocks with NUL."""
    hidden = 0
    from lxml import etree

    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if not hidden:
                parts.append(node.tail or "")
            continue
        never, block = node.tag in _NEVER, node.tag in _BLOCKS
        if event == "start":
            hidden += never
            parts.append("\0" if block else "")
            parts.append((node.text or "").replace("\0", "") if not hidden else "")
        else:
            hidden -= never
            parts.append("\0" if block else "")
            parts.append((node.tail or "").replace("\0", "") if not hidden else "")


def _main_text(page: str) -> str:
    """The main text as trafilatura finds it, paragraphs separated by a blank line."""
    import trafilatura

    try:
        found = trafilatura.extract(
            page, output_format="txt", include_comments=False, include_tables=True, fast=False
        )
    except Exception:  # noqa: BLE001  the extractor meets every kind of page; whatever it trips over, the fallback reads it
        return ""
    return "\n\n".join(line for line in (found or "").split("\n") if line.strip())


def _tree(page: str) -> Any:
    """The page as a tree, or None."""
    from lxml import etree, html

    try:
        return html.document_fromstring(
            page.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8")
        )
    except (etree.LxmlError, ValueError):
        return None


def _decoded(raw: bytes) -> tuple[str | None, str]:
    """The page as text: UTF-8 if it is, else the encoding it declares, else a guess."""
    encoding = encodings.sniff(raw[:65536]) or encodings.Encoding("utf-8")
    data = raw[encoding.mark :]
    try:
        return data.decode(encoding.codec), ""
    except UnicodeDecodeError:
        name = encodings.declared_charset(raw)
        if name:
            try:
                return data.decode(name), ""
            except (LookupError, UnicodeDecodeError):
                pass
    return encodings.decode(data, encoding)
