"""The forms a lexicon may have on disk: tables, tabbed lists, `.dic`, YAML. A broken line is named by its number.

Text in, entries out. Not for files, packages and what a lexicon says of itself (`lexicon_read`).
"""

import csv
import io
from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any

from analysis.errors import InputError, message
from analysis.sentiment.lexicon import Entry
from analysis.terms.patterns import parse

_TERM = ("term", "word", "pattern", "token")
_VALENCE = ("valence", "score", "sentiment", "polarity", "value")


def entry(term: object, valence: object, line: int, name: str) -> Entry:
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


def read_table(text: str, name: str, separator: str) -> Iterator[Entry]:
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
            yield entry(row[places[0]], row[places[1]], rows.line_num, name)
    except csv.Error as error:
        raise InputError(
            message(f"line {rows.line_num} of {name} cannot be read", hint=f"{error}.")
        ) from error


def read_tabbed(text: str, name: str, *, strict: bool) -> Iterator[Entry]:
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
        yield entry(cells[0], cells[1], number, name)


def _reads(term: str) -> bool:
    """Say whether a term can be written as a pattern."""
    if not term.replace(" ", "").replace("'", "").replace("-", "").isalnum():
        return False
    return " ".join(parse(term).phrases[0]) == term


def read_dic(text: str, name: str, worth: Mapping[str, float]) -> Iterator[Entry]:
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
            yield entry(" ".join(cells), values[0], i + 1, name)


def read_yaml(text: str, name: str, worth: Mapping[str, float]) -> tuple[list[Entry], dict[str, Any]]:
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
                found.append(entry(item.value, worth[str(key.value).lower()], at, name))
        elif isinstance(value, yaml.ScalarNode) and isinstance(key, yaml.ScalarNode):
            found.append(entry(key.value, value.value, line, name))
        else:
            raise InputError(message(f"line {line} of {name} is broken", expected="a term and its valence"))
    return found, said
