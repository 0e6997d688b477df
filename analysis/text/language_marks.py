"""What tells languages of one script apart: letters that only one of them writes, function words, and the model.

Not for whole articles: `languages` puts passages together.
"""

import copy
import re
from collections import Counter
from functools import lru_cache
from typing import Any

_LATIN = (
    "en fr de es pt it nl id ms tr pl ro sv no da fi cs sk hu hr sq sl et lv lt ca vi tl sw so ha az uz tk ku"
)
_CYRILLIC = "ru uk be bg sr mk kk ky tg mn"
_DEVANAGARI = "hi mr ne"
_ARABIC = "ar fa ps ur sd ug ku"
DECIDED_BY_WORDS = {
    "Latin": _LATIN.split(),
    "Cyrillic": _CYRILLIC.split(),
    "Devanagari": _DEVANAGARI.split(),
    "Arabic": _ARABIC.split(),
}
"""The languages of each script that are told apart; what is in none of them is taken for the likest or for none."""

# Written so much alike that one is not evidence against the other.
_KIN = {
    code: kin[0] for kin in (("id", "ms"), ("no", "da"), ("hr", "bs", "sr"), ("cs", "sk")) for code in kin
}

# Frequent in English, and not words of its neighbours.
_ENGLISH_ONLY = """
the and that with from which this their have has been would there they said were about after what when who not but
because could should his its by it than The This They There It He She We And But
"""
_SHARED = "of to in is for on as at an a be or are he she we had her"
_ROMAN_URDU = "hai hain ke ki ka ko aur mein nahi nahin kya bhi yeh woh wo tha thi jo kar"
ENGLISH = frozenset(_ENGLISH_ONLY.split())
# Frequent in English and in its neighbours: with the model's word for English they speak too.
ENGLISH_TOO = ENGLISH | frozenset(_SHARED.split())
# Urdu and Hindi in Latin letters, which the model does not know and takes for Hausa or Malay.
_ROMANISED = frozenset(_ROMAN_URDU.split())
KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
ASSAMESE = re.compile("[ৰৱ]")

# Letters of the Arabic script by the only language here that writes them. Letters of two languages are in neither.
_LETTERS = {
    "ur": "ٹڈڑںےہۓۂ",
    "ps": "ټډړږښګۍځڅ",
    "sd": "ٻڄڃڇڊڌڍڏڙڦڪڳڱڻٺٽٿڀ",
    "ug": "ۇۈۋڭ",
    "ku": "ێۆڕڵ",
    "fa": "ژ",
    "ar": "ةىإأ",
}
_WORDS = {
    "ur": "کے کی کا کو میں نے سے اور ہے کہ پر ہیں یہ اس بھی ایک وہ تھا کر جو گے",
    "ps": "د په چې له ته دی کې سره یې او هغه شوی کړی کوی دا",
    "fa": "در از به که را این است با برای آن شد شده تا بر خود می های ها کرد نیز اما وی هم بود شود",
    "ar": "فی من على إلى أن عن مع هذا هذه التی الذی ما لا کان بعد قد بین قال کما الى",
    "sd": "۽ جی جو جا ۾ آهی ان کان سان هن تی",
}
_VOTE_OF_WORD = {
    word: code
    for code, words in _WORDS.items()
    for word in words.split()
    if sum(word in w.split() for w in _WORDS.values()) == 1
}
_ARABIC_WORD = re.compile("[\u0620-\u065f\u066e-\u06d3\u06d5\u06fd-\u06ff]+")
_PERSIAN_LETTERS = re.compile("[پچگ]")
_KEYBOARD = str.maketrans(
    "يك", "یک"
)  # which of the two was typed depends on the keyboard, not on the language
_ARTICLE = "ال"


def kin(one: str, other: str) -> bool:
    """Say whether two codes are one language, or two that are written much alike."""
    return _KIN.get(one, one) == _KIN.get(other, other)


def count(text: str, pattern: re.Pattern[str]) -> int:
    """Count the matches of a pattern."""
    return sum(1 for _ in pattern.finditer(text))


def decide(script: str, passage: str) -> tuple[str | None, float]:
    """Give the language of a passage and how sure that is (0 to 1)."""
    if script == "Arabic":
        decided = _by_arabic_votes(passage)
        if decided is not None:
            return decided
    if script == "Latin":
        words = passage.split()
        hits = sum(map(ENGLISH.__contains__, words))
        if hits >= 3 and hits * 10 >= len(words):
            return "en", 1.0
        romanised = sum(map(_ROMANISED.__contains__, words))
        if romanised >= 3 and romanised * 6 >= len(words):
            return None, 1.0
        ranked: list[tuple[str, float]] = _model(script).rank(passage)
        hits = sum(map(ENGLISH_TOO.__contains__, words))
        if hits >= 2 and hits * 8 >= len(words) and dict(ranked)["en"] >= 0.1:
            return "en", 0.9
        code = ranked[0][0]
        chance = sum(n for other, n in ranked[:8] if kin(code, other))
        return code, max(chance, 0.8) if code == "en" and chance >= 0.5 else chance
    found: tuple[str, float] = _model(script).classify(passage)
    return found


def _by_arabic_votes(passage: str) -> tuple[str, float] | None:
    """Let letters (one vote) and words (two) speak; nothing where they are few or divided."""
    letters = Counter(passage)
    votes = Counter({code: sum(letters[c] for c in own) for code, own in _LETTERS.items()})
    for word in _ARABIC_WORD.findall(passage.translate(_KEYBOARD)):
        if word in _VOTE_OF_WORD:
            votes[_VOTE_OF_WORD[word]] += 2
        elif word.startswith(_ARTICLE) and len(word) > 4:
            votes["ar"] += 1
    if letters["ە"] * 30 > len(passage):  # a vowel of Uyghur and Kurdish, which write ى for other sounds
        votes["ar"] = 0
        votes["ug" if votes["ug"] > votes["ku"] else "ku"] += letters["ە"]
    if not any(votes[c] for c in ("ur", "ps", "sd", "ug", "ku")):
        votes["fa"] += count(passage, _PERSIAN_LETTERS)
    (first, most), (_, next_most) = votes.most_common(2)
    if most < 4 or most < 2 * next_most:
        return None
    return first, 1 - next_most / most / 4 if most >= 8 else 0.8


@lru_cache(maxsize=len(DECIDED_BY_WORDS))
def _model(script: str) -> Any:
    """Give our own identifier for the languages of one script: that of the package is shared by all who use it."""
    identifier = copy.copy(_full_model())
    identifier.set_languages([code for code in DECIDED_BY_WORDS[script] if code in identifier.labels])
    identifier._full_model = identifier.nb_ptc, identifier.nb_pc, identifier.nb_classes
    return identifier


@lru_cache(maxsize=1)
def _full_model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    wanted = {code for codes in DECIDED_BY_WORDS.values() for code in codes}
    identifier.set_languages(sorted(wanted & set(identifier.labels)))
    identifier._full_model = identifier.nb_ptc, identifier.nb_pc, identifier.nb_classes
    return identifier
