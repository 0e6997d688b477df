"""Text on its way out: into HTML, into a link, into a spreadsheet's cell, into a file's name.

Corpus text is data wherever it goes; every place that writes it goes through one of these. Not for cleaning:
nothing here changes what is stored.
"""

import html
import re
import unicodedata
from urllib.parse import quote, urlsplit

_SIGNS = frozenset("=+-@＝＋－＠﹦﹢﹣﹫")  # a formula begins with one of them
_PASSED_OVER = (
    "'\"\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\x00"  # by a reader, before it looks for a formula
)
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(10))})
_CODE = re.compile(r"`([^`\n]{1,200})`")
_URL_SAFE = "/:?#[]@!$&'()*+,;=%~-._"
_UNPRINTABLE = dict.fromkeys(
    [*(c for c in range(32) if chr(c) not in "\t\n\r"), 0x7F, *range(0xD800, 0xE000)],
    "\N{REPLACEMENT CHARACTER}",
)


def text(value: object) -> str:
    """Return a value as HTML text: no tag, entity or quotation mark of it is markup; None is nothing.

    Controls and lone surrogates, which no HTML file may hold, become the replacement character.

    >>> text("<b>R&D</b>")
    '&lt;b&gt;R&amp;D&lt;/b&gt;'
    """
    if value is None:
        return ""
    return html.escape(str(value).translate(_UNPRINTABLE), quote=True)


def note(value: object) -> str:
    """Return a note as HTML text: what stands between two backticks is set as code, as it is in a notebook.

    >>> note("Use `trend` for <this>.")
    'Use <code>trend</code> for &lt;this&gt;.'
    """
    return _CODE.sub(r"<code>\1</code>", text(value))


def attribute(value: object) -> str:
    """Return a value for an HTML attribute, to stand between double quotes.

    >>> attribute('a "b"')
    'a &quot;b&quot;'
    """
    return (
        text(value).replace("`", "&#96;").replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
    )


def link(url: object) -> str | None:
    """Return a URL ready for `href="..."`, or None when it is not a plain web address.

    Only http and https with a host pass; `javascript:`, `data:`, relative addresses, user names before the
    host (which disguise it), controls and backslashes (which browsers mend in their own way) do not.

    >>> link("https://example.org/?a=1&b=2")
    'https://example.org/?a=1&amp;b=2'
    >>> link("javascript:alert(1)") is None
    True
    """
    if not isinstance(url, str):
        return None
    address = url.strip(" ")
    if any(unicodedata.category(c)[0] == "C" for c in address) or "\\" in address:
        return None
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    if any(c.isspace() or c in "<>\"'`" for c in parts.netloc):
        return None
    return attribute(quote(address, safe=_URL_SAFE))


def formula(value: str) -> str:
    """Return text that no spreadsheet will compute: an apostrophe before what would start a formula.

    For text in CSV and XLSX only; numbers are written as numbers (`cell`). What stands before the sign does not
    disguise it: spaces, quotation marks, characters without width. `unformula` takes the apostrophe off again.

    >>> formula("=HYPERLINK(1)")
    "'=HYPERLINK(1)"
    >>> formula("plain")
    'plain'
    """
    return "'" + value if _computes(value) else value


def unformula(value: str) -> str:
    """Return the text that `formula` was given; text that never went through it stays as it is.

    >>> unformula("'=HYPERLINK(1)"), unformula("'tis the season")
    ('=HYPERLINK(1)', "'tis the season")
    """
    return value[1:] if value[:1] == "'" and _computes(value[1:]) else value


def cell(value: object) -> object:
    """Return one value for a row of a CSV or XLSX file: text through `formula`, numbers as numbers, None as it is.

    A lone carriage return becomes a line feed: `csv` does not put quotation marks around it, spreadsheets begin
    a new row there, and what follows would be a cell of its own.

    >>> cell("@SUM(1)"), cell(-1.5), cell(None)
    ("'@SUM(1)", -1.5, None)
    """
    if value is None or isinstance(value, bool | int | float):
        return value
    return formula(str(value).replace("\r\n", "\n").replace("\r", "\n"))


def _computes(value: str) -> bool:
    """Say whether some spreadsheet may take text for a formula, or drop what stands before one."""
    if value[:1].isalnum():
        return False
    start = next((i for i, c in enumerate(value) if not (c.isspace() or c in _PASSED_OVER)), len(value))
    return value[start : start + 1] in _SIGNS or any(c in "\t\r\n" for c in value[:start])


def filename(name: str, *, longest: int = 80) -> str:
    """Return a name for a file that stays in its folder on every system; letters of any script are kept.

    Different texts may give the same name: where that matters, add a number or an id.

    >>> filename("../Floods: Sindh & KP?")
    'floods-sindh-kp'
    """
    folded = unicodedata.normalize("NFC", name).lower()
    kept = "".join(
        c if c.isalnum() or unicodedata.category(c) in ("Mn", "Mc") or c in "._" else " " for c in folded
    )
    slug = "-".join(kept.split()).strip("._-")
    slug = slug.encode("utf-8")[:longest].decode("utf-8", "ignore").strip("._-")
    if not slug:
        return "untitled"
    return f"_{slug}" if slug.partition(".")[0] in _RESERVED else slug
