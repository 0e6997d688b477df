"""Scores over stored tokens equal those of the reference package, whatever is written."""

import string
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis as an
from analysis.corpus.ingest import ingest
from analysis.sentiment.vader_words import known, plain
from tests.sentiment.conftest import Make
from tests.sentiment.oracle import analyzer, reference, segments_that_differ

RULES = (
    "VADER is smart, handsome, and funny.",
    "VADER is VERY SMART, uber handsome, and FRIGGIN FUNNY!!!",
    "VADER is not smart, handsome, nor funny.",
    "At least it isn't a horrible book.",
    "It was the least good, at least good, the very least good.",
    "The book was only kind of good. Sort of good? just enough good",
    "The plot was good, but the characters are bad and bad, but good.",
    "Good, good, bad but bad, good and good.",
    "Never so good, never this good, so very good, this good.",
    "Without a doubt, an excellent idea; without doubt good, without a doubt good.",
    "No good. No one is good or bad, no food or good, no bread nor peace",
    "Make sure you :) or :D today! :-) ;) XD <3",
    "Catch utf-8 emoji such as 💘 and 💋 and 😁good bad😁 !😁🔛",
    "on the other hand, VADER is quite bad ass and the bomb, the shit, kiss of death, to die for",
    "GOOD BAD", "GOOD bad", "good?? bad???? so???", "it is GOOD!!!!!", "", " ", "!!!", "it. so, no, a!",
    "“good” ‘bad’ isn’t good’ ’good", "good/bad good-bad (good) [bad] *good* good.bad", "İyi GOOD ǅ K good",
    "kind of. kind. of good", "beating heart and heart beating bus stop", "no no no good no", "yeah right, yeah right",
)  # fmt: skip


@pytest.mark.parametrize("text", RULES)
def test_every_rule_of_the_reference_holds(text: str) -> None:
    assert an.Vader().scores([text]).tolist() == [reference(text)]


WORDS = sorted(
    {w for w in known().number if w.isascii()}
    | {
        "the",
        "a",
        "of",
        "kind",
        "sort",
        "just",
        "enough",
        "at",
        "least",
        "very",
        "but",
        "and",
        "or",
        "nor",
        "not",
    }
    | {"no", "never", "so", "this", "without", "doubt"}
)
piece = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS).map(str.upper),
    st.sampled_from(WORDS).map(str.title),
    st.sampled_from(
        ["but", "no", "not", "never", "so", "least", "very", "isn’t", "can't", "kind", "of", "good", "bad"]
    ),
    st.sampled_from([w for w in known().number if not w.isalnum()]),
    st.sampled_from(sorted(known().pictures)),
    st.sampled_from(
        [*string.punctuation, "!!", "???", "…", "“", "”", "’", "—", "1,000", "U.S.", "\u200d", "é"]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"]), max_size=4),
)
texts = st.lists(st.tuples(piece, st.sampled_from(["", " ", " ", "  ", "\n"])), max_size=25).map(
    lambda pieces: "".join(a + b for a, b in pieces)
)


@given(st.lists(texts, min_size=1, max_size=8))
@settings(max_examples=400)
def test_random_text_of_all_the_rules_scores_as_the_reference_does(some: list[str]) -> None:
    assert an.Vader().scores(some).tolist() == [reference(t) for t in some]


def test_a_list_of_types_is_scored_by_itself_as_the_reference_does() -> None:
    words = [w for w in analyzer().lexicon if " " not in w]
    assert an.Vader().scores(words).tolist() == [reference(w) for w in words]


def test_the_apostrophe_does_not_change_a_score_nor_do_format_characters() -> None:
    scores = an.Vader().scores(["It isn't good.", "It isn’t good.", "It isn\u200d’t go\u00adod."])
    assert scores.tolist() == [-0.3412] * 3
    assert plain("isn’t\ufeff") == "isn't"


def test_stored_segments_score_as_the_reference_scores_their_text(make: Make) -> None:
    corpus = make(
        "The minister said the talks were GOOD. “It isn’t a good deal, but it is the best!” Mr Khan said on Monday.\n\n"
        "He said that the war was a terrible, terrible mistake :( and that nobody in the U.S. was happy??",
        {
            "title": "Great relief (at last)!",
            "content": "Sort of good news; the least bad of all. No peace or joy.",
        },
    )
    wrong, n = segments_that_differ(corpus)
    assert (wrong, n > 6) == ([], True)


def test_one_segment_cannot_change_the_score_of_another() -> None:
    assert an.Vader().scores(["not", "good"]).tolist() == [0.0, 0.4404]


def test_words_named_neutral_do_not_count(make: Make) -> None:
    corpus = make("Security forces of the United Nations arrived in the northern town on Monday morning.")
    plainly = an.segment_scores(corpus, an.Vader(), part="body")
    without = an.segment_scores(corpus, an.Vader(("security forces", "united")), part="body")
    assert (plainly.hits.tolist(), without.hits.tolist()) == ([2], [0])
    assert plainly.score[0] > 0
    assert without.score.tolist() == [0.0]


@pytest.mark.corpora
@pytest.mark.slow
@pytest.mark.parametrize("name", ["topics/bbc-2225.jsonl.gz", "srilanka/english-three-outlets.jsonl.gz"])
def test_real_news_scores_as_the_reference_does(name: str, corpora: Path, tmp_path: Path) -> None:
    ingest(corpora / name, into=tmp_path / "made", max_reject_share=1.0)
    corpus = an.open_corpus(tmp_path / "made").sample(500)
    wrong, n = segments_that_differ(corpus)
    assert wrong == []
    assert n > 5_000


@pytest.mark.corpora
@pytest.mark.parametrize("name", ["nyt-snippets-half", "newsmtsc-targets-3000"])
def test_rated_snippets_score_as_the_reference_does(name: str, corpora: Path) -> None:
    import gzip
    import json

    with gzip.open(corpora / "sentiment" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    field = next(k for k in ("text", "sentence") if k in rows[0])
    some = [row[field] for row in rows]
    assert np.array_equal(an.Vader().scores(some), [reference(t) for t in some])
