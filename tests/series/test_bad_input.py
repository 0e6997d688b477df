"""What cannot be answered gets a clear answer, or null and a note; never a traceback from within, never a number."""

from typing import Any

import pandas as pd
import pytest

import analysis as an
from analysis.errors import AnalysisError, InputError, SelectionError, UnknownNameError
from tests.series.conftest import Make, days

AROUND = an.around("2025-01-20", before=1, after=1)
FEW: dict[str, Any] = {"n_boot": 99}


def test_one_article_has_a_point_without_an_interval(make: Make) -> None:
    m = make([("Courier", "2025-01-08", 2.0, 100.0)]).measurement()
    line = an.trend(m, by="week", **FEW)
    assert line.table["estimate"].tolist() == [0.02]
    assert line.table[["low", "high"]].isna().all(axis=None)
    assert any("no interval" in note for note in line.notes)
    found = an.breaks(m, by="week", n_boot=99).table
    assert found["kind"].tolist() == ["none"]
    assert found["p"].isna().all()
    assert "Not tested" in found["note"][0]
    assert len(an.evidence(line, 0).table) == 1
    with pytest.raises(SelectionError, match=r"no measured article|nothing on one side"):
        an.compare(m, **AROUND)
    with pytest.raises(SelectionError, match="one side"):
        an.event(m, date="2025-01-08")


def test_one_period_and_one_outlet_are_enough_for_a_line(make: Make) -> None:
    m = make([("Courier", d, float(i % 3), 10.0) for i, d in enumerate(days("2025-01-06", 7))]).measurement()
    line = an.trend(m, by="week", across="outlet", **FEW)
    assert len(line.table) == 1
    assert line.table["estimate"].iloc[0] == pytest.approx(6 / 70)
    outlets = an.trend(m, by="week", inference="outlets", **FEW)
    assert outlets.table[["low", "high"]].isna().all(axis=None)
    assert any("four outlets" in note for note in outlets.notes)


def test_without_dates_every_question_about_time_says_so(make: Make) -> None:
    made = make([("Courier", None, 1.0, 10.0), ("Post", None, 2.0, 10.0)])
    m = made.measurement()
    asks = (
        lambda: an.coverage(made.corpus),
        lambda: an.trend(m, by="month", **FEW),
        lambda: an.trend(an.volume(made.corpus), by="month", **FEW),
        lambda: an.breaks(m),
        lambda: an.event(m, date="2025-01-20"),
    )
    for ask in asks:
        with pytest.raises(SelectionError, match="date"):
            ask()
    with pytest.raises(SelectionError, match="no measured article"):
        an.compare(m, **AROUND)


def test_articles_that_are_all_one_story_are_one_witness(tmp_path: Any) -> None:
    import json

    text = (
        "The ferry company will sell three of its five boats because fares no longer pay for coal and crew. "
        * 4
    )
    raw = tmp_path / "raw"
    raw.mkdir()
    lines = [
        json.dumps({"title": "Ferry company sells boats", "content": text, "source": f"Outlet {i}",
                    "date_published": "2025-01-08", "link": f"https://o{i}.example/{i}/ferry"})
        for i in range(8)
    ]  # fmt: skip
    (raw / "a.jsonl").write_text("\n".join(lines), "utf-8")
    an.ingest(raw, into=tmp_path / "c", workers=1)
    m = an.term_rate(an.tokens(an.open_corpus(tmp_path / "c")), "ferry")
    line = an.trend(m, by="week", **FEW)
    assert (line.table["n_docs"][0], line.table["n_stories"][0]) == (8, 1)
    assert line.table[["low", "high"]].isna().all(axis=None)
    sides = {"target": {"outlet": "Outlet 1"}, "reference": {"outlet": ["Outlet 2", "Outlet 3"]}}
    found = an.compare(m, n_permutations=99, **sides)
    assert found.table["p"].isna().all()
    assert any("No test" in note for note in found.notes)


def test_a_period_without_a_denominator_is_null(make: Make) -> None:
    rows = [("Courier", d, 0.0, 0.0 if d < "2025-01-13" else 10.0) for d in days("2025-01-06", 14)]
    line = an.trend(make(rows).measurement(), by="week", **FEW)
    assert line.table["estimate"].isna().tolist() == [True, False]
    assert line.table["denominator"].tolist() == [0.0, 70.0]


def test_a_wrong_call_names_the_nearest_right_one(make: Make) -> None:
    made = make([("Courier", d, 1.0, 10.0) for d in days("2025-01-06", 7)])
    m = made.measurement()
    with pytest.raises(InputError, match="`since` is after `until`"):
        made.corpus.where(since="2025-02-01", until="2025-01-01")
    with pytest.raises(UnknownNameError, match="Did you mean 'outlet'"):
        an.trend(m, by="week", across="outlets")
    with pytest.raises(InputError, match="Did you mean 'week'"):
        an.trend(m, by="weekly")
    with pytest.raises(UnknownNameError, match="Did you mean 'Courier'"):
        an.compare(m, target={"outlet": "Currier"}, reference={"outlet": "Courier"})
    for wrong in (None, "x", made.corpus, pd.DataFrame()):
        with pytest.raises(InputError, match="no measurement"):
            an.trend(wrong, by="week")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="not a date"):
        an.event(m, date="20/01/2025")


def test_a_handpicked_corpus_has_no_volume_but_rates(make: Make) -> None:
    made = make([("Courier", d, 1.0, 10.0) for d in days("2025-01-06", 14)], 'selection = "handpicked"\n')
    with pytest.raises(SelectionError, match="handpicked"):
        an.volume(made.corpus)
    line = an.trend(made.measurement(), by="week", **FEW)
    assert any("handpicked" in note for note in line.notes)
    assert "suspected_gap" not in set(an.coverage(made.corpus, by="day").table["status"])


def test_a_selection_of_nothing_is_an_answer_or_a_clear_error(make: Make) -> None:
    made = make([("Courier", d, 1.0, 10.0) for d in days("2025-01-06", 14)])
    nothing = made.corpus.where(text="zeppelin")
    m = an.term_rate(an.tokens(nothing), "ferry")
    line = an.trend(m, by="week", **FEW)
    assert line.table["estimate"].isna().all()
    assert set(line.table["status"]) == {"no_hits"}
    assert an.evidence_rows(line).table.empty
    volume = an.trend(an.volume(nothing), by="week", **FEW).table
    assert volume["estimate"].tolist() == [0.0, 0.0]
    with pytest.raises(AnalysisError):
        an.compare(m, **AROUND)
