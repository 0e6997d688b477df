"""What `Corpus.where` is asked for, checked and turned into conditions. Not for applying them: `scan` does."""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.corpus.overlay import Overlay
from analysis.corpus.query import text_pattern
from analysis.corpus.scan import Condition
from analysis.corpus.store import Snapshot
from analysis.errors import InputError, UnknownNameError, did_you_mean, message
from analysis.periods import since_date, until_date

Asked = str | Sequence[str] | None


def among(fields: Mapping[str, Asked]) -> list[Condition]:
    """One condition for each field asked for, by name and values."""
    return [
        Condition("among", name, _values(name, value)) for name, value in fields.items() if value is not None
    ]


def among_metadata(wanted: Mapping[str, str | Sequence[str]], overlay: Overlay) -> list[Condition]:
    """Conditions on the columns of metadata.csv; UnknownNameError for one it does not have."""
    have = overlay.metadata.column_names if overlay.metadata is not None else []
    for name in wanted:
        if name not in have:
            raise UnknownNameError(
                message(
                    "metadata.csv has no such column", got=name, expected=", ".join(have) or "a metadata.csv"
                )
            )
    return among(wanted)


def in_time(since: str | None, until: str | None) -> list[Condition]:
    """The range of days, ends included; InputError where it ends before it begins."""
    if since is None and until is None:
        return []
    first = since_date(since) if since is not None else None
    last = until_date(until) if until is not None else None
    if first and last and first > last:
        raise InputError(message("`since` is after `until`", got=f"{since} .. {until}"))
    return [Condition("dates", since=first, until=last)]


def matching(text: str | None) -> list[Condition]:
    """The query of the text."""
    return [] if text is None else [Condition("text", pattern=text_pattern(text))]


def check_outlets(conditions: Sequence[Condition], snapshot: Snapshot, overlay: Overlay) -> None:
    """Raise UnknownNameError for an outlet the corpus does not have, naming the nearest."""
    known = known_outlets(snapshot, overlay)
    for name in (n for c in conditions if c.field == "outlet" for n in c.values):
        if name not in known and known:
            raise UnknownNameError(
                message(
                    "there is no such outlet in this corpus",
                    got=name,
                    expected="one of " + ", ".join(sorted(known)[:30]),
                    hint=did_you_mean(name, sorted(known)),
                )
            )


def known_outlets(snapshot: Snapshot, overlay: Overlay) -> set[str]:
    """The outlets of all articles, those given by corrections too, and those whose denominators are known."""
    spelled = snapshot.knowledge.get("outlets", {})
    known = set(spelled.values())
    known |= {str(v["outlet"]) for v in overlay.corrections.values() if v.get("outlet")}
    if overlay.published is not None:
        known |= set(overlay.published_here(spelled).outlet)
    return {name for name in known if name}


def check_size(n: Any) -> int:
    """Return the size of a sample; InputError where it is none."""
    if isinstance(n, bool) or not isinstance(n, int) or n < 1:
        raise InputError(message("`n`", got=n, expected="a whole number of at least 1"))
    return n


def _values(name: str, value: str | Sequence[str]) -> tuple[str, ...]:
    values = (value,) if isinstance(value, str) else tuple(value)
    if not values or not all(isinstance(v, str) for v in values):
        raise InputError(message(f"`{name}`", got=value, expected="a string or a list of strings"))
    return tuple(sorted(set(values)))
