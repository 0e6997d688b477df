"""Unicode and encoding put right, step by step, before anything else looks at a text.

Quotation marks and apostrophes are never straightened: they tell whose voice it is. Not for removing content.
"""

import re
import unicodedata
from html import unescape

# One look for everything that needs work; most texts have none of it.
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u206f\u3000"
    "\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_NEWLINE = re.compile("\r\n|[\r\u0085\u2028\u2029\x0b\x0c]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufff9-\ufffb]")
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ZERO_WIDTH = re.compile("[\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_JOINER = re.compile("[\u200c\u200d]")
_ENTITY = re.compile(r"&(?:#[0-9]{2,6}|#x[0-9A-Fa-f]{2,6}|[A-Za-z]{2,8});")
# Lead bytes of UTF-8 seen through cp1252 or latin-1, followed by what their trail bytes look like there.
_MOJIBAKE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)


def normalize(text: str) -> tuple[str, tuple[str, ...]]:
    r"""Give the text with its encoding and white space put right, and the names of the steps that changed it.

    >>> normalize("Co\u00admpetition\r\nnews")
    ('Competition\nnews', ('newlines', 'soft_hyphens'))
    >>> normalize("\u201cquoted\u201d isn\u2019t changed")[1]
    ()
    """
    steps: list[str] = []

    def take(name: str, changed: str) -> None:
        nonlocal text
        if changed != text:
            steps.append(name)
            text = changed

    if "&" in text and _ENTITY.search(text):
        take("entities", unescape(text))
    if text.isascii() and "\r" not in text and not _SUSPECT.search(text):
        return text, tuple(steps)
    if _SUSPECT.search(text) or "\r" in text:
        take(
            "surrogates",
            _SURROGATE.sub(
                "\ufffd",
                text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
                if _SURROGATE.search(text)
                else text,
            ),
        )
        if _MOJIBAKE.search(text):
            take("mojibake", _fix(text))
        take("newlines", _NEWLINE.sub("\n", text))
        take("control_characters", _CONTROL.sub("", text))
        take("soft_hyphens", text.replace("\u00ad", ""))
        take("bidi_marks", _BIDI.sub("", text))
        take("zero_width", _ZERO_WIDTH.sub("", text))
        if _JOINER.search(text):
            take("zero_width", _without_idle_joiners(text))
        take("spaces", _SPACE.sub(" ", text))
    elif _MOJIBAKE.search(text):
        take("mojibake", _fix(text))
    if not unicodedata.is_normalized("NFC", text):
        take("nfc", unicodedata.normalize("NFC", text))
    return text, tuple(dict.fromkeys(steps))


def _fix(text: str) -> str:
    import ftfy

    return ftfy.fix_encoding(text)


def _without_idle_joiners(text: str) -> str:
    """Keep ZWNJ and ZWJ only after a letter of a script that uses them (and in emoji)."""
    out = []
    for i, character in enumerate(text):
        if character in "\u200c\u200d" and not (i and _joins(text[i - 1])):
            continue
        out.append(character)
    return "".join(out)


def _joins(character: str) -> bool:
    code = ord(character)
    return 0x0600 <= code <= 0x0E00 or code >= 0x1F000 or 0xFB50 <= code <= 0xFDFF or code == 0xFE0F
