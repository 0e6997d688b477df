"""From encoded text to the verdict, on the demo: chance alone is not called a keyword, and what is planted is."""

from pathlib import Path

import pytest

from analysis.corpus.handle import Corpus
from analysis.measures.keyness import keyness
from analysis.terms.tokens import tokens
from benchmarks.keyness_demo import OUTLET, TOPIC, demo, halves, topic_words


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The demo, a third of its size."""
    folder: Path = tmp_path_factory.mktemp("demo")
    return demo(folder, articles=1000)


@pytest.mark.slow
def test_random_halves_of_one_outlet_differ_in_nothing_by_articles_and_in_much_by_words(
    corpus: Corpus,
) -> None:
    """Sixty splits: five in a hundred and two standard errors of sixty are six; counting words it is no test."""
    rates = halves(tokens(corpus.where(outlet=OUTLET), stopwords="en"), 60, n_permutations=99)
    assert rates["q"] <= 6 / 60
    assert rates["max-T"] <= 6 / 60
    assert rates["words: G2 + BH"] > 6 / 60


@pytest.mark.slow
def test_the_planted_topic_is_what_tells_its_outlet_from_the_others(corpus: Corpus) -> None:
    table = keyness(tokens(corpus, stopwords="en"), target={"outlet": OUTLET}, n_permutations=199).table
    sure = table[table["significant"] & (table["g2"] > 0)]
    assert len(sure) >= 5
    assert set(sure["term"].head(5)) <= topic_words(TOPIC)
