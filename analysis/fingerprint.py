"""Hashes that identify content: articles, sets of articles, files, runs; and the seeds derived from them.

Everything here depends on bytes alone, never on the machine, the order of work or Python's own `hash`. Not
for secrets: nothing here is a password or a signature.
"""

import datetime as dt
import hashlib
import json
import math
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Self

from analysis.errors import InputError, message

_ABSENT, _PRESENT = b"\x00", b"\x01"
_MODULUS = 1 << 256


def content_hash(*fields: str | None) -> bytes:
    """Return 16 bytes that stand for these fields, in this order.

    Each field carries its length, and an absent one its own mark, so that no two different sequences of
    fields are hashed as the same bytes.

    >>> content_hash("a", "bc") == content_hash("ab", "c")
    False
    >>> content_hash(None) == content_hash("")
    False
    """
    return hashlib.blake2b(_framed(fields), digest_size=16).digest()


def doc_id(*identity: str | None) -> str:
    """Return the id of an article with this identity: 20 lower-case hexadecimal digits (80 bits).

    Among ten million articles the chance that any two share an id is below one in ten billion.

    >>> doc_id("https://example.org/1")
    'c72f6d2b0a523798306f'
    """
    return hashlib.blake2b(_framed(identity), digest_size=10, person=b"doc_id").hexdigest()


class SetFingerprint(NamedTuple):
    """The fingerprint of a set of articles, whatever their order and however they are split over files.

    A sum of digests: sets are merged by adding, and articles are taken out by subtracting.
    """

    total: int = 0
    n_docs: int = 0

    def merge(self, other: Self) -> "SetFingerprint":
        """Return the fingerprint of both sets together; they must not share an article."""
        return SetFingerprint((self.total + other.total) % _MODULUS, self.n_docs + other.n_docs)

    def without(self, other: Self) -> "SetFingerprint":
        """Return the fingerprint of this set less the articles of the other, which must all be in it."""
        return SetFingerprint((self.total - other.total) % _MODULUS, self.n_docs - other.n_docs)

    def hexdigest(self, *context: str) -> str:
        """Return 32 hexadecimal digits for the set together with its context (the encoder's version, say)."""
        return content_hash(str(self.n_docs), f"{self.total:064x}", *context).hex()


def combine(doc_ids: Iterable[str], content_hashes: Iterable[bytes]) -> SetFingerprint:
    """Return the fingerprint of articles given as ids and content hashes, pairwise; about 1 µs each.

    >>> one, two = combine(["a"], [b"1"]), combine(["b"], [b"2"])
    >>> combine(["b", "a"], [b"2", b"1"]) == one.merge(two)
    True
    """
    blake2b, from_bytes = hashlib.blake2b, int.from_bytes
    total = count = 0
    for name, content in zip(doc_ids, content_hashes, strict=True):
        # A doc_id holds no NUL, so the first one ends it.
        total += from_bytes(blake2b(name.encode() + b"\x00" + content, digest_size=32).digest(), "big")
        count += 1
    return SetFingerprint(total % _MODULUS, count)


def file_sha256(path: str | os.PathLike[str]) -> str:
    """Return the SHA-256 of a file's bytes as hexadecimal digits, reading it in pieces."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def derive_seed(seed: int, purpose: str) -> int:
    """Return the seed for one purpose: below 2**32, which every random generator we use accepts.

    Two parts of an analysis that share one user's seed must not share random numbers.

    >>> derive_seed(1, "sample") == derive_seed(1, "topics")
    False
    """
    if isinstance(seed, bool) or not isinstance(seed, int):
        raise InputError(message("`seed` is not a whole number", got=seed, expected="an int"))
    return int.from_bytes(hashlib.blake2b(_framed((str(seed), purpose)), digest_size=4).digest(), "big")


def canonical_json(value: object) -> str:
    """Return the one JSON text of a value: keys sorted, no spaces, Unicode as it is, dates in ISO form.

    Raises
    ------
    InputError
        The value holds something without one JSON text: a set, NaN, a key that is not a string, an object.

    >>> canonical_json({"b": (1, 2), "a": None})
    '{"a":null,"b":[1,2]}'
    """
    return json.dumps(
        _plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def run_id(
    *, notebook: str, parameters: Mapping[str, object], selection: str, version: str, environment: str
) -> str:
    """Return the id of a report's run: 16 hexadecimal digits.

    Parameters
    ----------
    notebook
        The notebook's name and the hash of its source.
    parameters
        Name to value, with defaults filled in.
    selection
        Fingerprint of the articles the run is about.
    version
        Version of this package.
    environment
        Hash of the lock file, or the resolved versions as text.
    """
    parts = (notebook, canonical_json(parameters), selection, version, environment)
    return hashlib.blake2b(_framed(parts), digest_size=8, person=b"run_id").hexdigest()


def _framed(fields: Iterable[str | None]) -> bytes:
    """Join fields unambiguously; lone surrogates have bytes too, for raw text may hold them."""
    framed: list[bytes] = []
    for field in fields:
        if field is None:
            framed.append(_ABSENT)
        else:
            data = field.encode("utf-8", "surrogatepass")
            framed += (_PRESENT, len(data).to_bytes(8, "little"), data)
    return b"".join(framed)


def _plain(value: Any) -> Any:
    """Turn a value into what JSON has, or raise."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise InputError(
                message("A number has no canonical JSON", got=value, expected="a finite number or None")
            )
        return value
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise InputError(message("A mapping has a key that is not a string", got=list(value)))
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, os.PathLike):
        return Path(value).as_posix()
    if type(value).__module__ == "numpy" and hasattr(value, "tolist"):
        return _plain(value.tolist())
    raise InputError(
        message(
            "A value has no canonical JSON",
            got=value,
            expected="text, numbers, dates, lists and mappings of them",
        )
    )
