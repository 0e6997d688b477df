"""Letters the house font lacks: texts in Urdu, Hindi or Tamil get a font of this machine that has them.

The house font (DejaVu Sans, which comes with Matplotlib) draws Latin, Cyrillic, Greek and most Arabic letters,
joined and from right to left. It lacks some of Urdu and all of the Indic scripts. Texts it can draw are left alone,
so that their pictures have the same bytes on every machine; the others depend on what is installed.
"""

from functools import cache
from pathlib import Path
from typing import cast

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, findSystemFonts, fontManager, get_font
from matplotlib.text import Text

HOUSE = "DejaVu Sans"
# Plain text faces of the usual systems, by the names of their files, in the order they are tried.
OTHERS = (
    "NotoNaskhArabic-Regular", "NotoSansArabic-Regular", "NotoNastaliqUrdu-Regular", "Vazirmatn-Regular",
    "Amiri-Regular", "ScheherazadeNew-Regular", "NotoSansDevanagari-Regular", "NotoSansTamil-Regular",
    "NotoSansSinhala-Regular", "NotoSansBengali-Regular", "NotoSansGujarati-Regular", "NotoSansGurmukhi-Regular",
    "NotoSansTelugu-Regular", "NotoSansKannada-Regular", "NotoSansMalayalam-Regular", "NotoSansThaana-Regular",
    "NotoSansThai-Regular", "NotoSansMyanmar-Regular", "NotoSansCJK-Regular", "Nirmala", "mangal", "latha",
    "segoeui", "arial", "Arial", "Arial Unicode", "GeezaPro", "FreeSans", "FreeSerif",
)  # fmt: skip


def dress(figure: Figure) -> int:
    """Give every text of a figure a font that has its letters, one font a script; say how many have none."""
    texts = [(t, _letters(t.get_text())) for t in cast("list[Text]", figure.findobj(Text))]
    foreign = [letters for _, letters in texts if not letters <= _has(HOUSE)]
    if not foreign:
        return 0
    found = {_family(letters) for letters in foreign}
    families = [name for name in _installed() if name in found]
    for text, letters in texts:
        own = letters - _common()
        family = next((name for name in families if own and own <= _has(name)), None)
        if family is not None:
            text.set_fontfamily([family, HOUSE])
            text.set_fontweight("normal")
    return sum(_family(letters) is None for letters in foreign)


def _family(letters: frozenset[int]) -> str | None:
    """The first font that has these letters."""
    return next((name for name in _installed() if letters - _common() <= _has(name)), None)


def _letters(text: str) -> frozenset[int]:
    """Code points that need a glyph; joiners and marks of direction do not."""
    return frozenset(ord(c) for c in text if not c.isspace() and c not in "\u200c\u200d\u200e\u200f")


@cache
def _installed() -> tuple[str, ...]:
    """The other fonts that are there, known to Matplotlib from now on (its own list is as old as its cache)."""
    there = {Path(path).stem: path for path in sorted(findSystemFonts())}
    names = []
    for stem in OTHERS:
        if stem in there:
            fontManager.addfont(there[stem])
            names.append(get_font(there[stem]).family_name)
    return tuple(dict.fromkeys(names))


@cache
def _has(family: str) -> frozenset[int]:
    """The code points a font has glyphs for."""
    path = findfont(FontProperties(family=[family]), fallback_to_default=False)
    return frozenset(get_font(path).get_charmap())


@cache
def _common() -> frozenset[int]:
    """What may come from the house font beside a text in another script: Latin, digits, punctuation."""
    return frozenset(c for c in _has(HOUSE) if c < 0x0300 or 0x2000 <= c < 0x2100)
