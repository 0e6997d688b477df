"""Latent semantic scaling: polarity from company, the same bytes twice, frozen models."""

import json
from pathlib import Path

import numpy as np
import pytest

import analysis as an
from analysis.corpus.handle import Corpus, open_corpus
from analysis.corpus.ingest import ingest
from analysis.errors import CorpusError, InputError, SelectionError
from analysis.sentiment.scaling_model import ScalingModel
from analysis.stats.subspace import cosines, leading
from analysis.stats.weighted import correlation

DARK, LIGHT = ("gale", "wreck", "flood", "storm"), ("calm", "sun", "breeze", "dawn")
ANCHORS = {"dark": ["gale", "wreck"], "light": ["calm", "sun"]}


@pytest.fixture(scope="module")
def weather(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """300 articles of five sentences: dark words keep dark company, light words light."""
    folder = tmp_path_factory.mktemp("weather")
    rng = np.random.default_rng(1)
    others = [f"{a}{b}" for a in ("bar", "tol", "mir", "ven", "kas") for b in ("den", "lot", "rim", "sel")]
    rows = []
    for i in range(300):
        mood = rng.random()
        lines = []
        for _ in range(5):
            own = DARK if rng.random() > mood else LIGHT
            words = [*rng.choice(own, 2), *rng.choice(others, 4)]
            lines.append("The " + " ".join(rng.permutation(words)) + ".")
        rows.append({"title": f"Item {i}", "content": " ".join(lines), "source": ("Upland Post", "Courier")[i % 2],
                     "link": f"https://toy.example/{i}/{mood:.4f}",
                     "date_published": f"2025-{1 + i % 6:02d}-11"})  # fmt: skip
    (folder / "raw").mkdir()
    (folder / "raw" / "a.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    ingest(folder / "raw", into=folder / "made", workers=1)
    return open_corpus(folder / "made")


@pytest.fixture(scope="module")
def model(weather: Corpus) -> ScalingModel:
    """Fitted with two anchors a pole."""
    return an.fit_scaling(an.tokens(weather, stopwords="en"), anchors=ANCHORS, n_dimensions=12, n_boot=8)


def test_the_subspace_is_that_of_the_singular_value_decomposition() -> None:
    x = np.random.default_rng(2).standard_normal((60, 20)) * np.arange(20, 0, -1)
    vectors, values = leading(x.T @ x, 4, times=30)
    _, s, v = np.linalg.svd(x, full_matrices=False)
    assert values == pytest.approx(s[:4])
    assert np.abs((vectors * v[:4].T).sum(axis=0)) == pytest.approx(np.ones(4), abs=1e-6)
    assert cosines(np.array([[1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]), np.array([0])).ravel() == pytest.approx(
        [1, 2**-0.5, 0]
    )


def test_words_get_the_pole_of_their_company(model: ScalingModel) -> None:
    table = an.scaling_terms(model).table.set_index("term")
    assert (table.loc[["flood", "storm"], "high"] < 0).all()
    assert (table.loc[["breeze", "dawn"], "low"] > 0).all()
    assert table.loc["gale", "anchor"] == "dark"
    assert (table["anchors_low"] <= table["polarity"]).all()
    assert (table["polarity"] <= table["anchors_high"]).all()
    assert np.average(table["polarity"], weights=table["term_freq"]) == pytest.approx(0)
    assert np.average(table["polarity"] ** 2, weights=table["term_freq"]) == pytest.approx(1)


def test_articles_are_placed_as_they_were_written(weather: Corpus, model: ScalingModel) -> None:
    m = an.scaling_scores(weather, model)
    mood = [float(link.rsplit("/", 1)[1]) for link in weather.articles(["link"])["link"]]
    score = (m.table["numerator"] / m.table["denominator"]).to_numpy()
    # Five sentences by chance: sqrt(1/12 / (1/12 + 1/30)) = .845 is the most that any measure of them can reach.
    assert correlation(score, mood).low > 0.7
    assert m.draws is not None
    assert m.draws.shape == (300, 8)
    tone = an.tone(weather, lexicon=model).table
    assert np.corrcoef(tone["numerator"] / tone["denominator"], score)[0, 1] > 0.95
    ranges = an.scaling_range(weather, model, across="outlet").table
    assert (ranges["low"] < ranges["estimate"]).all()
    assert ranges["n_docs"].sum() == 300


def test_two_runs_and_a_saved_model_have_the_same_bytes(
    weather: Corpus, model: ScalingModel, tmp_path: Path
) -> None:
    again = an.fit_scaling(an.tokens(weather, stopwords="en"), anchors=ANCHORS, n_dimensions=12, n_boot=8)
    model.save(tmp_path / "a")
    again.save(tmp_path / "b")
    an.open_scaling(tmp_path / "b").save(tmp_path / "c")
    for name in ("scaling.npz", "scaling.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
        assert (tmp_path / "b" / name).read_bytes() == (tmp_path / "c" / name).read_bytes()


def test_a_frozen_model_scores_other_articles_and_a_changed_one_is_refused(
    weather: Corpus, model: ScalingModel, tmp_path: Path
) -> None:
    model.save(tmp_path)
    some = weather.where(outlet="Courier")
    frozen = an.open_scaling(tmp_path)
    whole = an.scaling_scores(weather, model).table.set_index("doc_id")
    part = an.scaling_scores(some, frozen).table.set_index("doc_id")
    assert part["numerator"].to_numpy() == pytest.approx(whole.loc[part.index, "numerator"].to_numpy())
    facts = json.loads((tmp_path / "scaling.json").read_text(encoding="utf-8"))
    facts["terms"][0] = "another"
    (tmp_path / "scaling.json").write_text(json.dumps(facts), encoding="utf-8")
    with pytest.raises(CorpusError, match="changed"):
        an.open_scaling(tmp_path)
    with pytest.raises(InputError, match="no such model"):
        an.open_scaling(tmp_path / "nowhere")


def test_anchors_that_do_not_occur_are_named_with_the_nearest(weather: Corpus) -> None:
    words = an.tokens(weather, stopwords="en")
    found = an.fit_scaling(
        words, anchors={"dark": ["gale", "strom"], "light": ["calm"]}, n_dimensions=5, n_boot=0
    )
    assert any("'strom' (dark), nearest 'storm'" in n for n in found.notes)
    with pytest.raises(SelectionError, match="No anchor of the pole 'dark'"):
        an.fit_scaling(words, anchors={"dark": ["strom"], "light": ["calm"]}, n_boot=0)


def test_wrong_calls_say_what_is_right(weather: Corpus) -> None:
    words = an.tokens(weather, stopwords="en")
    with pytest.raises(InputError, match="two poles"):
        an.fit_scaling(words, anchors={"dark": ["gale"]})
    with pytest.raises(InputError, match="both poles"):
        an.fit_scaling(words, anchors={"dark": ["gale"], "light": ["gal*"]}, n_boot=0)
    with pytest.raises(InputError, match="no single word"):
        an.fit_scaling(words, anchors={"dark": ["bad weather"], "light": ["calm"]})
    with pytest.raises(InputError, match="single words"):
        an.fit_scaling(an.tokens(weather, ngrams=2), anchors=ANCHORS)
    with pytest.raises(InputError, match="Tokens"):
        an.fit_scaling(weather, anchors=ANCHORS)


def test_other_scripts_have_poles_too(tmp_path: Path) -> None:
    lines = [
        "جنگ اور خوف شہر میں ہے۔ امن اور خوشی گاؤں میں ہے۔",
        "خوف اور جنگ پھر آئے۔ خوشی اور امن بھی آئے۔",
    ] * 10
    (tmp_path / "raw").mkdir()
    rows = [
        {"title": f"بات {i}", "content": f"{t} نمبر {i}۔", "source": "x", "link": f"https://x.example/{i}"}
        for i, t in enumerate(lines)
    ]
    (tmp_path / "raw" / "a.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    ingest(tmp_path / "raw", into=tmp_path / "made", workers=1)
    words = an.tokens(open_corpus(tmp_path / "made"))
    found = an.fit_scaling(
        words, anchors={"a": ["جنگ"], "b": ["امن"]}, n_dimensions=5, n_boot=0, min_doc_freq=2
    )
    table = an.scaling_terms(found).table.set_index("term")["polarity"]
    assert table["خوف"] < table["خوشی"]
