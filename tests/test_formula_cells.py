"""No file for a spreadsheet holds a cell that it would compute, and what is read back is whole."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import analysis as an
from analysis.coding.files import read_table
from analysis.corpus.demo import build_demo
from analysis.corpus.handle import Corpus, open_corpus
from analysis.corpus.ingest import ingest
from analysis.corpus.overlay import add_correction, user_files
from analysis.errors import RejectedError
from analysis.escape import formula
from analysis.result import Result
from analysis.result.files import csv_text
from analysis.topics.edits import name_topic, read_log
from analysis.topics.fit import TopicWarning
from tests.test_escape import FORMULAS

STARTS = tuple("=+-@\t\r\n＝＋－＠")


def cells_of(data: bytes) -> list[str]:
    """Every cell as the most generous reader has it: a lone carriage return ends a row, too."""
    text = data.decode("utf-8-sig")
    return [c for row in csv.reader(io.StringIO(text, newline="")) for c in row]


def none_computes(data: bytes) -> bool:
    """Whether no cell is a formula, once a number is taken for a number."""
    for cell in cells_of(data):
        number = pd.notna(pd.to_numeric(pd.Series([cell]), errors="coerce").iloc[0])
        if cell.lstrip(" \"'\u200b\ufeff\u00a0\u3000").startswith(STARTS) and not (number or cell[:1] == "'"):
            return False
    return True


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Articles whose headline, outlet, author and text begin with what a spreadsheet computes."""
    folder = tmp_path_factory.mktemp("formulas")
    rows = [
        {
            "title": f"{start}cmd|' /C calc'!A{i}",
            "content": f"{start}HYPERLINK({i}). The weir rose by {i} feet today.",
            "source": f"{start.strip() or '='}Post", "author": f"{start}SUM(A{i})", "link": f"https://toy.example/{i}",
            "date_published": f"2025-{1 + i % 6:02d}-{1 + i % 27:02d}",
        }
        for i, start in enumerate([*FORMULAS, *FORMULAS])
    ]  # fmt: skip
    (folder / "raw").mkdir()
    (folder / "raw" / "a.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    ingest(folder / "raw", into=folder / "made", workers=1)
    return open_corpus(folder / "made")


def test_a_saved_table_has_no_formula_in_cells_or_names_and_its_numbers_stay_numbers(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {
            "=term": FORMULAS,
            "effect": [-1.5] * len(FORMULAS),
            "listed": [["=1", "-1"]] * len(FORMULAS),
            "kind": pd.Categorical(FORMULAS),
        }
    )
    Result(kind="made_up", table=table, unit="", params={}, corpus_fingerprint="f").save(tmp_path, name="t")
    data = (tmp_path / "t.csv").read_bytes()
    assert none_computes(data)
    read = pd.read_csv(tmp_path / "t.csv")
    assert list(read.columns) == ["'=term", "effect", "listed", "kind"]
    assert read["effect"].tolist() == [-1.5] * len(FORMULAS)
    mixed = pd.DataFrame({"mixed": pd.Series([-2, "=1", None, -0.25], dtype=object)})
    assert csv_text(mixed) == "mixed\n-2\n'=1\n\n-0.25\n".replace("\n\n", '\n""\n')
    assert Result.load(tmp_path, name="t").table["=term"].tolist() == FORMULAS


def test_tables_of_articles_evidence_and_ledgers_have_none(corpus: Corpus, tmp_path: Path) -> None:
    words = an.tokens(corpus)
    rate = an.term_rate(words, "weir")
    line = an.trend(rate, by="month", across="outlet")
    made = {
        "trend": line, "evidence": an.evidence(line, row=0), "kwic": an.concordance(words, "weir"),
        "outlets": an.outlet_months(corpus), "rejects": an.rejects(corpus), "duplicates": an.duplicates(corpus),
        "coverage": an.coverage(corpus, by="month"), "recheck": an.recheck(corpus), "stories": an.stories(corpus),
        "files": an.accounting(corpus), "fields": an.fields_used(corpus), "segments": an.segments(corpus),
        "speakers": an.speakers(corpus),
    }  # fmt: skip
    assert any(str(c).startswith(STARTS) for c in line.table["group"])  # as they are, in the program
    for name, result in made.items():
        result.save(tmp_path, name=name)
        assert none_computes((tmp_path / f"{name}.csv").read_bytes()), name


def test_the_list_of_what_was_refused_has_none(tmp_path: Path) -> None:
    bad = "".join(f'{{"title": "x\r=HYPERLINK({i})", broken\n' for i in range(30))
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "=a.jsonl").write_bytes(("=1+1\n@SUM(1)\n" + bad).encode())
    with pytest.raises(RejectedError):
        ingest(tmp_path / "raw", into=tmp_path / "made", workers=1)
    assert none_computes((tmp_path / "made" / "refused.csv").read_bytes())


def test_a_sheet_to_code_has_none_and_comes_back_whole(corpus: Corpus, tmp_path: Path) -> None:
    rate = an.term_rate(an.tokens(corpus), "weir", weight="article")
    sheet = an.coding_sheet(rate, 20, codes={"-1": -1, "=no": 0, "+1": 1})
    sheet.save(tmp_path, name="sheet")
    assert none_computes((tmp_path / "sheet.csv").read_bytes())
    book = openpyxl.load_workbook(tmp_path / "sheet.xlsx")
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not isinstance(cell.value, str) or not cell.value.startswith(STARTS)
    assert [r[1].value for r in book["codes"].iter_rows(min_row=2)] == [
        -1,
        0,
        1,
    ]  # numbers, and negative ones
    for kind in ("csv", "xlsx"):
        rows = [row for _, row in read_table(tmp_path / f"sheet.{kind}")]
        texts = dict(zip(sheet.design["id"], sheet.design["text"], strict=True))
        assert {r["id"]: r["text"] for r in rows} == {i: text.strip() for i, text in texts.items()}


def test_codes_and_notes_that_look_like_formulas_come_back(corpus: Corpus, tmp_path: Path) -> None:
    from analysis.coding.files import csv_of

    rate = an.term_rate(an.tokens(corpus), "weir", weight="article")
    sheet = an.coding_sheet(rate, 20, codes={"-1": -1, "=no": 0, "+1": 1})
    notes = ["=1", "-", "'tis so", "plain", "＝1"]
    filled = [
        {"id": i, "code": ("-1", "=no", "+1")[k % 3], "note": notes[k % 5]}
        for k, i in enumerate(sheet.design["id"])
    ]
    place = tmp_path / "ann.csv"
    place.write_bytes(csv_of(sheet, filled).encode("utf-8-sig"))
    assert none_computes(place.read_bytes())
    assert [r["note"] for _, r in read_table(place)] == [f["note"] for f in filled]
    coded = an.read_codes(sheet, place)
    assert coded.codes[:, 0].tolist() == [(-1.0, 0.0, 1.0)[k % 3] for k in range(len(filled))]


def test_corrections_have_none_and_are_laid_over_as_they_were_said(corpus: Corpus, tmp_path: Path) -> None:
    for k, value in enumerate(["=1+1", "@Post", "'=x", "'tis", "a\r=1"]):
        add_correction(tmp_path, doc_id=f"{k:020d}", name="title", value=value, who="-A", why="=why")
    assert none_computes((tmp_path / "corrections.csv").read_bytes())
    laid = user_files(tmp_path)
    said = [laid.corrections[f"{k:020d}"]["title"] for k in range(5)]
    assert said == ["=1+1", "@Post", "'=x", "'tis", "a\n=1"]
    assert {row["who"] for row in laid.log} == {"-A"}


def test_names_of_topics_have_none_and_are_read_as_they_were_given(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.warns(TopicWarning):  # of few stories
        model = an.fit_topics(an.tokens(corpus), n_topics=2, n_resamples=0, seed=1, min_doc_freq=2)
    model.save(tmp_path / "m")
    name_topic(tmp_path / "m", 0, "=HYPERLINK(1)", who="+K", why="-because")
    assert none_computes((tmp_path / "m" / "edits.csv").read_bytes())
    (edit,) = read_log(tmp_path / "m")
    assert (edit.label, edit.who, edit.why) == ("=HYPERLINK(1)", "+K", "-because")


def test_the_demo_writes_none(tmp_path: Path) -> None:
    build_demo(tmp_path / "demo", articles=300, seed=1)
    tables = sorted((tmp_path / "demo").rglob("*.csv"))
    assert tables
    for place in tables:
        text = place.read_bytes().decode("utf-8", "replace")
        for row in csv.reader(io.StringIO(text, newline="")):
            assert [c for c in row if formula(c) != c] == [], place.name
