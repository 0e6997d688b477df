"""Which characters the bytes are: UTF-8 unless a byte order mark, NUL pattern or invalid byte says otherwise.

Decided per file; in line-based files a single line that is not UTF-8 is decided on its own. Not for mojibake
(text that was decoded wrongly before it was saved): `text/normalize` repairs that.
"""

import codecs
import re
from typing import NamedTuple

HINT = "If letters look wrong, save the file as UTF-8 and ingest it again."
_CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{1,40})", re.ASCII)
_MAGIC = (
    b"PK\x03\x04",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PAR1",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
    b"BZh9",
    b"7z\xbc",
)


class Encoding(NamedTuple):
    """A codec, its newline, and the length of the byte order mark to skip."""

    codec: str
    newline: bytes = b"\n"
    mark: int = 0


class Decoded(NamedTuple):
    """Text, or None where the bytes are in no encoding we know; `note` names the guess when it is one."""

    text: str | None
    note: str = ""


def sniff(head: bytes) -> Encoding | None:
    """The encoding of a file from its first bytes; None for a binary file.

    >>> sniff("a,b".encode("utf-16-le")).codec
    'utf-16-le'
    >>> sniff(b"%PDF-1.7 ...") is None
    True
    """
    if head.startswith(codecs.BOM_UTF8):
        return Encoding("utf-8", mark=3)
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        little = head.startswith(codecs.BOM_UTF32_LE)
        return Encoding("utf-32-le" if little else "utf-32-be", b"\n\0\0\0" if little else b"\0\0\0\n", 4)
    if head.startswith(codecs.BOM_UTF16_LE):
        return Encoding("utf-16-le", b"\n\0", 2)
    if head.startswith(codecs.BOM_UTF16_BE):
        return Encoding("utf-16-be", b"\0\n", 2)
    if head.startswith(_MAGIC):
        return None
    nuls = head.count(0)
    if not nuls:
        return Encoding("utf-8")
    pairs = max(1, len(head) // 2)
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.1 * pairs and even < 0.1 * odd:  # spaces, digits and newlines, whatever the script
        return Encoding("utf-16-le", b"\n\0")
    if even > 0.1 * pairs and odd < 0.1 * even:
        return Encoding("utf-16-be", b"\0\n")
    return None if nuls > 0.01 * len(head) else Encoding("utf-8")


def decode(raw: bytes, encoding: Encoding) -> Decoded:
    """Decode one line, row or file.

    >>> decode("caf\u00e9".encode("cp1252"), Encoding("utf-8"))
    Decoded(text='caf\u00e9', note='cp1252')
    """
    try:
        return Decoded(raw.decode(encoding.codec))
    except UnicodeDecodeError:
        return (
            _guess(raw)
            if encoding.codec == "utf-8"
            else Decoded(raw.decode(encoding.codec, "replace"), "damaged")
        )


def _guess(raw: bytes) -> Decoded:
    """Damaged UTF-8 keeps its sound letters; a few high bytes are cp1252; anything else is not guessed."""
    damaged = raw.decode("utf-8", "replace")
    high = sum(byte > 127 for byte in raw)
    sound = sum(char > "\x7f" for char in damaged) - damaged.count("\ufffd")
    if 3 * sound > high - 2 * sound:
        return Decoded(damaged, "damaged")
    if 3 * high > len(raw):
        return Decoded(None)
    try:
        return Decoded(raw.decode("cp1252"), "cp1252")
    except UnicodeDecodeError:
        return Decoded(None)


def remark(note: str) -> tuple[str, str]:
    """The notice (code, message) that goes with a guess."""
    if note == "damaged":
        return (
            "encoding_damaged",
            f"Some bytes are not valid in the encoding of the file; U+FFFD stands for them. {HINT}",
        )
    return "encoding_guessed", f"Not UTF-8: read as Windows-1252 (Western European). {HINT}"


def declared_charset(page: bytes) -> str:
    """The text encoding a web page declares in its first bytes, or nothing."""
    found = _CHARSET.search(page[:8192])
    if not found:
        return ""
    try:
        info = codecs.lookup(found[1].decode("ascii"))
    except LookupError:
        return ""
    return info.name if getattr(info, "_is_text_encoding", False) else ""
