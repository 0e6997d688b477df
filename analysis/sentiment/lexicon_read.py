"""Reading lexicons: the user's CSV, YAML and `.dic` files, and word lists of installed packages.

Not for using them (`lexicon`). A file is read whole or refused, with the number of the line that is wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from analysis.errors import InputError, UnknownNameError, message
from analysis.sentiment.lexicon import Lexicon
from analysis.sentiment.lexicon_formats import read_dic, read_tabbed, read_table, read_yaml

_LARGEST = 10_000_000
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
        entries = list(read_tabbed(text, str(source), strict=False))
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
        found = list(read_table(text, label, "\t" if kind == ".tsv" else ","))
    elif kind in (".yml", ".yaml"):
        found, said = read_yaml(text, label, _worth(valences))
    elif kind == ".dic":
        found = list(read_dic(text, label, _worth(valences)))
    elif kind == ".txt":
        found = list(read_tabbed(text, label, strict=True))
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
