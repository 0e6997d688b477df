"""Models: what they find, what they say, and their files."""

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.errors import CorpusError, InputError, SelectionError, UnknownNameError
from analysis.series.trend import trend
from analysis.terms.tokens import Tokens, tokens
from analysis.topics.fit import TopicWarning, fit_topics
from analysis.topics.model import TopicModel
from analysis.topics.share import topic_share
from tests.topics.conftest import COMMON, SUBJECTS, ingested, texts


def subject_of(words: list[str]) -> str:
    found = [name for name, own in SUBJECTS.items() if set(words) <= set(own)]
    return found[0] if found else "none"


def test_planted_subjects_are_found_and_hold_still(model: TopicModel) -> None:
    assert sorted(subject_of(w) for w in model.top_terms(8)) == sorted(SUBJECTS)
    assert model.stability["stable"].all()
    assert np.allclose(model.topic_word.sum(axis=1), 1)


def test_common_words_are_unassigned(model: TopicModel) -> None:
    shares = model.shares()
    assert np.allclose(shares.shares.sum(axis=1), 1)
    assert 0.4 < shares.shares[:, -1].mean() < 0.6  # half of the words are common ones
    assert list(shares.doc_ids) == sorted(shares.doc_ids)


def test_shares_do_not_move_with_the_scale_of_the_factors(model: TopicModel) -> None:
    # What an engine gives is made to sum to one; a factor of any scale gives the same distribution.
    scaled = model.topic_word * np.array([[3.0], [0.2], [40.0]])
    again = scaled / scaled.sum(axis=1, keepdims=True)
    assert np.allclose(again, model.topic_word, atol=1e-15)


def test_the_same_seed_gives_the_same_bytes_whatever_the_order_of_files(
    three: Tokens, model: TopicModel, tmp_path: Path
) -> None:
    turned = tokens(ingested(tmp_path / "turned", texts()[0], backwards=True))
    assert turned.corpus_fingerprint == three.corpus_fingerprint
    for number, again in enumerate((three, turned)):
        fit_topics(again, n_topics=3, n_resamples=4, max_doc_share=1.0).save(tmp_path / str(number))
    model.save(tmp_path / "first")
    for file in sorted((tmp_path / "first").iterdir()):
        assert file.read_bytes() == (tmp_path / "0" / file.name).read_bytes()
        assert file.read_bytes() == (tmp_path / "1" / file.name).read_bytes()


def test_a_line_equals_the_sum_over_its_articles(model: TopicModel) -> None:
    made = topic_share(model, 0, draws=True)
    line = trend(made, by="month", inference=None).table
    assert np.isclose(line["numerator"].sum(), made.table["numerator"].sum())
    assert np.isclose(line["denominator"].sum(), made.table["denominator"].sum())
    assert made.draws is not None
    assert made.draws.shape == (240, 4)


def test_an_anchored_topic_has_its_label_and_its_subject(three: Tokens) -> None:
    found = fit_topics(
        three,
        n_topics=3,
        n_resamples=2,
        max_doc_share=1.0,
        anchors={"law": ["verdict", "jur*"], "sea": "tide | quay"},
    )
    assert found.labels == ("law", "sea", "")
    assert [subject_of(w) for w in found.top_terms(8)] == ["court", "harbour", "farming"]
    assert found.topic("sea") == 1
    assert topic_share(found, "sea").label == "sea"


@pytest.mark.parametrize("method", ["lda", "lda-gibbs"])
def test_every_engine_has_one_interface(three: Tokens, method: str) -> None:
    if method == "lda-gibbs":
        pytest.importorskip("tomotopy")
    found = fit_topics(
        three, n_topics=3, method=method, n_resamples=0, max_doc_share=1.0, anchors={"sea": ["tide", "quay"]}
    )
    assert {"tide", "quay"} <= set(found.top_terms(10)[0])
    assert found.labels[0] == "sea"
    assert np.allclose(found.topic_word.sum(axis=1), 1)
    again = fit_topics(
        three, n_topics=3, method=method, n_resamples=0, max_doc_share=1.0, anchors={"sea": ["tide", "quay"]}
    )
    assert np.array_equal(found.topic_word, again.topic_word)
    with pytest.raises(SelectionError, match="not tested"):
        topic_share(found, "sea")


def test_topics_of_shuffled_words_are_unstable(tmp_path: Path) -> None:
    rng = np.random.Generator(np.random.PCG64(5))
    every = np.array(sum(SUBJECTS.values(), COMMON))
    bodies = [" ".join(rng.choice(every, 60)) + "." for _ in range(240)]
    found = fit_topics(tokens(ingested(tmp_path, bodies)), n_topics=5, max_doc_share=1.0)
    assert not found.stability["stable"].any()
    with pytest.raises(SelectionError, match="does not hold still"):
        topic_share(found, 0)
    assert "Unstable" in topic_share(found, 0, unstable="allow", draws=False).notes[0]


def test_a_saved_model_comes_back_and_knows_its_corpus(
    model: TopicModel, three: Tokens, tmp_path: Path
) -> None:
    model.save(tmp_path / "m")
    back = TopicModel.load(tmp_path / "m")
    assert back.terms == model.terms
    assert np.array_equal(back.topic_word, model.topic_word)
    assert back.params == model.params
    assert back.recipe == model.recipe
    assert back.stability.equals(model.stability)
    with pytest.raises(SelectionError, match="attach"):
        back.shares()
    assert np.array_equal(back.attach(three.corpus).shares().shares, model.shares().shares)


def test_another_corpus_or_recipe_is_refused_with_both_fingerprints(model: TopicModel, three: Tokens) -> None:
    other = three.corpus.where(outlet="Upland Post")
    with pytest.raises(SelectionError, match=model.corpus_fingerprint) as caught:
        model.attach(other)
    assert other.fingerprint in str(caught.value)
    with pytest.raises(SelectionError, match="another recipe") as caught:
        model.attach(tokens(three.corpus, min_length=3))
    assert str(caught.value).count(model.corpus_fingerprint) == 2
    assert len(model.transform(other).doc_ids) == 120
    with pytest.raises(InputError):
        model.transform("corpus")  # type: ignore[arg-type]


@pytest.mark.parametrize("damage", ["cut", "gone", "other", "json"])
def test_a_damaged_folder_is_refused(model: TopicModel, tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "m"
    model.save(folder)
    array = folder / "topic_word.npy"
    if damage == "cut":
        array.write_bytes(array.read_bytes()[:-8])
    elif damage == "gone":
        array.unlink()
    elif damage == "other":
        facts = json.loads((folder / "model.json").read_text())
        facts["sha256"]["../x"] = "0"
        (folder / "model.json").write_text(json.dumps(facts))
    else:
        (folder / "model.json").write_text("{")
    with pytest.raises(CorpusError, match="not a whole topic model"):
        TopicModel.load(folder)


def test_bad_calls_say_what_is_wrong(three: Tokens, model: TopicModel) -> None:
    with pytest.raises(InputError, match="at least 2"):
        fit_topics(three, n_topics=1)
    with pytest.raises(SelectionError, match="fewer articles than topics"):
        fit_topics(three, n_topics=300)
    with pytest.raises(InputError, match="nmf"):
        fit_topics(three, n_topics=3, method="nfm")
    with pytest.raises(SelectionError, match="no terms"):
        fit_topics(three, n_topics=3, min_doc_freq=1000)
    with pytest.raises(InputError, match="more anchors"):
        fit_topics(three, n_topics=2, anchors={"a": "tide", "b": "jury", "c": "wheat"})
    with pytest.raises(UnknownNameError, match="0 to 2"):
        model.topic(3)
    with pytest.raises(UnknownNameError):
        model.topic("")
    with pytest.warns(TopicWarning, match="stories a topic"):
        fit_topics(three, n_topics=20, n_resamples=0, max_doc_share=1.0)
