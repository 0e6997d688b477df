"""One spelling for one letter in the languages of the Arabic script, and a wider folding for matching terms.

`arabic_letters` is what stored text goes through: it changes which code point stands for a letter, never which letter
is meant. `fold_script` is for comparing, and loses distinctions on purpose. Neither touches quotation marks or
punctuation. Not for finding out the language: that is `languages`.
"""

import re
import unicodedata
from functools import lru_cache

from analysis.text.alphabets import surely_latin
from analysis.text.languages import arabic_script_language

STEP = "arabic_letters"
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_FORMS = re.compile("[\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdf9\ufe70-\ufefc]")
# Tatweel lengthens a letter that joins to its left. After anything else (a space, a digit, alef, dal, reh, waw...)
# it stands for a dash, which is punctuation and stays.
_JOINS = "[ئبتثج-خس-غف-هيٹ-ڇښ-ڿک-ڴڳ-ڽھہیۍێې]"
_MARK = "[\u064b-\u0652\u0670]"
_TATWEEL = re.compile(
    f"(?:(?<={_JOINS})|(?<={_JOINS}{_MARK})|(?<={_JOINS}{_MARK}{_MARK}))\u0640+(?:{_MARK}\u0640*)*"
)
# What one keyboard types for a letter of the language. Pashto writes ی and ي, and means two letters by them.
_LETTERS = {
    "ur": str.maketrans("يىك", "ییک"),
    "fa": str.maketrans("يىك", "ییک"),
    "ps": str.maketrans("ك", "ک"),
}
# In Urdu U+0647 is no letter. After these consonants it may stand for ھ (بھ) as well as for ہ: there it stays.
_URDU_HEH = re.compile("(?<![بپتٹجچدڈڑکگ])ه")
_DIACRITICS = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08ff]"
)
_JOINERS = str.maketrans("", "", "\u200c\u200d\u0640")
_FOLDED = {
    "ar": str.maketrans("أإآٱىةیک", "ااااي" + "هيك"),
    "fa": str.maketrans("أإٱيىئؤكۀ", "اااییی" + "وکه"),
    "ur": str.maketrans("أإٱيىكهۂۃۓ", "اااییک" + "ہہہے"),
    "ps": str.maketrans("أإٱيىئكگۀ", "اااییی" + "کګه"),
}


def letters_step(text: str, language: str | None) -> tuple[str, tuple[str, ...]]:
    r"""Give a text with one code point for each letter of the Arabic script, and the name of the step if it changed.

    Applying it twice changes nothing more.

    Parameters
    ----------
    text
        Normalised text (Unicode NFC).
    language
        ISO 639-1 code of what is in Arabic script in it; None where it is not known.

    Returns
    -------
    text
        For every language: presentation forms (U+FB50 and on) become letters, and tatweel within a word is
        taken out. Urdu and Persian: ``ي ى`` become ``ی`` and ``ك`` becomes ``ک``; Pashto: ``ك`` only; Urdu: ``ه``
        becomes ``ہ`` where it cannot mean ``ھ``. Arabic keeps its letters.
    steps
        ``("arabic_letters",)`` or nothing.

    Notes
    -----
    Linear. Signs that stand for a whole phrase (``ﷺ``, ``ﷻ``, ``﷽``) or a currency (``﷼``) stay signs: as letters they
    would be up to four words that nobody wrote. The word ligatures ``ﷲ`` to ``ﷹ`` become letters.

    Examples
    --------
    >>> letters_step("ﻣﺤﻤــﺪ", "ar")
    ('محمد', ('arabic_letters',))
    >>> letters_step("كي", "ur")[0], letters_step("كي", "ps")[0], letters_step("كي", "ar")[0]
    ('کی', 'کي', 'كي')
    """
    if surely_latin(text) or not _ARABIC.search(text):
        return text, ()
    plain = text
    if _FORMS.search(plain):
        plain = unicodedata.normalize("NFC", _FORMS.sub(_letter_of_form, plain))
    if language in _LETTERS:
        plain = plain.translate(_LETTERS[language])
    if "\u0640" in plain:
        plain = _TATWEEL.sub(_without_tatweel, plain)
    if language == "ur" and "ه" in plain:
        plain = _URDU_HEH.sub("ہ", plain)
    if plain == text:
        return text, ()
    plain = unicodedata.normalize("NFC", plain)
    return plain, (STEP,) if plain != text else ()


def language_of_letters(*texts: str | None) -> str | None:
    """Decide once for all parts of an article what language its Arabic letters are in; None where it has too few."""
    found = [t for t in texts if t and not surely_latin(t) and _ARABIC.search(t)]
    return arabic_script_language("\n".join(found)) if found else None


def fold_script(text: str, language: str | None = None) -> str:
    """Fold spellings that a reader takes for the same word, to compare a term with a text.

    Not for stored text. Fold both sides with the same language.

    Parameters
    ----------
    text
        Any string.
    language
        ISO 639-1 code; ``ar``, ``fa``, ``ur`` and ``ps`` fold letters too.

    Returns
    -------
    str
        Without harakat and other marks of the Arabic script, joiners (ZWNJ, ZWJ) and tatweel; decimal digits of
        every script as ASCII. Arabic: ``أ إ آ ٱ`` as ``ا``, ``ى`` as ``ي``, ``ة`` as ``ه``. Persian, Urdu, Pashto:
        ``أ إ ٱ`` as ``ا``, ``ي ى`` as ``ی``; Persian and Pashto: ``ئ`` as ``ی``; Persian: ``ؤ`` as ``و``; Urdu: every
        heh but ``ھ`` as ``ہ``.

    Notes
    -----
    Linear; folding twice changes nothing more. Arabic letters are folded as Lucene's ArabicNormalizer does.
    ``آ`` is a letter of its own in Persian, Urdu and Pashto.

    Examples
    --------
    >>> fold_script("أَخبار ١٢", "ar"), fold_script("می‌شود ۱۴۰۳", "fa")
    ('اخبار 12', 'میشود 1403')
    """
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFC", text)
    if not surely_latin(plain):
        if _FORMS.search(plain):
            plain = _FORMS.sub(_letter_of_form, plain)
        # Composed letters are folded before marks are dropped: a mark that was typed alone then leaves the same letter.
        plain = unicodedata.normalize("NFC", plain.translate(_JOINERS))
        table = _FOLDED.get(language or "")
        plain = plain.translate(table) if table else plain
        plain = _DIACRITICS.sub("", plain)
        digits = {
            ord(c): str(unicodedata.decimal(c)) for c in set(plain) if c.isdecimal() and not c.isascii()
        }
        plain = plain.translate(digits) if digits else plain
    return unicodedata.normalize("NFC", plain)


def _without_tatweel(found: re.Match[str]) -> str:
    return found[0].replace("\u0640", "")


def _letter_of_form(found: re.Match[str]) -> str:
    return _plain_form(found[0])


@lru_cache(maxsize=1024)
def _plain_form(form: str) -> str:
    """Give the letters of a presentation form; marks that Unicode sets on a space or a tatweel are given bare."""
    return unicodedata.normalize("NFKC", form).strip(" \u0640")
