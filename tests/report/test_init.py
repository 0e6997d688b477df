"""A study of one's own: a folder in which every command works, three pasted articles on."""

from pathlib import Path

import pytest

from analysis.cli import run
from analysis.report.notebook import broken_rules, parameters_of, read_notebook

ARTICLES = {
    "one": (
        "New ferry begins its run across the lake\nThe Ostrel Herald\nMarch 3, 2025\n\n"
        "OSTREL: A new ferry carried its first passengers across the lake on Monday, two years after the old one.\n\n"
        'It leaves every forty minutes. "We waited a long time for this morning," the harbour master said.\n\n'
        "The council expects that the crossing will save farmers a road journey of three hours.\n"
    ),
    "two": (
        "Council puts off vote on the water price\nThe Ostrel Herald\nMarch 10, 2025\n\n"
        "OSTREL: The town council on Monday put off a vote on the price of water.\n\n"
        'The price would rise by a tenth. "Nobody asked us what we can pay," a farmer said.\n\n'
        "The meeting ended after four hours without a date for the vote.\n"
    ),
    "three": (
        "School opens again after the flood\nShore Gazette\nMarch 17, 2025\n\n"
        "DELLEN: The school of Dellen opened again on Monday, ten weeks after a flood.\n\n"
        'Pupils came back to borrowed desks. "The library is gone, but the children are here," a teacher said.\n\n'
        "The province paid for the repairs and promised a wall along the river.\n"
    ),
}


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, `analysis init` in it, and one's step into the study."""
    monkeypatch.chdir(tmp_path)
    assert run(["init", "lake-study"]) == 0
    monkeypatch.chdir(tmp_path / "lake-study")
    return tmp_path / "lake-study"


def test_a_study_has_room_for_articles_and_its_notebooks_ask_for_its_corpus(study: Path) -> None:
    assert (study / "raw" / "corpus.toml").is_file()
    notebooks = sorted((study / "notebooks").glob("*.ipynb"))
    assert {"00_start", "01_corpus", "_template"} <= {p.stem for p in notebooks}
    for path in notebooks:
        notebook = read_notebook(path)
        assert broken_rules(notebook) == []
        assert parameters_of(notebook)["corpus"].default == "lake-study"


@pytest.mark.slow
def test_three_pasted_articles_become_reports(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in ARTICLES.items():
        (study / "raw" / f"{name}.txt").write_text(text, encoding="utf-8")
    for notebook in ("00_start", "01_corpus"):
        assert run(["report", notebook]) == 0, capsys.readouterr().err
    page = (study / "reports" / "index.html").read_text(encoding="utf-8")
    assert "00_start" in page
    assert "01_corpus" in page
    assert run(["describe", "lake-study"]) == 0
    assert "kept as articles" in capsys.readouterr().out


def test_without_articles_a_report_says_that_there_is_no_corpus(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del study
    assert run(["report", "01_corpus"]) != 0
    assert "lake-study" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["-x y", "a b", "été", ".hidden", "a'b"])
def test_a_name_that_could_be_no_corpus_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["init", str(tmp_path / name)]) == 2
    assert "is not a plain name" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    assert run(["init", str(tmp_path / "mine")]) == 2
    assert "not empty" in capsys.readouterr().err
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["thesis.txt"]
