"""Coding by hand: blind samples with known chances, files that come back changed, and corrected measurements."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.coding.form import CodingForm
from analysis.coding.sample import CodingSheet, allocate
from analysis.coding.weights import probabilities
from analysis.corpus.handle import Corpus, open_corpus
from analysis.corpus.ingest import ingest
from analysis.errors import CorpusError, InputError, SelectionError

CODES = {"no": 0, "yes": 1}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """240 articles of two outlets in two quarters; every third speaks of a weir, every sixth only seems to."""
    folder = tmp_path_factory.mktemp("coding")
    rows = []
    for i in range(240):
        what = (
            "the weir on the river"
            if i % 3 == 0
            else "a weir of words"
            if i % 6 == 1
            else "the price of bread"
        )
        rows.append(
            {"title": f"=Item {i}", "content": f"A council met about {what}, note {i * 7919 % 1009}. It rose at {i}.",
             "source": ("Upland Post", "Harbour Courier")[i % 2], "link": f"https://toy.example/{i}",
             "date_published": f"2025-{1 + (i // 2) % 6:02d}-{1 + i % 27:02d}"}
        )  # fmt: skip
    (folder / "raw").mkdir()
    (folder / "raw" / "a.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    ingest(folder / "raw", into=folder / "made", workers=1)
    return open_corpus(folder / "made")


@pytest.fixture(scope="module")
def weir(corpus: Corpus) -> an.Measurement:
    """The share of articles with the word."""
    return an.term_rate(an.tokens(corpus), "weir", weight="article")


@pytest.fixture(scope="module")
def sheet(weir: an.Measurement) -> CodingSheet:
    """60 articles to code."""
    return an.coding_sheet(weir, 60, codes=CODES)


Edit = Callable[[list[list[str]]], None]


def filled(
    sheet: CodingSheet, corpus: Corpus, folder: Path, edit: Edit | None = None, name: str = "ann"
) -> Path:
    """Code a sheet by what is true, and change it by hand."""
    sheet.save(folder)
    rows = list(csv.reader((folder / "sheet.csv").read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    for row in rows[1:]:
        row[3] = "yes" if "weir on the river" in row[2] else "no"
    if edit:
        edit(rows)
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_chances_are_those_of_the_strata_and_stand_for_all_articles(sheet: CodingSheet) -> None:
    design = sheet.design
    assert len(design) == 60
    assert (design["probability"] == design["n_sampled"] / design["n_stratum"]).all()
    assert (1 / design["probability"]).sum() == pytest.approx(240)
    assert (design.groupby("stratum").size() == design.groupby("stratum")["n_sampled"].first()).all()
    assert set(design["outlet"]) == {"Upland Post", "Harbour Courier"}
    assert set(design["period"]) == {"2025-Q1", "2025-Q2"}


def test_every_stratum_gets_a_unit_and_the_rest_by_the_root_of_its_size() -> None:
    assert allocate(np.array([400, 100, 4]), 35).tolist() == [21, 11, 3]  # one each, 32 by 20 : 10 : 2
    assert allocate(np.array([1, 1, 100]), 10).tolist() == [1, 1, 8]
    assert allocate(np.array([2, 3]), 50).tolist() == [2, 3]


def test_the_same_seed_draws_the_same_and_another_draws_others(
    weir: an.Measurement, sheet: CodingSheet
) -> None:
    again = an.coding_sheet(weir, 60, codes=CODES)
    pd.testing.assert_frame_equal(again.design, sheet.design)
    assert set(an.coding_sheet(weir, 60, codes=CODES, seed=2).design["doc_id"]) != set(sheet.design["doc_id"])


def test_a_coder_sees_texts_and_ids_and_nothing_else(sheet: CodingSheet, tmp_path: Path) -> None:
    import openpyxl

    sheet.save(tmp_path)
    text = (tmp_path / "sheet.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == "id,context,text,code,note"
    assert "Upland Post" not in text
    assert "2025-Q1" not in text
    page = openpyxl.load_workbook(tmp_path / "sheet.xlsx")["code"]
    cells = [c for row in page.iter_rows(min_row=2) for c in row if c.value is not None]
    assert all(c.data_type == "s" for c in cells)
    assert page["C2"].value.startswith("'=Item")  # no formula
    first = (tmp_path / "sheet.xlsx").read_bytes()
    pd.testing.assert_frame_equal(an.open_sheet(tmp_path).design, sheet.design, check_dtype=False)
    assert len(first) > 0


def test_a_design_that_was_changed_is_refused(sheet: CodingSheet, tmp_path: Path) -> None:
    sheet.save(tmp_path)
    design = pd.read_parquet(tmp_path / "sheet.design.parquet")
    design.loc[0, "doc_id"] = "another"
    design.to_parquet(tmp_path / "sheet.design.parquet", index=False)
    with pytest.raises(CorpusError, match="changed"):
        an.open_sheet(tmp_path)
    with pytest.raises(InputError, match="no such sheet"):
        an.open_sheet(tmp_path / "nowhere")


def test_rows_that_cannot_be_counted_are_named_and_the_others_are_kept(
    sheet: CodingSheet, corpus: Corpus, tmp_path: Path
) -> None:
    def edit(rows: list[list[str]]) -> None:
        rows[1][0] = rows[1][0][:-1] + ("0" if rows[1][0][-1] != "0" else "1")
        rows[2][3] = "yess"
        rows[3][3] = " "
        rows[4][3] = "YES"
        rows.append(list(rows[5]))
        rows.append([*rows[6][:3], "no" if rows[6][3] == "yes" else "yes", ""])
        del rows[10]

    coded = an.read_codes(sheet, {"ann": filled(sheet, corpus, tmp_path, edit)})
    found = coded.problems.set_index("id")["problem"]
    ids = sheet.design["id"].tolist()
    assert sorted(coded.problems["problem"]) == sorted(
        ["edited id", "invalid code", "missing code", "twice", "twice", "missing row", "missing row"]
    )
    assert found[ids[1]] == "invalid code"
    assert "yess" in coded.problems.set_index("id").loc[ids[1], "said"]
    assert ids[0] in coded.problems.loc[coded.problems["problem"] == "edited id", "said"].item()
    assert coded.value[3] == 1
    assert np.isfinite(coded.value[4])  # twice with one code: kept
    assert np.isnan(coded.value[5])  # twice with two
    assert int(coded.coded.sum()) == 60 - 5


def test_a_sheet_of_another_sample_is_refused(
    sheet: CodingSheet, weir: an.Measurement, corpus: Corpus, tmp_path: Path
) -> None:
    other = an.coding_sheet(weir, 60, codes=CODES, seed=5)
    with pytest.raises(SelectionError, match="another sample"):
        an.read_codes(sheet, filled(other, corpus, tmp_path))


def test_what_a_spreadsheet_does_to_a_file_is_read(
    sheet: CodingSheet, corpus: Corpus, tmp_path: Path
) -> None:
    import openpyxl

    numbers = CodingSheet(
        sheet.design, {"0": 0, "1": 1}, sheet.params, sheet.measure, sheet.corpus_fingerprint, sheet.key
    )
    numbers.save(tmp_path)
    book = openpyxl.load_workbook(tmp_path / "sheet.xlsx")
    for row in book["code"].iter_rows(min_row=2):
        row[3].value = 1.0
    book.save(tmp_path / "ann.xlsx")
    assert (an.read_codes(numbers, tmp_path / "ann.xlsx").value == 1).all()
    rows = "\n".join(f"{i};;;1" for i in sheet.design["id"])
    (tmp_path / "ben.csv").write_bytes(f"ID;context;text;Code\n{rows}\n".encode("utf-16"))
    assert (an.read_codes(numbers, tmp_path / "ben.csv").value == 1).all()
    (tmp_path / "bad.xlsx").write_bytes(b"no workbook")
    with pytest.raises(InputError, match="XLSX"):
        an.read_codes(numbers, tmp_path / "bad.xlsx")


def test_ties_of_coders_are_no_value_and_are_named(
    sheet: CodingSheet, corpus: Corpus, tmp_path: Path
) -> None:
    def other(rows: list[list[str]]) -> None:
        rows[1][3] = "no" if rows[1][3] == "yes" else "yes"

    ann = filled(sheet, corpus, tmp_path / "a")
    ben = filled(sheet, corpus, tmp_path / "b", other, "ben")
    coded = an.read_codes(sheet, {"ann": ann, "ben": ben}, resolve="majority")
    assert coded.problems["problem"].tolist() == ["tie"]
    assert np.isnan(coded.value[0])
    mean = an.read_codes(sheet, {"ann": ann, "ben": ben})
    assert mean.value[0] == 0.5
    alpha = an.coder_agreement(mean).table
    assert alpha["same"].iloc[0] == pytest.approx(59 / 60)
    with pytest.raises(SelectionError, match="One coder"):
        an.coder_agreement(an.read_codes(sheet, ann))


def test_precision_is_weighted_by_what_units_stand_for(
    sheet: CodingSheet, weir: an.Measurement, corpus: Corpus, tmp_path: Path
) -> None:
    """Of 120 articles with the word 80 are about the weir: every one that is has the word."""
    coded = an.read_codes(sheet, filled(sheet, corpus, tmp_path))
    row = an.validate(weir, coded).table.set_index("code").loc["yes"]
    assert row["recall"] == 1
    assert row["precision_low"] < 2 / 3 < row["precision_high"]
    assert row["f1"] == pytest.approx(2 * row["precision"] / (row["precision"] + 1))
    assert row["machine_mean"] == pytest.approx(0.5)
    assert len(an.validate(weir, coded, across="period").table) == 4


def test_the_corrected_share_is_the_coders_and_its_trend_has_intervals(
    sheet: CodingSheet, weir: an.Measurement, corpus: Corpus, tmp_path: Path
) -> None:
    coded = an.read_codes(sheet, filled(sheet, corpus, tmp_path))
    made = an.corrected(weir, coded)
    total = made.table["numerator"].sum() / made.table["denominator"].sum()
    plain = weir.table["numerator"].sum() / weir.table["denominator"].sum()
    assert plain == pytest.approx(0.5)
    assert abs(total - 1 / 3) < 0.08
    line = an.trend(made, by="quarter", n_boot=499).table
    assert (line["low"] < 1 / 3).all()
    assert (line["high"] > 1 / 3).all()
    found = an.compare(
        made, target={"outlet": "Upland Post"}, reference={"outlet": "Harbour Courier"}, n_permutations=99
    )
    assert found.table["low"].item() < 0 < found.table["high"].item()


def test_where_all_are_coded_the_correction_is_the_codes(
    weir: an.Measurement, corpus: Corpus, tmp_path: Path
) -> None:
    every = an.coding_sheet(weir, 240, codes=CODES)
    coded = an.read_codes(every, filled(every, corpus, tmp_path))
    made = an.corrected(weir, coded)
    assert made.table["numerator"].sum() == pytest.approx(80)


def test_missing_codes_weigh_on_those_of_their_stratum(
    sheet: CodingSheet, corpus: Corpus, tmp_path: Path
) -> None:
    def edit(rows: list[list[str]]) -> None:
        for row in rows[1:20]:
            row[3] = ""

    coded = an.read_codes(sheet, filled(sheet, corpus, tmp_path, edit))
    chance, notes = probabilities(coded)
    assert (1 / chance[coded.coded]).sum() == pytest.approx(240)
    assert "19 units have no code" in notes[0]


def test_segments_are_coded_for_tone(corpus: Corpus, tmp_path: Path) -> None:
    tone = an.tone(corpus, voice="narration")
    sheet = an.coding_sheet(tone, 80, codes={"negative": -1, "neutral": 0, "positive": 1}, unit="segment")
    assert (1 / sheet.design["probability"]).sum() == pytest.approx(tone.table["denominator"].sum(), rel=0.2)
    sheet.save(tmp_path)
    rows = list(
        csv.reader((tmp_path / "sheet.csv").read_text(encoding="utf-8-sig").splitlines(keepends=True))
    )
    for row in rows[1:]:
        row[3] = "positive"
    with (tmp_path / "ann.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    made = an.corrected(tone, an.read_codes(sheet, tmp_path / "ann.csv"))
    assert made.table["numerator"].sum() / made.table["denominator"].sum() == pytest.approx(1)
    with pytest.raises(SelectionError, match="not its segments"):
        an.coding_sheet(an.term_rate(an.tokens(corpus), "weir"), 60, codes=CODES, unit="segment")


def test_the_form_saves_every_code_and_goes_on_where_it_was(sheet: CodingSheet, tmp_path: Path) -> None:
    path = tmp_path / "ann.csv"
    form = CodingForm(sheet, path)
    form.code("yes", "=1+1")
    form.code("no")
    again = CodingForm(sheet, path)
    assert (again.at, again.done) == (2, 2)
    again.move(-2)
    again.code("no")
    again.move(-1)
    assert "coded <b>no</b>" in again.page()
    again.clear()
    assert CodingForm(sheet, path).done == 1
    coded = an.read_codes(sheet, path)
    assert coded.value[1] == 0
    assert "'=1+1" not in path.read_text(encoding="utf-8-sig").split("\n")[2]
    with pytest.raises(InputError, match="no such code"):
        form.code("perhaps")
    widget = an.coding_form(sheet, tmp_path / "ben.csv")
    widget.children[1].children[1].click()
    assert widget.form.done == 1


def test_a_form_does_not_write_over_the_file_of_another_sample(
    sheet: CodingSheet, weir: an.Measurement, tmp_path: Path
) -> None:
    other = CodingForm(an.coding_sheet(weir, 60, codes=CODES, seed=5), tmp_path / "ann.csv")
    other.code("yes")
    with pytest.raises(SelectionError, match="another sample"):
        CodingForm(sheet, tmp_path / "ann.csv")


def test_wrong_calls_say_what_is_right(
    weir: an.Measurement, sheet: CodingSheet, corpus: Corpus, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="strata for"):
        an.coding_sheet(weir, 3, codes=CODES, by="month")
    with pytest.raises(InputError, match="codes"):
        an.coding_sheet(weir, 60, codes={"yes": 1})
    with pytest.raises(InputError, match="name twice"):
        an.coding_sheet(weir, 60, codes={"yes": 1, "YES": 0})
    coded = an.read_codes(sheet, filled(sheet, corpus, tmp_path))
    with pytest.raises(InputError, match="Measurement and a CodedSheet"):
        an.corrected(weir, sheet)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="rising"):
        an.validate(weir, coded, cuts=[0, 1])


def test_a_sheet_that_nobody_coded_is_said_to_be_none(corpus: Corpus, tmp_path: Path) -> None:
    sheet = an.coding_sheet(an.tone(corpus), 60, codes=CODES)
    with pytest.raises(SelectionError, match="no one has coded"):
        an.codes_for(sheet, None)
    missing = an.answer(an.codes_for, sheet, None)
    assert str(an.answer(an.validate, an.tone(corpus), missing)).startswith("Not answered")
    an.keep(missing, "sheet")


def test_a_measure_that_was_checked_no_longer_says_that_it_was_not(corpus: Corpus, tmp_path: Path) -> None:
    tone = an.tone(corpus, voice="narration")
    sheet = an.coding_sheet(tone, 80, codes={"negative": -1, "neutral": 0, "positive": 1}, unit="segment")
    sheet.save(tmp_path)
    with (tmp_path / "sheet.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for number, row in enumerate(rows[1:]):
        row[3] = ("negative", "neutral", "positive")[number % 3]
    with (tmp_path / "ann.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    coded = an.codes_for(sheet, tmp_path / "ann.csv")
    found = an.validate(tone, coded, scores=an.coded_scores(corpus, coded))
    checked = an.validated(tone, found)
    assert any(n.startswith("Not validated") for n in tone.notes)
    assert not any(n.startswith("Not validated") for n in checked.notes)
    assert "80 units coded by hand" in checked.notes[0]
    assert checked.signature == tone.signature
    line = an.trend(an.corrected(tone, coded), by="year", inference=None)
    assert not any(n.startswith("Not validated") for n in line.notes)
    assert any("Corrected by 80 hand-coded segments" in n for n in line.notes)
    with pytest.raises(InputError, match="another measurement"):
        an.validated(an.tone(corpus), found)


def test_a_stop_between_two_voices_is_no_sentence_to_code(corpus: Corpus) -> None:
    for voice in (None, "narration", "quotation"):
        tone = an.tone(corpus, voice=voice)
        if tone.table["denominator"].sum() >= 80:
            sheet = an.coding_sheet(tone, 40, codes=CODES, unit="segment", strata=[])
            assert all(any(c.isalnum() for c in text) for text in sheet.design["text"])
