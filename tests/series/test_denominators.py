"""A share of the press needs to know the press: denominators.csv, read, checked and used."""

from pathlib import Path

import pytest

import analysis as an
from analysis.errors import InputError, SelectionError
from tests.series.conftest import Made, Make, days

QUERY = 'selection = "query"\n'


def given(made: Made, text: str) -> an.Corpus:
    """The corpus with this denominators.csv."""
    (made.corpus.path / "denominators.csv").write_text(text, encoding="utf-8")
    return an.open_corpus(made.corpus.path)


@pytest.fixture
def hits(make: Make) -> Made:
    """What a search found: six articles of the Courier in January, three in February; two of the Post in January."""
    found = [("Courier", f"2025-01-{d:02d}") for d in (3, 8, 9, 17, 20, 30)]
    found += [("Courier", f"2025-02-{d:02d}") for d in (4, 11, 25)] + [
        ("Post", "2025-01-05"),
        ("Post", "2025-01-28"),
    ]
    return make([(o, d, 1.0, 10.0) for o, d in found], QUERY)


MONTHS = "outlet,period,articles\nCourier,2025-01,60\ncourier,2025-02,50\nPOST,2025-01,40\nPost,2025-02,80\n"


def test_volume_of_a_selection_is_refused_and_says_what_is_needed(hits: Made) -> None:
    for per in (None, "published"):
        with pytest.raises(SelectionError, match=r"denominators\.csv"):
            an.volume(hits.corpus, per=per)
    with pytest.raises(SelectionError, match="per='published'"):
        an.volume(given(hits, MONTHS), per="outlet_day")


def test_the_share_of_the_press_is_articles_by_articles_published(hits: Made) -> None:
    m = an.volume(given(hits, MONTHS))
    assert m.unit == "share of all articles published"
    table = an.trend(m, by="month", across="outlet", n_boot=99).table
    assert table["group"].tolist() == ["Courier", "Courier", "Post", "Post"]
    assert table["numerator"].tolist() == [6.0, 3.0, 2.0, 0.0]
    assert table["denominator"].tolist() == [60.0, 50.0, 40.0, 80.0]
    assert table["estimate"].tolist() == [0.1, 0.06, 0.05, 0.0]
    pooled = an.trend(m, by="month", n_boot=99).table
    assert pooled["estimate"].tolist() == [8 / 100, 3 / 130]
    assert pooled["status"].tolist() == ["collected", "collected"]
    quarter = an.trend(m, by="quarter", n_boot=99).table
    assert quarter["denominator"].tolist() == [230.0]
    assert quarter["status"].tolist() == ["partial"]


def test_a_month_without_a_hit_was_searched_and_is_nought_and_one_that_is_not_known_is_null(
    hits: Made,
) -> None:
    corpus = given(hits, "outlet,period,articles\nCourier,2025-01,60\nCourier,2025-03,45\n")
    line = an.trend(an.volume(corpus), by="month", n_boot=99)
    assert line.table["period"].dt.month.tolist() == [1, 2, 3]
    assert line.table["status"].tolist() == ["incomplete", "unknown", "incomplete"]
    assert line.table["estimate"].isna().tolist() == [False, True, False]
    assert line.table["estimate"][2] == 0.0
    assert line.table["numerator"][0] == 6.0  # the Post has no denominators and does not count
    assert any("No denominators, and so left out: Post" in note for note in line.notes)


def test_an_outlet_that_published_and_was_never_found_counts_in_the_press(hits: Made) -> None:
    corpus = given(hits, MONTHS + "Gazette,2025-01,100\n")
    m = an.volume(corpus)
    assert any("without an article here count with none: Gazette" in note for note in m.notes)
    assert an.trend(m, by="month", n_boot=99).table["denominator"].tolist() == [200.0, 130.0]
    own = an.trend(m, by="month", across="outlet", n_boot=99).table
    assert own[own["group"] == "Gazette"]["estimate"].tolist()[0] == 0.0
    assert len(corpus.where(outlet="Gazette")) == 0


def test_days_that_were_searched_are_no_gaps_and_others_cannot_be_told(make: Make) -> None:
    rows = [
        ("Courier", d, 1.0, 10.0) for d in days("2025-01-01", 20) + days("2025-03-01", 31) for _ in range(6)
    ]
    made = make(rows, QUERY)
    before = an.coverage(made.corpus, by="month").table
    assert "suspected_gap" not in set(before["status"])
    assert before["status"].tolist()[1] == "unknown"
    assert before["evidence"].tolist()[1] == "selected"
    after = an.coverage(given(made, "outlet,period,articles\nCourier,2025-02,900\n"), by="month").table
    assert after["status"].tolist()[1] == "no_articles"
    assert after["evidence"].tolist()[1] == "published"


def test_the_file_is_part_of_what_a_number_rests_on(hits: Made) -> None:
    plain = hits.corpus.fingerprint
    one, two = given(hits, MONTHS), given(hits, MONTHS.replace("60", "61"))
    assert len({plain, one.fingerprint, two.fingerprint}) == 3
    assert an.volume(one).signature != an.volume(two).signature
    assert given(hits, MONTHS).fingerprint == one.fingerprint
    assert one.where(since="2025-01-01").fingerprint != two.where(since="2025-01-01").fingerprint


def test_days_may_be_given_and_are_added_up(hits: Made) -> None:
    text = "outlet,day,articles\n" + "".join(f"Courier,{d},2\n" for d in days("2025-01-01", 59))
    m = an.volume(given(hits, text).where(outlet="Courier"))
    assert an.trend(m, by="month", n_boot=99).table["denominator"].tolist() == [62.0, 56.0]
    weekly = an.trend(m, by="week", n_boot=99).table
    assert weekly["denominator"].sum() == 118.0
    process = an.trend(m, by="month", inference="process", n_boot=99).table
    assert (process["low"] < process["estimate"]).all()


def test_periods_that_are_too_short_for_the_file_are_refused(hits: Made) -> None:
    with pytest.raises(InputError, match="longer periods than a week"):
        an.trend(an.volume(given(hits, MONTHS)), by="week", n_boot=99)
    with pytest.raises(InputError, match="longer periods than a month"):
        an.trend(
            an.volume(given(hits, "outlet,period,articles\nPost,2025,900\nCourier,2025,90\n")), by="month"
        )


def test_a_range_that_cuts_a_row_leaves_its_days_out(hits: Made) -> None:
    corpus = given(hits, MONTHS).where(since="2025-01-10")
    line = an.trend(an.volume(corpus), by="month", n_boot=99)
    assert line.table["estimate"].isna().tolist() == [True, False]
    assert line.table["denominator"][1] == 130.0


def test_a_split_of_the_share_is_over_outlets_and_whole_rows(hits: Made) -> None:
    m = an.volume(given(hits, MONTHS))
    sides = {"target": {"since": "2025-02"}, "reference": {"until": "2025-01"}}
    whole = an.composition(m, n_boot=99, **sides).table.set_index(["component", "stratum"], drop=False)
    change = whole[whole["component"] == "change"].iloc[0]
    assert change["effect"] == pytest.approx(3 / 130 - 8 / 100)
    # Kitagawa: within = sum of mean shares x changes of ratios.
    within = (0.6 + 50 / 130) / 2 * (0.06 - 0.1) + (0.4 + 80 / 130) / 2 * (0 - 0.05)
    assert whole[whole["component"] == "within"]["effect"].iloc[0] == pytest.approx(within)
    with pytest.raises(SelectionError, match="within a row"):
        an.composition(m, target={"since": "2025-01-15"}, reference={"until": "2025-01-14"}, n_boot=99)


def test_a_census_has_both_and_its_first_month_is_whole(make: Make) -> None:
    made = make([("Courier", d, 1.0, 10.0) for d in days("2025-01-03", 56)])
    corpus = given(made, "outlet,period,articles\nCourier,2025-01,58\nCourier,2025-02,54\nCourier,2020,999\n")
    # Two silent days before the first article of a daily are no more than chance: they were collected.
    assert an.trend(an.volume(corpus), by="month", n_boot=99).table["denominator"].tolist()[0] == 31.0
    share = an.trend(an.volume(corpus, per="published"), by="month", n_boot=99).table
    assert share["estimate"].tolist() == [29 / 58, 27 / 54]


def test_more_found_than_published_is_said(hits: Made) -> None:
    m = an.volume(given(hits, MONTHS.replace("60", "4")))
    assert any(n.startswith("WARNING") and "line 2" in n for n in m.notes)


def test_evidence_of_a_share_lists_its_articles(hits: Made) -> None:
    line = an.trend(an.volume(given(hits, MONTHS)), by="month", across="outlet", n_boot=99)
    found = an.evidence_rows(line).table
    assert found.groupby("row")["numerator"].sum().to_dict() == {0: 6.0, 1: 3.0, 2: 2.0}
    assert found["denominator"].isna().all()


WRONG = {
    "outlet,period,articles\nCourier,2025-13,4\n": r"line 2.*`period`.*2025-13",
    "outlet,period,articles\nCourier,01/02/2025,4\n": r"line 2.*`period`",
    "outlet,period,articles\nCourier,2025-01,many\n": r"line 2: `articles`.*'many'",
    "outlet,period,articles\nCourier,2025-01,1.5\n": r"line 2: `articles`",
    "outlet,period,articles\nCourier,2025-01,-3\n": r"line 2: `articles`",
    "outlet,period,articles\nCourier,2025-01,٣٠\n": r"line 2: `articles`",
    'outlet,period,articles\nCourier,2025-01,"1,200"\n': r"line 2: `articles`",
    "outlet,period,articles\n,2025-01,4\n": r"line 2: `outlet` is empty",
    "outlet,period,articles\nCourier,2025-01,4\nPost,2025-01,4\nCOURIER,2025-01-05,2\n": "lines 2 and 4",
    "outlet,period,articles\nCourier,2025-01,4\nCourier,2025-01,4\n": "lines 2 and 3",
    "outlet,period,articles\nCourier,2025-01\n": "line 2 has another number of fields",
    "outlet,period\nCourier,2025-01\n": "lacks a column",
    "outlet,when,articles\nCourier,2025-01,4\n": "lacks a column",
    "outlet,period,articles\n": "has no rows",
    'outlet,period,articles\nCourier,2025-01,"4\n': "cannot be read",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_row_that_does_not_fit_is_named(text: str, hits: Made) -> None:
    with pytest.raises(InputError, match=WRONG[text]):
        given(hits, text)


def test_a_slip_of_the_pen_is_no_new_outlet(hits: Made) -> None:
    with pytest.raises(InputError, match=r"line 2.*Did you mean 'Courier'"):
        an.volume(given(hits, "outlet,period,articles\nCuorier,2025-01,40\n"))


def test_an_ingest_reads_it_before_anything_is_written(hits: Made, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 2"):
        given(hits, "outlet,period,articles\nCourier,soon,4\n")
    (tmp_path / "raw" / "b.txt").write_text("A headline\n\nJanuary 9, 2025\n\nThe ferry sails.\n", "utf-8")
    with pytest.raises(InputError, match="line 2"):
        an.ingest(tmp_path / "raw", into=hits.corpus.path, workers=1)
