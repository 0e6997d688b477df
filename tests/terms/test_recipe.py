"""What a recipe makes of words, and what it refuses."""

from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

import analysis as an
from analysis.corpus.handle import Corpus
from analysis.errors import InputError, SelectionError, UnknownNameError
from analysis.terms.stopwords import languages, stop_words


def terms(corpus: Corpus, **recipe: object) -> dict[str, int]:
    """Occurrences by term."""
    table = an.term_frequency(an.tokens(corpus, **recipe)).table  # type: ignore[arg-type]
    return dict(zip(table["term"], table["term_freq"], strict=True))


def test_words_are_counted_in_lower_case_and_without_possessives(toy: Corpus) -> None:
    found = terms(toy)
    assert (found["the"], found["ferry"], found["harbour"], found["veshin"]) == (19, 11, 5, 3)
    assert "harbour's" not in found
    assert "." not in found


def test_the_two_apostrophes_are_one_term(toy: Corpus) -> None:
    found = terms(toy, possessives="keep")
    assert (found["it's"], found["isn't"], found["harbour's"], found["veshin's"]) == (2, 1, 1, 1)


def test_case_is_kept_on_request(toy: Corpus) -> None:
    found = terms(toy, lower=False)
    assert (found["The"], found["the"]) == (8, 11)


def test_stop_words_catch_both_apostrophes(toy: Corpus) -> None:
    found = terms(toy, stopwords="en")
    assert not {"the", "isn't", "it", "it's", "and", "in"} & found.keys()
    assert found["ferry"] == 11
    assert "ہے" in found


def test_auto_takes_the_stop_words_of_each_article_s_language(toy: Corpus) -> None:
    found = terms(toy, stopwords="auto")
    assert "the" not in found
    assert "ہے" not in found
    assert found["کشتی"] == 3


def test_own_words_and_files_are_dropped(toy: Corpus, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("# outlets\nFerry\nVeshin’s  # twice\n", encoding="utf-8")
    found = terms(toy, stopwords=["en", str(tmp_path / "mine.txt")], drop="Harbour")
    assert not {"ferry", "harbour", "the"} & found.keys()
    assert found["veshin"] == 3  # the file names the possessive, which is veshin in this recipe


def test_numbers_lengths_and_punctuation(toy: Corpus) -> None:
    assert not {"1,000", "900"} & terms(toy, numbers=False).keys()
    assert min(map(len, terms(toy, min_length=4))) == 4
    assert terms(toy, punctuation=True)["."] == 17


def test_lemmas_join_forms(toy: Corpus) -> None:
    found = terms(toy, lemmas="en")
    assert found["minister"] == 5
    assert "ministers" not in found
    assert terms(toy, lemmas=["en", "fa"]) == found | {}  # no Persian article: only English is looked up


def test_a_phrase_is_one_term_and_its_words_are_not(toy: Corpus) -> None:
    found = terms(toy, phrases=["foreign minister", "Tahrik-e-Halvan", "hills rain"])
    assert found["foreign_minister"] == 2
    assert (found["foreign"], found["minister"]) == (2, 1)
    assert found["tahrik-e-halvan"] == 2  # the spelling in three words is the same phrase
    assert "hills_rain" not in found  # the headline ends between them


def test_ngrams_end_at_punctuation_sentences_and_what_is_left_out(toy: Corpus) -> None:
    found = terms(toy, ngrams=2)
    assert found["the ferry"] == 4
    assert not {"ferry ferry", "minister foreign", "late the"} & found.keys()
    assert "ferry isn't" in found
    assert "harbour master" in terms(toy, ngrams=2, stopwords="en")
    assert "council monday" not in terms(toy, ngrams=2, stopwords="en")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"stopwords": "xx"}, "one of"),
        ({"stopwords": "dawn"}, "drop=\\['dawn'\\]"),
        ({"lemmas": "ur"}, "no lemmas.*'ur'.*fa"),
        ({"voice": "loud"}, "narration"),
        ({"part": ()}, "names nothing"),
        ({"min_length": 0}, "1 to 100"),
        ({"ngrams": 9}, "lengths of 1 to 5"),
        ({"split": "x+"}, "word"),
        ({"phrases": "a b", "split": r"\w\w+"}, "our own tokens"),
        ({"drop": [1]}, "list of texts"),
        ({"lower": "yes"}, "True or False"),
        ({"stopwords": "nowhere.txt"}, "cannot be read"),
    ],
)
def test_what_makes_no_recipe_is_refused_at_once(toy: Corpus, wrong: dict[str, object], says: str) -> None:
    with pytest.raises((InputError, UnknownNameError), match=f"(?s){says}"):
        an.tokens(toy, **wrong)  # type: ignore[arg-type]


def test_a_recipe_that_leaves_no_terms_says_so(toy: Corpus) -> None:
    with pytest.raises(SelectionError, match="leaves no terms"):
        an.dtm(an.tokens(toy, min_length=90))


def test_a_recipe_is_a_frozen_value_and_names_what_differs(toy: Corpus) -> None:
    tokens = an.tokens(toy, stopwords=["ur", "en"], drop=[f"word{i}" for i in range(20)])
    assert (
        tokens.recipe
        == an.tokens(toy, stopwords=["en", "ur"], drop=[f"word{i}" for i in range(19, -1, -1)]).recipe
    )
    assert tokens.params["recipe"]["stopwords"] == ("en", "ur")
    assert tokens.params["recipe"]["drop"].startswith("20 words #")
    assert an.tokens(toy).params == {"recipe": {}}
    with pytest.raises(FrozenInstanceError):
        tokens.recipe.lower = False  # type: ignore[misc]
    assert replace(tokens.recipe, lower=False).params["lower"] is False


def test_every_list_of_stop_words_can_be_had() -> None:
    assert {"en", "ur", "fa", "hi", "ar", "ps"} <= set(languages())
    assert "not" in stop_words("en")
    assert all(w == w.lower() and "’" not in w for w in stop_words("iso:en"))


def test_phrases_are_found_by_how_seldom_their_words_stand_apart(toy: Corpus) -> None:
    tokens = an.tokens(toy, stopwords="en", numbers=False)
    assert an.find_phrases(tokens, min_freq=2, min_npmi=0.9) == ("border post", "post closed", "بندرگاہ پر")
    assert "foreign minister" in an.find_phrases(tokens, min_freq=2, min_npmi=0.5)
    assert an.find_phrases(tokens, min_freq=50) == ()
    again = an.find_phrases(an.tokens(toy, stopwords="en", phrases="border post"), min_freq=2, min_npmi=0.8)
    assert "border post closed" in again
    with pytest.raises(InputError, match="at least 2"):
        an.find_phrases(tokens, min_freq=1)
