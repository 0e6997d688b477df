"""Tokens: worked cases, the plain Python oracle, and scikit-learn's counts from ours."""

import json
import os
import subprocess
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from analysis.text.tokenize import Tokens, count_types, tokenize, type_classes
from analysis.text.tokenize_classes import LETTER, MARK, UNDERSCORE, class_table
from benchmarks.encoding import as_count_vectorizer
from tests.growth import finishes_on_a_million
from tests.text.oracle import Token, tokens
from tests.text.real import FILES, texts

ROOT = Path(__file__).resolve().parents[2]
CASES = json.loads((ROOT / "tests/cases/tokens.json").read_text(encoding="utf-8"))["cases"]
# Where the rules meet: letters, digits, joiners, marks, quotation, scripts.
_HARD = st.text(
    st.sampled_from(list("aAbU1٢½.,'’-_: /@#w\n\u200d\u200c\u200b\u0301\ufe0fİΣ😀👍🏽🇵\"”“!ßد۔،क्ක්…ª²")),
    max_size=60,
)


def listed(found: Tokens) -> list[list[Token]]:
    """Give our tokens in the form of the oracle's, one list a text."""
    forms = found.types.to_pylist()
    rows = [
        Token(forms[i], start, end, space, newline)
        for i, start, end, space, newline in zip(
            found.type_ids.tolist(),
            found.starts.tolist(),
            found.ends.tolist(),
            found.space_before.tolist(),
            found.newline_before.tolist(),
            strict=True,
        )
    ]
    return [rows[a:b] for a, b in pairwise(found.text_offsets.tolist())]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_text_is_cut_as_the_statement_says(text: str, expected: str) -> None:
    assert [t.form for t in listed(tokenize([text]))[0]] == expected.split(" ")


@given(st.lists(st.one_of(st.text(max_size=80), _HARD), max_size=6))
@settings(max_examples=400, deadline=None)
def test_any_text_is_cut_as_the_oracle_cuts_it(batch: list[str]) -> None:
    assert listed(tokenize(batch)) == [tokens(text) for text in batch]


@given(st.one_of(st.text(max_size=80), _HARD))
@settings(max_examples=200, deadline=None)
def test_tokens_and_what_stands_between_are_the_text(text: str) -> None:
    done = 0
    for token in listed(tokenize([text]))[0]:
        between = text[done : token.start]
        assert all(c.isspace() or unicodedata.category(c) == "Cf" for c in between)
        assert token.space_before == any(c.isspace() or c == "\u200b" for c in between)
        assert text[token.start : token.end] == token.form
        done = token.end


@pytest.mark.corpora
@pytest.mark.parametrize("file", FILES)
def test_real_articles_are_cut_as_the_oracle_cuts_them(corpora: Path, file: str) -> None:
    batch = texts(corpora, file, every=40 if "pakistan" in file else 8)
    assert listed(tokenize(batch)) == [tokens(text) for text in batch]


def test_every_code_point_has_the_class_that_unicode_gives_it() -> None:
    table = class_table()
    for code in range(0x110000):
        character = chr(code)
        assert (table[code] <= UNDERSCORE) == (character.isalnum() or character == "_"), hex(code)
        assert (table[code] == LETTER) == character.isalpha(), hex(code)
        if unicodedata.category(character)[0] == "M":
            assert table[code] == MARK, hex(code)


def test_types_are_numbered_as_first_seen_over_all_texts() -> None:
    found = tokenize(["b a", "a c b"])
    assert found.types.to_pylist() == ["b", "a", "c"]
    assert found.type_ids.tolist() == [0, 1, 1, 2, 0]
    assert found.text_offsets.tolist() == [0, 2, 5]


def test_the_two_apostrophes_make_two_types() -> None:
    assert tokenize(["isn't isn’t"]).types.to_pylist() == ["isn't", "isn’t"]


@pytest.mark.parametrize("last", ["", "\x00", "\x00\u0301", "a", "ab"])
def test_long_tokens_that_differ_at_the_end_are_two_types(last: str) -> None:
    for size in range(1, 40):
        batch = ["a" * size + " " + "a" * (size - 1) + "b " + last + " \u0301"]
        assert [t.form for t in listed(tokenize(batch))[0]] == [t.form for t in tokens(batch[0])]


def test_a_hundred_thousand_types_are_kept_apart() -> None:
    words = [f"w{n}" for n in range(100_000)]
    found = tokenize([" ".join(words)] * 2)
    assert found.types.to_pylist() == words
    assert np.array_equal(found.type_ids, np.tile(np.arange(100_000), 2))


def test_texts_may_come_as_arrow_sliced_or_with_missing_ones() -> None:
    whole = ["x", "é one", None, "two"]
    for given_as in (
        whole,
        pa.array(whole),
        pa.array(whole, type=pa.large_string()),
        pa.chunked_array([whole[:2], whole[2:]]),
        pa.array(["cut off", *whole])[1:],
        pa.array(whole).dictionary_encode(),
    ):
        found = tokenize(given_as)
        assert found.types.to_pylist() == ["x", "é", "one", "two"]
        assert found.text_offsets.tolist() == [0, 1, 3, 3, 4]


def test_no_texts_give_no_tokens() -> None:
    assert tokenize([]).text_offsets.tolist() == [0]
    assert count_types(pa.array([], type=pa.string())).indptr.tolist() == [0]
    assert type_classes([]).size == 0


def test_a_lone_surrogate_counts_as_the_replacement_character() -> None:
    assert tokenize(["a\ud800b"]).types.to_pylist() == ["a", "\ufffd", "b"]


def test_classes_of_types() -> None:
    forms = ["one", "COVID-19", "2nd", "10-12", "½", "…", "___", "`", "$", "😀", "www.a.example", "a://b", ""]
    assert type_classes(forms).tolist() == [0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3]


def test_counts_are_rows_of_a_sparse_matrix() -> None:
    counted = count_types(["no, no yes", "", "yes"])
    assert counted.types.to_pylist() == ["no", ",", "yes"]
    assert counted.indptr.tolist() == [0, 3, 3, 4]
    assert counted.indices.tolist() == [0, 1, 2, 2]
    assert counted.counts.tolist() == [2, 1, 1, 1]


def agrees_with_count_vectorizer(batch: list[str]) -> bool:
    """Compare our counts with scikit-learn's on the full text, cell by cell."""
    vectorizer = CountVectorizer()
    reference = vectorizer.fit_transform(batch)
    matrix, names = as_count_vectorizer(batch)
    return names == sorted(vectorizer.vocabulary_) and (csr_matrix(matrix) != reference).nnz == 0


@pytest.mark.corpora
@pytest.mark.parametrize("file", FILES)
def test_counts_are_those_of_count_vectorizer_cell_by_cell(corpora: Path, file: str) -> None:
    assert agrees_with_count_vectorizer(texts(corpora, file, every=10 if "pakistan" in file else 1))


@given(st.lists(st.one_of(st.text(max_size=80), _HARD), min_size=1, max_size=5))
@settings(max_examples=300, deadline=None)
def test_no_text_is_counted_otherwise_than_count_vectorizer_does(batch: list[str]) -> None:
    # A capital sigma looks beyond its token when it is put in lower case: the one exception, stated in the methods.
    plain = [text.replace("Σ", "S") for text in batch]
    assert agrees_with_count_vectorizer([*plain, "at least this"])


_UNITS = ["a", "a.", "a. ", "a-", "1,", "'", "\u200d", "a\u200d", "\u0301", "😀\u200d", "www.a", "www.)", ")"]


@pytest.mark.parametrize("unit", [*_UNITS, "http://", "a://"])
def test_a_million_characters_come_to_an_end(unit: str) -> None:
    finishes_on_a_million(lambda text: tokenize([text]), unit)


def test_a_corpus_is_imported_without_numba() -> None:
    code = "import sys, analysis.text.segments, analysis.text.tokenize; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.slow
def test_kernels_compile_where_no_folder_can_be_written() -> None:
    code = (
        "import numba.core.caching as c\n"
        "c.CacheImpl._locator_classes = []\n"
        "from analysis.text.segments import encode\n"
        "assert encode(['It works.']).sentence.tolist() == [0, 0, 0]"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        env=dict(os.environ),
    )
    assert done.returncode == 0, done.stderr
