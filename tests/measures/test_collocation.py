"""The company of a word in six articles of ten words, counted by hand."""

import numpy as np
import pytest

from analysis.corpus.handle import Corpus
from analysis.errors import InputError
from analysis.measures.collocation import collocation
from analysis.terms.tokens import tokens
from tests.measures.conftest import built

LOOSE = {"min_freq": 1}


def test_a_window_of_two_is_counted_by_hand(six: Corpus) -> None:
    """The *ferry* left the ... and the *ferry* came back; a *ferry* waits at; votes *ferry* tickets cost."""
    rows = collocation(tokens(six, part="body"), "ferry", window=2, **LOOSE).table.set_index("term")
    assert rows.loc["the", ["joint", "before", "after", "nodes", "freq", "doc_freq"]].tolist() == [
        3,
        2,
        1,
        2,
        11,
        1,
    ]
    assert rows.loc["waits", ["joint", "before", "after"]].tolist() == [1, 0, 1]
    assert "falls" not in rows.index
    assert "ferry" not in rows.index
    # 3 + 4 words near the two of the first article, 3 of the second, 4 of the last; 60 words less 4 of the node
    assert (rows["n_near"] == 14).all()
    assert (rows["n_words"] == 56).all()
    assert (rows["n_nodes"] == 4).all()


def test_the_measures_are_those_of_the_table(six: Corpus) -> None:
    the = collocation(tokens(six, part="body"), "ferry", window=2, **LOOSE).table.set_index("term").loc["the"]
    expected = 11 * 14 / 56
    assert the["expected"] == pytest.approx(expected)
    assert the["mi"] == pytest.approx(np.log2(3 / expected))
    assert the["t"] == pytest.approx((3 - expected) / np.sqrt(3))
    assert the["log_dice"] == pytest.approx(14 + np.log2(2 * 2 / (4 + 11)))
    assert the["delta_p_term"] == pytest.approx(3 / 14 - 8 / 42)
    assert the["delta_p_node"] == pytest.approx(3 / 11 - 11 / 45)


def test_stop_words_are_no_collocates_but_keep_their_room(six: Corpus) -> None:
    with_all = collocation(tokens(six, part="body"), "ferry", window=2, **LOOSE).table
    without = collocation(tokens(six, part="body", stopwords="en"), "ferry", window=2, **LOOSE).table
    assert "the" not in set(without["term"])
    assert set(without["term"]) < set(with_all["term"])
    assert without["n_near"].iloc[0] == 14


def test_a_window_crosses_sentences_unless_told_not_to(six: Corpus) -> None:
    words = tokens(six, part="body")
    assert "votes" in set(collocation(words, "tickets", window=3, **LOOSE).table["term"])
    assert "votes" not in set(
        collocation(words, "tickets", window=3, within="sentence", **LOOSE).table["term"]
    )
    assert "votes" not in set(collocation(words, "tickets", window="segment", **LOOSE).table["term"])


def test_a_window_does_not_reach_from_the_title_into_the_body(six: Corpus) -> None:
    table = collocation(tokens(six), "item", window=5, **LOOSE).table
    assert set(table["term"]) == {"0", "1", "2", "3", "4", "5"}


def test_a_phrase_is_a_node_and_none_of_its_words_a_collocate(six: Corpus) -> None:
    result = collocation(tokens(six, part="body"), '"the baker"', window=1, **LOOSE)
    rows = result.table.set_index("term")
    assert rows.loc["and", ["joint", "before", "freq"]].tolist() == [2, 2, 3]
    assert set(rows.index) == {"and", "buys", "sells"}
    assert (rows["n_nodes"] == 2).all()


def test_rare_neighbours_are_counted_in_a_note(six: Corpus) -> None:
    result = collocation(tokens(six, part="body"), "ferry", window=2, min_freq=2)
    assert result.table["term"].tolist() == ["the"]
    assert any("fewer than 2 times" in n for n in result.notes)


def test_a_node_that_does_not_occur_is_said(six: Corpus) -> None:
    result = collocation(tokens(six), "whale")
    assert len(result) == 0
    assert result.notes == ("whale does not occur in this selection",)
    assert "log_dice" in result.table.columns


def test_a_quotation_between_two_stretches_of_narration_parts_their_windows(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:

    body = 'The minister spoke of peace and said: "We will mend the bridge." The harbour stayed silent all night.'
    corpus = built(tmp_path_factory.mktemp("voices"), (("Upland Post", "2025-01-06", body),))
    narration = collocation(tokens(corpus, part="body", voice="narration"), "harbour", window=9, **LOOSE)
    assert "peace" not in set(narration.table["term"])
    assert "peace" in set(
        collocation(tokens(corpus, part="body"), "harbour", window=14, **LOOSE).table["term"]
    )


def test_n_grams_and_phrases_of_the_recipe_are_set_aside(six: Corpus) -> None:
    plain = collocation(tokens(six, part="body"), "ferry", **LOOSE).table
    grams = collocation(tokens(six, part="body", ngrams=(1, 2), phrases=["the quay"]), "ferry", **LOOSE).table
    assert plain.equals(grams)


def test_wrong_calls_are_answered(six: Corpus) -> None:
    for wrong in (
        {"window": 0},
        {"window": "sentence"},
        {"within": "doc"},
        {"measure": "dice"},
        {"min_freq": 0},
    ):
        with pytest.raises(InputError):
            collocation(tokens(six), "ferry", **wrong)  # type: ignore[arg-type]
    with pytest.raises(InputError):
        collocation(tokens(six), " | ")
