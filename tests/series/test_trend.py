"""A line is a sum by a sum; what is not there is null; intervals say what they are about."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.errors import InputError, SelectionError, UnknownNameError
from analysis.series import frame as frames
from analysis.stats.mean_share import mean_share_interval
from tests.series.conftest import Made, Make, build, days, rng, window

FEW: dict[str, Any] = {"n_boot": 99}


def small(make: Make) -> Made:
    """Two outlets, two weeks, counted by hand."""
    rows = [
        ("Courier", "2025-01-06", 2.0, 10.0),
        ("Courier", "2025-01-07", 0.0, 30.0),
        ("Post", "2025-01-08", 3.0, 10.0),
        ("Courier", "2025-01-14", 1.0, 20.0),
        ("Post", "2025-01-15", 1.0, 5.0),
    ]
    return make(rows, window("*", "2025-01-06", "2025-01-19"))


@pytest.mark.parametrize(
    ("weight", "first", "second"),
    [
        ("word", 5 / 50, 2 / 25),
        ("article", (2 / 10 + 0 / 30 + 3 / 10) / 3, (1 / 20 + 1 / 5) / 2),
        ("outlet", (2 / 40 + 3 / 10) / 2, (1 / 20 + 1 / 5) / 2),
    ],
)
def test_the_estimate_is_the_ratio_counted_by_hand(
    make: Make, weight: str, first: float, second: float
) -> None:
    found = an.trend(small(make).measurement(), by="week", weight=weight, **FEW).table
    assert found.estimate.tolist() == pytest.approx([first, second])
    assert (found.numerator / found.denominator).tolist() == pytest.approx([first, second])
    assert found.n_docs.tolist() == [3, 2]
    assert found.status.tolist() == ["collected", "collected"]


def test_the_columns_are_the_same_whatever_is_asked(make: Make) -> None:
    m = small(make).measurement()
    names = [
        "period", "group", "numerator", "denominator", "n_docs", "n_stories", "estimate", "low", "high", "status",
        "standardised",
    ]  # fmt: skip
    for options in ({}, {"across": "outlet"}, {"inference": None}, {"inference": "outlets"}, {"by": "day"}):
        assert list(an.trend(m, **{"by": "week", **FEW, **options}).table.columns) == names


def test_a_week_without_a_hit_is_zero_and_one_not_collected_is_null(make: Make) -> None:
    rows = [("Courier", d, 0.0 if d < "2025-01-13" else 1.0, 10.0) for d in days("2025-01-06", 14)]
    toml = window("Courier", "2025-01-06", "2025-01-19") + window("Post", "2025-01-06", "2025-01-26")
    rows.append(("Post", "2025-01-22", 1.0, 10.0))
    found = an.trend(make(rows, toml).measurement(), by="week", across="outlet", **FEW).table
    courier = found[found.group == "Courier"]
    assert courier.status.tolist() == ["no_hits", "collected", "missing"]
    assert courier.estimate.tolist()[:2] == [0.0, 0.1]
    assert courier[["numerator", "denominator", "n_docs", "n_stories", "estimate"]].iloc[2].isna().all()


def test_deleting_declared_days_changes_no_other_day(tmp_path: Path, make: Make) -> None:
    draw, span = rng(8), days("2025-03-03", 42)
    rows = [
        (o, d, float(draw.poisson(2)), 100.0) for o in ("Courier", "Post") for d in span for _ in range(6)
    ]
    gone = {span[i] for i in draw.choice(42, 10, replace=False)}
    toml = window("*", "2025-03-03", "2025-04-13")
    whole = an.trend(make(rows, toml).measurement(), by="day", across="outlet")
    # Numbers in links make the ids; so that they stay, the deleted articles go to another outlet.
    kept = [("Elsewhere", *r[1:]) if r[0] == "Courier" and r[1] in gone else r for r in rows]
    declared = "".join(window("Courier", d, d) for d in span if d not in gone)
    part = an.trend(build(tmp_path / "two", kept, toml + declared).measurement(), by="day", across="outlet")
    one, two = (r.table[r.table.group == "Courier"].reset_index(drop=True) for r in (whole, part))
    there = ~two.period.dt.strftime("%Y-%m-%d").isin(gone)
    exact = ["numerator", "denominator", "n_docs", "n_stories", "estimate", "low", "high", "status"]
    pd.testing.assert_frame_equal(one.loc[there, exact], two.loc[there, exact])
    assert two[~there].status.eq("missing").all()
    assert two[~there].drop(columns=["period", "group", "status"]).isna().all().all()


def test_a_pooled_week_that_lacks_an_outlet_is_incomplete(make: Make) -> None:
    rows = [(o, d, 1.0, 10.0) for o in ("Courier", "Post") for d in days("2025-01-06", 7)]
    rows += [("Courier", d, 1.0, 10.0) for d in days("2025-01-13", 7)]
    toml = window("Courier", "2025-01-06", "2025-01-19") + window("Post", "2025-01-06", "2025-01-12")
    found = an.trend(make(rows, toml).measurement(), by="week", **FEW)
    assert found.table.status.tolist() == ["collected", "incomplete"]
    assert found.table.estimate.notna().all()


def test_dates_known_to_the_month_stay_out_of_weeks_and_are_counted(make: Make) -> None:
    rows = [("Courier", d, 1.0, 10.0) for d in days("2025-01-06", 14)]
    rows += [("Courier", "January 2025", 1.0, 10.0), ("Courier", None, 1.0, 10.0)]
    m = make(rows, window("*", "2025-01-01", "2025-01-31")).measurement()
    week, month = (an.trend(m, by=by, **FEW) for by in ("week", "month"))
    assert week.table.n_docs.sum() == 14
    assert month.table.n_docs.sum() == 15
    assert any("1 without a date, 1 with a date too coarse for a week" in n for n in week.notes)


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles next to each other in the raw file are copies of one story."""
    real = frames.fields_of

    def with_stories(corpus: an.Corpus, fields: list[str]) -> pd.DataFrame:
        table = real(corpus, [*fields, "link"])
        number = table["link"].str.extract(r"/news/(\d+)/")[0].astype(int)
        table["story_id"] = "s" + (number // 2).astype(str)
        return table

    monkeypatch.setattr(frames, "fields_of", with_stories)


@pytest.mark.usefixtures("copied")
def test_the_policy_for_stories_says_what_counts(make: Make) -> None:
    rows = [
        ("Wire", "2025-01-06", 6.0, 10.0),
        ("Courier", "2025-01-07", 2.0, 10.0),  # a copy of the first
        ("Courier", "2025-01-08", 0.0, 10.0),
        ("Wire", "2025-01-14", 4.0, 10.0),  # a copy of the third, a week later
    ]
    m = make(rows, window("*", "2025-01-06", "2025-01-19")).measurement()

    def line(stories: str) -> list[float]:
        return an.trend(m, by="week", stories=stories, **FEW).table.estimate.tolist()

    assert line("all") == pytest.approx([8 / 30, 4 / 10])
    assert line("weight") == pytest.approx([(3 + 1 + 0) / (5 + 5 + 10), 4 / 10])
    first = line("first")
    assert first[0] == pytest.approx(6 / 20)
    assert np.isnan(first[1])
    by_outlet = an.trend(m, by="week", across="outlet", stories="first", **FEW).table
    courier = by_outlet[by_outlet.group == "Courier"]
    assert courier.estimate.tolist()[0] == pytest.approx(2 / 20)  # the first of its own group
    assert an.trend(m, by="week", **FEW).table.n_stories.tolist() == [2, 1]


def test_volume_is_articles_by_collected_outlet_days(make: Make) -> None:
    rows = [("Courier", d, 1.0, 1.0) for d in days("2025-01-06", 7)] + [("Post", "2025-01-06", 1.0, 1.0)]
    toml = window("Courier", "2025-01-06", "2025-01-19") + window("Post", "2025-01-06", "2025-01-08")
    found = an.trend(an.volume(make(rows, toml).corpus), by="week", **FEW).table
    assert found.numerator.tolist() == [8.0, 0.0]
    assert found.denominator.tolist() == [10.0, 7.0]  # 7 + 3 outlet-days, then 7: a silent week is a zero
    assert found.estimate.tolist() == [0.8, 0.0]
    assert found.low.iloc[1] == 0
    assert found.high.iloc[1] == pytest.approx(-np.log(0.025) / 7)  # Garwood's for no count in 7 days


def test_volume_of_a_handpicked_corpus_is_refused(make: Make) -> None:
    made = make([("Courier", "2025-01-06", 1.0, 1.0)], 'selection = "handpicked"\n')
    with pytest.raises(SelectionError, match="handpicked"):
        an.volume(made.corpus)
    assert any("handpicked" in n for n in an.trend(made.measurement(), by="week", **FEW).notes)


def test_one_article_has_an_estimate_no_interval_and_a_note(make: Make) -> None:
    found = an.trend(make([("Courier", "2025-01-08", 1.0, 4.0)]).measurement(), by="month", **FEW)
    assert found.table.estimate.tolist() == [0.25]
    assert found.table[["low", "high"]].isna().all().all()
    assert any("have no interval" in n for n in found.notes)


def test_all_in_one_story_has_no_interval(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    real = frames.fields_of
    monkeypatch.setattr(frames, "fields_of", lambda c, f: real(c, f).assign(story_id="one"))
    rows = [("Courier", d, float(i % 2), 1.0) for i, d in enumerate(days("2025-01-06", 21))]
    found = an.trend(make(rows).measurement(), by="month", **FEW)
    assert found.table.n_stories.tolist() == [1]
    assert found.table.low.isna().all()


def test_a_period_without_denominator_is_null(make: Make) -> None:
    rows = [("Courier", d, 0.0, 0.0 if d < "2025-01-13" else 5.0) for d in days("2025-01-06", 14)]
    m = make(rows, window("*", "2025-01-06", "2025-01-19")).measurement()
    found = an.trend(m, by="week", **FEW).table
    assert np.isnan(found.estimate.iloc[0])
    assert found.estimate.iloc[1] == 0.0


def of_outlets(made: Made, outlets: list[str]) -> an.Measurement:
    """The part of a measurement that is of some outlets."""
    return made.measurement(made.corpus.where(outlet=outlets))


def test_outlets_at_large_need_four_and_are_a_t_on_the_logarithm(make: Make) -> None:
    rows = [(o, "2025-01-06", x, 10.0) for o, x in zip("ABCD", (1.0, 2.0, 3.0, 6.0), strict=True)]
    made = make(rows, window("*", "2025-01-06", "2025-01-12"))
    found = an.trend(made.measurement(), by="week", inference="outlets").table.iloc[0]
    # mean .3, standard deviation .21602 (by hand), t(3) = 3.18245
    assert found.estimate == pytest.approx(0.3)
    half = 3.182446 * 0.2160247 / 2 / 0.3
    assert (found.low, found.high) == pytest.approx((0.3 / np.exp(half), 0.3 * np.exp(half)), rel=1e-6)
    three = an.trend(of_outlets(made, ["A", "B", "C"]), by="week", inference="outlets")
    assert three.table.low.isna().all()
    assert any("fewer than four outlets" in n for n in three.notes)
    with pytest.raises(InputError, match="weight"):
        an.trend(made.measurement(), by="week", inference="outlets", weight="word")


def test_a_share_that_one_outlet_makes_has_the_interval_of_the_model(make: Make) -> None:
    rows = [
        (o, "2025-01-06", float(o == "A" and i < 6), 1.0) for o, n in zip("ABCDE", (10, 40, 8, 20, 10), strict=True)
        for i in range(n)
    ]  # fmt: skip
    line = an.trend(
        make(rows, window("*", "2025-01-06", "2025-01-12")).measurement(), by="week", inference="outlets"
    )
    found = line.table.iloc[0]
    assert found.estimate == pytest.approx(0.12)  # .6 in one of five
    wanted = mean_share_interval(np.array([0.6, 0, 0, 0, 0]), np.array([10.0, 40, 8, 20, 10]))
    assert (found.low, found.high) == pytest.approx((float(wanted.lower), float(wanted.upper)))
    assert any("In 1 periods a few outlets make most of the mean" in n for n in line.notes)


def test_the_process_has_an_interval_by_month_and_none_by_week(make: Make) -> None:
    draw = rng(3)
    rows = [("Courier", d, float(draw.random() < 0.4), 1.0) for d in days("2025-01-01", 31) for _ in range(6)]
    m = make(rows, window("*", "2025-01-01", "2025-01-31")).measurement()
    month, week = (an.trend(m, by=by, inference="process") for by in ("month", "week"))
    assert month.table.low.notna().all()
    assert week.table.low.isna().all()
    assert any("cannot show how they hang together" in n for n in week.notes)


def test_wrong_calls_name_the_right_one(make: Make) -> None:
    made = small(make)
    m = made.measurement()
    with pytest.raises(InputError, match="Did you mean 'week'"):
        an.trend(m, by="weekly")
    with pytest.raises(UnknownNameError, match="Did you mean 'outlet'"):
        an.trend(m, by="week", across="outlets")
    with pytest.raises(InputError, match="weight"):
        an.trend(m, by="week", weight="words")
    with pytest.raises(InputError, match="measurement"):
        an.trend("tone", by="week")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="since"):
        made.corpus.where(since="2025-02-01", until="2025-01-01")
    bare = an.Measurement(kind="a", label="a", unit="", table=m.table, params={}, corpus_fingerprint="f")
    with pytest.raises(SelectionError, match="attach"):
        an.trend(bare, by="week")


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(make: Make) -> None:
    draw = rng(4)
    rows = [("Courier", d, float(draw.poisson(30)), 100.0) for d in days("2025-01-06", 14) for _ in range(8)]
    m = make(rows).measurement()
    one, two, other = (an.trend(m, by="week", seed=s, n_boot=199).table for s in (1, 1, 2))
    pd.testing.assert_frame_equal(one, two)
    assert (one.low != other.low).all()


def test_evidence_adds_up_to_the_row(make: Make) -> None:
    m = small(make).measurement()
    for weight in ("word", "article", "outlet"):
        line = an.trend(m, by="week", weight=weight, **FEW)
        for row in (0, 1):
            found = an.evidence(line, row).table
            assert (found.weight * found.numerator).sum() == pytest.approx(line.table.numerator[row])
            assert (found.weight * found.denominator).sum() == pytest.approx(line.table.denominator[row])
            assert len(found) == line.table.n_docs[row]
    exhibit = an.evidence(line, 0, n_sentences=1).exhibit
    assert exhibit is not None
    assert "1 of 4 sentences" in str(exhibit)  # title and first sentence of two articles with a numerator
    assert "<mark>" in exhibit._repr_html_()
    with pytest.raises(InputError, match="0 to 1"):
        an.evidence(line, 2)
