"""How the numbers of a report were made, in sentences: from the results that ran, not from what was planned.

Every `show` left its result's kind, parameters and notes beside its table; each kind has one line in `words.toml`. Not
for what stands in the notebook's own text, and not for judging a method.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

WORDS = Path(__file__).parent / "words.toml"
_FIELD = re.compile(r"\{([a-z_.]+)\}(s\b)?")
_PART = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Methods:
    """A methods paragraph, what limits its methods have, and what it cites."""

    sentences: tuple[str, ...]
    limits: tuple[str, ...]
    references: tuple[str, ...]


def methods_of(tables: Mapping[str, Mapping[str, Any]]) -> Methods:
    """Write the methods of the results that ran.

    Parameters
    ----------
    tables : mapping
        The records that `show` wrote, by name, in the order of the report: `kind`, `params`, `notes`.
    """
    words = read_words()
    sentences: list[str] = []
    limits: list[str] = []
    cited: set[str] = set()
    unknown: set[str] = set()
    for kind, params in _ran(tables.values()):
        line = words["kinds"].get(kind)
        if line is None:
            unknown.add(kind)
            continue
        sentences.append(fill(line["does"], params))
        limits += [fill(line["limits"], params)] if "limits" in line else []
        cited.update(line.get("cites", ()))
    chosen = {option for t in tables.values() for option in _options(flat(t["params"]))}
    for option, sentence in words["options"].items():
        if option in chosen:
            sentences.append(sentence)
            cited.update(words["option_cites"].get(option, ()))
    if unknown:
        sentences.append(f"No description is at hand for: {', '.join(sorted(unknown))}.")
    references = tuple(words["references"][key] for key in sorted(cited, key=_sort_key))
    return Methods(_joined(sentences), _joined(limits), references)


def fill(sentence: str, params: Mapping[str, Any]) -> str:
    """Put parameters into a sentence; a part in square brackets goes where one of its parameters is null or absent.

    >>> fill("Counted[ by {across}] in {window} words.", {"across": None, "window": 5})
    'Counted in 5 words.'
    """
    known = flat(params)

    def part(match: re.Match[str]) -> str:
        inside = match.group(1)
        return inside if all(known.get(n) is not None for n, _ in _FIELD.findall(inside)) else ""

    return _FIELD.sub(lambda m: _plural(_said(known.get(m.group(1))), m.group(2)), _PART.sub(part, sentence))


def flat(params: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Nested parameters under dotted names: `recipe.voice`."""
    found: dict[str, Any] = {}
    for name, value in params.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{before}{name}.")
        else:
            found[f"{before}{name}"] = value
    return found


@cache
def read_words() -> dict[str, Any]:
    """Read `words.toml`."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def _ran(tables: Iterable[Mapping[str, Any]]) -> list[tuple[str, Mapping[str, Any]]]:
    """Every kind with its parameters, and the measurements inside trends and comparisons, once each, as they came."""
    found: dict[tuple[str, str], tuple[str, Mapping[str, Any]]] = {}
    for table in tables:
        kind, params = str(table["kind"]), table["params"]
        found[kind, fill(read_words()["kinds"].get(kind, {}).get("does", ""), params)] = (kind, params)
        measures = params.get("measure")
        inside = list(measures.values()) if isinstance(measures, Mapping) else [measures]
        for signature in inside:
            if isinstance(signature, str) and "|corpus:" in signature:
                name = signature.partition("|")[0]
                found.setdefault((name, ""), (name, {}))
    return list(found.values())


def _options(params: Mapping[str, Any]) -> Iterable[str]:
    for name, value in params.items():
        for one in value if isinstance(value, list | tuple) else (value,):
            yield f"{name}={one}"


def _said(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    text = "all" if value is None else str(value)
    return str(read_words()["values"].get(text, text))


def _plural(text: str, s: str | None) -> str:
    """More than one of a word.

    >>> _plural("story", "s"), _plural("day", "s"), _plural("day", None)
    ('stories', 'days', 'day')
    """
    if s and text.endswith("y") and text[-2:-1] not in set("aeiou"):
        return text[:-1] + "ies"
    return text + (s or "")


def _joined(sentences: Iterable[str]) -> tuple[str, ...]:
    """Each sentence once, with a capital."""
    return tuple(dict.fromkeys(s[:1].upper() + s[1:] for s in sentences))


def _sort_key(key: str) -> str:
    return key.casefold().replace("ü", "u")
