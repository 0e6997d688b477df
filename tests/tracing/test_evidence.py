"""Every row of every kind opens: its articles add up to it, and its sentences are a sample that says of how many."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.errors import InputError, SelectionError

Demo = tuple[an.Corpus, dict[str, Any], Path]
BORDER = "border | frontier*"


def rate(c: an.Corpus) -> an.Measurement:
    return an.term_rate(an.tokens(c), BORDER)


def line(**options: Any) -> Callable[[an.Corpus], an.Result]:
    return lambda c: an.trend(rate(c), by="week", n_boot=99, **options)


ONE_SIDED: dict[str, tuple[Callable[[an.Corpus], an.Result], str, str | None]] = {
    "term_frequency": (
        lambda c: an.term_frequency(an.tokens(c, stopwords="en"), top=3),
        "term_freq",
        "n_words",
    ),
    "by outlet and month": (
        lambda c: an.term_frequency(an.tokens(c), across="outlet", by="month", top=2),
        "term_freq",
        "n_words",
    ),
    "pairs": (lambda c: an.term_frequency(an.tokens(c, ngrams=(1, 2)), top=40), "term_freq", "n_words"),
    "phrases": (
        lambda c: an.term_frequency(an.tokens(c, phrases=["foreign ministry"], voice="narration"), top=9),
        "term_freq",
        "n_words",
    ),
    "dispersion": (lambda c: an.dispersion(an.tokens(c), [BORDER, "coal"]), "freq", None),
    "dispersion of terms": (lambda c: an.dispersion(an.tokens(c, stopwords="en"), top=3), "freq", None),
    "dispersion_parts": (lambda c: an.dispersion_parts(an.tokens(c), ["coal"]), "freq", "n_words"),
    "collocation": (lambda c: an.collocation(an.tokens(c), BORDER), "joint", "n_near"),
    "collocation in segments": (
        lambda c: an.collocation(an.tokens(c, voice="quotation"), BORDER, window="segment", min_freq=2),
        "joint",
        "n_near",
    ),
    "coverage": (lambda c: an.coverage(c, by="week"), "n_docs", None),
    "coverage of hits": (lambda c: an.coverage(c.where(text="border"), by="month"), "n_docs", None),
    "outlet_months": (an.outlet_months, "n_docs", None),
    "stories": (an.stories, "n_docs", None),
    "trend": (line(), "numerator", "denominator"),
    "mean of articles": (line(weight="article"), "numerator", "denominator"),
    "mean of outlets": (line(weight="outlet"), "numerator", "denominator"),
    "first of stories": (line(across="outlet", stories="first"), "numerator", "denominator"),
    "shared by copies": (line(stories="weight"), "numerator", "denominator"),
    "volume": (
        lambda c: an.trend(an.volume(c), by="week", across="outlet", inference=None),
        "numerator",
        None,
    ),
}


def sums(rows: pd.DataFrame) -> pd.DataFrame:
    """Weighted sums by row and side."""
    made = rows.assign(
        x=rows["numerator"] * rows["weight"],
        n=rows["denominator"] * rows["weight"],
        side=rows["side"].fillna(""),
    )
    return made.groupby(["row", "side"])[["x", "n", "n_docs"]].sum()


@pytest.mark.parametrize("every", [True, False])
@pytest.mark.parametrize("name", ONE_SIDED)
def test_the_articles_of_a_row_add_up_to_it(name: str, every: bool, demo: Demo) -> None:
    make, top, bottom = ONE_SIDED[name]
    result = make(demo[0])
    found = sums(an.evidence_rows(result, every=every).table).droplevel("side").reindex(range(len(result)))
    expected = result.table[top].to_numpy(dtype=float, na_value=0.0)
    assert expected.sum() > 0
    np.testing.assert_allclose(found["x"].fillna(0.0), expected, rtol=1e-9)
    if bottom is not None:
        expected = result.table[bottom].to_numpy(dtype=float, na_value=0.0)
        np.testing.assert_allclose(found["n"].fillna(0.0), expected, rtol=1e-9)
    if "n_docs" in result.table and name not in ("coverage", "coverage of hits"):
        docs = result.table["n_docs"].to_numpy(dtype=float, na_value=0.0)
        assert (found["n_docs"].fillna(0) == docs).all()


def test_one_row_is_the_same_alone_and_among_all(demo: Demo) -> None:
    for make, *_ in ONE_SIDED.values():
        result = make(demo[0])
        row = len(result) // 2
        alone = an.evidence(result, row, n_sentences=0).table
        among = an.evidence_rows(result, [row, 0]).table
        among = among[among["row"] == row]
        assert alone["doc_id"].tolist() == among["doc_id"].tolist()
        pd.testing.assert_series_equal(alone["numerator"], among["numerator"].reset_index(drop=True))


def test_both_sides_of_a_keyword_add_up(demo: Demo) -> None:
    result = an.outlet_keyness(an.tokens(demo[0], stopwords="en"), n_permutations=19)
    for every in (True, False):
        found = sums(an.evidence_rows(result, every=every).table).unstack()
        for side in ("target", "reference"):
            np.testing.assert_allclose(found["x", side], result.table[f"{side}_freq"])
            rates = 10_000 * found["x", side] / found["n", side]
            np.testing.assert_allclose(rates, result.table[f"{side}_rate"])


SPANS = {"target": {"since": "2025-01-20"}, "reference": {"until": "2025-01-19"}}
UNEVEN = {"target": {"since": "2025-01-20", "until": "2025-03-05"}, "reference": {"until": "2025-01-19"}}
OUTLETS = {"target": {"outlet": "Tolmark Courier"}, "reference": {"outlet": ["Issen Ledger", "Halvik Post"]}}
COMPARED: dict[str, dict[str, Any]] = {
    "groups": OUTLETS,
    "means of articles": {**OUTLETS, "weight": "article"},
    "time": SPANS,
    "time, a side that ends within a week": UNEVEN,
    "time, one outlet": {k: {**v, "outlet": "Veshin Observer"} for k, v in SPANS.items()},
    "time, mix held fixed": {**SPANS, "standardise": "outlet", "weight": "article"},
    "groups, mix held fixed": {**OUTLETS, "standardise": "section"},
}


@pytest.mark.parametrize("name", COMPARED)
def test_both_sides_of_a_comparison_add_up(name: str, demo: Demo) -> None:
    m = rate(demo[0])
    result = an.compare(m, n_permutations=99, **COMPARED[name])
    found = sums(an.evidence_rows(result).table).unstack()
    for row in range(len(result)):
        for side in ("target", "reference"):
            ratio = m.scale * found["x", side][row] / found["n", side][row]
            assert ratio == pytest.approx(result.table[side][row], rel=1e-9)


@pytest.mark.parametrize("weight", ["word", "article", "outlet"])
def test_both_levels_of_a_break_add_up(weight: str, demo: Demo) -> None:
    m = rate(demo[0])
    result = an.breaks(m, by="week", weight=weight, n_boot=99, alpha=0.99, across=None)
    assert set(result.table["kind"]) & {"break", "pulse"}
    found = sums(an.evidence_rows(result).table).unstack()
    for row, kind in enumerate(result.table["kind"]):
        if kind == "none":
            continue
        for side, column in (("target", "after"), ("reference", "before")):
            ratio = m.scale * found["x", side][row] / found["n", side][row]
            assert ratio == pytest.approx(result.table[column][row], rel=1e-9)


def test_breaks_by_outlet_and_none_at_all_open_too(demo: Demo) -> None:
    result = an.breaks(rate(demo[0]), by="month", across="outlet", n_boot=99)
    rows = an.evidence_rows(result).table
    for row in np.flatnonzero(result.table["kind"] == "none"):
        own = rows[rows["row"] == row]
        assert own["side"].isna().all()
        outlets = demo[0].where(doc_id=own["doc_id"].tolist()).articles(["outlet"])["outlet"]
        assert set(outlets) == {result.table["group"][row]}


@pytest.mark.parametrize("weight", ["word", "article"])
def test_the_periods_around_an_event_add_up(weight: str, demo: Demo) -> None:
    m = rate(demo[0])
    result = an.event(m, date="2025-01-22", before=10, after=8, weight=weight, stories="weight")
    found = sums(an.evidence_rows(result).table).droplevel("side").reindex(range(len(result))).fillna(0.0)
    for column, top in (("x", "numerator"), ("n", "denominator"), ("n_docs", "n_docs")):
        np.testing.assert_allclose(found[column], result.table[top].to_numpy(float, na_value=0.0))


@pytest.mark.parametrize("over", ["outlet", "voice"])
def test_a_split_adds_up_in_all_and_by_stratum(over: str, demo: Demo) -> None:
    corpus = demo[0]
    voices = ("narration", "quotation", "reported")
    m = (
        rate(corpus)
        if over == "outlet"
        else {v: an.term_rate(an.tokens(corpus, voice=v), BORDER) for v in voices}
    )
    result = an.composition(m, over=over, n_boot=99, **SPANS)
    found = sums(an.evidence_rows(result).table).unstack()
    table = result.table
    for row in range(len(result)):
        if table["component"][row] != "change" and pd.isna(table["stratum"][row]):
            continue
        for side in ("target", "reference"):
            expected = table[f"ratio_{side}"][row]
            bottom = found["n", side][row]
            ratio = 10_000 * found["x", side][row] / bottom if bottom > 0 else np.nan
            assert ratio == pytest.approx(expected, rel=1e-9, nan_ok=True)
    shown = an.evidence(result, 0).exhibit
    assert shown is not None
    assert "<mark>" in shown._repr_html_()


def test_a_line_of_a_concordance_is_one_hit_and_shows_its_sentence(toy: an.Corpus) -> None:
    lines = an.concordance(an.tokens(toy), "ferry")
    for row in range(len(lines)):
        found = an.evidence(lines, row)
        assert found.table["numerator"].tolist() == [1.0]
        assert found.exhibit is not None
        shown = found.exhibit.shown.iloc[0]  # type: ignore[attr-defined]
        ((first, end),) = shown["spans"]
        assert shown["text"][first:end].lower() == "ferry"
        hit = lines.table.iloc[row]
        before = f"{hit['left']} {hit['hit']}".split()
        assert shown["text"][:end].split()[-1].strip("“,.!") == before[-1]


def test_the_articles_of_a_frequency_are_counted_by_hand(toy: an.Corpus) -> None:
    # "ferry" by article: 2 in two sentences (headline and text), 3 in three, 5 in three ("Ferry, ferry, ferry!"), 1.
    result = an.term_frequency(an.tokens(toy))
    row = int(np.flatnonzero(result.table["term"] == "ferry")[0])
    found = an.evidence(result, row)
    assert sorted(found.table["numerator"]) == [0.0] * 6 + [1.0, 2.0, 3.0, 5.0]
    assert found.exhibit is not None
    assert "9 of 9 sentences with a hit" in str(found.exhibit)
    assert found.exhibit._repr_html_().count("<mark>") == 11


def test_terms_in_other_scripts_and_of_several_words_are_marked(toy: an.Corpus) -> None:
    result = an.term_frequency(an.tokens(toy, ngrams=2))
    for term, times in (("foreign minister", 2), ("کشتی کا", 1)):
        row = int(np.flatnonzero(result.table["term"] == term)[0])
        found = an.evidence(result, row)
        assert found.exhibit is not None
        assert found.exhibit._repr_html_().count("<mark>") == times
    phrases = an.term_frequency(an.tokens(toy, phrases="foreign minister", lemmas="en"))
    row = int(np.flatnonzero(phrases.table["term"] == "foreign_minister")[0])
    shown = an.evidence(phrases, row).exhibit
    assert shown is not None
    assert shown._repr_html_().count("<mark>") == int(phrases.table["term_freq"][row])


def test_a_collocate_is_marked_only_near_its_node(toy: an.Corpus) -> None:
    result = an.collocation(an.tokens(toy), "council", window=3, min_freq=1)
    row = int(np.flatnonzero(result.table["term"] == "ferry")[0])
    shown = an.evidence(result, row).exhibit
    assert shown is not None
    assert shown._repr_html_().count("<mark>") == int(result.table["joint"][row])


def test_markup_in_a_sentence_is_text(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(
        "A title about ferries\n\nJanuary 6, 2025\n\nThe ferry <b onclick=alert(1)>sank</b> & was “lost”.\n",
        "utf-8",
    )
    an.ingest(tmp_path / "raw", into=tmp_path / "c", workers=1)
    lines = an.concordance(an.tokens(an.open_corpus(tmp_path / "c")), "ferry")
    page = an.evidence(lines, 0).exhibit
    assert page is not None
    assert "<b" not in page._repr_html_()


def test_a_loaded_result_opens_once_it_has_its_corpus_again(demo: Demo, tmp_path: Path) -> None:
    corpus = demo[0]
    made = {
        "counted": an.term_frequency(an.tokens(corpus, stopwords="en", voice="narration"), top=2),
        "keyness": an.outlet_keyness(an.tokens(corpus), n_permutations=19),
        "dispersion": an.dispersion(an.tokens(corpus), [BORDER]),
        "coverage": an.coverage(corpus, by="month"),
    }
    for name, result in made.items():
        result.save(tmp_path, name=name)
        loaded = an.Result.load(tmp_path, name=name)
        with pytest.raises(SelectionError, match="attach"):
            an.evidence(loaded, 0)
        one, two = an.evidence(loaded.attach(corpus), 0), an.evidence(result, 0)
        assert one == two
        assert str(one.exhibit) == str(two.exhibit)
    m = rate(corpus)
    week = an.trend(m, by="week", n_boot=99)
    week.save(tmp_path, name="week")
    loaded = an.Result.load(tmp_path, name="week").attach(corpus)
    with pytest.raises(SelectionError, match="measurement=m"):
        an.evidence(loaded, 0)
    assert an.evidence(loaded, 5, measurement=m) == an.evidence(week, 5)
    with pytest.raises(SelectionError, match="not the measurement"):
        an.evidence(loaded, 0, measurement=an.term_rate(an.tokens(corpus), "coal"))


def test_wrong_asks_are_answered(toy: an.Corpus) -> None:
    counted = an.term_frequency(an.tokens(toy))
    for row in (-1, len(counted), 1.5, True, "0", None):
        with pytest.raises(InputError, match="no such row"):
            an.evidence(counted, row)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="term_frequency"):
        an.evidence(an.describe(toy), 0)
    with pytest.raises(InputError, match="only articles"):
        an.evidence(rate(toy), 0)  # type: ignore[arg-type]
    assert an.evidence_rows(counted, []).table.empty
    none = an.term_frequency(an.tokens(toy.where(text="zeppelin")))
    assert an.evidence_rows(none).table.empty
    assert an.evidence_rows(none, every=False).table.empty


def test_the_sample_does_not_depend_on_anything_but_its_seed(demo: Demo) -> None:
    result = an.term_frequency(an.tokens(demo[0], stopwords="en"), top=1)
    one, two, other = (str(an.evidence(result, 0, seed=s).exhibit) for s in (1, 1, 2))
    assert one == two
    assert one != other
