"""A recipe: how tokens become terms, as a frozen value that checks itself and stands in every signature.

Not for applying it: a recipe is a map from types to terms, made by `vocabulary`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from analysis.errors import InputError, choose, message
from analysis.fingerprint import canonical_json, content_hash
from analysis.schema import PARTS, VOICES
from analysis.terms import lemmas as _lemmas
from analysis.terms import stopwords as _stopwords
from analysis.terms.forms import plain

SKLEARN = r"\w\w+"
_MOST_NGRAMS = 5
_SHOWN = 12  # words of a list that are named in a signature; longer ones by their hash


@dataclass(frozen=True, kw_only=True)
class Recipe:
    r"""How tokens become terms.

    Parameters
    ----------
    voice, part
        Names of voices and parts to keep to; None is all.
    lower
        Whether case is ignored (in patterns too).
    stopwords
        Codes of languages, `iso:en`, or `auto` (each article by its own language).
    drop
        Further words that are not terms: the user's own, such as names of outlets.
    min_length
        Fewest characters of a term.
    numbers, punctuation
        Whether numbers, and whether punctuation, symbols and addresses, are terms.
    possessives
        `strip` makes one term of pakistan and pakistan's (and it of it's); `keep` leaves both.
    lemmas
        Codes of languages whose words become their dictionary form, or `auto`.
    phrases
        Words that are one term together, joined by `_`.
    ngrams
        Lengths, 1 for the terms themselves.
    split
        `word` for our tokens; `\w\w+` for what scikit-learn's CountVectorizer takes for words.

    Raises
    ------
    InputError, UnknownNameError
        A value is not as said here.
    """

    voice: tuple[str, ...] | None = None
    part: tuple[str, ...] | None = None
    lower: bool = True
    stopwords: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    min_length: int = 1
    numbers: bool = True
    punctuation: bool = False
    possessives: str = "strip"
    lemmas: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    ngrams: tuple[int, ...] = (1,)
    split: str = "word"

    def __post_init__(self) -> None:
        for name, known in (("voice", VOICES), ("part", PARTS)):
            value = getattr(self, name)
            if value is not None:
                chosen = {choose(name, item, known) for item in value}
                if not chosen:
                    raise InputError(
                        message(f"`{name}` names nothing", expected="one of " + ", ".join(known))
                    )
                kept = tuple(k for k in known if k in chosen)
                object.__setattr__(self, name, None if kept == known else kept)
        for name in ("lower", "numbers", "punctuation"):
            if not isinstance(getattr(self, name), bool):
                raise InputError(message(f"`{name}`", got=getattr(self, name), expected="True or False"))
        choose("possessives", self.possessives, ("strip", "keep"))
        choose("split", self.split, ("word", SKLEARN))
        if not _whole(self.min_length) or not 1 <= self.min_length <= 100:
            raise InputError(message("`min_length`", got=self.min_length, expected="1 to 100 characters"))
        sizes = tuple(sorted(set(self.ngrams)))
        if not sizes or not all(_whole(n) and 1 <= n <= _MOST_NGRAMS for n in sizes):
            raise InputError(
                message(
                    "`ngrams`", got=self.ngrams, expected=f"lengths of 1 to {_MOST_NGRAMS}, such as (1, 2)"
                )
            )
        object.__setattr__(self, "ngrams", sizes)
        for code in self.stopwords:
            if code != _stopwords.AUTO:
                _stopwords.stop_words(code)
        for code in self.lemmas:
            if code != _lemmas.AUTO:
                _lemmas.check(code)
        if self.split != "word" and (self.phrases or self.punctuation):
            raise InputError(
                message(
                    "`phrases` and `punctuation` need our own tokens",
                    got=f"split={self.split!r}",
                    expected="split='word'",
                )
            )

    @property
    def voices(self) -> tuple[int, ...] | None:
        """The voices by number, None for all."""
        return None if self.voice is None else tuple(VOICES.index(v) for v in self.voice)

    @property
    def parts(self) -> tuple[int, ...] | None:
        """The parts by number, None for all."""
        return None if self.part is None else tuple(PARTS.index(p) for p in self.part)

    @property
    def by_language(self) -> bool:
        """Whether a type may become another term in an article of another language."""
        return "auto" in self.stopwords or "auto" in self.lemmas or len(self.lemmas) > 1

    @property
    def params(self) -> dict[str, Any]:
        """What differs from the defaults, for signatures; long lists by their hash."""
        found: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                long = field.name in ("drop", "phrases") and len(value) > _SHOWN
                found[field.name] = _hashed(value) if long else value
        return found


def make_recipe(
    *,
    voice: str | Sequence[str] | None = None,
    part: str | Sequence[str] | None = None,
    stopwords: str | Sequence[str] | None = None,
    drop: str | Sequence[str] | None = None,
    lemmas: str | Sequence[str] | None = None,
    phrases: str | Sequence[str] | None = None,
    ngrams: int | Sequence[int] = 1,
    lower: bool = True,
    min_length: int = 1,
    numbers: bool = True,
    punctuation: bool = False,
    possessives: str = "strip",
    split: str = "word",
) -> Recipe:
    """Build a recipe from what a user writes: one value or several, codes or files of stop words."""
    codes, words = _stop_layers(_strings("stopwords", stopwords))
    own = {plain(w) for w in (*words, *_strings("drop", drop))}
    return Recipe(
        voice=None if voice is None else _strings("voice", voice),
        part=None if part is None else _strings("part", part),
        stopwords=codes,
        drop=tuple(sorted(own)),
        lemmas=tuple(sorted(set(_strings("lemmas", lemmas)))),
        phrases=tuple(sorted({plain(p, lower=lower is not False) for p in _strings("phrases", phrases)})),
        ngrams=(ngrams,) if _whole(ngrams) else tuple(ngrams),  # type: ignore[arg-type]
        lower=lower,
        min_length=min_length,
        numbers=numbers,
        punctuation=punctuation,
        possessives=possessives,
        split=split,
    )


def _stop_layers(items: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tell codes of languages from files of words."""
    codes, words = set(), set[str]()
    for item in items:
        code = item.lower()
        if code in (_stopwords.AUTO, "iso:en") or code in _stopwords.languages():
            codes.add(code)
        elif item.endswith(".txt"):
            words.update(_stopwords.read_words(item))
        elif len(item) > 3 or not item.isascii():
            raise InputError(
                message(
                    "`stopwords` names languages or files",
                    got=item,
                    expected="such as 'en', 'auto' or 'mylist.txt'",
                    hint=f"For words of your own: drop=[{item!r}].",
                )
            )
        else:
            _stopwords.stop_words(item)  # raises, naming the languages there are
    return tuple(sorted(codes)), tuple(sorted(words))


def _strings(name: str, value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    items = (value,) if isinstance(value, str) else value
    if not isinstance(items, Sequence | set | frozenset) or not all(
        isinstance(i, str) and i.strip() for i in items
    ):
        raise InputError(message(f"`{name}`", got=value, expected="a text or a list of texts"))
    return tuple(i.strip() for i in items)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _hashed(values: tuple[str, ...]) -> str:
    digest = content_hash(canonical_json(list(values))).hex()[:12]
    return f"{len(values)} words #{digest}"
