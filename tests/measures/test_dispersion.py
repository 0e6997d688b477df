"""Spread over articles, outlets and weeks, on six articles of ten words."""

import numpy as np
import pytest
from scipy.stats import binom

from analysis.corpus.handle import Corpus
from analysis.errors import InputError, UnknownNameError
from analysis.measures.dispersion import dispersion, dispersion_parts
from analysis.measures.parts import random_dp
from analysis.terms.patterns import pattern_of
from analysis.terms.tokens import tokens


def test_a_term_is_measured_over_every_division(six: Corpus) -> None:
    """Ferry: twice, once, once in three of six articles; 3 of 4 in the Post; all that are dated in the first week."""
    result = dispersion(tokens(six, part="body"), "ferry")
    rows = result.table.set_index("over")
    assert rows.index.tolist() == ["article", "outlet", "week"]
    assert rows["freq"].tolist() == [4, 4, 3]
    assert rows["n_parts"].tolist() == [6, 2, 2]
    assert rows["n_parts_with"].tolist() == [3, 2, 1]
    assert rows["dp"].tolist() == pytest.approx([0.5, 0.25, 0.4])
    assert rows["dp_norm"].tolist() == pytest.approx([0.6, 0.5, 2 / 3])
    assert rows.loc["outlet", "dp_random"] == pytest.approx(0.1875)
    assert rows.loc["outlet", "largest_part"] == "Upland Post"
    assert rows.loc["outlet", "largest_share"] == pytest.approx(0.75)
    assert rows.loc["outlet", "largest_words_share"] == pytest.approx(0.5)
    assert rows.loc["week", "largest_part"] == "2025-W02"
    assert "1 articles without a date as exact as a week are in no week" in result.notes


def test_without_terms_the_most_frequent_are_measured(six: Corpus) -> None:
    table = dispersion(tokens(six, part="body", stopwords="en"), over="outlet", top=2).table
    assert table["term"].tolist() == ["ferry", "mill"]


def test_patterns_are_measured_as_named_and_a_missing_one_is_null_and_said(six: Corpus) -> None:
    result = dispersion(tokens(six, part="body"), ["whale", "mill | wheat"], over="outlet")
    assert result.table["term"].tolist() == ["whale", "mill | wheat"]
    assert result.table["freq"].tolist() == [0, 4]
    assert np.isnan(result.table["dp"].iloc[0])
    assert result.table["largest_part"].isna().tolist() == [True, False]
    assert "does not occur: whale" in result.notes


def test_one_outlet_cannot_be_uneven(six: Corpus) -> None:
    result = dispersion(tokens(six.where(outlet="Upland Post"), part="body"), "ferry", over="outlet")
    assert result.table["dp"].tolist() == [0.0]
    assert np.isnan(result.table["dp_norm"].iloc[0])
    assert any("one outlet only" in n for n in result.notes)


def test_parts_are_laid_out_with_their_words(six: Corpus) -> None:
    table = dispersion_parts(tokens(six, part="body"), "ferry").table
    assert table["part"].tolist() == ["2025-W02", "2025-W03"]
    assert table["freq"].tolist() == [3, 0]
    assert table["n_words"].tolist() == [30, 20]
    assert table["doc_freq"].tolist() == [2, 0]
    assert table["rate"].tolist() == pytest.approx([1000.0, 0.0])


def test_expected_spread_is_the_mean_over_a_binomial() -> None:
    sizes = np.array([5.0, 20.0, 20.0, 75.0])
    for f in (1, 2, 7, 400):
        shares = sizes / sizes.sum()
        k = np.arange(f + 1)
        by_hand = sum(float(np.abs(k / f - s) @ binom.pmf(k, f, s)) for s in shares) / 2
        assert random_dp([f], sizes)[0] == pytest.approx(by_hand)
    assert np.isnan(random_dp([0], sizes)[0])
    assert random_dp([3], [10])[0] == 0


def test_wrong_calls_are_answered(six: Corpus) -> None:
    words = tokens(six)
    with pytest.raises(UnknownNameError, match="Did you mean 'outlet'"):
        dispersion(words, over="outlets")
    for wrong in ({"over": []}, {"over": ["week", "week"]}, {"top": 0}, {"terms": []}, {"terms": ["a", "a"]}):
        with pytest.raises(InputError):
            dispersion(words, **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("terms", [None, ["ferry", "mill"]])
def test_where_there_are_no_words_the_note_says_so(six: Corpus, terms: list[str] | None) -> None:
    silent = tokens(six, voice="quotation")
    nobody = tokens(six.where(since="2031-01-01"))
    for words in (silent, nobody):
        result = dispersion(words, terms)
        assert result.table["dp"].isna().all()
        assert "the selection holds no words in this voice and part" in result.notes
        assert len(dispersion_parts(words, terms)) == 0


def test_categories_of_a_dictionary_are_terms(six: Corpus) -> None:
    result = dispersion(
        tokens(six, part="body"), {"food": pattern_of(["bread", "flour", "wheat"])}, over="outlet"
    )
    assert result.table["term"].tolist() == ["food"]
    assert result.table["freq"].tolist() == [3]
    assert result.params["terms"] == {"food": "bread | flour | wheat"}
