"""Two corpora, term by term: worked by hand, and against a plain loop."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.stats.association import g2_collocation
from analysis.stats.keyness import g2_corpora, log_odds, log_ratio

counts = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=1, max_size=8)


def test_g2_of_two_corpora_by_hand():
    # 30 and 10 in 1,000 words each: E = 20 each; 2 (30 ln 1.5 + 10 ln 0.5) = 10.4650 (Rayson & Garside's form).
    assert g2_corpora([30, 10], [10, 30], 1000, 1000).round(4).tolist() == [10.465, -10.465]
    # 20 in 10,000 and 5 in 30,000: E = 6.25 and 18.75.
    expected = 2 * (20 * math.log(20 / 6.25) + 5 * math.log(5 / 18.75))
    assert g2_corpora([20], [5], 10_000, 30_000)[0] == pytest.approx(expected)


def test_a_term_absent_from_one_corpus_adds_the_other_cell_only():
    assert g2_corpora([8], [0], 100, 300)[0] == pytest.approx(2 * 8 * math.log(4))
    assert g2_corpora([0], [0], 100, 300)[0] == 0


def test_the_two_cell_form_comes_near_the_four_cell_form_for_rare_terms():
    two = g2_corpora([30], [10], 100_000, 100_000)[0]
    four = g2_collocation(30, 100_000, 40, 200_000)
    assert two == pytest.approx(float(four), rel=1e-3)
    assert two < four


@given(counts)
def test_doubling_both_corpora_doubles_g2_and_leaves_the_log_ratio_of_what_occurs(pairs):
    a, b = np.array(pairs).T
    once, twice = g2_corpora(a, b, 1000, 700), g2_corpora(2 * a, 2 * b, 2000, 1400)
    assert twice == pytest.approx(2 * once, abs=1e-6)
    occurs = (a > 0) & (b > 0)
    kept = log_ratio(a, b, 1000, 700)[occurs]
    assert kept == pytest.approx(log_ratio(2 * a, 2 * b, 2000, 1400)[occurs])
    assert (np.sign(once[occurs]) == np.sign(kept.round(12))).all()


@given(counts)
def test_swapping_the_corpora_changes_the_sign_and_nothing_else(pairs):
    a, b = np.array(pairs).T
    assert g2_corpora(a, b, 1000, 700) == pytest.approx(-g2_corpora(b, a, 700, 1000))
    assert log_ratio(a, b, 1000, 700) == pytest.approx(-log_ratio(b, a, 700, 1000), nan_ok=True)


def test_log_ratio_replaces_only_a_count_of_zero():
    # Hardie (2014): 30 to 10 per thousand is three times as often; 8 to nothing counts as 8 to a half.
    assert log_ratio([30], [10], 1000, 1000)[0] == pytest.approx(math.log2(3))
    assert log_ratio([8], [0], 1000, 1000)[0] == 4
    assert log_ratio([0], [8], 1000, 1000)[0] == -4
    assert np.isnan(log_ratio([0], [0], 1000, 1000)[0])


def test_weighted_log_odds_by_hand():
    # Three words, 10 words of prior shaped by the sum: alpha = 10 x (12, 6, 2) / 20 = 6, 3, 1.
    result = log_odds([8, 1, 1], [4, 5, 1], 10, 10, background=[12, 6, 2], alpha0=10)
    assert result.delta[0] == pytest.approx(math.log(14 / 6) - math.log(10 / 10))
    assert result.delta[1] == pytest.approx(math.log(4 / 16) - math.log(8 / 12))
    assert result.delta[2] == 0
    assert result.variance == pytest.approx([1 / 14 + 1 / 10, 1 / 4 + 1 / 8, 1 / 2 + 1 / 2])
    assert result.z[0] == pytest.approx(math.log(14 / 6) / math.sqrt(1 / 14 + 1 / 10))


def test_weighted_log_odds_are_those_of_a_plain_loop():
    rng = np.random.default_rng(3)
    a, b, back = rng.poisson(5, 40), rng.poisson(6, 40), rng.poisson(50, 40) + 1
    result = log_odds(a, b, a.sum(), b.sum(), background=back, alpha0=100)
    for i in range(40):
        alpha = 100 * back[i] / back.sum()
        odds_a = (a[i] + alpha) / (a.sum() + 100 - a[i] - alpha)
        odds_b = (b[i] + alpha) / (b.sum() + 100 - b[i] - alpha)
        assert result.delta[i] == pytest.approx(math.log(odds_a) - math.log(odds_b))
        variance = 1 / (a[i] + alpha) + 1 / (b[i] + alpha)
        assert result.z[i] == pytest.approx((math.log(odds_a) - math.log(odds_b)) / math.sqrt(variance))


def test_a_stronger_prior_draws_rare_terms_to_no_difference():
    weak, strong = (
        log_odds([3, 97], [0, 100], 100, 100, background=[3, 197], alpha0=alpha).delta[0]
        for alpha in (1, 500)
    )
    assert 0 < strong < weak


def test_a_term_without_prior_is_null():
    result = log_odds([3, 97], [0, 100], 100, 100, background=[0, 1], alpha0=10)
    assert np.isnan(result.delta[0])
    assert np.isnan(result.z[0])


@pytest.mark.parametrize(
    "call",
    [
        lambda: g2_corpora([5], [5], 4, 100),
        lambda: g2_corpora([5], [5, 6], 100, 100),
        lambda: g2_corpora([5], [5], 100, 0),
        lambda: g2_corpora([5], [5], [100, 200], 100),
        lambda: log_ratio([5], [5], 100, 100, zero=0),
        lambda: log_odds([5], [5], 10, 10, background=[0], alpha0=1),
        lambda: log_odds([5], [5], 10, 10, background=[1], alpha0=-1),
        lambda: g2_corpora([[5]], [[5]], 100, 100),
        lambda: g2_corpora(["5"], [5], 100, 100),
    ],
)
def test_wrong_arguments_are_refused(call):
    with pytest.raises(InputError):
        call()


def test_no_terms_at_all_give_nothing():
    assert g2_corpora([], [], 100, 100).shape == (0,)
    assert log_odds([], [], 100, 100, background=[], alpha0=1).z.shape == (0,)
