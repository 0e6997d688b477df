"""The parameters a number was made with: plain values, and the one line that cites them.

Not for settings that change no number (workers, progress, colours).
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from analysis.fingerprint import canonical_json

_BARE = re.compile(r"[^\W\d][\w.*+\-]*")
_WORDS = {True: "yes", False: "no", None: "none"}


def plain(params: Mapping[str, object]) -> dict[str, Any]:
    """Return parameters as JSON would give them back (dates as text, lists as tuples), sorted by name."""
    decoded = json.loads(canonical_json(params))
    return {name: _tuples(decoded[name]) for name in sorted(decoded)}


def signature(kind: str, params: Mapping[str, object], *, corpus_fingerprint: str, version: str) -> str:
    """Return the line that cites a number; different parameters never give the same line.

    >>> signature("keyness", {"measure": "g2", "min_doc_freq": 5}, corpus_fingerprint="9f3a", version="0.1.0")
    'keyness|measure:g2|min_doc_freq:5|corpus:9f3a|v:0.1.0'
    """
    named = [f"{name}:{_short(value)}" for name, value in plain(params).items()]
    return "|".join([kind, *named, f"corpus:{corpus_fingerprint[:12]}", f"v:{version}"])


def _short(value: Any) -> str:
    """Write a value briefly; text that could be taken for something else is quoted."""
    if value is None or isinstance(value, bool):
        return _WORDS[value]
    if isinstance(value, str):
        bare = _BARE.fullmatch(value) and value not in _WORDS.values()
        return value if bare else json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return "{" + ",".join(f"{_short(name)}:{_short(item)}" for name, item in value.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ",".join(_short(item) for item in value) + "]"
    return str(value)


def _tuples(value: Any) -> Any:
    """Turn lists into tuples, all the way down: a parameter does not change after the fact."""
    if isinstance(value, list):
        return tuple(_tuples(item) for item in value)
    if isinstance(value, dict):
        return {name: _tuples(value[name]) for name in sorted(value)}
    return value
