"""Coherence: counted by hand on five short texts, and equal to gensim's on many."""

import warnings

import numpy as np
import pytest
from scipy import sparse

from analysis.errors import InputError
from analysis.stats import coherence as co


def _texts(seed: int, n_docs: int, longest: int, n_terms: int = 40) -> list[np.ndarray]:
    """Documents of Zipf-like terms, some empty, some shorter than any window."""
    rng = np.random.default_rng(seed)
    weights = 1 / np.arange(1, n_terms + 1)
    return [rng.choice(n_terms, size=n, p=weights / weights.sum()) for n in rng.integers(0, longest, n_docs)]


def _stream(texts: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    offsets = np.concatenate([[0], np.cumsum([len(t) for t in texts])])
    return np.concatenate([*texts, np.empty(0, np.int64)]).astype(np.int32), offsets


def _gensim(texts: list[np.ndarray], topics: np.ndarray, measure: str, window: int) -> np.ndarray:
    from gensim.corpora import Dictionary
    from gensim.models import CoherenceModel

    words = [[f"w{t:02d}" for t in text] for text in texts]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = CoherenceModel(
            topics=[[f"w{t:02d}" for t in row] for row in topics],
            texts=words,
            dictionary=Dictionary(words),
            coherence=measure,
            window_size=window,
            topn=topics.shape[1],
            processes=1,
        )
        return np.array(made.get_coherence_per_topic())


@pytest.mark.parametrize("window", [1, 2, 5, 10, 110])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_window_npmi_and_cv_are_gensims(window: int, seed: int) -> None:
    texts = _texts(seed, 60, 160)
    topics = np.array([[0, 1, 2, 3, 4], [5, 20, 7, 8, 30], [9, 0, 11, 2, 13]])
    chosen = np.unique(topics)
    matrix = co.npmi_matrix(co.window_counts(*_stream(texts), chosen, window=window))
    rows = np.searchsorted(chosen, topics)
    np.testing.assert_allclose(
        co.topic_npmi(matrix, rows), _gensim(texts, topics, "c_npmi", window), atol=1e-9
    )
    np.testing.assert_allclose(co.topic_cv(matrix, rows), _gensim(texts, topics, "c_v", window), atol=1e-9)


def test_document_npmi_is_gensims_with_windows_as_long_as_the_longest_text() -> None:
    texts = _texts(4, 80, 50)
    topics = np.array([[0, 1, 2, 3], [5, 16, 7, 8]])
    stream, offsets = _stream(texts)
    doc = np.repeat(np.arange(len(texts)), np.diff(offsets))
    counts = sparse.csr_array((np.ones(len(stream)), (doc, stream)), shape=(len(texts), 40))
    chosen = np.unique(topics)
    matrix = co.npmi_matrix(co.document_counts(counts, chosen))
    found = co.topic_npmi(matrix, np.searchsorted(chosen, topics))
    np.testing.assert_allclose(found, _gensim(texts, topics, "c_npmi", 50), atol=1e-9)


def test_a_term_named_twice_counts_as_it_does_in_gensim() -> None:
    texts = _texts(5, 60, 60)
    topics = np.array([[0, 1, 1, 2], [3, 4, 5, 3]])
    matrix = co.npmi_matrix(co.window_counts(*_stream(texts), np.arange(6), window=10))
    np.testing.assert_allclose(co.topic_cv(matrix, topics), _gensim(texts, topics, "c_v", 10), atol=1e-9)
    np.testing.assert_allclose(co.topic_npmi(matrix, topics), _gensim(texts, topics, "c_npmi", 10), atol=1e-9)


def test_windows_counted_by_hand() -> None:
    # a b a c, windows of three: (a b a), (b a c); an empty text and (c) are a window each.
    stream, offsets = np.array([0, 1, 0, 2, 2]), np.array([0, 4, 4, 5])
    exact = co.window_counts(stream, offsets, [0, 1, 2], window=3, exact=True)
    assert exact.n_windows == 4
    assert exact.occurrences.tolist() == [2, 2, 2]
    assert exact.pairs.tolist() == [[2, 2, 1], [2, 2, 1], [1, 1, 2]]
    # As gensim counts, the first a takes the second with it when it leaves.
    forgetful = co.window_counts(stream, offsets, [0, 1, 2], window=3)
    assert forgetful.occurrences.tolist() == [1, 2, 2]
    assert forgetful.pairs.tolist() == [[1, 1, 0], [1, 2, 1], [0, 1, 2]]


def test_exact_windows_are_those_of_a_slow_count() -> None:
    texts = _texts(6, 30, 60)
    chosen = np.array([0, 3, 5, 17])
    found = co.window_counts(*_stream(texts), chosen, window=7, exact=True)
    there = np.array(
        [np.isin(chosen, t[i : i + 7]) for t in texts for i in range(max(len(t) - 6, 1))], dtype=np.int64
    )
    assert found.n_windows == len(there)
    np.testing.assert_array_equal(found.pairs, there.T @ there)


def test_npmi_by_hand() -> None:
    # Of eight documents four have x, four have y, two both: independent. z is in two of the four of x and nowhere else.
    counts = np.zeros((8, 3))
    counts[:4, 0] = 1
    counts[2:6, 1] = 3
    counts[:2, 2] = 1
    matrix = co.npmi_matrix(co.document_counts(sparse.csr_array(counts), [0, 1, 2]))
    assert matrix[0, 1] == pytest.approx(0, abs=1e-10)
    assert matrix[0, 2] == pytest.approx(np.log(2) / np.log(4))
    assert co.topic_npmi(matrix, np.array([[0, 2, -1]]))[0] == pytest.approx(0.5)


def test_a_term_in_no_window_leaves_a_null_not_a_number() -> None:
    matrix = co.npmi_matrix(co.window_counts([0, 1, 0, 1], [0, 4], [0, 1, 2], window=2))
    assert np.isnan(co.topic_npmi(matrix, np.array([[0, 2]]))).all()
    assert np.isnan(co.topic_cv(matrix, np.array([[0, 2], [-1, -1]]))).all()


def test_counts_of_two_stretches_add_up() -> None:
    texts = _texts(7, 40, 40)
    chosen = [1, 2, 3]
    one = co.window_counts(*_stream(texts[:15]), chosen, window=5)
    other = co.window_counts(*_stream(texts[15:]), chosen, window=5)
    both = co.window_counts(*_stream(texts), chosen, window=5)
    merged = one.merge(other)
    np.testing.assert_array_equal(merged.pairs, both.pairs)
    assert merged.n_windows == both.n_windows


@pytest.mark.parametrize(
    ("stream", "offsets", "chosen", "window"),
    [
        ([0, 1], [0, 1], [0], 2),
        ([0, 1], [0, 2], [0, 0], 2),
        ([0, 1], [0, 2], [0], 0),
        ([0.5, 1], [0, 2], [0], 2),
        ([0, -1], [0, 2], [0], 2),
        (["a"], [0, 1], [0], 2),
    ],
)
def test_arrays_that_do_not_fit_are_refused(stream: list, offsets: list, chosen: list, window: int) -> None:
    with pytest.raises(InputError):
        co.window_counts(stream, offsets, chosen, window=window)


def test_no_text_at_all_has_no_coherence() -> None:
    matrix = co.npmi_matrix(co.window_counts([], [0], [0, 1], window=5))
    assert np.isnan(co.topic_npmi(matrix, np.array([[0, 1]]))).all()
