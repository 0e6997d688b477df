"""Reading patterns and finding them."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as an
from analysis.corpus.encoded import TokenBatch
from analysis.corpus.handle import Corpus
from analysis.engine.local import Processes
from analysis.errors import InputError
from analysis.terms.matching import find
from analysis.terms.occurrences import count
from analysis.terms.patterns import parse, pattern_of


def hits(corpus: Corpus, pattern: str, **recipe: object) -> int:
    """Hits in all articles."""
    return int(count(an.tokens(corpus, **recipe), pattern).count.sum())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pattern", "n"),
    [
        ("ferry", 11),
        ("FERRY", 11),
        ("ferry | ferry", 11),
        ("ferr* | council", 15),
        ("harbour", 5),  # with harbour’s
        ("harbour's", 1),
        ("harbour’s", 1),
        ("isn't | isn’t", 1),
        ('"foreign minister"', 2),
        ("foreign minister", 2),
        ("foreign minister*", 3),
        ("minister* | foreign ministers", 5),
        ("foreign minister | foreign ministers | foreign", 4),  # of two that begin at one word the longer
        ("minister foreign", 0),  # a comma stands between
        ("tahrik-e-halvan", 2),
        ("tahrik e halvan", 1),
        ("border-post", 3),
        ("border post", 2),
        ("*rr*", 11),
        ("meet harbour", 0),
        ("1,000", 2),
        ("کشتی", 3),
        ("كشتي", 3),  # typed on an Arabic keyboard
        ("کشتی کا", 1),
        ("کش*", 3),
        ("crowns wheat", 0),  # across a headline and across a sentence
    ],
)
def test_patterns_find_what_a_reader_finds(toy: Corpus, pattern: str, n: int) -> None:
    assert hits(toy, pattern) == n


def test_voices_parts_and_case_hold_for_patterns(toy: Corpus) -> None:
    assert hits(toy, "ferry", voice="quotation") == 1
    assert hits(toy, "ferry", part="title") == 3
    assert hits(toy, "Ferry", lower=False) == 3
    assert hits(toy, "harbour", possessives="keep") == 4
    assert hits(toy, "the raid", voice="narration") + hits(toy, "the raid", voice="reported") == 1
    assert hits(toy, "foreign minister", stopwords="en", drop="foreign", min_length=9) == 2


def test_overlapping_hits_count_once_from_the_left(toy: Corpus) -> None:
    found = find(an.tokens(toy), "rain in | in the hills | the hills rain")
    assert found.length.tolist() == [2, 3]
    assert found.token.tolist() == [0, 6]


def test_hits_name_article_token_and_segment(toy: Corpus) -> None:
    found = find(an.tokens(toy), "foreign minister")
    ids = [found.doc_ids[d] for d in found.doc]
    assert ids == sorted(ids)
    assert found.doc_ids == sorted(found.doc_ids)
    assert dict(zip(found.token.tolist(), found.segment.tolist(), strict=True)) == {3: 1, 16: 3}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [("", "empty"), ("  ", "empty"), ("a |", "empty part"), ("| a", "empty part"), ('"a', "not closed"),
     ('a " b', "not closed"), ("*", "without a word"), ("a | **", "without a word"), ("...", "without a word"),
     ('""', "empty part")],
)  # fmt: skip
def test_what_is_no_pattern_says_what_is_wrong(wrong: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        parse(wrong)
    with pytest.raises(InputError):
        pattern_of([])
    with pytest.raises(InputError):
        parse(None)  # type: ignore[arg-type]


@given(st.text(max_size=30))
def test_any_text_is_a_pattern_or_an_error_in_words(text: str) -> None:
    try:
        read = parse(text)
    except InputError:
        return
    assert read.phrases
    assert all(word for phrase in read.phrases for word in phrase)


def test_a_pattern_is_never_an_expression(toy: Corpus) -> None:
    for text in ("f.rry", "(ferry", "fer[r]y", "ferry\\b", "ferry+", "^ferry$", "a\\*", "*(*"):
        try:
            found = hits(toy, text)
        except InputError:
            continue
        assert found in (0, 11)  # punctuation at the edges of a word is passed over
    assert hits(toy, "f.rry") == 0


def test_dictionaries_have_categories(toy: Corpus, tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(
        'sea: [ferry, harbour]\nland:\n  border: ["border post", fenc*]\n  rain: rain\n', encoding="utf-8"
    )
    (tmp_path / "a.csv").write_text("category,pattern\nsea,ferry\nsea,harbour\nland,rain\n", encoding="utf-8")
    from_yaml, from_csv = an.read_dictionary(tmp_path / "a.yml"), an.read_dictionary(tmp_path / "a.csv")
    assert list(from_yaml) == ["sea", "land", "land/border", "land/rain"]
    assert from_yaml["sea"] == from_csv["sea"]
    tokens = an.tokens(toy)
    assert {c: int(count(tokens, p).count.sum()) for c, p in from_yaml.items()} == {
        "sea": 16,
        "land": 4,
        "land/border": 2,
        "land/rain": 2,
    }


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [("a.txt", "x", "yml"), ("a.yml", "- a\n- b\n", "category"), ("a.yml", "sea: [\n", "YAML"),
     ("a.yml", "sea: ['\"x']\n", "In the category 'sea'"), ("a.yml", "sea: []\n", "sea"), ("a.yml", "", "category"),
     ("a.csv", "word\nx\n", "lacks a column"), ("a.csv", "category,pattern\nsea,\n", "line 2"),
     ("a.yml", "sea: [yes]\n", "quote yes")],
)  # fmt: skip
def test_a_wrong_dictionary_names_the_place(tmp_path: Path, name: str, text: str, says: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=says):
        an.read_dictionary(tmp_path / name)


def test_processes_find_what_one_process_finds(toy: Corpus) -> None:
    with Processes(2) as engine:
        spread = Corpus(toy.path, toy.snapshot, engine, toy.overlay)
        one, two = (find(an.tokens(c), "the | foreign minister | کشتی") for c in (toy, spread))
    assert one.doc_ids == two.doc_ids
    assert all(np.array_equal(a, b) for a, b in zip(one[1:], two[1:], strict=True))


def naive(corpus: Corpus, words: list[str]) -> int:
    """Count a phrase by walking over the tokens, as a reader would."""
    forms = corpus.encoding.forms.to_pylist()
    n = 0
    for batch in corpus.scan("type_ids", "seg_part", "seg_sentence", "seg_tokens"):
        tokens = TokenBatch.of(batch)
        for doc in range(len(tokens)):
            segments = range(*tokens.doc_segments[doc : doc + 2])
            places = [
                (
                    (tokens.seg_part[s], tokens.seg_sentence[s]),
                    forms[tokens.type_ids[t]].lower().replace("’", "'"),
                )
                for s in segments
                for t in range(tokens.seg_first[s], tokens.seg_first[s + 1])
            ]
            at = 0
            while at < len(places):
                some = places[at : at + len(words)]
                bare = [w.removesuffix("'s") for _, w in some]
                hit = bare == words and len({key for key, _ in some}) == 1
                n += hit
                at += len(words) if hit else 1
    return n


@pytest.mark.corpora
@pytest.mark.slow
def test_real_articles_are_counted_as_a_slow_walk_counts_them(corpora: Path, tmp_path: Path) -> None:
    an.ingest(corpora / "srilanka", into=tmp_path / "c", workers=1)
    corpus = an.open_corpus(tmp_path / "c").sample(600, seed=4)
    for words in (["president"], ["sri", "lanka"], ["prime", "minister"], ["the", "united", "states"]):
        assert hits(corpus, " ".join(words)) == naive(corpus, words) > 0
