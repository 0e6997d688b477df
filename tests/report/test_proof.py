"""A report proves itself: the same bytes anywhere, verified, compared, and updated by a month."""

import json
import os
import subprocess
import sys
import zlib
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import analysis as an
from analysis.errors import InputError
from analysis.fingerprint import file_sha256
from analysis.report.diff import diff_runs
from analysis.report.job import run_folder
from analysis.report.run import RunPaths, run_report
from analysis.report.selections import compare
from analysis.report.shelf import latest_of
from analysis.report.verify import verify_run
from tests.report import projects

SENTINELS = {
    "USER": "sentinel-user-7q", "LOGNAME": "sentinel-user-7q", "HOSTNAME": "sentinel-host-7q",
    "HOME": "/tmp/sentinel-home-7q", "API_TOKEN": "sentinel-secret-7q", "XDG_CACHE_HOME": str(Path.home() / ".cache"),
}  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The little project."""
    return projects.build(tmp_path_factory.mktemp("proof") / "first")


@pytest.fixture(scope="module")
def first(project: Path) -> RunPaths:
    """Its report on words, up to the last complete month."""
    return run_report("words", {"until": "last_complete_month"}, root=project)


def hashes(folder: Path) -> dict[str, str]:
    """Every file of a run."""
    return {
        p.relative_to(folder).as_posix(): file_sha256(p) for p in sorted(folder.rglob("*")) if p.is_file()
    }


def opened(path: Path) -> bytes:
    """The bytes of a file, and what is packed in it: text of a PNG, pages and metadata of Parquet, JSON's escapes."""
    data = path.read_bytes()
    if path.suffix == ".png":
        at = 8
        while at < len(data):
            size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
            body = data[at + 8 : at + 8 + size]
            if kind in (b"zTXt", b"iTXt", b"iCCP"):
                data += b"".join(zlib.decompress(piece) for piece in body.split(b"\0") if piece[:1] == b"x")
            assert kind != b"tIME"
            at += 12 + size
    elif path.suffix == ".parquet":
        table = pq.read_table(path)
        data += repr((table.to_pydict(), table.schema.metadata, pq.read_metadata(path).to_dict())).encode()
    elif path.suffix in (".ipynb", ".json"):
        data += repr(json.loads(data)).encode()
    return data


def test_words_for_a_day_are_resolved_from_the_corpus_and_recorded(first: RunPaths) -> None:
    facts = json.loads(first.manifest.read_text(encoding="utf-8"))
    assert facts["parameters"]["until"] == "2025-02-28"  # the corpus ends on 10 March
    assert facts["asked"] == {"until": "last_complete_month"}
    assert "(last complete month)" in first.html.read_text(encoding="utf-8")


def test_the_manifest_holds_seeds_fingerprints_signatures_and_hashes(first: RunPaths, project: Path) -> None:
    facts = json.loads(first.manifest.read_text(encoding="utf-8"))
    assert facts["seeds"] == {"keyness.seed": 1}
    assert facts["corpus"]["fingerprint"] == an.open_corpus(project / "corpus" / "toy").fingerprint
    selection = an.open_corpus(project / "corpus" / "toy").where(until="2025-02-28").fingerprint
    assert facts["selection_fingerprints"] == [selection]
    assert facts["tables"]["keyness"]["signature"].startswith("keyness|correction:max_t|")


def test_the_page_says_how_it_was_made_on_what_and_what_it_tested(first: RunPaths) -> None:
    page = first.html.read_text(encoding="utf-8")
    assert (
        "ranked by G2 with Log Ratio and weighted log-odds beside it, and tested by permuting stories" in page
    )
    assert "120 articles with" in page
    assert "Vale Gazette (60)" in page
    assert "Westfall, P. H." in page
    assert "nothing was announced beforehand" in page
    claims = pd.read_parquet(first.folder / "tables" / "claims-of-this-report.parquet")
    found = set(claims[claims["found"]]["what"])
    assert {"ferry", "quarry"} <= found
    assert "council" not in found


def test_the_same_bytes_elsewhere_and_nothing_of_the_machine_in_them(
    first: RunPaths, project: Path, tmp_path: Path
) -> None:
    other = projects.copy(project, tmp_path / "another folder" / "ü")
    call = [
        sys.executable,
        "-m",
        "analysis",
        "report",
        "words",
        "-p",
        "top",
        "5",
        "-p",
        "until",
        "last_complete_month",
    ]
    ours = str(Path(an.__file__).resolve().parents[1])
    changed = {
        "PYTHONHASHSEED": "4711",
        "TZ": "Asia/Kathmandu",
        "LC_ALL": "C",
        "PYTHONPATH": ours,
        "COLUMNS": "40",
    }
    done = subprocess.run(
        call, cwd=other, env=os.environ | SENTINELS | changed, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    made = latest_of(other / "reports" / "words")
    assert made is not None
    assert hashes(made) == hashes(first.folder)
    sentinels = {v for k, v in SENTINELS.items() if k != "XDG_CACHE_HOME"}
    private = [t for t in (*sorted(sentinels), str(project), str(other), os.uname().nodename) if len(t) > 5]
    for path in (p for p in (other / "reports").rglob("*") if p.is_file()):
        data = opened(path)
        for text in private:
            assert text.encode() not in data, (path.name, text)
            assert "sentinel" not in path.name


def test_a_report_is_verified_and_a_change_of_its_files_is_noticed(first: RunPaths, project: Path) -> None:
    verdict = verify_run(first.folder, root=project)
    assert (verdict.state, verdict.text()) == ("identical", f"words/{first.run_id}: identical")
    table = first.folder / "tables" / "frequency.csv"
    before = table.read_bytes()
    table.write_bytes(before.replace(b"the", b"they"))
    try:
        verdict = verify_run(first.folder, root=project)
    finally:
        table.write_bytes(before)
    assert (verdict.state, verdict.changed) == ("differs", ("tables/frequency.csv",))


def test_after_a_corrected_article_diff_names_the_article_and_what_moved(
    first: RunPaths, project: Path, tmp_path: Path
) -> None:
    other = projects.copy(project, tmp_path / "p")
    corpus = an.open_corpus(other / "corpus" / "toy")
    articles = corpus.where(outlet="Lark Post", until="2025-01-31").articles()
    doc_id = articles["doc_id"].iloc[0]
    old = run_report("words", {"until": "last_complete_month"}, root=other)
    assert hashes(old.folder) == hashes(first.folder)
    an.correct(corpus, doc_id, "outlet", "Vale Gazette", why="the page says so")
    new = run_report("words", {"until": "last_complete_month"}, root=other)
    assert new.changes is not None
    assert new.changes.causes == (f"1 article was corrected: {doc_id}.", "corrections.csv was changed.")
    assert [t.name for t in new.changes.moved] == ["claims-of-this-report", "keyness"]
    cells = {(row, column): (a, b) for t in new.changes.moved for row, column, a, b in t.largest}
    assert cells["term=ferry", "reference_freq"] == (0, 1)
    assert new.changes == diff_runs(
        run_folder(old.run_id, other / "reports"), run_folder("words", other / "reports")
    )
    page = (other / "reports" / "words" / "latest" / "changes.html").read_text(encoding="utf-8")
    assert doc_id in page


def test_a_month_more_keeps_stories_and_says_what_was_added(project: Path, tmp_path: Path) -> None:
    other = projects.copy(project, tmp_path / "p")
    old = run_report("counts", {"until": "last_complete_month"}, root=other)
    before = set(an.open_corpus(other / "corpus" / "toy").articles(["story_id"])["story_id"])
    projects.add_a_month(other)
    new = run_report("counts", {"until": "last_complete_month"}, root=other)
    assert before <= set(an.open_corpus(other / "corpus" / "toy").articles(["story_id"])["story_id"])
    assert new.changes is not None
    text = new.changes.text()
    assert "44 articles were added" in text
    assert "The parameter until was 2025-02-28 and is 2025-03-31." in text
    assert "months: 0 of" in text
    assert "2 rows new" in text
    lists = [json.loads(r.manifest.read_text(encoding="utf-8"))["corpus"]["articles"] for r in (old, new)]
    changes = compare(*lists, (other / "reports",))
    assert changes is not None
    assert (changes.added, changes.removed, changes.corrected, changes.relearned) == (44, 0, 0, 0)
    assert (
        verify_run(old.folder, root=other).state == "identical"
    )  # on its own snapshot, though the corpus grew
    index = (other / "reports" / "index.html").read_text(encoding="utf-8")
    assert old.run_id in index
    assert new.run_id in index


def test_a_month_more_keeps_the_model_and_the_same_question_twice_is_the_same_run(
    project: Path, tmp_path: Path
) -> None:
    other = projects.copy(project, tmp_path / "p")
    cells = (
        ("markdown", "title", "# A model"),
        (
            "code",
            "parameters",
            'corpus: str = "toy"\nmodel: "str | None" = None  # a saved model\nk: int = 2  # how many',
        ),
        (
            "code",
            "keep",
            "from pathlib import Path\nfrom types import SimpleNamespace\n\nimport analysis as an\n\n"
            'text = Path(model, "m.txt").read_text() if model else f"fitted to {len(an.open_corpus(corpus))}"\n'
            'an.keep(SimpleNamespace(save=lambda folder: Path(folder, "m.txt").write_text(text)), "m")',
        ),
    )
    (other / "notebooks" / "model.ipynb").write_text(json.dumps(projects.notebook(cells)), encoding="utf-8")

    def made(**given: object) -> tuple[str, str]:
        run = run_report("model", given, root=other)
        return run.run_id, (run.folder / "models" / "m" / "m.txt").read_text(encoding="utf-8")

    first = made()
    assert first[1] == "fitted to 128"
    assert made() == first
    projects.add_a_month(other)
    second = made()
    assert second[1] == "fitted to 128"  # though the corpus has 172 articles now
    assert second[0] != first[0]
    assert made() == second
    assert verify_run(other / "reports" / "model" / second[0], root=other).state == "identical"
    assert made(model="none")[1] == "fitted to 172"
    assert made(k=3)[1] == "fitted to 172"  # another question is not answered with the old model


def test_a_run_is_found_by_its_folder_its_notebook_or_the_start_of_its_id(
    first: RunPaths, project: Path
) -> None:
    reports = project / "reports"
    for text in (
        str(first.folder),
        f"words/{first.run_id}",
        "words",
        first.run_id[:8],
        f"words/{first.run_id[:4]}",
    ):
        assert run_folder(text, reports) == first.folder, text
    for text in ("nothing", "../words", "https://example.org/run", "words/0000", "a/b/c/d"):
        with pytest.raises(InputError):
            run_folder(text, reports)
