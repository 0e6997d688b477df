"""MATTR and MTLD: small sequences by hand, a plain definition beside, and growth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.stats.diversity import mattr, mtld

ids = st.lists(st.integers(0, 6), max_size=40)


def plain_mattr(tokens, window):
    windows = [tokens[i : i + window] for i in range(len(tokens) - window + 1)]
    return np.mean([len(set(w)) / window for w in windows]) if windows else np.nan


def plain_factors(tokens, threshold=0.72):
    factors, run = 0.0, []
    for token in tokens:
        run.append(token)
        if len(set(run)) / len(run) < threshold:
            factors, run = factors + 1, []
    return factors + ((1 - len(set(run)) / len(run)) / (1 - threshold) if run else 0)


def test_mattr_by_hand():
    # Windows of three in a b a c a: {a,b} {a,b,c} {a,c} of 3 each.
    assert mattr([1, 2, 1, 3, 1], window=3)[0] == pytest.approx((2 + 3 + 2) / 9)


def test_the_factors_of_the_sentence_of_mccarthy_and_jarvis():
    # "of the people by the people | for the people": ratios 1 1 1 1 .8 .667, a factor; then 1 1 1. Backwards
    # "people the for people the | by people the of": 1 1 1 .75 .6, a factor; then 1 1 1 1. Nine words, one factor.
    of, the, people, by, for_ = range(5)
    assert mtld([of, the, people, by, the, people, for_, the, people])[0] == pytest.approx(9)


def test_what_is_left_at_the_end_is_part_of_a_factor():
    # 1 2 3 1 4 5: lowest ratio 3/4, no factor; left over 5/6: (1 - 5/6) / (1 - .72) = .595 of one; 6 / .595 = 10.08.
    assert mtld([1, 2, 3, 1, 4, 5])[0] == pytest.approx(6 * 0.28 * 6)


@given(ids, st.integers(1, 8))
def test_mattr_is_its_definition(tokens, window):
    assert mattr(np.array(tokens, dtype=int), window=window)[0] == pytest.approx(
        plain_mattr(tokens, window), nan_ok=True
    )


@given(ids)
def test_mtld_is_its_definition(tokens):
    both = [len(tokens) / f if (f := plain_factors(t)) else np.nan for t in (tokens, tokens[::-1])]
    assert mtld(np.array(tokens, dtype=int))[0] == pytest.approx(np.mean(both), nan_ok=True)


@given(st.lists(ids, max_size=6))
def test_many_texts_at_once_are_as_each_by_itself(texts):
    tokens = np.array([t for text in texts for t in text], dtype=int)
    offsets = np.cumsum([0, *map(len, texts)])
    for measure in (lambda *a: mattr(*a, window=5), mtld):
        alone = [measure(np.array(text, dtype=int))[0] for text in texts]
        assert measure(tokens, offsets) == pytest.approx(alone, nan_ok=True)


def test_ids_may_be_any_whole_numbers():
    assert mtld([10**15, -5, 10**15, 7, 10**15])[0] == mtld([0, 1, 0, 2, 0])[0]


def test_texts_that_are_too_short_or_never_repeat_are_null():
    assert np.isnan(mattr([1, 2, 3], window=50)[0])
    assert np.isnan(mtld([1, 2, 3])[0])
    assert np.isnan(mtld(np.array([], dtype=int))[0])


def test_a_million_words_come_to_an_end():
    tokens = np.tile(np.arange(997), 1003)
    assert mattr(tokens, window=500)[0] == 1
    assert mtld(tokens)[0] > 900


@pytest.mark.parametrize(
    "call",
    [
        lambda: mattr(["a"], window=2),
        lambda: mattr([1.5], window=2),
        lambda: mattr([1, 2], window=0),
        lambda: mattr([1, 2], [0, 1]),
        lambda: mtld([1, 2], threshold=1),
        lambda: mtld([1, 2], [0, 2, 1, 2]),
    ],
)
def test_wrong_arguments_are_refused(call):
    with pytest.raises(InputError):
        call()
