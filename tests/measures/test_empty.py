"""An empty selection, and a voice nobody speaks in: answers without rows, not errors."""

import pytest

from analysis.corpus.handle import Corpus
from analysis.measures.collocation import collocation
from analysis.measures.diversity import article_diversity, diversity
from analysis.terms.tokens import Tokens, tokens


@pytest.fixture(params=["nobody", "silent"])
def words(request: pytest.FixtureRequest, six: Corpus) -> Tokens:
    """Tokens without articles, and of articles without words."""
    return (
        tokens(six.where(since="2031-01-01")) if request.param == "nobody" else tokens(six, voice="quotation")
    )


def test_collocation_says_the_node_does_not_occur(words: Tokens) -> None:
    assert "does not occur" in collocation(words, "ferry").notes[0]


def test_diversity_is_null(words: Tokens) -> None:
    assert diversity(words).table["mattr"].isna().all()
    assert diversity(words, across="outlet").table["mattr"].isna().all()
    assert len(article_diversity(words)) == 0
