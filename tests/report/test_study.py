"""A specification makes a whole study, and holds it to what was announced."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.report.command import report
from analysis.report.study import read_study
from tests.report import projects

SPEC = """
title = "Two papers of one town"
corpus = "toy"
notebooks = ["counts", "words"]

[parameters]
since = 2025-01-01
until = "last_complete_month"

[notebook.words]
top = 3

[[confirmatory]]
table = "words/keyness"
row = { term = "ferry" }
claim = "The Post writes of the ferry more often."
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The little project with a specification."""
    root = projects.build(tmp_path_factory.mktemp("study") / "p")
    (root / "reports" / "specs").mkdir(parents=True)
    (root / "reports" / "specs" / "papers.toml").write_text(SPEC, encoding="utf-8")
    return root


def test_a_specification_makes_its_reports_and_one_table_of_claims(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    lines: list[str] = []
    assert report("reports/specs/papers.toml", [], say=lines.append, complain=lines.append) == 0
    folder = project / "reports" / "_studies" / "papers"
    claims = pd.read_parquet(folder / "claims.parquet")
    announced = claims[claims["role"] == "confirmatory"]
    assert announced["family"].tolist() == ["words/keyness: term=ferry"]
    assert announced["p_holm"].tolist() == announced["p"].tolist()  # one announced claim pays for one look
    assert "ferry" not in claims[claims["role"] == "exploratory"]["what"].tolist()
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "The Post writes of the ferry more often." in page
    assert "Two papers of one town" in (project / "reports" / "index.html").read_text(encoding="utf-8")
    assert len(lines) == 4
    before = (folder / "index.html").read_bytes()
    assert report("papers.toml", [], say=lines.append, complain=lines.append) == 0
    assert (folder / "index.html").read_bytes() == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('"words/keyness"', '"words/keynes"'), "Did you mean 'keyness'"),
        (('"words/keyness"', '"other/keyness"'), "names no notebook"),
        (("top = 3", "tops = 3"), "Did you mean 'top'"),
        (("since = 2025-01-01", "sinse = 2025-01-01"), "Did you mean 'since'"),
        (("since = 2025-01-01", "since = 5"), "wrong type"),
        (("title =", "tittle ="), "`title`: Field required"),
        (("title =", 'colour = "red"\ntitle ='), "`colour`: Extra inputs"),
        (('"counts", "words"', '"counts", "words", "../words"'), "climb"),
        (('corpus = "toy"', 'corpus = "https://example.org/c"'), "nothing is downloaded"),
        (("[parameters]", "[parameters"), "not valid TOML"),
        (('"last_complete_month"', '"last_40_complete_months"'), "It holds 2 complete months"),
    ],
)
def test_a_specification_is_checked_before_anything_starts(
    change: tuple[str, str], says: str, project: Path, tmp_path: Path
) -> None:
    path = tmp_path / "other.toml"
    path.write_text(SPEC.replace(*change), encoding="utf-8")
    with pytest.raises((InputError, ValueError), match=says):
        read_study(path, {}, root=project)
