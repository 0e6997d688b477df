"""Windows over a stored corpus are those of the texts it was made from."""

import numpy as np
import pytest

import analysis as an
from analysis.corpus.handle import Corpus
from analysis.stats.coherence import window_counts
from analysis.terms.stream import streamer
from analysis.topics.coherence import columns_of, windows_of
from tests.toycorpus import build


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return build(tmp_path_factory.mktemp("toy"))


def test_windows_of_a_corpus_are_those_of_its_streams(toy: Corpus) -> None:
    tokens = an.tokens(toy, stopwords="en")
    names = tokens.vocabulary.terms.to_pylist()
    wanted = [names[3], names[0], names[-1]]
    columns = streamer(tokens).columns
    found = windows_of(tokens, [*wanted, "not-a-word"], sizes=(3, 50))
    for size, one in zip((3, 50), found, strict=True):
        batches = [streamer(tokens)(b) for b in toy.scan(*columns)]
        offsets = np.concatenate([[0], np.cumsum(np.concatenate([np.diff(s.offsets) for s in batches]))])
        slow = window_counts(
            np.concatenate([s.terms for s in batches]), offsets, [names.index(w) for w in wanted], window=size
        )
        np.testing.assert_array_equal(one.pairs[:3, :3], slow.pairs)
        assert one.occurrences[3] == 0
        assert one.n_windows == slow.n_windows


def test_n_grams_are_found_in_windows_too(toy: Corpus) -> None:
    tokens = an.tokens(toy, stopwords="en", ngrams=(1, 2))
    table = an.dtm(tokens)
    pairs = [t for t in table.terms if " " in t][:5]
    (found,) = windows_of(tokens, [*pairs, "no such"], sizes=(100_000,))
    there = table.doc_freq[[table.terms.index(t) for t in pairs]]
    np.testing.assert_array_equal(
        found.occurrences, [*there, 0]
    )  # a window as long as any article is the article


def test_topics_of_unequal_length_are_padded() -> None:
    terms, rows = columns_of([["b", "a"], ["c"]])
    assert terms == ["a", "b", "c"]
    assert rows.tolist() == [[1, 0], [2, -1]]
