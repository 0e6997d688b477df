"""JSON to flat fields with every value the string it was: 23 digits, 1.10 and "007" stay.

Not for telling records apart in a file: `jsonl` and `json` do that.
"""

import json
import re
from typing import Any, NamedTuple

_SURROGATE = re.compile("[\ud800-\udfff]")
Pairs = list[tuple[str, Any]]


class Number(str):
    """A number exactly as it was written, told apart from a quoted string inside nested values."""

    __slots__ = ()


class Object(dict[str, Any]):
    """A JSON object that remembers whether a key stood in it twice (the last one wins)."""

    __slots__ = ("twice",)
    twice: bool


class Flat(NamedTuple):
    """The fields of one object and remarks about them (`duplicate_keys`, `lone_surrogate`)."""

    fields: dict[str, str]
    notes: tuple[str, ...]


REMARKS = {
    "duplicate_keys": "A JSON object has the same key twice; the last value was taken.",
    "lone_surrogate": "Half of a surrogate pair (\\ud800...) cannot be stored; U+FFFD stands for it.",
    "nul_bytes": "Raw NUL bytes stand inside the text; cleaning removes them.",
}


def _object(pairs: Pairs) -> Object:
    """Build an object and note a repeated key."""
    out = Object(pairs)
    out.twice = len(out) != len(pairs)
    return out


def _constant(name: str) -> Number | None:
    """NaN is how exports write a missing value; the infinities stay as written."""
    return None if name == "NaN" else Number(name)


# Control characters inside strings are common dirt and lose nothing: strict=False lets them pass.
DECODER = json.JSONDecoder(
    parse_int=Number, parse_float=Number, parse_constant=_constant, object_pairs_hook=_object, strict=False
)


def flatten(record: dict[str, Any], *, surrogates: bool = True) -> Flat:
    """Turn a decoded object into fields. `surrogates=False` skips the check where the bytes cannot hold any.

    >>> flatten(DECODER.decode('{"id": 12, "n": 1.10, "ok": true, "none": null, "tags": ["a", 2]}'))
    Flat(fields={'id': '12', 'n': '1.10', 'ok': 'true', 'tags': '["a",2]'}, notes=())
    """
    fields: dict[str, str] = {}
    notes: tuple[str, ...] = ("duplicate_keys",) if getattr(record, "twice", False) else ()
    for name, value in record.items():
        if type(value) is str:
            fields[name] = value
        elif value is not None:
            fields[name] = str.__str__(value) if isinstance(value, Number) else compact(value)
    if surrogates:
        clean = {_SURROGATE.sub("\ufffd", k): _SURROGATE.sub("\ufffd", v) for k, v in fields.items()}
        if clean != fields:
            return Flat(clean, (*notes, "lone_surrogate"))
    return Flat(fields, notes)


def compact(value: Any) -> str:
    """A nested value as compact JSON, its numbers as they were written."""
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return (
            "{"
            + ",".join(f"{json.dumps(k, ensure_ascii=False)}:{compact(v)}" for k, v in value.items())
            + "}"
        )
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(compact, value)) + "]"
    return json.dumps(value, ensure_ascii=False, default=str)
