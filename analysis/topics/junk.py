"""Topics that may not be about anything: signs to look at, each with its number, and no verdict.

A page furniture line, one paper's house style, or the grammar left over by too short a stop list make topics as well as
events do. Not for dropping topics: the researcher reads the articles and decides.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from analysis.stats.checks import Floats
from analysis.stats.topic_terms import topic_exclusivity
from analysis.terms.stopwords import languages, stop_words
from analysis.topics.grouped import of_topic, sums
from analysis.topics.held import Held, held
from analysis.topics.matrix import stories_of
from analysis.topics.terms import first_terms

if TYPE_CHECKING:
    from analysis.topics.model import TopicModel

STOP_LIKE = 0.5  # of the first ten terms
ONE_OUTLET, NOT_ITS_SHARE = 0.9, 0.7  # of the topic's words, and of all words
EVERYWHERE = 0.5  # of the articles have it with a twentieth of their words or more
FEW_STORIES = 10.0  # effective number
SHARED = 0.3  # of the probability of its first terms, on average, is its own


class Signs(NamedTuple):
    """Numbers of each topic, (n_topics,), and what they say.

    Attributes
    ----------
    stop_like
        Share of its first ten terms that are stop words of a language of the corpus.
    largest_outlet, outlet_share, outlet_of_all
        The outlet with most of its words, its share of them, and of all words.
    everywhere
        Share of the articles that have at least a twentieth of their words from it.
    stories
        Effective number of stories it is from: 1 / sum of squared shares.
    exclusivity
        Mean share of its first terms' probability that is its own.
    said
        In words, "" where there is nothing to say.
    """

    stop_like: Floats
    largest_outlet: list[str | None]
    outlet_share: Floats
    outlet_of_all: Floats
    everywhere: Floats
    stories: Floats
    exclusivity: Floats
    said: list[str]


def signs(model: "TopicModel") -> Signs:
    """Look at every topic for signs that it is junk."""
    have = held(model)
    k = model.n_topics
    by_outlet = sums(have.corpus, have.words, across="outlet")
    share = np.nan_to_num(of_topic(by_outlet.words)[:, :k])
    of_all = by_outlet.words.sum(axis=1) / max(float(by_outlet.words.sum()), 1.0)
    largest = share.argmax(axis=0)
    stop_like = _stop_like(model, have)
    at_all = have.counts.n_words > 0
    everywhere = (have.shares[at_all, :k] >= 0.05).mean(axis=0) if at_all.any() else np.zeros(k)
    stories = _effective(have.words[:, :k], stories_of(model.tokens)) if model.tokens else np.zeros(k)
    outlet = [by_outlet.groups[g][0] for g in largest]
    own = topic_exclusivity(model.topic_word, first_terms(model))
    found = Signs(
        stop_like, outlet, share[largest, np.arange(k)], of_all[largest], everywhere, stories, own, [""] * k
    )
    return found._replace(said=[_said(found, i) for i in range(k)])


def _said(found: Signs, i: int) -> str:
    said = []
    if found.stop_like[i] >= STOP_LIKE:
        said.append(f"{found.stop_like[i]:.0%} of its first terms are stop words")
    if found.outlet_share[i] >= ONE_OUTLET and found.outlet_of_all[i] < NOT_ITS_SHARE:
        said.append(
            f"{found.outlet_share[i]:.0%} of it is from {found.largest_outlet[i]}, "
            f"which has {found.outlet_of_all[i]:.0%} of all words"
        )
    if found.everywhere[i] >= EVERYWHERE:
        said.append(f"{found.everywhere[i]:.0%} of all articles have some of it")
    if found.stories[i] < FEW_STORIES:
        said.append(f"it is from about {found.stories[i]:.0f} stories")
    if found.exclusivity[i] < SHARED:
        said.append(f"its first terms are other topics' too ({found.exclusivity[i]:.0%} its own)")
    return "; ".join(said)


def _stop_like(model: "TopicModel", have: Held) -> Floats:
    """Give the share of stop words among the first terms of each topic."""
    met: set[str] = set()
    for batch in have.corpus.scan("language"):
        met.update(c for c in batch.column(0).unique().to_pylist() if c)
    known = frozenset(w for code in sorted(met & set(languages())) for w in stop_words(code))
    return np.array([_part(row, model.terms, known) for row in first_terms(model)])


def _part(row: Sequence[int], terms: tuple[str, ...], known: frozenset[str]) -> float:
    own = [terms[i] for i in row if i >= 0]
    # Of an n-gram all words must be stop words.
    return float(np.mean([all(w in known for w in t.split(" ")) for t in own])) if own else 0.0


def _effective(words: Floats, story: "np.ndarray") -> Floats:
    """Give the effective number of stories each topic is from."""
    n = int(story.max()) + 1 if len(story) else 0
    total = np.zeros((n, words.shape[1]))
    np.add.at(total, story, words)
    square = (total**2).sum(axis=0)
    made: Floats = np.divide(total.sum(axis=0) ** 2, square, out=np.zeros(words.shape[1]), where=square > 0)
    return made
