"""Hashes that identify content, and seeds derived from them."""

import datetime as dt
import hashlib
from pathlib import Path

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.fingerprint import (
    SetFingerprint,
    canonical_json,
    combine,
    content_hash,
    derive_seed,
    doc_id,
    file_sha256,
    run_id,
)

RUN = {
    "notebook": "01_corpus",
    "parameters": {"a": 1},
    "selection": "s",
    "version": "0.1.0",
    "environment": "e",
}


def test_fields_are_framed_so_that_moving_a_letter_changes_the_hash() -> None:
    variants = [("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""), ("abc", None), (None, "abc"), ("", "abc")]
    assert len({content_hash(*fields) for fields in variants}) == len(variants)


def test_a_content_hash_is_blake2b_of_marks_lengths_and_bytes() -> None:
    by_hand = b"\x01" + (2).to_bytes(8, "little") + "é".encode() + b"\x00"
    assert content_hash("é", None) == hashlib.blake2b(by_hand, digest_size=16).digest()


def test_a_lone_surrogate_has_a_hash_too() -> None:
    assert content_hash("\ud800") != content_hash("\ufffd")


def test_a_doc_id_is_twenty_hexadecimal_digits_for_any_identity() -> None:
    for identity in [("https://example.org/1",), ("Dawn", "2025-01-01", "text"), (None,), ()]:
        assert len(doc_id(*identity)) == 20
        assert int(doc_id(*identity), 16) >= 0


def test_a_set_can_grow_and_shrink_and_come_back_to_itself() -> None:
    base, more = combine(["a"], [b"1"]), combine(["b", "c"], [b"2", b"3"])
    assert base.merge(more).without(more) == base
    assert base.merge(more).n_docs == 3
    assert SetFingerprint().merge(base) == base


def test_the_content_and_the_context_are_part_of_a_fingerprint() -> None:
    assert combine(["a"], [b"1"]) != combine(["a"], [b"2"])
    assert combine(["a"], [b"1"]).hexdigest("v1") != combine(["a"], [b"1"]).hexdigest("v2")


def test_ids_and_hashes_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="shorter"):
        combine(["a", "b"], [b"1"])


def test_a_file_hash_is_the_one_sha256sum_prints(tmp_path: Path) -> None:
    path = tmp_path / "abc"
    path.write_bytes(b"abc")  # the first example of FIPS 180-2
    assert file_sha256(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_seeds_differ_by_purpose_and_fit_every_generator() -> None:
    seeds = {derive_seed(seed, purpose) for seed in (0, 1, -1, 10**30) for purpose in ("sample", "topics")}
    assert len(seeds) == 8
    assert all(0 <= seed < 2**32 for seed in seeds)
    assert derive_seed(1, "sample") == derive_seed(1, "sample")
    with pytest.raises(InputError, match="`seed`"):
        derive_seed(1.0, "sample")  # type: ignore[arg-type]


def test_json_is_one_text_whatever_the_order_and_the_types() -> None:
    value = {"z": np.int64(1), "a": (dt.date(2025, 1, 1), Path("x/y"), np.array([1.5])), "ü": None}
    assert canonical_json(value) == '{"a":["2025-01-01","x/y",[1.5]],"z":1,"ü":null}'


@pytest.mark.parametrize("value", [{1, 2}, float("nan"), {1: "a"}, object(), [np.float64("inf")]])
def test_json_refuses_what_has_no_single_text(value: object) -> None:
    with pytest.raises(InputError):
        canonical_json({"value": value})


@pytest.mark.parametrize("changed", sorted(RUN))
def test_every_part_of_a_run_changes_its_id(changed: str) -> None:
    other = {**RUN, changed: {"a": 2} if changed == "parameters" else "other"}
    assert run_id(**RUN) != run_id(**other)  # type: ignore[arg-type]
