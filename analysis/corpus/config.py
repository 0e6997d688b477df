"""`corpus.toml`: what the user says about a corpus. Everything in it is optional; every mistake is named.

Not for what was learned from the articles: that is `analysis.text.clean.Knowledge`.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from analysis.corpus.glossary import check_rule
from analysis.errors import InputError, choose, did_you_mean, message

SELECTIONS = ("census", "query", "handpicked")
CANONICAL = (
    "content",
    "title",
    "standfirst",
    "link",
    "outlet",
    "agency",
    "section",
    "author",
    "language",
    "date_published",
    "date_listing",
    "date_page",
    "retrieved",
)
_PLAIN_KEYS = ("selection", "holidays")
_TABLES = (
    "fields",
    "outlets",
    "paths",
    "zones",
    "date_order",
    "regions",
    "windows",
    "cleaning",
    "limits",
    "identity",
    "stories",
)


@dataclass(frozen=True)
class Window:
    """A span of days in which an outlet was collected; `outlet` is '*' for all."""

    outlet: str
    since: date
    until: date


@dataclass(frozen=True)
class StorySettings:
    """How near-copies are found: within how many days, from what share of common text, up to how many articles."""

    window_days: int = 7
    threshold: float = 0.4
    off: bool = False
    most: int = 150_000  # finding them holds some kB an article; an ingest does not


@dataclass(frozen=True)
class Config:
    """The checked content of `corpus.toml`."""

    selection: str = "census"
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    outlets: Mapping[str, str] = field(default_factory=dict)
    path_patterns: tuple[str, ...] = ()
    zones: Mapping[str, str] = field(default_factory=dict)
    date_order: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    windows: tuple[Window, ...] = ()
    holidays: tuple[date, ...] = ()
    cleaning_off: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    max_reject_share: float = 0.01
    number_in_path: bool = True
    stories: StorySettings = StorySettings()

    def to_dict(self) -> dict[str, Any]:
        """Give plain values, for `corpus.json`; not those of stories, which change nothing in an article."""
        plain = asdict(self)
        plain["holidays"] = [d.isoformat() for d in self.holidays]
        del plain["stories"]
        plain["windows"] = [[w.outlet, w.since.isoformat(), w.until.isoformat()] for w in self.windows]
        return plain


def find_config(source: Path, corpus: Path, given: Path | None) -> Path | None:
    """Locate the settings: the file given, else the corpus folder's, else the source folder's."""
    if given is not None:
        if not given.is_file():
            raise InputError(
                message("the settings file is not there", got=str(given), expected="a corpus.toml")
            )
        return given
    beside = source / "corpus.toml" if source.is_dir() else source.with_name("corpus.toml")
    return next((p for p in (corpus / "corpus.toml", beside) if p.is_file()), None)


def read_config(path: Path | None) -> Config:
    """Read and check a `corpus.toml`; without one, the defaults.

    Raises
    ------
    InputError
        Naming the key, the value found and what was expected.
    """
    if path is None:
        return Config()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            message(f"{path.name} is not valid TOML ({error})", hint="Correct the line it names.")
        ) from error
    for key in data:
        if key not in (*_PLAIN_KEYS, *_TABLES):
            known = [*_PLAIN_KEYS, *_TABLES]
            raise InputError(
                message(
                    f"{path.name} has an unknown key",
                    got=key,
                    expected="one of " + ", ".join(known),
                    hint=did_you_mean(key, known),
                )
            )
    fields = {choose("[fields] key", k, CANONICAL): _names(k, v) for k, v in _table(data, "fields").items()}
    zones = {k: _zone(v) for k, v in _table(data, "zones").items()}
    orders = {
        k: choose(f"[date_order] {k}", v, ("dmy", "mdy", "ymd"))
        for k, v in _table(data, "date_order").items()
    }
    patterns = _names("pattern", _table(data, "paths").get("pattern", []))
    for pattern in patterns:
        path_regex(pattern)
    share = _table(data, "limits").get("max_reject_share", 0.01)
    if not isinstance(share, int | float) or isinstance(share, bool) or not 0 <= share <= 1:
        raise InputError(message("[limits] max_reject_share", got=share, expected="a number from 0 to 1"))
    cleaning = _table(data, "cleaning")
    for key in cleaning:
        choose("[cleaning] key", key, ("off",))
    return Config(
        selection=choose("selection", data.get("selection", "census"), SELECTIONS),
        fields=fields,
        outlets={k: str(v) for k, v in _table(data, "outlets").items()},
        path_patterns=patterns,
        zones=zones,
        date_order=orders,
        regions={k: str(v) for k, v in _table(data, "regions").items()},
        windows=tuple(_window(w, i) for i, w in enumerate(data.get("windows", []), 1)),
        holidays=_holidays(data.get("holidays", [])),
        cleaning_off={k: _rules(k, v) for k, v in _table(cleaning, "off", "cleaning.off").items()},
        max_reject_share=float(share),
        number_in_path=bool(_table(data, "identity").get("number_in_path", True)),
        stories=_stories(_table(data, "stories")),
    )


def path_regex(pattern: str) -> re.Pattern[str]:
    """Turn `{outlet}/{year}/*` into an expression for the start of a relative path.

    >>> path_regex("{outlet}/{year}-{month}/*").match("Dawn/2025-01/a.txt").groupdict()
    {'outlet': 'Dawn', 'year': '2025', 'month': '01'}
    """
    digits = {"year": r"\d{4}", "month": r"\d{2}", "day": r"\d{2}"}
    out, seen = "", set()
    for piece in re.split(r"(\{\w+\}|\*)", pattern):
        if piece == "*":
            out += "[^/]*"
        elif piece.startswith("{"):
            name = choose(
                "[paths] pattern placeholder", piece[1:-1], ("outlet", "section", "language", *digits)
            )
            if name in seen:
                raise InputError(message("[paths] pattern names a placeholder twice", got=pattern))
            seen.add(name)
            out += f"(?P<{name}>{digits.get(name, '[^/]+')})"
        else:
            out += re.escape(piece)
    return re.compile(out)


def _table(data: Mapping[str, Any], key: str, name: str = "") -> dict[str, Any]:
    value = data.get(key, {})
    if not isinstance(value, dict):
        shown = name or key
        raise InputError(message(f"[{shown}] in corpus.toml", got=value, expected=f"a table: [{shown}]"))
    return value


def _stories(table: Mapping[str, Any]) -> StorySettings:
    for key in table:
        choose("[stories] key", key, ("window_days", "threshold", "off", "most"))
    made = StorySettings(**table)
    days, share = made.window_days, made.threshold
    if isinstance(days, bool) or not isinstance(days, int) or not 0 <= days <= 366:
        raise InputError(message("[stories] window_days", got=days, expected="a whole number from 0 to 366"))
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0.2 <= share <= 0.9:
        raise InputError(message("[stories] threshold", got=share, expected="a number from 0.2 to 0.9"))
    if not isinstance(made.off, bool):
        raise InputError(message("[stories] off", got=made.off, expected="true or false"))
    if isinstance(made.most, bool) or not isinstance(made.most, int) or made.most < 1:
        raise InputError(message("[stories] most", got=made.most, expected="a whole number of at least 1"))
    return made


def _rules(outlet: str, value: object) -> tuple[str, ...]:
    return tuple(
        check_rule(name, f"[cleaning.off] {outlet!r} in corpus.toml") for name in _names(outlet, value)
    )


def _names(key: str, value: object) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(n, str) for n in names):
        raise InputError(
            message(f"`{key}` in corpus.toml", got=value, expected="a string or a list of strings")
        )
    return tuple(names)


def _zone(value: object) -> str:
    try:
        ZoneInfo(str(value))
    except (KeyError, ValueError, OSError) as error:
        raise InputError(
            message("[zones] has an unknown zone", got=value, expected="a name such as Asia/Karachi")
        ) from error
    return str(value)


def _holidays(value: Any) -> tuple[date, ...]:
    days: list[Any] = value if isinstance(value, list) else [value]
    try:
        return tuple(sorted({d if isinstance(d, date) else date.fromisoformat(d) for d in days}))
    except (TypeError, ValueError) as error:
        raise InputError(
            message("`holidays` in corpus.toml", got=value, expected='ISO dates, such as ["2025-03-31"]')
        ) from error


def _window(value: Any, number: int) -> Window:
    try:
        since, until = (
            v if isinstance(v, date) else date.fromisoformat(v) for v in (value["since"], value["until"])
        )
        window = Window(str(value.get("outlet", "*")), since, until)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            message(
                f"[[windows]] number {number}", got=value, expected="outlet, since and until as ISO dates"
            )
        ) from error
    if window.since > window.until:
        raise InputError(message(f"[[windows]] number {number} ends before it starts", got=value))
    return window
