"""Diversity of articles of ten words: the distinct ones are counted by hand."""

import numpy as np
import pytest

from analysis.corpus.handle import Corpus
from analysis.errors import InputError
from analysis.measures.diversity import article_diversity, diversity, mean_interval
from analysis.terms.tokens import tokens

SHORT = {"window": 10, "min_words": 10}


def test_groups_are_means_over_articles(six: Corpus) -> None:
    """Post: 7, 10 and 9 distinct of ten words; Courier: 9, 9 and 10."""
    result = diversity(tokens(six, part="body"), across="outlet", **SHORT)
    assert result.table["group"].tolist() == ["Harbour Courier", "Upland Post"]
    assert result.table["mattr"].tolist() == pytest.approx([2.8 / 3, 2.6 / 3])
    assert result.table["n_measured"].tolist() == [3, 3]
    assert result.table["n_words"].tolist() == [30, 30]


def test_stop_words_are_kept_and_case_follows_the_recipe(six: Corpus) -> None:
    plain = diversity(tokens(six, part="body"), **SHORT)
    without = diversity(tokens(six, part="body", stopwords="en", drop="ferry", min_length=4), **SHORT)
    assert without.table["mattr"].tolist() == plain.table["mattr"].tolist()
    cased = diversity(tokens(six, part="body", lower=False), **SHORT)
    assert cased.table["mattr"].iloc[0] > plain.table["mattr"].iloc[0]  # The and the are two


def test_an_article_too_short_is_not_measured_and_counted(six: Corpus) -> None:
    result = diversity(tokens(six, part="body"), window=5, min_words=11)
    assert result.table["n_measured"].tolist() == [0]
    assert result.table["mattr"].isna().all()
    assert "6 articles of fewer than 11 words are not measured" in result.notes


def test_by_period_groups_stay_in_order_and_the_undated_are_said(six: Corpus) -> None:
    result = diversity(tokens(six, part="body"), across="week", **SHORT)
    assert result.table["group"].tolist() == ["2025-W02", "2025-W03"]
    assert "1 articles are in no week" in result.notes


def test_every_article_has_a_number_for_trends(six: Corpus) -> None:
    measured = article_diversity(tokens(six, part="body"), **SHORT)
    assert len(measured) == 6
    assert measured.table["numerator"].sum() == pytest.approx(5.4)
    assert (measured.table["denominator"] == 1).all()


def test_the_interval_is_students() -> None:
    found = mean_interval("x", np.array([1.0, 2.0, 3.0, np.nan]), 0.95)
    assert found["x"] == 2.0
    assert found["x_high"] - 2.0 == pytest.approx(4.302653 / np.sqrt(3), abs=1e-6)
    assert np.isnan(mean_interval("x", np.array([1.0]), 0.95)["x_low"])


def test_wrong_calls_are_answered(six: Corpus) -> None:
    for wrong in (
        {"measure": "ttr"},
        {"window": 0},
        {"min_words": 10},
        {"threshold": 2},
        {"across": "outlets"},
    ):
        with pytest.raises((InputError, KeyError)):
            diversity(tokens(six), **wrong)  # type: ignore[arg-type]
