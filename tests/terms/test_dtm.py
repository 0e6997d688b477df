"""Documents by terms: equal to the peers' counts, whatever the order of work."""

import numpy as np
import pandas as pd
import pytest
from gensim.corpora import Dictionary
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

import analysis as an
from analysis.corpus.encode import Text, encode_texts
from analysis.corpus.encoded import Encoding
from analysis.corpus.handle import Corpus
from analysis.engine.local import Processes
from analysis.errors import InputError, SelectionError
from analysis.terms import dtm as rooms
from analysis.terms.recipe import make_recipe
from analysis.terms.stream import Streamer
from analysis.terms.vocabulary import term_map
from analysis.text.segments_features import type_features

SPLIT = r"\w\w+"


def texts_of(corpus: Corpus) -> list[str]:
    """Title, standfirst and body of every article, by doc_id."""
    table = corpus.articles(["title", "standfirst", "body"])
    return ["\n".join(t for t in row[1:] if isinstance(t, str)) for row in table.itertuples(index=False)]


def same_as_sklearn(corpus: Corpus, **options: object) -> None:
    """Compare cell by cell."""
    ours = an.dtm(an.tokens(corpus, split=SPLIT, ngrams=range(1, 1 + int(options.get("n", 1)))))  # type: ignore[call-overload,arg-type]
    peer = CountVectorizer(ngram_range=(1, options.get("n", 1)))
    counts = peer.fit_transform(texts_of(corpus))
    assert ours.terms == list(peer.get_feature_names_out())
    assert (counts != ours.counts).nnz == 0


def test_the_split_of_scikit_learn_gives_its_counts(toy: Corpus) -> None:
    same_as_sklearn(toy)
    same_as_sklearn(toy, n=2)
    same_as_sklearn(toy, n=3)


@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_the_split_of_scikit_learn_holds_for_any_text(texts: list[str]) -> None:
    texts = [t.encode("utf-8", "replace").decode() for t in texts]
    table, forms = encode_texts([Text(str(i), None, None, t, "en") for i, t in enumerate(texts)])
    encoding = Encoding(
        rooms.pa.array(forms, rooms.pa.string()), type_features(forms).classes.astype(np.int8)
    )
    recipe = make_recipe(split=SPLIT)
    vocabulary = term_map(recipe, encoding, [])
    stream = Streamer(recipe, vocabulary)(table.combine_chunks().to_batches()[0])
    analyse = CountVectorizer().build_analyzer()
    names = vocabulary.terms.to_pylist()
    for i, text in enumerate(texts):
        found = [names[t] for t in stream.terms[stream.offsets[i] : stream.offsets[i + 1]]]
        assert found == analyse(text)


def test_rows_and_columns_are_sorted_and_words_are_counted_before_anything_is_left_out(toy: Corpus) -> None:
    made = an.dtm(an.tokens(toy, stopwords="en", min_length=3))
    assert made.doc_ids == sorted(made.doc_ids) == sorted(toy.articles([])["doc_id"])
    assert made.terms == sorted(made.terms)
    assert made.n_words.sum() == 156
    assert made.n_tokens_kept.sum() == made.counts.sum() < 156
    assert made.counts.has_canonical_format


@pytest.mark.parametrize(
    "recipe",
    [{"stopwords": "en"}, {"drop": ["ferry"]}, {"lemmas": "en"}, {"min_length": 5}, {"phrases": "foreign minister"},
     {"ngrams": (1, 2)}, {"numbers": False}, {"punctuation": True}, {"split": SPLIT}, {"stopwords": "auto"}],
)  # fmt: skip
def test_denominators_do_not_depend_on_the_recipe(toy: Corpus, recipe: dict[str, object]) -> None:
    for scope in ({}, {"voice": "narration"}, {"part": "title"}):
        plain = an.dtm(an.tokens(toy, **scope)).n_words  # type: ignore[arg-type]
        assert (an.dtm(an.tokens(toy, **scope, **recipe)).n_words == plain).all()  # type: ignore[arg-type]


def test_voices_and_parts_add_up_to_the_whole(toy: Corpus) -> None:
    whole = an.dtm(an.tokens(toy)).counts.sum()
    for name, values in (("voice", ("narration", "quotation", "reported")), ("part", ("title", "body"))):
        parts = [an.dtm(an.tokens(toy, **{name: v})) for v in values]  # type: ignore[arg-type]
        assert sum(p.counts.sum() for p in parts) == whole
        assert sum(p.n_words.sum() for p in parts) == 156
    assert an.dtm(an.tokens(toy, voice="quotation")).terms == ["ferry", "sail", "the", "will"]


def test_trimming_by_count_and_share(toy: Corpus) -> None:
    tokens = an.tokens(toy)
    made = an.dtm(tokens, min_doc_freq=3, max_doc_share=0.5)
    assert made.terms == ["council", "ferry", "harbour", "in"]
    assert made.doc_freq.tolist() == [3, 4, 3, 3]
    assert made.term_freq.tolist() == [4, 11, 5, 5]
    assert an.dtm(tokens, min_term_freq=12).terms == ["the"]
    assert made.params["min_doc_freq"] == 3
    assert made.n_words.sum() == 156
    with pytest.raises(SelectionError, match="trimming leaves no terms"):
        an.dtm(tokens, min_doc_freq=9)
    with pytest.raises(InputError, match="max_doc_share"):
        an.dtm(tokens, max_doc_share=0)


def test_gensim_gets_the_same_pairs(toy: Corpus) -> None:
    made = an.dtm(an.tokens(toy, split=SPLIT))
    analyse = CountVectorizer().build_analyzer()
    peer = Dictionary([made.terms])
    want = [[(peer[t], n) for t, n in peer.doc2bow(analyse(text))] for text in texts_of(toy)]
    got = [[(made.terms[t], n) for t, n in row] for row in made.pairs()]
    assert [sorted(row) for row in want] == got


def test_a_frame_has_every_article_and_a_large_one_is_refused(
    toy: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = an.dtm(an.tokens(toy, stopwords="en"))
    frame = made.frame()
    assert frame.shape == made.counts.shape
    assert frame["ferry"].sum() == 11
    assert isinstance(frame, pd.DataFrame)
    assert sum(rows.sum() for _, rows in made.batches(3)) == made.counts.sum()
    monkeypatch.setattr(rooms, "_MOST_CELLS", 10)
    with pytest.raises(InputError, match="too large"):
        made.frame()


def test_processes_give_the_bytes_of_one_process(toy: Corpus) -> None:
    with Processes(2) as engine:
        spread = Corpus(toy.path, toy.snapshot, engine, toy.overlay)
        for recipe in ({}, {"ngrams": (1, 2), "stopwords": "auto"}, {"phrases": "foreign minister"}):
            one, two = (an.dtm(an.tokens(c, **recipe)) for c in (toy, spread))  # type: ignore[arg-type]
            assert one.terms == two.terms
            assert one.counts.indices.tobytes() == two.counts.indices.tobytes()
            assert one.counts.data.tobytes() == two.counts.data.tobytes()
        one, two = (an.term_frequency(an.tokens(c), across="outlet", by="month") for c in (toy, spread))
        assert one == two


def test_no_article_gives_an_empty_matrix(toy: Corpus) -> None:
    nothing = toy.where(since="2030-01-01")
    for ngrams in (1, 2):
        assert an.dtm(an.tokens(nothing, ngrams=ngrams)).counts.shape == (0, 0)


@pytest.mark.corpora
@pytest.mark.slow
def test_real_articles_give_scikit_learn_s_counts(corpora: object, tmp_path: object) -> None:
    from pathlib import Path

    for name in ("srilanka", "languages"):
        into = Path(str(tmp_path)) / name
        an.ingest(Path(str(corpora)) / name, into=into, workers=1)
        same_as_sklearn(an.open_corpus(into))
        same_as_sklearn(an.open_corpus(into), n=2)
