"""The language an article is in, and whether a good part of it is in another.

Scripts first: many decide at once. Languages that share the Arabic script are told apart by tell-tale letters and
function words (`language_marks`), those in Latin, Cyrillic and Devanagari by py3langid; plain English is known by its
function words, without a model. Not for words or names inside a sentence, nor for two languages of one script
within one paragraph.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.text import language_marks as marks
from analysis.text.alphabets import SCRIPTS, Runs, runs_of, surely_latin
from analysis.text.language_names import declared_codes

MIN_LETTERS = 20
MIXED_SHARE = 0.15
_SHORT_BODY = 200  # characters
_DENSE = frozenset({"Han", "Kana", "Hangul"})  # a letter there is a syllable or a word
_CHUNK_WORDS = 60
_MAX_CHUNKS = 40  # of one text, that the model looks at
_SURE = 0.95
_LIKELY = 0.8
_IS_ENGLISH = marks.ENGLISH.__contains__
_MAY_BE_ENGLISH = marks.ENGLISH_TOO.__contains__
_OF_SCRIPT = {
    "Gurmukhi": "pa", "Gujarati": "gu", "Oriya": "or", "Tamil": "ta", "Telugu": "te", "Kannada": "kn",
    "Malayalam": "ml", "Sinhala": "si", "Thaana": "dv", "Greek": "el", "Armenian": "hy", "Hebrew": "he",
    "Georgian": "ka", "Ethiopic": "am", "Thai": "th", "Lao": "lo", "Tibetan": "bo", "Myanmar": "my", "Khmer": "km",
    "Hangul": "ko",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Language:
    """What language a text is in.

    `code` is ISO 639-1. `share` (0 to 1) is the share of its letters in that language; short or unclear lines count
    with it. `mixed` says that at least 15 % of the letters are in sentences of another, which is `second`.
    """

    code: str
    share: float
    mixed: bool = False
    second: str | None = None


def identify(text: str) -> Language | None:
    """Identify the language of a text.

    Parameters
    ----------
    text
        Any string; the cleaned text of an article.

    Returns
    -------
    Language or None
        None for fewer than 20 letters, a script that is not known, or words that speak for no language: it is
        never a guess.

    Notes
    -----
    Deterministic and linear. About 0.06 ms for an English article of 3,000 characters, mostly without a model. That
    of py3langid (0.7 s, 20 MB; nothing is fetched) is loaded when a text first needs it, and looks at 40 passages
    of a text at most. Norwegian and Danish, Croatian and Serbian, Czech and Slovak, Indonesian and Malay are
    named but never set against each other. Dari is Persian.

    References
    ----------
    Lui & Baldwin (2012), langid.py, ACL demonstrations; py3langid is its continuation.

    Examples
    --------
    >>> identify("The ministers of both states said that they would meet again in the spring.")
    Language(code='en', share=1.0, mixed=False, second=None)
    >>> identify("دونوں ملکوں کے وزیر اگلے مہینے پھر ملیں گے").code
    'ur'
    >>> identify("12:30, 4-1") is None
    True
    """
    if surely_latin(text) and _plainly_english(text):
        return Language("en", 1.0)
    runs = runs_of(text)
    total = int(runs.letters.sum())
    if total < MIN_LETTERS:
        return None
    letters: Counter[str] = Counter()
    for script, part, size in _parts(text, runs):
        letters.update(_by_language(script, part, size))
    ranked = sorted(letters.items(), key=lambda found: (-found[1], found[0]))
    if not ranked or sum(letters.values()) * 2 < total:
        return None
    code, count = ranked[0]
    second = next(((c, n) for c, n in ranked[1:] if not marks.kin(c, code)), None)
    mixed = second is not None and second[1] >= MIXED_SHARE * total
    return Language(code, round(count / total, 4), mixed, second[0] if second and mixed else None)


def article_language(title: str | None, standfirst: str | None, body: str | None) -> Language | None:
    """Identify the language of an article by its body, and by all its parts where the body is short.

    >>> article_language("The mill of Halvik has reopened after a year", None, "12:30")
    Language(code='en', share=1.0, mixed=False, second=None)
    """
    if body and len(body) >= _SHORT_BODY:
        return identify(body)
    return identify("\n".join(part for part in (title, standfirst, body) if part))


def language_flags(found: Language | None, declared: str | None) -> tuple[str, ...]:
    """Say what is odd about an article's language: `language_disagrees` with what was declared, `language_mixed`.

    >>> language_flags(Language("ta", 0.8, True, "en"), "en-US")
    ('language_disagrees', 'language_mixed')
    >>> language_flags(Language("fa", 1.0), "Dari"), language_flags(None, "en")
    ((), ())
    """
    if found is None:
        return ()
    said = declared_codes(declared)
    disagrees = bool(said) and not any(marks.kin(found.code, code) for code in said)
    return ("language_disagrees",) * disagrees + ("language_mixed",) * found.mixed


def arabic_script_language(text: str) -> str | None:
    """Give the language of the letters of Arabic script in a text: None where they are too few, or of two languages.

    Also where most of the text is in another script; two languages are two that have 15 % each.

    >>> arabic_script_language("A poem: وہ بھی دن تھے جب ہم ساتھ چلتے تھے")
    'ur'
    """
    found: dict[str, int] = {}
    for script, part, size in _parts(text, runs_of(text)):
        if script == "Arabic" and size >= MIN_LETTERS:
            found = _by_language(script, part, size)
    enough = MIXED_SHARE * sum(found.values())
    large = [code for code, n in found.items() if n >= enough]
    return large[0] if len(large) == 1 else None


def _plainly_english(text: str) -> bool:
    """Say whether a text is full of English function words, in nine tenths of its passages."""
    known = doubtful = hits = 0
    for words in _chunks(text):
        found = len([*filter(_IS_ENGLISH, words)])
        hits += found
        if found * 20 >= len(words) or _seems_english(words):
            known += len(words)
        elif len(words) >= 8:
            doubtful += len(words)
    return hits >= 3 and hits * 10 >= known and doubtful * 9 <= known


def _seems_english(words: list[str]) -> bool:
    """Say whether a passage of an English article is like the rest: no other language has as many of these words."""
    return len([*filter(_MAY_BE_ENGLISH, words)]) * 6 >= len(words)


def _chunks(text: str) -> Iterator[list[str]]:
    """Cut a text into lines, and long lines into pieces, of words."""
    for line in text.split("\n"):
        words = line.split()
        if len(words) <= _CHUNK_WORDS * 2:
            yield words
        else:
            for i in range(0, len(words), _CHUNK_WORDS):
                yield words[i : i + _CHUNK_WORDS]


def _parts(text: str, runs: Runs) -> Iterator[tuple[str, str, int]]:
    """Give the text of each script: all of the largest, and of others what stands in stretches of a sentence.

    A quoted word or a name in another script stays in the sentence around it.
    """
    if not len(runs.script):
        return
    names = [_merged(str(SCRIPTS[s])) for s in runs.script.tolist()]
    totals: Counter[str] = Counter()
    for name, n in zip(names, runs.letters.tolist(), strict=True):
        totals[name] += n
    main = max(totals, key=lambda name: (totals[name], name))
    if len(totals) == 1:
        yield main, text, totals[main]
        return
    pieces: dict[str, list[str]] = {main: []}
    sizes: Counter[str] = Counter({main: totals[main]})
    done = 0
    for name, start, end, n in zip(
        names, runs.start.tolist(), runs.end.tolist(), runs.letters.tolist(), strict=True
    ):
        if name != main and n >= (MIN_LETTERS // 2 if name in _DENSE else MIN_LETTERS):
            pieces[main].append(text[done:start])
            pieces.setdefault(name, []).append(text[start:end])
            sizes[name] += n
            done = end
    pieces[main].append(text[done:])
    for name, found in pieces.items():
        yield name, "\n".join(found), sizes[name]


def _merged(script: str) -> str:
    """Japanese is written in two scripts at once: it is one here."""
    return "Han" if script == "Kana" else script


def _by_language(script: str, text: str, size: int) -> dict[str, int]:
    """Share out the letters of one script among languages; nothing where none is told."""
    if script in _OF_SCRIPT:
        return {_OF_SCRIPT[script]: size}
    if script == "Han":
        return {"ja" if marks.count(text, marks.KANA) * 20 >= size else "zh": size}
    if script == "Bengali":
        return {"as" if marks.count(text, marks.ASSAMESE) * 200 > size else "bn": size}
    if script not in marks.DECIDED_BY_WORDS:
        return {}
    whole, sure = marks.decide(script, _sample(text))
    passages = [p for p in (" ".join(words) for words in _chunks(text)) if len(p) >= 80]
    step = -(-len(passages) // _MAX_CHUNKS) or 1
    looked = passages[::step] if len(passages) > 1 else []
    found: Counter[str | None] = Counter()
    speaking: Counter[str | None] = Counter()
    for passage in looked:
        if whole == "en" and _seems_english(passage.split()):
            found[whole] += len(passage)
            continue
        code, chance = marks.decide(script, passage[:400])
        if chance >= _SURE:
            speaking[code] += len(passage)
        other = chance >= _SURE and not (whole and code and marks.kin(code, whole))
        found[code if other else whole] += len(passage)
    if whole is None or sure < _LIKELY:
        # Lists of names and figures say nothing as a whole: then the passages speak that are sure, if they agree.
        code, most = speaking.most_common(1)[0] if speaking else (None, 0)
        return {code: size} if code and most * 5 >= 4 * sum(speaking.values()) else {}
    seen = sum(found.values())
    others = {c: size * n // seen for c, n in found.items() if c and c != whole}
    return {whole: size - sum(others.values()), **others}


def _sample(text: str) -> str:
    """Take 600 characters from three places: the start of an article is often names, places and dates."""
    if len(text) <= 720:
        return text
    third = len(text) // 3
    return "\n".join(text[at : at + 200] for at in (third // 2, third + third // 2, 2 * third + third // 2))
