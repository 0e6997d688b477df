"""What a report says of itself comes from one data file, and the file is whole."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.report import cite
from analysis.report.compare import compare_tables
from analysis.report.methods import fill, methods_of, read_words
from analysis.report.tested import claims_of, doubts_of
from analysis.result import Result


def test_every_reference_cited_is_there_and_none_is_idle() -> None:
    words = read_words()
    cited = {key for line in words["kinds"].values() for key in line.get("cites", ())}
    cited |= {key for keys in words["option_cites"].values() for key in keys}
    assert cited == set(words["references"])
    assert set(words["option_cites"]) <= set(words["options"])
    assert set(words["titles"]) <= set(words["kinds"])


def test_methods_are_written_from_the_parameters_of_what_ran() -> None:
    keyness = {
        "kind": "keyness",
        "params": {"measure": "g2", "units": "article", "n_permutations": 99, "level": 0.05},
    }
    measure = 'term_rate|label:"coal"|corpus:f|v:0'
    params = {
        "measure": measure,
        "label": "coal",
        "by": "week",
        "across": None,
        "level": 0.95,
        "n_boot": 9,
        "weight": "word",
    }
    found = methods_of(
        {"k": keyness, "t": {"kind": "trend", "params": params}, "x": {"kind": "unheard_of", "params": {}}}
    )
    text = " ".join(found.sentences)
    assert (
        "tested by permuting articles (99 permutations), the chance of any false finding held at 0.05" in text
    )
    assert "Coal was followed by week as a ratio of sums" in text
    assert "The rate of a pattern of words was measured in each article" in text
    assert "Ratios of sums: long articles and large outlets count more." in text
    assert "No description is at hand for: unheard_of." in text
    assert any(r.startswith("Fay, M. P.") for r in found.references)
    assert methods_of({"k": keyness}).references != found.references


def test_a_part_without_its_parameter_is_left_out() -> None:
    assert (
        fill("Counted[ by {across}] over {recipe.voice}.", {"recipe": {"voice": "narration"}})
        == "Counted over narration."
    )


def test_the_citation_is_that_of_the_file() -> None:
    text = (Path(__file__).parents[2] / "CITATION.cff").read_text(encoding="utf-8")
    assert f'title: "{cite.TITLE}"' in text
    assert f'name: "{cite.AUTHORS}"' in text
    assert f"version: {cite.__version__}" in text


def result(kind: str, table: pd.DataFrame) -> Result:
    """A result of a made-up corpus."""
    return Result(kind=kind, table=table, unit="", params={"label": kind}, corpus_fingerprint="f")


def test_no_test_can_be_left_out_and_what_was_announced_pays_for_its_own_looks(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    result("keyness", pd.DataFrame({"term": ["a", "b", "c"], "p": [0.01, 0.02, 0.5]})).save(
        tables, name="words"
    )
    result("compare", pd.DataFrame({"difference": [1.0], "p": [0.04]})).save(tables, name="sides")
    result("describe", pd.DataFrame({"fact": ["x"]})).save(tables, name="facts")
    made = claims_of({"": tmp_path}, [{"table": "words", "row": {"term": "a"}}, {"table": "sides"}])
    assert made is not None
    assert len(made.table) == 4
    announced = made.table[made.table["role"] == "confirmatory"]
    assert announced["p_holm"].tolist() == [0.02, 0.04]  # Holm: 2 x .01, then .04
    with pytest.raises(InputError, match="not in words"):
        claims_of({"": tmp_path}, [{"table": "words", "row": {"term": "z"}}])


def test_unstable_topics_and_periods_that_are_not_whole_are_said(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    result("topics", pd.DataFrame({"topic": ["border", "coal"], "stable": [True, False]})).save(
        tables, name="topics"
    )
    line = pd.DataFrame(
        {"period": pd.to_datetime(["2025-01-01", "2025-02-01"]), "status": ["collected", "partial"]}
    )
    result("trend", line).save(tables, name="line")
    assert doubts_of(tmp_path) == [
        "line: 1 of 2 points are of periods that are not whole.",
        "topics: 1 unstable over resamples: coal.",
    ]


def test_rows_are_matched_by_name_and_a_last_bit_is_no_move() -> None:
    one = pd.DataFrame({"term": ["a", "b"], "rate": [0.1, 2.0]})
    two = pd.DataFrame({"term": ["b", "c", "a"], "rate": [2.0 + 1e-12, 5.0, 0.2]})
    made = compare_tables("t", one, two)
    assert (made.state, made.n_moved, made.rows_added, made.rows_removed) == ("moved", 1, 1, 0)
    assert made.largest == (("term=a", "rate", 0.1, 0.2),)
    assert compare_tables("t", one, one.assign(rate=[0.1, 2.0 + 1e-12])).state == "equal"
    assert compare_tables("t", one, one.assign(rate=[0.1, None])).state == "moved"
