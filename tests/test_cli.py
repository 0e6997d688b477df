"""The command line: what it says and the codes it ends with."""

from pathlib import Path

import pytest

from analysis.cli import run


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (["report", "01_corpuz"], "Did you mean '01_corpus'"),
        (["report", "01_corpus", "-p", "corpis", "x"], "Did you mean 'corpus'"),
        (["report", "01_corpus", "-p", "a=1; import os", "5"], "not a parameter"),
        (["report", "01_corpus", "-p", "corpus", "https://x.example/c"], "address"),
        (["report", "01_corpus", "-p", "corpus", "../c"], "plain name"),
        (["report", "01_corpus", "-p", "since", "tomorrow"], "YYYY-MM-DD"),
        (["report", "01_corpus", "-p", "corpus", "a", "-p", "corpus", "b"], "twice"),
        (["ingest", "https://x.example/a.jsonl", "corpus/x"], "address"),
        (["ingest", "nowhere", "corpus/x"], "not there"),
        (["describe", "nowhere"], "no such corpus"),
        (["demo", "out", "--articles", "5"], "from 300"),
    ],
)
def test_a_wrong_call_says_what_is_wrong_in_one_line_and_exits_with_2(
    call: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(call) == 2
    shown = capsys.readouterr().err
    assert says in shown
    assert shown.count("\n") == 1


def test_work_that_fails_exits_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.jsonl").write_text("{broken\n" * 30)
    assert run(["ingest", str(tmp_path / "raw"), str(tmp_path / "c")]) == 1
    assert "refused.csv" in capsys.readouterr().err


def test_a_folder_of_the_users_with_our_name_is_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "analysis").mkdir()
    (tmp_path / "analysis" / "__init__.py").touch()
    monkeypatch.chdir(tmp_path)
    run(["describe", "nowhere"])
    assert "has this package's name" in capsys.readouterr().err


def test_the_demo_becomes_a_corpus_by_two_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw, corpus = str(tmp_path / "raw"), str(tmp_path / "corpus")
    assert run(["demo", raw, "--articles", "300"]) == 0
    assert run(["ingest", raw, corpus]) == 0
    assert run(["describe", corpus]) == 0
    assert run(["check", corpus]) == 0
    assert "every file is as it was committed" in capsys.readouterr().out
