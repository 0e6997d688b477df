"""A wrong call is refused before a kernel starts: exit code 2, one clear line, nothing written."""

from pathlib import Path

import pytest

from analysis.cli import run
from tests.report import projects


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The little project."""
    return projects.build(tmp_path_factory.mktemp("refusals") / "p")


@pytest.mark.parametrize(
    "call",
    [
        ("words", "-p", "a=1; import os; os.system('id'); z", "5"),
        ("words", "-p", "top\nimport os", "5"),
        ("words", "-p", "__import__('os')", "5"),
        ("words", "-p", "tops", "5"),
        ("words", "-p", "top", "many"),
        ("words", "-p", "top", "2.5"),
        ("words", "-p", "since", "yesterday"),
        ("words", "-p", "since", "2025-02-30"),
        ("words", "-p", "since", "2025-03-01", "-p", "until", "2025-02-01"),
        ("words", "-p", "until", "last_90_complete_months"),
        ("words", "-p", "top", "5", "-p", "top", "6"),
        ("words", "-p", "corpus", "https://example.org/corpus"),
        ("words", "-p", "corpus", "http://example.org/corpus"),
        ("words", "-p", "corpus", "../toy"),
        ("words", "-p", "corpus", "file:///etc"),
        ("words", "-p", "corpus", "to\ny"),
        ("words", "-p", "corpus", "toys"),
        ("words", "-p", "corpus", ""),
        ("../words",),
        ("notebooks/../../words",),
        ("https://example.org/words.ipynb",),
        ("worms",),
        (".words",),
        ("../specs/x.toml",),
        ("x.toml",),
        ("all", "-p", "tops", "5"),
        ("words", "--reports", "http://example.org/reports"),
        ("words", "--reports", " "),
        ("words", "-p", "top"),
        ("words", "--bad-option"),
        ("words", "and", "more"),
        ("all", "-p", "a=1; z", "5"),
        (),
    ],
)
def test_a_wrong_call_of_report_has_code_two_and_one_line(
    call: tuple[str, ...], project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("a kernel was asked for")

    monkeypatch.setattr("analysis.report.run.private_kernels", never)
    assert run(["report", *call]) == 2
    out = capsys.readouterr()
    if call:
        assert out.out == ""
        assert len(out.err.splitlines()) == 1
        assert out.err.startswith("analysis: ")
    assert not (project / "reports").exists()


@pytest.mark.parametrize(
    "call",
    [
        ("verify", "../x"), ("verify", "https://example.org/r"), ("verify", "nothing"), ("diff", "nothing", "words"),
        ("diff", "words/../../x", "y"), ("verify", "/etc"),
    ],
)  # fmt: skip
def test_a_run_that_is_not_there_has_code_two(
    call: tuple[str, ...], project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    assert run(call) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_help_lists_the_parameters_with_their_comments(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    assert run(["report", "words", "--help"]) == 0
    shown = capsys.readouterr().out
    assert "words: Words of two papers" in shown
    assert "-p top int" in shown
    assert "how many terms [5]" in shown
    assert "DAY is YYYY-MM-DD, first_day, last_day, last_complete_month" in shown
    assert run(["report", "--help"]) == 0
