"""Patterns: words, globs, phrases and alternatives, read from what a user types or from a dictionary file.

Not for finding them in a corpus: that is `matching`. A pattern is never a regular expression.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, TypeAlias

from analysis.errors import InputError, message
from analysis.terms.forms import plain
from analysis.text.tokenize import PUNCTUATION, tokenize, type_classes

_QUOTES = str.maketrans("“”„«»", '"' * 5)
_MOST_HYPHENS = 6
_MOST_ALTERNATIVES = 10_000
_LONGEST_FILE = 10_000_000

Phrase: TypeAlias = tuple[str, ...]
"""Words that follow each other; `*` in a word stands for any letters."""


@dataclass(frozen=True)
class Pattern:
    """What is looked for: phrases, any of which is a hit.

    Attributes
    ----------
    text
        As it was written; the label of what is measured by it.
    phrases
        The alternatives, each a tuple of words, case as written, ' for ’.
    """

    text: str
    phrases: tuple[Phrase, ...]

    @property
    def longest(self) -> int:
        """Words of the longest alternative."""
        return max(map(len, self.phrases))


def parse(text: str) -> Pattern:
    """Read a pattern.

    Parameters
    ----------
    text
        Words, `afghan*` (any ending; `*` may stand anywhere), `"foreign minister"` (words that follow each other;
        quotation marks may be left out), alternatives joined by ` | `. Case is ignored unless the recipe keeps it; ’
        and ' are one. A hyphen matches a hyphen or a space: tehreek-e-taliban also finds tehreek e taliban.

    Returns
    -------
    Pattern

    Raises
    ------
    InputError
        It is empty or has an empty alternative, a quotation mark is not closed, or a word is punctuation only.

    Examples
    --------
    >>> parse('ttp | "foreign minister" | border-post').phrases
    (('ttp',), ('foreign', 'minister'), ('border-post',), ('border', 'post'))
    """
    if isinstance(text, Pattern):
        return text
    if not isinstance(text, str) or not text.strip():
        raise InputError(
            message("the pattern is empty", got=text, expected='such as: taliban | "border post" | fenc*')
        )
    phrases: dict[Phrase, None] = {}
    for alternative in _alternatives(text.translate(_QUOTES), text):
        for phrase in _spellings(_words(alternative, text)):
            phrases[phrase] = None
    return Pattern(text.strip(), tuple(phrases))


def pattern_of(value: "str | Sequence[str] | Pattern") -> Pattern:
    """Read a pattern, or several as alternatives of one."""
    if isinstance(value, str | Pattern):
        return parse(value)  # type: ignore[arg-type]
    if not isinstance(value, Sequence) or not value:
        raise InputError(message("the pattern", got=value, expected="a text, or a list of texts"))
    read = [pattern_of(v) for v in value]
    phrases = tuple(dict.fromkeys(p for pattern in read for p in pattern.phrases))
    return Pattern(" | ".join(p.text for p in read), phrases)


def read_dictionary(path: str | Path) -> dict[str, Pattern]:
    """Read a dictionary: categories, each with the patterns that stand for it.

    Parameters
    ----------
    path
        `.yml` or `.yaml`: a mapping of category to a pattern or a list of patterns; categories within categories are
        named `outer/inner`, and `outer` holds all of them. `.csv`: columns `category` and `pattern`, a pattern a row.

    Returns
    -------
    dict of str to Pattern
        In the order of the file. Give one of them wherever a pattern is asked for.

    Raises
    ------
    InputError
        The file cannot be read, is another kind, is empty or larger than 10 MB, or a pattern in it is wrong; the
        message names the category.
    """
    place = Path(path)
    kind = place.suffix.lower()
    if kind not in (".yml", ".yaml", ".csv"):
        raise InputError(message("a dictionary", got=place.name, expected="a .yml, .yaml or .csv file"))
    try:
        if place.stat().st_size > _LONGEST_FILE:
            raise InputError(message("the dictionary is too large", got=place.name, expected="at most 10 MB"))
        text = place.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            message("the dictionary cannot be read", got=place.name, hint=f"{error}.")
        ) from error
    entries = _csv(text, place.name) if kind == ".csv" else _yaml(text, place.name)
    if not entries:
        raise InputError(
            message("the dictionary is empty", got=place.name, expected="categories with patterns")
        )
    found = {}
    for category, patterns in entries.items():
        try:
            found[category] = pattern_of(patterns)
        except InputError as error:
            raise InputError(f"In the category {category!r} of {place.name}: {error}") from error
    return found


def _alternatives(text: str, whole: str) -> list[str]:
    """Cut at | outside of quotation marks."""
    pieces, current, quoted = [], "", False
    for character in text:
        if character == "|" and not quoted:
            pieces.append(current)
            current = ""
            continue
        quoted ^= character == '"'
        current += character
    if quoted:
        raise InputError(
            message(
                "a quotation mark in the pattern is not closed", got=whole, expected='such as "border post"'
            )
        )
    pieces.append(current)
    if len(pieces) > _MOST_ALTERNATIVES:
        raise InputError(message("the pattern is too long", got=f"{len(pieces):,} alternatives"))
    return pieces


def _words(alternative: str, whole: str) -> list[str]:
    """Cut an alternative into words as the text was cut, stars kept."""
    words: list[str] = []
    for piece in plain(alternative.replace('"', " "), lower=False).split():
        if not re.search(r"\w", piece):
            raise InputError(
                message(
                    "the pattern has a part without a word",
                    got=whole,
                    expected='words, such as: taliban | "border post" | fenc*',
                )
            )
        words += _tokens(piece)
    if not words:
        raise InputError(
            message("the pattern has an empty part", got=whole, expected="words on both sides of |")
        )
    return words


def _tokens(piece: str) -> list[str]:
    """Cut a word as `tokenize` does; a star counts as a letter, and punctuation at its edges goes."""
    stand_in = "ⵣ"  # a letter no pattern holds
    types = tokenize([piece.replace("*", stand_in)])
    forms = [types.types[i].as_py() for i in types.type_ids]
    mark = [type_classes([form])[0] == PUNCTUATION for form in forms]
    first, past = mark.index(False), len(mark) - mark[::-1].index(False)
    return [form.replace(stand_in, "*") for form in forms[first:past]]


def _spellings(words: list[str]) -> Iterable[Phrase]:
    """Give the phrase, and with every choice of its hyphens written as spaces."""
    cuts = [(i, j) for i, w in enumerate(words) for j in range(w.count("-")) if _splits(w)]
    if not cuts or len(cuts) > _MOST_HYPHENS:
        return [tuple(words)]
    found = []
    for choice in product("- ", repeat=len(cuts)):
        signs = iter(choice)
        spelled = ["".join(next(signs) if c == "-" and _splits(w) else c for c in w) for w in words]
        found.append(tuple(" ".join(spelled).split()))
    return found


def _splits(word: str) -> bool:
    """Say whether a word may be spelled apart: every piece between its hyphens holds a letter or digit."""
    return all(re.search(r"[^\W_]", piece) for piece in word.split("-"))


def _yaml(text: str, name: str) -> dict[str, list[str]]:
    import yaml

    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise InputError(message("the dictionary is not YAML", got=name, hint=f"{error}.")) from error
    if not isinstance(data, Mapping):
        raise InputError(message("the dictionary", got=type(data).__name__, expected="category: [patterns]"))
    found: dict[str, list[str]] = {}
    _nested(data, (), found)
    return found


def _nested(data: Mapping[Any, Any], above: tuple[str, ...], found: dict[str, list[str]]) -> list[str]:
    """Collect the patterns of categories within categories; the outer ones hold all."""
    every: list[str] = []
    for key, value in data.items():
        path = "/".join((*above, str(key)))
        found.setdefault(path, [])
        if isinstance(value, Mapping):
            patterns = _nested(value, (*above, str(key)), found)
        else:
            items = value if isinstance(value, list) else [value]
            if not all(isinstance(i, str | int) and not isinstance(i, bool) for i in items) or not items:
                raise InputError(
                    message(
                        f"the category {path!r}", got=value, expected="patterns as text (quote yes, no, on)"
                    )
                )
            patterns = [str(i) for i in items]
        found[path] += patterns
        every += patterns
    return every


def _csv(text: str, name: str) -> dict[str, list[str]]:
    rows = csv.DictReader(io.StringIO(text, newline=""), skipinitialspace=True)
    names = [n.strip().lower() for n in rows.fieldnames or []]
    if not {"category", "pattern"} <= set(names):
        raise InputError(message(f"{name} lacks a column", got=names, expected="category and pattern"))
    rows.fieldnames = names
    found: dict[str, list[str]] = {}
    for number, row in enumerate(rows, start=2):
        category, pattern = (row["category"] or "").strip(), (row["pattern"] or "").strip()
        if not category or not pattern:
            raise InputError(message(f"line {number} of {name} is not whole", got=dict(row)))
        found.setdefault(category, []).append(pattern)
    return found
