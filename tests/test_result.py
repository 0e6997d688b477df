"""Results and measurements: what they refuse, how they are cited, shown and saved."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.errors import CorpusError, InputError, SelectionError
from analysis.result import Measurement, Result
from analysis.result.files import write_whole

FINGERPRINT = "9f3a" * 8


def toy(**changes: Any) -> Result:
    """A small result with one column of each awkward kind."""
    table = pd.DataFrame(
        {
            "term": ["=cmd()", None, "flood <b>"],
            "n": pd.array([3, None, 5], dtype="Int64"),
            "rate": [0.1, None, -2.5],
            "day": pd.to_datetime(["2025-01-01", None, "2025-01-03"]),
            "second": np.array(["2025-01-01", "2025-01-02", "2025-01-03"], dtype="datetime64[s]"),
            "date": [dt.date(2025, 1, 1), None, dt.date(2025, 1, 3)],
            "hits": [["a", "b"], [], None],
            "sure": [True, False, True],
        }
    )
    facts: dict[str, Any] = {
        "kind": "keyness",
        "table": table,
        "unit": "per 10,000 words",
        "params": {"min_doc_freq": 5, "measure": "g2"},
        "corpus_fingerprint": FINGERPRINT,
        "notes": ("One outlet <only>.",),
    }
    return Result(**{**facts, **changes})


class Source:
    """Articles that can be opened."""

    def __init__(self, fingerprint: str) -> None:
        self.fingerprint = fingerprint

    def articles(self, fields: Any = None) -> pd.DataFrame:
        return pd.DataFrame({"doc_id": []})

    def sentences(self, doc_ids: Any, *, voice: str | None = None) -> pd.DataFrame:
        return pd.DataFrame({"doc_id": doc_ids})


def test_the_signature_is_one_line_with_sorted_parameters() -> None:
    assert toy(version="0.3.0").signature == "keyness|measure:g2|min_doc_freq:5|corpus:9f3a9f3a9f3a|v:0.3.0"


def test_parameters_that_differ_never_share_a_signature() -> None:
    values = [
        None,
        "none",
        True,
        "yes",
        1,
        "1",
        1.0,
        "a|b:c",
        "a",
        ["a"],
        "[a]",
        ["a", "b"],
        ["a,b"],
        {"a": "b"},
        "{a:b}",
    ]
    signatures = [toy(params={"x": value}).signature for value in values]
    assert len(set(signatures)) == len(values)
    assert not any("\n" in toy(params={"x": "a\nb"}).signature for _ in [0])


def test_a_saved_result_comes_back_equal(tmp_path: Path) -> None:
    toy().save(tmp_path / "new" / "folder")
    back = Result.load(tmp_path / "new" / "folder")
    assert back == toy()
    assert back.signature == toy().signature
    assert hash(back) == hash(toy())


def test_the_same_result_is_saved_to_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        toy().save(tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert files == ["keyness.csv", "keyness.json", "keyness.parquet"]
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_the_csv_is_utf8_with_plain_newlines_and_no_formulas(tmp_path: Path) -> None:
    toy().save(tmp_path)
    lines = (tmp_path / "keyness.csv").read_bytes().decode("utf-8").split("\n")
    assert lines == [
        "term,n,rate,day,second,date,hits,sure",
        '\'=cmd(),3,0.1,2025-01-01,2025-01-01,2025-01-01,"[""a"",""b""]",True',
        ",,,,2025-01-02,,[],False",
        "flood <b>,5,-2.5,2025-01-03,2025-01-03,2025-01-03,,True",
        "",
    ]


def test_several_results_share_a_folder_by_name(tmp_path: Path) -> None:
    toy().save(tmp_path, name="first")
    toy(unit="other").save(tmp_path, name="second")
    assert Result.load(tmp_path, name="second").unit == "other"
    with pytest.raises(InputError, match="several results"):
        Result.load(tmp_path)
    with pytest.raises(InputError, match="one of 'first', 'second'"):
        Result.load(tmp_path, name="third")


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".hidden", "con"])
def test_a_name_cannot_leave_the_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="`name`"):
        toy().save(tmp_path, name=name)


def test_a_table_changed_after_saving_is_noticed(tmp_path: Path) -> None:
    toy().save(tmp_path)
    toy(table=pd.DataFrame({"a": [1]})).save(tmp_path / "other")
    (tmp_path / "other" / "keyness.parquet").replace(tmp_path / "keyness.parquet")
    with pytest.raises(CorpusError, match="not the table that was saved"):
        Result.load(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", json.dumps({"format": 99})])
def test_a_broken_description_is_an_answer_not_a_traceback(text: str, tmp_path: Path) -> None:
    toy().save(tmp_path)
    (tmp_path / "keyness.json").write_text(text)
    with pytest.raises(CorpusError):
        Result.load(tmp_path)


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "table.csv"
    write_whole(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_notebook_shows_at_most_sixty_rows_escaped_and_says_how_many_more() -> None:
    page = toy()._repr_html_()
    assert "flood &lt;b&gt;" in page
    assert "One outlet &lt;only&gt;." in page
    long = toy(table=pd.DataFrame({"x": range(1061)}))._repr_html_()
    assert long.count("<tr>") == 61
    assert "1,001 more rows" in long


def test_an_undefined_value_is_shown_as_nothing_never_as_zero() -> None:
    page = toy(table=pd.DataFrame({"x": [None, 0.0, 2 / 3, 1234567.0]}))._repr_html_()
    assert "<td></td>" in page
    assert ">0<" in page
    assert ">0.66667<" in page
    assert ">1,234,567<" in page


def test_only_the_corpus_a_result_is_from_can_be_attached() -> None:
    attached = toy().attach(Source(FINGERPRINT))
    assert attached.source is not None
    assert attached == toy()
    with pytest.raises(SelectionError, match="not the one the result was made from"):
        toy().attach(Source("other"))


@pytest.mark.parametrize(
    "changes",
    [
        {"table": [1, 2]},
        {"table": pd.DataFrame({1: [2]})},
        {"table": pd.DataFrame([[1, 2]], columns=["a", "a"])},
        {"table": pd.DataFrame({"a": [1]}, index=pd.Index(["x"], name="outlet"))},
        {"kind": "two words"},
        {"params": {"x": object()}},
        {"notes": "one text"},
    ],
)
def test_what_is_no_result_is_refused_when_it_is_made(changes: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        toy(**changes)


def test_a_result_does_not_change_with_the_table_it_was_made_from() -> None:
    table = pd.DataFrame({"x": [1, 2]})
    kept = toy(table=table)
    table.loc[0, "x"] = 99
    assert kept.table["x"].tolist() == [1, 2]


def measured(table: dict[str, Any], draws: Any = None) -> Measurement:
    """A measurement around a table."""
    return Measurement(
        kind="term_rate",
        label="flood",
        unit="per word",
        table=pd.DataFrame(table),
        params={},
        corpus_fingerprint=FINGERPRINT,
        draws=draws,
    )


def test_a_measurement_is_sorted_by_article_and_its_draws_with_it() -> None:
    m = measured(
        {"doc_id": ["b", "a"], "numerator": [2, 1], "denominator": [20, 0]}, [[2.0, 2.5], [1.0, 1.5]]
    )
    assert m.table["doc_id"].tolist() == ["a", "b"]
    assert m.table["numerator"].dtype == np.float64
    assert m.draws is not None
    assert m.draws.tolist() == [[1.0, 1.5], [2.0, 2.5]]
    assert len(m) == 2
    with pytest.raises(ValueError, match="read-only"):
        m.draws[0, 0] = 5


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"doc_id": ["a"], "numerator": [1]}, "columns doc_id"),
        ({"doc_id": ["a", "a"], "numerator": [1, 1], "denominator": [1, 1]}, "more than one row"),
        ({"doc_id": [1], "numerator": [1], "denominator": [1]}, "not text"),
        ({"doc_id": ["a"], "numerator": [None], "denominator": [1]}, "not finite in 1 rows"),
        ({"doc_id": ["a"], "numerator": ["x"], "denominator": [1]}, "not a number"),
        ({"doc_id": ["a"], "numerator": [1], "denominator": [-1]}, "below 0"),
    ],
)
def test_a_measurement_checks_itself(table: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        measured(table)


@pytest.mark.parametrize("draws", [[1.0], [[1.0], [2.0]], [[float("nan")]]])
def test_draws_have_one_finite_row_per_article(draws: Any) -> None:
    with pytest.raises(InputError, match="`draws`"):
        measured({"doc_id": ["a"], "numerator": [1], "denominator": [1]}, draws)
