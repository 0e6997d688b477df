"""Reading lexicons: the user's CSV, YAML and `.dic` files, and word lists of installed packages.

Not for using them (`lexicon`). A file is read whole or refused, with the number of the line that is wrong.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from math import isfinite
from pathlib import Path
from typing import Any

from analysis.errors import InputError, UnknownNameError, message
from analysis.sentiment.lexicon import Entry, Lexicon
from analysis.terms.patterns import parse

_LARGEST = 10_000_000
_TERM = ("term", "word", "pattern", "token")
_VALENCE = ("valence", "score", "sentiment", "polarity", "value")
_POLES = {
    "positive": 1.0, "posemo": 1.0, "pos": 1.0, "negative": -1.0, "negemo": -1.0, "neg": -1.0,
}  # fmt: skip


@dataclass(frozen=True)
class Packaged:
    """A word list of a package that can be installed: its module, the file in it, and what its makers say."""

    module: str
    path: str
    install: str
    language: str
    licence: str
    citation: str


KNOWN = {
    "vader-words": Packaged(
        "vaderSentiment", "vader_lexicon.txt", "vaderSentiment", "en", "MIT",
        "Hutto & Gilbert (2014), VADER, ICWSM; the words alone, without its rules",
    ),
    "afinn": Packaged(
        "afinn", "data/AFINN-en-165.txt", "afinn", "en", "ODbL (words), Apache 2.0 (package)",
        "Nielsen (2011), A new ANEW, #MSM2011",
    ),
}  # fmt: skip
"""Lexicons by name; more are read by `read_lexicon("module:path/in/it.txt", language=...)`."""


def read_lexicon(
    source: str | Path,
    *,
    language: str | Sequence[str] | None = None,
    name: str | None = None,
    licence: str = "",
    citation: str = "",
    valences: Mapping[str, float] | None = None,
) -> Lexicon:
    """Read a lexicon.

    Parameters
    ----------
    source
        A file: `.csv` or `.tsv` (columns `term` and `valence`, in any order), `.yml` (`term: valence`, or categories
        with lists of terms), `.dic` (categories between two lines of %, then a term and its categories a line).
        Or `vader-words`, `afinn`; or `module:file` for a word list of any installed package, a term and a valence a
        line with a tab between them. At most 10 MB, UTF-8.
    language
        Code of the language it is for (`en`), or several. Needed for files, unless a `.yml` says `language:`.
    name, licence, citation
        What legends call it (default the name of the file), and where it is from. A `.yml` may say them too.
    valences
        What the categories of a `.dic` or `.yml` are worth; default `positive`, `posemo`, `pos` 1 and `negative`,
        `negemo`, `neg` -1. Categories that are not named have no valence and are passed over.

    Returns
    -------
    Lexicon
        Terms are words, `terror*`, or phrases; case is ignored.

    Raises
    ------
    InputError
        The file cannot be read or is empty; a line is broken (its number is said); a term has two valences (both lines
        are said); no language is given.
    UnknownNameError
        The package is not installed.
    """
    known = KNOWN.get(source) if isinstance(source, str) else None
    if known is not None:
        text = _packaged(known.module, known.path, known.install)
        entries = list(_tabbed(text, str(source), strict=False))
        return Lexicon(str(source), tuple(entries), known.language, known.licence, known.citation)
    if isinstance(source, str) and ":" in source and not Path(source).exists():
        module, _, path = source.partition(":")
        kind, text = Path(path).suffix.lower(), _packaged(module, path, module)
    else:
        place = Path(source)
        kind, text = place.suffix.lower(), _file(place)
    label = name or Path(str(source).partition(":")[2] or source).stem
    said: dict[str, Any] = {}
    if kind in (".csv", ".tsv"):
        found = list(_table(text, label, "\t" if kind == ".tsv" else ","))
    elif kind in (".yml", ".yaml"):
        found, said = _yaml(text, label, _worth(valences))
    elif kind == ".dic":
        found = list(_dic(text, label, _worth(valences)))
    elif kind == ".txt":
        found = list(_tabbed(text, label, strict=True))
    else:
        raise InputError(
            message("a lexicon", got=Path(source).name, expected="a .csv, .tsv, .yml, .dic or .txt file")
        )
    spoken = language if language is not None else said.get("language")
    if spoken is None:
        raise InputError(
            message(
                f"the language of the lexicon {label!r} is not given",
                expected="`language=` a code such as 'en' or 'ur'",
                hint="Articles of other languages are then refused, not scored 0.",
            )
        )
    return Lexicon(
        str(said.get("name", label)) if name is None else name,
        tuple(found),
        spoken if isinstance(spoken, str) else tuple(spoken),
        licence or str(said.get("licence", "")),
        citation or str(said.get("citation", "")),
    )


def _worth(valences: Mapping[str, float] | None) -> dict[str, float]:
    if valences is None:
        return dict(_POLES)
    return {str(k).lower(): float(v) for k, v in valences.items()}


def _file(place: Path) -> str:
    try:
        if place.stat().st_size > _LARGEST:
            raise InputError(message("the lexicon is too large", got=place.name, expected="at most 10 MB"))
        return place.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(message("the lexicon cannot be read", got=place.name, hint=f"{error}.")) from error


def _packaged(module: str, path: str, install: str) -> str:
    """Read a file of an installed package as text."""
    try:
        found: Any = files(module).joinpath(path)
        text = found.read_text(encoding="utf-8")
    except (ModuleNotFoundError, FileNotFoundError, TypeError, ValueError) as error:
        raise UnknownNameError(
            message(
                f"the package {module!r} with {path} is not installed",
                hint=f"Install it with: pip install {install}",
            )
        ) from error
    return str(text)


def _entry(term: object, valence: object, line: int, name: str) -> Entry:
    """Check one term."""
    try:
        worth = float(str(valence))
    except ValueError:
        worth = float("nan")
    if not isfinite(worth):
        raise InputError(
            message(f"line {line} of {name}: the valence of {term!r} is not a number", got=valence)
        )
    try:
        parse(str(term))
    except InputError as error:
        raise InputError(f"line {line} of {name}: {error}") from error
    return Entry(str(term).strip(), worth, line)


def _table(text: str, name: str, separator: str) -> Iterator[Entry]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True)
    places: tuple[int, int] | None = None
    width = 0
    try:
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            if places is None:
                head = [cell.strip().lower() for cell in row]
                term = next((i for i, h in enumerate(head) if h in _TERM), None)
                worth = next((i for i, h in enumerate(head) if h in _VALENCE), None)
                if term is None or worth is None:
                    raise InputError(
                        message(f"{name} lacks a column", got=head, expected="`term` and `valence`")
                    )
                places, width = (term, worth), len(head)
                continue
            if len(row) != width:
                raise InputError(
                    message(
                        f"line {rows.line_num} of {name} is not whole", got=row, expected=f"{width} cells"
                    )
                )
            yield _entry(row[places[0]], row[places[1]], rows.line_num, name)
    except csv.Error as error:
        raise InputError(
            message(f"line {rows.line_num} of {name} cannot be read", hint=f"{error}.")
        ) from error


def _tabbed(text: str, name: str, *, strict: bool) -> Iterator[Entry]:
    """Read `term<tab>valence` lines; signs that are no words (emoticons) are passed over in lists of packages."""
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or (strict and line.startswith("#")):
            continue
        cells = line.strip().split("\t")
        if len(cells) < 2:
            raise InputError(
                message(f"line {number} of {name} is broken", got=line, expected="a term, a tab, a valence")
            )
        if not strict and (
            not any(c.isalpha() for c in cells[0]) or not _reads(cells[0]) or cells[0] in seen
        ):
            continue
        seen.add(cells[0])
        yield _entry(cells[0], cells[1], number, name)


def _reads(term: str) -> bool:
    """Say whether a term can be written as a pattern."""
    if not term.replace(" ", "").replace("'", "").replace("-", "").isalnum():
        return False
    return " ".join(parse(term).phrases[0]) == term


def _dic(text: str, name: str, worth: Mapping[str, float]) -> Iterator[Entry]:
    """Read a dictionary in the form of LIWC."""
    lines = text.split("\n")
    marks = [i for i, line in enumerate(lines) if line.strip() == "%"]
    if len(marks) < 2:
        raise InputError(
            message(f"{name} has no categories", expected="a list of them between two lines of %")
        )
    known: dict[str, str] = {}
    for i in range(marks[0] + 1, marks[1]):
        cells = lines[i].split()
        if len(cells) == 1:
            raise InputError(
                message(f"line {i + 1} of {name} is broken", got=lines[i], expected="a number and a category")
            )
        if cells:
            known[cells[0]] = " ".join(cells[1:])
    valued = {key: worth[label.lower()] for key, label in known.items() if label.lower() in worth}
    if not valued:
        raise InputError(
            message(
                f"no category of {name} has a valence",
                got=", ".join(known.values()),
                hint="Say what they are worth: valences={'hostile': -1, 'friendly': 1}.",
            )
        )
    for i in range(marks[1] + 1, len(lines)):
        cells = [c for c in lines[i].replace("\t", " ").split(" ") if c]
        if not cells:
            continue
        keys = []
        while len(cells) > 1 and cells[-1] in known:
            keys.append(cells.pop())
        if not keys:
            raise InputError(
                message(
                    f"line {i + 1} of {name} is broken", got=lines[i], expected="a term and its categories"
                )
            )
        values = sorted({valued[k] for k in keys if k in valued})
        if len(values) > 1:
            raise InputError(
                message(f"line {i + 1} of {name}: {' '.join(cells)!r} has two valences", got=values)
            )
        if values:
            yield _entry(" ".join(cells), values[0], i + 1, name)


def _yaml(text: str, name: str, worth: Mapping[str, float]) -> tuple[list[Entry], dict[str, Any]]:
    """Read `term: valence`, or categories of terms; `language`, `licence`, `citation` and `name` may stand above."""
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise InputError(message(f"{name} is not YAML", hint=f"{error}.")) from error
    if not isinstance(root, yaml.MappingNode):
        raise InputError(message(f"the lexicon {name}", expected="`term: valence` lines"))
    said: dict[str, Any] = {}
    found: list[Entry] = []
    pairs = root.value
    inner = next((v for k, v in pairs if k.value == "terms" and isinstance(v, yaml.MappingNode)), None)
    if inner is not None:
        said = {
            k.value: [i.value for i in v.value] if isinstance(v, yaml.SequenceNode) else v.value
            for k, v in pairs
            if k.value in ("language", "licence", "citation", "name")
        }
        pairs = inner.value
    for key, value in pairs:
        line = key.start_mark.line + 1
        if isinstance(value, yaml.SequenceNode):
            if str(key.value).lower() not in worth:
                continue
            for item in value.value:
                if not isinstance(item, yaml.ScalarNode):
                    raise InputError(
                        message(f"line {item.start_mark.line + 1} of {name} is no term", expected="text")
                    )
                at = item.start_mark.line + 1
                found.append(_entry(item.value, worth[str(key.value).lower()], at, name))
        elif isinstance(value, yaml.ScalarNode) and isinstance(key, yaml.ScalarNode):
            found.append(_entry(key.value, value.value, line, name))
        else:
            raise InputError(message(f"line {line} of {name} is broken", expected="a term and its valence"))
    return found, said
