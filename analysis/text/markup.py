"""HTML markup inside a text field turned into paragraphs, as many scrapers and content systems export it.

Not for whole saved pages (that is `analysis.readers`, with trafilatura): this only unwraps the tags of what is
already an article's text. Linear.
"""

import re

_BLOCKS = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 head header hr html li main nav ol p pre section summary table tbody tfoot thead tr ul"
)
_INLINE = (
    "a abbr acronym amp-ad audio b big button cite code del dfn em embed font i img ins kbd label link mark "
    "meta q s samp small source span strike strong sub sup td th time tt u var video wbr"
)
_DROPPED = "script style noscript iframe svg template object select textarea title"
_TAG = re.compile(
    rf"<(/?)({'|'.join(sorted((_BLOCKS + ' br ' + _INLINE + ' ' + _DROPPED).split(), key=len, reverse=True))})"
    r"(?=[\s/>])[^<>]*+>",
    re.I,
)
_COMMENT = "<!--"
_IS_BLOCK = frozenset(_BLOCKS.split())
_IS_DROPPED = frozenset(_DROPPED.split())
_ROUNDS = 4


def markup_to_text(text: str) -> tuple[str, tuple[str, ...]]:
    r"""Unwrap HTML tags: blocks become paragraphs, line breaks lines, scripts and styles go.

    A text without tags of HTML comes back as it is, also with ``<`` in it.

    >>> markup_to_text("<p>One <b>bold</b> word.</p><script>var x;</script><p>Two<br>lines.</p>")
    ('One bold word.\n\nTwo\nlines.', ('markup',))
    >>> markup_to_text("profits < 3 and <someone@example.org>")
    ('profits < 3 and <someone@example.org>', ())
    """
    if "<" not in text:
        return text, ()
    plain = text
    for _ in range(_ROUNDS):  # a tag inside a tag: `<<p>p>`
        if not (_TAG.search(plain) or _COMMENT in plain):
            break
        unwrapped = _unwrap(_without_comments(plain))
        if unwrapped == plain:
            break
        plain = unwrapped
    return (plain, ("markup",)) if plain != text else (text, ())


def _unwrap(text: str) -> str:
    tags = [(m.start(), m.end(), m[2].lower(), bool(m[1])) for m in _TAG.finditer(text)]
    if not tags:
        return text
    # Where blocks or breaks are tagged, the line ends of the source mean nothing; else they are the paragraphs.
    tagged = any(name in _IS_BLOCK or name == "br" for _, _, name, _ in tags)
    kept: list[str] = []
    done = 0
    inside: str | None = None
    closing = {name for _, _, name, close in tags if close}
    for start, end, name, close in tags:
        if inside is None:
            kept.append(_source(text[done:start], tagged=tagged))
        if name in _IS_DROPPED:
            if close:
                inside = None if name == inside else inside
            elif inside is None and name in closing:  # without an end, only the tag goes
                inside = name
        elif inside is None:
            kept.append(
                "\n\n" if name in _IS_BLOCK else "\n" if name == "br" else " " if name in ("td", "th") else ""
            )
        done = end
    if inside is None:
        kept.append(_source(text[done:], tagged=tagged))
    lines = (
        [" ".join(line.split(" ")).strip() for line in "".join(kept).split("\n")]
        if tagged
        else "".join(kept).split("\n")
    )
    return re.sub("\n{3,}+", "\n\n", "\n".join(lines)).strip()


def _source(piece: str, *, tagged: bool) -> str:
    return re.sub(r"[ \t\r\n]++", " ", piece) if tagged else piece


def _without_comments(text: str) -> str:
    """Drop `<!-- ... -->`; a comment that never ends loses only its mark."""
    if _COMMENT not in text:
        return text
    kept: list[str] = []
    done = 0
    while (start := text.find(_COMMENT, done)) >= 0:
        end = text.find("-->", start)
        if end < 0:
            kept.append(text[done:].replace(_COMMENT, ""))
            return "".join(kept)
        kept.append(text[done:start])
        done = end + 3
    kept.append(text[done:])
    return "".join(kept)
